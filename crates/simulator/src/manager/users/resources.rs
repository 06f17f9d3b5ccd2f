//! Where a user name can sign in: the tenant and the sites.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::manager::caller::{Asked, Caller, id};
use crate::manager::refusal::Refusal;
use crate::world::people::{Person, Place};
use crate::world::sites::Site;
use crate::world::{State as Kept, World};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::manager) struct Filter {
    user_name: Option<String>,
    resource_id: Option<String>,
    resource_type: Option<String>,
    auth_type: Option<String>,
    auth_user_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resources {
    resources: Vec<Resource>,
    user_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    name: String,
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    migration_status: Option<&'static str>,
    uri: String,
    email: String,
    id: Uuid,
    resource_type: &'static str,
    instance_domain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Parent>,
    #[serde(skip)]
    idp: &'static str,
}

#[derive(Serialize)]
struct Parent {
    name: &'static str,
    uri: &'static str,
    id: Uuid,
}

impl Resource {
    fn tenant(person: &Person, state: &Kept, domain: &str) -> Self {
        let tenant = &state.tenant;
        Self {
            name: tenant.name.to_owned(),
            state: "Active".to_owned(),
            migration_status: None,
            uri: tenant.encode_uri.to_owned(),
            email: person.email().to_owned(),
            id: tenant.id,
            resource_type: "TENANT",
            instance_domain: domain.to_owned(),
            parent: None,
            idp: person.idp,
        }
    }

    fn site(person: &Person, (place, site): (&Place, &Site), state: &Kept, domain: &str) -> Self {
        let tenant = &state.tenant;
        Self {
            name: site.name.clone(),
            state: site.status.clone(),
            migration_status: Some(site.migration_status),
            uri: site.content_url.clone(),
            email: person.email().to_owned(),
            id: site.id,
            resource_type: "SITE",
            instance_domain: domain.to_owned(),
            parent: Some(Parent { name: tenant.name, uri: tenant.encode_uri, id: tenant.id }),
            idp: place.idp,
        }
    }

    fn all(person: &Person, state: &Kept, domain: &str) -> Vec<Self> {
        let tenant = person.tenant_admin.map(|_| Self::tenant(person, state, domain));
        let sites = person.places.iter().map(|place| {
            let site = &state.sites[usize::from(place.site)];
            Self::site(person, (place, site), state, domain)
        });
        tenant.into_iter().chain(sites).collect()
    }
}

/// Vendor: User Methods, resources of a user name. The page gives it neither a version nor a permission, and
/// does not tell what an unknown user name gets: here it gets an empty list.
pub(in crate::manager) async fn resources(
    State(world): State<World>,
    _: Caller,
    Asked(filter): Asked<Filter>,
) -> Result<impl IntoResponse, Refusal> {
    let user_name = filter.user_name.filter(|name| !name.is_empty());
    let user_name = user_name.ok_or_else(|| Refusal::invalid("userName is missing."))?;
    let wanted = filter.resource_id.as_deref().map(id).transpose()?;
    let kind = one_of(filter.resource_type, &["SITE", "TENANT"], "resourceType")?;
    let idp = one_of(filter.auth_type, &["OpenID", "SAML", "TableauIDWithMFA", "DEFAULT"], "authType")?;
    let domain = world.base_url().split_once("//").map_or("", |(_, domain)| domain);
    let resources = world.read(|state| {
        let person = state.register.name(&user_name).map(|place| &state.people[place]);
        let person = person.filter(|person| {
            filter.auth_user_id.as_ref().is_none_or(|wanted| *wanted == person.id.to_string())
        });
        person.map(|person| Resource::all(person, state, domain)).unwrap_or_default()
    });
    let fits = |resource: &Resource| {
        wanted.is_none_or(|wanted| wanted == resource.id)
            && kind.as_deref().is_none_or(|kind| kind == resource.resource_type)
            && idp.as_deref().is_none_or(|idp| idp == resource.idp)
    };
    Ok(Json(Resources { resources: resources.into_iter().filter(fits).collect(), user_name }))
}

fn one_of(word: Option<String>, known: &[&str], what: &str) -> Result<Option<String>, Refusal> {
    match word {
        Some(word) if !known.contains(&word.as_str()) => {
            Err(Refusal::invalid(&format!("{what} is not one of the known words.")))
        }
        word => Ok(word),
    }
}
