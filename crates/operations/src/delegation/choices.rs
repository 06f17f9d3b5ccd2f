//! What the forms about delegation offer: whom a grant can be given to, and which sites there are.

use model::{Freshness, GroupId, Permission, Problem, SiteId, delegation::Pause};

use crate::{Caller, Operations};

/// What the editor of grants offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantChoices {
    /// Accounts: id and name.
    pub accounts: Vec<(String, String)>,
    /// Sites: id and name.
    pub sites: Vec<(SiteId, String)>,
    /// The groups of the sites that whoever asks has connected.
    pub groups: Vec<GroupsToChoose>,
}

/// The groups of one site, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupsToChoose {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Its groups by name, without the one that holds everybody.
    pub groups: Vec<(GroupId, String)>,
    /// Whether there are more than can be shown.
    pub more: bool,
}

/// The groups of a site that are shown to choose from.
const GROUPS_AT_MOST: usize = 200;

impl Operations {
    /// Accounts and sites to choose from.
    pub async fn grant_choices(&self, caller: &Caller) -> Result<GrantChoices, Problem> {
        caller.must(Permission::ManageGrants)?;
        let accounts = self.holders(caller).await?;
        Ok(GrantChoices { accounts, sites: self.sites_to_choose(caller).await?, groups: Vec::new() })
    }

    /// The same with the groups of every site that the caller has connected. Those of a site that does not answer can still
    /// be typed.
    pub async fn grant_editor_choices(&self, caller: &Caller) -> Result<GrantChoices, Problem> {
        let mut choices = self.grant_choices(caller).await?;
        let sites = self.deposit_choices(caller).await?;
        let read = sites.into_iter().map(|(site, name)| self.groups_to_choose(caller, site, name));
        choices.groups = futures::future::join_all(read).await.into_iter().flatten().collect();
        Ok(choices)
    }

    async fn groups_to_choose(&self, caller: &Caller, site: SiteId, name: String) -> Option<GroupsToChoose> {
        let told = self.groups_of_site(caller, &site, Freshness::Recent).await.ok()?;
        let shown = told.value.iter().filter(|group| !group.is_all_users());
        let mut groups: Vec<_> = shown.map(|group| (group.id, group.name.clone())).collect();
        groups.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
        let more = groups.len() > GROUPS_AT_MOST;
        groups.truncate(GROUPS_AT_MOST);
        (!groups.is_empty()).then_some(GroupsToChoose { site, name, groups, more })
    }

    /// The sites whose connection the caller can deposit: those that they connected themselves.
    pub async fn deposit_choices(&self, caller: &Caller) -> Result<Vec<(SiteId, String)>, Problem> {
        caller.must(Permission::ManageGrants)?;
        let owner = caller.credential_owner()?;
        let own = self.0.store.site_connections(caller.tenant(), owner).await;
        let own = own.map_err(|error| caller.store_problem(&error))?;
        let mut sites = self.sites_to_choose(caller).await?;
        sites.retain(|(site, _)| own.iter().any(|connection| connection.site == *site));
        Ok(sites)
    }

    /// Whether all delegation is paused.
    pub async fn pause_of_delegation(&self, caller: &Caller) -> Result<Option<Pause>, Problem> {
        let pause = self.0.store.delegation_pause(caller.tenant()).await;
        pause.map_err(|error| caller.store_problem(&error))
    }
}
