//! Who asks the site API, for which site, and in which version.

use std::ops::Deref;

use axum::extract::{FromRequestParts, MatchedPath, OriginalUri, Query, RawPathParams};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::answer::SiteRefusal;
use super::signin;
use super::version::{self, Version};
use crate::manager;
use crate::world::keys::{Plane, Session};
use crate::world::roles::SiteRole;
use crate::world::{State, World};

/// Somebody with a live session, whatever site the path names.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) session: Session,
    pub(super) version: Version,
    /// The site of the session.
    pub(super) site_id: Uuid,
    /// Its place in the world's list.
    pub(super) site: usize,
    parts: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

/// Somebody who asks about the site of the own session.
#[derive(Debug)]
pub(super) struct Caller(Visitor);

/// A caller who administers that site.
#[derive(Debug)]
pub(super) struct Administrator(Caller);

impl Deref for Caller {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl Deref for Administrator {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Visitor {
    /// Refuses versions in which the method did not exist.
    pub(super) fn since(&self, major: u32, minor: u32) -> Result<(), SiteRefusal> {
        if self.version >= (major, minor) { Ok(()) } else { Err(SiteRefusal::unknown_resource()) }
    }

    /// A part of the path by its name in the route.
    pub(super) fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A part of the path as an id; what cannot be one is an id that nothing has.
    pub(super) fn id(&self, name: &str) -> Uuid {
        Uuid::parse_str(self.part(name)).unwrap_or_default()
    }

    /// A parameter of the query; the last one where it is repeated.
    pub(super) fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where something new is, for `Location`.
    pub(super) fn place(&self, kind: &str, id: Uuid) -> String {
        let (major, minor) = self.version;
        format!("/api/{major}.{minor}/sites/{}/{kind}/{id}", self.site_id)
    }

    /// Writes down a change in the ledger.
    pub(super) fn note(&self, world: &World, kind: &str, object: Uuid) {
        world.write_down(kind, object, self.session.owner);
    }

    pub(super) fn role(&self, state: &State) -> Option<SiteRole> {
        Some(state.person(self.session.owner)?.place_on(self.site)?.role)
    }

    pub(super) fn administers(&self, world: &World) -> bool {
        world.read(|state| self.role(state)).is_some_and(SiteRole::is_site_administrator)
    }

    /// The place in the world's list of the person with this id inside the site.
    pub(super) fn find_user(&self, state: &State, id: Uuid) -> Option<usize> {
        let is_asked = |place: &crate::world::people::Place| place.site_user == id;
        state.people.iter().position(|person| person.place_on(self.site).is_some_and(is_asked))
    }

    /// The place in the world's list of this group of the site.
    pub(super) fn find_group(&self, state: &State, id: Uuid) -> Result<usize, SiteRefusal> {
        let found = state.groups.iter().position(|group| group.id == id && group.site == self.site_id);
        found.ok_or_else(SiteRefusal::no_group)
    }

    /// Since when something must exist to stand in a list now.
    pub(super) fn is_indexed(&self, state: &State, since: time::OffsetDateTime) -> bool {
        since + state.settings.index_lag <= state.now
    }
}

impl FromRequestParts<World> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let path = OriginalUri::from_request_parts(parts, world)
            .await
            .map_or_else(|_| parts.uri.clone(), |uri| uri.0);
        if version::in_path(path.path()).is_none() {
            return Err(manager::refusal::unknown_path().into_response());
        }
        let version =
            version::check(world, path.path(), version::OLDEST).map_err(IntoResponse::into_response)?;
        let session = signin::session(world, &parts.headers).map_err(IntoResponse::into_response)?;
        let Plane::Site(site_id) = session.plane else {
            return Err(SiteRefusal::bad_token().into_response());
        };
        let site = world.read(|state| state.site_place(site_id));
        let site = site.ok_or_else(|| SiteRefusal::no_site().into_response())?;
        let named = RawPathParams::from_request_parts(parts, world).await;
        let named = named.map_err(|_| SiteRefusal::unknown_resource().into_response())?;
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let query = Query::<Vec<(String, String)>>::try_from_uri(&path);
        let Query(query) = query.map_err(|_| SiteRefusal::bad_request().into_response())?;
        Ok(Self { session, version, site_id, site, parts: named.iter().map(owned).collect(), query })
    }
}

impl FromRequestParts<World> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, world).await?;
        if visitor.id("site") == visitor.site_id {
            return Ok(Self(visitor));
        }
        let route = MatchedPath::from_request_parts(parts, world).await;
        let route = route.as_ref().map_or("", MatchedPath::as_str);
        // Vendor: "Remove User from Site" alone says 404000 under the status 403.
        if parts.method == Method::DELETE && route.ends_with("/users/{user}") && !route.contains("/groups/") {
            return Err(SiteRefusal::no_site().under(StatusCode::FORBIDDEN).into_response());
        }
        Err(SiteRefusal::no_site().into_response())
    }
}

impl FromRequestParts<World> for Administrator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Response> {
        let caller = Caller::from_request_parts(parts, world).await?;
        if caller.administers(world) {
            return Ok(Self(caller));
        }
        Err(SiteRefusal::not_allowed("Only administrators of the site may do this.").into_response())
    }
}
