//! Somebody comes to a site.

use axum::extract::State;
use axum::response::Response;
use uuid::Uuid;

use super::{role, sign_in_way};
use crate::rest::answer::{SiteRefusal, created};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::reading::Asked;
use crate::rest::users::told::User;
use crate::world::carry::Carrier;
use crate::world::roles::SiteRole;
use crate::world::settings::Deployment;
use crate::world::words::is_address;
use crate::world::{State as Kept, World};

/// The vendor's name for somebody whom nobody can add or change.
const GUEST: &str = "guest";

pub(super) fn is_guest(word: &str) -> bool {
    word.eq_ignore_ascii_case(GUEST)
}

/// Vendor: Users and Groups Methods, "Add User to Site".
///
/// "If you have already reached the limit on the number of licenses, the user is added as an unlicensed user"
/// is taken to hold for the site's own limits too. The code for a name that is no address is inferred.
pub(in crate::rest) async fn add(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    caller.since(1, 0)?;
    let user = asked.element("user")?;
    let name = user.attribute("name").filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(SiteRefusal::bad_request)?;
    let wanted = user.attribute("siteRole").ok_or_else(SiteRefusal::bad_request)?;
    if is_guest(name) || is_guest(wanted) {
        return Err(SiteRefusal::guest_exists());
    }
    let role = role(wanted)?;
    let added = world.change(|state| {
        let deployment = state.settings.deployment;
        if deployment == Deployment::Cloud && !is_address(name) {
            return Err(SiteRefusal::bad("The name must be the e-mail address to sign in with."));
        }
        let way = sign_in_way(user, &caller, deployment)?;
        if state.has_directory() && !state.in_directory(name) {
            return Err(SiteRefusal::no_user());
        }
        come(state, caller.site, name, role, way)
    })?;
    caller.note(&world, added.change, added.person);
    Ok(created(&caller.place("users", added.id), added.answer))
}

/// Somebody who has just come to a site.
struct Added {
    /// The id inside the site.
    id: Uuid,
    /// The id in the tenant.
    person: Uuid,
    answer: Element,
    /// The ledger's word for it.
    change: &'static str,
}

/// Gives the role, or none where there is no licence, to somebody known or new.
fn come(
    state: &mut Kept,
    site: usize,
    name: &str,
    role: SiteRole,
    way: Option<&'static str>,
) -> Result<Added, SiteRefusal> {
    let known = state.register.name(name);
    if known.is_some_and(|person| state.people[person].place_on(site).is_some()) {
        return Err(SiteRefusal::user_exists());
    }
    let mut carrier = Carrier::new(state);
    let given = if carrier.fits(known, site, role) { role } else { SiteRole::Unlicensed };
    let person = known.unwrap_or_else(|| carrier.welcome(name));
    carrier.give(person, site, given);
    if let Some((place, way)) = state.people[person].place_on_mut(site).zip(way) {
        place.idp = way;
    }
    let user = User::of(state, person, site).ok_or_else(SiteRefusal::no_user)?;
    Ok(Added {
        id: user.place.site_user,
        person: user.person.id,
        answer: user.element().only(&["id", "name", "siteRole", "authSetting"]),
        change: if known.is_some() { "user.role" } else { "user.create" },
    })
}
