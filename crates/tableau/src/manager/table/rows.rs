//! The rows: every operation with its method, its path, and how sure we are of them.

use http::Method;
use model::vendor::{Certainty, Effect};

use super::{OperationName, Row};

/// The row of an operation before any settings.
///
/// Confirmed is only what was read in the vendor's own pages or code, or in tools used against real tenants. What a
/// single unofficial client model shows (`job.get`, creating, changing and deleting a person, and the path that
/// `user.get` shares) stays inferred.
pub(super) fn row(name: OperationName) -> Row {
    use OperationName as Name;
    match name {
        Name::PatLogin => confirmed(name, Method::POST, "/api/v1/pat/login"),
        Name::SessionGet => inferred(name, "/api/v2/sessions"),
        Name::SessionDelete => confirmed(name, Method::DELETE, "/api/v2/sessions"),
        Name::PatList => inferred(name, "/api/v1/pat"),
        Name::TenantGet => inferred(name, "/api/v1/tenants/{tenantId}"),
        Name::SiteList => confirmed(name, Method::GET, "/api/v1/tenants/{tenantId}/sites"),
        Name::SiteGet => inferred(name, "/api/v1/tenants/{tenantId}/sites/{siteId}"),
        // Dangerous if wrong: the vendor's log knows both `suspend_site` and `delete_site`.
        Name::SiteSuspend => change(name, Method::DELETE, "/api/v1/tenants/{tenantId}/sites/{siteId}"),
        Name::SiteReactivate => {
            change(name, Method::POST, "/api/v1/tenants/{tenantId}/sites/{siteId}/reactivate")
        }
        Name::LicensesAllSites => inferred(name, "/api/v1/tenants/{tenantId}/aggregates/sites"),
        Name::LicensesSite => inferred(name, "/api/v1/tenants/{tenantId}/aggregates/sites/{siteId}"),
        Name::LicensesTenant => inferred(name, "/api/v1/tenants/{tenantId}/aggregates/licenses"),
        Name::RegionsList => inferred(name, "/api/v1/regions"),
        Name::LocationsList => inferred(name, "/api/v1/tenants/{tenantId}/locations"),
        Name::JobGet => inferred(name, "/api/v1/users/jobs/{jobId}"),
        Name::UserGet => inferred(name, "/api/v1/tenants/{tenantId}/users/{userId}"),
        Name::UserList => confirmed(name, Method::GET, "/api/v1/tenants/{tenantId}/users"),
        // A read, although it is a POST: the ids stand in its body.
        Name::UserBatchDetails => {
            Row { method: Method::POST, ..inferred(name, "/api/v1/tenants/{tenantId}/bulk/users/details") }
        }
        Name::UserResources => inferred(name, "/api/v1/users/resources"),
        Name::UserCreate => change(name, Method::POST, "/api/v1/tenants/{tenantId}/users"),
        Name::UserUpdate => change(name, Method::PATCH, "/api/v1/tenants/{tenantId}/users/{userId}"),
        Name::UserDelete => change(name, Method::DELETE, "/api/v1/tenants/{tenantId}/users/{userId}"),
        Name::UserBatchDelete => change(name, Method::POST, "/api/v1/tenants/{tenantId}/bulk/users/delete"),
        // The one change whose method and path the vendor's page prints, in its example for curl.
        Name::UserImport => Row {
            certainty: Certainty::Confirmed,
            ..change(name, Method::POST, "/api/v1/tenants/{tenantId}/bulk/users/import")
        },
        Name::SiteCreate => change(name, Method::POST, "/api/v1/tenants/{tenantId}/sites"),
        Name::SiteUpdateLimits => change(name, Method::PATCH, "/api/v1/tenants/{tenantId}/sites/{siteId}"),
        Name::SiteCreateProject => {
            change(name, Method::POST, "/api/v1/tenants/{tenantId}/sites/{siteId}/projects")
        }
        Name::TenantAcceptTerms => {
            change(name, Method::PUT, "/api/v1/tenants/{tenantId}/terms-and-conditions")
        }
        Name::TenantCheckName => inferred(name, "/api/v1/tenants/check-name/{tenantName}"),
        Name::PatCreate => change(name, Method::POST, "/api/v1/pat"),
        Name::PatRevoke => change(name, Method::DELETE, "/api/v1/pat/{tokenUUID}"),
        // A read, although it is a POST: the vendor's page shows the ids in a body.
        Name::AuthConfigs => Row { method: Method::POST, ..inferred(name, "/api/v1/auth-configurations") },
        Name::OidcGet => inferred(name, OIDC),
        Name::OidcUpsert => change(name, Method::PUT, OIDC),
        Name::OidcDelete => change(name, Method::DELETE, OIDC),
        // The logs are read in the vendor's own loader; asking for addresses is a POST that changes nothing.
        Name::ActivityList => confirmed(name, Method::GET, "/api/v1/tenants/{tenantId}/activitylog"),
        Name::ActivityUrls => confirmed(name, Method::POST, "/api/v1/tenants/{tenantId}/activitylog"),
        Name::SiteActivityList => {
            confirmed(name, Method::GET, "/api/v1/tenants/{tenantId}/sites/{siteId}/activitylog")
        }
        Name::SiteActivityUrls => {
            confirmed(name, Method::POST, "/api/v1/tenants/{tenantId}/sites/{siteId}/activitylog")
        }
    }
}

const OIDC: &str = "/api/v1/oidc-configurations/{resourceId}";

fn confirmed(name: OperationName, method: Method, path: &str) -> Row {
    whole(name, method, path, Certainty::Confirmed, Effect::Read)
}

fn inferred(name: OperationName, path: &str) -> Row {
    whole(name, Method::GET, path, Certainty::Inferred, Effect::Read)
}

fn change(name: OperationName, method: Method, path: &str) -> Row {
    whole(name, method, path, Certainty::Inferred, Effect::Change)
}

fn whole(name: OperationName, method: Method, path: &str, certainty: Certainty, effect: Effect) -> Row {
    Row { name, method, path: path.to_owned(), certainty, overridden: false, effect }
}
