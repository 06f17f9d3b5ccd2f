//! The store on SQLite always, and on PostgreSQL when `STEWARD_TEST_POSTGRES` holds an address.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod acts;
mod applying;
mod bad_days;
mod canary;
mod chain;
mod consent;
mod conversions;
mod delegation;
mod directory;
mod files;
mod house;
mod keys;
mod known_jobs;
mod lately;
mod members;
mod pages;
mod passkeys;
mod plans;
mod queue;
mod rows;
mod runs;
mod sealed;
mod seats;
mod sessions;
mod signins;
mod site_connections;
mod small;
mod steering;
mod tries;
mod working;
