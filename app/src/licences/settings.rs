//! What people set about licences: purchased seats, thresholds, and the address for news with what became of them. Drawn
//! on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    ActId, Moment, Problem, ProblemCode,
    licences::{
        Tier,
        keeping::Set,
        news::{Hook, News, NewsState},
        sheets::SeatSettingsSheet,
    },
};

use super::page::{END_HOOK, HOOK, PURCHASED, TEST_HOOK, THRESHOLDS, above};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    form::problem_in,
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Row, Table},
    text::{count, stretch},
};

/// Draws the page. `url` may bring back a problem of one of its forms.
pub fn draw(sheet: SeatSettingsSheet, url: &ParamsMap) -> Page {
    let SeatSettingsSheet { settings, hook, news, tickets, now } = sheet;
    let [seats, thresholds, set, end] = tickets;
    let body = view! {
        {purchased(&settings, seats, problem_in(url, PURCHASED).as_ref())}
        {limits(&settings, thresholds, problem_in(url, THRESHOLDS).as_ref())}
        {address(hook.as_ref(), set, end, problem_in(url, HOOK).as_ref())}
        {sent(news, hook.is_some(), now)}
    };
    Page { title: "Limits and news".to_owned(), above: above(), body: Drawing::of(body), ..Page::default() }
}

/// Who set it and when.
fn set_by<T>(set: Option<&Set<T>>, none: &'static str) -> AnyView {
    match set {
        Some(set) => view! {
            <p class="soft">
                "Set by " {set.by.clone()} ", " <time datetime=set.at.machine()>{set.at.to_string()}</time> "."
            </p>
        }
        .into_any(),
        None => view! { <p class="soft">{none}</p> }.into_any(),
    }
}

fn purchased(
    settings: &model::licences::keeping::SeatSettings,
    ticket: ActId,
    problem: Option<&Problem>,
) -> AnyView {
    let wrong = problem.filter(|problem| problem.code == ProblemCode::SeatsWrong);
    let fields = [
        (Tier::Creator, "creators", "Creator seats"),
        (Tier::Explorer, "explorers", "Explorer seats"),
        (Tier::Viewer, "viewers", "Viewer seats"),
    ]
    .map(|(tier, name, label)| {
        let value = settings.purchased(tier).map(|seats| seats.to_string()).unwrap_or_default();
        let is_wrong = wrong.is_some_and(|problem| problem.about.as_deref() == Some(name));
        let said = is_wrong.then_some(ProblemCode::SeatsWrong).map(|code| Problem::new(code).explain().title);
        let described = format!("{name}-problem");
        view! {
            <div class="field-group">
                <label for=name>{label}</label>
                <input
                    class="field"
                    type="text"
                    inputmode="numeric"
                    id=name
                    name=name
                    value=value
                    maxlength="14"
                    autocomplete="off"
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=described.clone()
                />
                <p class="field-problem" id=described>{said}</p>
            </div>
        }
        .into_any()
    })
    .collect_view();
    view! {
        <section class="card" aria-labelledby="purchased-title">
            <h2 id="purchased-title">"Purchased seats"</h2>
            <p>
                "Tableau's API tells how many seats are in use and not how many were bought. Type in what your contract says; forecasts and thresholds of the tenant go by it. Leave empty what you do not want watched."
            </p>
            {set_by(settings.purchased.as_ref(), "Nobody typed them in so far.")}
            <form method="post" action=PURCHASED class="form wide" aria-label="Purchased seats">
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <div class="fields">{fields}</div>
                <div class="row"><button class="button first" type="submit">"Keep these numbers"</button></div>
            </form>
        </section>
    }
    .into_any()
}

fn limits(
    settings: &model::licences::keeping::SeatSettings,
    ticket: ActId,
    problem: Option<&Problem>,
) -> AnyView {
    let wrong = problem.filter(|problem| problem.code == ProblemCode::ThresholdsWrong);
    let said = wrong.map(|problem| problem.explain().title);
    view! {
        <section class="card" aria-labelledby="thresholds-title">
            <h2 id="thresholds-title">"Thresholds"</h2>
            <p>
                "When the use of a limit reaches one of these parts of it, a banner says so here and on the overview, and a message goes to the address below. Limits are the purchased seats above and the role limits of the sites."
            </p>
            {set_by(settings.thresholds.as_ref(), "These are the usual ones; nobody changed them.")}
            <form method="post" action=THRESHOLDS class="form" aria-label="Thresholds">
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <div class="field-group">
                    <label for="thresholds">"Percent, with commas between"</label>
                    <p class="soft" id="thresholds-hint">"One to five whole numbers between 1 and 100."</p>
                    <input
                        class="field"
                        type="text"
                        id="thresholds"
                        name="thresholds"
                        value=settings.thresholds().words()
                        required
                        maxlength="60"
                        autocomplete="off"
                        aria-describedby="thresholds-hint thresholds-problem"
                        aria-invalid=wrong.is_some().then_some("true")
                    />
                    <p class="field-problem" id="thresholds-problem">{said}</p>
                </div>
                <div class="row"><button class="button first" type="submit">"Set the thresholds"</button></div>
            </form>
        </section>
    }
    .into_any()
}

