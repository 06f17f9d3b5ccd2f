//! What the pages of jobs ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    PageRequest,
    jobs::{JobSheet, Outcome},
    runs::RunsQuery,
};

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Drawing,
};

/// One job with a page of its rows.
#[server(endpoint = "jobs/get", input = GetUrl, output = Text)]
pub async fn get_job(job: String, outcome: Outcome, page: PageRequest) -> Result<Told<JobSheet>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let job = ask.parse(&job)?;
    Told::of(&ask.operations.job(&ask.caller, &job, outcome, page).await?)
}

/// Runs of Steward's, or the jobs of Tableau's that Steward has met, drawn. `show` is `jobs` or empty.
#[server(endpoint = "jobs/list", input = GetUrl, output = Text)]
pub async fn list_jobs(#[server(default)] show: String, query: RunsQuery) -> Result<Told<Drawing>, Failure> {
    use super::{sheet, told};
    let ask = crate::ask::Ask::current().await?;
    let found = match show.as_str() {
        "" => told::runs(ask.operations.list_runs(&ask.caller, &query).await?),
        "jobs" => {
            let jobs = ask.operations.list_jobs(&ask.caller, &query).await?;
            told::jobs(jobs, ask.caller.account.author())
        }
        _ => return Err(ask.problem(model::ProblemCode::MalformedQuery)),
    };
    Told::of(&sheet::draw(found, sheet::Asked { show, query }))
}
