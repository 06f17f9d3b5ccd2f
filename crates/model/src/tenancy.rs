//! What the pages of the tenant itself show: a new site, tokens, ways to sign in.

use serde::{Deserialize, Serialize};

use crate::{
    ActId, Moment, Problem, SiteId, TokenId,
    audit::AuditRow,
    licences::{RoleLimits, SiteSeats},
    sign_on::Oidc,
    tenant::{Tenant, Token},
};

/// A region or pod in which a site can be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SitePlaceChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Latitude and longitude, where they are told.
    pub position: Option<(f64, f64)>,
    /// Whether the vendor calls it a preview.
    pub preview: bool,
}

/// The page that makes a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewSiteSheet {
    /// Regions.
    pub regions: Vec<SitePlaceChoice>,
    /// Pods.
    pub pods: Vec<SitePlaceChoice>,
    /// Why there is nothing to choose from.
    pub places: Option<Problem>,
    /// Names and addresses of the sites there are; `None` when they could not be read.
    pub taken: Option<Vec<(String, String)>>,
    /// A fresh ticket: the act the form would become.
    pub ticket: ActId,
}

/// The page that makes the project of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSheet {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// What was made of it before, by the audit log.
    pub acts: Vec<AuditRow>,
    /// A fresh ticket: the act the form would become.
    pub ticket: ActId,
}

/// Limits and people of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsRow {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Its limits.
    pub limits: RoleLimits,
    /// Its people; `None` when the counts did not come.
    pub seats: Option<SiteSeats>,
}

/// The page of all role limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsSheet {
    /// The sites.
    pub rows: Vec<LimitsRow>,
    /// When they were read.
    pub as_of: Moment,
    /// Why the counts are missing or old.
    pub counts: Option<Problem>,
}

/// The page of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantSheet {
    /// The tenant, read from the vendor just now.
    pub tenant: Tenant,
    /// Who accepted the terms, in words, where the vendor tells an id that is known.
    pub accepted_by: Option<String>,
    /// A fresh ticket: the act a form of this page would become.
    pub ticket: ActId,
    /// When this was read.
    pub as_of: Moment,
}

/// What became of the check of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameCheck {
    /// Nobody has it.
    Free,
    /// Somebody has it.
    Taken,
    /// It is taken or unfit; the vendor does not say which.
    Refused,
    /// It is empty or longer than the vendor takes, so it was not asked for.
    Unfit,
}

/// Which of the caller's tokens this sign-in uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InUse {
    /// This one.
    Yes,
    /// Not this one.
    No,
    /// The vendor does not tell, and there are several.
    Perhaps,
}

/// One of the caller's tokens as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// The token.
    pub token: Token,
    /// Whether this sign-in uses it.
    pub in_use: InUse,
}

/// The page of the caller's tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensSheet {
    /// The tokens.
    pub tokens: Vec<TokenRow>,
    /// A fresh ticket: the act a form of this page would become.
    pub ticket: ActId,
    /// When this was read.
    pub as_of: Moment,
}

/// A row of the table of ways to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayRow {
    /// The site; `None` for the tenant.
    pub site: Option<SiteId>,
    /// The name of the site or of the tenant.
    pub place: String,
    /// The vendor's word for the way; empty when nothing was told of this place.
    pub kind: String,
    /// The provider, or the name somebody gave the configuration.
    pub name: String,
    /// Whether it is in force.
    pub enabled: Option<bool>,
}

/// The page of ways to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOnSheet {
    /// The ways, tenant first.
    pub ways: Vec<WayRow>,
    /// Why they are missing.
    pub ways_problem: Option<Problem>,
    /// The tenant's OpenID Connect configuration.
    pub oidc: Option<Oidc>,
    /// Why it is not known.
    pub oidc_problem: Option<Problem>,
    /// The name to type before it is changed.
    pub tenant: String,
    /// A fresh ticket: the act a form of this page would become.
    pub ticket: ActId,
    /// When this was read.
    pub as_of: Moment,
}

/// How soon a token ends, as the banner on every page counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndsSoon {
    /// Within 30 days.
    Month,
    /// Within 14 days.
    Fortnight,
    /// Within 7 days.
    Week,
    /// Within a day, or over.
    Day,
}

impl EndsSoon {
    /// How soon an end is that lies so many seconds ahead; `None` beyond 30 days.
    pub fn of(seconds: i64) -> Option<Self> {
        const DAY: i64 = 86_400;
        Some(match seconds {
            seconds if seconds <= DAY => Self::Day,
            seconds if seconds <= 7 * DAY => Self::Week,
            seconds if seconds <= 14 * DAY => Self::Fortnight,
            seconds if seconds <= 30 * DAY => Self::Month,
            _ => return None,
        })
    }

    /// The colour.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Month => "info",
            Self::Fortnight | Self::Week => "warn",
            Self::Day => "bad",
        }
    }
}

/// The token in use, where that is certain: a known one that is on the list, or the only one.
pub fn in_use(tokens: &[Token], known: Option<TokenId>) -> Option<&Token> {
    let by_id = known.and_then(|known| tokens.iter().find(|token| token.id == Some(known)));
    by_id.or(match tokens {
        [only] => Some(only),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_counts_30_14_7_and_1_days() {
        let day = 86_400;
        let of = |days: i64| EndsSoon::of(days * day);
        assert_eq!([of(31), of(30), of(15)], [None, Some(EndsSoon::Month), Some(EndsSoon::Month)]);
        assert_eq!(
            [of(14), of(8), of(7)],
            [Some(EndsSoon::Fortnight), Some(EndsSoon::Fortnight), Some(EndsSoon::Week)]
        );
        assert_eq!([of(2), of(1), of(-5)], [Some(EndsSoon::Week), Some(EndsSoon::Day), Some(EndsSoon::Day)]);
    }

    #[test]
    fn one_token_is_the_one_in_use_and_of_several_only_a_known_one() {
        let token =
            |id: &str| Token { id: TokenId::parse(id).ok(), name: id.to_owned(), issued: None, ends: None };
        let a = token("3fa85f64-5717-4562-b3fc-2c963f66afa6");
        let b = token("60189e9c-7d12-438c-b9ca-6998d9c364b1");
        assert_eq!(in_use(std::slice::from_ref(&a), None), Some(&a));
        assert_eq!(in_use(&[a.clone(), b.clone()], None), None);
        assert_eq!(in_use(&[a.clone(), b.clone()], b.id), Some(&b));
        // A known one that is gone tells nothing of the others.
        assert_eq!(
            in_use(&[a.clone(), b], TokenId::parse("9d222c6d-893e-4e79-8201-3c9ca16a0f39").ok()),
            None
        );
    }
}
