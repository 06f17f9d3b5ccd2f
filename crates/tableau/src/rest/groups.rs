//! Groups of a site, and who is in them.

mod kinds;
mod members;
pub(super) mod wire;

use model::{GroupId, PageRequest, groups::Group};

use super::{
    SiteApi,
    filter::GroupField,
    pages::{self, Listed, Listing, SitePage},
    table::SiteOperation,
    version::ApiVersion,
    write::Element,
};
use crate::{Change, Result, Unfit};

pub use kinds::{
    DirectoryGroup, GroupUpdate, LocalGroup, LocalGroupUpdate, Made, MinimumRole, NewGroup, When,
};
pub use wire::read_page;

/// The first version that knows access on demand.
const ON_DEMAND: ApiVersion = ApiVersion::new(3, 21);

impl<Access> SiteApi<Access> {
    /// One page of the site's groups.
    ///
    /// Vendor: Tableau REST API, Users and Groups Methods, "Query Groups".
    pub async fn groups(&self, page: PageRequest, listing: &Listing<GroupField>) -> Result<SitePage<Group>> {
        let ask = self.ask(SiteOperation::GroupList)?.listing(listing).page(page)?;
        ask.read::<wire::PageWire>().await?.read(page)
    }

    /// All of the site's groups that fit, each page within a deadline of its own.
    pub async fn all_groups(&self, listing: &Listing<GroupField>) -> Result<Listed<Group>> {
        pages::all(|page| self.groups(page, listing), |group| group.id).await
    }
}

impl SiteApi<Change> {
    /// Creates a group. The vendor takes names that differ in capitals only for the same name.
    ///
    /// A minimum role of a local group gives its people a licence when they sign in. Groups of Active Directory are
    /// for servers only; made in the background, the answer is a job.
    ///
    /// Vendor: Users and Groups Methods, "Create Group".
    pub async fn create_group(&self, group: &NewGroup) -> Result<Made> {
        let ask = self.ask(SiteOperation::GroupCreate)?;
        let ask = match group {
            NewGroup::Local(group) => {
                self.allows(group.on_demand)?;
                ask.carrying([group.write()])?
            }
            NewGroup::ActiveDirectory(group) => group.when.say(ask).carrying([group.write()])?,
        };
        ask.change::<wire::MadeWire>().await?.read(None)
    }

    /// Changes a group: what is not named stays. A group of Active Directory is synchronised with it.
    ///
    /// Vendor: Users and Groups Methods, "Update Group".
    pub async fn update_group(&self, group: &GroupId, update: &GroupUpdate) -> Result<Made> {
        let ask = self.ask(SiteOperation::GroupUpdate)?.of("groupId", group);
        let ask = match update {
            GroupUpdate::Local(update) => {
                self.allows(update.on_demand)?;
                let element = update.write();
                if element.is_bare() {
                    return Err(Unfit::Nothing.into());
                }
                ask.carrying([element])?
            }
            GroupUpdate::ActiveDirectory(group) => group.when.say(ask).carrying([group.write()])?,
        };
        ask.change::<wire::MadeWire>().await?.read(Some(*group))
    }

    /// Deletes a group. Its people stay; what they may do through it ends. "All Users" cannot be deleted.
    ///
    /// Vendor: Users and Groups Methods, "Delete Group".
    pub async fn delete_group(&self, group: &GroupId) -> Result<()> {
        self.ask(SiteOperation::GroupDelete)?.of("groupId", group).done().await
    }

    fn allows(&self, on_demand: Option<bool>) -> Result<()> {
        if on_demand.is_some() { self.needs(ON_DEMAND) } else { Ok(()) }
    }
}

/// The element of a local group.
fn local(name: Option<&str>, role: Option<&str>, on_demand: Option<bool>) -> Element {
    Element::new("group")
        .maybe("name", name)
        .maybe("minimumSiteRole", role)
        .maybe("ephemeralUsersEnabled", on_demand.map(|yes| yes.to_string()))
}
