//! Signing in and out: plain forms, because the page for it carries no script.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Extension, Form,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use model::{Moment, Problem, ProblemCode};
use operations::{Account, Caller, Fresh};
use secrecy::SecretString;
use serde::Deserialize;
use time::OffsetDateTime;
use tower_sessions::{Expiry, Session};
use tracing::{error, warn};

use crate::{explained::RequestId, guard::ACCOUNT, program::Web};

/// Takes the cookie out of the browser. The library's own word for that lacks `Secure`, without which browsers do not
/// let go of a cookie with this prefix.
const NO_COOKIE: HeaderValue =
    HeaderValue::from_static("__Host-steward=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");

/// The sign-in form.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    token: SecretString,
    #[serde(default)]
    next: String,
}

/// Signs in and goes on to where the person wanted to be.
pub async fn sign_in(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<SignInForm>, axum::extract::rejection::FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return back(&Problem::new(ProblemCode::MalformedForm).with_reference(request), "");
    };
    if let Err(wait) = web.tries.check(asker(&web, peer.ip(), &headers)) {
        warn!(request, "Too many sign-ins from one address");
        let problem = Problem::about(ProblemCode::TooManySignIns, wait.to_string());
        return back(&problem.with_reference(request), &form.next);
    }
    let now = Moment::from(OffsetDateTime::now_utc());
    let fresh = Fresh { request: request.clone(), now, lasts_seconds: web.sign_in_seconds };
    match web.operations.sign_in(&fresh, &form.token).await {
        Ok(account) => match open(&web, &session, &account, &request, now).await {
            Ok(()) => Redirect::to(local(&form.next)).into_response(),
            Err(problem) => back(&problem, &form.next),
        },
        Err(problem) => back(&problem, &form.next),
    }
}

/// Gives the browser a cookie with a new id and ties the sealed token to it.
async fn open(
    web: &Web,
    session: &Session,
    account: &Account,
    request: &str,
    now: Moment,
) -> Result<(), Problem> {
    let before = session.get::<Account>(ACCOUNT).await.ok().flatten();
    let opened = async {
        session.cycle_id().await?;
        session.insert(ACCOUNT, account).await?;
        session.set_expiry(Some(Expiry::AtDateTime(account.ends.time())));
        session.save().await
    };
    let bound = match opened.await {
        Ok(()) => match session.id() {
            Some(id) => web.store.bind_sign_in(&id, account.own_credential(), account.ends).await.is_ok(),
            None => false,
        },
        Err(error) => {
            error!(request, %error, "A sign-in could not be stored");
            false
        }
    };
    if !bound {
        let caller = Caller::of(account.clone(), request.to_owned(), now);
        // Nothing is kept of a sign-in that nobody holds a cookie for.
        if web.operations.sign_out(&caller).await.is_err() {
            warn!(request, "A token that opens nothing stays until the next sweep");
        }
        return Err(Problem::new(ProblemCode::StoreUnavailable).with_reference(request));
    }
    if let Some(before) = before {
        // The same browser signed in again: the earlier token is not needed any more.
        let caller = Caller::of(before, request.to_owned(), now);
        if web.operations.sign_out(&caller).await.is_err() {
            warn!(request, "An earlier token stays until the next sweep");
        }
    }
    Ok(())
}

/// Signs out: the sealed token, the vendor's session and the cookie are gone.
pub async fn sign_out(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    session: Session,
) -> Response {
    let left = web.operations.sign_out(&caller).await;
    if let Err(error) = session.flush().await {
        error!(request = caller.request, %error, "A sign-in could not be erased");
    }
    match left {
        Ok(()) => ([(SET_COOKIE, NO_COOKIE)], Redirect::to("/login?notice=signed-out")).into_response(),
        Err(problem) => back(&problem, ""),
    }
}

/// Back to the form with a problem: a code and a reference, never the token.
fn back(problem: &Problem, next: &str) -> Response {
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("problem", problem.code.word());
    for (name, value) in [("reference", &problem.reference), ("about", &problem.about)] {
        if let Some(value) = value {
            query.insert(name, value.clone());
        }
    }
    if local(next) != "/" {
        query.insert("next", next.to_owned());
    }
    Redirect::to(&format!("/login{}", query.to_query_string())).into_response()
}

/// Only a page of our own can be next: no other host, however it is spelled.
fn local(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/api/")
        && next.chars().all(|letter| !letter.is_control() && letter != '\\');
    if own { next } else { "/" }
}

/// The network address that asks. Forwarded headers count only from configured proxies, and then from the right.
fn asker(web: &Web, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !web.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !web.trusted_proxies.contains(hop)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_can_be_next() {
        assert_eq!(local("/sites?q=a"), "/sites?q=a");
        for bad in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "/api/sites/list"]
        {
            assert_eq!(local(bad), "/", "{bad:?}");
        }
    }
}
