//! What the pages of accounts ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// A page of accounts, drawn. `path` is its address.
#[server(endpoint = "accounts/get", input = GetUrl, output = Text)]
pub async fn get_accounts(path: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::draw::page(&ask, &path).await?)
}

/// Suspends an account.
#[server(endpoint = "accounts/suspend")]
pub async fn suspend_account(account: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::AccountForm { account: ask.parse(&account)?, ticket: ask.parse(&ticket)? };
    let notice = ask.operations.suspend_account(&ask.caller, &form).await?;
    ask.done(&format!("/accounts/{account}"), notice);
    Ok(())
}

/// Reactivates an account.
#[server(endpoint = "accounts/reactivate")]
pub async fn reactivate_account(account: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::AccountForm { account: ask.parse(&account)?, ticket: ask.parse(&ticket)? };
    let notice = ask.operations.reactivate_account(&ask.caller, &form).await?;
    ask.done(&format!("/accounts/{account}"), notice);
    Ok(())
}

/// Removes an account.
#[server(endpoint = "accounts/remove")]
pub async fn remove_account(account: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::AccountForm { account: ask.parse(&account)?, ticket: ask.parse(&ticket)? };
    let notice = ask.operations.remove_account(&ask.caller, &form).await?;
    ask.done("/accounts", notice);
    Ok(())
}

/// Revokes an invitation.
#[server(endpoint = "accounts/revoke")]
pub async fn revoke_invitation(account: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::AccountForm { account: ask.parse(&account)?, ticket: ask.parse(&ticket)? };
    let notice = ask.operations.revoke_invitation(&ask.caller, &form).await?;
    ask.done(&format!("/accounts/{account}"), notice);
    Ok(())
}

/// Sets the names in Tableau that belong to somebody.
#[server(endpoint = "accounts/link")]
pub async fn link_account(
    account: String,
    ticket: String,
    #[server(default)] names: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::AccountForm { account: ask.parse(&account)?, ticket: ask.parse(&ticket)? };
    let notice = ask.operations.link_account(&ask.caller, &form, &names).await?;
    ask.done(&format!("/accounts/{account}"), notice);
    Ok(())
}

/// Ends one sign-in of an account, or all but the one that asks.
#[server(endpoint = "accounts/end")]
pub async fn end_sign_ins(
    account: String,
    ticket: String,
    #[server(default)] one: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (id, ticket) = (ask.parse(&account)?, ask.parse(&ticket)?);
    let one = Some(one.as_str()).filter(|one| !one.is_empty());
    let notice = ask.operations.end_sign_ins(&ask.caller, id, one, &ask.sign_in(), ticket).await?;
    let own = id == ask.caller.account.id;
    ask.done(&if own { "/account".to_owned() } else { format!("/accounts/{account}") }, notice);
    Ok(())
}
