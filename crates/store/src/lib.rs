//! Keeps what must survive a restart: accounts, sign-ins, sealed credentials, the audit log, job ids.

mod accounts;
mod address;
mod audit;
mod credentials;
mod entity;
mod error;
mod files;
mod jobs;
mod keys;
mod leases;
mod migration;
mod open;
mod queue;
mod seal;
mod signins;
mod stamps;
mod unlocks;
mod vendor_sessions;
mod write;

pub use accounts::AccountId;
pub use address::DatabaseUrl;
pub use audit::{BeginError, Finish, NewAct};
pub use credentials::{NewCredential, OpenCredential};
pub use error::{Error, KeyError, Result};
pub use keys::Keys;
pub use leases::Fence;
pub use open::{Store, StoreSettings};
pub use queue::Queue;
pub use signins::SignIns;
pub use vendor_sessions::{OpenVendorSession, VendorSession};
