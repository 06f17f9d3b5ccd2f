//! What a site answers about its people.

use model::{Moment, SiteUserId};
use serde::Deserialize;

use super::xml;
use crate::Result;

/// A person on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUser {
    /// Their id on this site.
    pub id: SiteUserId,
    /// The name they sign in with.
    pub name: String,
    /// The name to show; empty when the site gives none.
    pub full_name: String,
    /// Their address, where the site gives one.
    pub email: Option<String>,
    /// The vendor's word for their role; old sites have words of their own.
    pub site_role: String,
    /// The vendor's word for how they sign in.
    pub auth_setting: Option<String>,
    /// When they last signed in; `None` for never and for not told.
    pub last_login: Option<Moment>,
}

/// Reads one person.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Add User to Site" and "Query User On Site".
pub fn read_one(answer: &[u8]) -> Result<SiteUser> {
    let wire: OneWire = xml::read(answer)?;
    Ok(wire.user.into())
}

/// Reads a page of people, and how many there are in all.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Get Users on Site".
pub fn read_page(answer: &[u8]) -> Result<(Vec<SiteUser>, u64)> {
    let wire: PageWire = xml::read(answer)?;
    Ok((wire.users.user.into_iter().map(SiteUser::from).collect(), wire.pagination.total))
}

#[derive(Deserialize)]
struct OneWire {
    user: UserWire,
}

#[derive(Deserialize)]
struct PageWire {
    pagination: xml::PaginationWire,
    #[serde(default)]
    users: UsersWire,
}

#[derive(Default, Deserialize)]
struct UsersWire {
    #[serde(default)]
    user: Vec<UserWire>,
}

#[derive(Deserialize)]
struct UserWire {
    #[serde(rename = "@id")]
    id: SiteUserId,
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@fullName", default)]
    full_name: String,
    #[serde(rename = "@email")]
    email: Option<String>,
    #[serde(rename = "@siteRole", default)]
    site_role: String,
    #[serde(rename = "@authSetting")]
    auth_setting: Option<String>,
    #[serde(rename = "@lastLogin")]
    last_login: Option<String>,
}

impl From<UserWire> for SiteUser {
    fn from(wire: UserWire) -> Self {
        Self {
            id: wire.id,
            name: wire.name,
            full_name: wire.full_name,
            email: wire.email.filter(|email| !email.is_empty()),
            site_role: wire.site_role,
            auth_setting: wire.auth_setting.filter(|word| !word.is_empty()),
            last_login: wire.last_login.as_deref().and_then(Moment::parse),
        }
    }
}
