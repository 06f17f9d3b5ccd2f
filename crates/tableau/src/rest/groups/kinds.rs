//! What is said of a group that is made or changed, and what comes of it.

use model::{
    groups::{GrantMode, Group},
    roles::SiteRole,
    site_jobs::SiteJob,
};

use super::local;
use crate::rest::{ask::Ask, write::Element};

/// The vendor's word that takes the minimum role of a group away; its page writes it in capitals.
const NO_ROLE: &str = "UNLICENSED";

/// A group to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewGroup {
    /// A group of the site's own.
    Local(LocalGroup),
    /// A group of Active Directory; servers only.
    ActiveDirectory(DirectoryGroup),
}

/// A group of the site's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalGroup {
    /// Its name.
    pub name: String,
    /// The role that its people have at least, and get a licence for when they sign in.
    pub minimum_role: Option<SiteRole>,
    /// Whether people who are not on the site may see embedded content through it; from version 3.21, for sites
    /// licensed by usage.
    pub on_demand: Option<bool>,
}

/// A group of Active Directory, to be imported or synchronised. Not on Tableau Cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryGroup {
    /// Its name there.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// The role that its people have at least.
    pub minimum_role: SiteRole,
    /// When they get a licence for it; without it as before.
    pub grant: Option<GrantMode>,
    /// Whether to wait for it.
    pub when: When,
}

/// When Active Directory is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// At once, which takes too long for a large group.
    #[default]
    Now,
    /// In the background, as a job.
    AsJob,
}

/// What is to change about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupUpdate {
    /// A group of the site's own.
    Local(LocalGroupUpdate),
    /// A group of Active Directory; servers only.
    ActiveDirectory(DirectoryGroup),
}

/// What is to change about a group of the site's own; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalGroupUpdate {
    /// Its name.
    pub name: Option<String>,
    /// The role that its people have at least.
    pub minimum_role: Option<MinimumRole>,
    /// Access on demand; from version 3.21.
    pub on_demand: Option<bool>,
}

/// A new minimum role of a group. To leave it out and to take it away are two different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MinimumRole {
    /// None any more: the group gives no licences.
    Cleared,
    /// This one.
    Of(SiteRole),
}

/// What comes of making or changing a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The group as it is now.
    Group(Group),
    /// The job that does it.
    Job(SiteJob),
}

impl LocalGroup {
    pub(super) fn write(&self) -> Element {
        local(Some(&self.name), self.minimum_role.as_ref().map(SiteRole::code), self.on_demand)
    }
}

impl LocalGroupUpdate {
    pub(super) fn write(&self) -> Element {
        let role = self.minimum_role.as_ref().map(|role| match role {
            MinimumRole::Cleared => NO_ROLE,
            MinimumRole::Of(role) => role.code(),
        });
        local(self.name.as_deref(), role, self.on_demand)
    }
}

impl DirectoryGroup {
    pub(super) fn write(&self) -> Element {
        let import = Element::new("import")
            .with("source", "ActiveDirectory")
            .with("domainName", &self.domain)
            .with("siteRole", self.minimum_role.code())
            .maybe("grantLicenseMode", self.grant.as_ref().map(GrantMode::code));
        Element::new("group").with("name", &self.name).holding([import])
    }
}

impl When {
    pub(super) fn say<Access>(self, ask: Ask<'_, Access>) -> Ask<'_, Access> {
        match self {
            Self::Now => ask,
            Self::AsJob => ask.query("asJob", "true"),
        }
    }
}
