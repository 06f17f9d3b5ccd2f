//! The pretend vendor seen from outside, over real HTTP: what its pages promise, and its bad days.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod faults;
mod house;
mod jobs;
mod ledger;
mod licences;
mod rest;
mod sessions;
mod sites;
mod users;
mod world;
