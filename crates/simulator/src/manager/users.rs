//! The people of the tenant: list with filters, some of them by id, and one.

mod asked;
mod change;
mod file;
mod record;
mod resources;

use std::collections::BTreeMap;
use std::ops::Range;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Asked, Caller, id, own_tenant};
use super::paging;
use super::refusal::Refusal;
use crate::world::people::Person;
use crate::world::roles::SiteRole;
use crate::world::settings::NextToken;
use crate::world::{State as Kept, World};
use record::{TCM_ADMIN, User};

pub(super) use change::{create, delete, delete_some, update};
pub(super) use file::import;
pub(super) use resources::resources;

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
    email: Option<String>,
    user_name: Option<String>,
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
        let (email, user_name) = (self.email.clone(), self.user_name.clone());
        Ok(Wanted { email, user_name, user, administers, highest })
    }
}

impl Wanted {
    /// Whether filters match exactly or in part is not documented; here they match exactly.
    fn fits(&self, person: &Person) -> bool {
        !person.gone
            && self.user_name.as_deref().is_none_or(|wanted| wanted == &*person.user_name)
            && self.email.as_deref().is_none_or(|wanted| wanted == person.email())
            && self.user.is_none_or(|wanted| wanted == person.id)
            && self.administers.is_none_or(|wanted| wanted == person.tenant_admin.is_some())
            && self.highest.is_none_or(|wanted| wanted.is_some() && wanted == person.highest_role())
    }

    /// The places in the list that are worth a look: one at most where the filter names somebody.
    fn worth_a_look(&self, state: &Kept, start: usize) -> Range<usize> {
        let named = match (self.user, self.user_name.as_deref()) {
            (Some(user), _) => state.register.id(user),
            (None, Some(user_name)) => state.register.name(user_name),
            (None, None) => return start..state.people.len().max(start),
        };
        named.filter(|place| *place >= start).map_or(start..start, |place| place..place + 1)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserList {
    users: Vec<User>,
    /// One entry or none: its key is a setting.
    #[serde(flatten)]
    next: BTreeMap<&'static str, String>,
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
        let Range { start, end } = wanted.worth_a_look(state, start);
        let mut found = (start..end).filter(|place| wanted.fits(&state.people[*place]));
        let users = found
            .by_ref()
            .take(most)
            .map(|place| User::of(&state.people[place], state, with_roles))
            .collect();
        // One more than the page holds tells where the next page begins.
        let next = found.next().map(|place| (key(state), paging::token("users", place)));
        UserList { users, next: next.into_iter().collect() }
    })))
}

/// The vendor's sample of this answer is another call's, and public clients have seen both words.
fn key(state: &Kept) -> &'static str {
    match state.settings.next_token {
        NextToken::NextPageToken => "nextPageToken",
        NextToken::PageToken => "pageToken",
    }
}

/// Ids in one request for details. The vendor names no number.
const MOST_DETAILS: usize = 100;

#[derive(Serialize)]
struct SomeUsers {
    users: Vec<User>,
}

/// Vendor: User Methods, "Lists the details of a batch of users". Unknown ids are left out.
pub(super) async fn details(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let ids = asked::user_ids(&body, MOST_DETAILS)?;
    Ok(Json(world.read(|state| {
        let known = ids.iter().filter_map(|id| state.person(*id));
        SomeUsers { users: known.map(|person| User::of(person, state, true)).collect() }
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
