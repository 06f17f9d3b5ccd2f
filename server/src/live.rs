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
    JobId, Moment, PlanId, Problem,
    jobs::Job,
    runs::{Run, RunState},
};
use operations::{Caller, JobFeed, RunFeed};
use serde_json::json;
use time::OffsetDateTime;
use tokio::time::timeout;
use tower_sessions::{Session, session::Id};
use tracing::warn;

use crate::{explained::explained_problem, program::Web};

/// Proxies close connections that are silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// Rows of a run end many at a time; the page is told of them together.
const BREATH: Duration = Duration::from_millis(500);
/// How often a sign-in is marked as seen in the time after which it would be idle for too long, and how often at most.
const SEEN_WHILE_IDLE: u64 = 20;
const LEAST: Duration = Duration::from_secs(1);

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
    session: Session,
    Path(run): Path<String>,
    request: Request,
) -> Response {
    let feed = match PlanId::parse(&run) {
        Ok(run) => web.operations.follow_run(&caller, &run).await,
        Err(problem) => Err(problem),
    };
    let watcher = Watcher { web: web.clone(), sign_in: session.id() };
    answer(&web, feed.map(|feed| run_news(feed, watcher)), request)
}

/// Somebody whose page of a run is open. That counts as use of their sign-in while the run is under way: the run works
/// with it, and would pause under their eyes when it ends for being idle.
struct Watcher {
    web: Web,
    sign_in: Option<Id>,
}

impl Watcher {
    /// The next change of the run. As long as there is none, the sign-in is marked as seen.
    async fn next(&self, feed: &mut RunFeed) -> Option<Run> {
        let every = Duration::from_secs(self.web.idle_seconds.unsigned_abs() / SEEN_WHILE_IDLE);
        loop {
            let news = timeout(every.max(LEAST), feed.next()).await.map(|run| run.cloned());
            match news {
                Ok(run) => return run,
                Err(_silent) if feed.run().state == RunState::Paused => {}
                Err(_silent) => self.is_there().await,
            }
        }
    }

    async fn is_there(&self) {
        let Some(id) = &self.sign_in else { return };
        let now = Moment::from(OffsetDateTime::now_utc());
        if let Err(error) = self.web.store.touch_sign_in(id, now).await {
            warn!(%error, "A sign-in could not be marked as seen");
        }
    }
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
fn run_news(feed: RunFeed, watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some((feed, watcher)), |feed| async move {
        let (mut feed, watcher) = feed?;
        if feed.run().state == RunState::Over {
            return Some((Ok(of_run("over", feed.run())), None));
        }
        match watcher.next(&mut feed).await.map(|run| of_run("run", &run)) {
            Some(event) => {
                tokio::time::sleep(BREATH).await;
                Some((Ok(event), Some((feed, watcher))))
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
