//! The pages of a site that only read: its users, its groups and its group sets.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    ActId, Aged, Freshness, GroupId, GroupSetId, Permission, Problem, ProblemCode, SiteId, SiteUserId,
    groups::{Group, GroupSet},
    licences::{Tier, history::CountOf},
    roles::SiteRole,
    site_plane::{
        GroupLock, GroupSetSheet, GroupSheet, GroupsOnSite, PlaneList, PlaneQuery, Raise, SiteHead,
        SiteUserSheet,
    },
    site_users::SiteUser,
};
use uuid::Uuid;

use super::{
    lists::{check, gone},
    rows::select,
};
use crate::{Caller, Operations, audit::seen::ListOf};

impl Operations {
    /// One person of a site with their groups, read now.
    pub async fn site_user(
        &self,
        caller: &Caller,
        site: &SiteId,
        user: &SiteUserId,
    ) -> Result<SiteUserSheet, Problem> {
        caller.must(Permission::SeePeople)?;
        let head = self.site_head(caller, site).await?;
        let (found, groups) = futures::join!(
            self.fresh_site_user(caller, site, user),
            self.ask_site(caller, site, async |api| api.all_groups_of(user).await),
        );
        let sight = self.sight_on(caller, site).await?;
        let is_seen = |user: &SiteUser| sight.as_ref().is_none_or(|sight| sight.sees_on(&user.name, site));
        let found = found?.filter(is_seen).ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let mut groups = groups.map_err(|problem| gone(problem, ProblemCode::SiteUserNotFound))?.rows;
        groups.retain(|group| caller.sees_group(site, group));
        self.tell_what_they_give(caller, site, &mut groups).await;
        groups.sort_by_key(|group| group.name.to_lowercase());
        let connection = self.site_connection(caller, site).await?;
        Ok(SiteUserSheet {
            in_tenant: self.0.directories.of(caller.tenant()).people().named(&found.name),
            is_connection: connection.site_user == *user,
            full: self.full_tiers(caller, site).await,
            head,
            user: found,
            groups,
            as_of: caller.now,
        })
    }

    /// The groups of a person come with their names alone; what they give stands in the list of groups. A courtesy: without
    /// that list the names are all there is.
    async fn tell_what_they_give(&self, caller: &Caller, site: &SiteId, groups: &mut [Group]) {
        let Ok(all) = self.groups_of_site(caller, site, Freshness::Recent).await else { return };
        for group in groups {
            if let Some(known) = all.value.iter().find(|known| known.id == group.id) {
                group.clone_from(known);
            }
        }
    }

    /// The tiers of which this site has no seat left, by its role limits. A courtesy as well, for those whom the numbers of
    /// the site are told.
    async fn full_tiers(&self, caller: &Caller, site: &SiteId) -> Vec<Tier> {
        if !caller.counts(Permission::SeeSites, CountOf::Site(*site)) {
            return Vec::new();
        }
        let Ok(site) = self.read_site(caller, site).await else { return Vec::new() };
        let room = self.room(caller, &HashMap::from([(site.id, site)])).await;
        let is_full =
            |tier: &Tier| room.iter().any(|((_, of), (used, at_most))| of == tier && used >= at_most);
        Tier::SEATS.into_iter().filter(is_full).collect()
    }

    /// The head of a page of a site, for a form that asks the site nothing.
    pub async fn head_of_site(&self, caller: &Caller, site: &SiteId) -> Result<SiteHead, Problem> {
        caller.must(Permission::SeeSites)?;
        self.site_head(caller, site).await
    }

