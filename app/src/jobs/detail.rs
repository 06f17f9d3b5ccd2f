//! One job: how it stands, how it came there, and what became of each row.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use model::{
    JobId, PageRequest, Problem, ProblemCode,
    jobs::{Job, JobSheet, Outcome},
};

use super::{items::Items, kinds, server::get_job};
use crate::{
    failure::Failure,
    parts::{
        badges::job_badge,
        bars::progress,
        heading::Heading,
        live::{follow, look_again},
        loaded::{Loaded, reading},
        pairs::{Fact, Pairs, facts},
        query::page,
        text::number,
    },
};

/// What the URL says: which job, which rows, which page of them.
pub type Asked = (String, Result<(Outcome, PageRequest), Problem>);

/// One job.
#[component]
pub fn JobDetailPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let asked: Memo<Asked> = Memo::new(move |_| (id.get(), query.with(read)));
    // Counts up with each piece of news from the server.
    let news = RwSignal::new(0_u32);
    follow("job", id, news);
    let about = move || format!("{} {} {}", id.get(), query.with(ParamsMap::to_query_string), news.get());
    let job = reading(about, move || {
        let (id, asked) = asked.get();
        async move {
            let (outcome, page) = asked.map_err(Failure)?;
            get_job(id, outcome, page).await
        }
    });
    let chosen =
        move || asked.with(|(_, asked)| asked.as_ref().map(|(outcome, _)| *outcome).unwrap_or_default());
    view! { <Loaded from=job instead="Job" show=move |sheet| view! { <Sheet sheet outcome=chosen()/> }/> }
}

fn read(query: &ParamsMap) -> Result<(Outcome, PageRequest), Problem> {
    let outcome = match query.get_str("rows") {
        None | Some("" | "all") => Outcome::All,
        Some("look") => Outcome::Look,
        Some("done") => Outcome::Done,
        Some("open") => Outcome::Open,
        Some(_) => return Err(Problem::about(ProblemCode::MalformedQuery, "rows")),
    };
    Ok((outcome, page(query)?))
}

#[component]
fn Sheet(sheet: JobSheet, outcome: Outcome) -> impl IntoView {
    let job = sheet.job.clone();
    let site = sheet.site_name.clone();
    let to = site.map_or_else(String::new, |site| format!(": {site}"));
    let title = format!("{}{to}", kinds::operation(&job.operation));
    let run = sheet.run.map(|run| view! { <a href=format!("/runs/{run}")>"part of a run"</a> }.into_any());
    let again = (!job.status.is_over()).then(look_again);
    view! {
        <Heading title above=vec![("Jobs".to_owned(), "/jobs".to_owned())]/>
        {again}
        <p class="facts">
            {job_badge(&job.status, job.is_partial())}
            <span>"Tableau job " <code class="copy">{job.id.to_string()}</code></span>
            {run}
        </p>
        <Progress job=job.clone()/>
        <Items sheet outcome/>
        <Facts job/>
    }
}

#[component]
fn Progress(job: Job) -> impl IntoView {
    let steps = job
        .history
        .iter()
        .map(|step| {
            let class = if step.status == job.status && !job.status.is_over() { "now" } else { "done" };
            view! {
                <li class=class>
                    <strong>{step.status.words().to_owned()}</strong>
                    <small>{Fact::time(step.at, "time not told").draw()}</small>
                </li>
            }
            .into_any()
        })
        .collect_view();
    let partial = job.is_partial().then(|| {
        view! {
            <div class="notice warn">
                <span aria-hidden="true">"▲"</span>
                <p>"Tableau calls this job successful, but " <strong>{number(job.failed)}</strong> " of its rows failed."</p>
            </div>
        }
    });
    let skipped = job
        .skipped
        .filter(|skipped| *skipped > 0)
        .map(|skipped| format!(" · {} empty lines skipped", number(skipped)));
    let live = (!job.status.is_over())
        .then(|| view! { <small class="soft">"This page follows the job by itself."</small> });
    view! {
        {partial}
        <section class="card" aria-labelledby="progress-title">
            <h2 id="progress-title">"Progress"</h2>
            <ol class="steps">{steps}</ol>
            {progress(job.successful, 0, job.failed, job.expected)}
            <p role="status">
                {number(job.successful)} " done · " {number(job.failed)} " failed · " {number(job.waiting())} " waiting · of "
                {number(job.expected)} {skipped}
            </p>
            {live}
        </section>
    }
}

#[component]
fn Facts(job: Job) -> impl IntoView {
    let link = |id: Option<JobId>| {
        id.map_or(Fact::None("–"), |id| Fact::Link(format!("/jobs/{id}"), id.to_string()))
    };
    let mut facts = facts([
        ("Kind", Fact::Code(job.operation)),
        ("State", Fact::Code(job.status.code().to_owned())),
        ("Handed in", Fact::time(job.submitted, "not told")),
        ("Made", Fact::time(job.created, "not told")),
        ("Last changed", Fact::time(job.updated, "not told")),
        ("Set off by", Fact::told(job.trigger)),
        ("Owner", Fact::code(job.owner.map(|owner| owner.to_string()))),
        ("Owner's role", Fact::told(job.owner_role)),
        ("Site", Fact::code(job.site.map(|site| site.to_string()))),
        ("Goes on in", link(job.child)),
        ("Goes on from", link(job.parent)),
    ]);
    facts.extend(job.attributes.into_iter().map(|(name, value)| (name, Fact::Text(value))));
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"What Tableau tells about this job"</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}
