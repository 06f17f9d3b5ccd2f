//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::{
    LIMITS, OIDC_CHANGE, OIDC_DELETE, PROJECT, TERMS, TOKEN_CREATE, TOKEN_REVOKE, TOKEN_SWAP,
    server::get_tenancy,
};
use crate::parts::by_address::{first_part, page_by_address};

/// A page of the tenant itself.
#[component]
pub fn TenancyPage() -> impl IntoView {
    let forms = [TERMS, TOKEN_CREATE, TOKEN_SWAP, TOKEN_REVOKE, OIDC_CHANGE, OIDC_DELETE, LIMITS, PROJECT];
    page_by_address(is_here, &forms, "Tenant", get_tenancy)
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    match first_part(path) {
        "tenant" | "tokens" | "sign-on" | "limits" | "activity" => true,
        part => part == "sites" && path.ends_with("/project"),
    }
}
