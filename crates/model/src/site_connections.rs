//! Connections to the APIs of single sites: whose token opens one, and how that stands.

use serde::{Deserialize, Serialize};

use crate::{ActId, CredentialId, Moment, SiteId, SiteUserId, sites::SiteStatus};

/// Days without use after which Tableau ends a site's token.
///
/// Vendor: knowledge base 001496614; read second hand, so inferred.
pub const IDLE_DAYS: i64 = 15;
/// Days before an end from which it is warned of.
const WARN_DAYS: i64 = 5;

/// A person's connection to one site: their token there, sealed, and what signing in with it told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConnection {
    /// The sealed token.
    pub credential: CredentialId,
    /// The site.
    pub site: SiteId,
    /// The site's part of the address at that time.
    pub content_url: String,
    /// The name of the token in Tableau.
    pub token_name: String,
    /// The host that it opens, and the only one it is sent to.
    pub host: String,
    /// The version of the API that is spoken there.
    pub version: String,
    /// Who the token belongs to, on this site.
    pub site_user: SiteUserId,
    /// Their name.
    pub who: String,
    /// Their site role in Tableau's own word.
    pub role: String,
    /// Since when it stands.
    pub connected: Moment,
    /// When the token last opened a session.
    pub used: Moment,
    /// When the token ends, as the person who connected it said. Tableau does not tell.
    pub expires: Option<Moment>,
    /// What keeps it from working.
    pub trouble: Option<Trouble>,
    /// When its session last ended without Steward's doing.
    pub surprised: Option<Moment>,
}

/// What keeps a connection from working until somebody does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Tableau refuses the token.
    Refused,
    /// Something else signs in with the same token, and each ends the other's session.
    Contested,
}

impl Trouble {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Contested => "contested",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Refused, Self::Contested].into_iter().find(|trouble| trouble.word() == word)
    }
}

/// How a connection stands at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It works.
    Connected,
    /// It works, and ends within days.
    EndsSoon,
    /// The token has run out, or lapsed because nobody used it.
    Expired,
    /// Tableau refuses the token.
    Refused,
    /// Something else uses the same token.
    Contested,
}

impl SiteConnection {
    /// When Tableau ends the token if nothing uses it before.
    pub fn lapses(&self) -> Moment {
        self.used.plus_seconds(IDLE_DAYS * 86_400)
    }

    /// Its first end: the token's own, or that of a token that nobody uses.
    pub fn ends(&self) -> Moment {
        self.expires.map_or_else(|| self.lapses(), |expires| expires.min(self.lapses()))
    }

    /// How it stands.
    pub fn standing(&self, now: Moment) -> Standing {
        match self.trouble {
            Some(Trouble::Refused) if now > self.ends() => Standing::Expired,
            Some(Trouble::Refused) => Standing::Refused,
            Some(Trouble::Contested) => Standing::Contested,
            None if now > self.ends() => Standing::Expired,
            None if now.plus_seconds(WARN_DAYS * 86_400) > self.ends() => Standing::EndsSoon,
            None => Standing::Connected,
        }
    }
}

/// One site of the list of connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConnectionRow {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Whether it can be used at all.
    pub status: SiteStatus,
    /// The connection of the person who asks.
    pub connection: Option<SiteConnection>,
}

/// Every site, and whether its own API is open to the person who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConnections {
    /// All sites by name.
    pub rows: Vec<SiteConnectionRow>,
    /// When it was looked at.
    pub as_of: Moment,
}

/// What the form that connects a site shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectSheet {
    /// The site.
    pub row: SiteConnectionRow,
    /// Where its own API answers, as Tableau Cloud Manager tells.
    pub base_url: Option<String>,
    /// The act that the form becomes.
    pub ticket: ActId,
    /// When it was looked at.
    pub as_of: Moment,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const DAY: i64 = 86_400;

    fn connection() -> SiteConnection {
        SiteConnection {
            credential: Uuid::nil().into(),
            site: Uuid::nil().into(),
            content_url: "sales".to_owned(),
            token_name: "steward".to_owned(),
            host: "https://10ax.online.tableau.com".to_owned(),
            version: "3.24".to_owned(),
            site_user: Uuid::nil().into(),
            who: "dana@example.com".to_owned(),
            role: "SiteAdministratorCreator".to_owned(),
            connected: Moment::from_seconds(0),
            used: Moment::from_seconds(0),
            expires: None,
            trouble: None,
            surprised: None,
        }
    }

    #[test]
    fn a_token_that_nobody_uses_lapses_and_is_warned_of_before() {
        let unused = connection();
        assert_eq!(unused.standing(Moment::from_seconds(9 * DAY)), Standing::Connected);
        assert_eq!(unused.standing(Moment::from_seconds(11 * DAY)), Standing::EndsSoon);
        assert_eq!(unused.standing(Moment::from_seconds(16 * DAY)), Standing::Expired);
        let sooner = SiteConnection { expires: Some(Moment::from_seconds(2 * DAY)), ..unused };
        assert_eq!(sooner.standing(Moment::from_seconds(3 * DAY)), Standing::Expired);
    }

    #[test]
    fn a_refused_token_past_its_end_is_called_expired() {
        let refused = SiteConnection { trouble: Some(Trouble::Refused), ..connection() };
        assert_eq!(refused.standing(Moment::from_seconds(DAY)), Standing::Refused);
        assert_eq!(refused.standing(Moment::from_seconds(20 * DAY)), Standing::Expired);
        let contested = SiteConnection { trouble: Some(Trouble::Contested), ..connection() };
        assert_eq!(contested.standing(Moment::from_seconds(20 * DAY)), Standing::Contested);
    }

    #[test]
    fn the_words_of_troubles_are_read_again() {
        for trouble in [Trouble::Refused, Trouble::Contested] {
            assert_eq!(Trouble::parse(trouble.word()), Some(trouble));
        }
    }
}
