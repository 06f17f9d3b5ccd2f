//! How a site is written on the wire.

use model::{
    Moment, SiteId, TenantId,
    licences::{RoleLimit, RoleLimits},
    sites::{Instance, Site, SiteStatus},
};
use serde::Deserialize;

use super::super::{loose, pages::PageToken};
use crate::{Result, Unreadable};

#[derive(Deserialize)]
pub(super) struct SitesWire {
    pub(super) sites: Vec<SiteWire>,
    #[serde(flatten)]
    pub(super) page: PageToken,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SiteWire {
    #[serde(rename = "siteUUID", default, deserialize_with = "loose::id")]
    id: Option<SiteId>,
    #[serde(default, deserialize_with = "loose::id")]
    tenant_id: Option<TenantId>,
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    content_url: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    status: Option<String>,
    instance: Option<InstanceWire>,
    #[serde(default, deserialize_with = "loose::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    migration_status: Option<String>,
    #[serde(default, deserialize_with = "loose::count")]
    creator_capacity: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    explorer_capacity: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    viewer_capacity: Option<u64>,
    creator_capacity_is_default_cloud_limit: Option<bool>,
    explorer_capacity_is_default_cloud_limit: Option<bool>,
    viewer_capacity_is_default_cloud_limit: Option<bool>,
    #[serde(default, deserialize_with = "loose::count")]
    storage_quota: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    storage_used: Option<u64>,
    #[serde(default, deserialize_with = "loose::moment")]
    create_date_time: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    last_update_date_time: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    suspended_date_time: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InstanceWire {
    #[serde(default, deserialize_with = "loose::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    base_url: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    server_instance_id: Option<String>,
    #[serde(rename = "regionUUID", default, deserialize_with = "loose::text")]
    region: Option<String>,
    cloud_provider: Option<CloudWire>,
}

#[derive(Default, Deserialize)]
struct CloudWire {
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    region: Option<String>,
}

impl SiteWire {
    /// A site without an id would be lost silently, so it makes the whole answer unreadable.
    pub(super) fn read(self, asked: TenantId) -> Result<Site> {
        let limits = RoleLimits {
            creators: limit(self.creator_capacity, self.creator_capacity_is_default_cloud_limit),
            explorers: limit(self.explorer_capacity, self.explorer_capacity_is_default_cloud_limit),
            viewers: limit(self.viewer_capacity, self.viewer_capacity_is_default_cloud_limit),
        };
        Ok(Site {
            id: self.id.ok_or(Unreadable::Field { field: "siteUUID" })?,
            tenant: self.tenant_id.unwrap_or(asked),
            name: self.name.unwrap_or_default(),
            content_url: self.content_url.unwrap_or_default(),
            status: SiteStatus::from(self.status.unwrap_or_else(|| "Unknown".to_owned())),
            instance: self.instance.map(InstanceWire::read),
            location: self.location,
            migration: self.migration_status,
            limits,
            storage_used: self.storage_used,
            storage_quota: self.storage_quota,
            created: self.create_date_time,
            updated: self.last_update_date_time,
            suspended: self.suspended_date_time,
        })
    }
}

fn limit(at_most: Option<u64>, cloud_default: Option<bool>) -> RoleLimit {
    RoleLimit { at_most, cloud_default }
}

impl InstanceWire {
    fn read(self) -> Instance {
        let cloud = self.cloud_provider.unwrap_or_default();
        Instance {
            id: self.id,
            base_url: self.base_url,
            server: self.server_instance_id,
            region: self.region,
            cloud: cloud.name,
            cloud_region: cloud.region,
        }
    }
}
