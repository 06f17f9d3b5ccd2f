//! The pages that suspend and reactivate a site: consequences in words, a reason, and a typed name.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{ActId, SiteId, sites::SiteStatus};
use serde::Deserialize;

use super::server::{SuspendSite, get_site};
use crate::codec::Told;
use crate::parts::{
    badges::site_badge,
    explained::Explained,
    form::{ProblemOfForm, TextField, problem_in_address, problem_of, step_up_first},
    heading::Heading,
    loaded::{Loaded, Reading, reading},
    text::{count, number},
};

/// The longest reason, as the operations have it.
const REASON_AT_MOST: u32 = 500;

/// The server function that reactivates.
const REACTIVATE: &str = "/api/sites/reactivate";

/// What these pages show of a `SiteSheet`.
#[derive(Deserialize)]
struct Sheet {
    row: Row,
    ticket: ActId,
    stale: bool,
}

#[derive(Deserialize)]
struct Row {
    site: Site,
    seats: Option<Seats>,
}

#[derive(Deserialize)]
struct Site {
    id: SiteId,
    name: String,
    status: SiteStatus,
}

#[derive(Deserialize)]
struct Seats {
    people: u64,
    administrators: u64,
}

/// The site, as far as these pages show it.
fn site() -> Reading<Sheet> {
    let id = site_id();
    reading(move || id.get(), move || async move { get_site(id.get_untracked()).await.map(Told::part) })
}

/// Suspending a site.
#[component]
pub fn SuspendPage() -> impl IntoView {
    // Made here, so that the problem of a failed sending outlives the reading of the site.
    let suspend = ServerAction::<SuspendSite>::new();
    // It does not follow the sending: after a typing mistake the form stays as it was filled in.
    let site = site();
    // Above the form, and not within: it stands even when the site itself cannot be read.
    let problem = problem_of(suspend);
    view! {
        <ProblemOfForm problem/>
        <Loaded from=site instead="Suspend a site" show=move |sheet| view! { <SuspendForm sheet suspend/> }/>
    }
}

fn site_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()))
}

fn above(sheet: &Sheet) -> Vec<(String, String)> {
    let site = &sheet.row.site;
    vec![("Sites".to_owned(), "/sites".to_owned()), (site.name.clone(), format!("/sites/{}", site.id))]
}

#[component]
fn SuspendForm(sheet: Sheet, suspend: ServerAction<SuspendSite>) -> impl IntoView {
    let problem = problem_of(suspend);
    let above = above(&sheet);
    let (site, people) = (sheet.row.site, sheet.row.seats.as_ref().map(|of| of.people));
    let (back, here) = (format!("/sites/{}", site.id), format!("/sites/{}/suspend", site.id));
    let who = people.map_or_else(String::new, |people| format!(" ({})", count(people, "person", "people")));
    let title = format!("Suspend {}", site.name);
    let form = if site.status == SiteStatus::Active {
        view! {
            <ActionForm action=suspend attr:class="card form" attr:aria-label="Suspend the site">
                {sheet.stale.then(|| step_up_first(&here))}
                <input type="hidden" name="site" value=site.id.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                <TextField
                    name="reason"
                    label="Reason"
                    hint="Kept in the audit log. A ticket number is a good reason."
                    longest=REASON_AT_MOST
                    problem
                />
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
                    <button class="button danger solid" type="submit" disabled=move || suspend.pending().get()>
                        {format!("Suspend {}{who}", site.name)}
                    </button>
                </div>
            </ActionForm>
        }
        .into_any()
    } else {
        not_now("This site is not active, so it cannot be suspended: ", &site, back)
    };
    view! {
        <Heading title above/>
        <Consequences people administrators=sheet.row.seats.as_ref().map(|of| of.administrators)/>
        {form}
    }
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

/// Reactivating a site.
#[component]
pub fn ReactivatePage() -> impl IntoView {
    let site = site();
    view! {
        {problem_in_address(REACTIVATE).map(|problem| view! { <Explained problem/> })}
        <Loaded from=site instead="Reactivate a site" show=|sheet| view! { <ReactivateForm sheet/> }/>
    }
}

#[component]
fn ReactivateForm(sheet: Sheet) -> impl IntoView {
    // A plain form: one field is quickly filled in again, and the browser half stays small.
    let problem = Signal::stored(problem_in_address(REACTIVATE));
    let above = above(&sheet);
    let (site, people) = (sheet.row.site, sheet.row.seats.as_ref().map(|of| of.people));
    let back = format!("/sites/{}", site.id);
    let title = format!("Reactivate {}", site.name);
    let who =
        people.map_or_else(|| "Everyone on the site".to_owned(), |people| count(people, "person", "people"));
    let form = if site.status == SiteStatus::Suspended {
        view! {
            <form method="post" action=REACTIVATE class="card form" aria-label="Reactivate the site">
                <p>{who} " can sign in to the site again, with the roles they had."</p>
                <input type="hidden" name="site" value=site.id.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                <TextField
                    name="reason"
                    label="Reason"
                    hint="Kept in the audit log. A ticket number is a good reason."
                    longest=REASON_AT_MOST
                    problem
                />
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
    view! {
        <Heading title above/>
        {form}
    }
}
