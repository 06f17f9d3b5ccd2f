//! Group sets, which came with version 3.22.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use uuid::Uuid;

use super::answer::{SiteRefusal, created, told};
use super::caller::Administrator;
use super::element::Element;
use super::filter::{self, Field, Filtered, Kind, Value};
use super::paging::Page;
use super::reading::Asked;
use crate::world::sets::GroupSet;
use crate::world::{State as Kept, World};

fn since(caller: &Administrator) -> Result<(), SiteRefusal> {
    caller.since(3, 22)
}

/// A set in a list. Vendor: "You can filter on predefined fields such as name"; the operators are inferred.
struct Row<'world>(&'world GroupSet);

impl Filtered for Row<'_> {
    const FIELDS: &'static [Field] = &[Field::new("name", Kind::Text, "eq in")];

    fn value(&self, _: &str) -> Value {
        Value::Text(self.0.name.clone())
    }
}

/// Vendor: Users and Groups Methods, "List Group Sets". What `resultlevel=local` leaves out is inferred: the
/// member groups.
pub(super) async fn list(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    since(&caller)?;
    let page = Page::of(&caller)?;
    let with_groups = match caller.asked("resultlevel") {
        None | Some("members") => true,
        Some("local") => false,
        Some(_) => return Err(SiteRefusal::bad("resultlevel is members or local.")),
    };
    world.read(|state| {
        let here = state.sets.iter().filter(|set| set.site == caller.site_id);
        let indexed = here.filter(|set| caller.is_indexed(state, set.created)).map(Row);
        let sets = filter::choose(&caller, indexed.collect())?;
        page.tell("groupSets", &sets, |Row(set)| {
            let set = element(state, set);
            if with_groups { set } else { set.only(&["id", "name", "groupCount"]) }
        })
    })
}

fn element(state: &Kept, set: &GroupSet) -> Element {
    let groups = set.groups.iter().filter_map(|id| state.groups.iter().find(|group| group.id == *id));
    let groups = groups.map(|group| Element::new("group").with("id", group.id).with("name", &group.name));
    Element::new("groupSet")
        .with("id", set.id)
        .with("name", &set.name)
        .with("groupCount", set.groups.len())
        .children(groups)
}

/// Vendor: Users and Groups Methods, "Get Group Set". Its sample has no `groupCount` at the set, and none is
/// told.
pub(super) async fn show(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    since(&caller)?;
    world.read(|state| {
        let set = find(state, &caller)?;
        Ok(told(element(state, &state.sets[set]).only(&["id", "name", "group"])))
    })
}

/// Vendor: Users and Groups Methods, "Create Group Set".
pub(super) async fn create(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    since(&caller)?;
    let name = name(&asked)?;
    let (id, answer) = world.change(|state| {
        check_free(state, &caller, name, None)?;
        let (id, created) = (state.random.uuid(), state.now);
        let set = GroupSet { id, site: caller.site_id, name: name.to_owned(), created, groups: Vec::new() };
        let answer = element(state, &set);
        state.sets.push(set);
        Ok((id, answer))
    })?;
    caller.note(&world, "set.create", id);
    Ok(created(&caller.place("groupsets", id), answer))
}

/// Vendor: Users and Groups Methods, "Update Group Set". Its page writes the path as `group-set`, public
/// clients as `groupsets`: both are known here.
pub(super) async fn update(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    since(&caller)?;
    let name = name(&asked)?;
    let (id, answer) = world.change(|state| {
        let set = find(state, &caller)?;
        let id = state.sets[set].id;
        check_free(state, &caller, name, Some(id))?;
        name.clone_into(&mut state.sets[set].name);
        Ok((id, element(state, &state.sets[set])))
    })?;
    caller.note(&world, "set.update", id);
    Ok(told(answer))
}

/// Vendor: Users and Groups Methods, "Delete Group Set"; its groups stay.
pub(super) async fn delete(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    since(&caller)?;
    let id = world.change(|state| {
        let set = find(state, &caller)?;
        Ok(state.sets.remove(set).id)
    })?;
    caller.note(&world, "set.delete", id);
    Ok(StatusCode::NO_CONTENT)
}

/// Vendor: Users and Groups Methods, "Add Group to Group Set". A group that is in it already is no mistake:
/// inferred.
pub(super) async fn add_group(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    let id = change(&world, &caller, |groups, group| {
        if !groups.contains(&group) {
            groups.push(group);
        }
        Ok(())
    })?;
    caller.note(&world, "set.join", id);
    Ok(StatusCode::OK)
}

/// Vendor: Users and Groups Methods, "Remove Group from Group Set". It names no status; 204 is inferred, and
/// so is 400032 for a group that is not in the set.
pub(super) async fn remove_group(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    let id = change(&world, &caller, |groups, group| {
        let place = groups.iter().position(|known| *known == group);
        let place = place.ok_or_else(|| SiteRefusal::not_removed("The group is not in the set."))?;
        groups.remove(place);
        Ok(())
    })?;
    caller.note(&world, "set.leave", id);
    Ok(StatusCode::NO_CONTENT)
}

/// Changes which groups are in a set, by the one that is asked for. Tells the set.
fn change(
    world: &World,
    caller: &Administrator,
    change: impl FnOnce(&mut Vec<Uuid>, Uuid) -> Result<(), SiteRefusal>,
) -> Result<Uuid, SiteRefusal> {
    since(caller)?;
    world.change(|state| {
        let set = find(state, caller)?;
        let group = caller.find_group(state, caller.id("group"))?;
        let group = state.groups[group].id;
        change(&mut state.sets[set].groups, group)?;
        Ok(state.sets[set].id)
    })
}

fn name(asked: &Asked) -> Result<&str, SiteRefusal> {
    let name = asked.element("groupSet")?.attribute("name").filter(|name| !name.trim().is_empty());
    name.ok_or_else(SiteRefusal::bad_request)
}

fn find(state: &Kept, caller: &Administrator) -> Result<usize, SiteRefusal> {
    let id = caller.id("set");
    let found = state.sets.iter().position(|set| set.id == id && set.site == caller.site_id);
    found.ok_or_else(SiteRefusal::no_set)
}

/// Whether no other set of the site has this name.
fn check_free(
    state: &Kept,
    caller: &Administrator,
    name: &str,
    own: Option<Uuid>,
) -> Result<(), SiteRefusal> {
    let taken = |set: &GroupSet| set.site == caller.site_id && Some(set.id) != own && set.is_called(name);
    if state.sets.iter().any(taken) { Err(SiteRefusal::set_exists()) } else { Ok(()) }
}
