//! Speaks to Tableau: one method per vendor endpoint, and one place that sends.

pub mod error;
pub mod manager;
pub mod rest;
mod signin;
mod tag;
mod transport;
mod wire;

pub use error::{Error, Fate, Result, Unreadable, VendorWords};
pub use manager::{
    Change, Manager, Read,
    accepted::Accepted,
    pages::Trail,
    people::{DeltaOp, Import, NewPerson, NewPlace, NewTenantRole, PeopleFilter, PersonDelta, PlaceDelta},
    places::{Locations, Pod, Region},
    session::SessionInfo,
    table::{OperationName, Row, Table, TableError},
};
pub use signin::{Session, SignedIn};
pub use tag::Tag;
pub use wire::{SettingsError, Wire, WireSettings};
