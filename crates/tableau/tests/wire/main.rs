//! The client against the pretend vendor and against answers written byte by byte.

// Clippy allows it in test functions by itself, but not in what they share.
#![allow(clippy::unwrap_used)]

mod activity;
mod changes;
mod endpoints;
mod fixtures;
mod orders;
mod people;
mod people_changes;
mod people_fates;
mod people_told;
mod raw;
mod reads;
mod recorded;
mod samples;
mod secrets;
mod settings;
mod signin;
mod site;
mod tenant_plane;
mod vendor;
