//! Sites of a tenant: what the vendor tells, and how a list of them is asked for.

use serde::{Deserialize, Serialize};

use crate::{
    ActId, Direction, Moment, Page, PageRequest, Problem, SiteId, TenantId,
    audit::AuditRow,
    licences::{RoleLimits, Seats, SiteSeats},
    site_connections::Standing,
};

/// Whether a site can be used. The vendor's list is open: an unknown word is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SiteStatus {
    /// People can sign in.
    Active,
    /// Nobody can sign in until it is reactivated.
    Suspended,
    /// Another word of the vendor's, such as `Moved` or `Deleted`.
    Other(String),
}

impl SiteStatus {
    /// The vendor's word.
    pub fn word(&self) -> &str {
        match self {
            Self::Active => "Active",
            Self::Suspended => "Suspended",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for SiteStatus {
    fn from(word: String) -> Self {
        match word.as_str() {
            "Active" => Self::Active,
            "Suspended" => Self::Suspended,
            _ => Self::Other(word),
        }
    }
}

impl From<SiteStatus> for String {
    fn from(status: SiteStatus) -> Self {
        status.word().to_owned()
    }
}

/// A site with everything the vendor tells about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// Its name.
    pub name: String,
    /// Its part of the address.
    pub content_url: String,
    /// Whether it can be used.
    pub status: SiteStatus,
    /// Where it runs.
    pub instance: Option<Instance>,
    /// The vendor's word for its location.
    pub location: Option<String>,
    /// Whether its people are being moved; an open list of the vendor's.
    pub migration: Option<String>,
    /// Role limits, where they are set.
    pub limits: RoleLimits,
    /// Storage used, in megabytes.
    pub storage_used: Option<u64>,
    /// Storage allowed, in megabytes.
    pub storage_quota: Option<u64>,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it last changed.
    pub updated: Option<Moment>,
    /// Since when it is suspended.
    pub suspended: Option<Moment>,
}

/// The pod a site runs on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Instance {
    /// The pod's id.
    pub id: Option<String>,
    /// The address of the pod, where the site's own API answers.
    pub base_url: Option<String>,
    /// The vendor's name of the server.
    pub server: Option<String>,
    /// The region's id.
    pub region: Option<String>,
    /// The cloud it runs in.
    pub cloud: Option<String>,
    /// The cloud's own name of the region.
    pub cloud_region: Option<String>,
}

/// A site as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    /// The site.
    pub site: Site,
    /// The region in words, where the vendor names it.
    pub region: String,
    /// Its people by tier; `None` when the counts did not come, or are not told.
    pub seats: Option<SiteSeats>,
    /// Whether the counts are left out because the reader's grants are not for everybody there.
    #[serde(default)]
    pub uncounted: bool,
}

/// The columns a list of sites can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SiteSort {
    /// By name.
    #[default]
    Name,
    /// By status.
    Status,
    /// By region.
    Region,
    /// By number of people.
    People,
    /// By part of the storage used.
    Storage,
    /// By the day it was made.
    Created,
}

/// Which sites, in which order. The URL holds all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SitesQuery {
    /// Part of the name or address.
    #[serde(default)]
    pub search: String,
    /// A status word; empty for all.
    #[serde(default)]
    pub status: String,
    /// A region in words; empty for all.
    #[serde(default)]
    pub region: String,
    /// The sorted column.
    #[serde(default)]
    pub sort: SiteSort,
    /// Its direction.
    #[serde(default)]
    pub direction: Direction,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

/// The choices a list of sites offers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SiteChoices {
    /// Status words that occur.
    pub statuses: Vec<String>,
    /// Regions that occur.
    pub regions: Vec<String>,
}

/// All sites of a tenant added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SiteTotals {
    /// People by tier, each counted once per site; of the sites whose people are counted for the reader.
    pub seats: Seats,
    /// Sites whose people are not counted for the reader.
    #[serde(default)]
    pub uncounted: u64,
    /// Storage used, in megabytes.
    pub storage_used: u64,
    /// Storage allowed on the sites that have a quota, in megabytes.
    pub storage_quota: u64,
    /// Sites for which the vendor names no quota.
    pub without_quota: u64,
    /// Suspended sites.
    pub suspended: u64,
}

/// One page of sites with the choices its filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitesPage {
    /// The rows.
    pub page: Page<SiteRow>,
    /// What the filters offer.
    pub choices: SiteChoices,
    /// All sites of the tenant added up, whatever the filters hide.
    pub totals: SiteTotals,
    /// Why the list is older than it should be.
    pub stale: Option<Problem>,
    /// Why the counts are missing, or older than they should be.
    pub counts: Option<Problem>,
}

/// One site as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSheet {
    /// The site and its counts, read from the vendor just now.
    pub row: SiteRow,
    /// How the reader's connection to the site's own API stands; `None` where there is none.
    pub standing: Option<Standing>,
    /// The newest acts on this site.
    pub acts: Vec<AuditRow>,
    /// A fresh ticket for a form on this page: the act it would become.
    pub ticket: ActId,
    /// Whether suspending it would want a new proof first.
    pub stale: bool,
    /// When this was read.
    pub as_of: Moment,
}

impl SiteSheet {
    /// The act on this site whose fate nobody knows, if there is one.
    pub fn open_question(&self) -> Option<&AuditRow> {
        self.acts.iter().find(|act| act.state.is_open())
    }
}
