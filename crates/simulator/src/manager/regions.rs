//! Regions and pods where a site can be created.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Asked, Caller, own_tenant};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::places;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    page_number: Option<usize>,
    page_size: Option<usize>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    visibility: Option<String>,
    country_code: Option<String>,
}

#[derive(Serialize)]
struct Regions {
    regions: Vec<Region>,
    /// The vendor says the same twice.
    data: Vec<Region>,
}

#[derive(Clone, Serialize)]
struct Region {
    uuid: Uuid,
    name: &'static str,
    location: Location,
    visibility: &'static str,
    attributes: BTreeMap<&'static str, &'static str>,
}

#[derive(Clone, Serialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

impl Filter {
    fn check(&self) -> Result<(), Refusal> {
        let outside = |value: Option<f64>, most: f64| value.is_some_and(|value| value.abs() > most);
        if outside(self.latitude, 90.0) || outside(self.longitude, 180.0) {
            return Err(Refusal::invalid("latitude or longitude is out of range."));
        }
        match self.visibility.as_deref() {
            None | Some("INTERNAL" | "PUBLIC") => Ok(()),
            Some(_) => Err(Refusal::invalid("visibility must be INTERNAL or PUBLIC.")),
        }
    }

    /// What an absent visibility means is not clear from the vendor's page; here it means both.
    fn wants(&self, region: &places::Region) -> bool {
        self.visibility.as_deref().is_none_or(|wanted| wanted == region.visibility)
            && self.country_code.as_deref().is_none_or(|wanted| wanted == region.country)
    }

    /// Vendor: page 0, the default, means that results are not paged.
    fn page<Row>(&self, rows: Vec<Row>) -> Vec<Row> {
        let size = self.page_size.unwrap_or(100);
        match self.page_number.unwrap_or(0) {
            0 => rows,
            number => rows.into_iter().skip((number - 1).saturating_mul(size)).take(size).collect(),
        }
    }
}

/// Vendor: Administrative Methods, "List the regions where a site can be created".
pub(super) async fn list_regions(
    State(world): State<World>,
    _: Caller,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    filter.check()?;
    let regions: Vec<Region> = world.read(|state| {
        let wanted = state.regions.iter().filter(|region| filter.wants(region));
        wanted
            .map(|region| Region {
                uuid: region.id,
                name: region.name,
                location: Location { latitude: region.latitude, longitude: region.longitude },
                visibility: region.visibility,
                attributes: BTreeMap::from([
                    ("cloudProvider", "aws"),
                    ("cloudRegion", region.cloud_region),
                    ("countryCode", region.country),
                ]),
            })
            .collect()
    });
    let regions = filter.page(regions);
    Ok(Json(Regions { data: regions.clone(), regions }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Locations {
    pods_data: Pods,
    regions_data: RegionNames,
}

#[derive(Serialize)]
struct Pods {
    pods: Vec<Named>,
}

#[derive(Serialize)]
struct RegionNames {
    regions: Vec<Tagged>,
}

#[derive(Serialize)]
struct Named {
    uuid: Uuid,
    name: String,
}

#[derive(Serialize)]
struct Tagged {
    uuid: Uuid,
    name: &'static str,
    tags: Vec<&'static str>,
}

/// Vendor: Administrative Methods, "Lists the Tableau pod locations or regions".
pub(super) async fn list_locations(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    Ok(Json(world.read(|state| {
        let pods = state.pods.iter().map(|pod| Named { uuid: pod.id, name: pod.name.clone() });
        let regions = state.regions.iter().map(|region| Tagged {
            uuid: region.id,
            name: region.name,
            tags: if region.preview { vec!["RELEASE_PREVIEW"] } else { Vec::new() },
        });
        Locations {
            pods_data: Pods { pods: pods.collect() },
            regions_data: RegionNames { regions: regions.collect() },
        }
    })))
}
