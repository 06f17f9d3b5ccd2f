//! News of jobs and runs as server-sent events. They say only that the thing has moved; the page then asks for what it
//! shows.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, StreamExt, stream};
use model::{
    JobId, PlanId, Problem,
    jobs::Job,
    runs::{Run, RunState},
};
use operations::{Caller, JobFeed, RunFeed};
use serde_json::json;

use crate::{explained::explained_problem, program::Web};

/// Proxies close connections that are silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// Rows of a run end many at a time; the page is told of them together.
const BREATH: Duration = Duration::from_millis(500);

/// Follows a job.
pub async fn job_events(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(job): Path<String>,
    request: Request,
) -> Response {
    let feed = match JobId::parse(&job) {
        Ok(job) => web.operations.follow_job(&caller, &job).await,
        Err(problem) => Err(problem),
    };
    answer(&web, feed.map(job_news), request)
}

/// Follows a run.
pub async fn run_events(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(run): Path<String>,
    request: Request,
) -> Response {
    let feed = match PlanId::parse(&run) {
        Ok(run) => web.operations.follow_run(&caller, &run).await,
        Err(problem) => Err(problem),
    };
    answer(&web, feed.map(run_news), request)
}

/// A stream of news that ends when the program stops, or the problem.
fn answer<News>(web: &Web, news: Result<News, Problem>, request: Request) -> Response
where
    News: Stream<Item = Result<Event, Infallible>> + Send + 'static,
{
    match news {
        Ok(news) => {
            let mut stopping = web.stopping.clone();
            let stop = async move { _ = stopping.wait_for(|stopping| *stopping).await };
            let news = news.take_until(Box::pin(stop));
            Sse::new(news).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response()
        }
        Err(problem) => explained_problem(&web.assets, &request.into_parts().0, problem),
    }
}

/// One event for each change, and a last one that tells the browser not to ask again.
fn job_news(feed: JobFeed) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(feed), |feed| async move {
        let mut feed = feed?;
        if feed.job().status.is_over() {
            return Some((Ok(of_job("over", &feed.job())), None));
        }
        match feed.next().await {
            Some(job) => Some((Ok(of_job("job", &job)), Some(feed))),
            None => Some((Ok(over()), None)),
        }
    })
}

/// The same for a run.
fn run_news(feed: RunFeed) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(feed), |feed| async move {
        let mut feed = feed?;
        if feed.run().state == RunState::Over {
            return Some((Ok(of_run("over", feed.run())), None));
        }
        match feed.next().await.map(|run| of_run("run", run)) {
            Some(event) => {
                tokio::time::sleep(BREATH).await;
                Some((Ok(event), Some(feed)))
            }
            None => Some((Ok(over()), None)),
        }
    })
}

fn over() -> Event {
    Event::default().event("over").data("{}")
}

fn of_job(name: &str, job: &Job) -> Event {
    let counts = json!({
        "status": job.status.code(),
        "successful": job.successful,
        "failed": job.failed,
        "expected": job.expected,
    });
    Event::default().event(name).data(counts.to_string())
}

fn of_run(name: &str, run: &Run) -> Event {
    let counts = json!({ "state": run.state.word(), "done": run.counts.done, "rows": run.counts.all() });
    Event::default().event(name).data(counts.to_string())
}
