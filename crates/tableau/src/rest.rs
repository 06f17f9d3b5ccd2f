//! The API of single sites, which speaks XML. For now its answers are read, and nothing is sent.

pub mod errors;
pub mod groups;
pub mod jobs;
pub mod server_info;
pub mod signin;
pub mod users;
mod xml;
