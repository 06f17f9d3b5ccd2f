//! Signing in to a site with a personal access token, to another one, and out again.

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use uuid::Uuid;

use super::TOKEN_HEADER;
use super::answer::{SiteRefusal, told};
use super::caller::Visitor;
use super::element::Element;
use super::reading::Asked;
use super::version;
use crate::world::keys::{Plane, Session};
use crate::world::{State as Kept, World};

/// Vendor: Authentication Methods, "Sign In".
///
/// A suspended site refuses with the code of a failed sign-in. That code is inferred: the vendor only
/// says that suspended sites are not accessible.
pub(super) async fn sign_in(
    State(world): State<World>,
    OriginalUri(place): OriginalUri,
    asked: Result<Asked, SiteRefusal>,
) -> Result<Response, SiteRefusal> {
    version::check(&world, place.path(), version::SIGN_IN)?;
    let asked = asked?;
    let credentials = asked.element("credentials")?;
    let said = |name| credentials.attribute(name).ok_or_else(SiteRefusal::bad_request);
    let (name, secret) = (said("personalAccessTokenName")?, said("personalAccessTokenSecret")?);
    let content_url = wanted_site(credentials)?;
    let now = world.now();
    let opened = world.change(|state| {
        let site = open_site(state, content_url)?;
        let session = state.keys.sign_in_site(site, name, secret, now)?;
        Some(signed_in(state, &session, site, content_url)?.with_left(&session, now))
    });
    opened.map(told).ok_or_else(SiteRefusal::sign_in_failed)
}

fn wanted_site(element: &Element) -> Result<&str, SiteRefusal> {
    let site = element.find("site").and_then(|site| site.attribute("contentUrl"));
    site.ok_or_else(SiteRefusal::bad_request)
}

/// The id of a site that lets people in.
fn open_site(state: &Kept, content_url: &str) -> Option<Uuid> {
    let site = state.sites.iter().find(|site| site.content_url == content_url)?;
    (!site.is_suspended()).then_some(site.id)
}

fn signed_in(state: &Kept, session: &Session, site: Uuid, content_url: &str) -> Option<Element> {
    let user = site_user(state, session.owner, site)?;
    let credentials = Element::new("credentials").with("token", &session.token);
    let credentials =
        credentials.child(Element::new("site").with("id", site).with("contentUrl", content_url));
    Some(credentials.child(Element::new("user").with("id", user)))
}

impl Element {
    fn with_left(self, session: &Session, now: time::OffsetDateTime) -> Self {
        let left = (session.ends - now).whole_seconds();
        let left = format!("{}:{:02}:{:02}", left / 3_600, left / 60 % 60, left % 60);
        self.with("estimatedTimeToExpiration", left)
    }
}

/// The person's id inside the site, which is not the id in the tenant.
fn site_user(state: &Kept, person: Uuid, site: Uuid) -> Option<Uuid> {
    let place = state.site_place(site)?;
    Some(state.person(person)?.place_on(place)?.site_user)
}

/// Vendor: Authentication Methods, "Switch Site". Whether Tableau Cloud knows it is not certain; here it
/// does.
///
/// Where the person has no role the answer is that of a failed sign-in: inferred.
pub(super) async fn switch_site(
    State(world): State<World>,
    visitor: Visitor,
    asked: Result<Asked, SiteRefusal>,
) -> Result<Response, SiteRefusal> {
    visitor.since(2, 6)?;
    let asked = asked?;
    let wanted = asked.element("site")?.attribute("contentUrl").ok_or_else(SiteRefusal::bad_request)?;
    let now = world.now();
    world.change(|state| {
        let site = open_site(state, wanted).ok_or_else(SiteRefusal::sign_in_failed)?;
        if site == visitor.site_id {
            return Err(SiteRefusal::already_there());
        }
        site_user(state, visitor.session.owner, site).ok_or_else(SiteRefusal::sign_in_failed)?;
        let session = state.keys.switch(&visitor.session, site, now);
        let answer = signed_in(state, &session, site, wanted).ok_or_else(SiteRefusal::sign_in_failed)?;
        Ok(told(answer.with_left(&session, now)))
    })
}

/// Vendor: Authentication Methods, "Sign Out".
pub(super) async fn sign_out(
    State(world): State<World>,
    OriginalUri(place): OriginalUri,
    headers: HeaderMap,
) -> Result<StatusCode, SiteRefusal> {
    version::check(&world, place.path(), version::SIGN_IN)?;
    let session = session(&world, &headers)?;
    world.change(|state| state.keys.end_session(&session.token));
    Ok(StatusCode::NO_CONTENT)
}

/// The live session behind the header.
///
/// Suspending a site also ends what its sessions may do: inferred from "not accessible to users". So does
/// losing the role there, which is inferred as well.
pub(super) fn session(world: &World, headers: &HeaderMap) -> Result<Session, SiteRefusal> {
    let token = headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = world.now();
    world
        .change(|state| {
            let session = state.keys.session(token, now)?;
            let Plane::Site(site) = session.plane else { return None };
            site_user(state, session.owner, site)?;
            state.site(site).is_some_and(|site| !site.is_suspended()).then_some(session)
        })
        .ok_or_else(SiteRefusal::bad_token)
}
