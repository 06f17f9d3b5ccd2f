//! Who asks: the session behind the header, checked before anything is told.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::TOKEN_HEADER;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::keys::{Plane, Session};

/// A cloud administrator with a live session.
pub(super) struct Caller {
    pub(super) session: Session,
}

impl FromRequestParts<World> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, world: &World) -> Result<Self, Refusal> {
        let token = parts
            .headers
            .get(TOKEN_HEADER)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(Refusal::not_signed_in)?;
        let now = world.now();
        let session = world
            .change(|state| state.keys.session(token, now))
            // A site's session is no session here: the vendor keeps the two apart.
            .filter(|session| session.plane == Plane::Manager)
            .ok_or_else(Refusal::not_signed_in)?;
        let administers =
            world.read(|state| state.person(session.owner).is_some_and(|person| person.is_active_admin()));
        if administers { Ok(Self { session }) } else { Err(Refusal::forbidden()) }
    }
}

/// An id from the path.
pub(super) fn id(text: &str) -> Result<Uuid, Refusal> {
    // The parser also takes forms without hyphens, which the vendor does not.
    let strict = text.len() == 36;
    Uuid::parse_str(text).ok().filter(|_| strict).ok_or_else(|| Refusal::invalid("The id is not a UUID."))
}

/// Checks that the path names the caller's own tenant.
///
/// The vendor does not say what another tenant's id gets; 404 tells least, so that is our choice.
pub(super) fn own_tenant(world: &World, text: &str) -> Result<(), Refusal> {
    let asked = id(text)?;
    if world.read(|state| state.tenant.id == asked) { Ok(()) } else { Err(Refusal::not_found("tenant")) }
}

/// The query, whose mistakes are told in the vendor's error body.
pub(super) struct Asked<Filter>(pub(super) Filter);

impl<Filter: DeserializeOwned> FromRequestParts<World> for Asked<Filter> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &World) -> Result<Self, Refusal> {
        let read = Query::<Filter>::try_from_uri(&parts.uri);
        read.map(|Query(filter)| Self(filter))
            .map_err(|_| Refusal::invalid("A query parameter is not valid."))
    }
}
