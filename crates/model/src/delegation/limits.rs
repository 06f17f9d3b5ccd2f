//! How much a grant allows, what it asks for besides, and what waits for somebody else's word.

use serde::{Deserialize, Serialize};

/// How much may be done. `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Rows that one plan sends.
    pub rows_in_plan: Option<u32>,
    /// Rows within an hour.
    pub rows_in_hour: Option<u32>,
    /// Seats of the tenant that one plan takes, less those it frees.
    pub seats_in_plan: Option<u32>,
}

/// What waits for the word of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Everything.
    Everything,
    /// More than 25 people within 24 hours, in one plan or in many.
    ManyPeople,
    /// Taking people off sites.
    Removal,
}

impl Mark {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Everything, Self::ManyPeople, Self::Removal];
    /// Above so many people it is many.
    pub const MANY: u32 = 25;
    /// Within so much time: many small plans are one large one.
    pub const MANY_WITHIN_SECONDS: i64 = 24 * 60 * 60;

    /// The word in forms.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.word() == word)
    }

    /// What waits, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everything => "every change",
            Self::ManyPeople => "more than 25 people within 24 hours",
            Self::Removal => "taking somebody off a site",
        }
    }
}

/// Why something waits. The last five always wait, whatever the grant says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkReason {
    /// The grant marks every change.
    Everything,
    /// The plan is about more than 25 people, together with those of the last 24 hours whom nobody approved.
    ManyPeople,
    /// Somebody leaves a site.
    Removal,
    /// Somebody leaves the tenant.
    OutOfTenant,
    /// Content changes hands.
    HandOver,
    /// A group gives something else to all of its people.
    GroupPolicy,
    /// A site is suspended, or let in again.
    Suspension,
    /// Nobody can tell which groups would raise the role.
    GroupsNotTold,
}

impl MarkReason {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Everything,
        Self::ManyPeople,
        Self::Removal,
        Self::OutOfTenant,
        Self::HandOver,
        Self::GroupPolicy,
        Self::Suspension,
        Self::GroupsNotTold,
    ];

    /// The word in the database and on the wire.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Why, in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everything => "This grant has every change approved.",
            Self::ManyPeople => {
                "It makes more than 25 people within 24 hours, in this plan and in those that nobody approved."
            }
            Self::Removal => "Somebody is taken off a site.",
            Self::OutOfTenant => "Somebody is taken out of the tenant.",
            Self::HandOver => "Content goes to somebody else.",
            Self::GroupPolicy => "A group would give its people something else.",
            Self::Suspension => "A site would be suspended or reactivated.",
            Self::GroupsNotTold => "The site's groups cannot be read, and one of them may raise the role.",
        }
    }
}
