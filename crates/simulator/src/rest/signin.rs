//! Signing in to a site with a personal access token, and out again.

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TOKEN_HEADER;
use super::answer::{SiteRefusal, xml};
use super::version;
use crate::world::World;
use crate::world::keys::{Plane, Session};

#[derive(Deserialize)]
struct Request {
    credentials: Asked,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "@personalAccessTokenName")]
    name: String,
    #[serde(rename = "@personalAccessTokenSecret")]
    secret: String,
    site: AskedSite,
}

#[derive(Deserialize)]
struct AskedSite {
    #[serde(rename = "@contentUrl")]
    content_url: String,
}

#[derive(Serialize)]
#[serde(rename = "credentials", rename_all = "camelCase")]
struct Credentials {
    #[serde(rename = "@token")]
    token: String,
    #[serde(rename = "@estimatedTimeToExpiration")]
    left: String,
    site: SiteElement,
    user: UserElement,
}

#[derive(Serialize)]
struct SiteElement {
    #[serde(rename = "@id")]
    id: Uuid,
    #[serde(rename = "@contentUrl")]
    content_url: String,
}

#[derive(Serialize)]
struct UserElement {
    #[serde(rename = "@id")]
    id: Uuid,
}

/// Vendor: Authentication Methods, "Sign In".
///
/// A suspended site refuses with the code of a failed sign-in. That code is inferred: the vendor only
/// says that suspended sites are not accessible.
pub(super) async fn sign_in(
    State(world): State<World>,
    OriginalUri(place): OriginalUri,
    body: Bytes,
) -> Result<Response, SiteRefusal> {
    version::check(place.path())?;
    let text = std::str::from_utf8(&body).map_err(|_| SiteRefusal::bad_request())?;
    let Request { credentials: asked } =
        quick_xml::de::from_str(text).map_err(|_| SiteRefusal::bad_request())?;
    let now = world.now();
    let opened = world.change(|state| {
        let site = state.sites.iter().find(|site| site.content_url == asked.site.content_url)?;
        if site.is_suspended() {
            return None;
        }
        let (id, content_url) = (site.id, site.content_url.clone());
        let session = state.keys.sign_in_site(id, &asked.name, &asked.secret, now)?;
        let user = site_user(state, session.owner, id)?;
        Some((session, SiteElement { id, content_url }, user))
    });
    let (session, site, user) = opened.ok_or_else(SiteRefusal::sign_in_failed)?;
    let left = (session.ends - now).whole_seconds();
    Ok(xml(
        StatusCode::OK,
        Credentials {
            token: session.token,
            left: format!("{}:{:02}:{:02}", left / 3_600, left / 60 % 60, left % 60),
            site,
            user: UserElement { id: user },
        },
    ))
}

/// The person's id inside the site, which is not the id in the tenant.
fn site_user(state: &crate::world::State, person: Uuid, site: Uuid) -> Option<Uuid> {
    let places = &state.person(person)?.places;
    places.iter().find(|place| state.sites[usize::from(place.site)].id == site).map(|place| place.site_user)
}

/// Vendor: Authentication Methods, "Sign Out".
pub(super) async fn sign_out(
    State(world): State<World>,
    OriginalUri(place): OriginalUri,
    headers: HeaderMap,
) -> Result<StatusCode, SiteRefusal> {
    version::check(place.path())?;
    let session = session(&world, &headers)?;
    world.change(|state| state.keys.end_session(&session.token));
    Ok(StatusCode::NO_CONTENT)
}

/// The live session behind the header.
///
/// Suspending a site also ends what its sessions may do: inferred from "not accessible to users".
pub(super) fn session(world: &World, headers: &HeaderMap) -> Result<Session, SiteRefusal> {
    let token = headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = world.now();
    world
        .change(|state| {
            let session = state.keys.session(token, now)?;
            let Plane::Site(site) = session.plane else { return None };
            state.site(site).is_some_and(|site| !site.is_suspended()).then_some(session)
        })
        .ok_or_else(SiteRefusal::bad_token)
}
