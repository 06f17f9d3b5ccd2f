//! Who belongs to a group.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use uuid::Uuid;

use crate::rest::answer::{SiteRefusal, told};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::paging::Page;
use crate::rest::reading::Asked;
use crate::rest::users::told::User;
use crate::world::groups::Group;
use crate::world::{State as Kept, World};

const LISTED: &[&str] = &["id", "name", "siteRole", "lastLogin", "externalAuthUserId", "language", "locale"];
const ADDED: &[&str] = &["id", "name", "siteRole"];

/// Vendor: Users and Groups Methods, "Get Users in Group".
pub(in crate::rest) async fn list(
    State(world): State<World>,
    caller: Administrator,
) -> Result<Response, SiteRefusal> {
    caller.since(2, 0)?;
    let page = Page::of(&caller)?;
    world.read(|state| {
        let group = caller.find_group(state, caller.id("group"))?;
        let members = state.groups[group].members.iter();
        let members: Vec<_> =
            members.filter_map(|person| User::of(state, *person as usize, caller.site)).collect();
        page.tell("users", &members, |user| user.element().only(LISTED))
    })
}

/// Vendor: Users and Groups Methods, "Add User to Group", one or, since 3.21, many.
///
/// That one person who cannot be added keeps all others out is inferred, and so is 404002 for an unknown one.
/// The group's minimum role is not given here, but when the person signs in next.
pub(in crate::rest) async fn add(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    caller.since(2, 0)?;
    let many = asked.find("users").is_some();
    if many && caller.version < (3, 21) {
        return Err(SiteRefusal::bad_request());
    }
    let ids = if many { ids(&asked)? } else { vec![id(asked.element("user")?)?] };
    let (group, answer) = world.change(|state| {
        let place = editable(state, &caller)?;
        let people = people(state, &caller, &ids)?;
        if people.iter().any(|person| state.groups[place].has(*person)) {
            return Err(SiteRefusal::already_member());
        }
        state.groups[place].members.extend(people.iter().map(|person| *person as u32));
        let users = people.iter().filter_map(|person| User::of(state, *person, caller.site));
        let mut users: Vec<_> = users.map(|user| user.element().only(ADDED)).collect();
        let answer = match users.pop() {
            Some(user) if !many => user,
            last => Element::new("users").children(users).children(last),
        };
        Ok((state.groups[place].id, answer))
    })?;
    caller.note(&world, "group.join", group);
    Ok(told(answer))
}

/// Vendor: Users and Groups Methods, "Remove User from Group". Who is no member gets 400032: inferred.
pub(in crate::rest) async fn remove(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(2, 0)?;
    take_out(&world, &caller, &[caller.id("user")])
}

/// Vendor: Users and Groups Methods, "Remove User from Group", many; its own sample shows the path for one.
pub(in crate::rest) async fn remove_many(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(3, 21)?;
    take_out(&world, &caller, &ids(&asked)?)
}

fn take_out(world: &World, caller: &Administrator, ids: &[Uuid]) -> Result<StatusCode, SiteRefusal> {
    let group = world.change(|state| {
        let place = caller.find_group(state, caller.id("group"))?;
        let group = &state.groups[place];
        if group.is_everyone() || group.domain.is_some() {
            return Err(SiteRefusal::not_removed("The members of this group cannot be changed."));
        }
        let people = people(state, caller, ids)?;
        let group = &mut state.groups[place];
        if !people.iter().all(|person| group.has(*person)) {
            return Err(SiteRefusal::not_removed("The user is no member of the group."));
        }
        let leaving: HashSet<u32> = people.iter().map(|person| *person as u32).collect();
        group.members.retain(|member| !leaving.contains(member));
        Ok(group.id)
    })?;
    caller.note(world, "group.leave", group);
    Ok(StatusCode::NO_CONTENT)
}

/// A group whose members may be added by hand. Directories keep their own: inferred.
fn editable(state: &Kept, caller: &Administrator) -> Result<usize, SiteRefusal> {
    let place = caller.find_group(state, caller.id("group"))?;
    let group: &Group = &state.groups[place];
    if group.domain.is_some() {
        return Err(SiteRefusal::not_allowed("The members of this group come from a directory."));
    }
    Ok(place)
}

/// The ids of many. The vendor's sample names somebody twice: that counts once.
fn ids(asked: &Asked) -> Result<Vec<Uuid>, SiteRefusal> {
    let ids: Vec<_> = asked.element("users")?.each("user").map(id).collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    let ids: Vec<_> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
    if ids.is_empty() { Err(SiteRefusal::bad_request()) } else { Ok(ids) }
}

fn id(user: &Element) -> Result<Uuid, SiteRefusal> {
    let id = user.attribute("id").ok_or_else(SiteRefusal::bad_request)?;
    Ok(Uuid::parse_str(id).unwrap_or_default())
}

/// Where these people stand in the world's list; all of them must be on the site.
fn people(state: &Kept, caller: &Administrator, ids: &[Uuid]) -> Result<Vec<usize>, SiteRefusal> {
    let everyone = state.people.iter().enumerate();
    let here = everyone.filter_map(|(person, known)| Some((known.place_on(caller.site)?.site_user, person)));
    let known: HashMap<Uuid, usize> = here.collect();
    ids.iter().map(|id| known.get(id).copied().ok_or_else(SiteRefusal::no_user)).collect()
}
