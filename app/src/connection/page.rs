//! The page of the connection in the browser.

use leptos::prelude::*;

use super::server::get_connection;
use crate::doctor::unlock::UNLOCK;
use crate::parts::by_address::page_by_address;

/// The connection.
#[component]
pub fn ConnectionPage() -> impl IntoView {
    page_by_address(|path| path == "/connection", &[UNLOCK], "Connection", |_, _| get_connection())
}
