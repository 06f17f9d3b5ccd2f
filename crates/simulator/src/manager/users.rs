//! The people of the tenant: list with filters, and one.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Asked, Caller, id, own_tenant};
use super::paging;
use super::refusal::Refusal;
use crate::world::clock::Stamp;
use crate::world::people::Person;
use crate::world::roles::SiteRole;
use crate::world::{State as Kept, World};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
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

const TCM_ADMIN: &str = "TCM_ADMIN";

impl User {
    fn of(person: &Person, state: &Kept, with_roles: bool) -> Self {
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
            idp_type: person.idp,
            server_site_user_id: place.site_user,
        });
        Self {
            link_roles: with_roles.then(|| link_roles.collect()),
            site_roles: with_roles.then(|| site_roles.collect()),
            email: person.user_name.to_string(),
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    email: Option<String>,
    user_id: Option<String>,
    tcm_role_name: Option<String>,
    max_site_role: Option<String>,
    user_name: Option<String>,
    page_token: Option<String>,
    max_results: Option<usize>,
    exclude_roles: Option<bool>,
}

/// The filter after its words have been checked.
struct Wanted {
    address: [Option<String>; 2],
    user: Option<Uuid>,
    administers: Option<bool>,
    /// The inner nothing is a role that is real but that nobody here has.
    highest: Option<Option<SiteRole>>,
}

impl Filter {
    fn wanted(&self) -> Result<Wanted, Refusal> {
        let administers = match self.tcm_role_name.as_deref() {
            None => None,
            Some(TCM_ADMIN) => Some(true),
            // Vendor: the literal word, for people without a role in the tenant.
            Some("NULL") => Some(false),
            Some(_) => return Err(Refusal::invalid("tcmRoleName must be TCM_ADMIN or NULL.")),
        };
        let highest = match self.max_site_role.as_deref() {
            None => None,
            Some("SupportUser") => Some(None),
            Some(word) => match SiteRole::named(word) {
                Some(role) => Some(Some(role)),
                None => return Err(Refusal::invalid("maxSiteRole is not a site role.")),
            },
        };
        let user = self.user_id.as_deref().map(id).transpose()?;
        Ok(Wanted { address: [self.email.clone(), self.user_name.clone()], user, administers, highest })
    }
}

impl Wanted {
    /// Whether filters match exactly or in part is not documented; here they match exactly.
    fn fits(&self, person: &Person) -> bool {
        self.address.iter().flatten().all(|wanted| **wanted == *person.user_name)
            && self.user.is_none_or(|wanted| wanted == person.id)
            && self.administers.is_none_or(|wanted| wanted == person.tenant_admin.is_some())
            && self.highest.is_none_or(|wanted| wanted.is_some() && wanted == person.highest_role())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserList {
    users: Vec<User>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

/// Vendor: User Methods, "Gets a list of tenant users and their details".
pub(super) async fn list(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let wanted = filter.wanted()?;
    let start = paging::start("users", filter.page_token.as_deref())?;
    let most = filter.max_results.unwrap_or(100);
    if !(1..=100).contains(&most) {
        return Err(Refusal::invalid("maxResults must be between 1 and 100."));
    }
    let with_roles = !filter.exclude_roles.unwrap_or(false);
    Ok(Json(world.read(|state| {
        let people = state.people.get(start..).unwrap_or_default();
        // One more than the page holds tells where the next page begins.
        let mut found = people.iter().enumerate().filter(|(_, person)| wanted.fits(person));
        let users =
            found.by_ref().take(most).map(|(_, person)| User::of(person, state, with_roles)).collect();
        let next = found.next().map(|(place, _)| paging::token("users", start + place));
        UserList { users, next_page_token: next }
    })))
}

#[derive(Serialize)]
struct OneUser {
    user: User,
}

/// Vendor: User Methods, "Gets the details of a tenant user".
pub(super) async fn show(
    State(world): State<World>,
    _: Caller,
    Path((tenant, user)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let user = id(&user)?;
    world.read(|state| {
        let person = state.person(user).ok_or_else(|| Refusal::not_found("user"))?;
        Ok(Json(OneUser { user: User::of(person, state, true) }))
    })
}
