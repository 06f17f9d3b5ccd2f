//! What is said of a person who is added or changed.

use std::fmt;

use model::roles::{SignInType, SiteRole};
use secrecy::SecretString;

use crate::rest::{loose, write::Element};

/// How a person signs in. The vendor takes a kind or a configuration, and never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteSignIn {
    /// A kind.
    Setting(SignInType),
    /// A configuration of the site, by its id; from version 3.24.
    Configuration(String),
}

impl SiteSignIn {
    pub(super) fn write(&self, element: Element) -> Element {
        match self {
            Self::Setting(kind) => element.with("authSetting", loose::sign_in_word(kind)),
            Self::Configuration(id) => element.with("idpConfigurationId", id),
        }
    }
}

/// A person to be added to a site.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSiteUser {
    /// The name they sign in with; on Tableau Cloud it is their e-mail address.
    pub name: String,
    /// What they may do.
    pub role: SiteRole,
    /// How they sign in; without it the site decides.
    pub sign_in: Option<SiteSignIn>,
    /// The identity pool of a server; from version 3.19, and not on Tableau Cloud.
    pub identity_pool: Option<String>,
}

/// Without the name, which is an address.
impl fmt::Debug for NewSiteUser {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewSiteUser")
            .field("role", &self.role)
            .field("sign_in", &self.sign_in)
            .finish_non_exhaustive()
    }
}

/// What is to change about a person; what is `None` stays as it is.
#[derive(Clone, Default)]
pub struct UserUpdate {
    /// What they may do.
    pub role: Option<SiteRole>,
    /// How they sign in.
    pub sign_in: Option<SiteSignIn>,
    /// The name to show; servers only.
    pub full_name: Option<String>,
    /// Their address; servers only.
    pub email: Option<String>,
    /// Their password; servers only.
    pub password: Option<SecretString>,
    /// Their identity pool; servers only, from version 3.19.
    pub identity_pool: Option<String>,
}

/// Without names, addresses and the password.
impl fmt::Debug for UserUpdate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("UserUpdate")
            .field("role", &self.role)
            .field("sign_in", &self.sign_in)
            .finish_non_exhaustive()
    }
}
