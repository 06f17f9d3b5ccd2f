//! Jobs that a site runs: the list, and one of them. Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, SiteId,
    site_jobs::{SiteJob, SiteJobStatus},
    site_plane::{PlaneList, PlaneQuery, SiteJobSheet},
};

use super::{
    listing::{Narrowing, Tabled, search, table, tabs},
    parts::{CANCEL, above, head, whose},
};
use crate::ask::may;
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Row, Table},
};

/// Draws the list.
pub fn draw(list: PlaneList<SiteJob>, query: &PlaneQuery) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/jobs");
    let (top, whose) = (head(&list.head, "jobs"), whose(&list.head));
    let above = above(site, &list.head.name, None);
    let days = [1, 7, 30].map(|days| {
        (
            days.to_string(),
            if days == 1 { "The last day".to_owned() } else { format!("The last {days} days") },
        )
    });
    let since = Narrowing { name: "last", label: "Created", all: "Any time", pairs: days.to_vec() };
    let search = search(&path, query, "Kind, title or id", vec![since]);
    let tabs = tabs(&path, query, &list.choices);
    let as_of = list.page.as_of;
    let heads = vec![
        Head::new("Job"),
        Head::new("State"),
        Head::new("Created").class("hide-small"),
        Head::new("Ended").class("hide-small"),
    ];
    let empty = "This site has run no jobs, or has forgotten them.";
    let tabled = Tabled { label: "Jobs of the site", heads, empty };
    let rows = table(&path, query, list.page, tabled, |job| row(site, job), |table| table);
    let body = view! {
        {top}
        <section class="card" aria-labelledby="jobs-title">
            <h2 id="jobs-title">"Jobs of this site"</h2>
            <p class="soft">"The newest that the site remembers. Tableau cleans up jobs that are over."</p>
            {search}
            {tabs}
            {rows}
        </section>
    };
    Page {
        title: "Jobs".to_owned(),
        above,
        facts: Drawing::of(whose),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn name(job: &SiteJob) -> String {
    let titled = job.title.clone().filter(|title| !title.is_empty());
    titled.unwrap_or_else(|| if job.kind.is_empty() { "Job".to_owned() } else { job.kind.clone() })
}

fn state(job: &SiteJob) -> AnyView {
    let tone = match job.status {
        SiteJobStatus::Success if job.has_failed() => "bad",
        SiteJobStatus::Success => "good",
        SiteJobStatus::Failed => "bad",
        SiteJobStatus::Cancelled => "warn",
        SiteJobStatus::InProgress => "info",
        SiteJobStatus::Pending | SiteJobStatus::Other(_) => "",
    };
    let progress =
        job.progress.filter(|_| !job.is_over()).map(|done| format!(", {done} %")).unwrap_or_default();
    badge(tone, format!("{}{progress}", job.status.words()))
}

fn row(site: SiteId, job: SiteJob) -> Row {
    let at = |at: Option<model::Moment>| Fact::time(at, "").draw();
    let kind = Some(job.kind.clone()).filter(|kind| *kind != name(&job));
    vec![
        Cell::link(format!("/sites/{site}/jobs/{}", job.id), name(&job), kind).class("word"),
        Cell::view(state(&job)),
        Cell::view(at(job.created)).class("hide-small"),
        Cell::view(at(job.completed)).class("hide-small"),
    ]
}

/// Draws one job.
pub fn draw_one(sheet: SiteJobSheet) -> Page {
    let site = sheet.head.site;
    let (top, whose) = (head(&sheet.head, "jobs"), whose(&sheet.head));
    let above = above(site, &sheet.head.name, Some("jobs"));
    let job = sheet.job;
    let title = name(&job);
    let facts = facts([
        ("State", Fact::View(state(&job))),
        ("Kind", Fact::told(Some(job.kind.clone()))),
        ("Created", Fact::time(job.created, "not told")),
        ("Started", Fact::time(job.started, "not yet")),
        ("Ended", Fact::time(job.completed, "not yet")),
        ("Id", Fact::Code(job.id.to_string())),
    ]);
    let notes = notes(&job);
    let cancel = (job.can_be_cancelled() && may(Permission::CancelJobs)).then(|| {
        view! {
            <form method="post" action=CANCEL aria-label="Cancel the job">
                <input type="hidden" name="site" value=site.to_string()/>
                <input type="hidden" name="job" value=job.id.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                <button class="button danger" type="submit">"Cancel this job"</button>
            </form>
        }
    });
    let fixed = (!job.is_over() && !job.can_be_cancelled()).then(|| {
        view! { <p class="soft">"Tableau lets nobody cancel jobs of this kind; it runs to its end."</p> }
    });
    let body = view! {
        {top}
        <section class="card" aria-labelledby="job-title">
            <h2 id="job-title">"About"</h2>
            <Pairs facts/>
            {cancel}
            {fixed}
        </section>
        {notes}
    };
    Page {
        title,
        above,
        facts: Drawing::of(whose),
        as_of: Some(sheet.as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn notes(job: &SiteJob) -> AnyView {
    let rows: Vec<Row> = job
        .notes
        .iter()
        .map(|note| {
            let mark = note.is_error().then(|| badge("bad", "error".to_owned()));
            vec![
                Cell::view(view! { {note.words().to_owned()} " " {mark} }).heads_row(),
                Cell::text(note.value.clone().unwrap_or_default()).class("num"),
                Cell::text(note.text.clone().unwrap_or_default()).class("word"),
            ]
        })
        .collect();
    let texts =
        job.texts.iter().map(|text| view! { <p class="word">{text.clone()}</p> }.into_any()).collect_view();
    let body = if rows.is_empty() && job.texts.is_empty() {
        view! { <p class="empty">"The site noted nothing so far."</p> }.into_any()
    } else {
        let heads = vec![Head::new("What"), Head::num("How many"), Head::new("In the site's words")];
        let table = (!rows.is_empty()).then(|| view! { <Table label="Notes of the site" heads rows/> });
        view! { {table} {texts} }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="notes-title">
            <h2 id="notes-title">"What the site noted"</h2>
            {body}
        </section>
    }
    .into_any()
}
