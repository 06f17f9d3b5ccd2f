//! Sites of the tenant: list, show, suspend, reactivate.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Asked, Caller, id, own_tenant};
use super::paging;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::sites::{ACTIVE, SUSPENDED, Site};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SiteAnswer {
    tenant_id: Uuid,
    #[serde(rename = "siteUUID")]
    site_uuid: Uuid,
    name: String,
    content_url: String,
    instance: Instance,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator_capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explorer_capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    viewer_capacity: Option<u32>,
    creator_capacity_is_default_cloud_limit: bool,
    explorer_capacity_is_default_cloud_limit: bool,
    viewer_capacity_is_default_cloud_limit: bool,
    location: &'static str,
    migration_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_quota: Option<u64>,
    storage_used: u64,
    status: String,
    create_date_time: Stamp,
    last_update_date_time: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_date_time: Option<Stamp>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Instance {
    id: Uuid,
    base_url: String,
    server_instance_id: String,
    #[serde(rename = "regionUUID")]
    region_uuid: Uuid,
    cloud_provider: CloudProvider,
}

#[derive(Serialize)]
struct CloudProvider {
    name: &'static str,
    region: &'static str,
}

impl SiteAnswer {
    pub(super) fn of(site: &Site, tenant: Uuid, base_url: &str) -> Self {
        let limits = site.limits;
        Self {
            tenant_id: tenant,
            site_uuid: site.id,
            name: site.name.clone(),
            content_url: site.content_url.clone(),
            instance: Instance {
                id: site.pod.id,
                base_url: base_url.to_owned(),
                server_instance_id: site.pod.name.clone(),
                region_uuid: site.pod.region,
                cloud_provider: CloudProvider { name: "aws", region: site.pod.cloud_region },
            },
            creator_capacity: limits.creator,
            explorer_capacity: limits.explorer,
            viewer_capacity: limits.viewer,
            creator_capacity_is_default_cloud_limit: limits.creator.is_none(),
            explorer_capacity_is_default_cloud_limit: limits.explorer.is_none(),
            viewer_capacity_is_default_cloud_limit: limits.viewer.is_none(),
            location: site.pod.region_name,
            migration_status: site.migration_status,
            storage_quota: site.storage_quota,
            storage_used: site.storage_used,
            status: site.status.clone(),
            create_date_time: Stamp(site.created),
            last_update_date_time: Stamp(site.updated),
            suspended_date_time: site.suspended.map(Stamp),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    location: Option<String>,
    max_results: Option<usize>,
    page_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteList {
    sites: Vec<SiteAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_token: Option<String>,
}

/// Vendor: Site Methods, "Gets details for all sites under a tenant".
pub(super) async fn list(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let start = paging::start("sites", filter.page_token.as_deref())?;
    // Vendor: "Default is no maximum."
    let most = filter.max_results.unwrap_or(usize::MAX);
    if most == 0 {
        return Err(Refusal::invalid("maxResults must be at least 1."));
    }
    // Vendor: "The unique identifier for the Tableau region of the site."
    let location = filter.location.as_deref().map(id).transpose()?;
    Ok(Json(world.read(|state| {
        let all: Vec<&Site> =
            state.sites.iter().filter(|site| location.is_none_or(|id| site.pod.region == id)).collect();
        let rest = all.get(start..).unwrap_or_default();
        SiteList {
            sites: rest
                .iter()
                .take(most)
                .map(|site| SiteAnswer::of(site, state.tenant.id, world.base_url()))
                .collect(),
            page_token: (rest.len() > most).then(|| paging::token("sites", start + most)),
        }
    })))
}

/// Vendor: Site Methods, "Returns site details for the specified site".
pub(super) async fn show(
    State(world): State<World>,
    _: Caller,
    Path((tenant, site)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    answer(&world, site)
}

/// Vendor: Site Methods, "Suspends a site"; the answer is a JSON string.
///
/// What a second suspension gets is not documented; a conflict is our choice.
pub(super) async fn suspend(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, site)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    set_status(&world, site, SUSPENDED, "The site is already suspended.")?;
    world.write_down("site.suspend", site, caller.session.owner);
    Ok(Json(format!("Site {site} has been suspended.")))
}

/// Vendor: Site Methods, "Reactivates a suspended site"; the answer is the site.
pub(super) async fn reactivate(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, site)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    set_status(&world, site, ACTIVE, "The site is not suspended.")?;
    world.write_down("site.reactivate", site, caller.session.owner);
    answer(&world, site)
}

fn set_status(world: &World, site: Uuid, status: &str, conflict: &str) -> Result<(), Refusal> {
    let now = world.now();
    world.change(|state| {
        let site = state.site_mut(site).ok_or_else(|| Refusal::not_found("site"))?;
        // Only Active and Suspended can follow each other.
        let before = if status == SUSPENDED { ACTIVE } else { SUSPENDED };
        if site.status != before {
            return Err(Refusal::conflict(conflict));
        }
        site.set_status(status, now);
        Ok(())
    })
}

pub(super) fn answer(world: &World, site: Uuid) -> Result<Json<SiteAnswer>, Refusal> {
    world.read(|state| {
        let site = state.site(site).ok_or_else(|| Refusal::not_found("site"))?;
        Ok(Json(SiteAnswer::of(site, state.tenant.id, world.base_url())))
    })
}
