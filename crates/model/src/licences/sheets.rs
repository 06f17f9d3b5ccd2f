//! Licences as their pages show them.

use serde::{Deserialize, Serialize};

use super::{
    Tier,
    forecast::Forecast,
    history::{CountOf, CountedAt, CountedSite, Gap, Turn},
    idle::{Evidence, LeftOut, Rung, Seen},
    keeping::{Filled, SeatSettings},
    news::{Hook, News},
};
use crate::{
    ActId, Moment,
    people::{Person, PlaceSheet},
    site_plane::GroupsOnSite,
};

/// One kind of seat beside its limit, and what lies ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// The kind of seat.
    pub tier: Tier,
    /// People who have it.
    pub used: u64,
    /// How many may, where that is known.
    pub limit: Option<u64>,
    /// The highest threshold that is passed; 0 for none.
    pub passed: u8,
    /// When the limit is reached; `None` without one.
    pub forecast: Option<Forecast>,
}

/// Seats over time, of the tenant or of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatsSheet {
    /// Of what.
    pub of: CountOf,
    /// The site's name; empty for the tenant.
    pub name: String,
    /// How many days are shown.
    pub days: i64,
    /// The counts of these days, the oldest first.
    pub counts: Vec<CountedAt>,
    /// Times without a count since the first one that is shown, the oldest first.
    pub gaps: Vec<Gap>,
    /// Every kind of seat beside its limit.
    pub ahead: Vec<Ahead>,
    /// Limits anywhere of which a threshold is passed, the fullest first.
    pub passed: Vec<Filled>,
    /// Sites to choose from.
    pub sites: Vec<CountedSite>,
    /// The first count there ever was.
    pub first: Option<Moment>,
    /// The newest count.
    pub last: Option<Moment>,
    /// What became of the turn that is running now.
    pub turn: Option<Turn>,
    /// What people set.
    pub settings: SeatSettings,
    /// The time of the answer.
    pub now: Moment,
}

/// What people set about licences, and the news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatSettingsSheet {
    /// What is set.
    pub settings: SeatSettings,
    /// The address of news.
    pub hook: Option<Hook>,
    /// The newest news with every try.
    pub news: Vec<News>,
    /// For each form on the page: the act it would become.
    pub tickets: [ActId; 4],
    /// The time of the answer.
    pub now: Moment,
}

/// What would free the seat of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreesSheet {
    /// The person, read from the vendor just now.
    pub person: Person,
    /// The seat they take.
    pub seat: Tier,
    /// Their roles with the sites in words, the highest first.
    pub places: Vec<PlaceSheet>,
    /// Each step down with the sites that hold it up.
    pub rungs: Vec<Rung>,
    /// Their groups on connected sites: one that gives a role may give it back.
    pub groups: Vec<GroupsOnSite>,
    /// What the last sign-in says.
    pub seen: Seen,
    /// How much that is worth.
    pub evidence: Evidence,
    /// Why they are not proposed.
    pub left_out: Option<LeftOut>,
    /// The act that a form on this page would become.
    pub ticket: ActId,
    /// The time of the answer.
    pub as_of: Moment,
}
