//! The program `steward`: settings, routes, layers, workers, start and stop.

// A page is one deep type: its elements lie inside each other.
#![recursion_limit = "512"]

pub mod answers;
pub mod around;
pub mod assets;
pub mod commands;
mod doctor;
pub mod explained;
mod exports;
pub mod guard;
pub mod headers;
mod health;
mod hook;
mod live;
pub mod origin;
mod pages;
mod past;
pub mod program;
pub mod routes;
pub mod settings;
mod signin;
mod tokens;
pub mod tries;
mod uploads;
