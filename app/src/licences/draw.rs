//! Which page an address names, read and drawn. On the server alone.

use leptos_router::params::ParamsMap;
use model::{Problem, ProblemCode, SiteId, licences::history::CountOf};

use super::{frees, idle, idle_query, over_time, settings};
use crate::{
    ask::Ask,
    failure::Failure,
    parts::{drawn::Page, query::freshness},
};

/// The page of an address.
pub async fn page(ask: &Ask, path: &str, url: &str) -> Result<Page, Failure> {
    let url = ask.query(url)?;
    let (operations, caller) = (&ask.operations, &ask.caller);
    let told = |problem: Problem| problem.with_reference(&caller.request);
    Ok(match path.trim_end_matches('/') {
        "/licences" => {
            let (of, days) = (of(&url).map_err(told)?, days(&url).map_err(told)?);
            over_time::draw(&operations.seats_over_time(caller, of, days).await?)
        }
        "/licences/settings" => settings::draw(operations.seat_settings(caller).await?, &url),
        "/licences/idle" => {
            let query = idle_query::read(&url).map_err(told)?;
            idle::draw(operations.idle_people(caller, &query, freshness(&url)).await?, &query)
        }
        path => {
            let user = path.strip_prefix("/licences/people/");
            let user = user.ok_or_else(|| ask.problem(ProblemCode::PageNotFound))?;
            frees::draw(operations.what_frees(caller, &ask.parse(user)?).await?, &url)
        }
    })
}

/// The place in the address; the tenant without one.
pub fn of(url: &ParamsMap) -> Result<CountOf, Problem> {
    match url.get_str("site") {
        None | Some("") => Ok(CountOf::Tenant),
        Some(id) => Ok(CountOf::Site(SiteId::parse(id)?)),
    }
}

/// The span in the address.
fn days(url: &ParamsMap) -> Result<i64, Problem> {
    match url.get_str("days") {
        None | Some("") => Ok(90),
        Some(days) => days.parse().map_err(|_| Problem::about(ProblemCode::MalformedQuery, "days")),
    }
}
