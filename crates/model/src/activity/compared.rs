//! What the vendor's log and our own say of each other.

use serde::{Deserialize, Serialize};

use super::EventRow;
use crate::{Moment, audit::AuditRow};

/// A request of ours that is in the vendor's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The act; the newest where the request stands for several.
    pub act: AuditRow,
    /// How many acts the request stands for. The event proves that the request arrived, and no more than that.
    pub acts: u64,
    /// The event.
    pub event: EventRow,
}

/// How an event with the mark of a request of ours does not fit what we know of that request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Somebody else did it.
    OtherPerson,
    /// Such an event cannot come of such an act.
    OtherKind,
    /// It is there more often than the request has acts.
    Repeated,
    /// It went well, says the vendor; it was refused or failed, says our log.
    NotDone,
}

/// What the vendor's log and ours say of each other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reconciled {
    /// Requests of ours that are in the vendor's log, and fit.
    pub found: Vec<Found>,
    /// Acts of ours that are not there, or not yet. None before the whole log was read.
    pub missing: Vec<AuditRow>,
    /// Events with the mark of a request of ours that do not fit it.
    pub differing: Vec<(Difference, Found)>,
    /// Changes with the mark of a Steward that this audit log does not know.
    pub foreign: Vec<EventRow>,
    /// Changes in the name of the person who asks, without any mark.
    pub unmarked: Vec<EventRow>,
    /// How many there are of each, listed or not.
    pub numbers: Numbers,
    /// Our own log is too long to be compared whole: of what is older than this, nothing is said.
    pub judged_since: Option<Moment>,
}

/// How many there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Numbers {
    /// Found in both logs.
    pub found: u64,
    /// Acts that are not there; `None` while that cannot be said.
    pub missing: Option<u64>,
    /// Not fitting.
    pub differing: u64,
    /// With a mark that nobody knows.
    pub foreign: u64,
    /// Without a mark.
    pub unmarked: u64,
}
