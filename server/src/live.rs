//! News of jobs and runs as server-sent events. They say only that the thing has moved; the page then asks for what it
//! shows.

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

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

use crate::{explained::explained_problem, guard::still_in, program::Web};

/// Proxies close connections that are silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// Rows of a run end many at a time; the page is told of them together.
const BREATH: Duration = Duration::from_millis(500);
/// How often it is asked again whether somebody may still look, while there is nothing to tell.
const ASKED_FOR_EVERY: Duration = Duration::from_secs(5);
/// How often a sign-in is marked as seen in the time after which it would be idle for too long, and how often at most.
const SEEN_WHILE_IDLE: u64 = 20;
const LEAST: Duration = Duration::from_secs(1);

/// Follows a job.
pub async fn job_events(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    session: Session,
    Path(job): Path<String>,
    request: Request,
) -> Response {
    let feed = match JobId::parse(&job) {
        Ok(job) => web.operations.follow_job(&caller, &job).await,
        Err(problem) => Err(problem),
    };
    let watcher = Watcher::new(&web, caller, &session);
    answer(&web, feed.map(|feed| job_news(feed, watcher)), request)
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
    let watcher = Watcher::new(&web, caller, &session);
    answer(&web, feed.map(|feed| run_news(feed, watcher)), request)
}

/// Somebody whose page of a job or a run is open. They are asked for again and again: who signed out, was suspended or
/// lost the right to look learns nothing more.
struct Watcher {
    web: Web,
    caller: Caller,
    sign_in: Option<Id>,
    /// When the sign-in was last marked as seen from here.
    seen: Instant,
}

/// They may not look any more. Their stream just ends: the browser asks once more, and is told why by then.
struct NoMore;

impl Watcher {
    fn new(web: &Web, caller: Caller, session: &Session) -> Self {
        Self { web: web.clone(), caller, sign_in: session.id(), seen: Instant::now() }
    }

    /// The next change of the job.
    async fn next_of_job(&self, feed: &mut JobFeed) -> Result<Option<Arc<Job>>, NoMore> {
        loop {
            let news = timeout(ASKED_FOR_EVERY, feed.next()).await;
            let caller = self.still_in().await?;
            self.web.operations.may_follow_jobs(&caller).map_err(|_| NoMore)?;
            if let Ok(job) = news {
                return Ok(job);
            }
        }
    }

    /// The next change of the run. As long as there is none, the sign-in is marked as seen: an open page counts as its use
    /// while the run is under way. The run works with it, and would pause under their eyes when it ends for being idle.
    async fn next_of_run(&mut self, feed: &mut RunFeed) -> Result<Option<Run>, NoMore> {
        loop {
            let news = timeout(ASKED_FOR_EVERY.min(self.seen_every()), feed.next()).await;
            let news = news.map(|run| run.cloned());
            let caller = self.still_in().await?;
            let may = self.web.operations.may_follow_run(&caller, &feed.run().id).await;
            may.map_err(|_| NoMore)?;
            match news {
                Ok(run) => return Ok(run),
                Err(_silent) if feed.run().state == RunState::Paused => {}
                Err(_silent) => self.is_there().await,
            }
        }
    }

    async fn still_in(&self) -> Result<Caller, NoMore> {
        let id = self.sign_in.as_ref().ok_or(NoMore)?;
        let (account, request) = (self.caller.account.clone(), self.caller.request.clone());
        let now = Moment::from(OffsetDateTime::now_utc());
        match still_in(&self.web, account, id, request, now, self.caller.address).await {
            Ok(Some((caller, _))) => Ok(caller),
            Ok(None) | Err(_) => Err(NoMore),
        }
    }

    fn seen_every(&self) -> Duration {
        Duration::from_secs(self.web.idle_seconds.unsigned_abs() / SEEN_WHILE_IDLE).max(LEAST)
    }

    async fn is_there(&mut self) {
        let Some(id) = &self.sign_in else { return };
        if self.seen.elapsed() < self.seen_every() {
            return;
        }
        let now = Moment::from(OffsetDateTime::now_utc());
        match self.web.store.touch_sign_in(id, now).await {
            Ok(()) => self.seen = Instant::now(),
            Err(error) => warn!(%error, "A sign-in could not be marked as seen"),
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
fn job_news(feed: JobFeed, watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some((feed, watcher)), |feed| async move {
        let (mut feed, watcher) = feed?;
        if feed.job().status.is_over() {
            return Some((Ok(of_job("over", &feed.job())), None));
        }
        match watcher.next_of_job(&mut feed).await {
            Ok(Some(job)) => Some((Ok(of_job("job", &job)), Some((feed, watcher)))),
            Ok(None) => Some((Ok(over()), None)),
            Err(NoMore) => None,
        }
    })
}

/// The same for a run.
fn run_news(feed: RunFeed, watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some((feed, watcher)), |feed| async move {
        let (mut feed, mut watcher) = feed?;
        if feed.run().state == RunState::Over {
            return Some((Ok(of_run("over", feed.run())), None));
        }
        match watcher.next_of_run(&mut feed).await {
            Ok(Some(run)) => {
                tokio::time::sleep(BREATH).await;
                Some((Ok(of_run("run", &run)), Some((feed, watcher))))
            }
            Ok(None) => Some((Ok(over()), None)),
            Err(NoMore) => None,
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
