//! What the pages of codes ask the server. The dictionary is part of the program: neither Tableau nor the database is asked.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// The list of codes or one of them, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "codes/get", input = GetUrl, output = Text)]
pub async fn get_codes(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    use model::{Problem, ProblemCode, dictionary};
    let ask = crate::ask::Ask::current().await?;
    let with_reference = |problem: Problem| Failure(problem.with_reference(&ask.caller.request));
    let page = match path.strip_prefix("/codes/") {
        Some(code) => {
            let found = dictionary::find(code).ok_or_else(|| ask.problem(ProblemCode::CodeNotFound))?;
            super::one::draw(found)
        }
        None => {
            let query = super::sheet::read(&ask.query(&url)?).map_err(with_reference)?;
            let found = dictionary::select(&query, ask.caller.now).map_err(with_reference)?;
            super::sheet::draw(found, &query)
        }
    };
    Told::of(&page)
}
