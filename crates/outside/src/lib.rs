//! Speaks to what is neither Tableau nor the database: the identity provider and the mail server.

pub mod mail;
pub mod oidc;
