//! The pages that suspend and reactivate a site: consequences in words, a reason, and a typed name. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    ProblemCode,
    sites::{Site, SiteSheet, SiteStatus},
};

use super::{REACTIVATE, SUSPEND};
use crate::{
    ask::Ask,
    failure::Failure,
    parts::{
        badges::site_badge,
        drawn::{Drawing, Page},
        form::{FormProblem, TextField, problem_in, step_up_first},
        query::text,
        text::{count, number},
    },
};

/// The longest reason, as the operations have it.
const REASON_AT_MOST: u32 = 500;

/// The page of an address.
pub async fn page(ask: &Ask, path: &str, url: &str) -> Result<Page, Failure> {
    let url = ask.query(url)?;
    let ["sites", site, turn] = path.trim_matches('/').split('/').collect::<Vec<_>>()[..] else {
        return Err(ask.problem(ProblemCode::PageNotFound));
    };
    let draw = match turn {
        "suspend" => suspend,
        "reactivate" => reactivate,
        _ => return Err(ask.problem(ProblemCode::PageNotFound)),
    };
    let sheet = ask.operations.site(&ask.caller, &ask.parse(site)?).await?;
    Ok(draw(sheet, &url))
}

fn page_of(title: String, site: Site, body: impl IntoView) -> Page {
    let above = vec![("Sites".to_owned(), "/sites".to_owned()), (site.name, format!("/sites/{}", site.id))];
    Page { title, above, body: Drawing::of(body), ..Page::default() }
}

/// What was typed as the reason comes back with a problem; the name is typed anew.
fn reason_field(url: &ParamsMap, problem: FormProblem) -> impl IntoView {
    view! {
        <TextField
            name="reason"
            label="Reason"
            hint="Kept in the audit log. A ticket number is a good reason."
            longest=REASON_AT_MOST
            value=text(url, "reason")
            problem
        />
    }
}

fn suspend(sheet: SiteSheet, url: &ParamsMap) -> Page {
    let problem = Signal::stored(problem_in(url, SUSPEND));
    let (site, seats) = (sheet.row.site, sheet.row.seats);
    let people = seats.as_ref().map(|of| of.people);
    let (back, here) = (format!("/sites/{}", site.id), format!("/sites/{}/suspend", site.id));
    let who = people.map_or_else(String::new, |people| format!(" ({})", count(people, "person", "people")));
    let form = if site.status == SiteStatus::Active {
        view! {
            <form method="post" action=SUSPEND class="card form" aria-label="Suspend the site">
                {sheet.stale.then(|| step_up_first(&here))}
                <input type="hidden" name="site" value=site.id.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                {reason_field(url, problem)}
                <div class="expected">
                    "To confirm, type or paste the name of the site: " <code class="copy">{site.name.clone()}</code>
                </div>
                <TextField
                    name="typed"
                    label="Name of the site"
                    hint="Exactly as above, with capitals and spaces."
                    longest=200
                    problem
                />
                <div class="row">
                    <a class="button" href=back>"Cancel"</a>
                    <button class="button danger solid" type="submit">{format!("Suspend {}{who}", site.name)}</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        not_now("This site is not active, so it cannot be suspended: ", &site, back)
    };
    let administrators = seats.as_ref().map(|of| of.administrators);
    let body = view! { <Consequences people administrators/> {form} };
    page_of(format!("Suspend {}", site.name), site, body)
}

/// The site is in another state than the page is for.
fn not_now(words: &'static str, site: &Site, back: String) -> AnyView {
    view! {
        <div class="card">
            <p>{words} {site_badge(&site.status)}</p>
            <p><a href=back>"Back to the site"</a></p>
        </div>
    }
    .into_any()
}

#[component]
fn Consequences(people: Option<u64>, administrators: Option<u64>) -> impl IntoView {
    let who = match people {
        Some(people) => view! {
            <li>
                <strong>{count(people, "person loses", "people lose")} " access at once"</strong>
                {administrators.map(|of| format!(", {} of them administer the site", number(of)))} "."
            </li>
        }
        .into_any(),
        None => view! {
            <li><strong>"Everyone on the site loses access at once"</strong>"; Tableau did not tell how many they are."</li>
        }
        .into_any(),
    };
    view! {
        <section class="notice warn" aria-labelledby="consequences-title">
            <span aria-hidden="true">"▲"</span>
            <div>
                <h2 id="consequences-title">"What suspending does"</h2>
                <ul class="points">
                    {who}
                    <li>"Nobody can sign in to the site, open its content or embed it, until it is reactivated."</li>
                    <li>"Content, people and their roles are kept; a cloud administrator can reactivate the site at any time."</li>
                    <li>"The people keep counting in the licence counts of the site and the tenant (inferred)."</li>
                    <li>"Scheduled work of the site probably does not run meanwhile (inferred; the vendor's page is silent)."</li>
                </ul>
            </div>
        </section>
    }
}

fn reactivate(sheet: SiteSheet, url: &ParamsMap) -> Page {
    let problem = Signal::stored(problem_in(url, REACTIVATE));
    let (site, people) = (sheet.row.site, sheet.row.seats.as_ref().map(|of| of.people));
    let back = format!("/sites/{}", site.id);
    let who =
        people.map_or_else(|| "Everyone on the site".to_owned(), |people| count(people, "person", "people"));
    let form = if site.status == SiteStatus::Suspended {
        view! {
            <form method="post" action=REACTIVATE class="card form" aria-label="Reactivate the site">
                <p>{who} " can sign in to the site again, with the roles they had."</p>
                <input type="hidden" name="site" value=site.id.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                {reason_field(url, problem)}
                <div class="row">
                    <a class="button" href=back>"Cancel"</a>
                    <button class="button first" type="submit">{format!("Reactivate {}", site.name)}</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        not_now("This site is not suspended: ", &site, back)
    };
    page_of(format!("Reactivate {}", site.name), site, form)
}
