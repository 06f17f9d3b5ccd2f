//! What a site answers about its groups.

use model::{
    GroupId, PageRequest,
    groups::{GrantMode, Group},
    roles::SiteRole,
};
use serde::Deserialize;

use super::Made;
use crate::{
    Result, Unreadable,
    rest::{
        jobs::wire::JobWire,
        loose,
        pages::{PaginationWire, SitePage},
        xml::{self, NameWire},
    },
};

/// Reads a page of groups.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Query Groups".
pub fn read_page(answer: &[u8], at: PageRequest) -> Result<SitePage<Group>> {
    xml::read::<PageWire>(answer)?.read(at)
}

#[derive(Deserialize)]
pub(in crate::rest) struct PageWire {
    #[serde(default)]
    pagination: PaginationWire,
    #[serde(default)]
    groups: GroupsWire,
}

/// A group, or the job that makes it.
#[derive(Deserialize)]
pub(super) struct MadeWire {
    group: Option<GroupWire>,
    job: Option<JobWire>,
}

#[derive(Default, Deserialize)]
struct GroupsWire {
    #[serde(default)]
    group: Vec<GroupWire>,
}

#[derive(Deserialize)]
struct GroupWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@name", default)]
    name: String,
    #[serde(rename = "@minimumSiteRole")]
    minimum_role: Option<String>,
    #[serde(rename = "@ephemeralUsersEnabled")]
    on_demand: Option<String>,
    #[serde(rename = "@userCount")]
    user_count: Option<String>,
    #[serde(rename = "@externalUserEnabled")]
    external_users: Option<String>,
    domain: Option<NameWire>,
    import: Option<ImportWire>,
}

/// The vendor's examples name the role by two words.
#[derive(Deserialize)]
struct ImportWire {
    #[serde(rename = "@domainName")]
    domain: Option<String>,
    #[serde(rename = "@siteRole")]
    role: Option<String>,
    #[serde(rename = "@minimumSiteRole")]
    minimum_role: Option<String>,
    #[serde(rename = "@grantLicenseMode")]
    grant: Option<String>,
}

impl PageWire {
    pub(in crate::rest) fn read(self, at: PageRequest) -> Result<SitePage<Group>> {
        let groups = self.groups.group.into_iter().map(|group| group.read(None)).collect::<Result<_>>()?;
        Ok(self.pagination.page(groups, at))
    }
}

impl MadeWire {
    /// What was made; the id is that of the question where the answer leaves it out.
    pub(super) fn read(self, asked: Option<GroupId>) -> Result<Made> {
        match (self.group, self.job) {
            (Some(group), _) => group.read(asked).map(Made::Group),
            (None, Some(job)) => job.read().map(Made::Job),
            (None, None) => Err(Unreadable::Field { field: "group" }.into()),
        }
    }
}

impl GroupWire {
    fn read(self, asked: Option<GroupId>) -> Result<Group> {
        let id = match (self.id.as_deref(), asked) {
            (None, Some(asked)) => asked,
            (told, _) => loose::id(told)?,
        };
        let (domain, role, grant) = match self.import {
            Some(import) => (import.domain, loose::text(import.role).or(import.minimum_role), import.grant),
            None => (None, None, None),
        };
        let role = loose::text(self.minimum_role).or(loose::text(role)).map(|word| loose::role(Some(word)));
        let own_domain = self.domain.and_then(|domain| domain.name);
        Ok(Group {
            id,
            name: self.name,
            domain: loose::text(own_domain).or(loose::text(domain)),
            // The vendor's word for "no minimum" is the lowest role.
            minimum_role: role.filter(|role| *role != SiteRole::Unlicensed),
            grant: loose::text(grant).filter(|word| !word.eq_ignore_ascii_case("unset")).map(GrantMode::from),
            on_demand: loose::flag(self.on_demand.as_deref()),
            user_count: loose::number(self.user_count.as_deref()),
            external_users: loose::flag(self.external_users.as_deref()),
        })
    }
}
