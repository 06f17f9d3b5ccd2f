//! The pretend vendor seen from outside, over real HTTP: what its pages promise, and its bad days.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod activity;
mod conflicts;
mod controls;
mod courses;
mod create;
mod creation;
mod delete;
mod details;
mod faults;
mod house;
mod import;
mod import_rows;
mod jobs;
mod ledger;
mod licences;
mod ordered;
mod rest;
mod room;
mod sessions;
mod site;
mod site_controls;
mod site_credentials;
mod site_csv;
mod site_groups;
mod site_jobs;
mod site_lists;
mod site_members;
mod site_methods;
mod site_removal;
mod site_server;
mod site_sets;
mod site_sites;
mod site_traps;
mod site_users;
mod sites;
mod tenant;
mod update;
mod users;
mod world;
