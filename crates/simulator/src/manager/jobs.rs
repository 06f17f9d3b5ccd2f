//! User jobs: their state, their counts, and their rows page by page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Asked, Caller, id};
use super::paging;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::jobs::{self, Progress, Row};
use crate::world::roles::SiteRole;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JobAnswer {
    job_id: Uuid,
    tenant_id: Uuid,
    operation: &'static str,
    owner_id: Uuid,
    owner_role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<Uuid>,
    trigger_source: &'static str,
    bulk_op_attributes: BTreeMap<&'static str, String>,
    status: &'static str,
    expected_ops_count: usize,
    successful_ops_count: usize,
    failed_ops_count: usize,
    skipped_lines_count: u32,
    submit_time: Stamp,
    last_update_time: Stamp,
    created_time: Stamp,
    status_change_history: Vec<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child_job_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_job_id: Option<Uuid>,
    #[serde(flatten)]
    details: Option<Details>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    job_status: &'static str,
    time: Stamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    items: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    /// Vendor: a string, although it is a number.
    line_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<Uuid>,
    op_type: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    op_code: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_site_user_id: Option<Uuid>,
    tenant_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_role: Option<SiteRole>,
    idp: &'static str,
}

impl Item {
    fn of(row: &Row, tenant: Uuid) -> Self {
        Self {
            line_number: row.line.to_string(),
            user_name: row.user_name.clone(),
            user_id: row.user,
            site_id: row.site,
            op_type: row.operation,
            status: row.status,
            op_code: row.code.clone(),
            server_site_user_id: row.site_user,
            tenant_id: tenant,
            link_role: row.link_role,
            site_role: row.site_role,
            idp: row.idp,
        }
    }
}

#[allow(clippy::ptr_arg, reason = "serde hands over the field as it is")]
fn is_empty(code: &Cow<'static, str>) -> bool {
    code.is_empty()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    show_detailed: Option<bool>,
    page_token: Option<String>,
}

/// Rows on one page of details; the vendor names no number and offers no parameter.
const PAGE: usize = 100;

/// Vendor: User Methods, "Get the status of a batch user job".
pub(super) async fn show(
    State(world): State<World>,
    _: Caller,
    Path(job): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    let asked = id(&job)?;
    let detailed = filter.show_detailed.unwrap_or(false);
    if filter.page_token.is_some() && !detailed {
        return Err(Refusal::invalid("pageToken is only valid with showDetailed=true."));
    }
    // The token names the job, so that another job's token is refused.
    let start = paging::start(&asked.to_string(), filter.page_token.as_deref())?;
    let now = world.now();
    world.change(|state| {
        let tenant = state.tenant.id;
        let job =
            state.jobs.iter_mut().find(|job| job.id == asked && job.told.is_none() && !job.is_forgotten());
        let job = job.ok_or_else(|| Refusal::not_found("job"))?;
        let progress = job.progress(now);
        let details = detailed.then(|| details(job, &progress, start, tenant));
        Ok(Json(answer(job, &progress, tenant, details)))
    })
}

/// Rows that the job has not reached yet are not told.
fn details(job: &jobs::Job, progress: &Progress, start: usize, tenant: Uuid) -> Details {
    let told = job.rows[..progress.done].get(start..).unwrap_or_default();
    Details {
        items: told.iter().take(PAGE).map(|row| Item::of(row, tenant)).collect(),
        next_page_token: (told.len() > PAGE).then(|| paging::token(&job.id.to_string(), start + PAGE)),
    }
}

fn answer(job: &jobs::Job, progress: &Progress, tenant: Uuid, details: Option<Details>) -> JobAnswer {
    let (status, since) = progress.now();
    let history = progress.history.iter();
    JobAnswer {
        job_id: job.id,
        tenant_id: tenant,
        operation: job.operation,
        owner_id: job.owner,
        owner_role: "LINK_ADMIN",
        site_id: job.site,
        trigger_source: job.trigger,
        bulk_op_attributes: job.attributes.clone(),
        status,
        expected_ops_count: job.rows.len(),
        successful_ops_count: progress.successful,
        failed_ops_count: progress.failed,
        skipped_lines_count: job.skipped_lines,
        submit_time: Stamp(job.submitted),
        last_update_time: Stamp(since),
        created_time: Stamp(job.submitted),
        status_change_history: history
            .map(|(status, at)| Change { job_status: status, time: Stamp(*at) })
            .collect(),
        child_job_id: job.child,
        parent_job_id: job.parent,
        details,
    }
}
