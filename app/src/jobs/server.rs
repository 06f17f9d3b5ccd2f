//! What the pages of jobs ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    PageRequest,
    jobs::{JobSheet, KnownJob, Outcome},
};

use crate::{
    codec::{Text, Told},
    failure::Failure,
};

/// One job with a page of its rows.
#[server(endpoint = "jobs/get", input = GetUrl, output = Text)]
pub async fn get_job(job: String, outcome: Outcome, page: PageRequest) -> Result<Told<JobSheet>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let job = ask.parse(&job)?;
    Told::of(&ask.operations.job(&ask.caller, &job, outcome, page).await?)
}

/// The jobs that Steward has met.
#[server(endpoint = "jobs/known", input = GetUrl, output = Text)]
pub async fn known_jobs() -> Result<Told<Vec<KnownJob>>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.known_jobs(&ask.caller).await?)
}
