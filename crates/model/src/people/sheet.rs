//! One person as their page shows them.

use serde::{Deserialize, Serialize};

use super::{Person, Place};
use crate::{
    ActId, Moment, PlanId, Problem, UserId,
    audit::AuditRow,
    licences::Tier,
    runs::{RowState, RunJob},
    site_plane::GroupsOnSite,
};

/// A role on a site as the page of a person shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceSheet {
    /// What they are there.
    pub place: Place,
    /// The site's name; its id where the name is not known.
    pub site_name: String,
    /// The site's status word; empty where it is not known.
    pub site_status: String,
    /// The address of the site for people, where the vendor names its pod.
    pub href: Option<String>,
}

/// A place in Tableau that a person can reach, as the vendor's sign-in page would list it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// `SITE` or `TENANT`, in the vendor's word.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its state, in the vendor's word.
    pub state: String,
    /// The host it is on.
    pub host: String,
    /// Its part of the address.
    pub uri: String,
    /// The tenant it belongs to.
    pub parent: String,
}

/// One person as their page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSheet {
    /// The person, read from the vendor just now.
    pub person: Person,
    /// Their roles with the sites in words.
    pub places: Vec<PlaceSheet>,
    /// The seat they take.
    pub seat: Tier,
    /// Why they take it: the sites on which they hold a role of that seat.
    pub seat_by: Vec<String>,
    /// Who protected them, why and when.
    pub protected: Option<Protection>,
    /// What they can reach; a problem when the vendor did not tell, for its address is inferred.
    pub resources: Result<Vec<Resource>, Problem>,
    /// The newest acts about them.
    pub acts: Vec<AuditRow>,
    /// What runs did to them, the newest first.
    pub runs: Vec<RunOfPerson>,
    /// Their groups on each site they are on, as far as the sites are connected.
    pub groups: Vec<GroupsOnSite>,
    /// Whether this is the person asking, or the owner of the credential in use.
    pub is_you: bool,
    /// The id of the act that the form about their protection would become.
    pub ticket: ActId,
    /// When this was read.
    pub as_of: Moment,
}

/// What one row of a run did to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOfPerson {
    /// The run.
    pub run: PlanId,
    /// Its title.
    pub title: String,
    /// The state wanted, in words.
    pub after: String,
    /// What became of it.
    pub state: RowState,
    /// The job of Tableau's that carried it out.
    pub job: Option<RunJob>,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// That somebody is protected: any change to them needs an explicit extra step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// Whom.
    pub user: UserId,
    /// Why, in words.
    pub reason: String,
    /// By whom, by name.
    pub by: String,
    /// Since when.
    pub at: Moment,
}
