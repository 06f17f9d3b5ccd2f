//! The program `steward`: settings, routes, layers, workers, start and stop.

// A page is one deep type: its elements lie inside each other.
#![recursion_limit = "512"]

mod accounts;
pub mod answers;
pub mod around;
pub mod assets;
mod browser;
pub mod commands;
mod doctor;
pub mod explained;
mod exports;
pub mod guard;
mod half_way;
pub mod headers;
mod health;
mod hook;
mod join;
mod live;
pub mod origin;
mod pages;
mod passkeys;
mod past;
pub mod program;
mod provider;
pub mod routes;
pub mod settings;
mod signin;
mod step_up;
mod tokens;
pub mod uploads;
