//! What the pages of a site's own API ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]
#![allow(clippy::too_many_arguments, reason = "the arguments are the fields of a form")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::{
    codec::{Text, Told},
    failure::Failure,
    parts::drawn::Page,
};

/// A page of a site's own API, drawn. `path` is its address, `url` what stands behind the question mark.
#[server(endpoint = "plane/get", input = GetUrl, output = Text)]
pub async fn get_plane(path: String, #[server(default)] url: String) -> Result<Told<Page>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&super::draw::page(&ask, &path, &url).await?)
}

/// Connects a site with a token of that site.
#[server(endpoint = "plane/connect")]
pub async fn connect_site(
    site: String,
    ticket: String,
    #[server(default)] token_name: String,
    #[server(default)] token: String,
    #[server(default)] expires: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let form = operations::ConnectForm { site, token_name, secret: token.into(), expires, ticket };
    let notice = ask.operations.connect_site(&ask.caller, form).await?;
    ask.done(&format!("/sites/{site}/connect"), notice);
    Ok(())
}

/// Ends the connection to a site.
#[server(endpoint = "plane/disconnect")]
pub async fn disconnect_site(site: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let notice = ask.operations.disconnect_site(&ask.caller, &site, ticket).await?;
    ask.done(&format!("/sites/{site}/connect"), notice);
    Ok(())
}

/// Tries a stopped connection again.
#[server(endpoint = "plane/retry")]
pub async fn retry_site(site: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let site = ask.parse(&site)?;
    ask.operations.try_site_again(&ask.caller, &site).await?;
    leptos_axum::redirect(&format!("/sites/{site}/connect"));
    Ok(())
}

/// Makes a group or changes one.
#[server(endpoint = "plane/group")]
pub async fn change_group(
    site: String,
    ticket: String,
    #[server(default)] group: String,
    #[server(default)] change: String,
    #[server(default)] name: String,
    #[server(default)] role: String,
    #[server(default)] on_demand: String,
    #[server(default)] domain: String,
    #[server(default)] grant: String,
    #[server(default)] as_job: String,
    #[server(default)] typed: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let group = if group.is_empty() { None } else { Some(ask.parse(&group)?) };
    let form = operations::GroupForm {
        site,
        group,
        change,
        name,
        role,
        on_demand,
        domain,
        grant,
        as_job,
        typed,
        reason,
        ticket,
    };
    let (notice, came) = ask.operations.change_group(&ask.caller, form).await?;
    let to = match came {
        operations::GroupCame::Group(group) => format!("/sites/{site}/groups/{group}"),
        operations::GroupCame::Job(job) => format!("/sites/{site}/jobs/{job}"),
        operations::GroupCame::Nowhere => format!("/sites/{site}/groups"),
    };
    ask.done(&to, notice);
    Ok(())
}

/// Makes a group set or changes one.
#[server(endpoint = "plane/set")]
pub async fn change_set(
    site: String,
    ticket: String,
    #[server(default)] set: String,
    #[server(default)] change: String,
    #[server(default)] name: String,
    #[server(default)] group: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, ticket) = (ask.parse(&site)?, ask.parse(&ticket)?);
    let set = if set.is_empty() { None } else { Some(ask.parse(&set)?) };
    let group = if group.is_empty() { None } else { Some(ask.parse(&group)?) };
    let form = operations::GroupSetForm { site, set, change, name, group, ticket };
    let (notice, set) = ask.operations.change_group_set(&ask.caller, form).await?;
    let sets = format!("/sites/{site}/sets");
    ask.done(&set.map_or_else(|| sets.clone(), |set| format!("{sets}/{set}")), notice);
    Ok(())
}

/// Plans a change of who is in a group.
#[server(endpoint = "plane/members")]
pub async fn plan_members(
    site: String,
    group: String,
    #[server(default)] mode: String,
    #[server(default)] names: String,
    #[server(default)] ids: Vec<String>,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, group) = (ask.parse(&site)?, ask.parse(&group)?);
    let ids = ids.iter().map(|id| ask.parse(id)).collect::<Result<_, _>>()?;
    let form = operations::MembersForm { site, group, mode, names, ids };
    let plan = ask.operations.plan_members(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}

/// Plans a change of users of a site.
#[server(endpoint = "plane/users")]
pub async fn plan_site_users(
    site: String,
    #[server(default)] change: String,
    #[server(default)] names: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] role: String,
    #[server(default)] sign_in: String,
    #[server(default)] assets_to: String,
) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let site = ask.parse(&site)?;
    let ids = ids.iter().map(|id| ask.parse(id)).collect::<Result<_, _>>()?;
    let form = operations::SiteUsersForm { site, change, names, ids, role, sign_in, assets_to };
    let plan = ask.operations.plan_site_users(&ask.caller, form).await?;
    leptos_axum::redirect(&format!("/plans/{plan}"));
    Ok(())
}

/// Cancels a job of a site.
#[server(endpoint = "plane/cancel")]
pub async fn cancel_site_job(site: String, job: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, job, ticket) = (ask.parse(&site)?, ask.parse(&job)?, ask.parse(&ticket)?);
    let notice = ask.operations.cancel_site_job(&ask.caller, &site, &job, ticket).await?;
    ask.done(&format!("/sites/{site}/jobs/{job}"), notice);
    Ok(())
}

/// Moves the saved credentials of a person to another site.
#[server(endpoint = "plane/move")]
pub async fn move_credentials(site: String, user: String, to: String, ticket: String) -> Result<(), Failure> {
    let ask = crate::ask::Ask::current().await?;
    let (site, to) = (ask.parse(&site)?, ask.parse(&to)?);
    let (user, ticket) = (ask.parse(&user)?, ask.parse(&ticket)?);
    let notice = ask.operations.move_credentials(&ask.caller, &site, &user, &to, ticket).await?;
    ask.done(&format!("/sites/{site}/users/{user}/move?to={to}"), notice);
    Ok(())
}
