//! The API of single sites, which speaks XML. For now only the answers that need no session are read.

pub mod errors;
pub mod server_info;
pub mod signin;
mod xml;
