//! The second step of signing in, for whoever has a passkey: the password was right, and a passkey is asked, or a code.

use std::net::SocketAddr;

use app::entrance::half_way_document;
use axum::{
    Extension, Form,
    extract::{ConnectInfo, Query, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::nonce::Nonce;
use model::{Problem, ProblemCode};
use operations::{Account, Fresh, HalfWay};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tower_sessions::{Expiry, Session};
use tracing::warn;

use crate::{
    accounts::{fresh, page_with, status_of},
    explained::RequestId,
    guard::ACCOUNT,
    passkeys::{Answer, key_of, question},
    program::Web,
    signin::{Way, Whence, back, local, network, open},
};

/// The address of the page.
pub const PAGE: &str = "/login/second";
/// Under this key a browser's session keeps who is half way.
const HALF_WAY: &str = "half-way";

/// Somebody half way, and where they wanted to be.
#[derive(Serialize, Deserialize)]
struct UnderWay {
    half: HalfWay,
    next: String,
}

/// A code in the place of a passkey.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: SecretString,
}

/// What the page's forms ran into.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    problem: String,
    reference: Option<String>,
    about: Option<String>,
}

/// Has the browser's session remember that somebody is half way.
pub async fn begin(session: &Session, half: HalfWay, next: &str, fresh: &Fresh) -> Result<(), Problem> {
    let until = half.until();
    let next = local(next).to_owned();
    let kept = async {
        session.insert(HALF_WAY, &UnderWay { half, next }).await?;
        // A browser that is signed in keeps its own end.
        if session.get_value(ACCOUNT).await?.is_none() {
            session.set_expiry(Some(Expiry::AtDateTime(until.time())));
        }
        session.save().await
    };
    kept.await.map_err(|error| {
        warn!(request = fresh.request, %error, "Somebody half way could not be kept");
        Problem::new(ProblemCode::StoreUnavailable).with_reference(&fresh.request)
    })
}

/// The page of the second step.
pub async fn page(
    State(web): State<Web>,
    Extension(RequestId(request)): Extension<RequestId>,
    session: Session,
    Query(Asked { problem, reference, about }): Query<Asked>,
) -> Response {
    let fresh = fresh(&web, &request);
    let found = async {
        let under = under_way(&session, &fresh).await?;
        web.operations.half_way_factors(&fresh, &under.half).await
    };
    let factors = match found.await {
        Ok(factors) => factors,
        Err(problem) => return back(&problem, "", Way::Account),
    };
    let problem = ProblemCode::parse(&problem).map(|code| Problem { code, about, reference, whom: None });
    let status = problem.as_ref().map_or(StatusCode::OK, status_of);
    let nonce = factors.fit.then(Nonce::new);
    page_with(status, half_way_document(web.assets.clone(), &factors, nonce.clone(), problem), nonce)
}

/// The question to the passkeys. Only whoever is half way gets one, so the network address is not counted again.
pub async fn ask(
    State(web): State<Web>,
    Extension(RequestId(request)): Extension<RequestId>,
    session: Session,
) -> Response {
    let fresh = fresh(&web, &request);
    let asked = async {
        let under = under_way(&session, &fresh).await?;
        web.operations.ask_to_enter(&fresh, &under.half, &key_of(&session, &fresh)?).await
    };
    question(asked.await)
}

/// Signs in by the answer of a passkey.
pub async fn by_passkey(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<Answer>, FormRejection>,
) -> Response {
    // What cannot be read proves nothing.
    let answer = form.map_or_else(|_| String::new(), |Form(form)| form.passkey);
    let prove = async |fresh: &Fresh, half: &HalfWay| {
        let this = key_of(&session, fresh)?;
        web.operations.enter_by_passkey(fresh, half, &this, &answer).await
    };
    proved(&web, peer, &request, &headers, &session, prove).await
}

/// Signs in by a code.
pub async fn by_code(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<Code>, FormRejection>,
) -> Response {
    let code = form.map_or_else(|_| SecretString::default(), |Form(form)| form.code);
    let prove = async |fresh: &Fresh, half: &HalfWay| web.operations.enter_by_code(fresh, half, &code).await;
    proved(&web, peer, &request, &headers, &session, prove).await
}

async fn proved(
    web: &Web,
    peer: SocketAddr,
    request: &str,
    headers: &HeaderMap,
    session: &Session,
    prove: impl AsyncFnOnce(&Fresh, &HalfWay) -> Result<Account, Problem>,
) -> Response {
    let fresh = fresh(web, request);
    let from = Whence::of(web, peer.ip(), headers);
    let entered = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        let UnderWay { half, next } = under_way(session, &fresh).await?;
        let account = prove(&fresh, &half).await?;
        // Nobody is half way any more; it is saved with the new id.
        _ = session.remove_value(HALF_WAY).await;
        open(web, session, &account, &from, &fresh).await?;
        Ok::<_, Problem>(next)
    };
    match entered.await {
        Ok(next) => Redirect::to(local(&next)).into_response(),
        Err(problem) => again(&problem),
    }
}

/// Back to the page, which leads on to the sign-in page where nobody is half way any more.
fn again(problem: &Problem) -> Response {
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("problem", problem.code.word());
    for (name, value) in [("reference", &problem.reference), ("about", &problem.about)] {
        if let Some(value) = value {
            query.insert(name, value.clone());
        }
    }
    Redirect::to(&format!("{PAGE}{}", query.to_query_string())).into_response()
}

async fn under_way(session: &Session, fresh: &Fresh) -> Result<UnderWay, Problem> {
    let found = session.get::<UnderWay>(HALF_WAY).await.ok().flatten();
    found.ok_or_else(|| Problem::new(ProblemCode::PasskeyOver).with_reference(&fresh.request))
}
