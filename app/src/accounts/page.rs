//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;

use super::server::get_accounts;
use crate::parts::by_address::{first_part, page_by_address};

/// The addresses of the forms on these pages.
pub const FORMS: [&str; 12] =
    [SUSPEND, REACTIVATE, REMOVE, REVOKE, LINK, END, INVITE, AGAIN, PASSWORD, CODES, PASSKEY, PASSKEY_REMOVE];
/// Invites somebody. The answer shows the link, once.
pub const INVITE: &str = "/accounts/invite";
/// Makes a new link for somebody, shown once as well.
pub const AGAIN: &str = "/accounts/again";
/// Sets another password.
pub const PASSWORD: &str = "/account/password";
/// Makes new recovery codes. The answer shows them, once.
pub const CODES: &str = "/account/recovery-codes";
/// Adds a passkey to the own account.
pub const PASSKEY: &str = "/account/passkey";
/// Removes one of them.
pub const PASSKEY_REMOVE: &str = "/account/passkey/remove";
/// Suspends an account.
pub const SUSPEND: &str = "/api/accounts/suspend";
/// Reactivates one.
pub const REACTIVATE: &str = "/api/accounts/reactivate";
/// Removes one.
pub const REMOVE: &str = "/api/accounts/remove";
/// Revokes an invitation.
pub const REVOKE: &str = "/api/accounts/revoke";
/// Sets the names in Tableau.
pub const LINK: &str = "/api/accounts/link";
/// Ends sign-ins.
pub const END: &str = "/api/accounts/end";

/// A page of accounts.
#[component]
pub fn AccountPage() -> impl IntoView {
    page_by_address(is_here, &FORMS, "Accounts", |path, _url| get_accounts(path))
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    matches!(first_part(path), "account" | "accounts")
}
