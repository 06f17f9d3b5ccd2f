//! The activity log: paths of its files, addresses to fetch them, and the object store behind these.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::caller::{Asked, Caller, id, own_tenant};
use super::refusal::Refusal;
use super::{TOKEN_HEADER, paging};
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::history::Wanted;

/// Vendor: "7 days is the maximum time span you can specify between start and end times."
const SPAN: Duration = Duration::days(7);
/// How long an address lives: a public guide speaks of ten minutes.
const LIFE: Duration = Duration::minutes(10);

/// Vendor: Administrative Methods, the event types of the tenant's log.
const KINDS: &str = "batch_revoke_personal_access_token batch_revoke_session create_or_update_oidc_config \
    create_or_update_saml_config create_personal_access_token create_private_connection create_site create_tenant \
    create_user delete_oidc_config delete_private_connection delete_saml_config delete_site delete_tenant \
    delete_user get_sites get_users list_personal_access_tokens merge_tenant migrate_site \
    personal_access_token_login reactivate_site revoke_personal_access_token revoke_session site_limits_change \
    suspend_site tcm_activity_log_access update_personal_access_token update_private_connection update_session \
    update_tenant update_user update_user_site_role update_user_tenant_role user_login_create_session";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    start_time: Option<String>,
    end_time: Option<String>,
    event_type: Option<String>,
    page_size: Option<usize>,
    page_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Files {
    files: Vec<FileTold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_token: Option<String>,
}

#[derive(Serialize)]
struct FileTold {
    path: String,
    size: usize,
}

/// Vendor: Administrative Methods, "List tenant activity log paths".
pub(super) async fn list(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let known = |kind: &str| KINDS.split_whitespace().any(|known| known == kind);
    if filter.event_type.as_deref().is_some_and(|kind| !known(kind)) {
        return Err(Refusal::invalid("There is no such eventType."));
    }
    listing(&world, None, &filter)
}

/// The twin for a site; not on the vendor's page, but in its own loader.
pub(super) async fn list_of_site(
    State(world): State<World>,
    _: Caller,
    Path((tenant, site)): Path<(String, String)>,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    let site = site_of(&world, &tenant, &site)?;
    listing(&world, Some(site), &filter)
}

fn site_of(world: &World, tenant: &str, site: &str) -> Result<Uuid, Refusal> {
    own_tenant(world, tenant)?;
    let site = id(site)?;
    let known = world.read(|state| state.site(site).is_some());
    known.then_some(site).ok_or_else(|| Refusal::not_found("site"))
}

fn listing(world: &World, site: Option<Uuid>, filter: &Filter) -> Result<Json<Files>, Refusal> {
    let now = world.now();
    let time = |text: &Option<String>, usual| text.as_deref().map_or(Ok(usual), moment);
    let (from, to) = (time(&filter.start_time, now - Duration::DAY)?, time(&filter.end_time, now)?);
    if to < from || to - from > SPAN {
        return Err(Refusal::invalid("The time between startTime and endTime must be at most 7 days."));
    }
    let size = filter.page_size.unwrap_or(100);
    if size == 0 {
        return Err(Refusal::invalid("pageSize must be at least 1."));
    }
    let start = paging::start("activity", filter.page_token.as_deref())?;
    let wanted = Wanted { site, from, to, kind: filter.event_type.as_deref() };
    let all = world.read(|state| state.log_listing(&wanted));
    let more = all.len() > start + size;
    let page = all.into_iter().skip(start).take(size);
    Ok(Json(Files {
        files: page.map(|(path, size)| FileTold { path, size }).collect(),
        page_token: more.then(|| paging::token("activity", start + size)),
    }))
}

/// With a zone as the loader sends it, or without one as in the vendor's example, which is UTC.
fn moment(text: &str) -> Result<OffsetDateTime, Refusal> {
    let read = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let time = read(text).or_else(|| read(&format!("{text}Z")));
    time.ok_or_else(|| Refusal::invalid("startTime and endTime must be times."))
}

#[derive(Deserialize)]
struct Paths {
    files: Vec<String>,
}

#[derive(Serialize)]
struct Urls {
    files: Vec<UrlTold>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UrlTold {
    path: String,
    url: String,
    expires_at: Stamp,
    etag: String,
}

/// Vendor: Administrative Methods, "Batch generate tenant activity log download urls".
pub(super) async fn urls(
    State(world): State<World>,
    _: Caller,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    addresses(&world, "tenant/", &body)
}

pub(super) async fn urls_of_site(
    State(world): State<World>,
    _: Caller,
    Path((tenant, site)): Path<(String, String)>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let site = site_of(&world, &tenant, &site)?;
    addresses(&world, &format!("site/{site}/"), &body)
}

/// A path that leads to no file is left out: our choice.
fn addresses(world: &World, whose: &str, body: &[u8]) -> Result<Json<Urls>, Refusal> {
    let asked: Paths =
        serde_json::from_slice(body).map_err(|_| Refusal::invalid("The body must hold a list of files."))?;
    let expires = world.now() + LIFE;
    let live = world.read(|state| state.events.len());
    let files = asked.files.into_iter().filter(|path| path.starts_with(whose)).filter_map(|path| {
        let content = world.read(|state| state.log_file(&path, live))?;
        let until = expires.unix_timestamp();
        let url = format!(
            "{}/object-store/{path}?expires={until}&live={live}&signature={}",
            world.base_url(),
            sign(&path, until, live)
        );
        Some(UrlTold { path, url, expires_at: Stamp(expires), etag: content.md5() })
    });
    Ok(Json(Urls { files: files.collect() }))
}

fn hash(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Enough to notice an address that was made up; no protection of anything.
fn sign(path: &str, until: i64, live: usize) -> String {
    hash(format!("{path}|{until}|{live}|pretend").as_bytes())
}

#[derive(Deserialize)]
pub(super) struct Signed {
    expires: i64,
    live: usize,
    signature: String,
}

/// The object store: it knows nothing of sessions, and refuses like the one that the vendor uses. A session that
/// comes along all the same has gone astray, and is refused aloud.
pub(super) async fn fetch(
    State(world): State<World>,
    headers: HeaderMap,
    Path(key): Path<String>,
    Asked(signed): Asked<Signed>,
) -> Response {
    if headers.contains_key(TOKEN_HEADER) || headers.contains_key(header::AUTHORIZATION) {
        return refused(StatusCode::BAD_REQUEST, "InvalidArgument", "A session has gone astray.");
    }
    if sign(&key, signed.expires, signed.live) != signed.signature {
        return refused(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", "The signature does not match.");
    }
    if signed.expires < world.now().unix_timestamp() {
        return refused(StatusCode::FORBIDDEN, "AccessDenied", "Request has expired");
    }
    match world.read(|state| state.log_file(&key, signed.live)) {
        Some(content) => {
            let (length, pieces) = (content.len(), content.pieces().map(Ok::<_, Infallible>));
            let heads = [(header::CONTENT_TYPE, "binary/octet-stream".to_owned())];
            let told = [(header::CONTENT_LENGTH, length.to_string())];
            (heads, told, Body::from_stream(stream::iter(pieces))).into_response()
        }
        None => refused(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist."),
    }
}

fn refused(status: StatusCode, code: &str, words: &str) -> Response {
    let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{words}</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}
