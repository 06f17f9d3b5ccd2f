//! The tenant's own record.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::Serialize;
use uuid::Uuid;

use super::caller::{Caller, own_tenant};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::clock::Stamp;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Tenant {
    tenant_id: Uuid,
    tenant_name: &'static str,
    encode_uri: &'static str,
    status: String,
    create_date_time: Stamp,
    last_update_date_time: Stamp,
    terms_and_conditions: Terms,
}

#[derive(Serialize)]
struct Terms {
    #[serde(rename = "acceptedTandC")]
    accepted: bool,
    #[serde(rename = "acceptedBy", skip_serializing_if = "Option::is_none")]
    by: Option<Uuid>,
    #[serde(rename = "acceptedAt", skip_serializing_if = "Option::is_none")]
    at: Option<Stamp>,
}

/// Vendor: Tenant Methods, the tenant's record. It was never merged, so that date is absent.
pub(super) async fn show(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    Ok(Json(world.read(|state| {
        let tenant = &state.tenant;
        Tenant {
            tenant_id: tenant.id,
            tenant_name: tenant.name,
            encode_uri: tenant.encode_uri,
            status: tenant.status.clone(),
            create_date_time: Stamp(tenant.created),
            last_update_date_time: Stamp(tenant.updated),
            terms_and_conditions: Terms {
                accepted: tenant.terms.is_some(),
                by: tenant.terms.map(|(by, _)| by),
                at: tenant.terms.map(|(_, at)| Stamp(at)),
            },
        }
    })))
}

/// Vendor: Administrative Methods, "Accepts the terms and conditions for the specified tenant"; the answer is a JSON
/// string. That a second acceptance changes nothing is our choice.
pub(super) async fn accept_terms(
    State(world): State<World>,
    caller: Caller,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let (now, by) = (world.now(), caller.session.owner);
    let accepted = world.change(|state| {
        let new = state.tenant.terms.is_none();
        if new {
            state.tenant.terms = Some((by, now));
            state.tenant.updated = now;
        }
        new.then_some(state.tenant.id)
    });
    if let Some(tenant) = accepted {
        world.write_down("tenant.accept_terms", tenant, by);
    }
    Ok(Json("The terms and conditions are accepted."))
}

/// The names of other tenants of the pretend vendor.
const TAKEN: [&str; 3] = ["Acme", "Globex", "Initech"];

/// Vendor: Tenant Methods, "Checks if the tenant name and resulting encode URI are unique"; an empty object says yes.
/// How the vendor says no is not documented; a conflict is our choice.
pub(super) async fn check_name(
    State(world): State<World>,
    _: Caller,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    // Vendor: "Maximum of 80 characters."
    if name.trim().is_empty() || name.chars().count() > 80 {
        return Err(Refusal::invalid("tenantName must have 1 to 80 characters."));
    }
    let uri = encoded(&name);
    let own = world.read(|state| state.tenant.encode_uri);
    if uri == own || TAKEN.iter().any(|taken| encoded(taken) == uri) {
        return Err(Refusal::conflict("A tenant has this name, or the address made of it."));
    }
    Ok(Json(serde_json::json!({})))
}

/// The address made of a name. The vendor does not tell the rule; small letters and hyphens are our choice.
fn encoded(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    name.trim().to_lowercase().chars().map(plain).collect()
}
