//! Making a site, and the project of a site.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Caller, id, own_tenant};
use super::refusal::Refusal;
use super::sites::SiteAnswer;
use crate::world::places::Pod;
use crate::world::sites::{Project, Site};
use crate::world::{State as Inside, World};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewSite {
    name: String,
    content_url: String,
    #[serde(rename = "regionUUID")]
    region: Option<Uuid>,
    #[serde(rename = "podUUID")]
    pod: Option<Uuid>,
}

/// Vendor: Site Methods, the words that a name must not contain.
const RESERVED: &str = "default system admin administrator all guest public internal private protected root service \
    services tableau user users web www";

fn refused(status: StatusCode, code: &'static str, reason: &str) -> Refusal {
    Refusal::new(status, code, "The site cannot be created.", reason)
}

/// Vendor: Site Methods, "Creates a new site under the given tenant". The codes are those of a public client's model;
/// their statuses, and that only a whole word is reserved, are our choice.
pub(super) async fn create(
    State(world): State<World>,
    caller: Caller,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let asked: NewSite = serde_json::from_slice(&body)
        .map_err(|_| Refusal::invalid("The body must hold name, contentUrl, and regionUUID or podUUID."))?;
    check_name(&asked.name)?;
    // Vendor: "Tableau creates the site content URL by omitting those characters from the string."
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
    let content_url: String = asked.content_url.chars().filter(plain).collect();
    if content_url.is_empty() {
        let reason = "contentUrl has no character that can be used.";
        return Err(refused(StatusCode::BAD_REQUEST, "INVALID_SITE_CONTENT_URL", reason));
    }
    let now = world.now();
    let made = world.change(|state| {
        let pod = pod(state, &asked)?;
        check_state(state, &asked.name, &content_url)?;
        let site = Site::new(state.random.uuid(), &asked.name, content_url, pod, now);
        let answer = SiteAnswer::of(&site, state.tenant.id, world.base_url());
        let id = site.id;
        state.sites.push(site);
        Ok((id, answer))
    })?;
    world.write_down("site.create", made.0, caller.session.owner);
    Ok(Json(made.1))
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let length = name.chars().count();
    let bad = |letter: char| letter.is_control() || "/\\*?%:|\"<>".contains(letter);
    let reserved = name.split_whitespace().any(|word| {
        let word = word.to_lowercase();
        RESERVED.split_whitespace().any(|reserved| reserved == word)
    });
    let spaced = name.starts_with(' ') || name.ends_with(' ');
    if !(1..=80).contains(&length) || name.contains(bad) || spaced || reserved {
        let reason = "The name breaks a rule for names of sites.";
        return Err(refused(StatusCode::BAD_REQUEST, "INVALID_SITE_NAME", reason));
    }
    Ok(())
}

fn pod(state: &Inside, asked: &NewSite) -> Result<Pod, Refusal> {
    let found = match (asked.region, asked.pod) {
        (Some(region), None) => state.pods.iter().find(|pod| pod.region == region),
        (None, Some(pod)) => state.pods.iter().find(|known| known.id == pod),
        _ => return Err(Refusal::invalid("Give either regionUUID or podUUID.")),
    };
    let found = found.ok_or_else(|| Refusal::invalid("There is no such region or pod."))?;
    let instead = state.settings.sites_made_in;
    let instead = instead.and_then(|region| state.pods.iter().find(|pod| pod.region == region));
    Ok(instead.unwrap_or(found).clone())
}

fn check_state(state: &Inside, name: &str, content_url: &str) -> Result<(), Refusal> {
    let conflict = |code, reason| Err(refused(StatusCode::CONFLICT, code, reason));
    if state.sites.len() >= state.settings.most_sites {
        return conflict("SITE_LIMIT_REACHED", "The tenant has as many sites as it may have.");
    }
    if state.sites.iter().any(|site| site.name.eq_ignore_ascii_case(name)) {
        return conflict("SITE_NAME_CONFLICT", "A site of the tenant has this name.");
    }
    if state.sites.iter().any(|site| site.content_url.eq_ignore_ascii_case(content_url)) {
        return conflict("SITE_CONTENT_URL_CONFLICT", "A site has this address.");
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewProject {
    owner_id: Uuid,
}

#[derive(Serialize)]
struct ProjectAnswer {
    project: ProjectTold,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProjectTold {
    name: &'static str,
    id: Uuid,
    description: &'static str,
    content_permissions: &'static str,
    owner: Owner,
}

#[derive(Serialize)]
struct Owner {
    id: Uuid,
}

/// Vendor: Site Methods, "Creates a new project on a site in a tenant". No name can be given. That it is called
/// *Samples*, and that there is one for each site, is our choice.
pub(super) async fn create_project(
    State(world): State<World>,
    caller: Caller,
    Path((tenant, site)): Path<(String, String)>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &tenant)?;
    let site = id(&site)?;
    let NewProject { owner_id: owner } =
        serde_json::from_slice(&body).map_err(|_| Refusal::invalid("The body must hold an ownerId."))?;
    let project = world.change(|state| {
        let place = state.site_place(site).ok_or_else(|| Refusal::not_found("site"))?;
        let people = state.people.iter().filter(|person| !person.gone);
        let known = people.filter_map(|person| person.place_on(place)).any(|place| place.site_user == owner);
        if !known {
            return Err(Refusal::invalid("The owner is not a user of the site."));
        }
        if state.projects.iter().any(|project| project.site == site) {
            return Err(Refusal::conflict("The site has its project already."));
        }
        let project = Project { id: state.random.uuid(), site, owner };
        state.projects.push(project.clone());
        Ok(project)
    })?;
    world.write_down("site.create_project", project.id, caller.session.owner);
    Ok(Json(ProjectAnswer {
        project: ProjectTold {
            name: "Samples",
            id: project.id,
            description: "",
            content_permissions: "ManagedByOwner",
            owner: Owner { id: project.owner },
        },
    }))
}
