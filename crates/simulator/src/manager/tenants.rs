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
    status: &'static str,
    create_date_time: Stamp,
    last_update_date_time: Stamp,
    terms_and_conditions: Terms,
}

#[derive(Serialize)]
struct Terms {
    #[serde(rename = "acceptedTandC")]
    accepted: bool,
    #[serde(rename = "acceptedBy")]
    by: Uuid,
    #[serde(rename = "acceptedAt")]
    at: Stamp,
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
            status: "Active",
            create_date_time: Stamp(tenant.created),
            last_update_date_time: Stamp(tenant.updated),
            terms_and_conditions: Terms {
                accepted: true,
                by: tenant.terms_accepted_by,
                at: Stamp(tenant.terms_accepted),
            },
        }
    })))
}
