//! The events of a part of the activity log as a table. Drawn on the server.

use leptos::prelude::*;
use model::{
    PageRequest, Problem,
    activity::{EventRow, EventsQuery, EventsSheet, LogQuery, Progress, kind_words},
};

use super::activity::{bytes, values};
use crate::parts::{
    badges::badge,
    choice::ChoiceOf,
    drawn::{Drawing, Page},
    explained::Beside,
    query::address,
    table::{Cell, Head, Place, Row, Table, pager},
    text::{Time, count, number},
};

/// The address of the events.
const PATH: &str = "/activity/events";

pub(super) fn above(query: &LogQuery) -> Vec<(String, String)> {
    vec![("Tableau's activity log".to_owned(), address("/activity", &values(query)))]
}

fn href(path: &str, query: &LogQuery, wanted: &EventsQuery) -> String {
    let mut all = values(query);
    all.extend([
        ("q", wanted.search.clone()),
        ("event", wanted.kind.clone()),
        ("outcome", wanted.outcome.clone()),
    ]);
    let usual = PageRequest::default();
    if wanted.page.number != usual.number {
        all.push(("page", wanted.page.number.to_string()));
    }
    if wanted.page.size != usual.size {
        all.push(("size", wanted.page.size.to_string()));
    }
    address(path, &all)
}

