//! The whole program as HTML and JSON, over HTTP, against the pretend Tableau.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod accounts;
mod asvs;
mod bad_changes;
mod bad_input;
mod bad_reads;
mod canary;
mod chance;
mod coalescing;
mod codes;
mod cross_site;
mod doctor;
mod entering;
mod events;
mod every_door_is_guarded;
mod grants;
mod headers;
mod helping;
mod house;
mod idle_seats;
mod killed;
mod letters;
mod licences;
mod main_job;
mod matrix;
mod news;
mod once;
mod one_decision;
mod people;
mod plans;
mod processes;
mod provider;
mod runs;
mod signing_in;
mod site_files;
mod site_plane;
mod site_sessions;
mod tenancy;
mod uploads;
mod written_first;
