//! Another name or minimum role for a group, or the directory's members anew.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::create::{as_job, background, local_grant, told};
use super::{Import, Row, check_directory, minimum, on_demand};
use crate::rest::answer::{self, SiteRefusal};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::reading::Asked;
use crate::world::carry::Carrier;
use crate::world::groups::Group;
use crate::world::{State as Kept, World};

/// Vendor: Users and Groups Methods, "Update Group". That `All Users` keeps its name is inferred.
pub(in crate::rest) async fn update(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    caller.since(3, 9)?;
    let asked = asked.element("group")?;
    let id = caller.id("group");
    let answer = world.change(|state| {
        let place = caller.find_group(state, id)?;
        // Vendor: this method says 400013 and 400019 under the status 403.
        if let Some(import) = Import::of(asked, state).map_err(forbidden)? {
            return synchronise(state, &caller, place, asked, &import);
        }
        change(state, &caller, place, asked)?;
        let group = &state.groups[place];
        Ok(answer::told(Row(group).element().only(&told(group))))
    })?;
    caller.note(&world, "group.update", id);
    Ok(answer)
}

fn forbidden(refusal: SiteRefusal) -> SiteRefusal {
    if refusal.is("400013") || refusal.is("400019") { refusal.under(StatusCode::FORBIDDEN) } else { refusal }
}

/// Changes a group by itself. What is left out stays as it is.
fn change(
    state: &mut Kept,
    caller: &Administrator,
    place: usize,
    asked: &Element,
) -> Result<(), SiteRefusal> {
    let group = &state.groups[place];
    let name = asked.attribute("name").unwrap_or(&group.name);
    if name.trim().is_empty() {
        return Err(SiteRefusal::bad_request());
    }
    if name != group.name {
        if group.is_everyone() {
            return Err(SiteRefusal::not_allowed("The group All Users cannot be renamed."));
        }
        if group.domain.is_some() {
            return Err(SiteRefusal::imported_name());
        }
    }
    let is_taken =
        |other: &Group| other.site == caller.site_id && other.id != group.id && other.is_called(name);
    if state.groups.iter().any(is_taken) {
        return Err(SiteRefusal::group_exists());
    }
    let on_demand = on_demand(asked, caller, state)?.unwrap_or(group.on_demand);
    let wanted = asked.attribute("minimumSiteRole").map(minimum).transpose().map_err(forbidden)?;
    let (minimum_role, grant) = match wanted {
        None => (group.minimum_role, group.grant),
        Some(minimum) => (minimum, local_grant(asked, minimum.is_some())?),
    };
    let name = name.to_owned();
    let group = &mut state.groups[place];
    (group.name, group.on_demand, group.minimum_role, group.grant) = (name, on_demand, minimum_role, grant);
    Ok(())
}

/// Reads a group from the directory anew, at once or in a job.
fn synchronise(
    state: &mut Kept,
    caller: &Administrator,
    place: usize,
    asked: &Element,
    import: &Import<'_>,
) -> Result<Response, SiteRefusal> {
    let group = &state.groups[place];
    let name = asked.attribute("name").unwrap_or(&group.name);
    if name != group.name {
        return Err(SiteRefusal::imported_name());
    }
    check_directory(state, import.domain, name)?;
    let (id, as_job) = (group.id, as_job(caller)?);
    let group = &mut state.groups[place];
    group.domain = Some(import.domain.to_owned());
    group.minimum_role = import.minimum;
    group.grant = import.grant.or(group.grant);
    if as_job {
        return Ok(background(state, caller, "GroupSync", id));
    }
    Carrier::new(state).synchronise(id);
    Ok(answer::told(as_synchronised(&state.groups[place])))
}

/// Vendor: the sample of this answer alone writes `minimumSiteRole` in the import.
fn as_synchronised(group: &Group) -> Element {
    let import = Element::new("import")
        .maybe("domainName", group.domain.as_deref())
        .maybe("grantLicenseMode", group.grant.map(|grant| grant.word()))
        .maybe("minimumSiteRole", group.minimum_role.map(|role| role.word()));
    Element::new("group").with("id", group.id).with("name", &group.name).child(import)
}
