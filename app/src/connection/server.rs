//! What the connection page asks the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// The connection of this sign-in, drawn.
#[server(endpoint = "connection/get", input = GetUrl, output = Text)]
pub async fn get_connection() -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::sheet::draw(ask.operations.connection(&ask.caller).await?))
}

/// Opens an operation whose address is only inferred.
#[server(endpoint = "connection/unlock")]
pub async fn unlock_operation(
    operation: String,
    ticket: String,
    #[server(default)] checked: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    ask.operations.unlock_operation(&ask.caller, ticket, &operation, checked == "yes").await?;
    ask.done("/connection", model::Notice::OperationUnlocked);
    Ok(())
}
