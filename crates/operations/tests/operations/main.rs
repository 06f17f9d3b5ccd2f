//! May they, did it, was it written down: the operations against the pretend Tableau and a database of their own.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod activity;
mod ages;
mod approvals;
mod at_once;
mod bad_files;
mod bad_helpers;
mod bad_jobs;
mod bad_runs;
mod callers;
mod conditions;
mod conversions;
mod dead_invitations;
mod delegation;
mod deposits;
mod device;
mod directory_ages;
mod doctor;
mod grants;
mod groups;
mod hall;
mod held_acts;
mod helpers;
mod hidden;
mod house;
mod job_pages;
mod limits;
mod member_runs;
mod members;
mod narrowed;
mod passkey_proofs;
mod passkeys;
mod paused_runs;
mod people;
mod plans;
mod questions;
mod reading_people;
mod run_files;
mod runs;
mod seen_lists;
mod site_connections;
mod site_file_runs;
mod site_files;
mod site_follow;
mod site_lists;
mod site_removal_runs;
mod site_things;
mod site_users;
mod tenancy;
mod traps;
mod unlocks;
mod verdicts;
