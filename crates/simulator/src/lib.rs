//! A pretend Tableau with both of the vendor's APIs over real HTTP, for the demo and every test.

mod control;
mod details;
mod door;
mod faults;
mod ledger;
mod manager;
mod rest;
mod serve;
mod world;

pub use details::{Details, JobDetails, SiteDetails};
pub use faults::{Fault, FaultKind, FaultMatch};
pub use ledger::{ChangeEntry, RequestEntry};
pub use serve::{Running, start};
pub use world::World;
pub use world::clock::Stamp;
pub use world::facts::{
    GroupFacts, GroupSetFacts, ImportFacts, JobFacts, LicenceFacts, OrderedJob, PersonFacts, RoleFacts,
    SiteFacts, SiteLimits,
};
pub use world::settings::{Deployment, JobFate, NextToken, Purchased};

use std::time::Duration;

/// How large the pretend world is, and how quickly it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// People in the tenant; at least four, because the named administrators are always there.
    pub users: usize,
    /// Sites in the tenant; at least one.
    pub sites: usize,
    /// Where the pretend chance starts: the same seed gives the same world.
    pub seed: u64,
    /// How long every API request waits before it is looked at.
    pub latency: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { users: 2_000, sites: 12, seed: 1, latency: Duration::ZERO }
    }
}
