//! What the pages of jobs ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    PageRequest,
    jobs::{JobSheet, KnownJob, Outcome},
};

use crate::failure::Failure;

/// One job with a page of its rows.
#[server(endpoint = "jobs/get", input = GetUrl)]
pub async fn get_job(job: String, outcome: Outcome, page: PageRequest) -> Result<JobSheet, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let job = ask.parse(&job)?;
    Ok(ask.operations.job(&ask.caller, &job, outcome, page).await?)
}

/// The jobs that Steward has met.
#[server(endpoint = "jobs/known", input = GetUrl)]
pub async fn known_jobs() -> Result<Vec<KnownJob>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Ok(ask.operations.known_jobs(&ask.caller).await?)
}
