//! Forms of accounts whose answer is a page of its own, because what stands on it is shown only once.

use app::{
    entrance::{Once, once_document},
    failure::Failure,
};
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderValue, StatusCode, header::CONTENT_SECURITY_POLICY},
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::{nonce::Nonce, server_fn::error::ServerFnUrlError};
use model::{AccountId, ActId, Moment, Notice, Problem, ProblemCode};
use operations::{AccountForm, Caller, Fresh, Invitation, InviteForm, Letter, PasswordForm, SignInKey};
use secrecy::SecretString;
use serde::Deserialize;
use time::OffsetDateTime;

use crate::{explained::STILL_POLICY, headers::waking_policy, program::Web};

/// The form that invites somebody.
#[derive(Deserialize)]
pub struct Invite {
    #[serde(default)]
    email: String,
    #[serde(default)]
    ticket: String,
}

/// A form about one account.
#[derive(Deserialize)]
pub struct One {
    #[serde(default)]
    account: String,
    #[serde(default)]
    ticket: String,
}

/// The form for another password.
#[derive(Deserialize)]
pub struct Password {
    #[serde(default)]
    current: SecretString,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    again: SecretString,
    #[serde(default)]
    ticket: String,
}

/// Where a request comes from, and which one it is.
pub fn fresh(web: &Web, request: &str) -> Fresh {
    let now = Moment::from(OffsetDateTime::now_utc());
    Fresh { request: request.to_owned(), now, lasts_seconds: web.sign_in_seconds }
}

/// Invites somebody, and shows the link.
pub async fn invite(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<Invite>, FormRejection>,
) -> Response {
    const FORM: &str = "/accounts/invite";
    let Ok(Form(form)) = form else {
        return back(&web, &caller, FORM, "/accounts", Problem::new(ProblemCode::MalformedForm));
    };
    let invited = match ActId::parse(&form.ticket) {
        Ok(ticket) => web.operations.invite(&caller, &InviteForm { email: form.email, ticket }).await,
        Err(problem) => Err(problem),
    };
    match invited {
        Ok(invitation) => once(&web, link(&web, &caller, invitation).await),
        Err(problem) => back(&web, &caller, FORM, "/accounts", problem),
    }
}

/// Makes a new link for somebody, and shows it.
pub async fn invite_again(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<One>, FormRejection>,
) -> Response {
    const FORM: &str = "/accounts/again";
    let Ok(Form(form)) = form else {
        return back(&web, &caller, FORM, "/accounts", Problem::new(ProblemCode::MalformedForm));
    };
    let invited = async {
        let (account, ticket) = (AccountId::parse(&form.account)?, ActId::parse(&form.ticket)?);
        let invitation = web.operations.invite_again(&caller, &AccountForm { account, ticket }).await?;
        Ok::<_, Problem>(invitation)
    };
    match invited.await {
        Ok(invitation) => once(&web, link(&web, &caller, invitation).await),
        Err(problem) => {
            // An id that is none must not become part of an address.
            let page = AccountId::parse(&form.account).map(|id| format!("/accounts/{id}"));
            back(&web, &caller, FORM, page.as_deref().unwrap_or("/accounts"), problem)
        }
    }
}

/// The page of a link. The letter is sent before it is drawn; the link is shown whatever becomes of that.
async fn link(web: &Web, caller: &Caller, invitation: Invitation) -> Once {
    let letter = match web.operations.send_invitation(caller, &invitation).await {
        Letter::None => None,
        Letter::Sent => Some("A letter with it is on its way."),
        Letter::Lost => Some("The mail server did not take the letter with it: give the link by yourself."),
    };
    let line = web.operations.link(&invitation);
    let Invitation { account, email, until, .. } = invitation;
    Once {
        title: "The invitation",
        words: [
            Some(format!("Give this link to {email}, in a way that nobody else reads. It counts once, until {until}.")),
            letter.map(str::to_owned),
            Some(
                "Whoever opens it first sets the password and the second factor, and is that account from then on: nothing binds the link to one person. Send it to nobody else."
                    .to_owned(),
            ),
            Some(
                "The page of the account shows when it was used, and from which network address. If that was not them, end it there: remove the account, or make a new link, which erases what was set."
                    .to_owned(),
            ),
            Some(
                "It is shown this once: Steward keeps only its hash. You can make a new one, which ends this one."
                    .to_owned(),
            ),
        ]
        .into_iter()
        .flatten()
        .collect(),
        lines: vec![line],
        next: ("Go to the account", format!("/accounts/{account}")),
    }
}

