//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::server::get_delegation;
use crate::parts::by_address::{first_part, page_by_address};

/// Where a grant is given or changed.
pub const GRANT: &str = "/api/delegation/grant";
/// Where a grant is taken back, activated or let lapse.
pub const TURN: &str = "/api/delegation/turn";
/// Where a credential is deposited.
pub const DEPOSIT: &str = "/api/delegation/deposit";
/// What the form of a grant sends to be shown what it means, and to keep nothing.
pub const LOOK: &str = "look";
/// What the form of a deposit calls Tableau Cloud Manager. An empty word would be none chosen, and browsers would not send
/// it.
pub const TENANT: &str = "tenant";
/// Where a deposit ends.
pub const END: &str = "/api/delegation/end-deposit";
/// Where all delegation is paused.
pub const PAUSE: &str = "/api/delegation/pause";
/// Where it goes on.
pub const RESUME: &str = "/api/delegation/resume";
/// Where a request for approval is decided.
pub const DECIDE: &str = "/api/delegation/decide";
/// Where a request is withdrawn.
pub const WITHDRAW: &str = "/api/delegation/withdraw";

/// A page about delegation.
#[component]
pub fn DelegationPage() -> impl IntoView {
    let forms = [GRANT, TURN, DEPOSIT, END, PAUSE, RESUME, DECIDE, WITHDRAW];
    page_by_address(is_here, &forms, "Grants", get_delegation)
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    matches!(first_part(path), "grants" | "approvals")
}
