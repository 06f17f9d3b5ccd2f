//! Which page an address names, read and drawn. On the server alone.

use leptos_router::params::ParamsMap;
use model::{PageRequest, ProblemCode, SiteId, activity::LogQuery};

use super::{activity, compare, events, limits, project, sign_on, tenant, tokens};
use crate::{
    ask::Ask,
    failure::Failure,
    parts::{
        drawn::Page,
        form::problem_in,
        query::{freshness, text},
    },
};

/// The page of an address.
pub async fn page(ask: &Ask, path: &str, url: &str) -> Result<Page, Failure> {
    let url = ask.query(url)?;
    let (operations, caller) = (&ask.operations, &ask.caller);
    let came_back = |forms: &[&str]| forms.iter().find_map(|form| problem_in(&url, form));
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        ["tenant"] => {
            let sheet = operations.tenant_sheet(caller).await?;
            let asked = text(&url, "name");
            let checked = if asked.is_empty() {
                None
            } else {
                Some(operations.check_tenant_name(caller, &asked).await)
            };
            tenant::draw(sheet, asked, checked, came_back(&[super::TERMS]))
        }
        ["tokens"] => {
            let problem = came_back(&[super::TOKEN_CREATE, super::TOKEN_SWAP, super::TOKEN_REVOKE]);
            tokens::draw(operations.tokens_sheet(caller).await?, &url, problem)
        }
        ["sign-on"] => {
            let problem = came_back(&[super::OIDC_CHANGE, super::OIDC_DELETE]);
            sign_on::draw(operations.sign_on_sheet(caller).await?, &url, problem)
        }
        ["limits"] => {
            let problem = came_back(&[super::LIMITS]);
            limits::draw(operations.limits_sheet(caller, freshness(&url)).await?, &url, problem)
        }
        ["activity"] => {
            let (query, at) = read_log(ask, &url)?;
            let files = operations.log_files(caller, &query, at).await?;
            let way = match activity::wanted_file(&url) {
                Some(path) => Some(operations.log_file_progress(caller, query.site, &path).await?),
                None => None,
            };
            activity::draw(files, &query, way)
        }
        ["activity", "events"] => {
            let (query, _) = read_log(ask, &url)?;
            let wanted =
                activity::read_events(&url).map_err(|problem| problem.with_reference(&caller.request))?;
            let sheet = operations.log_events(caller, &query, &wanted, freshness(&url)).await?;
            events::draw(sheet, &query, &wanted)
        }
        ["activity", "compare"] => {
            let (query, _) = read_log(ask, &url)?;
            let (told, progress) = operations.reconcile(caller, &query, freshness(&url)).await?;
            compare::draw(told, progress, &query)
        }
        ["sites", site, "project"] => {
            let site: SiteId = ask.parse(site)?;
            let problem = came_back(&[super::PROJECT]);
            project::draw(operations.project_sheet(caller, &site).await?, text(&url, "owner"), problem)
        }
        _ => return Err(ask.problem(ProblemCode::PageNotFound)),
    })
}

/// The part of the activity log that an address names.
fn read_log(ask: &Ask, url: &ParamsMap) -> Result<(LogQuery, PageRequest), Failure> {
    let read = activity::read(url, ask.caller.now);
    Ok(read.map_err(|problem| problem.with_reference(&ask.caller.request))?)
}
