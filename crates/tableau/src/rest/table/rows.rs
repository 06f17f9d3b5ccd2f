//! The rows of the table.
//!
//! Vendor: Tableau REST API. Names of methods without a page before them are on its page "Users and Groups Methods".

use http::Method;
use model::vendor::{Certainty, Effect};

use super::{SiteOperation, SiteRow};
use crate::rest::version::ApiVersion;

/// Every operation of a site that Steward uses, in the order of their names.
pub static SITE_OPERATIONS: [SiteRow; 37] = [
    read(
        SiteOperation::ServerInfo,
        Method::GET,
        "/api/2.4/serverinfo",
        (2, 4),
        "Server Methods, Server Info",
    ),
    read(
        SiteOperation::SignIn,
        Method::POST,
        "/api/{apiVersion}/auth/signin",
        (3, 6),
        "Authentication Methods, Sign In",
    ),
    read(
        SiteOperation::SignOut,
        Method::POST,
        "/api/{apiVersion}/auth/signout",
        (1, 0),
        "Authentication Methods, Sign Out",
    ),
    read(
        SiteOperation::SwitchSite,
        Method::POST,
        "/api/{apiVersion}/auth/switchSite",
        (2, 6),
        "Authentication Methods, Switch Site",
    ),
    read(
        SiteOperation::SiteList,
        Method::GET,
        "/api/{apiVersion}/sites",
        (2, 0),
        "Site Methods, Query Sites",
    ),
    read(
        SiteOperation::SiteGet,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}",
        (1, 0),
        "Site Methods, Query Site",
    ),
    read(
        SiteOperation::AuthConfigurations,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/site-auth-configurations",
        (3, 24),
        "Site Methods, List Authentication Configurations",
    ),
    change(
        SiteOperation::UserAdd,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/users",
        (1, 0),
        "Add User to Site",
    ),
    read(
        SiteOperation::UserList,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/users",
        (1, 0),
        "Get Users on Site",
    ),
    read(
        SiteOperation::UserGet,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}",
        (2, 0),
        "Query User On Site",
    ),
    change(
        SiteOperation::UserUpdate,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}",
        (1, 0),
        "Update User",
    ),
    change(
        SiteOperation::UserRemove,
        Method::DELETE,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}",
        (1, 0),
        "Remove User from Site",
    ),
    change(
        SiteOperation::UserImport,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/users/import",
        (3, 15),
        "Import Users to Site from CSV",
    ),
    change(
        SiteOperation::UserDeleteByFile,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/users/delete",
        (3, 15),
        "Delete Users from Site with CSV",
    ),
    read(
        SiteOperation::UserGroups,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}/groups",
        (3, 7),
        "Get Groups for a User",
    ),
    read(
        SiteOperation::CredentialsRetrieve,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}/retrieveSavedCreds",
        (3, 23),
        "Download User Credentials",
    ),
    change(
        SiteOperation::CredentialsUpload,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/users/{userId}/uploadSavedCreds",
        (3, 23),
        "Upload User Credentials",
    ),
    change(
        SiteOperation::GroupCreate,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/groups",
        (3, 9),
        "Create Group",
    ),
    read(
        SiteOperation::GroupList,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/groups",
        (2, 0),
        "Query Groups",
    ),
    change(
        SiteOperation::GroupUpdate,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}",
        (3, 9),
        "Update Group",
    ),
    change(
        SiteOperation::GroupDelete,
        Method::DELETE,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}",
        (2, 1),
        "Delete Group",
    ),
    read(
        SiteOperation::GroupUsers,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}/users",
        (2, 0),
        "Get Users in Group",
    ),
    change(
        SiteOperation::GroupAdd,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}/users",
        (2, 0),
        "Add User to Group, a single user",
    ),
    change(
        SiteOperation::GroupAddMany,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}/users",
        (3, 21),
        "Add User to Group, bulk",
    ),
    change(
        SiteOperation::GroupRemove,
        Method::DELETE,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}/users/{userId}",
        (2, 0),
        "Remove User from Group, a single user",
    ),
    change(
        SiteOperation::GroupRemoveMany,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/groups/{groupId}/users/remove",
        (3, 21),
        "Remove User from Group, bulk",
    ),
    change(
        SiteOperation::SetCreate,
        Method::POST,
        "/api/{apiVersion}/sites/{siteId}/groupsets",
        (3, 22),
        "Create Group Set",
    ),
    read(
        SiteOperation::SetList,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/groupsets",
        (3, 22),
        "List Group Sets",
    ),
    read(
        SiteOperation::SetGet,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/groupsets/{groupSetId}",
        (3, 22),
        "Get Group Set",
    ),
    change(
        SiteOperation::SetUpdate,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/groupsets/{groupSetId}",
        (3, 22),
        "Update Group Set",
    ),
    // Public clients use the address above; this one is tried only where that is unknown.
    SiteRow {
        name: SiteOperation::SetUpdateAsPrinted,
        method: Method::PUT,
        path: "/api/{apiVersion}/sites/{siteId}/group-set/{groupSetId}",
        since: ApiVersion::new(3, 22),
        effect: Effect::Change,
        certainty: Certainty::Inferred,
        vendor: "Update Group Set",
    },
    change(
        SiteOperation::SetDelete,
        Method::DELETE,
        "/api/{apiVersion}/sites/{siteId}/groupsets/{groupSetId}",
        (3, 22),
        "Delete Group Set",
    ),
    change(
        SiteOperation::SetAdd,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/groupsets/{groupSetId}/groups/{groupId}",
        (3, 22),
        "Add Group to Group Set",
    ),
    change(
        SiteOperation::SetRemove,
        Method::DELETE,
        "/api/{apiVersion}/sites/{siteId}/groupsets/{groupSetId}/groups/{groupId}",
        (3, 22),
        "Remove Group from Group Set",
    ),
    read(
        SiteOperation::JobList,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/jobs",
        (3, 1),
        "Jobs, Tasks and Schedules Methods, Query Jobs",
    ),
    read(
        SiteOperation::JobGet,
        Method::GET,
        "/api/{apiVersion}/sites/{siteId}/jobs/{jobId}",
        (2, 6),
        "Jobs, Tasks and Schedules Methods, Query Job",
    ),
    change(
        SiteOperation::JobCancel,
        Method::PUT,
        "/api/{apiVersion}/sites/{siteId}/jobs/{jobId}",
        (3, 1),
        "Jobs, Tasks and Schedules Methods, Cancel Job",
    ),
];

type Since = (u16, u16);

const fn read(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
) -> SiteRow {
    row(name, method, path, since, vendor, Effect::Read)
}

const fn change(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
) -> SiteRow {
    row(name, method, path, since, vendor, Effect::Change)
}

const fn row(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
    effect: Effect,
) -> SiteRow {
    let (since, certainty) = (ApiVersion::new(since.0, since.1), Certainty::Confirmed);
    SiteRow { name, method, path, since, effect, certainty, vendor }
}
