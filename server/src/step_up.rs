//! Step-up: its page, and the new cookie that a proof brings.

use std::net::SocketAddr;

use app::entrance::{StepUpPage as PageOfStepUp, step_up_document};
use axum::{
    Extension, Form,
    extract::{ConnectInfo, Query, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header::REFERER},
    response::{IntoResponse, Redirect, Response},
};
use leptos::nonce::Nonce;
use model::{Problem, ProblemCode};
use operations::{Caller, Proof, Who};
use secrecy::SecretString;
use serde::Deserialize;
use tower_sessions::Session;

use crate::{
    accounts::{fresh, page_with, status_of},
    program::Web,
    signin::{Whence, keep, local, network},
};

/// The form of a step-up.
#[derive(Deserialize)]
pub struct StepUp {
    #[serde(default)]
    next: String,
    #[serde(default)]
    proof: SecretString,
}

/// The address of its page, with what the form ran into.
#[derive(Deserialize)]
pub struct StepUpPage {
    #[serde(default)]
    next: String,
    #[serde(default)]
    problem: String,
    reference: Option<String>,
    about: Option<String>,
}

/// The page of a step-up.
pub async fn step_up_page(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Query(asked): Query<StepUpPage>,
) -> Response {
    let StepUpPage { next, problem, reference, about } = asked;
    let problem = ProblemCode::parse(&problem).map(|code| Problem { code, about, reference, whom: None });
    let status = problem.as_ref().map_or(StatusCode::OK, status_of);
    // Without a word in the address it is the page that the person comes from.
    let from = headers.get(REFERER).and_then(|referer| referer.to_str().ok());
    let from = from.and_then(|referer| referer.strip_prefix(web.origin.as_str())).unwrap_or_default();
    let next = if next.is_empty() { from } else { next.as_str() };
    let next = local(next).to_owned();
    // Without them the page still takes a code or a password.
    let factors = web.operations.own_factors(&caller).await.unwrap_or_default();
    let nonce = (factors.fit && !factors.passkeys.is_empty()).then(Nonce::new);
    let (token, provider) = (is_token(&caller), web.operations.provider_name());
    let page = PageOfStepUp { token, provider, nonce: nonce.clone(), next, problem };
    page_with(status, step_up_document(web.assets.clone(), page), nonce)
}

/// Proves once more who somebody is, gives their browser another cookie, and leads on.
pub async fn step_up(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<StepUp>, FormRejection>,
) -> Response {
    // What cannot be read proves nothing.
    let form = form
        .map_or_else(|_| StepUp { next: String::new(), proof: SecretString::default() }, |Form(form)| form);
    let fresh = fresh(&web, &caller.request);
    let next = local(&form.next).to_owned();
    let from = Whence::of(&web, peer.ip(), &headers);
    let proved = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        let account = web.operations.step_up(&caller, &Proof(form.proof)).await?;
        keep(&web, &session, &account, &from, &fresh).await
    };
    match proved.await {
        Ok(()) => Redirect::to(&next).into_response(),
        Err(problem) => refused(&next, problem),
    }
}

/// Back to the page of a step-up, with the problem.
pub fn refused(next: &str, problem: Problem) -> Response {
    let mut query = leptos_router::params::ParamsMap::new();
    query.insert("next", next.to_owned());
    query.insert("problem", problem.code.word());
    for (name, value) in [("reference", problem.reference), ("about", problem.about)] {
        if let Some(value) = value {
            query.insert(name, value);
        }
    }
    Redirect::to(&format!("/step-up{}", query.to_query_string())).into_response()
}

fn is_token(caller: &Caller) -> bool {
    matches!(caller.account.who, Who::Administrator { .. })
}
