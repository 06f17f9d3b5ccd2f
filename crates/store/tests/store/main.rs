//! The store on SQLite always, and on PostgreSQL when `STEWARD_TEST_POSTGRES` holds an address.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod acts;
mod bad_days;
mod canary;
mod chain;
mod files;
mod house;
mod keys;
mod pages;
mod queue;
mod sealed;
mod sessions;
mod signins;
mod small;
