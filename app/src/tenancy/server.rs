//! What the pages of the tenant itself ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]
#![allow(clippy::too_many_arguments, reason = "the arguments are the fields of a form")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// A page of the tenant itself, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "tenancy/get", input = GetUrl, output = Text)]
pub async fn get_tenancy(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::draw::page(&ask, &path, &url).await?)
}

/// Accepts the vendor's terms and conditions for the tenant.
#[server(endpoint = "tenant/terms")]
pub async fn accept_terms(ticket: String, #[server(default)] checked: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let notice = ask.operations.accept_terms(&ask.caller, ticket, checked == "yes").await?;
    ask.done("/tenant", notice);
    Ok(())
}

/// Revokes one of the caller's tokens. Whoever revokes the one in use is signed out by that.
#[server(endpoint = "tokens/revoke")]
pub async fn revoke_token(
    token: String,
    ticket: String,
    #[server(default)] checked: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (token, ticket) = (ask.parse(&token)?, ask.parse(&ticket)?);
    match ask.operations.revoke_token(&ask.caller, token, checked == "yes", ticket).await? {
        operations::Revoked::Other(notice) => ask.done("/tokens", notice),
        operations::Revoked::Own(notice) => ask.done("/login", notice),
    }
    Ok(())
}

/// Makes the tenant's OpenID Connect configuration, or changes it. What was typed comes back with a problem.
#[server(endpoint = "sign-on/change")]
pub async fn change_oidc(
    ticket: String,
    #[server(default)] enabled: String,
    #[server(default)] provider: String,
    #[server(default)] domain: String,
    #[server(default)] reason: String,
    #[server(default)] typed: String,
    #[server(default)] checked: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let fields = [
        ("enabled", if enabled == "yes" { "yes".to_owned() } else { "no".to_owned() }),
        ("provider", provider.clone()),
        ("domain", domain.clone()),
        ("reason", reason.clone()),
    ];
    let form = operations::OidcForm {
        enabled: enabled == "yes",
        provider,
        domain,
        reason,
        typed,
        checked: checked == "yes",
        ticket: ask.parse(&ticket)?,
    };
    match ask.operations.change_oidc(&ask.caller, form).await {
        Ok(notice) => ask.done("/sign-on", notice),
        Err(problem) => return ask.back("/sign-on", super::OIDC_CHANGE, problem, &fields),
    }
    Ok(())
}

/// Deletes the tenant's OpenID Connect configuration.
#[server(endpoint = "sign-on/delete")]
pub async fn delete_oidc(
    ticket: String,
    #[server(default)] reason: String,
    #[server(default)] typed: String,
    #[server(default)] checked: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let ticket = ask.parse(&ticket)?;
    let deleted = ask.operations.delete_oidc(&ask.caller, &typed, checked == "yes", &reason, ticket).await?;
    ask.done("/sign-on", deleted);
    Ok(())
}

/// Plans a change of role limits of one site or many. What was typed comes back with a problem.
#[server(endpoint = "limits/plan")]
pub async fn plan_limits(
    #[server(default)] sites: Vec<String>,
    #[server(default)] creators: String,
    #[server(default)] creators_number: String,
    #[server(default)] explorers: String,
    #[server(default)] explorers_number: String,
    #[server(default)] viewers: String,
    #[server(default)] viewers_number: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let fields = [
        ("sites", sites.join(" ")),
        ("creators", creators.clone()),
        ("creators_number", creators_number.clone()),
        ("explorers", explorers.clone()),
        ("explorers_number", explorers_number.clone()),
        ("viewers", viewers.clone()),
        ("viewers_number", viewers_number.clone()),
    ];
    let form = operations::LimitsForm {
        sites: sites.iter().map(|site| ask.parse(site)).collect::<Result<_, _>>()?,
        creators: (creators, creators_number),
        explorers: (explorers, explorers_number),
        viewers: (viewers, viewers_number),
    };
    match ask.operations.plan_limits(&ask.caller, form).await {
        Ok(plan) => leptos_axum::redirect(&format!("/plans/{plan}")),
        Err(problem) => return ask.back("/limits", super::LIMITS, problem, &fields),
    }
    Ok(())
}

/// Makes the project of a site. What was typed comes back with a problem.
#[server(endpoint = "sites/project")]
pub async fn create_project(
    site: String,
    ticket: String,
    #[server(default)] owner: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let form = operations::ProjectForm { site, owner: owner.clone(), ticket };
    match ask.operations.create_project(&ask.caller, form).await {
        Ok(notice) => ask.done(&format!("/sites/{site}"), notice),
        Err(problem) => {
            let page = format!("/sites/{site}/project");
            return ask.back(&page, super::PROJECT, problem, &[("owner", owner)]);
        }
    }
    Ok(())
}
