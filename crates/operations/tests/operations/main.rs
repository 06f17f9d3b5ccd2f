//! May they, did it, was it written down: the operations against the pretend Tableau and a database of their own.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod ages;
mod at_once;
mod bad_files;
mod bad_runs;
mod callers;
mod conversions;
mod grants;
mod groups;
mod house;
mod member_runs;
mod members;
mod paused_runs;
mod people;
mod plans;
mod reading_people;
mod runs;
mod site_connections;
mod site_file_runs;
mod site_files;
mod site_follow;
mod site_lists;
mod site_removal_runs;
mod site_things;
mod site_users;
mod traps;
mod unlocks;
