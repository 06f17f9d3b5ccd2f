//! Which people are asked for.

use std::fmt;

use model::{UserId, roles::SiteRole};

/// Which people, and how much of them. Filters add up; the vendor does not say whether texts fit in part, so take
/// them for exact.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    /// Those with this highest role over all sites.
    pub highest: Option<SiteRole>,
    /// Those who administer the tenant, or those who do not.
    pub administers: Option<bool>,
    /// The one with this user name.
    pub user_name: Option<String>,
    /// Those with this e-mail address.
    pub email: Option<String>,
    /// The one with this id.
    pub user: Option<UserId>,
    /// Leaves their roles out, which the vendor calls faster.
    pub without_roles: bool,
}

impl PeopleFilter {
    /// Whether it leaves anybody out.
    pub(super) fn narrows(&self) -> bool {
        Self { without_roles: false, ..self.clone() } != Self::default()
    }

    /// The filter in the vendor's words.
    pub(super) fn query(&self) -> impl Iterator<Item = (&'static str, String)> {
        // Vendor: `NULL` is the literal word, for people without a role in the tenant.
        let administers = self.administers.map(|yes| if yes { "TCM_ADMIN" } else { "NULL" }.to_owned());
        [
            ("maxSiteRole", self.highest.as_ref().map(|role| role.code().to_owned())),
            ("tcmRoleName", administers),
            ("userName", self.user_name.clone()),
            ("email", self.email.clone()),
            ("userId", self.user.map(|user| user.to_string())),
            ("excludeRoles", self.without_roles.then(|| "true".to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

/// Without names and addresses: they have no place in a log.
impl fmt::Debug for PeopleFilter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PeopleFilter")
            .field("highest", &self.highest)
            .field("administers", &self.administers)
            .field("user", &self.user)
            .field("without_roles", &self.without_roles)
            .finish_non_exhaustive()
    }
}
