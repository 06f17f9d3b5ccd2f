//! The door of both APIs: every request is noted, delayed, and perhaps met by a fault.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::Response;

use crate::faults::{FaultKind, answers};
use crate::ledger::RequestEntry;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::{manager, rest};

/// The largest request body that is read.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Both APIs behind one door.
pub(crate) fn router(world: &World) -> Router {
    Router::new()
        .merge(manager::router())
        .merge(rest::router())
        .fallback(rest::unknown_path)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(world.clone(), pass))
        .with_state(world.clone())
}

/// The status that the ledger shows for an answer that was never sent.
const NO_ANSWER: u16 = 0;

async fn pass(State(world): State<World>, request: Request, next: Next) -> Response {
    let number = world.ledger().came(entry(&world, &request));
    let latency = world.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let place = request.uri().path_and_query().map_or("/", |place| place.as_str());
    let fault = world.faults().next(request.method().as_str(), place);
    let response = match fault {
        None => next.run(request).await,
        Some(fault) => {
            let setting = answers::Setting::of(&request);
            if fault.kind == FaultKind::ExpiredSession {
                world.change(|state| state.keys.end_session(&setting.token));
            }
            // A read changes nothing, so its true answer may always be spoilt.
            let real =
                if fault.apply || request.method().is_safe() { Some(next.run(request).await) } else { None };
            answers::spoil(&fault, &setting, real).await
        }
    };
    let broken = response.extensions().get::<answers::BreakOff>().is_some();
    let status = if broken { NO_ANSWER } else { response.status().as_u16() };
    world.ledger().answered(number, status);
    response
}

fn entry(world: &World, request: &Request) -> RequestEntry {
    let user_agent =
        request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    RequestEntry {
        at: Stamp(world.now()),
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        status: NO_ANSWER,
        user_agent: user_agent.to_owned(),
    }
}
