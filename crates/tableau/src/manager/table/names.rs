//! Our names for the vendor's operations.

use std::fmt;

/// An operation of Tableau Cloud Manager that Steward uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperationName {
    /// Sign in with a personal access token.
    PatLogin,
    /// The session that asks.
    SessionGet,
    /// Sign out.
    SessionDelete,
    /// The caller's own tokens.
    PatList,
    /// The tenant.
    TenantGet,
    /// The tenant's sites.
    SiteList,
    /// One site.
    SiteGet,
    /// Suspend a site.
    SiteSuspend,
    /// Reactivate a site.
    SiteReactivate,
    /// Licence counts of every site.
    LicensesAllSites,
    /// Licence counts of one site.
    LicensesSite,
    /// Licence counts of the tenant.
    LicensesTenant,
    /// Regions.
    RegionsList,
    /// Where sites of the tenant can be made.
    LocationsList,
    /// A job and its rows.
    JobGet,
    /// One person.
    UserGet,
    /// The tenant's people.
    UserList,
    /// Several people by their ids.
    UserBatchDetails,
    /// What a person can reach.
    UserResources,
    /// Add a person to the tenant.
    UserCreate,
    /// Change a person's roles, language, locale or e-mail address.
    UserUpdate,
    /// Take a person out of the tenant.
    UserDelete,
    /// Take several people out of the tenant.
    UserBatchDelete,
    /// Add or change people by a file.
    UserImport,
}

impl OperationName {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 24] = [
        Self::PatLogin,
        Self::SessionGet,
        Self::SessionDelete,
        Self::PatList,
        Self::TenantGet,
        Self::SiteList,
        Self::SiteGet,
        Self::SiteSuspend,
        Self::SiteReactivate,
        Self::LicensesAllSites,
        Self::LicensesSite,
        Self::LicensesTenant,
        Self::RegionsList,
        Self::LocationsList,
        Self::JobGet,
        Self::UserGet,
        Self::UserList,
        Self::UserBatchDetails,
        Self::UserResources,
        Self::UserCreate,
        Self::UserUpdate,
        Self::UserDelete,
        Self::UserBatchDelete,
        Self::UserImport,
    ];

    /// The name in settings, logs and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PatLogin => "pat.login",
            Self::SessionGet => "session.get",
            Self::SessionDelete => "session.delete",
            Self::PatList => "pat.list",
            Self::TenantGet => "tenant.get",
            Self::SiteList => "site.list",
            Self::SiteGet => "site.get",
            Self::SiteSuspend => "site.suspend",
            Self::SiteReactivate => "site.reactivate",
            Self::LicensesAllSites => "licenses.all_sites",
            Self::LicensesSite => "licenses.site",
            Self::LicensesTenant => "licenses.tenant",
            Self::RegionsList => "regions.list",
            Self::LocationsList => "locations.list",
            Self::JobGet => "job.get",
            Self::UserGet => "user.get",
            Self::UserList => "user.list",
            Self::UserBatchDetails => "user.batch_details",
            Self::UserResources => "user.resources",
            Self::UserCreate => "user.create",
            Self::UserUpdate => "user.update",
            Self::UserDelete => "user.delete",
            Self::UserBatchDelete => "user.batch_delete",
            Self::UserImport => "user.import",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }
}

impl fmt::Display for OperationName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
