//! Shared parts of pages.

pub mod wake;
