//! The three licence counts.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::Serialize;
use uuid::Uuid;

use super::caller::{Caller, id, own_tenant};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::licences::{self, Count};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteCount {
    site_id: Uuid,
    user_count: u32,
    site_admin_count: u32,
    #[serde(flatten)]
    licences: Licences,
}

#[derive(Serialize)]
struct Licences {
    creators: u32,
    explorers: u32,
    viewers: u32,
    unlicensed: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AllSites {
    all_sites: Vec<SiteCount>,
}

impl Licences {
    fn of(count: &Count) -> Self {
        let Count { creators, explorers, viewers, unlicensed, .. } = *count;
        Self { creators, explorers, viewers, unlicensed }
    }
}

impl SiteCount {
    fn of(site_id: Uuid, count: &Count) -> Self {
        Self {
            site_id,
            user_count: count.users,
            site_admin_count: count.site_administrators,
            licences: Licences::of(count),
        }
    }
}

/// Vendor: Administrative Methods, "For each site in the tenant, returns counts of users".
pub(super) async fn all_sites(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    Ok(Json(world.read(|state| {
        let counts = licences::sites(&state.sites, &state.people);
        let all_sites =
            state.sites.iter().zip(&counts).map(|(site, count)| SiteCount::of(site.id, count)).collect();
        AllSites { all_sites }
    })))
}

/// Vendor: Administrative Methods, "For the specified site, returns counts of users".
pub(super) async fn one_site(
    State(world): State<World>,
    _: Caller,
    Path((tenant, site)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    let count = world.read(|state| licences::site(&state.sites, &state.people, site));
    let count = count.ok_or_else(|| Refusal::not_found("site"))?;
    Ok(Json(SiteCount::of(site, &count)))
}

/// Vendor: Administrative Methods, "For the specified tenant, returns counts of users".
pub(super) async fn whole_tenant(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    Ok(Json(world.read(|state| Licences::of(&licences::tenant(&state.people)))))
}
