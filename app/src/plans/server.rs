//! What the page of a plan asks the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::plan::StepsQuery;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Sheet,
};

/// One plan with a page of its rows, drawn. `problem` is the code of what applying it ran into; empty for nothing.
#[server(endpoint = "plans/get", input = GetUrl, output = Text)]
pub async fn get_plan(
    plan: String,
    query: StepsQuery,
    #[server(default)] problem: String,
) -> Result<Told<Sheet>, Failure> {
    use crate::parts::lines::Asked;
    use model::{Problem, ProblemCode};
    let ask = crate::ask::Ask::current().await?;
    let plan = ask.parse(&plan)?;
    let sheet = ask.operations.plan(&ask.caller, &plan, &query).await?;
    let asked = Asked { rows: query.verdict, search: query.search, page: sheet.steps.at };
    let told = super::told::plan(sheet, operations::ticket());
    Told::of(&super::sheet::draw(told, asked, ProblemCode::parse(&problem).map(Problem::new)))
}

/// Applies a plan once, and goes on to its run.
#[server(endpoint = "plans/apply")]
pub async fn apply_plan(
    plan: String,
    hash: String,
    ticket: String,
    #[server(default)] include: Vec<String>,
    #[server(default)] typed: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    use model::{ProblemCode, plan::Why};
    let ask = crate::ask::Ask::current().await?;
    let (plan, ticket) = (ask.parse(&plan)?, ask.parse(&ticket)?);
    let include: Option<Vec<Why>> = include.iter().map(|word| Why::parse(word)).collect();
    let include = include.ok_or_else(|| ask.problem(ProblemCode::MalformedForm))?;
    let form = operations::ApplyForm { plan, hash, include, typed, reason, ticket };
    match ask.operations.apply_plan(&ask.caller, form).await? {
        operations::Applied::Run => leptos_axum::redirect(&format!("/runs/{plan}")),
        operations::Applied::Asked(_) => ask.done(&format!("/plans/{plan}"), model::Notice::ApprovalAsked),
    }
    Ok(())
}

/// Throws a plan away.
#[server(endpoint = "plans/discard")]
pub async fn discard_plan(plan: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let plan = ask.parse(&plan)?;
    ask.operations.discard_plan(&ask.caller, &plan).await?;
    ask.done(&format!("/plans/{plan}"), model::Notice::PlanDiscarded);
    Ok(())
}

/// Makes a plan once more, with what Tableau tells now.
#[server(endpoint = "plans/anew")]
pub async fn plan_anew(plan: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let plan = ask.parse(&plan)?;
    let plan = ask.operations.plan_anew(&ask.caller, &plan).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}
