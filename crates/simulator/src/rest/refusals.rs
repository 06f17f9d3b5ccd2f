//! The vendor's refusals, by the tables of its pages. Their wording here is ours.

use axum::http::StatusCode;

use super::answer::SiteRefusal;

/// A refusal whose code begins with its status, as nearly all do.
fn refusal(code: &str, summary: &str, detail: &str) -> SiteRefusal {
    let status = StatusCode::from_bytes(&code.as_bytes()[..3]).unwrap_or(StatusCode::BAD_REQUEST);
    SiteRefusal::new(status, code, summary, detail)
}

impl SiteRefusal {
    pub(super) fn bad_request() -> Self {
        Self::bad("The content of the request is missing or incomplete, or contains malformed XML.")
    }

    /// A bad request of which more can be said.
    pub(super) fn bad(detail: &str) -> Self {
        refusal("400000", "Bad Request", detail)
    }

    /// Vendor: "ServerDefault is not supported for you site"; other unknown words alike, which is inferred.
    pub(super) fn bad_sign_in_way(word: &str) -> Self {
        let detail = format!(
            "The user authentication setting '{word}' is not supported for your site. \
             Try again using TableauIDWithMFA instead."
        );
        refusal("400003", "Bad Request", &detail)
    }

    pub(super) fn bad_page_number() -> Self {
        refusal("400006", "Invalid page number", "There is no such page.")
    }

    pub(super) fn bad_page_size() -> Self {
        refusal("400007", "Invalid page size", "The page size must be a number above zero.")
    }

    pub(super) fn held_by_group() -> Self {
        let detail = "The user cannot be unlicensed as a member of a group that has a minimum site role.";
        refusal("400012", "Bad Request", detail)
    }

    pub(super) fn bad_role(word: &str) -> Self {
        refusal(
            "400013",
            "Invalid site role",
            &format!("'{word}' is not a site role that can be given here."),
        )
    }

    pub(super) fn malformed_import() -> Self {
        let detail = "An import needs the source ActiveDirectory, a domainName and a siteRole.";
        refusal("400019", "Malformed import element", detail)
    }

    /// Known from a public client: what the vendor answers about jobs in general.
    pub(super) fn job_failed(detail: &str) -> Self {
        refusal("400031", "Bad Request", detail)
    }

    pub(super) fn not_removed(detail: &str) -> Self {
        refusal("400032", "Deletion failed", detail)
    }

    /// Bad token, expired token, wrong site: the vendor does not say which.
    pub(super) fn sign_in_failed() -> Self {
        refusal("401001", "Signin Error", "The sign-in was refused.")
    }

    pub(crate) fn bad_token() -> Self {
        refusal("401002", "Unauthorized Access", "The authentication credentials are not valid.")
    }

    pub(super) fn not_allowed(detail: &str) -> Self {
        refusal("403004", "Forbidden", detail)
    }

    pub(super) fn not_oneself() -> Self {
        refusal("403009", "Forbidden", "Users cannot update their own licensing role.")
    }

    pub(super) fn not_guest() -> Self {
        refusal("403009", "Forbidden", "The Guest user is a special user and cannot be updated.")
    }

    pub(super) fn no_directory() -> Self {
        refusal("403011", "Forbidden", "Active Directory is not configured.")
    }

    pub(super) fn page_too_large() -> Self {
        refusal("403014", "Page size limit exceeded", "The page size must not be above 1000.")
    }

    pub(super) fn imported_name() -> Self {
        refusal("403020", "Forbidden", "The name of an imported group cannot be changed.")
    }

    pub(super) fn no_credentials() -> Self {
        refusal("403054", "Unauthorized Access", "Only administrators may do this.")
    }

    pub(super) fn no_list_of_sites() -> Self {
        refusal("403069", "Forbidden", "Listing sites is not supported here.")
    }

    pub(super) fn already_there() -> Self {
        refusal("403070", "Forbidden", "This session is signed in to that site already.")
    }

    pub(super) fn only_oneself() -> Self {
        refusal("403133", "Forbidden", "Users may only ask for themselves.")
    }

    pub(super) fn no_site() -> Self {
        refusal("404000", "Resource Not Found", "There is no such site.")
    }

    pub(super) fn no_job() -> Self {
        refusal("404001", "Resource Not Found", "There is no such job.")
    }

    pub(super) fn no_user() -> Self {
        refusal("404002", "Resource Not Found", "There is no such user.")
    }

    pub(super) fn unknown_resource() -> Self {
        refusal("404003", "Resource Not Found", "Unknown resource or version.")
    }

    pub(super) fn no_group() -> Self {
        refusal("404012", "Resource Not Found", "There is no such group.")
    }

    /// Vendor: "Get Groups for a User" says this of the user.
    pub(super) fn no_user_with_groups() -> Self {
        refusal("404012", "Resource Not Found", "There is no such user.")
    }

    pub(super) fn no_domain() -> Self {
        refusal("404016", "Resource Not Found", "Active Directory has no such domain.")
    }

    pub(super) fn no_directory_group() -> Self {
        refusal("404017", "Resource Not Found", "Active Directory has no such group.")
    }

    pub(super) fn wrong_method() -> Self {
        refusal("405000", "Invalid request method", "This path does not know this method.")
    }

    pub(super) fn user_exists() -> Self {
        refusal("409000", "Resource Conflict", "The user is on the site already.")
    }

    pub(super) fn owns_content() -> Self {
        refusal("409003", "Resource Conflict", "The user still owns content and cannot be deleted.")
    }

    pub(super) fn guest_exists() -> Self {
        refusal("409005", "Resource Conflict", "A guest cannot be added to a site.")
    }

    pub(super) fn group_exists() -> Self {
        refusal("409009", "Resource Conflict", "A group of this name is on the site already.")
    }

    pub(super) fn already_member() -> Self {
        refusal("409011", "Resource Conflict", "The user is a member of the group already.")
    }

    pub(super) fn no_licence() -> Self {
        refusal("409014", "Licensing Conflict", "There is no capacity left for this role.")
    }

    pub(super) fn no_set() -> Self {
        refusal("409120", "Resource Conflict", "There is no such group set.")
    }

    pub(super) fn set_exists() -> Self {
        refusal("409121", "Resource Conflict", "A group set of this name is on the site already.")
    }
}
