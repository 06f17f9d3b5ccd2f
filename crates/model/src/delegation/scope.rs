//! Where and on whom a grant counts: sites, and on each of them people and groups. What is not named is out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::Subject;
use crate::{GroupId, SiteId};

/// Sites ∩ (groups ∪ e-mail domains ∪ named people), and the groups that may be changed themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The sites.
    pub sites: Sites,
    /// The people on them.
    pub people: People,
    /// The groups on them whose members, or which themselves, may be changed.
    pub groups: Groups,
}

/// Which sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sites {
    /// All of the tenant, also those to come.
    All,
    /// These.
    These(BTreeSet<SiteId>),
}

/// Which people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum People {
    /// Everybody on the sites.
    Everybody,
    /// Whoever matches one of these.
    Those {
        /// In one of these groups, on the site that the group belongs to.
        groups: BTreeSet<(SiteId, GroupId)>,
        /// Signing in with a name that ends so; small letters, without `@`.
        domains: BTreeSet<String>,
        /// Signing in with this very name; small letters.
        named: BTreeSet<String>,
    },
}

/// Which groups may be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Groups {
    /// All of the sites.
    All,
    /// These.
    These(BTreeSet<(SiteId, GroupId)>),
}

impl Scope {
    /// Whether a site is in it.
    pub fn has_site(&self, site: &SiteId) -> bool {
        match &self.sites {
            Sites::All => true,
            Sites::These(sites) => sites.contains(site),
        }
    }

    /// Whether somebody with this name belongs to it on a site, whatever groups they are in.
    ///
    /// Only the name they sign in with counts: the e-mail field can be changed by those who may change details.
    pub fn has_name(&self, user_name: &str) -> bool {
        match &self.people {
            People::Everybody => true,
            People::Those { domains, named, .. } => {
                let name = user_name.to_lowercase();
                let domain = name.rsplit_once('@').map(|(_, domain)| domain);
                named.contains(&name) || domain.is_some_and(|domain| domains.contains(domain))
            }
        }
    }

    /// Whether somebody is in it on a site.
    pub fn has_person(&self, subject: &Subject, site: &SiteId) -> bool {
        let by_group = match &self.people {
            People::Everybody => false,
            People::Those { groups, .. } => {
                subject.groups.iter().any(|hold| hold.site == *site && groups.contains(&(*site, hold.group)))
            }
        };
        self.has_site(site) && (by_group || self.has_name(&subject.user_name))
    }

    /// Whether a group may be changed.
    pub fn has_group(&self, site: &SiteId, group: &GroupId) -> bool {
        self.has_site(site)
            && match &self.groups {
                Groups::All => true,
                Groups::These(groups) => groups.contains(&(*site, *group)),
            }
    }

    /// The groups whose members decide who is in scope.
    pub fn people_groups(&self) -> impl Iterator<Item = &(SiteId, GroupId)> {
        match &self.people {
            People::Everybody => None,
            People::Those { groups, .. } => Some(groups.iter()),
        }
        .into_iter()
        .flatten()
    }
}
