//! What the pages about delegation ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]
#![allow(clippy::too_many_arguments, reason = "the arguments are the fields of a form")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// A page about delegation, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "delegation/get", input = GetUrl, output = Text)]
pub async fn get_delegation(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::draw::page(&ask, &path, &url).await?)
}

/// Gives a grant or changes one; or, with the other button of the same form, shows what it would mean and keeps nothing.
/// Whatever becomes of it, what was typed comes back.
#[server(endpoint = "delegation/grant")]
pub async fn save_grant(
    ticket: String,
    account: String,
    name: String,
    #[server(default)] grant: String,
    #[server(default)] verbs: Vec<String>,
    #[server(default)] sites_mode: String,
    #[server(default)] sites: Vec<String>,
    #[server(default)] people_mode: String,
    #[server(default)] groups: String,
    #[server(default)] picked: Vec<String>,
    #[server(default)] domains: String,
    #[server(default)] named: String,
    #[server(default)] managed_mode: String,
    #[server(default)] managed: String,
    #[server(default)] managed_picked: Vec<String>,
    #[server(default)] ceiling: String,
    #[server(default)] touches: String,
    #[server(default)] rows_in_plan: String,
    #[server(default)] rows_in_hour: String,
    #[server(default)] seats_in_plan: String,
    #[server(default)] step_up: String,
    #[server(default)] reason: String,
    #[server(default)] ticket_pattern: String,
    #[server(default)] days: Vec<String>,
    #[server(default)] hours_from: String,
    #[server(default)] hours_until: String,
    #[server(default)] zone: String,
    #[server(default)] networks: String,
    #[server(default)] marks: Vec<String>,
    #[server(default)] until: String,
    #[server(default)] eligible: String,
    #[server(default)] step: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let grant = if grant.is_empty() { None } else { Some(ask.parse(&grant)?) };
    let ticked = |text: &str| text == "yes";
    // Groups that were ticked by name, and those that were typed by id, are one list.
    let both = |typed: String, picked: Vec<String>| {
        std::iter::once(typed).chain(picked).collect::<Vec<_>>().join("\n")
    };
    let form = operations::GrantForm {
        grant,
        account,
        name,
        verbs,
        sites_mode,
        sites,
        people_mode,
        groups: both(groups, picked),
        domains,
        named,
        managed_mode,
        managed: both(managed, managed_picked),
        ceiling,
        touches,
        rows_in_plan,
        rows_in_hour,
        seats_in_plan,
        step_up: ticked(&step_up),
        reason: ticked(&reason),
        ticket: ticket_pattern,
        days,
        hours_from,
        hours_until,
        zone,
        networks,
        marks,
        until,
        eligible: ticked(&eligible),
    };
    let page = match &grant {
        Some(grant) => format!("/grants/{grant}/edit"),
        None => "/grants/new".to_owned(),
    };
    if step == super::page::LOOK {
        let draft = [("draft", ask.operations.seal_grant_form(&ask.caller, &form)?)];
        leptos_axum::redirect(&crate::parts::query::address(&page, &draft));
        return Ok(());
    }
    let (grant, notice) = match ask.operations.save_grant(&ask.caller, &form, ticket).await {
        Ok(kept) => kept,
        Err(problem) => match ask.operations.seal_grant_form(&ask.caller, &form) {
            Ok(draft) => return ask.back(&page, super::page::GRANT, problem, &[("draft", draft)]),
            Err(_) => return Err(problem.into()),
        },
    };
    ask.done(&format!("/grants/{grant}"), notice);
    Ok(())
}

/// Takes a grant back, activates it for a while, or lets it lapse.
#[server(endpoint = "delegation/turn")]
pub async fn turn_grant(
    grant: String,
    ticket: String,
    turn: String,
    #[server(default)] hours: u8,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    use model::{ProblemCode, act::GrantTurn};
    let ask = crate::ask::Ask::current().await?;
    let (grant, ticket) = (ask.parse(&grant)?, ask.parse(&ticket)?);
    let turn = match turn.as_str() {
        "take-back" => GrantTurn::TakeBack,
        "activate" => GrantTurn::Activate,
        "lapse" => GrantTurn::Lapse,
        _ => return Err(ask.problem(ProblemCode::MalformedForm)),
    };
    let notice = ask.operations.turn_grant(&ask.caller, &grant, turn, hours, &reason, ticket).await?;
    ask.done(&format!("/grants/{grant}"), notice);
    Ok(())
}

/// Deposits a credential for grants.
#[server(endpoint = "delegation/deposit")]
pub async fn make_deposit(
    ticket: String,
    #[server(default)] grants: Vec<String>,
    #[server(default)] site: String,
    #[server(default)] token: String,
    #[server(default)] until: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let read = |seen: &String| {
        let seen = operations::SeenGrant::read(seen);
        seen.map_err(|problem| problem.with_reference(&ask.caller.request))
    };
    let grants: Result<Vec<_>, model::Problem> = grants.iter().map(read).collect();
    let of_tenant = site.is_empty() || site == super::page::TENANT;
    let site = if of_tenant { None } else { Some(ask.parse(&site)?) };
    let form = operations::DepositForm { grants: grants?, site, token: token.into(), until, ticket };
    let notice = ask.operations.deposit(&ask.caller, form).await?;
    ask.done("/grants", notice);
    Ok(())
}

/// Ends a deposit.
#[server(endpoint = "delegation/end-deposit")]
pub async fn end_deposit(
    grant: String,
    ticket: String,
    #[server(default)] site: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (grant, ticket) = (ask.parse(&grant)?, ask.parse(&ticket)?);
    let site = if site.is_empty() { None } else { Some(ask.parse(&site)?) };
    let notice = ask.operations.end_deposit(&ask.caller, &grant, site, ticket).await?;
    ask.done(&format!("/grants/{grant}"), notice);
    Ok(())
}

/// Pauses all delegation and forgets every deposited credential.
#[server(endpoint = "delegation/pause")]
pub async fn pause_delegation(ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let notice = ask.operations.pause_delegation(&ask.caller, ticket).await?;
    ask.done("/grants", notice);
    Ok(())
}

/// Lets delegation go on.
#[server(endpoint = "delegation/resume")]
pub async fn resume_delegation(ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let notice = ask.operations.resume_delegation(&ask.caller, ticket).await?;
    ask.done("/grants", notice);
    Ok(())
}

/// Approves what somebody asked for, or refuses it.
#[server(endpoint = "delegation/decide")]
pub async fn decide_approval(
    approval: String,
    hash: String,
    ticket: String,
    decision: String,
    #[server(default)] answer: String,
) -> Result<(), Failure> {
    use model::ProblemCode;
    let ask = crate::ask::Ask::current().await?;
    let (approval, ticket) = (ask.parse(&approval)?, ask.parse(&ticket)?);
    let approves = match decision.as_str() {
        "approve" => true,
        "refuse" => false,
        _ => return Err(ask.problem(ProblemCode::MalformedForm)),
    };
    let form = operations::DecideForm { approval, hash, approves, answer, ticket };
    let notice = ask.operations.decide_approval(&ask.caller, form).await?;
    ask.done("/approvals", notice);
    Ok(())
}

/// Withdraws a request of one's own.
#[server(endpoint = "delegation/withdraw")]
pub async fn withdraw_approval(approval: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (approval, ticket) = (ask.parse(&approval)?, ask.parse(&ticket)?);
    let notice = ask.operations.withdraw_approval(&ask.caller, &approval, ticket).await?;
    ask.done("/approvals", notice);
    Ok(())
}
