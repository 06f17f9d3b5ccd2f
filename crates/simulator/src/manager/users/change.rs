//! People are made, changed and deleted: each request becomes a job.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::asked::{self, AskedLinkRole, AskedSiteRole};
use crate::manager::caller::{Caller, id, own_tenant};
use crate::manager::refusal::Refusal;
use crate::world::jobs::Row;
use crate::world::orders::{Order, Submission};
use crate::world::register::Newcomer;
use crate::world::words::is_address;
use crate::world::{State as Kept, World};

/// The answer to every change but the making of a person.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Accepted {
    pub(super) job_id: Uuid,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    job_id: Uuid,
    user_id: Uuid,
    transaction_id: String,
    tenant_id: Uuid,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewUser {
    user_name: Option<String>,
    email: Option<String>,
    language: Option<String>,
    locale: Option<String>,
    #[serde(default)]
    link_roles: Vec<AskedLinkRole>,
    #[serde(default)]
    site_roles: Vec<AskedSiteRole>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserChange {
    language: Option<String>,
    locale: Option<String>,
    email: Option<String>,
    #[serde(default)]
    link_roles: Vec<AskedLinkRole>,
    #[serde(default)]
    site_roles: Vec<AskedSiteRole>,
}

/// Characters of a user name. The vendor names no number.
const LONGEST_NAME: usize = 255;
/// Ids in one request to delete. The vendor names no number.
const MOST_DELETIONS: usize = 1_000;

/// Vendor: User Methods, "Creates a new user in the tenant".
///
/// What a user name that is taken gets is not documented: here its missing roles are added.
pub(in crate::manager) async fn create(
    State(world): State<World>,
    caller: Caller,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let asked: NewUser = asked::body(&body)?;
    let mut newcomer = asked.newcomer()?;
    let now = world.now();
    world.change(|state| {
        let tenant_id = state.tenant.id;
        let promised = state.random.uuid();
        newcomer.id = Some(promised);
        let known = state.register.name(&newcomer.user_name).map(|place| state.people[place].id);
        let rows = asked.rows(&newcomer, known, tenant_id)?;
        let submission = Submission::new(operation(&rows), caller.session.owner, rows);
        let job_id = state.submit(submission, now).map_err(Refusal::busy)?;
        let transaction_id = state.random.letters(24);
        Ok(Json(Created { job_id, user_id: known.unwrap_or(promised), transaction_id, tenant_id }))
    })
}

impl NewUser {
    fn newcomer(&self) -> Result<Newcomer, Refusal> {
        let user_name = self.user_name.as_deref().unwrap_or_default().trim();
        if user_name.is_empty() || user_name.chars().count() > LONGEST_NAME {
            return Err(Refusal::invalid(&format!("userName must have 1 to {LONGEST_NAME} characters.")));
        }
        let fresh = Newcomer::named(user_name);
        Ok(Newcomer {
            email: self.email.clone(),
            language: asked::language(self.language.as_deref())?.unwrap_or(fresh.language),
            locale: asked::locale(self.locale.as_deref())?.unwrap_or(fresh.locale),
            ..fresh
        })
    }

    fn rows(
        &self,
        newcomer: &Newcomer,
        known: Option<Uuid>,
        tenant: Uuid,
    ) -> Result<Vec<(Row, Order)>, Refusal> {
        let newcomer = || newcomer.clone();
        let links = self.link_roles.iter();
        let links = links.map(|link| link.addition("CREATE_USER_LINK_ROLE", tenant, Some(newcomer())));
        let sites = self.site_roles.iter();
        let sites = sites.map(|site| site.addition("CREATE_USER_SITE_ROLE", Some(newcomer())));
        let mut rows = links.chain(sites).collect::<Result<Vec<_>, _>>()?;
        check_places(&self.link_roles, &self.site_roles)?;
        if rows.is_empty() {
            rows.push((Row::asking("CREATE_USER_SITE_ROLE"), Order::Create(newcomer())));
        }
        let name = newcomer().user_name;
        let mistake = if !is_address(&name) {
            Some("USER_INVALID_USER_NAME")
        } else {
            self.email.as_deref().filter(|email| !is_address(email)).map(|_| "USER_INVALID_EMAIL_ADDRESS")
        };
        for (row, order) in &mut rows {
            (row.user_name, row.user) = (Some(name.clone()), known);
            if let Some(code) = mistake {
                *order = Order::Refuse(code);
            }
        }
        Ok(rows)
    }
}

/// Vendor: User Methods, "Updates the tenant role, site role, language, and/or locale for a tenant user".
pub(in crate::manager) async fn update(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, user)): Path<(String, String)>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let user = id(&user)?;
    let asked: UserChange = asked::body(&body)?;
    let now = world.now();
    world.change(|state| {
        let user_name = user_name(state, user).ok_or_else(|| Refusal::not_found("user"))?;
        let mut rows = asked.rows(state.tenant.id)?;
        for (row, _) in &mut rows {
            (row.user, row.user_name) = (Some(user), Some(user_name.clone()));
        }
        let submission = Submission::new(operation(&rows), caller.session.owner, rows);
        Ok(Json(Accepted { job_id: state.submit(submission, now).map_err(Refusal::busy)? }))
    })
}

