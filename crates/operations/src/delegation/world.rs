//! What the lock is held against: who is out of reach, and on each site which groups give what to whom.

use std::collections::{HashMap, HashSet};

use futures::{StreamExt, stream};
use model::{
    Freshness, Grant, GroupId, Problem, SiteId, UserId,
    delegation::{GroupFacts, GroupHold, Subject},
    groups::Group,
    people::Person,
    roles::SiteRole,
};

use crate::{Caller, Operations};

/// Groups read at once.
const AT_ONCE: usize = 4;

/// What is known beyond the people themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(super) protected: HashSet<UserId>,
    pub(super) owners: HashSet<UserId>,
    pub(super) account_names: HashSet<String>,
    pub(super) sites: HashMap<SiteId, SiteWorld>,
}

/// One site whose groups are told.
#[derive(Debug, Clone, Default)]
pub(crate) struct SiteWorld {
    pub(super) groups: HashMap<GroupId, Group>,
    /// The role that the group of everybody gives.
    pub(super) floor: Option<SiteRole>,
    /// The groups of people, as far as they give something or decide who is in scope, by the name people sign in with.
    pub(super) members: HashMap<String, Vec<GroupId>>,
}

impl Operations {
    /// Reads what the lock needs for rows on these sites.
    pub(super) async fn world(
        &self,
        caller: &Caller,
        grants: &[Grant],
        sites: &HashSet<SiteId>,
    ) -> Result<World, Problem> {
        let store = &self.0.store;
        let (protected, deposits, accounts) = futures::join!(
            store.protections(caller.tenant()),
            store.deposits(caller.tenant()),
            self.account_names(caller),
        );
        let protected = protected.map_err(|error| caller.store_problem(&error))?;
        let deposits = deposits.map_err(|error| caller.store_problem(&error))?;
        let mut world = World {
            protected: protected.into_iter().map(|it| it.user).collect(),
            owners: deposits.into_iter().map(|it| it.owner).collect(),
            account_names: accounts?,
            sites: HashMap::new(),
        };
        for site in sites {
            if self.connection_to(caller, site).await?.is_some() {
                let told = self.site_world(caller, grants, site).await?;
                world.sites.insert(*site, told);
            }
        }
        Ok(world)
    }

    async fn site_world(
        &self,
        caller: &Caller,
        grants: &[Grant],
        site: &SiteId,
    ) -> Result<SiteWorld, Problem> {
        let groups = self.groups_of_site(caller, site, Freshness::Now).await?.value;
        let scoping = scoping_groups(grants, site);
        let gives = |group: &Group| {
            group.minimum_role.as_ref().is_some_and(|role| role.rank() > SiteRole::Unlicensed.rank())
        };
        let mut world = SiteWorld::default();
        let mut read = Vec::new();
        for group in groups.iter() {
            if group.is_all_users() {
                world.floor.clone_from(&group.minimum_role);
            } else if gives(group) || scoping.contains(&group.id) {
                read.push(group.id);
            }
            world.groups.insert(group.id, group.clone());
        }
        let mut told = stream::iter(read)
            .map(|group| async move { (group, self.members_of(caller, site, &group).await) })
            .buffer_unordered(AT_ONCE);
        while let Some((group, members)) = told.next().await {
            for member in members? {
                world.members.entry(member.name.to_lowercase()).or_default().push(group);
            }
        }
        Ok(world)
    }
}

/// The groups of a site whose members are in scope of one of the grants.
fn scoping_groups(grants: &[Grant], site: &SiteId) -> HashSet<GroupId> {
    let held = grants.iter().filter_map(|grant| match grant {
        Grant::Delegated(held) => Some(held),
        Grant::Administrator => None,
    });
    held.flat_map(|held| held.delegation.scope.people_groups())
        .filter(|(on, _)| on == site)
        .map(|(_, group)| *group)
        .collect()
}

impl World {
    /// What is known of a person.
    pub(super) fn subject(&self, person: &Person) -> Subject {
        let name = person.user_name.to_lowercase();
        let held = self.sites.iter().flat_map(|(site, told)| {
            let groups = told.members.get(&name).into_iter().flatten();
            groups.map(move |group| GroupHold {
                site: *site,
                group: *group,
                minimum: told.groups.get(group).and_then(|group| group.minimum_role.clone()),
            })
        });
        Subject {
            user: Some(person.id),
            user_name: person.user_name.clone(),
            roles: person
                .places
                .as_ref()
                .map(|places| places.iter().map(|it| (it.site, it.role.clone())).collect()),
            groups: held.collect(),
            told: self.sites.keys().copied().collect(),
            administers_tenant: person.tenant_roles.iter().any(|role| role.status != "DELETED"),
            is_protected: self.protected.contains(&person.id),
            owns_credential: self.owners.contains(&person.id),
            has_account: self.account_names.contains(&name),
        }
    }

    /// What is known of a group. Its members are not: rows are about one of them.
    pub(super) fn group(&self, site: &SiteId, group: &GroupId) -> Option<GroupFacts> {
        let told = self.sites.get(site)?.groups.get(group)?;
        Some(GroupFacts {
            site: *site,
            group: Some(*group),
            minimum: told.minimum_role.clone(),
            members: None,
        })
    }
}
