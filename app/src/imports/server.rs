//! What the page of the import asks the server. The file itself goes by a plain form, which a server function cannot take.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Drawing,
};

/// The form that uploads a file, drawn. `problem` is the code of what it ran into; empty for nothing.
#[server(endpoint = "imports/get", input = GetUrl, output = Text)]
pub async fn get_import(#[server(default)] problem: String) -> Result<Told<Drawing>, Failure> {
    use model::ProblemCode;
    let ask = crate::ask::Ask::current().await?;
    let sites = ask.operations.sites_to_choose(&ask.caller).await?;
    let sites = sites.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Told::of(&super::sheet::draw(sites, ProblemCode::parse(&problem)))
}

/// The form that converts a list, drawn; with an id, what became of a file. `problem` is the code of what the form ran
/// into; empty for nothing.
#[server(endpoint = "imports/convert", input = GetUrl, output = Text)]
pub async fn get_conversion(
    #[server(default)] id: String,
    #[server(default)] problem: String,
) -> Result<Told<Drawing>, Failure> {
    use model::ProblemCode;
    let ask = crate::ask::Ask::current().await?;
    if !id.is_empty() {
        let told = ask.operations.conversion(&ask.caller, &ask.parse(&id)?).await?;
        return Told::of(&super::convert::draw_done(told));
    }
    let sites = ask.operations.sites_to_choose(&ask.caller).await?;
    let sites = sites.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Told::of(&super::convert::draw_form(sites, ProblemCode::parse(&problem)))
}
