//! A file of people on its way in: the one form that is not small, and so has a door of its own.

use axum::{
    Extension,
    extract::{Multipart, State, multipart::Field, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use leptos::server_fn::error::ServerFnUrlError;
use model::{PlanId, Problem, ProblemCode};
use operations::{Caller, Upload};

use app::failure::Failure;

use crate::program::Web;

/// The form's address, and the page it stands on.
const FORM: &str = "/import";
const PAGE: &str = "/people/import";
/// The largest file.
const FILE_AT_MOST: usize = 10 * 1024 * 1024;
/// The largest of the other fields.
const FIELD_AT_MOST: usize = 200;
/// The file, the site, and the way to sign in.
const PARTS_AT_MOST: usize = 3;

/// Makes a plan of a file and goes on to it. A problem goes back to the form.
pub async fn import(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let planned = match form {
        Ok(form) => plan(&web, &caller, form).await,
        Err(_) => Err(Problem::new(ProblemCode::MalformedForm)),
    };
    match planned {
        Ok(plan) => Redirect::to(&format!("/plans/{plan}")).into_response(),
        Err(problem) => back(&web, &caller, problem),
    }
}

async fn plan(web: &Web, caller: &Caller, mut form: Multipart) -> Result<PlanId, Problem> {
    let mut upload =
        Upload { name: String::new(), bytes: Vec::new(), site: String::new(), sign_in: String::new() };
    let mut problem = None;
    let mut parts = 0;
    // A browser listens only when it has sent everything, so what is too much is read and thrown away.
    while let Some(mut field) = form.next_field().await.map_err(malformed)? {
        parts += 1;
        let name = field.name().unwrap_or_default().to_owned();
        let kept = match name.as_str() {
            _ if parts > PARTS_AT_MOST => Err(ProblemCode::MalformedForm),
            "file" => {
                upload.name = field.file_name().unwrap_or_default().to_owned();
                read(&mut field, FILE_AT_MOST)
                    .await?
                    .map(|bytes| upload.bytes = bytes)
                    .ok_or(ProblemCode::TooLarge)
            }
            "site" | "sign_in" => {
                let text =
                    read(&mut field, FIELD_AT_MOST).await?.and_then(|bytes| String::from_utf8(bytes).ok());
                let place = if name == "site" { &mut upload.site } else { &mut upload.sign_in };
                text.map(|text| *place = text).ok_or(ProblemCode::MalformedForm)
            }
            _ => Err(ProblemCode::MalformedForm),
        };
        problem = problem.or(kept.err());
    }
    match problem {
        Some(code) => Err(Problem::new(code)),
        None => web.operations.plan_upload(caller, upload).await,
    }
}

/// A field as a whole; `None` when it is larger than it may be. It is read to its end all the same.
async fn read(field: &mut Field<'_>, at_most: usize) -> Result<Option<Vec<u8>>, Problem> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(piece) = field.chunk().await.map_err(malformed)? {
        fits = fits && bytes.len() + piece.len() <= at_most;
        if fits {
            bytes.extend_from_slice(&piece);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

fn malformed(error: axum::extract::multipart::MultipartError) -> Problem {
    let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(if too_large { ProblemCode::TooLarge } else { ProblemCode::MalformedForm })
}

/// Back to the form, with the problem in the address as Leptos writes it.
fn back(web: &Web, caller: &Caller, problem: Problem) -> Response {
    let reference = problem.reference.clone().unwrap_or_else(|| caller.request.clone());
    let problem = ServerFnUrlError::new(FORM, Failure(problem.with_reference(reference)));
    let page = format!("{}{PAGE}", web.origin.as_str());
    match problem.to_url(&page) {
        Ok(url) => Redirect::to(url.as_str()).into_response(),
        Err(_) => Redirect::to(PAGE).into_response(),
    }
}
