//! What the page of the doctor asks the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// The page of the doctor, drawn. With a word for the round everything that can be read is tried; without one nobody is
/// asked.
#[server(endpoint = "doctor/get", input = GetUrl, output = Text)]
pub async fn get_doctor(#[server(default)] round: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let addresses = ask.operations.addresses(&ask.caller).await?;
    let report = match round.as_str() {
        "" => None,
        _ => Some(ask.operations.doctor(&ask.caller).await?),
    };
    Told::of(&super::sheet::draw(report.as_deref(), addresses, operations::ticket))
}
