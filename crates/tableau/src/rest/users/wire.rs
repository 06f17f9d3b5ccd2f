//! What a site answers about its people.

use model::{PageRequest, SiteUserId, site_users::SiteUser};
use serde::Deserialize;

use crate::{
    Result,
    rest::{
        loose,
        pages::{PaginationWire, SitePage},
        xml::{self, NameWire},
    },
};

/// Reads one person.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Add User to Site" and "Query User On Site".
pub fn read_one(answer: &[u8]) -> Result<SiteUser> {
    xml::read::<OneWire>(answer)?.user.read(None)
}

/// Reads a page of people.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Get Users on Site".
pub fn read_page(answer: &[u8], at: PageRequest) -> Result<SitePage<SiteUser>> {
    xml::read::<PageWire>(answer)?.read(at)
}

#[derive(Deserialize)]
pub(in crate::rest) struct OneWire {
    pub(in crate::rest) user: UserWire,
}

#[derive(Deserialize)]
pub(in crate::rest) struct PageWire {
    #[serde(default)]
    pagination: PaginationWire,
    #[serde(default)]
    users: UsersWire,
}

/// Several people without pages, as the answer to putting them into a group.
#[derive(Deserialize)]
pub(in crate::rest) struct ManyWire {
    #[serde(default)]
    users: UsersWire,
}

#[derive(Default, Deserialize)]
struct UsersWire {
    #[serde(default)]
    user: Vec<UserWire>,
}

#[derive(Deserialize)]
pub(in crate::rest) struct UserWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@name", default)]
    name: String,
    #[serde(rename = "@fullName", default)]
    full_name: String,
    #[serde(rename = "@email")]
    email: Option<String>,
    #[serde(rename = "@siteRole")]
    site_role: Option<String>,
    #[serde(rename = "@authSetting")]
    auth_setting: Option<String>,
    #[serde(rename = "@lastLogin")]
    last_login: Option<String>,
    #[serde(rename = "@language")]
    language: Option<String>,
    #[serde(rename = "@locale")]
    locale: Option<String>,
    #[serde(rename = "@externalAuthUserId")]
    external_id: Option<String>,
    #[serde(rename = "@idpConfigurationId")]
    idp_configuration: Option<String>,
    domain: Option<NameWire>,
}

impl PageWire {
    pub(in crate::rest) fn read(self, at: PageRequest) -> Result<SitePage<SiteUser>> {
        Ok(self.pagination.page(self.users.read()?, at))
    }
}

impl ManyWire {
    pub(in crate::rest) fn read(self) -> Result<Vec<SiteUser>> {
        self.users.read()
    }
}

impl UsersWire {
    fn read(self) -> Result<Vec<SiteUser>> {
        self.user.into_iter().map(|user| user.read(None)).collect()
    }
}

impl UserWire {
    /// The person; their id is that of the question where the answer leaves it out.
    pub(in crate::rest) fn read(self, asked: Option<SiteUserId>) -> Result<SiteUser> {
        let id = match (self.id.as_deref(), asked) {
            (None, Some(asked)) => asked,
            (told, _) => loose::id(told)?,
        };
        Ok(SiteUser {
            id,
            name: self.name,
            site_role: loose::role(self.site_role),
            sign_in: loose::text(self.auth_setting).map(loose::sign_in),
            full_name: self.full_name,
            email: loose::text(self.email),
            last_login: loose::moment(self.last_login.as_deref()),
            language: loose::text(self.language),
            locale: loose::text(self.locale),
            domain: self.domain.and_then(|domain| loose::text(domain.name)),
            external_id: loose::text(self.external_id),
            idp_configuration: loose::text(self.idp_configuration),
        })
    }
}
