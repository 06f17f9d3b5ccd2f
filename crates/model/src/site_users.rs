//! People of one site, as the site's own API tells them.

use serde::{Deserialize, Serialize};

use crate::{
    Moment, SiteUserId,
    roles::{SignInType, SiteRole},
};

/// A person on one site. What the vendor leaves out depends on the question asked, so nearly all of it may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteUser {
    /// Their id on this site; the same person has another one in Tableau Cloud Manager.
    pub id: SiteUserId,
    /// The name they sign in with; on Tableau Cloud it is their e-mail address.
    pub name: String,
    /// What they may do here. After adding somebody it may be less than was asked for.
    pub site_role: SiteRole,
    /// How they sign in; told only where the site has more than one way.
    pub sign_in: Option<SignInType>,
    /// The name to show; empty when the site gives none.
    pub full_name: String,
    /// Their address.
    pub email: Option<String>,
    /// When they last signed in; `None` for never and for not told. It misses Tableau Desktop and Prep.
    pub last_login: Option<Moment>,
    /// The language of their pages, in the vendor's word.
    pub language: Option<String>,
    /// The locale of their numbers and dates, in the vendor's word.
    pub locale: Option<String>,
    /// The domain they come from; `local`, or a word of the vendor's.
    pub domain: Option<String>,
    /// Their id in the vendor's own sign-in system.
    pub external_id: Option<String>,
    /// The sign-in configuration they use, where a site has several of one kind.
    pub idp_configuration: Option<String>,
}

impl SiteUser {
    /// The best name we have.
    pub fn shown_name(&self) -> &str {
        if self.full_name.is_empty() { &self.name } else { &self.full_name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_without_a_full_name_is_shown_by_the_name_they_sign_in_with() {
        let mut user = SiteUser {
            id: SiteUserId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(),
            name: "ann@example.com".to_owned(),
            site_role: SiteRole::Viewer,
            sign_in: None,
            full_name: String::new(),
            email: None,
            last_login: None,
            language: None,
            locale: None,
            domain: None,
            external_id: None,
            idp_configuration: None,
        };
        assert_eq!(user.shown_name(), "ann@example.com");
        user.full_name = "Ann".to_owned();
        assert_eq!(user.shown_name(), "Ann");
    }
}
