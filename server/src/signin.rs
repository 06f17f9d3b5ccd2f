//! Signing in and out: plain forms, because the page for it carries no script.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Extension, Form,
    extract::{ConnectInfo, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use model::{Problem, ProblemCode};
use operations::{Account, Caller, Entry, Fresh};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Binding;
use tower_sessions::{Expiry, Session};
use tracing::{error, warn};

use crate::{
    accounts::fresh, browser::browser, explained::RequestId, guard::ACCOUNT, half_way, program::Web,
};

/// Takes the cookie out of the browser. The library's own word for that lacks `Secure`, without which browsers do not
/// let go of a cookie with this prefix.
const NO_COOKIE: HeaderValue =
    HeaderValue::from_static("__Host-steward=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");

/// The sign-in form for a token.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    token: SecretString,
    #[serde(default)]
    next: String,
}

/// The sign-in form for an account.
#[derive(Deserialize)]
pub struct EntryForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    code: SecretString,
    #[serde(default)]
    next: String,
}

/// Where a sign-in comes from.
pub struct Whence {
    /// The network address.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

impl Whence {
    /// Of a request.
    pub fn of(web: &Web, peer: IpAddr, headers: &HeaderMap) -> Self {
        Self { address: asker(web, peer, headers).to_string(), browser: browser(headers) }
    }
}

/// Signs in with a token and goes on to where the person wanted to be.
pub async fn sign_in(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Response {
    let fresh = fresh(&web, &request);
    let Ok(Form(form)) = form else { return back(&malformed(request), "", Way::Token) };
    let from = Whence::of(&web, peer.ip(), &headers);
    let signed_in = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        let account = web.operations.sign_in(&fresh, &form.token).await?;
        open(&web, &session, &account, &from, &fresh).await
    };
    match signed_in.await {
        Ok(()) => Redirect::to(local(&form.next)).into_response(),
        Err(problem) => back(&problem, &form.next, Way::Token),
    }
}

/// The same with an account.
pub async fn enter(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<EntryForm>, FormRejection>,
) -> Response {
    let fresh = fresh(&web, &request);
    let Ok(Form(EntryForm { email, password, code, next })) = form else {
        return back(&malformed(request), "", Way::Account);
    };
    let from = Whence::of(&web, peer.ip(), &headers);
    let entered = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        if code.expose_secret().trim().is_empty() {
            // Whoever has a passkey is asked for it on a page of its own.
            let half = web.operations.enter_half_way(&fresh, &email, &password).await?;
            half_way::begin(&session, half, &next, &fresh).await?;
            return Ok(half_way::PAGE);
        }
        let account = web.operations.enter(&fresh, &Entry { email, password, code }).await?;
        open(&web, &session, &account, &from, &fresh).await?;
        Ok(local(&next))
    };
    match entered.await {
        Ok(page) => Redirect::to(page).into_response(),
        Err(problem) => back(&problem, &next, Way::Account),
    }
}

fn malformed(request: String) -> Problem {
    Problem::new(ProblemCode::MalformedForm).with_reference(request)
}

/// Gives the browser a cookie with a new id and ties the sealed token to it.
pub async fn open(
    web: &Web,
    session: &Session,
    account: &Account,
    from: &Whence,
    fresh: &Fresh,
) -> Result<(), Problem> {
    let before = session.get::<Account>(ACCOUNT).await.ok().flatten();
    if let Err(problem) = keep(web, session, account, from, fresh).await {
        let caller = Caller::of(account.clone(), fresh.request.clone(), fresh.now);
        // Nothing is kept of a sign-in that nobody holds a cookie for.
        if web.operations.sign_out(&caller).await.is_err() {
            warn!(request = fresh.request, "A token that opens nothing stays until the next sweep");
        }
        return Err(problem);
    }
    if let Some(before) = before {
        // The same browser signed in again: the earlier token is not needed any more.
        let caller = Caller::of(before, fresh.request.clone(), fresh.now);
        if web.operations.sign_out(&caller).await.is_err() {
            warn!(request = fresh.request, "An earlier token stays until the next sweep");
        }
    }
    Ok(())
}

/// Puts an account into the session under a new id, and binds that to what it belongs to.
pub async fn keep(
    web: &Web,
    session: &Session,
    account: &Account,
    from: &Whence,
    fresh: &Fresh,
) -> Result<(), Problem> {
    let kept = async {
        session.cycle_id().await?;
        session.insert(ACCOUNT, account).await?;
        session.set_expiry(Some(Expiry::AtDateTime(account.ends.time())));
        session.save().await
    };
    let unavailable = || Problem::new(ProblemCode::StoreUnavailable).with_reference(&fresh.request);
    if let Err(error) = kept.await {
        error!(request = fresh.request, %error, "A sign-in could not be stored");
        return Err(unavailable());
    }
    let bound = match session.id() {
        Some(id) => web.store.bind_sign_in(&id, &binding(account, from)).await,
        None => return Err(unavailable()),
    };
    bound.map_err(|error| {
        error!(request = fresh.request, %error, "A sign-in could not be bound");
        unavailable()
    })
}

fn binding(account: &Account, from: &Whence) -> Binding {
    Binding {
        account: account.id,
        credential: account.own_credential(),
        ends: account.ends,
        began: account.proved,
        address: from.address.clone(),
        browser: from.browser.clone(),
    }
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
        Err(problem) => back(&problem, "", Way::Token),
    }
}

/// The two ways to sign in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By token.
    Token,
    /// By account, or by the identity provider.
    Account,
}

/// Back to the form with a problem: a code and a reference, never what was typed.
pub fn back(problem: &Problem, next: &str, way: Way) -> Response {
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("problem", problem.code.word());
    for (name, value) in [("reference", &problem.reference), ("about", &problem.about)] {
        if let Some(value) = value {
            query.insert(name, value.clone());
        }
    }
    if way == Way::Account {
        query.insert("way", "account".to_owned());
    }
    if local(next) != "/" {
        query.insert("next", next.to_owned());
    }
    Redirect::to(&format!("/login{}", query.to_query_string())).into_response()
}

/// Only a page of our own can be next: no other host, however it is spelled.
pub fn local(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/api/")
        && next.chars().all(|letter| !letter.is_control() && letter != '\\');
    if own { next } else { "/" }
}

/// The network address that asks. Forwarded headers count only from configured proxies, and then from the right.
pub fn asker(web: &Web, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !web.trusted_proxies.contains(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !web.trusted_proxies.contains(hop)).unwrap_or(peer)
}

/// What tries are counted for: one person may hold a whole IPv6 network of 64 bits.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => {
            std::net::Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX)).to_string()
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_of_version_six_counts_as_one() {
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:2"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }

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
