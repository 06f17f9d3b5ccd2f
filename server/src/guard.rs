//! Who may come in: the right host, no foreign website, and a living sign-in.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{
        HeaderValue, Method,
        header::{ACCEPT, HOST, ORIGIN, REFERER},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use model::{Moment, ProblemCode};
use operations::{Account, Caller, SignInKey};
use time::OffsetDateTime;
use tower_sessions::{Session, session::Id};
use tracing::warn;

use crate::{
    explained::{RequestId, explained},
    program::Web,
    signin::asker,
};

/// Under this key a sign-in keeps its account.
pub const ACCOUNT: &str = "account";
/// A sign-in is marked as seen at most this often, so that reading does not mean writing.
const SEEN_EVERY_SECONDS: i64 = 60;

/// Refuses requests that name another host: a browser that was led here by a foreign name must not be served.
pub async fn host(State(web): State<Web>, request: Request, next: Next) -> Response {
    // Health checks come from machines that know only the network address.
    if request.uri().path().starts_with("/health/") {
        return next.run(request).await;
    }
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let named = named.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    if named.is_some_and(|host| web.origin.is_host(host)) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    explained(&web.assets, &parts, ProblemCode::WrongHost)
}

/// Refuses what another website caused. Stricter than the csrf layer below it: a browser always says where an unsafe
/// request comes from, so one without `Origin` and `Sec-Fetch-Site` is refused.
pub async fn cross_site(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let silent = !request.headers().contains_key(ORIGIN) && !request.headers().contains_key("sec-fetch-site");
    let foreign_origin = request
        .headers()
        .get(ORIGIN)
        .is_some_and(|origin| origin.as_bytes() != web.origin.as_str().as_bytes());
    // The csrf layer refuses this as well, but without a word.
    let foreign_site =
        request.headers().get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let foreign = foreign_origin || foreign_site;
    if !safe && (silent || foreign) {
        let (parts, _) = request.into_parts();
        return explained(&web.assets, &parts, ProblemCode::CrossSite);
    }
    own_referer(&web, &mut request);
    next.run(request).await
}

/// A form without WebAssembly is sent back to its `Referer`. Only our own pages may be that.
fn own_referer(web: &Web, request: &mut Request) {
    let home = format!("{}/", web.origin.as_str());
    let own =
        request.headers().get(REFERER).is_some_and(|referer| referer.as_bytes().starts_with(home.as_bytes()));
    if !own && let Ok(home) = HeaderValue::from_str(&home) {
        request.headers_mut().insert(REFERER, home);
    }
}

/// Turns a sign-in into a caller. Strangers are shown the sign-in page.
pub async fn sign_in(State(web): State<Web>, session: Session, mut request: Request, next: Next) -> Response {
    if is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let now = Moment::from(OffsetDateTime::now_utc());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = peer.map(|peer| asker(&web, peer, request.headers()));
    match living(&web, &session, id, now, address).await {
        Ok(Some((caller, key))) => {
            if has_nothing_to_see(&caller) && request.uri().path() == "/" && request.method() == Method::GET {
                return Redirect::to("/account").into_response();
            }
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(key);
            next.run(request).await
        }
        Ok(None) => stranger(&web, request),
        Err(code) => {
            let (parts, _) = request.into_parts();
            explained(&web.assets, &parts, code)
        }
    }
}

/// What everybody may see: the sign-in, health, and the files that pages are made of.
fn is_open(path: &str) -> bool {
    matches!(
        path,
        "/login"
            | "/login/account"
            | "/login/second"
            | "/login/passkey"
            | "/login/passkey/ask"
            | "/login/provider"
            | "/login/provider/back"
            | "/join"
            | "/join/passkey"
            | "/favicon.svg"
    ) || path.starts_with("/health/")
        || path.starts_with("/pkg/")
}

/// Whether somebody was given nothing: for them the overview would be a page of refusals.
fn has_nothing_to_see(caller: &Caller) -> bool {
    caller.grants.is_empty()
}

/// Whose sign-in it is, if it has neither ended nor been idle for too long, and if they may still come in.
async fn living(
    web: &Web,
    session: &Session,
    request: String,
    now: Moment,
    address: Option<IpAddr>,
) -> Result<Option<(Caller, SignInKey)>, ProblemCode> {
    let unavailable = |error: tower_sessions::session::Error| {
        warn!(%error, "A sign-in could not be looked up");
        ProblemCode::StoreUnavailable
    };
    let account = match session.get::<Account>(ACCOUNT).await {
        Ok(account) => account,
        // An earlier version of Steward wrote it: that sign-in has just ended.
        Err(tower_sessions::session::Error::SerdeJson(_)) => None,
        Err(error) => return Err(unavailable(error)),
    };
    let Some(account) = account else { return Ok(None) };
    let Some(id) = session.id() else { return Ok(None) };
    let Some((caller, idle)) = still_in(web, account, &id, request, now, address).await? else {
        return Ok(None);
    };
    if idle >= SEEN_EVERY_SECONDS
        && let Err(error) = web.store.touch_sign_in(&id, now).await
    {
        // Reading goes on when the disk is full; the sign-in just ends earlier.
        warn!(%error, "A sign-in could not be marked as seen");
    }
    Ok(Some((caller, SignInKey(store::sign_in_key(&id)))))
}

/// The caller of a sign-in that has neither ended nor been idle for too long, if they may still come in; and for how many
/// seconds it has been idle.
pub async fn still_in(
    web: &Web,
    account: Account,
    sign_in: &Id,
    request: String,
    now: Moment,
    address: Option<IpAddr>,
) -> Result<Option<(Caller, i64)>, ProblemCode> {
    let seen = web.store.sign_in_seen(sign_in).await.map_err(|_| ProblemCode::StoreUnavailable)?;
    let Some(seen) = seen else { return Ok(None) };
    let idle = seen.seconds_until(now);
    if account.ends <= now || idle > web.idle_seconds {
        return Ok(None);
    }
    let caller = web.operations.caller_of(account, request, now, address).await;
    let caller = caller.map_err(|error| {
        warn!(%error, "An account could not be looked up");
        ProblemCode::StoreUnavailable
    })?;
    Ok(caller.map(|caller| (caller, idle)))
}

fn stranger(web: &Web, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let opens_page =
        parts.method == Method::GET && !parts.uri.path().starts_with("/api/") && accepts_html(&parts);
    if !opens_page {
        return explained(&web.assets, &parts, ProblemCode::NotSignedIn);
    }
    let wanted = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let next = if wanted == "/" { String::new() } else { format!("?next={}", escape(wanted)) };
    Redirect::to(&format!("/login{next}")).into_response()
}

fn accepts_html(parts: &Parts) -> bool {
    parts.headers.get(ACCEPT).is_none_or(|accept| {
        accept.to_str().is_ok_and(|accept| accept.contains("text/html") || accept.contains("*/*"))
    })
}

/// Escapes a path for the query.
pub fn escape(text: &str) -> String {
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("v", text.to_owned());
    query.to_query_string().trim_start_matches("?v=").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_query_is_escaped() {
        assert_eq!(escape("/a?b=c&d"), "%2Fa%3Fb%3Dc%26d");
    }
}
