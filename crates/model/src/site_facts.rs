//! What a site tells about itself, and the ways to sign in that it offers.

use serde::{Deserialize, Serialize};

use crate::{SiteId, roles::SignInType};

/// A site as its own API describes it. The vendor gives all but the id as it pleases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteFacts {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its part of the address; empty for the default site of a server.
    pub content_url: String,
    /// `Active`, `Suspended`, … in the vendor's word.
    pub state: Option<String>,
    /// Whether its administrators manage people too: `ContentAndUsers` or `ContentOnly`.
    pub admin_mode: Option<String>,
    /// The most it may store, in megabytes.
    pub storage_quota_mb: Option<u64>,
    /// The most people it may have.
    pub user_quota: Option<u64>,
    /// Its limit of Creator seats.
    pub creator_seats: Option<u64>,
    /// Its limit of Explorer seats.
    pub explorer_seats: Option<u64>,
    /// Its limit of Viewer seats.
    pub viewer_seats: Option<u64>,
    /// How many people it has, where its usage was asked for.
    pub people: Option<u64>,
    /// How much it stores, in megabytes, where its usage was asked for.
    pub storage_mb: Option<u64>,
    /// Its time zone, in the vendor's word.
    pub time_zone: Option<String>,
}

/// A way to sign in that a site has set up. One kind may be there several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInConfiguration {
    /// Its kind.
    pub sign_in: SignInType,
    /// Whether people can use it.
    pub enabled: bool,
    /// Its id, to be given to a person instead of a kind.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The provider behind it, where it is a known one.
    pub known_provider: Option<String>,
}
