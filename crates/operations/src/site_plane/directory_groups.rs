//! Groups that come from Active Directory. Tableau Cloud has none of them: they are offered, and taken, only where the site
//! is proved to be one of a Tableau Server.

use model::{
    Act, ActId, Freshness, GroupId, Notice, Permission, Problem, ProblemCode, SiteId,
    group_acts::FromDirectory,
    site_plane::{GroupLock, NewGroupSheet},
};
use tableau::{Change, DirectoryGroup, GroupUpdate, Made, NewGroup, SiteApi, When};
use uuid::Uuid;

use super::{
    changes::Sending,
    groups::{GroupCame, GroupForm},
};
use crate::{Caller, Operations};

impl Operations {
    /// What the form for a new group shows.
    pub async fn new_group_sheet(&self, caller: &Caller, site: &SiteId) -> Result<NewGroupSheet, Problem> {
        caller.must(Permission::SeeGroups)?;
        let head = self.site_head(caller, site).await?;
        // A courtesy: without an answer the form offers what every site has.
        let on_server = self.is_on_server(caller, site).await.unwrap_or_default();
        Ok(NewGroupSheet { head, on_server, ticket: ActId::from(Uuid::now_v7()) })
    }

    /// Whether a site is one of a Tableau Server. A host of Tableau Cloud's own is not asked.
    pub(super) async fn is_on_server(&self, caller: &Caller, site: &SiteId) -> Result<bool, Problem> {
        let connection = self.site_connection(caller, site).await?;
        let host = self.0.wire.site_host(&connection.host);
        if host.is_ok_and(|host| host.is_of_the_cloud()) {
            return Ok(false);
        }
        self.ask_site(caller, site, async |api| api.is_server().await).await
    }

    /// Makes a group of one of Active Directory, or brings one up to date.
    pub(super) async fn follow_directory(
        &self,
        caller: &Caller,
        form: &GroupForm,
        from: &FromDirectory,
        act: impl Fn(Option<GroupId>, &str) -> Act,
    ) -> Result<(Notice, GroupCame), Problem> {
        if !self.is_on_server(caller, &form.site).await? {
            return Err(caller.problem(ProblemCode::OnlyOnServer));
        }
        let name = match form.group {
            Some(group) => {
                let now = self.known_group(caller, &form.site, &group).await?;
                if GroupLock::of(&now) != Some(GroupLock::Directory) {
                    return Err(caller.problem(ProblemCode::GroupLocked));
                }
                now.name
            }
            None => form.name.trim().to_owned(),
        };
        let sending = Sending {
            site: form.site,
            ticket: form.ticket,
            act: act(form.group, &name),
            before: if form.group.is_some() { "there" } else { "not there" }.to_owned(),
            after: format!("follows {} of {}", name, from.domain),
            notice: match (from.as_job, form.group) {
                (true, _) => Notice::GroupFollows,
                (false, Some(_)) => Notice::GroupChanged,
                (false, None) => Notice::GroupCreated,
            },
        };
        let group = DirectoryGroup {
            name: name.clone(),
            domain: from.domain.clone(),
            minimum_role: from.minimum_role.clone(),
            grant: from.grant.clone(),
            when: if from.as_job { When::AsJob } else { When::Now },
        };
        let (site, known) = (form.site, form.group);
        let send = |api: SiteApi<Change>| {
            let group = group.clone();
            async move {
                match known {
                    Some(id) => api.update_group(&id, &GroupUpdate::ActiveDirectory(group)).await,
                    None => api.create_group(&NewGroup::ActiveDirectory(group)).await,
                }
            }
        };
        let look = move |operations: Operations, caller: Caller, made: Option<Made>| {
            let name = name.clone();
            async move { operations.follows(&caller, &site, made, &name).await }
        };
        let (notice, made) = self.change_and_look(caller, sending, send, look).await?;
        // A server that signs people in by itself does at once what was asked for as a job.
        let came = came(made);
        let notice = match (notice, came) {
            (Notice::GroupFollows, GroupCame::Group(_)) => Notice::GroupChanged,
            (notice, _) => notice,
        };
        Ok((notice, came))
    }

    /// Whether the site shows the group, or the job that makes it.
    async fn follows(
        &self,
        caller: &Caller,
        site: &SiteId,
        made: Option<Made>,
        name: &str,
    ) -> Result<bool, Problem> {
        if let Some(Made::Job(job)) = made {
            return Ok(self.ask_site(caller, site, async |api| api.job(&job.id).await).await?.is_some());
        }
        let all = self.groups_of_site(caller, site, Freshness::Now).await?;
        Ok(all.value.iter().any(|group| !group.is_local() && group.name.eq_ignore_ascii_case(name)))
    }
}

/// Where the answer to a change of a group leads.
pub(super) fn came(made: Option<Made>) -> GroupCame {
    match made {
        Some(Made::Group(group)) => GroupCame::Group(group.id),
        Some(Made::Job(job)) => GroupCame::Job(job.id),
        None => GroupCame::Nowhere,
    }
}
