//! Seats that may be used in vain: who is left out, and what would free a seat.

mod evidence;

use serde::{Deserialize, Serialize};

pub use evidence::{Evidence, Seen};

use super::{Seats, Tier};
use crate::{
    Direction, Moment, Page, PageRequest, Problem, SiteId, UserId,
    people::{Loading, Person, PersonRow, Place},
};

/// Days without a sign-in after which somebody is listed, unless the address says otherwise.
pub const USUAL_DAYS: u32 = 90;
/// The seats to which people can be lowered.
pub const TARGETS: [Tier; 3] = [Tier::Unlicensed, Tier::Viewer, Tier::Explorer];

/// Why somebody is not proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LeftOut {
    /// It is whoever asks.
    You,
    /// They administer the tenant, or are invited to.
    CloudAdministrator,
    /// They administer a site.
    SiteAdministrator,
    /// Somebody protected them.
    Protected {
        /// Why.
        reason: String,
    },
    /// Their seat is held by a role on a suspended site, which nobody can change there.
    SiteSuspended,
    /// Somebody excluded them from this list.
    ByHand(Exclusion),
}

/// That somebody is excluded by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Who.
    pub user: UserId,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The orders of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdleSort {
    /// By last sign-in, the longest ago first; never and unknown before all.
    #[default]
    Last,
    /// By name.
    Name,
    /// By seat, the highest first.
    Seat,
    /// By number of sites.
    Sites,
}

/// Which people, in which order. The URL holds all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IdleQuery {
    /// Part of the name or e-mail address.
    #[serde(default)]
    pub search: String,
    /// A site's id; empty for all.
    #[serde(default)]
    pub site: String,
    /// A seat's word; empty for all.
    #[serde(default)]
    pub seat: String,
    /// Days without a sign-in; empty for the usual ones.
    #[serde(default)]
    pub days: String,
    /// `long`, `never`, `unknown`, `excluded`, or empty for the first three.
    #[serde(default)]
    pub only: String,
    /// The order.
    #[serde(default)]
    pub sort: IdleSort,
    /// Its direction.
    #[serde(default)]
    pub direction: Direction,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

/// One person with a seat who was not seen for long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdleRow {
    /// The person as lists show them.
    pub person: PersonRow,
    /// What the last sign-in says.
    pub seen: Seen,
    /// How much that is worth.
    pub evidence: Evidence,
    /// The names of the sites that hold the seat up.
    pub held_by: Vec<String>,
    /// Why they are not proposed.
    pub left_out: Option<LeftOut>,
}

/// How many people there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IdleCounts {
    /// Not seen for long.
    pub long: u64,
    /// Never seen.
    pub never: u64,
    /// Not told.
    pub unknown: u64,
    /// Left out.
    pub excluded: u64,
}

/// One page of such people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdlePage {
    /// The rows.
    pub page: Page<IdleRow>,
    /// How many of each kind, whatever is shown.
    pub counts: IdleCounts,
    /// The seats of everyone who is shown.
    pub seats: Seats,
    /// Sites to choose from: id and name.
    pub sites: Vec<(String, String)>,
    /// Days without a sign-in from which somebody is listed.
    pub days: u32,
    /// How far the directory is.
    pub loading: Loading,
    /// Why it is older than it should be.
    pub stale: Option<Problem>,
}

/// A step down: what must be lowered so that the seat becomes a lower one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// The seat that becomes free.
    pub frees: Tier,
    /// The sites on which the role must go down, all of them.
    pub on: Vec<SiteId>,
    /// The seat that is left, because of the other sites.
    pub leaves: Tier,
}

/// The way down from the seat somebody takes: each step with every site that holds it up. A person takes one seat of the
/// tenant, at the highest role of all sites; so a seat is free only when no site needs it any more.
pub fn ladder(places: &[Place]) -> Vec<Rung> {
    let mut tiers: Vec<Tier> = places.iter().map(|place| place.role.tier()).collect();
    tiers.retain(|tier| *tier != Tier::Unlicensed);
    tiers.sort_unstable();
    tiers.dedup();
    let rung = |(at, tier): (usize, &Tier)| Rung {
        frees: *tier,
        on: places.iter().filter(|place| place.role.tier() <= *tier).map(|place| place.site).collect(),
        leaves: tiers.get(at + 1).copied().unwrap_or(Tier::Unlicensed),
    };
    tiers.iter().enumerate().map(rung).collect()
}

/// Why a person is not proposed for a lower seat, as far as the person alone tells.
pub fn left_out(person: &Person, you: &[UserId]) -> Option<LeftOut> {
    if you.contains(&person.id) {
        Some(LeftOut::You)
    } else if person.administration().is_some() {
        Some(LeftOut::CloudAdministrator)
    } else if person.places.iter().flatten().any(|place| place.role.administers())
        || (person.places.is_none() && person.highest.as_ref().is_some_and(|role| role.administers()))
    {
        Some(LeftOut::SiteAdministrator)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::SiteRole;

    fn place(number: u128, role: SiteRole) -> Place {
        Place { site: uuid::Uuid::from_u128(number).into(), role, sign_in: None, site_user: None }
    }

    #[test]
    fn a_seat_is_free_only_when_no_site_needs_it() {
        let places = [
            place(1, SiteRole::Creator),
            place(2, SiteRole::ExplorerCanPublish),
            place(3, SiteRole::SiteAdministratorCreator),
            place(4, SiteRole::Unlicensed),
            place(5, SiteRole::Viewer),
        ];
        let rungs = ladder(&places);
        let told: Vec<(Tier, usize, Tier)> =
            rungs.iter().map(|rung| (rung.frees, rung.on.len(), rung.leaves)).collect();
        assert_eq!(
            told,
            [
                (Tier::Creator, 2, Tier::Explorer),
                (Tier::Explorer, 3, Tier::Viewer),
                (Tier::Viewer, 4, Tier::Unlicensed),
            ]
        );
        assert!(ladder(&[place(1, SiteRole::Unlicensed)]).is_empty());
    }
}
