//! One site: everything the vendor tells, its people, its limits, and what was done to it here.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    audit::AuditRow,
    licences::{SiteSeats, Tier},
    sites::{Site, SiteSheet, SiteStatus},
};

use super::{
    facts::Facts,
    server::{SettleSite, get_site},
};
use crate::parts::{
    badges::{ActBadge, SiteBadge},
    bars::Headroom,
    form::{ProblemOfForm, problem_of},
    heading::{AsOf, Heading},
    loaded::Loaded,
    text::{MaybeTime, Time, count, number},
};

/// One site.
#[component]
pub fn SiteDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let settle = ServerAction::<SettleSite>::new();
    let site = Resource::new(move || (id(), settle.version().get()), |(id, _)| get_site(id));
    view! { <Loaded from=site show=move |sheet| view! { <Sheet sheet settle/> }/> }
}

#[component]
fn Sheet(sheet: SiteSheet, settle: ServerAction<SettleSite>) -> impl IntoView {
    let question = sheet.open_question().cloned();
    let SiteSheet { row, acts, as_of, .. } = sheet;
    let site = row.site;
    let people = row.seats.map(|of| of.people);
    let turned = site.clone();
    view! {
        <Heading title=site.name.clone() above=vec![("Sites".to_owned(), "/sites".to_owned())]>
            <Turn site=turned people/>
        </Heading>
        <p class="facts">
            <SiteBadge status=site.status.clone()/>
            <span>{row.region.clone()}</span>
            <AsOf at=as_of refresh=format!("/sites/{}?refresh={}", site.id, as_of.time().unix_timestamp())/>
        </p>
        {question.map(|act| view! { <OpenQuestion act site=site.clone() settle/> })}
        {(site.status == SiteStatus::Suspended).then(|| view! { <SuspendedNote since=site.suspended/> })}
        <People seats=row.seats site=site.clone()/>
        <Facts site region=row.region/>
        <History acts/>
    }
}

/// The way to the page that suspends or reactivates the site.
#[component]
fn Turn(site: Site, people: Option<u64>) -> impl IntoView {
    match site.status {
        SiteStatus::Active => {
            let who = people.map_or_else(String::new, |people| format!(" ({})", count(people, "person", "people")));
            view! { <a class="button danger" href=format!("/sites/{}/suspend", site.id)>"Suspend "{site.name}{who}</a> }
                .into_any()
        }
        SiteStatus::Suspended => {
            view! { <a class="button first" href=format!("/sites/{}/reactivate", site.id)>"Reactivate "{site.name}</a> }
                .into_any()
        }
        SiteStatus::Other(_) => ().into_any(),
    }
}

#[component]
fn SuspendedNote(since: Option<model::Moment>) -> impl IntoView {
    view! {
        <div class="notice bad">
            <span aria-hidden="true">"⏸"</span>
            <p>
                <strong>"This site is suspended"</strong> {since.map(|at| view! { " since " <Time at/> })}
                ". Nobody can sign in to it. Its people and content are kept."
            </p>
        </div>
    }
}

/// An act whose answer was lost: what is known, and the way to look again. Nothing is sent again.
#[component]
fn OpenQuestion(act: AuditRow, site: Site, settle: ServerAction<SettleSite>) -> impl IntoView {
    let problem = problem_of(settle);
    view! {
        <div class="notice warn" role="status">
            <span aria-hidden="true">"?"</span>
            <div>
                <p>
                    <strong>"The fate of a change is unknown: "{act.sentence()}"."</strong>
                    " It was sent at " <Time at=act.at/> " by " {act.who.clone()}
                    " and its answer was lost. Tableau now says that the site is " <strong>{site.status.word().to_owned()}</strong>
                    ". Steward does not send it again by itself."
                </p>
                <ProblemOfForm problem/>
                <ActionForm action=settle>
                    <input type="hidden" name="act" value=act.act.to_string()/>
                    <button class="button" type="submit">"Ask Tableau again and write down the answer"</button>
                </ActionForm>
                <p class="soft"><a href=format!("/audit/{}", act.act)>"The entry in the audit log"</a></p>
            </div>
        </div>
    }
}

#[component]
fn People(seats: Option<SiteSeats>, site: Site) -> impl IntoView {
    let body = match seats {
        Some(of) => {
            let rows = Tier::ALL
                .map(|tier| {
                    let limit = site.limits.of(tier);
                    let at_most = limit.at_most.map_or_else(|| "none told".to_owned(), number);
                    let left = limit.at_most.map(|most| number(most.saturating_sub(of.seats.of(tier))));
                    let whose = match limit.cloud_default {
                        Some(true) => "default of the cloud",
                        Some(false) => "the site's own",
                        None => "",
                    };
                    view! {
                        <tr>
                            <th scope="row">{tier.word()}</th>
                            <td class="num"><Headroom tier seats=of.seats limits=site.limits/></td>
                            <td class="num">{at_most}</td>
                            <td class="num">{left}</td>
                            <td class="soft">{whose}</td>
                        </tr>
                    }
                })
                .into_iter()
                .collect_view();
            view! {
                <div class="table" role="region" aria-labelledby="people-title" tabindex="0">
                    <table>
                        <caption>
                            {count(of.people, "person", "people")} " on this site, " {number(of.administrators)}
                            " of them administer it."
                        </caption>
                        <thead>
                            <tr>
                                <th scope="col">"Seat"</th>
                                <th scope="col" class="num">"People"</th>
                                <th scope="col" class="num">"Role limit"</th>
                                <th scope="col" class="num">"Left"</th>
                                <th scope="col">"Whose limit"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
        None => view! { <p class="empty">"The counts of this site did not come. The rest of the page is as Tableau tells it."</p> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="people-title">
            <h2 id="people-title">"People and role limits"</h2>
            {body}
        </section>
    }
}

#[component]
fn History(acts: Vec<AuditRow>) -> impl IntoView {
    let body = if acts.is_empty() {
        view! { <p class="empty">"Nothing was changed on this site through Steward so far."</p> }.into_any()
    } else {
        let rows = acts.into_iter().map(|act| {
            view! {
                <li>
                    <ActBadge state=act.state/>
                    <a href=format!("/audit/{}", act.act)>{act.sentence()}</a>
                    <small>"by " {act.who} ", " <MaybeTime at=Some(act.at) none=""/></small>
                    {act.reason.map(|reason| view! { <small>"“" {reason} "”"</small> })}
                </li>
            }
        });
        view! { <ul class="history">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="history-title">
            <h2 id="history-title">"Done here through Steward"</h2>
            {body}
        </section>
    }
}
