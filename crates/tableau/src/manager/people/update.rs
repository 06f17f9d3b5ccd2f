//! A change of one person, and how it is written on the wire: only what is named, never the whole person.

use std::fmt;

use model::{
    SiteId, TenantId,
    people::CLOUD_ADMINISTRATOR,
    roles::{SignInType, SiteRole},
};
use serde::Serialize;

/// What becomes of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeltaOp {
    /// A role that was not there. The vendor's page shows this word alone; the others were seen in a public client.
    Add,
    /// A role that is there.
    Update,
    /// A role that shall be no more.
    Delete,
}

/// A change of one person. What it does not name stays as it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PersonDelta {
    /// The language of their pages, in the vendor's word.
    pub language: Option<String>,
    /// The locale of their numbers and dates, in the vendor's word.
    pub locale: Option<String>,
    /// Where mail goes.
    pub email: Option<String>,
    /// What becomes of the role of a cloud administrator, and how they sign in to the tenant.
    pub tenant_role: Option<(DeltaOp, Option<SignInType>)>,
    /// What becomes of roles on sites.
    pub places: Vec<PlaceDelta>,
}

/// A change of what a person is on one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceDelta {
    /// The site.
    pub site: SiteId,
    /// What becomes of the role there.
    pub op: DeltaOp,
    /// The role there.
    pub role: Option<SiteRole>,
    /// How they sign in there.
    pub sign_in: Option<SignInType>,
}

/// Without the address: it has no place in a log.
impl fmt::Debug for PersonDelta {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PersonDelta")
            .field("language", &self.language)
            .field("locale", &self.locale)
            .field("tenant_role", &self.tenant_role)
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

impl PersonDelta {
    /// Whether it would change nothing.
    pub(super) fn asks_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The link of a tenant role is the tenant itself; that is inferred.
    pub(super) fn wire(&self, tenant: TenantId) -> impl Serialize {
        let link_role = |(op, sign_in): &(DeltaOp, Option<SignInType>)| LinkRoleAsk {
            link_id: tenant,
            link_op: op.on_link(),
            link_role: CLOUD_ADMINISTRATOR,
            idp: sign_in.clone(),
        };
        DeltaAsk {
            language: self.language.clone(),
            locale: self.locale.clone(),
            email: self.email.clone(),
            link_roles: self.tenant_role.iter().map(link_role).collect(),
            site_roles: self.places.iter().map(PlaceDelta::wire).collect(),
        }
    }
}

impl PlaceDelta {
    fn wire(&self) -> SiteRoleAsk {
        SiteRoleAsk {
            site_id: self.site,
            site_op: self.op.on_site(),
            site_role: self.role.clone(),
            idp: self.sign_in.clone(),
        }
    }
}

impl DeltaOp {
    fn on_link(self) -> &'static str {
        match self {
            Self::Add => "ADD_LINK_ROLE",
            Self::Update => "UPDATE_LINK_ROLE",
            Self::Delete => "DELETE_LINK_ROLE",
        }
    }

    fn on_site(self) -> &'static str {
        match self {
            Self::Add => "ADD_SITE_ROLE",
            Self::Update => "UPDATE_SITE_ROLE",
            Self::Delete => "DELETE_SITE_ROLE",
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeltaAsk {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    link_roles: Vec<LinkRoleAsk>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    site_roles: Vec<SiteRoleAsk>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkRoleAsk {
    link_id: TenantId,
    link_op: &'static str,
    link_role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<SignInType>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteRoleAsk {
    site_id: SiteId,
    site_op: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_role: Option<SiteRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp: Option<SignInType>,
}