impl UserChange {
    fn rows(&self, tenant: Uuid) -> Result<Vec<(Row, Order)>, Refusal> {
        let language = asked::language(self.language.as_deref())?;
        let locale = asked::locale(self.locale.as_deref())?;
        let links = self.link_roles.iter().map(|link| link.change(tenant));
        let mut rows =
            links.chain(self.site_roles.iter().map(AskedSiteRole::change)).collect::<Result<Vec<_>, _>>()?;
        check_places(&self.link_roles, &self.site_roles)?;
        if language.is_some() || locale.is_some() {
            rows.push((Row::asking("UPDATE_LANGUAGE_OR_LOCALE"), Order::Speak { language, locale }));
        }
        if let Some(email) = &self.email {
            let mail = Order::Mail(email.clone());
            let order = if is_address(email) { mail } else { Order::Refuse("USER_INVALID_EMAIL_ADDRESS") };
            rows.push((Row::asking("UPDATE_USER_DETAILS"), order));
        }
        if rows.is_empty() { Err(Refusal::invalid("The body asks for nothing.")) } else { Ok(rows) }
    }
}

/// Vendor: User Methods, "Starts a job to delete the specified user".
pub(in crate::manager) async fn delete(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, user)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let user = id(&user)?;
    let now = world.now();
    world.change(|state| {
        state.person(user).ok_or_else(|| Refusal::not_found("user"))?;
        let rows = vec![deletion(state, user)];
        let submission = Submission::new("MULTI_ROLE_USER_DELETE", caller.session.owner, rows);
        Ok(Json(Accepted { job_id: state.submit(submission, now).map_err(Refusal::busy)? }))
    })
}

/// Vendor: User Methods, "Starts a job to delete the specified batch of users".
pub(in crate::manager) async fn delete_some(
    State(world): State<World>,
    caller: Caller,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let ids = asked::user_ids(&body, MOST_DELETIONS)?;
    let now = world.now();
    world.change(|state| {
        let rows = ids.iter().map(|user| deletion(state, *user)).collect();
        let submission = Submission::new("BULK_USER_DELETE", caller.session.owner, rows);
        Ok(Json(Accepted { job_id: state.submit(submission, now).map_err(Refusal::busy)? }))
    })
}

/// The vendor's list of row operations has none for a whole person; this one comes nearest.
fn deletion(state: &Kept, user: Uuid) -> (Row, Order) {
    let user_name = user_name(state, user);
    (Row { user: Some(user), user_name, ..Row::asking("DELETE_SITE_ROLE") }, Order::Delete)
}

fn user_name(state: &Kept, user: Uuid) -> Option<String> {
    state.person(user).map(|person| person.user_name.to_string())
}

/// The word for a job about one person, by the number of its rows.
fn operation(rows: &[(Row, Order)]) -> &'static str {
    if rows.len() == 1 { "SINGLE_ROLE_USER_MODIFY" } else { "MULTI_ROLE_USER_MODIFY" }
}

/// Two orders for the same place could contradict each other.
fn check_places(links: &[AskedLinkRole], sites: &[AskedSiteRole]) -> Result<(), Refusal> {
    let links = links.iter().map(AskedLinkRole::link).collect::<Result<Vec<_>, _>>()?;
    asked::each_once(&links, "linkRoles")?;
    let sites = sites.iter().map(AskedSiteRole::site).collect::<Result<Vec<_>, _>>()?;
    asked::each_once(&sites, "siteRoles")
}
