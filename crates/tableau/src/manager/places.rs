//! Regions and pods: where sites are, and where new ones could be made.

use serde::Deserialize;

use super::{Manager, loose};
use crate::{OperationName, Result, Unreadable};

/// A region of the vendor's.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Its id, as `Instance::region` of a site names it.
    pub id: String,
    /// Its name; empty when the vendor gives none.
    pub name: String,
    /// Latitude and longitude, where they are told and can be.
    pub position: Option<(f64, f64)>,
    /// Whether the vendor calls it a preview.
    pub preview: bool,
}

/// A pod of the vendor's: one installation in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pod {
    /// Its id, as `Instance::id` of a site names it.
    pub id: String,
    /// Its name; empty when the vendor gives none.
    pub name: String,
}

/// Where a site of the tenant can be made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Locations {
    /// Single installations.
    pub pods: Vec<Pod>,
    /// Regions.
    pub regions: Vec<Region>,
}

impl<Access> Manager<Access> {
    /// The regions that people can choose. The vendor's default seems to be the internal ones.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Administrative Methods, "List regions".
    pub async fn regions(&self) -> Result<Vec<Region>> {
        let wire: RegionsWire =
            self.ask(OperationName::RegionsList).query("visibility", "PUBLIC").read().await?;
        // `data` repeats `regions`; an older form had only `data`.
        let places = wire.regions.or(wire.data).ok_or(Unreadable::Field { field: "regions" })?;
        Ok(places.into_iter().filter_map(PlaceWire::region).collect())
    }

    /// The pods and regions where a site of this tenant can be made.
    ///
    /// Vendor: Administrative Methods, "List Locations".
    pub async fn locations(&self) -> Result<Locations> {
        let wire: LocationsWire = self.ask(OperationName::LocationsList).read().await?;
        let pods = wire.pods_data.and_then(|block| block.pods).unwrap_or_default();
        let regions = wire.regions_data.and_then(|block| block.regions).unwrap_or_default();
        Ok(Locations {
            pods: pods.into_iter().filter_map(PlaceWire::pod).collect(),
            regions: regions.into_iter().filter_map(PlaceWire::region).collect(),
        })
    }
}

#[derive(Deserialize)]
struct RegionsWire {
    regions: Option<Vec<PlaceWire>>,
    data: Option<Vec<PlaceWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LocationsWire {
    pods_data: Option<PodsWire>,
    regions_data: Option<RegionsWire>,
}

#[derive(Deserialize)]
struct PodsWire {
    pods: Option<Vec<PlaceWire>>,
}

#[derive(Deserialize)]
struct PlaceWire {
    #[serde(default, deserialize_with = "loose::text")]
    uuid: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    location: Option<PointWire>,
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct PointWire {
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl PointWire {
    fn read(self) -> Option<(f64, f64)> {
        let (latitude, longitude) = (self.latitude?, self.longitude?);
        (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
    }
}

impl PlaceWire {
    /// A place without an id names nothing, so it is left out.
    fn region(self) -> Option<Region> {
        Some(Region {
            id: self.uuid?,
            name: self.name.unwrap_or_default(),
            position: self.location.and_then(PointWire::read),
            preview: self.tags.unwrap_or_default().iter().any(|tag| tag.contains("PREVIEW")),
        })
    }

    fn pod(self) -> Option<Pod> {
        Some(Pod { id: self.uuid?, name: self.name.unwrap_or_default() })
    }
}
