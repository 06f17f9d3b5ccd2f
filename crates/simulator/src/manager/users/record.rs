//! A person as the vendor tells one: the same in lists, in batches and alone.

use serde::Serialize;
use uuid::Uuid;

use crate::world::State as Kept;
use crate::world::clock::Stamp;
use crate::world::people::Person;
use crate::world::roles::SiteRole;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::manager) struct User {
    #[serde(skip_serializing_if = "Option::is_none")]
    link_roles: Option<Vec<LinkRole>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_roles: Option<Vec<RoleOnSite>>,
    email: String,
    user_name: String,
    display_name: String,
    tenant_id: Uuid,
    user_id: Uuid,
    user_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_site_role: Option<SiteRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tcm_role_name: Option<&'static str>,
    number_of_site_roles: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login_time: Option<Stamp>,
    language: &'static str,
    locale: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkRole {
    link_id: Uuid,
    link_role: &'static str,
    link_role_status: &'static str,
    idp_type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RoleOnSite {
    site_id: Uuid,
    site_role: SiteRole,
    idp_type: &'static str,
    server_site_user_id: Uuid,
}

pub(super) const TCM_ADMIN: &str = "TCM_ADMIN";

impl User {
    pub(super) fn of(person: &Person, state: &Kept, with_roles: bool) -> Self {
        let tenant = state.tenant.id;
        let link_roles = person.tenant_admin.iter().map(|status| LinkRole {
            link_id: tenant,
            link_role: "LINK_ADMIN",
            link_role_status: status,
            idp_type: person.idp,
        });
        let site_roles = person.places.iter().map(|place| RoleOnSite {
            site_id: state.sites[usize::from(place.site)].id,
            site_role: place.role,
            idp_type: place.idp,
            server_site_user_id: place.site_user,
        });
        Self {
            link_roles: with_roles.then(|| link_roles.collect()),
            site_roles: with_roles.then(|| site_roles.collect()),
            email: person.email().to_owned(),
            user_name: person.user_name.to_string(),
            display_name: person.display_name.to_string(),
            tenant_id: tenant,
            user_id: person.id,
            user_status: person.status,
            max_site_role: person.highest_role(),
            tcm_role_name: person.tenant_admin.map(|_| TCM_ADMIN),
            number_of_site_roles: person.places.len(),
            last_login_time: person.last_sign_in.map(Stamp),
            language: person.language,
            locale: person.locale,
        }
    }
}
