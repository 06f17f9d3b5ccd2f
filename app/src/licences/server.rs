//! What the pages about licences ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::licences::idle::IdleQuery;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::{Drawing, Page},
};

/// A page about licences, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "licences/get", input = GetUrl, output = Text)]
pub async fn get_licences(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::draw::page(&ask, &path, &url).await?)
}

/// The banner of limits of which a threshold is passed, drawn.
#[server(endpoint = "licences/passed", input = GetUrl, output = Text)]
pub async fn get_passed() -> Result<Told<Drawing>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (passed, as_of) = ask.operations.passed_thresholds(&ask.caller).await?;
    Told::of(&Drawing::of(super::banner::banner(&passed, as_of)))
}

/// Counts seats now, and goes back to where the button was.
#[server(endpoint = "licences/count")]
pub async fn count_seats(
    #[server(default)] site: String,
    #[server(default)] days: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let notice = ask.operations.count_now(&ask.caller).await?;
    let notice = notice.code().to_owned();
    let back =
        crate::parts::query::address("/licences", &[("site", site), ("days", days), ("notice", notice)]);
    leptos_axum::redirect(&back);
    Ok(())
}

/// Keeps how many seats were bought.
#[server(endpoint = "licences/purchased")]
pub async fn set_purchased(
    ticket: String,
    #[server(default)] creators: String,
    #[server(default)] explorers: String,
    #[server(default)] viewers: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let form = operations::PurchasedForm { creators, explorers, viewers };
    let notice = ask.operations.set_purchased(&ask.caller, ask.parse(&ticket)?, &form).await?;
    ask.done("/licences/settings", notice);
    Ok(())
}

/// Sets from which part of a limit on there is a word.
#[server(endpoint = "licences/thresholds")]
pub async fn set_thresholds(ticket: String, #[server(default)] thresholds: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let notice = ask.operations.set_thresholds(&ask.caller, ask.parse(&ticket)?, &thresholds).await?;
    ask.done("/licences/settings", notice);
    Ok(())
}

/// Takes the address for news away.
#[server(endpoint = "licences/hook/end")]
pub async fn end_hook(ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let notice = ask.operations.end_hook(&ask.caller, ask.parse(&ticket)?).await?;
    ask.done("/licences/settings", notice);
    Ok(())
}

/// Sends a test message to the address for news.
#[server(endpoint = "licences/hook/test")]
pub async fn test_hook() -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let notice = ask.operations.test_hook(&ask.caller).await?;
    ask.done("/licences/settings", notice);
    Ok(())
}

/// Leaves somebody out of the list of seats used in vain, or puts them back.
#[server(endpoint = "licences/exclude")]
pub async fn exclude_seat(
    user: String,
    ticket: String,
    #[server(default)] reason: String,
    #[server(default)] wanted: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (user, ticket) = (ask.parse(&user)?, ask.parse(&ticket)?);
    let wanted = ask.wanted(&wanted)?;
    let form = operations::ExcludeForm { user, ticket, reason, wanted };
    let notice = ask.operations.exclude_seat(&ask.caller, form).await?;
    ask.done(&format!("/licences/people/{user}"), notice);
    Ok(())
}

/// Plans to lower people to a seat: those ticked, or everyone in the list.
#[server(endpoint = "licences/lower")]
pub async fn plan_lower(
    #[server(default)] whom: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] query: IdleQuery,
    #[server(default)] to: String,
    #[server(default)] site: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let mut form = operations::LowerForm { to, site, ..operations::LowerForm::default() };
    match whom.as_str() {
        "ticked" => form.ids = ids.iter().map(|id| ask.parse(id)).collect::<Result<_, _>>()?,
        "shown" => form.query = Some(query),
        _ => return Err(ask.problem(model::ProblemCode::MalformedForm)),
    }
    let plan = ask.operations.plan_lower(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}
