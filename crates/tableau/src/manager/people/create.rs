//! A person to be created, and how they are written on the wire.

use std::fmt;

use model::{
    SiteId, TenantId,
    people::CLOUD_ADMINISTRATOR,
    roles::{SignInType, SiteRole},
};
use serde::Serialize;

/// A person who is not in the tenant yet. What is `None` is left to the vendor.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct NewPerson {
    /// The name they sign in with; an e-mail address on Tableau Cloud.
    pub user_name: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// The language of their pages, in the vendor's word.
    pub language: Option<String>,
    /// The locale of their numbers and dates, in the vendor's word.
    pub locale: Option<String>,
    /// Makes a cloud administrator.
    pub tenant_role: Option<NewTenantRole>,
    /// Roles on sites.
    pub places: Vec<NewPlace>,
}

/// The role of a cloud administrator, for somebody new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewTenantRole {
    /// How they sign in to the tenant.
    pub sign_in: Option<SignInType>,
    /// Whether the vendor sends a mail.
    pub notify: Option<bool>,
}

/// A role on a site, for somebody new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// The site.
    pub site: SiteId,
    /// The role there.
    pub role: SiteRole,
    /// How they sign in there.
    pub sign_in: Option<SignInType>,
    /// Whether the vendor sends a mail; it seems to by itself.
    pub notify: Option<bool>,
}

/// Without names and addresses: they have no place in a log.
impl fmt::Debug for NewPerson {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewPerson")
            .field("language", &self.language)
            .field("locale", &self.locale)
            .field("tenant_role", &self.tenant_role)
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

impl NewPerson {
    /// The link of a tenant role is the tenant itself; that is inferred.
    pub(super) fn wire(&self, tenant: TenantId) -> impl Serialize {
        let link_role = |role: &NewTenantRole| LinkRoleAsk {
            link_id: tenant,
            link_role: CLOUD_ADMINISTRATOR,
            notify_user: role.notify,
            idp: role.sign_in.clone(),
        };
        PersonAsk {
            user_name: self.user_name.clone(),
            email: self.email.clone(),
            language: self.language.clone(),
            locale: self.locale.clone(),
            link_roles: self.tenant_role.iter().map(link_role).collect(),
            site_roles: self.places.iter().map(NewPlace::wire).collect(),
        }
    }
}

impl NewPlace {
    fn wire(&self) -> SiteRoleAsk {
        SiteRoleAsk {
            site_id: self.site,
            site_role: self.role.clone(),
            idp: self.sign_in.clone(),
            notify_user: self.notify,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonAsk {
    user_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    link_roles: Vec<LinkRoleAsk>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    site_roles: Vec<SiteRoleAsk>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkRoleAsk {
    link_id: TenantId,
    link_role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_user: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<SignInType>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteRoleAsk {
    site_id: SiteId,
    site_role: SiteRole,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<SignInType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_user: Option<bool>,
}
