//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::{
    parts::{CANCEL, CONNECT, DISCONNECT, FILE, GROUP, LISTS, MEMBERS, MOVE, RETRY, SET, USERS},
    server::get_plane,
};
use crate::parts::by_address::page_by_address;

/// A page of a site's own API.
#[component]
pub fn PlanePage() -> impl IntoView {
    let forms = [CONNECT, DISCONNECT, RETRY, GROUP, SET, MEMBERS, USERS, FILE, CANCEL, MOVE];
    page_by_address(is_here, &forms, "Site", get_plane)
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    let part = path.strip_prefix("/sites/").and_then(|rest| rest.split('/').nth(1));
    let is_list = |part: &str| LISTS.iter().any(|(list, _)| *list == part);
    path == "/connection/sites" || part.is_some_and(|part| part == "connect" || is_list(part))
}
