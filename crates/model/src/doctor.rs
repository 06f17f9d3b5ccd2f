//! What the connection doctor found: every read that it tried, how that ended, and what it says about the connection.

use crate::{
    Moment, ProblemCode, SiteId,
    vendor::{Certainty, OperationRow},
};

/// Seconds by which two clocks may differ without a word: the vendor tells whole seconds.
pub const CLOCKS_AGREE: i64 = 5;
/// Seconds from which a difference is something to mend.
pub const CLOCKS_DIFFER: i64 = 60;

/// One operation that was tried, or why it was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The operation and what is known of its address.
    pub operation: OperationRow,
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status of the last answer, where one came.
    pub status: Option<u16>,
    /// How long it took, with all its repeats.
    pub milliseconds: u64,
    /// How often it was sent.
    pub attempts: u64,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Tableau answered as documented; what it told, in a few words.
    Answered(String),
    /// It did not, and the code of Tableau's own where it gave one.
    Failed(ProblemCode, Option<String>),
    /// It was not tried.
    Left(Left),
}

/// Why something was not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It opens a session, which happened when the person signed in.
    AtSignIn,
    /// It ends the session that the doctor asks with.
    EndsSession,
    /// It wants the id of something, and nothing of the kind is known.
    NothingKnown,
    /// It needs a session, and none could be opened.
    NoSession,
    /// Tableau asked for a pause that is longer than the doctor waits.
    Silence,
    /// The time for all tries was over.
    NoTime,
}

impl Left {
    /// Whether it should have been tried, and something kept it away.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::NoTime | Self::Silence | Self::NoSession)
    }
}

/// How many tries ended how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Answered as documented.
    pub answered: u64,
    /// Not so.
    pub failed: u64,
    /// Not tried.
    pub left: u64,
}

impl Tally {
    /// Counts the tries.
    pub fn of<'a>(tries: impl IntoIterator<Item = &'a Tried>) -> Self {
        tries.into_iter().fold(Self::default(), |mut tally, tried| {
            match tried.outcome {
                Outcome::Answered(_) => tally.answered += 1,
                Outcome::Failed(..) => tally.failed += 1,
                Outcome::Left(_) => tally.left += 1,
            }
            tally
        })
    }

    /// How many were tried.
    pub fn tried(&self) -> u64 {
        self.answered + self.failed
    }
}

/// A server on which sites answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFound {
    /// Its host.
    pub host: String,
    /// What it says of itself, where it answered.
    pub versions: Option<Versions>,
    /// The question for its versions.
    pub tried: Tried,
}

/// The versions of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The product.
    pub product: String,
    /// The highest version of the API that it speaks.
    pub highest: String,
    /// The version that Steward speaks with it.
    pub spoken: String,
}

/// A connected site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFound {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// The version of the API that the connection speaks.
    pub version: String,
    /// What was tried on it.
    pub tries: Vec<Tried>,
}

/// What was met of limits, by this process and since it started.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// How often Tableau asked to slow down.
    pub met: u64,
    /// The last time: when, at which operation, and the seconds it asked for.
    pub last: Option<LimitMet>,
    /// Calls a second that are sent to Tableau Cloud Manager at most.
    pub a_second: u32,
}

/// Tableau asked to slow down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitMet {
    /// When.
    pub at: Moment,
    /// At which operation.
    pub operation: String,
    /// The seconds to wait, where it named them.
    pub seconds: Option<u64>,
}

/// What one round of the doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The address of Tableau Cloud Manager.
    pub host: String,
    /// Every operation of Tableau Cloud Manager that reads.
    pub manager: Vec<Tried>,
    /// The servers of the tenant's sites.
    pub servers: Vec<ServerFound>,
    /// The sites that the person connected.
    pub sites: Vec<SiteFound>,
    /// Servers and connected sites that one round does not reach.
    pub beyond: u64,
    /// Seconds by which Tableau's clock is ahead of ours; negative when it is behind, `None` when it told no time.
    pub ahead: Option<i64>,
    /// What was met of limits.
    pub limits: Limits,
    /// When the round began.
    pub began: Moment,
    /// How long it took.
    pub milliseconds: u64,
}

impl Report {
    /// Everything that was tried.
    pub fn tries(&self) -> impl Iterator<Item = &Tried> {
        let servers = self.servers.iter().map(|server| &server.tried);
        self.manager.iter().chain(servers).chain(self.sites.iter().flat_map(|site| &site.tries))
    }

    /// Whether nothing is to be mended: every try was answered, nothing ran out of time, and the clocks agree.
    pub fn is_well(&self) -> bool {
        let kept_away = |tried: &Tried| match &tried.outcome {
            Outcome::Answered(_) => false,
            Outcome::Failed(..) => true,
            Outcome::Left(why) => why.is_wanted(),
        };
        !self.tries().any(kept_away) && !self.clocks_differ()
    }

    /// Whether the clocks differ so far that somebody should mend it.
    pub fn clocks_differ(&self) -> bool {
        self.ahead.is_some_and(|ahead| ahead.abs() >= CLOCKS_DIFFER)
    }
}

impl Tried {
    /// Something that was not tried.
    pub fn left(operation: OperationRow, why: Left) -> Self {
        Self { operation, outcome: Outcome::Left(why), status: None, milliseconds: 0, attempts: 0 }
    }

    /// Whether the address was inferred and proved itself by an answer.
    pub fn proves_itself(&self) -> bool {
        self.operation.certainty == Certainty::Inferred && matches!(self.outcome, Outcome::Answered(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendor::Effect;

    fn tried(outcome: Outcome) -> Tried {
        let operation = OperationRow {
            name: "site.list".to_owned(),
            method: "GET".to_owned(),
            path: "/api/v1/sites".to_owned(),
            certainty: Certainty::Inferred,
            overridden: false,
            effect: Effect::Read,
            unlocked: None,
            locked: false,
        };
        Tried { operation, outcome, status: None, milliseconds: 0, attempts: 1 }
    }

    fn report(outcomes: impl IntoIterator<Item = Outcome>, ahead: Option<i64>) -> Report {
        Report {
            host: "https://tableau.example.com".to_owned(),
            manager: outcomes.into_iter().map(tried).collect(),
            servers: Vec::new(),
            sites: Vec::new(),
            beyond: 0,
            ahead,
            limits: Limits::default(),
            began: Moment::from_seconds(0),
            milliseconds: 0,
        }
    }

    #[test]
    fn all_is_well_when_whatever_could_be_tried_was_answered_and_the_clocks_agree() {
        let answered = || Outcome::Answered(String::new());
        let left = |why| [answered(), Outcome::Left(why)];
        assert!(report(left(Left::EndsSession), Some(-59)).is_well());
        assert!(report(left(Left::NothingKnown), None).is_well());
        for why in [Left::NoTime, Left::Silence, Left::NoSession] {
            assert!(!report(left(why), None).is_well(), "{why:?}");
        }
        assert!(!report([answered()], Some(-3_600)).is_well());
        assert!(!report([Outcome::Failed(ProblemCode::VendorDown, None)], Some(0)).is_well());
        let tally = Tally::of(report(left(Left::NoTime), None).tries());
        assert_eq!((tally.tried(), tally.left), (1, 1));
    }

    #[test]
    fn an_inferred_address_proves_itself_by_an_answer_alone() {
        assert!(tried(Outcome::Answered(String::new())).proves_itself());
        assert!(!tried(Outcome::Failed(ProblemCode::VendorNotFound, None)).proves_itself());
    }
}
