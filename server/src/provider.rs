//! Signing in by an identity provider: there, and back.

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use model::{Moment, Problem, ProblemCode};
use operations::Departure;
use serde::{Deserialize, Serialize};
use tower_sessions::{Expiry, Session};
use tracing::warn;

use crate::{
    accounts::fresh,
    explained::RequestId,
    guard::ACCOUNT,
    program::Web,
    signin::{Way, Whence, back, local, network, open},
};

/// Under this key a browser's session keeps that somebody is on their way.
const DEPARTURE: &str = "departure";
/// How long somebody may take at the provider.
const AWAY_SECONDS: i64 = 600;

/// What stands in the address that leads there.
#[derive(Deserialize)]
pub struct There {
    #[serde(default)]
    next: String,
    anew: Option<String>,
}

/// What the provider puts into the address that leads back.
#[derive(Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// Somebody on their way. It counts once, in the browser that left. None of it opens anything without the provider's
/// code and our secret there.
#[derive(Serialize, Deserialize)]
struct Away {
    state: String,
    nonce: String,
    verifier: String,
    next: String,
    anew: bool,
    since: Moment,
}

/// Leads to the provider.
pub async fn depart(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    Query(There { next, anew }): Query<There>,
) -> Response {
    let fresh = fresh(&web, &request);
    let from = Whence::of(&web, peer.ip(), &headers);
    let anew = anew.is_some();
    let left = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        let departure = web.operations.depart(&fresh, anew).await?;
        let Departure { url, state, nonce, verifier } = departure;
        let next = local(&next).to_owned();
        let away = Away { state, nonce, verifier, next, anew, since: fresh.now };
        let kept = async {
            session.insert(DEPARTURE, &away).await?;
            // A browser that is signed in keeps its own end.
            if session.get_value(ACCOUNT).await?.is_none() {
                let until = fresh.now.plus_seconds(AWAY_SECONDS);
                session.set_expiry(Some(Expiry::AtDateTime(until.time())));
            }
            session.save().await
        };
        kept.await.map_err(|error| {
            warn!(request, %error, "Somebody's way to the provider could not be kept");
            Problem::new(ProblemCode::StoreUnavailable).with_reference(&request)
        })?;
        Ok::<_, Problem>(url)
    };
    match left.await {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(problem) => back(&problem, &next, Way::Account),
    }
}

/// Lets somebody in who comes back from the provider.
pub async fn arrive(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    Query(Back { code, state }): Query<Back>,
) -> Response {
    let fresh = fresh(&web, &request);
    let from = Whence::of(&web, peer.ip(), &headers);
    let refused = || Problem::new(ProblemCode::ProviderRefused).with_reference(&request);
    let mut next = String::new();
    let arrived = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        // Taken out first: it counts once, whatever comes of it.
        let away = session.remove::<Away>(DEPARTURE).await.ok().flatten().ok_or_else(refused)?;
        session.save().await.map_err(|_| Problem::new(ProblemCode::StoreUnavailable))?;
        next.clone_from(&away.next);
        let age = away.since.seconds_until(fresh.now);
        let code = code.filter(|_| state.as_ref() == Some(&away.state) && (0..=AWAY_SECONDS).contains(&age));
        let code = code.ok_or_else(refused)?;
        let Away { state, nonce, verifier, anew, .. } = away;
        let departure = Departure { url: String::new(), state, nonce, verifier };
        let account = web.operations.arrive(&fresh, code, &departure, anew).await?;
        open(&web, &session, &account, &from, &fresh).await
    }
    .await;
    match arrived {
        Ok(()) => Redirect::to(local(&next)).into_response(),
        Err(problem) => back(&problem, &next, Way::Account),
    }
}
