//! The forms that make a token. Their answer shows its secret, once; it must not travel in an address or be kept, so they
//! have doors of their own.

use app::{
    failure::Failure,
    tenancy::{
        TOKEN_CREATE, TOKEN_SWAP,
        made::{Made, document},
    },
};
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::{
        HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Redirect, Response},
};
use leptos::server_fn::error::ServerFnUrlError;
use model::{ActId, Problem, ProblemCode};
use operations::{Caller, MadeToken, TokenForm};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::program::Web;

/// The page the forms stand on.
const PAGE: &str = "/tokens";

/// What the forms carry.
#[derive(Debug, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    token_name: String,
    #[serde(default)]
    days: String,
}

/// Makes a token and shows its secret.
pub async fn create(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let (form, fields) = match read(&caller, form) {
        Ok(read) => read,
        Err(problem) => return back(&web, &caller, TOKEN_CREATE, problem, &Fields::default()),
    };
    match web.operations.create_token(&caller, form).await {
        Ok(made) => shown(&web, made),
        Err(problem) => back(&web, &caller, TOKEN_CREATE, problem, &fields),
    }
}

/// Makes a token, tries it, uses it from now on, and shows its secret.
pub async fn swap(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let (form, fields) = match read(&caller, form) {
        Ok(read) => read,
        Err(problem) => return back(&web, &caller, TOKEN_SWAP, problem, &Fields::default()),
    };
    match web.operations.swap_token(&caller, form).await {
        Ok(made) => shown(&web, made),
        Err(problem) => back(&web, &caller, TOKEN_SWAP, problem, &fields),
    }
}

fn read(caller: &Caller, form: Result<Form<Fields>, FormRejection>) -> Result<(TokenForm, Fields), Problem> {
    let malformed = |_| Problem::new(ProblemCode::MalformedForm).with_reference(&caller.request);
    let Form(fields) = form.map_err(malformed)?;
    let ticket = ActId::parse(&fields.ticket).map_err(|problem| problem.with_reference(&caller.request))?;
    Ok((TokenForm { name: fields.token_name.clone(), days: fields.days.clone(), ticket }, fields))
}

/// The one page with the secret. Its script copies it, and nothing else runs.
fn shown(web: &Web, made: MadeToken) -> Response {
    let nonce = leptos::nonce::Nonce::new().to_string();
    let page = Made {
        token: made.token,
        secret: made.secret.expose_secret().to_owned(),
        swapped: made.swapped,
        others: made.others,
        elsewhere: made.elsewhere,
        ticket: operations::ticket().to_string(),
    };
    let page = document(web.assets.clone(), page, &nonce);
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)], page).into_response()
}

/// Back to the form, with the problem as Leptos writes it into an address, and with what was typed.
fn back(web: &Web, caller: &Caller, form: &str, problem: Problem, fields: &Fields) -> Response {
    let reference = problem.reference.clone().unwrap_or_else(|| caller.request.clone());
    let problem = ServerFnUrlError::new(form, Failure(problem.with_reference(reference)));
    let Ok(mut to) = problem.to_url(&format!("{}{PAGE}", web.origin.as_str())) else {
        return Redirect::to(PAGE).into_response();
    };
    to.query_pairs_mut().append_pair("token_name", &fields.token_name).append_pair("days", &fields.days);
    Redirect::to(to.as_str()).into_response()
}
