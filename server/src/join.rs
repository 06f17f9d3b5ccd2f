//! Following an invitation: its page, its form, and the recovery codes in answer.

use std::net::SocketAddr;

use app::entrance::{JoinPage, join_document};
use axum::{
    Extension, Form,
    extract::{ConnectInfo, Query, Request, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::nonce::Nonce;
use model::{Problem, ProblemCode};
use operations::JoinForm;
use secrecy::SecretString;
use serde::Deserialize;
use tower_sessions::Session;

use crate::{
    accounts::{fresh, once, page_with, recovery_codes, status_of, still},
    explained::{RequestId, explained_problem},
    program::Web,
    signin::{Whence, network, open},
};

/// What stands in an invitation's link.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    key: String,
}

/// The form of an invited person.
#[derive(Deserialize)]
pub struct Join {
    #[serde(default)]
    key: String,
    #[serde(default)]
    sealed: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    again: SecretString,
    #[serde(default)]
    code: String,
    #[serde(default)]
    passkey: String,
}

/// The page of an invitation.
pub async fn join_page(
    State(web): State<Web>,
    Extension(RequestId(id)): Extension<RequestId>,
    Query(link): Query<Link>,
    request: Request,
) -> Response {
    match web.operations.invitation(&fresh(&web, &id), &link.key, "").await {
        Ok(found) => drawn(&web, StatusCode::OK, page_of(link.key, found, None)),
        Err(problem) => explained_problem(&web.assets, &request.into_parts().0, problem),
    }
}

/// Takes an invitation up, and shows the recovery codes.
pub async fn join(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<Join>, FormRejection>,
) -> Response {
    let fresh = fresh(&web, &id);
    let Ok(Form(form)) = form else {
        return refuse(&web, Problem::new(ProblemCode::MalformedForm).with_reference(&fresh.request));
    };
    let Join { key, sealed, name, password, again, code, passkey } = form;
    let from = Whence::of(&web, peer.ip(), &headers);
    let form = JoinForm { key, sealed, name, password, again, code, passkey, from: from.address.clone() };
    let joined = match web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await
    {
        Ok(()) => web.operations.join(&fresh, &form).await,
        Err(problem) => Err(problem),
    };
    let opened = match joined {
        Ok(welcome) => open(&web, &session, &welcome.account, &from, &fresh).await.map(|()| welcome.codes),
        Err(problem) => Err(problem),
    };
    match opened {
        Ok(codes) => once(&web, recovery_codes(codes, "You are signed in")),
        // The same page again, with what was typed and the same second factor.
        Err(problem) => match web.operations.invitation(&fresh, &form.key, &form.sealed).await {
            Ok(found) => {
                let status = status_of(&problem);
                // What a device answered is still good, as long as nobody has looked at it.
                let passkey = if is_of_passkey(problem.code) { String::new() } else { form.passkey };
                let page = JoinPage { name: form.name, passkey, ..page_of(form.key, found, Some(problem)) };
                drawn(&web, status, page)
            }
            Err(over) => refuse(&web, over),
        },
    }
}

fn page_of(key: String, found: operations::Enrolment, problem: Option<Problem>) -> JoinPage {
    let operations::Enrolment { email, by, picture, text, sealed, fit } = found;
    let (nonce, passkey, name) = (fit.then(Nonce::new), String::new(), String::new());
    JoinPage { key, email, by, picture, text, sealed, nonce, passkey, name, problem }
}

fn drawn(web: &Web, status: StatusCode, page: JoinPage) -> Response {
    let nonce = page.nonce.clone();
    page_with(status, join_document(web.assets.clone(), page), nonce)
}

/// Whether a problem means that an answer was looked at, which counts once.
fn is_of_passkey(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::PasskeyRefused
            | ProblemCode::PasskeyOver
            | ProblemCode::PasskeyTaken
            | ProblemCode::PasskeysUnfit
            | ProblemCode::InvitationOver
    )
}

fn refuse(web: &Web, problem: Problem) -> Response {
    still(status_of(&problem), app::problem_document(web.assets.clone(), problem))
}
