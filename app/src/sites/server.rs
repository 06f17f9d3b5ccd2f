//! What the pages of sites ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    Freshness,
    sites::{SiteSheet, SitesPage, SitesQuery},
    tenancy::NewSiteSheet,
};

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// One page of sites.
#[server(endpoint = "sites/list", input = GetUrl, output = Text)]
pub async fn list_sites(query: SitesQuery, freshness: Freshness) -> Result<Told<SitesPage>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.list_sites(&ask.caller, &query, freshness).await?)
}

/// One site, read from Tableau now.
#[server(endpoint = "sites/get", input = GetUrl, output = Text)]
pub async fn get_site(site: String) -> Result<Told<SiteSheet>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let site = ask.parse(&site)?;
    Told::of(&ask.operations.site(&ask.caller, &site).await?)
}

/// The page that suspends or reactivates a site, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "sites/turn", input = GetUrl, output = Text)]
pub async fn get_turn(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::forms::page(&ask, &path, &url).await?)
}

/// What the page that makes a site shows.
#[server(endpoint = "sites/new", input = GetUrl, output = Text)]
pub async fn get_new_site() -> Result<Told<NewSiteSheet>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.new_site_sheet(&ask.caller).await?)
}

/// Makes a site and goes on to its page. What was typed comes back with a problem.
#[server(endpoint = "sites/create")]
pub async fn create_site(
    ticket: String,
    #[server(default)] name: String,
    #[server(default)] address: String,
    #[server(default)] region: String,
    #[server(default)] pod: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let fields = [
        ("name", name.clone()),
        ("address", address.clone()),
        ("region", region.clone()),
        ("pod", pod.clone()),
        ("reason", reason.clone()),
    ];
    let form = operations::NewSiteForm { name, address, region, pod, reason, ticket: ask.parse(&ticket)? };
    match ask.operations.create_site(&ask.caller, form).await {
        Ok((notice, site)) => ask.done(&format!("/sites/{site}"), notice),
        Err(problem) => return ask.back("/sites/new", super::new::CREATE, problem, &fields),
    }
    Ok(())
}

/// Suspends a site and goes back to its page. The reason comes back with a problem.
#[server(endpoint = "sites/suspend")]
pub async fn suspend_site(
    site: String,
    ticket: String,
    #[server(default)] reason: String,
    #[server(default)] typed: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let fields = [("reason", reason.clone())];
    let form = operations::SuspendForm { site, ticket, reason, typed: Some(typed) };
    match ask.operations.suspend_site(&ask.caller, form).await {
        Ok(notice) => ask.done(&format!("/sites/{site}"), notice),
        Err(problem) => {
            return ask.back(&format!("/sites/{site}/suspend"), super::SUSPEND, problem, &fields);
        }
    }
    Ok(())
}

/// Reactivates a site and goes back to its page. The reason comes back with a problem.
#[server(endpoint = "sites/reactivate")]
pub async fn reactivate_site(
    site: String,
    ticket: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let fields = [("reason", reason.clone())];
    let form = operations::SuspendForm { site, ticket, reason, typed: None };
    match ask.operations.reactivate_site(&ask.caller, form).await {
        Ok(notice) => ask.done(&format!("/sites/{site}"), notice),
        Err(problem) => {
            return ask.back(&format!("/sites/{site}/reactivate"), super::REACTIVATE, problem, &fields);
        }
    }
    Ok(())
}

/// Asks Tableau again about an act whose answer was lost, and goes back to the site's page.
#[server(endpoint = "sites/settle")]
pub async fn settle_site(act: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let act = ask.parse(&act)?;
    let site = ask.operations.settle_site(&ask.caller, act).await?;
    leptos_axum::redirect(&format!("/sites/{site}"));
    Ok(())
}
