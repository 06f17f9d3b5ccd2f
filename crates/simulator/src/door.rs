//! The door of both APIs: every request is noted, delayed, and perhaps met by a fault.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::faults::{FaultKind, answers};
use crate::ledger::RequestEntry;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::history::{self, Event};
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
    let mut response = match fault {
        None => carry_out(&world, request, next).await,
        Some(fault) => {
            let setting = answers::Setting::of(&request);
            if fault.kind == FaultKind::ExpiredSession {
                world.change(|state| state.keys.end_session(&setting.token));
            }
            // A read changes nothing, so its true answer may always be spoilt.
            let real = if fault.apply || request.method().is_safe() {
                Some(carry_out(&world, request, next).await)
            } else {
                None
            };
            answers::spoil(&fault, &setting, real).await
        }
    };
    let broken = response.extensions().get::<answers::BreakOff>().is_some();
    let status = if broken { NO_ANSWER } else { response.status().as_u16() };
    world.ledger().answered(number, status);
    // Answers tell the pretend time. What is left of the listener's own would be the real one.
    if let Some(date) = date(&world) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Carries a request out, and remembers it for the activity log where the vendor's log has a word for it.
async fn carry_out(world: &World, request: Request, next: Next) -> Response {
    let Some(kind) = history::kind_of(request.method().as_str(), request.uri().path()) else {
        return next.run(request).await;
    };
    let entry = entry(world, &request);
    let token = request.headers().get(manager::TOKEN_HEADER).and_then(|value| value.to_str().ok());
    let known = token.and_then(|token| world.read(|state| state.keys.look(token).cloned()));
    let response = next.run(request).await;
    let outcome = history::outcome_of(response.status().as_u16());
    let (by, session) = known.map(|session| (session.owner, session.id)).unzip();
    let (url, user_agent) = (format!("{}{}", world.base_url(), entry.path), entry.user_agent);
    let event = Event { at: world.now(), kind, outcome, by, session, url, user_agent };
    world.change(|state| state.happened(event));
    response
}

/// The form of a time in HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`.
const HTTP_DATE: &[BorrowedFormatItem<'_>] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

fn date(world: &World) -> Option<HeaderValue> {
    HeaderValue::from_str(&world.now().format(HTTP_DATE).ok()?).ok()
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
