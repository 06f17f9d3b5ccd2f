//! Many people from one file.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bytes::Bytes;
use uuid::Uuid;

use super::change::Accepted;
use crate::manager::caller::{Caller, id, own_tenant};
use crate::manager::refusal::Refusal;
use crate::world::facts::ImportFacts;
use crate::world::import_file::{self, Orders, Target};
use crate::world::jobs::Row;
use crate::world::orders::{Order, Submission};
use crate::world::settings::JobFate;
use crate::world::words::Idp;
use crate::world::{State as Kept, World};

/// The parts of the form.
#[derive(Default)]
struct Form {
    file: Option<Bytes>,
    file_name: Option<String>,
    site: Option<String>,
    idp: Option<String>,
}

/// Vendor: User Methods, "Import users in bulk using a .gzip (compressed CSV) file".
///
/// Whether a bad file is refused at once or fails its job is not documented. Here a form without a file is
/// refused, and a file that cannot be read fails its job.
pub(in crate::manager) async fn import(
    State(world): State<World>,
    caller: Caller,
    Path(tenant): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let form = read(form.map_err(|_| not_a_form())?).await?;
    let file = form.file.filter(|file| !file.is_empty()).ok_or_else(no_file)?;
    let site = form.site.as_deref().map(id).transpose()?;
    let idp = form.idp.as_deref().map_or(Some(Idp::Default), Idp::on_site);
    let idp = idp.ok_or_else(|| Refusal::invalid("idp is not a way to sign in."))?;
    let unpacked = import_file::unpack(&file);
    let now = world.now();
    world.change(|state| {
        if let Some(site) = site {
            state.site(site).ok_or_else(|| Refusal::not_found("site"))?;
        }
        if let Ok(bytes) = &unpacked {
            keep(state, bytes, site, form.idp);
        }
        let read = unpacked.and_then(|bytes| Orders::read(&bytes, &Target { site, idp }, state));
        let mut submission = submission(read, site, caller.session.owner);
        submission.file_name = form.file_name;
        Ok(Json(Accepted { job_id: state.submit(submission, now).map_err(Refusal::busy)? }))
    })
}

/// The job of a file: of its lines, or of one row that says why it could not be read.
fn submission(read: Result<Orders, &'static str>, site: Option<Uuid>, owner: Uuid) -> Submission {
    let operation = if site.is_some() { "SITE_BULK_USER_IMPORT" } else { "BULK_USER_IMPORT" };
    let (rows, skipped_lines, fate) = match read {
        Ok(Orders { rows, skipped }) => (rows, skipped, None),
        Err(code) => {
            let row = (Row::asking("CREATE_USER_SITE_ROLE"), Order::Refuse(code));
            (vec![row], 0, Some(JobFate::Fails { after: 0, code: Some(code.to_owned()) }))
        }
    };
    Submission { site, skipped_lines, fate, ..Submission::new(operation, owner, rows) }
}

fn keep(state: &mut Kept, bytes: &[u8], site: Option<Uuid>, idp: Option<String>) {
    let csv = String::from_utf8_lossy(bytes).into_owned();
    state.keep_import(ImportFacts { site: site.map(|site| site.to_string()), idp, csv });
}

async fn read(mut parts: Multipart) -> Result<Form, Refusal> {
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(|_| not_a_form())? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => {
                form.file_name = part.file_name().map(str::to_owned);
                form.file = Some(part.bytes().await.map_err(|_| not_a_form())?);
            }
            "siteId" => form.site = Some(part.text().await.map_err(|_| not_a_form())?),
            "idp" => form.idp = Some(part.text().await.map_err(|_| not_a_form())?),
            _ => {}
        }
    }
    Ok(form)
}

fn not_a_form() -> Refusal {
    Refusal::invalid("The body is not multipart/form-data, or is too large.")
}

fn no_file() -> Refusal {
    let message = "The uploaded file is missing or could not be read.";
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "E_400_USR_SVC_4020",
        message,
        "The form has no file, or an empty one.",
    )
}
