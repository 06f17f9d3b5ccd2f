//! Which page an address names, read and drawn. On the server alone.

use leptos_router::params::ParamsMap;
use model::{ActId, Notice, Problem, ProblemCode, SiteId};

use super::{
    connect, connections, files, group, group_forms, groups, jobs, listing, moving, parts, sets, user, users,
};
use crate::{
    ask::Ask,
    failure::Failure,
    parts::{drawn::Page, form::problem_in, query::freshness},
    signin::DemoHint,
};

/// The page of an address.
pub async fn page(ask: &Ask, path: &str, url: &str) -> Result<Page, Failure> {
    let url = ask.query(url)?;
    if path == "/connection/sites" {
        return Ok(connections::draw(ask.operations.site_connections(&ask.caller).await?));
    }
    let unknown = || ask.problem(ProblemCode::PageNotFound);
    let (site, rest) =
        path.strip_prefix("/sites/").and_then(|rest| rest.split_once('/')).ok_or_else(unknown)?;
    let site: SiteId = ask.parse(site)?;
    let rest: Vec<&str> = rest.split('/').collect();
    match of_site(ask, site, &rest, &url).await {
        Err(Failure(problem)) => closed(ask, site, problem).await,
        page => page,
    }
}

async fn of_site(ask: &Ask, site: SiteId, rest: &[&str], url: &ParamsMap) -> Result<Page, Failure> {
    let (operations, caller) = (&ask.operations, &ask.caller);
    let query = || listing::read(url).map_err(|problem| problem.with_reference(&caller.request));
    let came_back = |forms: &[&str]| forms.iter().find_map(|form| problem_in(url, form));
    let ticket = operations::ticket;
    Ok(match rest {
        ["connect"] => {
            let sheet = operations.connect_sheet(caller, &site).await?;
            let offered =
                leptos::prelude::use_context::<DemoHint>().and_then(|hint| hint.of_site(&site.to_string()));
            connect::draw(sheet, came_back(&[parts::CONNECT]), offered)
        }
        ["users"] => {
            let query = query()?;
            users::draw(operations.site_users(caller, &site, &query, freshness(url)).await?, &query)
        }
        ["users", "import"] => {
            let head = operations.head_of_site(caller, &site).await?;
            files::draw(&head, came_back(&[parts::FILE]).as_ref())
        }
        ["users", user] => user::draw(operations.site_user(caller, &site, &ask.parse(user)?).await?),
        ["users", user, "move"] => {
            let to = url.get_str("to").filter(|to| !to.is_empty()).map(|to| ask.parse(to)).transpose()?;
            let sheet = operations.move_sheet(caller, &site, &ask.parse(user)?, to).await?;
            let moved = url.get_str("notice") == Some(Notice::CredentialsMoved.code());
            moving::draw(sheet, came_back(&[parts::MOVE]), moved)
        }
        ["groups"] => {
            let query = query()?;
            groups::draw(operations.site_groups(caller, &site, &query, freshness(url)).await?, &query)
        }
        ["groups", "new"] => {
            let sheet = operations.new_group_sheet(caller, &site).await?;
            group_forms::draw_new(&sheet, came_back(&[parts::GROUP]))
        }
        ["groups", group] => {
            let query = query()?;
            let sheet = operations.site_group(caller, &site, &ask.parse(group)?, &query).await?;
            group::draw(sheet, &query, came_back(&[parts::GROUP]))
        }
        ["sets"] => {
            let query = query()?;
            let list = operations.site_group_sets(caller, &site, &query).await?;
            let ticket: ActId = ticket();
            sets::draw(list, &query, came_back(&[parts::SET]), ticket)
        }
        ["sets", set] => {
            let sheet = operations.site_group_set(caller, &site, &ask.parse(set)?).await?;
            sets::draw_one(sheet, came_back(&[parts::SET]))
        }
        ["jobs"] => {
            let query = query()?;
            jobs::draw(operations.site_jobs(caller, &site, &query).await?, &query)
        }
        ["jobs", job] => jobs::draw_one(operations.site_job(caller, &site, &ask.parse(job)?).await?),
        _ => return Err(ask.problem(ProblemCode::PageNotFound)),
    })
}

/// A site whose own API is closed has a page that says how to open it; any other problem stays what it is.
async fn closed(ask: &Ask, site: SiteId, problem: Problem) -> Result<Page, Failure> {
    let is_closed =
        [ProblemCode::SiteNotConnected, ProblemCode::SiteTokenRefused, ProblemCode::SiteTokenContested]
            .contains(&problem.code);
    if !is_closed {
        return Err(Failure(problem));
    }
    let sheet = ask.operations.connect_sheet(&ask.caller, &site).await?;
    Ok(parts::closed(site, &sheet.row.name, &problem))
}
