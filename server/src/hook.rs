//! Setting the address for news: a door of its own, because its answer shows the secret, once.

use app::licences::{page::HOOK, secret::secret_document};
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::{
        HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use model::{ActId, Problem, ProblemCode};
use operations::{Caller, HookForm};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::{explained::STILL_POLICY, program::Web, uploads::back};

/// The page that the form stands on.
const PAGE: &str = "/licences/settings";

/// The form.
#[derive(Deserialize)]
pub struct Fields {
    #[serde(default)]
    url: String,
    #[serde(default)]
    ticket: String,
}

/// Sets the address and shows its secret in the answer. A problem goes back to the form.
pub async fn set_hook(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let set = async {
        let Form(form) = form.map_err(|_| Problem::new(ProblemCode::MalformedForm))?;
        let form = HookForm { ticket: ActId::parse(&form.ticket)?, url: form.url };
        web.operations.set_hook(&caller, form).await
    };
    match set.await {
        Ok((hook, secret)) => {
            let page = secret_document(web.assets.clone(), &hook.url, secret.expose_secret());
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                (CONTENT_SECURITY_POLICY, STILL_POLICY),
            ];
            (headers, page).into_response()
        }
        Err(problem) => back(&web, &caller, problem, (HOOK, PAGE)),
    }
}
