//! Lists as files to download.

mod log;

use app::{audit::read_audit, codes::file, people::query::read_query};
use axum::{
    Extension,
    extract::{Path, Query, Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use leptos_router::params::ParamsMap;
use model::{
    ConversionId, Problem, ProblemCode, SiteId,
    ids::{Id, Named},
    jobs::Outcome,
    licences::history::CountOf,
    plan::Verdict,
};
use operations::{
    Caller, ConvertedFile, DownloadOf, ExportAs, Exported, RunDownload,
    sheets::{Layout, template},
};
use serde::Deserialize;

pub use self::log::{events, log_file};

use crate::{explained::explained_problem, program::Web};

/// Which rows of a plan or a run are asked for.
#[derive(Deserialize)]
pub struct Rows {
    #[serde(default)]
    rows: String,
}

/// Which file of a conversion is asked for.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    which: String,
}

/// Which list is asked for.
#[derive(Deserialize)]
pub struct Kind {
    #[serde(default)]
    kind: String,
}

/// Everyone who matches the query of the list of people, on all its pages.
pub async fn people(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    answer(&web, export(&web, &caller, pairs).await, request)
}

async fn export(web: &Web, caller: &Caller, pairs: Vec<(String, String)>) -> Result<Exported, Problem> {
    let url: ParamsMap = pairs.into_iter().collect();
    let kind = kind_of(&url)?;
    web.operations.export_people(caller, &read_query(&url)?, kind).await
}

/// Every entry of the audit log that matches, on all its pages.
pub async fn audit(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let file = async {
        let url: ParamsMap = pairs.into_iter().collect();
        let kind = kind_of(&url)?;
        web.operations.export_audit(&caller, &read_audit(&url)?, kind).await
    };
    answer(&web, file.await, request)
}

/// Rows of a plan.
pub async fn plan(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Query(asked): Query<Rows>,
    request: Request,
) -> Response {
    let of = match asked.rows.as_str() {
        "" => Some(DownloadOf::All),
        word => Verdict::parse(word).map(DownloadOf::Verdict),
    };
    let file = async {
        let (id, of) = asked_for(&id, of)?;
        web.operations.plan_file(&caller, &id, of).await
    };
    answer(&web, file.await, request)
}

/// Rows of a run: all with their outcome, or those to look at in the columns that an import reads.
pub async fn run(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Query(asked): Query<Rows>,
    request: Request,
) -> Response {
    let of = match asked.rows.as_str() {
        "" => Some(RunDownload::All),
        "again" => Some(RunDownload::Again),
        _ => None,
    };
    let file = async {
        let (id, of) = asked_for(&id, of)?;
        web.operations.run_file(&caller, &id, of).await
    };
    answer(&web, file.await, request)
}

/// Rows of a job of Tableau's.
pub async fn job(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Query(asked): Query<Rows>,
    request: Request,
) -> Response {
    let of = match asked.rows.as_str() {
        "" => Some(Outcome::All),
        "look" => Some(Outcome::Look),
        "done" => Some(Outcome::Done),
        "open" => Some(Outcome::Open),
        _ => None,
    };
    let file = async {
        let (id, of) = asked_for(&id, of)?;
        web.operations.job_file(&caller, &id, of).await
    };
    answer(&web, file.await, request)
}

/// A list in its new layout, or the notes on it.
pub async fn converted(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Query(asked): Query<Which>,
    request: Request,
) -> Response {
    let which = match asked.which.as_str() {
        "tableau" => Some(ConvertedFile::ForTableau),
        "spreadsheet" => Some(ConvertedFile::ForSpreadsheet),
        "notes" => Some(ConvertedFile::Notes),
        _ => None,
    };
    let file = async {
        let (id, which) = (ConversionId::parse(&id)?, which.ok_or_else(|| malformed("which"))?);
        web.operations.converted_file(&caller, &id, which).await
    };
    answer(&web, file.await, request)
}

/// Which counts of seats are asked for.
#[derive(Deserialize)]
pub struct Counts {
    #[serde(default)]
    days: String,
    /// `tenant`, a site's id, or empty for all.
    #[serde(default)]
    of: String,
}

/// Every count of seats in the last days.
pub async fn licences(
    State(web): State<Web>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Counts>,
    request: Request,
) -> Response {
    let file = async {
        let days = if asked.days.is_empty() { Ok(90) } else { asked.days.parse() };
        let days: i64 = days.map_err(|_| malformed("days"))?;
        let of = match asked.of.as_str() {
            "" => None,
            "tenant" => Some(CountOf::Tenant),
            id => Some(CountOf::Site(SiteId::parse(id)?)),
        };
        web.operations.export_seats(&caller, of, days).await
    };
    answer(&web, file.await, request)
}

/// An empty list to fill in and import.
pub async fn import_template(
    State(web): State<Web>,
    Query(asked): Query<Kind>,
    request: Request,
) -> Response {
    let layout = match asked.kind.as_str() {
        "named" => Some(Layout::Named),
        "tenant" => Some(Layout::Tcm),
        "site" => Some(Layout::Site),
        "names" | "removal" => Some(Layout::Names),
        _ => None,
    };
    let file = layout.ok_or_else(|| malformed("kind")).map(|layout| Exported {
        name: format!("import-{}.csv", asked.kind),
        media: "text/csv; charset=utf-8",
        bytes: template(layout),
    });
    answer(&web, file, request)
}

/// Of which plan, run or job, and which of its rows.
fn asked_for<Thing: Named, Of>(id: &str, of: Option<Of>) -> Result<(Id<Thing>, Of), Problem> {
    Ok((Id::parse(id)?, of.ok_or_else(|| malformed("rows"))?))
}

/// The whole dictionary of codes as one file, for the day when Steward is down.
pub async fn codes(
    State(web): State<Web>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    let url: ParamsMap = pairs.into_iter().collect();
    let file = match url.get_str("format") {
        Some("html") => Ok(("html", "text/html; charset=utf-8", file::html())),
        Some("text") => Ok(("txt", "text/plain; charset=utf-8", file::text(None))),
        _ => Err(malformed("format")),
    };
    let file = file.map(|(ending, media, text)| Exported {
        name: format!("steward-codes.{ending}"),
        media,
        bytes: text.into_bytes(),
    });
    answer(&web, file, request)
}

fn kind_of(url: &ParamsMap) -> Result<ExportAs, Problem> {
    match url.get_str("format") {
        Some("csv") => Ok(ExportAs::Csv),
        Some("json") => Ok(ExportAs::Json),
        _ => Err(malformed("format")),
    }
}

fn malformed(name: &str) -> Problem {
    Problem::about(ProblemCode::MalformedQuery, name)
}

fn answer(web: &Web, file: Result<Exported, Problem>, request: Request) -> Response {
    match file {
        Ok(file) => download(file),
        Err(problem) => explained_problem(&web.assets, &request.into_parts().0, problem),
    }
}

/// A file, told to be kept and never to be shown: what is in it comes from elsewhere.
fn download(file: Exported) -> Response {
    (headers(&file.name, file.media), file.bytes).into_response()
}

fn headers(name: &str, media: &'static str) -> [(HeaderName, HeaderValue); 2] {
    let name = format!("attachment; filename=\"{name}\"");
    [
        (CONTENT_TYPE, HeaderValue::from_static(media)),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
    ]
}
