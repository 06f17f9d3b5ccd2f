//! Who is in a group.

use model::{GroupId, PageRequest, SiteUserId, site_users::SiteUser};

use crate::{
    Change, Result, Unfit,
    rest::{
        SiteApi,
        pages::{self, Listed, SitePage},
        table::SiteOperation,
        users::wire,
        write::Element,
    },
};

impl<Access> SiteApi<Access> {
    /// One page of the people of a group.
    ///
    /// Vendor: Tableau REST API, Users and Groups Methods, "Get Users in Group".
    pub async fn group_users(&self, group: &GroupId, page: PageRequest) -> Result<SitePage<SiteUser>> {
        let ask = self.ask(SiteOperation::GroupUsers)?.of("groupId", group).page(page)?;
        ask.read::<wire::PageWire>().await?.read(page)
    }

    /// All people of a group.
    pub async fn all_group_users(&self, group: &GroupId) -> Result<Listed<SiteUser>> {
        pages::all(|page| self.group_users(group, page), |user| user.id).await
    }
}

impl SiteApi<Change> {
    /// Puts a person into a group. Where they are in it already the vendor answers with a conflict, code 409011.
    ///
    /// Vendor: Users and Groups Methods, "Add User to Group". Its example of the message has another element than its
    /// description; this is that of the description.
    pub async fn add_to_group(&self, group: &GroupId, user: &SiteUserId) -> Result<SiteUser> {
        let ask = self.ask(SiteOperation::GroupAdd)?.of("groupId", group).carrying([person(user)])?;
        ask.change::<wire::OneWire>().await?.user.read(Some(*user))
    }

    /// Puts several people into a group, at once. The vendor names no limit of their number and does not say whether
    /// one who cannot be put in keeps the others out: after an error read the group afresh.
    ///
    /// Vendor: Users and Groups Methods, "Add User to Group", from version 3.21.
    pub async fn add_many_to_group(&self, group: &GroupId, users: &[SiteUserId]) -> Result<Vec<SiteUser>> {
        let ask = self.ask(SiteOperation::GroupAddMany)?.of("groupId", group).carrying([people(users)?])?;
        ask.change::<wire::ManyWire>().await?.read()
    }

    /// Takes a person out of a group.
    ///
    /// Vendor: Users and Groups Methods, "Remove User from Group".
    pub async fn remove_from_group(&self, group: &GroupId, user: &SiteUserId) -> Result<()> {
        self.ask(SiteOperation::GroupRemove)?.of("groupId", group).of("userId", user).done().await
    }

    /// Takes several people out of a group, at once. After an error read the group afresh.
    ///
    /// Vendor: Users and Groups Methods, "Remove User from Group", from version 3.21. Its example has the address for
    /// one person; this is that of its description.
    pub async fn remove_many_from_group(&self, group: &GroupId, users: &[SiteUserId]) -> Result<()> {
        self.ask(SiteOperation::GroupRemoveMany)?
            .of("groupId", group)
            .carrying([people(users)?])?
            .done()
            .await
    }
}

fn person(user: &SiteUserId) -> Element {
    Element::new("user").with("id", user.to_string())
}

fn people(users: &[SiteUserId]) -> Result<Element> {
    if users.is_empty() {
        return Err(Unfit::Nothing.into());
    }
    Ok(Element::new("users").holding(users.iter().map(person)))
}
