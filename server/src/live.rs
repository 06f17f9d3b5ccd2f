//! News of a job as server-sent events. They say only that the job has moved; the page then asks for what it shows.

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
use model::{JobId, jobs::Job};
use operations::{Caller, JobFeed};

use crate::{explained::explained_problem, program::Web};

/// Proxies close connections that are silent for longer.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

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
    match feed {
        Ok(feed) => {
            let mut stopping = web.stopping.clone();
            let stop = async move { _ = stopping.wait_for(|stopping| *stopping).await };
            let events = events(feed).take_until(Box::pin(stop));
            Sse::new(events).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE)).into_response()
        }
        Err(problem) => explained_problem(&web.assets, &request.into_parts().0, problem),
    }
}

/// One event for each change, and a last one that tells the browser not to ask again.
fn events(feed: JobFeed) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(feed), |feed| async move {
        let mut feed = feed?;
        if feed.job().status.is_over() {
            return Some((Ok(event("over", &feed.job())), None));
        }
        match feed.next().await {
            Some(job) => Some((Ok(event("job", &job)), Some(feed))),
            None => Some((Ok(Event::default().event("over").data("{}")), None)),
        }
    })
}

fn event(name: &str, job: &Job) -> Event {
    let counts = serde_json::json!({
        "status": job.status.code(),
        "successful": job.successful,
        "failed": job.failed,
        "expected": job.expected,
    });
    Event::default().event(name).data(counts.to_string())
}