    /// One group with its members, read now.
    pub async fn site_group(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &GroupId,
        query: &PlaneQuery,
    ) -> Result<GroupSheet, Problem> {
        caller.must(Permission::SeeGroups)?;
        check(caller, query)?;
        let head = self.site_head(caller, site).await?;
        let (found, members, sets) = futures::join!(
            self.known_group(caller, site, group),
            self.members_of(caller, site, group),
            self.sets_of_site(caller, site),
        );
        let (mut found, mut members) = (found?, members?);
        if let Some(sight) = self.sight_on(caller, site).await? {
            members = sight.users(&members, site);
            // How many there are beside those who are seen is not told either.
            found.user_count = None;
        }
        let raises = SiteRole::ASSIGNABLE.into_iter().filter(|role| *role != SiteRole::Unlicensed);
        let raises = raises.map(|role| Raise::of(role, &members)).collect();
        let all = Aged { value: Arc::new(members), as_of: caller.now, stale: None };
        let members = select(head.clone(), all, query).page;
        let name = format!("members of group {} on {}", found.name, head.name);
        let list = ListOf::site(*site, "group-members", Some(group.uuid()), name);
        self.looks_at(caller, list, query, &members).await?;
        let holds = |set: &GroupSet| set.groups.iter().any(|member| member.id == *group);
        let sets = sets
            .ok()
            .filter(|_| caller.sees_sets(site))
            .map(|sets| sets.into_iter().filter(holds).map(|set| (set.id, set.name)).collect());
        let locked = GroupLock::of(&found);
        let can_follow =
            locked == Some(GroupLock::Directory) && self.is_on_server(caller, site).await.unwrap_or_default();
        Ok(GroupSheet {
            locked,
            can_follow,
            head,
            group: found,
            members,
            raises,
            sets,
            ticket: ActId::from(Uuid::now_v7()),
        })
    }

    /// One group of a site. The vendor has no call for one, so the list is read, now.
    pub(crate) async fn fresh_group(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &GroupId,
    ) -> Result<Group, Problem> {
        let all = self.groups_of_site(caller, site, Freshness::Now).await?;
        let found = all.value.iter().find(|known| known.id == *group).cloned();
        found.ok_or_else(|| caller.problem(ProblemCode::GroupNotFound))
    }

    /// The same for whoever may know of it: not in scope and not there look the same.
    pub(crate) async fn known_group(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &GroupId,
    ) -> Result<Group, Problem> {
        let found = self.fresh_group(caller, site, group).await?;
        if caller.sees_group(site, &found) {
            Ok(found)
        } else {
            Err(caller.problem(ProblemCode::GroupNotFound))
        }
    }

    /// The group sets of a site, read now.
    pub async fn site_group_sets(
        &self,
        caller: &Caller,
        site: &SiteId,
        query: &PlaneQuery,
    ) -> Result<PlaneList<GroupSet>, Problem> {
        caller.must(Permission::SeeGroups)?;
        check(caller, query)?;
        let head = self.site_head(caller, site).await?;
        let sets = match caller.sees_sets(site) {
            true => self.sets_of_site(caller, site).await?,
            false => Vec::new(),
        };
        let all = Aged { value: Arc::new(sets), as_of: caller.now, stale: None };
        Ok(select(head, all, query))
    }

    /// One group set: its groups, and who is in every one of them.
    pub async fn site_group_set(
        &self,
        caller: &Caller,
        site: &SiteId,
        set: &GroupSetId,
    ) -> Result<GroupSetSheet, Problem> {
        caller.must(Permission::SeeGroups)?;
        let head = self.site_head(caller, site).await?;
        let found = self.fresh_set(caller, site, set).await?;
        if !caller.sees_sets(site) {
            return Err(caller.problem(ProblemCode::GroupSetNotFound));
        }
        let groups = self.groups_of_site(caller, site, Freshness::Recent).await?;
        let is_in = |group: &&Group| found.groups.iter().any(|member| member.id == group.id);
        let groups = self.seen_groups(caller, site, &groups.value);
        let mut others: Vec<Group> = groups.iter().filter(|group| !is_in(group)).cloned().collect();
        others.sort_by_key(|group| group.name.to_lowercase());
        let covered = self.covered(caller, site, &found).await;
        if let Ok(people) = &covered {
            let name = format!("people in every group of set {} on {}", found.name, head.name);
            let list = ListOf::site(*site, "group-set-people", Some(set.uuid()), name);
            self.looks_at_rows(caller, list, String::new(), (people.len(), people.len() as u64)).await?;
        }
        Ok(GroupSetSheet {
            covered,
            head,
            set: found,
            others,
            ticket: ActId::from(Uuid::now_v7()),
            as_of: caller.now,
        })
    }

