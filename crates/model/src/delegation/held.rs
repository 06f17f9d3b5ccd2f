//! A single act that waits for the word of somebody else, with what it was seen to change.

use serde::{Deserialize, Serialize};

use crate::{Act, Permission, SiteId, act::sentence};

/// A single act that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldAct {
    /// The act, with its reason.
    pub act: Act,
    /// The name of the site it is on, where the act itself does not name it; empty otherwise.
    pub place: String,
    /// What is so, in words.
    pub before: String,
    /// What would be so, in words.
    pub after: String,
    /// How many people are in the group, where they would feel it.
    #[serde(default)]
    pub people: Option<u32>,
}

/// Whoever holds one of these may have to do with requests: they decide about them, or what they do may have to wait.
pub const MAY_SEE_REQUESTS: &[Permission] = &[
    Permission::Approve,
    Permission::SuspendSite,
    Permission::ReactivateSite,
    Permission::CreateGroups,
    Permission::ChangeGroups,
    Permission::ChangeGroupPolicy,
    Permission::DeleteGroups,
    Permission::ChangeGroupSets,
    Permission::CancelJobs,
    Permission::PlanPeople,
];

impl HeldAct {
    /// What would be done, in one line.
    pub fn title(&self) -> String {
        sentence(self.act.verb(), &self.act.object().name)
    }

    /// What it does to which thing: who asks for the same once more has one request, and not two.
    pub fn subject(&self) -> String {
        format!("{} {}", self.act.verb(), self.act.object().id)
    }

    /// The site it is about, or on.
    pub fn site(&self) -> Option<&SiteId> {
        match &self.act {
            Act::SuspendSite { site, .. }
            | Act::ReactivateSite { site, .. }
            | Act::ChangeGroup { site, .. }
            | Act::ChangeGroupSet { site, .. }
            | Act::CancelSiteJob { site, .. } => Some(site),
            _ => None,
        }
    }

    /// Every permission it needs.
    pub fn permissions(&self) -> Vec<Permission> {
        match &self.act {
            Act::ChangeGroup { change, .. } => change.permissions().to_vec(),
            act => act.permission().into_iter().collect(),
        }
    }

    /// The page of what it is about.
    pub fn href(&self) -> Option<String> {
        let site = format!("/sites/{}", self.site()?);
        Some(match &self.act {
            Act::ChangeGroup { group: Some(group), .. } => format!("{site}/groups/{group}"),
            Act::ChangeGroup { group: None, .. } => format!("{site}/groups"),
            Act::ChangeGroupSet { set: Some(set), .. } => format!("{site}/sets/{set}"),
            Act::ChangeGroupSet { set: None, .. } => format!("{site}/sets"),
            Act::CancelSiteJob { job, .. } => format!("{site}/jobs/{job}"),
            _ => site,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GroupId, group_acts::GroupChange};

    fn held(act: Act) -> HeldAct {
        HeldAct { act, place: String::new(), before: String::new(), after: String::new(), people: None }
    }

    #[test]
    fn a_held_act_says_what_it_does_to_what_and_where_that_is_seen() {
        let site = SiteId::from(uuid::Uuid::from_u128(1));
        let group = GroupId::from(uuid::Uuid::from_u128(2));
        let suspend =
            held(Act::SuspendSite { site, name: "Sales".to_owned(), reason: "Audit week".to_owned() });
        assert_eq!(suspend.title(), "Suspend site Sales");
        assert_eq!(suspend.subject(), format!("site.suspend {site}"));
        assert_eq!(suspend.href(), Some(format!("/sites/{site}")));
        assert_eq!(suspend.permissions(), [Permission::SuspendSite]);
        let create = held(Act::ChangeGroup {
            site,
            group: None,
            name: "Readers".to_owned(),
            change: GroupChange::Create { minimum_role: None, on_demand: true },
            reason: None,
        });
        assert_eq!(create.permissions(), [Permission::CreateGroups, Permission::ChangeGroupPolicy]);
        assert_eq!(create.href(), Some(format!("/sites/{site}/groups")));
        let delete = held(Act::ChangeGroup {
            site,
            group: Some(group),
            name: "Readers".to_owned(),
            change: GroupChange::Delete,
            reason: None,
        });
        assert_eq!(delete.href(), Some(format!("/sites/{site}/groups/{group}")));
    }
}
