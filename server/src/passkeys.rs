//! Questions to passkeys, and the forms that take the answers: of an invitation, of a step-up, of one's own account.

use std::net::SocketAddr;

use axum::{
    Extension, Form, Json,
    extract::{ConnectInfo, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};
use model::{ActId, PasskeyId, Problem, ProblemCode};
use operations::{Caller, Fresh, PasskeyForm, SignInKey};
use serde::Deserialize;
use tower_sessions::Session;

use crate::{
    accounts::{back, fresh, status_of, told},
    explained::RequestId,
    program::Web,
    signin::{Whence, keep, local, network},
    step_up::refused,
};

/// The answer of a passkey, where it goes with nothing else but where to go on.
#[derive(Deserialize)]
pub struct Answer {
    /// As the browser wrote it.
    #[serde(default)]
    pub passkey: String,
    #[serde(default)]
    next: String,
}

/// What an invited person shows.
#[derive(Deserialize)]
pub struct Invited {
    #[serde(default)]
    key: String,
}

/// The form for a new passkey.
#[derive(Deserialize)]
pub struct New {
    #[serde(default)]
    name: String,
    #[serde(default)]
    passkey: String,
    #[serde(default)]
    ticket: String,
}

/// The form that removes one.
#[derive(Deserialize)]
pub struct Old {
    #[serde(default)]
    one: String,
    #[serde(default)]
    ticket: String,
}

/// A question as the browser half fetches it, or the problem.
pub fn question(asked: Result<String, Problem>) -> Response {
    const JSON: HeaderValue = HeaderValue::from_static("application/json");
    match asked {
        Ok(question) => ([(CONTENT_TYPE, JSON)], question).into_response(),
        Err(problem) => (status_of(&problem), Json(problem)).into_response(),
    }
}

/// What names the session of a browser, whether anybody has signed in there or not.
pub fn key_of(session: &Session, fresh: &Fresh) -> Result<String, Problem> {
    let id = session.id();
    let id = id.ok_or_else(|| Problem::new(ProblemCode::PasskeyOver).with_reference(&fresh.request))?;
    Ok(store::sign_in_key(&id))
}

/// The question to the device of somebody who follows an invitation.
pub async fn ask_to_join(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    form: Result<Form<Invited>, FormRejection>,
) -> Response {
    let fresh = fresh(&web, &request);
    let from = Whence::of(&web, peer.ip(), &headers);
    let key = form.map_or_else(|_| String::new(), |Form(form)| form.key);
    let asked = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        web.operations.ask_to_join(&fresh, &key).await
    };
    question(asked.await)
}

/// The question to the passkeys of somebody who proves once more who they are.
pub async fn ask_to_step_up(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Extension(SignInKey(this)): Extension<SignInKey>,
) -> Response {
    question(web.operations.ask_to_step_up(&caller, &this).await)
}

/// Proves it by the answer, gives the browser another cookie, and leads on.
pub async fn step_up(
    State(web): State<Web>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(caller): Extension<Caller>,
    Extension(SignInKey(this)): Extension<SignInKey>,
    headers: HeaderMap,
    session: Session,
    form: Result<Form<Answer>, FormRejection>,
) -> Response {
    // What cannot be read proves nothing.
    let Answer { passkey, next } =
        form.map_or_else(|_| Answer { passkey: String::new(), next: String::new() }, |Form(form)| form);
    let fresh = fresh(&web, &caller.request);
    let from = Whence::of(&web, peer.ip(), &headers);
    let next = local(&next);
    let proved = async {
        web.operations.count_address(&fresh, &network(&from.address), web.sign_in_tries).await?;
        let account = web.operations.step_up_by_passkey(&caller, &this, &passkey).await?;
        keep(&web, &session, &account, &from, &fresh).await
    };
    match proved.await {
        Ok(()) => Redirect::to(next).into_response(),
        Err(problem) => refused(next, problem),
    }
}

/// The question to the device of somebody who adds a passkey to their own account.
pub async fn ask_to_add(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Extension(SignInKey(this)): Extension<SignInKey>,
) -> Response {
    question(web.operations.ask_to_add(&caller, &this).await)
}

/// Adds it.
pub async fn add(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Extension(SignInKey(this)): Extension<SignInKey>,
    form: Result<Form<New>, FormRejection>,
) -> Response {
    const FORM: &str = "/account/passkey";
    let added = match form {
        Ok(Form(New { name, passkey, ticket })) => match ActId::parse(&ticket) {
            Ok(ticket) => {
                let form = PasskeyForm { name, answer: passkey, ticket };
                web.operations.add_passkey(&caller, &form, &this).await
            }
            Err(problem) => Err(problem),
        },
        Err(_) => Err(Problem::new(ProblemCode::MalformedForm)),
    };
    match added {
        Ok(notice) => told("/account", notice),
        Err(problem) => back(&web, &caller, FORM, "/account", problem),
    }
}

/// Removes one.
pub async fn remove(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<Old>, FormRejection>,
) -> Response {
    const FORM: &str = "/account/passkey/remove";
    let removed = match form {
        Ok(Form(form)) => {
            match PasskeyId::parse(&form.one).and_then(|one| Ok((one, ActId::parse(&form.ticket)?))) {
                Ok((one, ticket)) => web.operations.remove_passkey(&caller, one, ticket).await,
                Err(problem) => Err(problem),
            }
        }
        Err(_) => Err(Problem::new(ProblemCode::MalformedForm)),
    };
    match removed {
        Ok(notice) => told("/account", notice),
        Err(problem) => back(&web, &caller, FORM, "/account", problem),
    }
}
