//! What the page of a run asks the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::runs::RowsQuery;

use super::sheet::RunSheet;
use crate::{
    codec::{Text, Told},
    failure::Failure,
};

/// One run with a page of its rows, drawn but for what moves.
#[server(endpoint = "runs/get", input = GetUrl, output = Text)]
pub async fn get_run(run: String, query: RowsQuery) -> Result<Told<RunSheet>, Failure> {
    use super::{sheet, told};
    use crate::parts::lines::Asked;
    let ask = crate::ask::Ask::current().await?;
    let run = ask.parse(&run)?;
    let found = ask.operations.run(&ask.caller, &run, &query).await?;
    let mut kept = Vec::new();
    if told::deletes(&found) && found.run.counts.differs > 0 {
        let differs = RowsQuery { state: "differs".to_owned(), ..RowsQuery::default() };
        kept = ask.operations.run(&ask.caller, &run, &differs).await?.rows.rows;
    }
    let asked = Asked { rows: query.state, search: query.search, page: found.rows.at };
    Told::of(&sheet::draw(told::run(found, &kept, operations::ticket()), asked))
}

/// Pauses, resumes or stops a run.
#[server(endpoint = "runs/steer")]
pub async fn steer_run(run: String, turn: String, ticket: String) -> Result<(), Failure> {
    use model::{ProblemCode, act::Turn};
    let ask = crate::ask::Ask::current().await?;
    let (run, ticket) = (ask.parse(&run)?, ask.parse(&ticket)?);
    let turn = Turn::parse(&turn).ok_or_else(|| ask.problem(ProblemCode::MalformedForm))?;
    let notice = ask.operations.steer_run(&ask.caller, &run, turn, ticket).await?;
    ask.done(&format!("/runs/{run}"), notice);
    Ok(())
}

/// A new plan of the rows that somebody should look at.
#[server(endpoint = "runs/again")]
pub async fn plan_again(run: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let run = ask.parse(&run)?;
    let plan = ask.operations.plan_again(&ask.caller, run).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}
