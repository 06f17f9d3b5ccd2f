//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::server::get_licences;
use crate::parts::by_address::{first_part, page_by_address};

/// Where seats are counted now.
pub const COUNT: &str = "/api/licences/count";
/// Where purchased seats are typed in.
pub const PURCHASED: &str = "/api/licences/purchased";
/// Where thresholds are set.
pub const THRESHOLDS: &str = "/api/licences/thresholds";
/// Where the address for news is set: a door of its own, because its answer shows the secret once.
pub const HOOK: &str = "/licences/hook";
/// Where that address is taken away.
pub const END_HOOK: &str = "/api/licences/hook/end";
/// Where it is tried.
pub const TEST_HOOK: &str = "/api/licences/hook/test";
/// Where somebody is left out of the list, or put back.
pub const EXCLUDE: &str = "/api/licences/exclude";
/// Where lower roles are planned.
pub const LOWER: &str = "/api/licences/lower";

/// A page about licences.
#[component]
pub fn LicencePage() -> impl IntoView {
    let forms = [COUNT, PURCHASED, THRESHOLDS, HOOK, END_HOOK, TEST_HOOK, EXCLUDE, LOWER];
    page_by_address(|path| first_part(path) == "licences", &forms, "Licences", get_licences)
}

/// The pages above a page about licences.
pub fn above() -> Vec<(String, String)> {
    vec![("Licences".to_owned(), "/licences".to_owned())]
}
