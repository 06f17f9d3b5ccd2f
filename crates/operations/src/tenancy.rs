//! The tenant itself: new sites and projects, terms, tokens, and how people sign in.

mod change;
mod creation;
mod revocation;
mod sign_on;
mod terms;
mod tokens;

pub(crate) use change::carried;
pub use creation::{NewSiteForm, ProjectForm};
pub use revocation::Revoked;
pub use sign_on::OidcForm;
pub use tokens::{MadeToken, TokenForm};
