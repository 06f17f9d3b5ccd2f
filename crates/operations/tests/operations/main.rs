//! May they, did it, was it written down: the operations against the pretend Tableau and a database of their own.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod ages;
mod bad_runs;
mod grants;
mod house;
mod people;
mod plans;
mod runs;
mod traps;
mod unlocks;
