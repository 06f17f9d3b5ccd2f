//! A new group, local or from a directory.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use uuid::Uuid;

use super::{Import, Row, check_directory, minimum, on_demand};
use crate::rest::answer::{SiteRefusal, created, xml};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::reading::Asked;
use crate::rest::users::file::begun;
use crate::world::carry::Carrier;
use crate::world::clock::Stamp;
use crate::world::groups::{GrantMode, Group};
use crate::world::jobs::Row as JobRow;
use crate::world::orders::{Order, Submission};
use crate::world::site_jobs::SiteTold;
use crate::world::{State as Kept, World};

/// Vendor: Users and Groups Methods, "Create Group". `asJob` "has no effect if the server is configured to
/// use local authentication".
pub(in crate::rest) async fn create(
    State(world): State<World>,
    caller: Administrator,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    caller.since(3, 9)?;
    let as_job = as_job(&caller)?;
    let (id, answer) = world.change(|state| {
        let group = new_group(state, &caller, asked.element("group")?)?;
        let (id, imported) = (group.id, group.domain.is_some());
        state.groups.push(group);
        if imported && as_job {
            return Ok((id, background(state, &caller, "GroupImport", id)));
        }
        if imported {
            Carrier::new(state).synchronise(id);
        }
        let group = state.groups.last().ok_or_else(SiteRefusal::no_group)?;
        let told = Row(group).element().only(&told(group));
        Ok((id, created(&caller.place("groups", id), told)))
    })?;
    caller.note(&world, "group.create", id);
    Ok(answer)
}

/// What the vendor's samples of answers hold.
pub(super) fn told(group: &Group) -> Vec<&'static str> {
    match group.domain {
        None => vec!["id", "name", "minimumSiteRole", "ephemeralUsersEnabled", "import"],
        Some(_) => vec!["id", "name", "import"],
    }
}

/// The group that a request asks for, if nothing speaks against it.
fn new_group(state: &mut Kept, caller: &Administrator, asked: &Element) -> Result<Group, SiteRefusal> {
    let name = asked.attribute("name").filter(|name| !name.trim().is_empty());
    let name = name.ok_or_else(SiteRefusal::bad_request)?;
    let on_demand = on_demand(asked, caller, state)?.unwrap_or_default();
    let import = Import::of(asked, state)?;
    if let Some(import) = &import {
        check_directory(state, import.domain, name)?;
    }
    let taken = |group: &Group| group.site == caller.site_id && group.is_called(name);
    if state.groups.iter().any(taken) {
        return Err(SiteRefusal::group_exists());
    }
    let (domain, minimum_role, grant) = match import {
        Some(Import { domain, minimum, grant }) => (Some(domain.to_owned()), minimum, grant),
        None => {
            let minimum = asked.attribute("minimumSiteRole").map(minimum).transpose()?.flatten();
            (None, minimum, local_grant(asked, minimum.is_some())?)
        }
    };
    let group = Group::local(state.random.uuid(), caller.site_id, name, state.now);
    Ok(Group { domain, minimum_role, grant, on_demand, ..group })
}

/// Vendor: with a minimum role "users are granted a license using the grant license on-login mode by
/// default"; the mode of a local group "can be either onLogin or unset", and wants a role.
pub(super) fn local_grant(asked: &Element, has_minimum: bool) -> Result<Option<GrantMode>, SiteRefusal> {
    match asked.attribute("grantLicenseMode") {
        None => Ok(has_minimum.then_some(GrantMode::OnSignIn)),
        Some("unset") => Ok(None),
        Some("onLogin") if has_minimum => Ok(Some(GrantMode::OnSignIn)),
        Some(_) => Err(SiteRefusal::bad("grantLicenseMode is onLogin, and wants a minimum site role.")),
    }
}

/// Whether the directory shall be read in the background.
pub(super) fn as_job(caller: &Administrator) -> Result<bool, SiteRefusal> {
    let word = caller.asked("asJob").unwrap_or("false");
    word.parse().map_err(|_| SiteRefusal::bad("asJob is true or false."))
}

/// Reads the directory in a job, and tells it.
pub(super) fn background(
    state: &mut Kept,
    caller: &Administrator,
    kind: &'static str,
    group: Uuid,
) -> Response {
    let rows = vec![(JobRow::asking("SYNCHRONISE_GROUP"), Order::Synchronise(group))];
    let submission = Submission::new(kind, caller.session.owner, rows);
    let submission = Submission { site: Some(caller.site_id), ..submission };
    let now = state.now;
    let job = state.take_in(submission, Some(SiteTold::of(kind)), now);
    let mut answer = xml(StatusCode::ACCEPTED, [begun(job, kind).with("createdAt", Stamp(now))]);
    // Vendor: as a job, "Tableau Server … returns the job ID in the Location header".
    if let Ok(place) = caller.place("jobs", job).parse() {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    answer
}
