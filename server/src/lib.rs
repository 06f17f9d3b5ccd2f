//! The program `steward`: settings, routes, layers, start and stop.

pub mod assets;
pub mod headers;
pub mod pages;
