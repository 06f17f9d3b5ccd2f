//! Controls of people and licences: facts, and changes behind the dashboard's back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::done;
use crate::world::World;
use crate::world::facts::PersonFacts;
use crate::world::settings::NextToken;

pub(super) fn router() -> Router<World> {
    Router::new()
        .route("/control/licences", get(licences).post(set_licences))
        .route("/control/paging", post(set_paging))
        .route("/control/people", get(count))
        .route("/control/people/{user_name}", get(show).post(drift).put(add).delete(remove))
        .route("/control/groups/{group}/members/{user_name}", post(join).delete(leave))
}

#[derive(Serialize)]
struct Licences {
    purchased: crate::world::settings::Purchased,
    used: crate::world::facts::LicenceFacts,
}

async fn licences(State(world): State<World>) -> Json<Licences> {
    Json(Licences { purchased: world.purchased(), used: world.tenant_licences() })
}

/// What is left out stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLicences {
    creator: Option<u32>,
    explorer: Option<u32>,
    viewer: Option<u32>,
}

async fn set_licences(State(world): State<World>, Json(new): Json<NewLicences>) -> StatusCode {
    let mut purchased = world.purchased();
    purchased.creator = new.creator.unwrap_or(purchased.creator);
    purchased.explorer = new.explorer.unwrap_or(purchased.explorer);
    purchased.viewer = new.viewer.unwrap_or(purchased.viewer);
    world.set_purchased(purchased);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paging {
    next_token: NextToken,
}

async fn set_paging(State(world): State<World>, Json(paging): Json<Paging>) -> StatusCode {
    world.set_next_token(paging.next_token);
    StatusCode::NO_CONTENT
}

#[derive(Serialize)]
struct Count {
    people: usize,
}

async fn count(State(world): State<World>) -> Json<Count> {
    Json(Count { people: world.people() })
}

async fn show(
    State(world): State<World>,
    Path(user_name): Path<String>,
) -> Result<Json<PersonFacts>, StatusCode> {
    world.person(&user_name).map(Json).ok_or(StatusCode::NOT_FOUND)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPerson {
    display_name: String,
}

async fn add(
    State(world): State<World>,
    Path(user_name): Path<String>,
    Json(person): Json<NewPerson>,
) -> StatusCode {
    if world.add_person(&user_name, &person.display_name) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::CONFLICT
    }
}

async fn remove(State(world): State<World>, Path(user_name): Path<String>) -> StatusCode {
    done(world.remove_person(&user_name))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drift {
    #[serde(default)]
    site: Option<SiteDrift>,
    #[serde(default)]
    tenant_role: Option<TenantDrift>,
}

/// On one site: another role, no role, or other belongings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteDrift {
    id: String,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    owned: Option<u16>,
    #[serde(default)]
    leaves: bool,
}

/// The state of the role as administrator of the tenant; nothing takes the role away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenantDrift {
    state: Option<String>,
}

/// Changes somebody as somebody else would have done, behind the dashboard's back.
async fn drift(
    State(world): State<World>,
    Path(user_name): Path<String>,
    Json(drift): Json<Drift>,
) -> StatusCode {
    let mut found = world.person(&user_name).is_some();
    if let Some(SiteDrift { id, role, owned, leaves }) = drift.site {
        if leaves || role.is_some() {
            found &= world.set_role(&user_name, &id, role.as_deref().filter(|_| !leaves));
        }
        if let Some(owned) = owned {
            found &= world.set_owned(&user_name, &id, owned);
        }
    }
    if let Some(TenantDrift { state }) = drift.tenant_role {
        found &= world.set_tenant_role(&user_name, state.as_deref());
    }
    done(found)
}

async fn leave(State(world): State<World>, Path((group, user_name)): Path<(String, String)>) -> StatusCode {
    done(world.leave_group(&user_name, &group))
}

async fn join(State(world): State<World>, Path((group, user_name)): Path<(String, String)>) -> StatusCode {
    done(world.join_group(&user_name, &group))
}
