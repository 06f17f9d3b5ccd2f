//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::server::get_codes;
use crate::parts::by_address::{first_part, page_by_address};

/// Codes.
#[component]
pub fn CodePage() -> impl IntoView {
    page_by_address(|path| first_part(path) == "codes", &[], "Error codes", get_codes)
}
