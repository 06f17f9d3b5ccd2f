//! Licences: which seat a person takes, and how the vendor counts them.

pub mod forecast;
pub mod history;
pub mod idle;
pub mod keeping;
pub mod news;
pub mod sheets;

use serde::{Deserialize, Serialize};

use crate::{Moment, SiteId};

/// The kind of seat a site role takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// Creator and Site Administrator Creator.
    Creator,
    /// Explorer, Explorer (can publish) and Site Administrator Explorer.
    Explorer,
    /// Viewer.
    Viewer,
    /// No seat.
    Unlicensed,
}

impl Tier {
    /// The tiers that take a seat, highest first, then those without.
    pub const ALL: [Self; 4] = [Self::Creator, Self::Explorer, Self::Viewer, Self::Unlicensed];
    /// The tiers that take a seat.
    pub const SEATS: [Self; 3] = [Self::Creator, Self::Explorer, Self::Viewer];

    /// The word on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Creator => "Creator",
            Self::Explorer => "Explorer",
            Self::Viewer => "Viewer",
            Self::Unlicensed => "Unlicensed",
        }
    }

    /// The word in forms, in addresses and in the database.
    pub fn code(self) -> &'static str {
        self.class()
    }

    /// Reads that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.code() == code)
    }

    /// The name in style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::Explorer => "explorer",
            Self::Viewer => "viewer",
            Self::Unlicensed => "unlicensed",
        }
    }
}

/// People by tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seats {
    /// People with a Creator seat.
    pub creators: u64,
    /// People with an Explorer seat.
    pub explorers: u64,
    /// People with a Viewer seat.
    pub viewers: u64,
    /// People without a seat.
    pub unlicensed: u64,
}

impl Seats {
    /// The people of one tier.
    pub fn of(&self, tier: Tier) -> u64 {
        match tier {
            Tier::Creator => self.creators,
            Tier::Explorer => self.explorers,
            Tier::Viewer => self.viewers,
            Tier::Unlicensed => self.unlicensed,
        }
    }

    /// Two counts added up, as the sum of several sites.
    pub fn plus(self, other: Self) -> Self {
        Self {
            creators: self.creators + other.creators,
            explorers: self.explorers + other.explorers,
            viewers: self.viewers + other.viewers,
            unlicensed: self.unlicensed + other.unlicensed,
        }
    }
}

/// The people of one site by tier, as the vendor counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSeats {
    /// The site.
    pub site: SiteId,
    /// Everyone on the site.
    pub people: u64,
    /// Those among them who administer it.
    pub administrators: u64,
    /// By tier.
    pub seats: Seats,
}

/// A site's role limit for one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleLimit {
    /// The number of people the site may hold at this tier; `None` when the vendor names none.
    pub at_most: Option<u64>,
    /// Whether the vendor says that this is the default of the cloud rather than the site's own; `None` when it is silent.
    pub cloud_default: Option<bool>,
}

/// The largest limit that is taken: the vendor's numbers have 32 bits, with a sign.
pub const LARGEST_LIMIT: u64 = i32::MAX as u64;

impl RoleLimit {
    /// The site's own number; `None` where the default of the cloud counts.
    pub fn own(&self) -> Option<u64> {
        self.at_most.filter(|_| self.cloud_default != Some(true))
    }

    /// A limit of the site's own.
    pub fn at_most(number: u64) -> Self {
        Self { at_most: Some(number), cloud_default: Some(false) }
    }

    /// The default of the cloud: the site itself sets none.
    pub fn of_the_cloud() -> Self {
        Self { at_most: None, cloud_default: Some(true) }
    }
}

/// A site's role limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleLimits {
    /// For Creator.
    pub creators: RoleLimit,
    /// For Explorer.
    pub explorers: RoleLimit,
    /// For Viewer.
    pub viewers: RoleLimit,
}

impl RoleLimits {
    /// The limit of one tier; people without a seat have none.
    pub fn of(&self, tier: Tier) -> RoleLimit {
        match tier {
            Tier::Creator => self.creators,
            Tier::Explorer => self.explorers,
            Tier::Viewer => self.viewers,
            Tier::Unlicensed => RoleLimit::default(),
        }
    }
}

/// The seats of the tenant, each person counted once at their highest role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantSeats {
    /// By tier.
    pub seats: Seats,
    /// When the vendor told us.
    pub as_of: Moment,
}
