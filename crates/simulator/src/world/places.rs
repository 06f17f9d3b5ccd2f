//! Where sites can live: regions and pods.

use uuid::Uuid;

use super::random::Random;

/// A region of the pretend cloud.
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) id: Uuid,
    pub(crate) name: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) visibility: &'static str,
    pub(crate) country: &'static str,
    pub(crate) cloud_region: &'static str,
    pub(crate) preview: bool,
}

/// A pod: a group of machines in a region that carries sites.
#[derive(Debug, Clone)]
pub(crate) struct Pod {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) region: Uuid,
    pub(crate) region_name: &'static str,
    pub(crate) cloud_region: &'static str,
}

/// Name, latitude, longitude, country, region of the cloud provider.
type RegionRow = (&'static str, f64, f64, &'static str, &'static str);

const REGIONS: &[RegionRow] = &[
    ("US East (N. Virginia)", 38.95, -77.45, "US", "us-east-1"),
    ("US West (Oregon)", 45.84, -119.7, "US", "us-west-2"),
    ("Europe (Ireland)", 53.41, -8.24, "IE", "eu-west-1"),
    ("Europe (Frankfurt)", 50.11, 8.68, "DE", "eu-central-1"),
    ("Asia Pacific (Tokyo)", 35.69, 139.69, "JP", "ap-northeast-1"),
    ("Asia Pacific (Sydney)", -33.87, 151.21, "AU", "ap-southeast-2"),
    ("Canada (Québec)", 46.81, -71.21, "CA", "ca-central-1"),
];

/// The pods, each with the place of its region in `REGIONS`.
const PODS: &[(&str, usize)] = &[
    ("prod-useast-a", 0),
    ("prod-useast-b", 0),
    ("10ax", 1),
    ("dub01", 2),
    ("prod-eucentral-a", 3),
    ("prod-apnortheast-a", 4),
    ("prod-apsoutheast-a", 5),
];

pub(crate) fn regions(random: &mut Random) -> Vec<Region> {
    let last = REGIONS.len() - 1;
    REGIONS
        .iter()
        .enumerate()
        .map(|(place, &(name, latitude, longitude, country, cloud_region))| Region {
            id: random.uuid(),
            name,
            latitude,
            longitude,
            // One region is not offered to everybody yet.
            visibility: if place == last { "INTERNAL" } else { "PUBLIC" },
            country,
            cloud_region,
            preview: place == last,
        })
        .collect()
}

pub(crate) fn pods(regions: &[Region], random: &mut Random) -> Vec<Pod> {
    PODS.iter()
        .map(|&(name, place)| {
            let region = &regions[place];
            Pod {
                id: random.uuid(),
                name: name.to_owned(),
                region: region.id,
                region_name: region.name,
                cloud_region: region.cloud_region,
            }
        })
        .collect()
}