fn address(hook: Option<&Hook>, set: ActId, end: ActId, problem: Option<&Problem>) -> AnyView {
    let said =
        problem.filter(|problem| problem.field() == Some("url")).map(|problem| problem.explain().title);
    let is_wrong = said.is_some();
    let known = hook.map(|hook| {
        let facts = facts([
            ("Address", Fact::Code(hook.url.clone())),
            ("Set by", Fact::Text(hook.by.clone())),
            ("Set", Fact::Time(hook.at)),
            ("Secret", Fact::Text("sealed; it was shown once".to_owned())),
        ]);
        view! {
            <Pairs facts/>
            <div class="row lead-out">
                <form method="post" action=TEST_HOOK>
                    <button class="button" type="submit">"Send a test message"</button>
                </form>
                <form method="post" action=END_HOOK>
                    <input type="hidden" name="ticket" value=end.to_string()/>
                    <button class="button danger" type="submit">"Take this address away"</button>
                </form>
            </div>
        }
    });
    let (label, button) = if hook.is_some() {
        ("Another address (with a new secret)", "Use this address instead")
    } else {
        ("Address", "Set the address and show its secret")
    };
    view! {
        <section class="card" aria-labelledby="hook-title">
            <h2 id="hook-title">"News to an address of yours"</h2>
            <p>
                "Steward sends a signed message (JSON, by POST) when a threshold is passed. It holds the tenant's id, the site, the kind of seat and the numbers, and nothing about any person."
            </p>
            {known}
            <form method="post" action=HOOK class="form" aria-label="Address for news">
                <input type="hidden" name="ticket" value=set.to_string()/>
                <div class="field-group">
                    <label for="url">{label}</label>
                    <p class="soft" id="url-hint">"It begins with https:// and leads to the open internet. A redirect is not followed."</p>
                    <input
                        class="field"
                        type="url"
                        id="url"
                        name="url"
                        required
                        maxlength="500"
                        autocomplete="off"
                        aria-describedby="url-hint url-problem"
                        aria-invalid=is_wrong.then_some("true")
                    />
                    <p class="field-problem" id="url-problem">{said}</p>
                </div>
                <div class="row"><button class="button first" type="submit">{button}</button></div>
            </form>
            <details class="counted">
                <summary>"How is a message checked?"</summary>
                <div>
                    <p>
                        "The header " <code>"Steward-Signature"</code> " holds " <code>"t=…,v1=…"</code>
                        ": the time in seconds since 1970, and HMAC-SHA256 in hex, with the secret as key, over the time, a full stop and the bytes of the body. Compute the same, compare in constant time, and refuse a message that is more than five minutes old."
                    </p>
                    <p>
                        "The header " <code>"Steward-Delivery"</code>
                        " holds the message's id, the same on every try. Any status from 200 to 299 counts as taken. Everything else is tried again after 30 seconds, 2 and 10 minutes, then 1, 3, 6, 12 and 24 hours, and then given up."
                    </p>
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn sent(news: Vec<News>, with_hook: bool, now: Moment) -> AnyView {
    let body = if news.is_empty() {
        let words = if with_hook {
            "Nothing was sent so far. Thresholds that were passed before the address was set are not sent afterwards."
        } else {
            "Nothing was sent so far."
        };
        view! { <p class="empty">{words}</p> }.into_any()
    } else {
        let rows = news.into_iter().map(|news| row(news, now)).collect();
        let heads = vec![
            Head::new("Message"),
            Head::new("Made").class("hide-small"),
            Head::new("State"),
            Head::new("Every try"),
        ];
        view! { <Table label="News that were sent" heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="sent-title">
            <h2 id="sent-title">"What became of them"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(news: News, now: Moment) -> Row {
    let tone = match news.state {
        NewsState::Waiting => "info",
        NewsState::Taken => "good",
        NewsState::GivenUp => "bad",
        NewsState::Dropped => "",
    };
    let word = match news.state {
        NewsState::Waiting => "waiting",
        NewsState::Taken => "taken",
        NewsState::GivenUp => "given up",
        NewsState::Dropped => "dropped",
    };
    let next = news.next.filter(|_| !news.tries.is_empty()).map(|next| {
        let words = format!("Next try in {}", stretch(now.seconds_until(next)));
        view! { <small>{words}</small> }
    });
    let none = news.tries.is_empty().then(|| view! { <li class="soft">"not tried yet"</li> });
    let tries = news
        .tries
        .iter()
        .map(|it| {
            let time = format!("{}, {}", it.at, count(it.milliseconds, "millisecond", "milliseconds"));
            view! { <li>{it.outcome.words()} <small>{time}</small></li> }.into_any()
        })
        .collect_view();
    vec![
        Cell::view(view! { {news.told} <small><code>{news.id.to_string()}</code></small> })
            .heads_row()
            .class("word"),
        Cell::view(Fact::Time(news.made).draw()).class("hide-small"),
        Cell::view(view! { {badge(tone, word.to_owned())} {next} }),
        Cell::view(view! { <ol class="tries">{tries} {none}</ol> }),
    ]
}