    /// One group set with its name and its groups. The vendor leaves the name out where one set is asked for, so the
    /// list tells it.
    pub(crate) async fn fresh_set(
        &self,
        caller: &Caller,
        site: &SiteId,
        set: &GroupSetId,
    ) -> Result<GroupSet, Problem> {
        let (one, all) = futures::join!(
            self.ask_site(caller, site, async |api| api.group_set(set).await),
            self.sets_of_site(caller, site),
        );
        let mut one = one?.ok_or_else(|| caller.problem(ProblemCode::GroupSetNotFound))?;
        if let Some(listed) = all?.into_iter().find(|listed| listed.id == *set) {
            if one.name.is_empty() {
                one.name = listed.name;
            }
            if one.groups.is_empty() {
                one.groups = listed.groups;
            }
        }
        Ok(one)
    }

    /// Who is in every group of a set.
    async fn covered(
        &self,
        caller: &Caller,
        site: &SiteId,
        set: &GroupSet,
    ) -> Result<Vec<SiteUser>, Problem> {
        let mut covered: Option<Vec<SiteUser>> = None;
        for group in &set.groups {
            let members = self.members_of(caller, site, &group.id).await?;
            covered = Some(match covered {
                None => members,
                Some(so_far) => {
                    let ids: HashSet<SiteUserId> = members.iter().map(|user| user.id).collect();
                    so_far.into_iter().filter(|user| ids.contains(&user.id)).collect()
                }
            });
        }
        let mut covered = covered.unwrap_or_default();
        if let Some(sight) = self.sight_on(caller, site).await? {
            covered = sight.users(&covered, site);
        }
        covered.sort_by_key(|user| user.shown_name().to_lowercase());
        Ok(covered)
    }

    /// A person's groups on each site they are on, side by side: `sites` are those with the person's name there.
    pub(crate) async fn groups_everywhere(
        &self,
        caller: &Caller,
        user_name: &str,
        sites: &[(SiteId, String)],
    ) -> Vec<GroupsOnSite> {
        let one = async |(site, name): &(SiteId, String)| {
            let groups = match self.connection_to(caller, site).await {
                Ok(None) => None,
                Ok(Some(_)) => Some(self.groups_by_name(caller, site, user_name).await),
                Err(problem) => Some(Err(problem)),
            };
            GroupsOnSite { site: *site, name: name.clone(), groups }
        };
        futures::future::join_all(sites.iter().map(one)).await
    }

    async fn groups_by_name(
        &self,
        caller: &Caller,
        site: &SiteId,
        user_name: &str,
    ) -> Result<Vec<Group>, Problem> {
        let users = self.users_of_site(caller, site, Freshness::Recent).await?;
        let found = users.value.iter().find(|user| user.name.eq_ignore_ascii_case(user_name));
        let user = found.map(|user| user.id).ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let groups = self.ask_site(caller, site, async |api| api.all_groups_of(&user).await).await?;
        Ok(groups.rows.into_iter().filter(|group| caller.sees_group(site, group)).collect())
    }

    /// The groups that a caller sees, without the number of people in them where not all of those may be seen.
    pub(super) fn seen_groups(
        &self,
        caller: &Caller,
        site: &SiteId,
        groups: &Arc<Vec<Group>>,
    ) -> Arc<Vec<Group>> {
        if !caller.is_member() {
            return groups.clone();
        }
        let seen = groups.iter().filter(|group| caller.sees_group(site, group));
        Arc::new(seen.map(|group| Group { user_count: None, ..group.clone() }).collect())
    }
}