/// Draws the events.
pub fn draw(sheet: EventsSheet, query: &LogQuery, wanted: &EventsQuery) -> Page {
    let EventsSheet { page, kinds, outcomes, progress, exported_at_most } = sheet;
    let pages = |number, size| {
        href(PATH, query, &EventsQuery { page: PageRequest { number, size }, ..wanted.clone() })
    };
    let as_of = page.as_of;
    let pager = pager(Place::from(&page), &pages);
    let (is_empty, of) = (page.rows.is_empty(), page.of);
    let beside = export(&progress, href("/activity/export", query, wanted), page.total, exported_at_most);
    let rows: Vec<Row> = page.rows.into_iter().map(|row| event_row(row, true)).collect();
    let list = match (is_empty, of, progress.over) {
        (true, 0, false) => {
            view! { <p class="empty">"Nothing is read yet. This page shows events hour by hour, as they come."</p> }
                .into_any()
        }
        (true, 0, true) => view! { <p class="empty">"This part of the log has no events."</p> }.into_any(),
        (true, of, _) => {
            let all = address(PATH, &values(query));
            view! { <p class="empty">{format!("No event is like this, of {}. ", number(of))} <a href=all>"Show all"</a></p> }.into_any()
        }
        (false, ..) => view! { <Table label="Events" heads=heads() rows/> {pager} }.into_any(),
    };
    let body = view! {
        {told(&progress, &href(PATH, query, wanted))}
        <section class="card" aria-labelledby="events-title">
            <h2 id="events-title">"Events"</h2>
            {filter(query, wanted, kinds, outcomes)}
            {list}
        </section>
    };
    Page {
        title: "Events".to_owned(),
        above: above(query),
        beside: Drawing::of(beside),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// The button that exports, once there is a whole to export, and what the file will not have.
fn export(progress: &Progress, href: String, found: u64, at_most: u64) -> AnyView {
    if !progress.over || progress.problem.is_some() {
        return view! { <span class="soft">"Exported once all of it is read"</span> }.into_any();
    }
    let cut = (found > at_most).then(|| {
        format!("The newest {} of {}: choose fewer for all of them.", number(at_most), number(found))
    });
    let without = (progress.left_out() > 0).then(|| {
        let files = count(progress.left_out(), "file", "files");
        format!("Without {files} that did not come.")
    });
    let told = [cut, without].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let told = (!told.is_empty()).then(|| view! { <span class="soft">{told}</span> " " });
    view! { {told} <a class="button" href=href rel="external">"Export what is found"</a> }.into_any()
}

pub(super) fn heads() -> Vec<Head> {
    vec![
        Head::new("Time"),
        Head::new("What"),
        Head::new("Outcome"),
        Head::new("Who"),
        Head::new("Network address").class("hide-small"),
        Head::new("Program").class("hide-small"),
    ]
}

pub(super) fn event_row(row: EventRow, linked: bool) -> Row {
    let EventRow { at, kind, outcome, who, address: from, agent, request } = row;
    let at = match at {
        Some(at) => view! { <Time at/> }.into_any(),
        None => view! { <span class="soft">"not told"</span> }.into_any(),
    };
    let tone = match outcome.as_str() {
        "success" => "good",
        "" => "",
        _ => "bad",
    };
    let outcome = if outcome.is_empty() { "not told".to_owned() } else { kind_words(&outcome) };
    let ours = request.filter(|_| linked).map(|request| {
        view! { " " <a href=address("/audit", &[("q", request)])>"Steward's own log"</a> }
    });
    let who = if who.is_empty() { "not told".to_owned() } else { who };
    vec![
        Cell::view(at).heads_row(),
        Cell::text(kind_words(&kind)),
        Cell::view(badge(tone, outcome)),
        Cell::text(who).class("word"),
        Cell::text(from).class("hide-small"),
        Cell::view(view! { <span class="word">{agent}</span> {ours} }).class("hide-small"),
    ]
}

fn filter(
    query: &LogQuery,
    wanted: &EventsQuery,
    kinds: Vec<(String, u64)>,
    outcomes: Vec<(String, u64)>,
) -> AnyView {
    let named = |pairs: Vec<(String, u64)>| -> Vec<(String, String)> {
        let words = |(word, events): (String, u64)| {
            let told = format!("{} ({})", kind_words(&word), number(events));
            (word, told)
        };
        pairs.into_iter().map(words).collect()
    };
    let hidden = values(query)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="get" action=PATH class="filters" role="search">
            {hidden}
            <label>
                <span>"Name, address, program or request"</span>
                <input class="field" type="search" name="q" value=wanted.search.clone() maxlength="200"/>
            </label>
            <ChoiceOf label="What" name="event" all="Any event" chosen=wanted.kind.clone() pairs=named(kinds)/>
            <ChoiceOf label="Outcome" name="outcome" all="Any outcome" chosen=wanted.outcome.clone() pairs=named(outcomes)/>
            <button class="button first" type="submit">"Show"</button>
        </form>
    }
    .into_any()
}

/// How far the reading is, and what is missing.
pub(super) fn told(progress: &Progress, again: &str) -> AnyView {
    let Progress { files, of, bytes: size, over, .. } = progress;
    let anew = || format!("{again}&refresh=yes");
    let far = if *over {
        let words = format!("{} read, {}. ", count(*files, "file", "files"), bytes(*size));
        view! { <p class="soft">{words} <a href=anew() rel="external">"Read again"</a></p> }.into_any()
    } else {
        let words = format!("{} of {} read, {}. ", number(*files), count(*of, "file", "files"), bytes(*size));
        let view = view! {
            <div class="notice info" role="status">
                <span aria-hidden="true">"…"</span>
                <p>{words} "Events are shown as they come, newest hours first. " <a href=again.to_owned() rel="external">"Show what is read by now"</a></p>
            </div>
        };
        view.into_any()
    };
    let mut flaws: Vec<String> = Vec::new();
    if !progress.damaged.is_empty() {
        let files = count(progress.damaged.len() as u64, "file is", "files are");
        flaws.push(format!(
            "{files} not what Tableau said (another MD5). Nothing of it is shown: {}",
            named(&progress.damaged)
        ));
    }
    if !progress.gone.is_empty() {
        let files = count(progress.gone.len() as u64, "file is", "files are");
        flaws.push(format!("{files} gone, or the address was refused twice: {}", named(&progress.gone)));
    }
    if !progress.failed.is_empty() {
        let files = count(progress.failed.len() as u64, "file", "files");
        let why = progress.failed.iter().take(3).map(|(path, code)| {
            let said = Problem::new(*code).explain();
            format!("{path} ({})", said.title)
        });
        let more = if progress.failed.len() > 3 { ", …" } else { "" };
        let why = why.collect::<Vec<_>>().join(", ");
        flaws.push(format!("{files} did not come, after more than one try: {why}{more}"));
    }
    if progress.unreadable > 0 {
        let lines = count(progress.unreadable, "line is", "lines are");
        flaws.push(format!(
            "{lines} no whole event, such as half a line or one that does not end. The downloaded file has them as they are."
        ));
    }
    if progress.not_compared > 0 {
        let files = count(progress.not_compared, "file has", "files have");
        flaws.push(format!("{files} no MD5 to compare with: Tableau told none."));
    }
    let flaws = (!flaws.is_empty()).then(|| {
        let flaws = flaws.into_iter().map(|flaw| view! { <li class="word">{flaw}</li> }).collect_view();
        view! {
            <div class="notice warn"><span aria-hidden="true">"▲"</span><ul class="points">{flaws}</ul></div>
        }
    });
    let problem = progress.problem.clone().map(|problem| {
        view! { <Beside what="The reading ended early; what came before is shown." problem/> }
    });
    view! { {far} {problem} {flaws} }.into_any()
}

/// Paths, the first few of them.
fn named(paths: &[String]) -> String {
    let first = paths.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    if paths.len() > 3 { format!("{first}, …") } else { first }
}
