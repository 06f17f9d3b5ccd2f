//! Changing how many people a site may hold at each role.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::Deserialize;

use super::caller::{Caller, id, own_tenant};
use super::refusal::Refusal;
use super::sites;
use crate::world::World;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewLimits {
    creator_capacity: Option<Quota>,
    explorer_capacity: Option<Quota>,
    viewer_capacity: Option<Quota>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quota {
    is_default_cloud_limit: bool,
    capacity: Option<i64>,
}

impl Quota {
    /// The number beside a default is ignored. That numbers have 32 bits is the vendor's page; the rest is our choice.
    fn read(&self) -> Result<Option<u32>, Refusal> {
        if self.is_default_cloud_limit {
            return Ok(None);
        }
        let number = self.capacity.and_then(|number| i32::try_from(number).ok());
        let number = number.and_then(|number| u32::try_from(number).ok());
        number.map(Some).ok_or_else(|| Refusal::invalid("capacity must be a number from 0 to 2147483647."))
    }
}

/// Vendor: Site Methods, "Updates license/role limit for a site"; the answer is the site. A role that is left out
/// keeps its limit, and a limit below what is in use is taken: our choice.
pub(super) async fn update(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, site)): Path<(String, String)>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    let asked: NewLimits =
        serde_json::from_slice(&body).map_err(|_| Refusal::invalid("The body must hold role limits."))?;
    let read = |quota: &Option<Quota>| quota.as_ref().map(Quota::read).transpose();
    let creator = read(&asked.creator_capacity)?;
    let (explorer, viewer) = (read(&asked.explorer_capacity)?, read(&asked.viewer_capacity)?);
    let now = world.now();
    world.change(|state| {
        let site = state.site_mut(site).ok_or_else(|| Refusal::not_found("site"))?;
        site.limits.creator = creator.unwrap_or(site.limits.creator);
        site.limits.explorer = explorer.unwrap_or(site.limits.explorer);
        site.limits.viewer = viewer.unwrap_or(site.limits.viewer);
        site.updated = now;
        Ok(())
    })?;
    world.write_down("site.update_limits", site, caller.session.owner);
    sites::answer(&world, site)
}