/// Sets another password.
pub async fn password(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Extension(SignInKey(this)): Extension<SignInKey>,
    form: Result<Form<Password>, FormRejection>,
) -> Response {
    const FORM: &str = "/account/password";
    let changed = match form {
        Ok(Form(Password { current, password, again, ticket })) => match ActId::parse(&ticket) {
            Ok(ticket) => {
                let form = PasswordForm { current, password, again, ticket };
                web.operations.change_password(&caller, &form, &this).await
            }
            Err(problem) => Err(problem),
        },
        Err(_) => Err(Problem::new(ProblemCode::MalformedForm)),
    };
    match changed {
        Ok(notice) => told("/account", notice),
        Err(problem) => back(&web, &caller, FORM, "/account", problem),
    }
}

/// Makes new recovery codes, and shows them.
pub async fn recovery_codes_form(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<One>, FormRejection>,
) -> Response {
    const FORM: &str = "/account/recovery-codes";
    let renewed = match form {
        Ok(Form(form)) => match ActId::parse(&form.ticket) {
            Ok(ticket) => web.operations.renew_recovery_codes(&caller, ticket).await,
            Err(problem) => Err(problem),
        },
        Err(_) => Err(Problem::new(ProblemCode::MalformedForm)),
    };
    match renewed {
        Ok(codes) => once(&web, recovery_codes(codes, "New recovery codes")),
        Err(problem) => back(&web, &caller, FORM, "/account", problem),
    }
}

/// The page that shows recovery codes.
pub fn recovery_codes(codes: Vec<String>, title: &'static str) -> Once {
    Once {
        title,
        words: vec![
            "These are your recovery codes. Each signs you in once, in the place of your second factor, when you do not have your phone or your passkey."
                .to_owned(),
            "They are shown this once. Print them, or put them into your password manager.".to_owned(),
        ],
        lines: codes,
        next: ("I have kept them", "/".to_owned()),
    }
}

/// A page with what is shown once.
pub fn once(web: &Web, once: Once) -> Response {
    still(StatusCode::OK, once_document(web.assets.clone(), once))
}

/// To a page with a word of success.
pub fn told(page: &str, notice: Notice) -> Response {
    Redirect::to(&format!("{page}?notice={}", notice.code())).into_response()
}

/// A page without scripts.
pub fn still(status: StatusCode, page: String) -> Response {
    let policy: (_, HeaderValue) = (CONTENT_SECURITY_POLICY, STILL_POLICY);
    (status, [policy], Html(page)).into_response()
}

/// The same with the one script that its nonce lets run; without a nonce it has none.
pub fn page_with(status: StatusCode, page: String, nonce: Option<Nonce>) -> Response {
    match nonce.and_then(|nonce| waking_policy(&nonce)) {
        Some(policy) => (status, [(CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response(),
        None => still(status, page),
    }
}

/// The status of a page that shows a problem.
pub fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Back to the page of a form, with the problem in the address as Leptos writes it.
pub fn back(web: &Web, caller: &Caller, form: &str, page: &str, problem: Problem) -> Response {
    let reference = problem.reference.clone().unwrap_or_else(|| caller.request.clone());
    let problem = ServerFnUrlError::new(form, Failure(problem.with_reference(reference)));
    match problem.to_url(&format!("{}{page}", web.origin.as_str())) {
        Ok(url) => Redirect::to(url.as_str()).into_response(),
        Err(_) => Redirect::to(page).into_response(),
    }
}
