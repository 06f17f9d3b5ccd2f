//! Another role, or another way to sign in.

use axum::extract::State;
use axum::response::Response;

use super::add::is_guest;
use super::{role, sign_in_way};
use crate::rest::answer::{SiteRefusal, told};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::reading::Asked;
use crate::rest::users::told::User;
use crate::world::carry::Carrier;
use crate::world::roles::SiteRole;
use crate::world::settings::Deployment;
use crate::world::words::is_address;
use crate::world::{State as Kept, World};

const TOLD: &[&str] = &["name", "fullName", "email", "siteRole", "authSetting"];

/// Vendor: Users and Groups Methods, "Update User". What is left out stays as it is.
///
/// "For Tableau Cloud, you can update the site role for a user, but you cannot update or change a user's
/// password, user name (email address), or full name": whether these are refused or ignored is not said; here
/// they are ignored, which is the answer that must not be overlooked.
pub(in crate::rest) async fn update(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    caller.since(1, 0)?;
    let user = asked.element("user")?;
    let (answer, id, changed) = world.change(|state| {
        let person = caller.find_user(state, caller.id("user")).ok_or_else(SiteRefusal::no_user)?;
        if is_guest(&state.people[person].user_name) {
            return Err(SiteRefusal::not_guest());
        }
        let way = sign_in_way(user, &caller, state.settings.deployment)?;
        if user.attribute("email").is_some_and(|email| !is_address(email)) {
            return Err(SiteRefusal::bad("The email attribute does not contain a valid email address."));
        }
        let mut changed = set_role(state, &caller, person, user.attribute("siteRole"))?;
        if let Some((place, way)) = state.people[person].place_on_mut(caller.site).zip(way) {
            changed |= place.idp != way;
            place.idp = way;
        }
        if state.settings.deployment == Deployment::Server {
            changed |= describe(state, person, user);
        }
        let told = User::of(state, person, caller.site).ok_or_else(SiteRefusal::no_user)?;
        Ok((told.element().only(TOLD), told.person.id, changed))
    })?;
    if changed {
        caller.note(&world, "user.role", id);
    }
    Ok(told(answer))
}

/// Gives another role; says whether it is new.
fn set_role(
    state: &mut Kept,
    caller: &Administrator,
    person: usize,
    wanted: Option<&str>,
) -> Result<bool, SiteRefusal> {
    let Some(wanted) = wanted else { return Ok(false) };
    // Vendor: only those who have this role may give it, and nobody has it here.
    if wanted == "ServerAdministrator" {
        return Err(SiteRefusal::not_allowed("Only server administrators may give this role."));
    }
    let after = role(wanted)?;
    let before = state.people[person].place_on(caller.site).map(|place| place.role);
    if before == Some(after) {
        return Ok(false);
    }
    if state.people[person].id == caller.session.owner {
        return Err(SiteRefusal::not_oneself());
    }
    if after == SiteRole::Unlicensed && state.held_at(person, caller.site).is_some() {
        return Err(SiteRefusal::held_by_group());
    }
    let mut carrier = Carrier::new(state);
    if !carrier.fits(Some(person), caller.site, after) {
        return Err(SiteRefusal::no_licence());
    }
    carrier.give(person, caller.site, after);
    Ok(true)
}

/// Name and address, which change on a Tableau Server only; says whether one is new.
fn describe(state: &mut Kept, person: usize, user: &Element) -> bool {
    let person = &mut state.people[person];
    let name = user.attribute("fullName").filter(|name| **name != *person.display_name);
    if let Some(name) = name {
        person.display_name = name.into();
    }
    user.attribute("email").is_some_and(|email| person.write_to(email)) || name.is_some()
}
