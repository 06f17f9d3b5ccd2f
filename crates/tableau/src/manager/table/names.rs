//! Our names for the vendor's operations.

use std::fmt;

use strum::VariantArray;

/// An operation of Tableau Cloud Manager that Steward uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, VariantArray)]
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
    /// Make a site.
    SiteCreate,
    /// Change how many people a site may hold at each role.
    SiteUpdateLimits,
    /// Make a project on a site.
    SiteCreateProject,
    /// Accept the tenant's terms and conditions.
    TenantAcceptTerms,
    /// Whether a name for a tenant is free.
    TenantCheckName,
    /// Make a personal access token.
    PatCreate,
    /// Revoke a personal access token.
    PatRevoke,
    /// How people sign in to the tenant and to its sites.
    AuthConfigs,
    /// The tenant's OpenID Connect configuration.
    OidcGet,
    /// Make or change the tenant's OpenID Connect configuration.
    OidcUpsert,
    /// Delete the tenant's OpenID Connect configuration.
    OidcDelete,
    /// Files of the tenant's activity log.
    ActivityList,
    /// Addresses to download such files from.
    ActivityUrls,
    /// Files of one site's activity log.
    SiteActivityList,
    /// Addresses to download such files from.
    SiteActivityUrls,
}

impl OperationName {
    /// All of them, in the order of the table.
    pub const ALL: &'static [Self] = Self::VARIANTS;

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
            Self::SiteCreate => "site.create",
            Self::SiteUpdateLimits => "site.update_limits",
            Self::SiteCreateProject => "site.create_project",
            Self::TenantAcceptTerms => "tenant.accept_terms",
            Self::TenantCheckName => "tenant.check_name",
            Self::PatCreate => "pat.create",
            Self::PatRevoke => "pat.revoke",
            Self::AuthConfigs => "auth.configs",
            Self::OidcGet => "oidc.get",
            Self::OidcUpsert => "oidc.upsert",
            Self::OidcDelete => "oidc.delete",
            Self::ActivityList => "activitylog.list",
            Self::ActivityUrls => "activitylog.urls",
            Self::SiteActivityList => "site_activitylog.list",
            Self::SiteActivityUrls => "site_activitylog.urls",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.as_str() == text)
    }
}

impl fmt::Display for OperationName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
