//! Files of people on their way in: the forms that are not small, and so have doors of their own.

use axum::{
    Extension,
    extract::{Multipart, State, multipart::Field, multipart::MultipartRejection},
    response::{IntoResponse, Redirect, Response},
};
use leptos::server_fn::error::ServerFnUrlError;
use model::{ConversionId, PlanId, Problem, ProblemCode, SiteId};
use operations::{Caller, ConvertForm, SiteFile, Upload};

use app::failure::Failure;

use crate::program::Web;

/// The addresses of the forms, and the pages they stand on.
const IMPORT: (&str, &str) = ("/import", "/people/import");
const CONVERT: (&str, &str) = ("/convert", "/people/convert");
const SITE: &str = "/import/site";
/// The largest file.
const FILE_AT_MOST: usize = 10 * 1024 * 1024;
/// The largest of the other fields.
const FIELD_AT_MOST: usize = 200;

type Sent = Result<Multipart, MultipartRejection>;

/// Makes a plan of a file and goes on to it. A problem goes back to the form.
pub async fn import(State(web): State<Web>, Extension(caller): Extension<Caller>, sent: Sent) -> Response {
    let mut form = Form::of(["site", "sign_in"]);
    let planned = match form.read(sent).await {
        Ok(()) => {
            let [site, sign_in] = form.fields;
            let upload = Upload { name: form.name, bytes: form.bytes, site, sign_in };
            web.operations.plan_upload(&caller, upload).await
        }
        Err(problem) => Err(problem),
    };
    to_plan(&web, &caller, planned, IMPORT)
}

/// Makes a plan of a file for one site and goes on to it. A problem goes back to the form.
pub async fn import_to_site(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    sent: Sent,
) -> Response {
    let mut form = Form::of(["site", "change", "role", "sign_in"]);
    let read = form.read(sent).await;
    let [site, change, role, sign_in] = form.fields;
    let site = SiteId::parse(&site);
    // The form comes back to the site that it named, as far as it was read.
    let page = site
        .as_ref()
        .map_or_else(|_| "/connection/sites".to_owned(), |site| format!("/sites/{site}/users/import"));
    let planned = match (read, site) {
        (Ok(()), Ok(site)) => {
            let file = SiteFile { site, change, name: form.name, bytes: form.bytes, role, sign_in };
            web.operations.plan_site_file(&caller, file).await
        }
        (Err(problem), _) | (Ok(()), Err(problem)) => Err(problem),
    };
    to_plan(&web, &caller, planned, (SITE, &page))
}

/// Turns a file into another layout and goes on to what became of it. A problem goes back to the form.
pub async fn convert(State(web): State<Web>, Extension(caller): Extension<Caller>, sent: Sent) -> Response {
    let mut form = Form::of(["into", "site"]);
    let converted: Result<ConversionId, Problem> = match form.read(sent).await {
        Ok(()) => {
            let [into, site] = form.fields;
            let form = ConvertForm { into, site, name: form.name, bytes: form.bytes };
            web.operations.convert_file(&caller, form).await
        }
        Err(problem) => Err(problem),
    };
    match converted {
        Ok(id) => Redirect::to(&format!("{}/{id}", CONVERT.1)).into_response(),
        Err(problem) => back(&web, &caller, problem, CONVERT),
    }
}

fn to_plan(web: &Web, caller: &Caller, planned: Result<PlanId, Problem>, at: (&str, &str)) -> Response {
    match planned {
        Ok(plan) => Redirect::to(&format!("/plans/{plan}")).into_response(),
        Err(problem) => back(web, caller, problem, at),
    }
}

/// A form with one file and a few small fields.
struct Form<const FIELDS: usize> {
    name: String,
    bytes: Vec<u8>,
    names: [&'static str; FIELDS],
    fields: [String; FIELDS],
}

impl<const FIELDS: usize> Form<FIELDS> {
    fn of(names: [&'static str; FIELDS]) -> Self {
        Self { name: String::new(), bytes: Vec::new(), names, fields: names.map(|_| String::new()) }
    }

    /// Reads the form to its end. A browser listens only when it has sent everything, so what is too much is read and
    /// thrown away.
    async fn read(&mut self, sent: Sent) -> Result<(), Problem> {
        let mut form = sent.map_err(|_| Problem::new(ProblemCode::MalformedForm))?;
        let mut problem = None;
        let mut parts = 0;
        while let Some(mut field) = form.next_field().await.map_err(malformed)? {
            parts += 1;
            // The file is one part more.
            let kept = if parts > FIELDS + 1 {
                Err(ProblemCode::MalformedForm)
            } else {
                self.keep(&mut field).await?
            };
            problem = problem.or(kept.err());
        }
        match problem {
            Some(code) => Err(Problem::new(code)),
            None => Ok(()),
        }
    }

    async fn keep(&mut self, field: &mut Field<'_>) -> Result<Result<(), ProblemCode>, Problem> {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            self.name = field.file_name().unwrap_or_default().to_owned();
            let read = read(field, FILE_AT_MOST).await?;
            return Ok(read.map(|bytes| self.bytes = bytes).ok_or(ProblemCode::TooLarge));
        }
        let Some(place) = self.names.iter().position(|known| *known == name) else {
            return Ok(Err(ProblemCode::MalformedForm));
        };
        let text = read(field, FIELD_AT_MOST).await?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(text.map(|text| self.fields[place] = text).ok_or(ProblemCode::MalformedForm))
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
pub fn back(web: &Web, caller: &Caller, problem: Problem, (form, page): (&str, &str)) -> Response {
    let reference = problem.reference.clone().unwrap_or_else(|| caller.request.clone());
    let problem = ServerFnUrlError::new(form, Failure(problem.with_reference(reference)));
    let url = format!("{}{page}", web.origin.as_str());
    match problem.to_url(&url) {
        Ok(url) => Redirect::to(url.as_str()).into_response(),
        Err(_) => Redirect::to(page).into_response(),
    }
}
