//! Changing how many people a site may hold at each role.

use model::{
    SiteId,
    licences::{RoleLimit, RoleLimits},
};
use serde::Serialize;

use super::super::{Change, Manager};
use crate::{OperationName, Result};

impl Manager<Change> {
    /// Sets all three role limits of a site. Whether the vendor would leave alone what is not named is not known, so
    /// all three are sent. Read the site back afterwards.
    ///
    /// A limit without a number, or one that is the cloud's default, goes as the default and without a number: what
    /// the vendor would make of a number beside it is not known either.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Site Methods, update of a site's limits. The request nests what the
    /// answer tells flat.
    pub async fn update_limits(&self, site: &SiteId, limits: &RoleLimits) -> Result<()> {
        let asked = LimitsAsk {
            creator_capacity: QuotaAsk::of(limits.creators),
            explorer_capacity: QuotaAsk::of(limits.explorers),
            viewer_capacity: QuotaAsk::of(limits.viewers),
        };
        self.ask(OperationName::SiteUpdateLimits).of("siteId", site).json(&asked)?.change().await
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LimitsAsk {
    creator_capacity: QuotaAsk,
    explorer_capacity: QuotaAsk,
    viewer_capacity: QuotaAsk,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuotaAsk {
    is_default_cloud_limit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u64>,
}

impl QuotaAsk {
    fn of(limit: RoleLimit) -> Self {
        let capacity = limit.own();
        Self { is_default_cloud_limit: capacity.is_none(), capacity }
    }
}
