//! How people sign in to the tenant and to its sites.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::caller::{Caller, own_tenant};
use super::refusal::Refusal;
use crate::world::{State as Inside, World};

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "resourceIds")]
    resources: Vec<Uuid>,
    #[serde(rename = "requireMultipleIDPs", default)]
    multiple: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    resource_id: Uuid,
    authentication_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_provider_alias: Option<String>,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_configuration_name: Option<&'static str>,
}

/// Vendor: Single Sign-On Methods, "Gets list of authentification configurations": a bare array. Which site has
/// which is our choice: every third one takes SAML beside its default.
pub(super) async fn authentications(
    State(world): State<World>,
    _: Caller,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let asked: Asked = serde_json::from_slice(&body)
        .map_err(|_| Refusal::invalid("The body must hold a list of ids as resourceIds."))?;
    world.read(|state| {
        let mut all = Vec::new();
        for id in &asked.resources {
            if *id == state.tenant.id {
                all.push(of_tenant(state));
                continue;
            }
            let place = state.site_place(*id).ok_or_else(|| Refusal::not_found("resource"))?;
            let told = |kind, name| Told {
                resource_id: *id,
                authentication_type: kind,
                known_provider_alias: None,
                enabled: true,
                idp_configuration_name: name,
            };
            all.push(told("DEFAULT", None));
            if asked.multiple && place % 3 == 0 {
                all.push(told("SAML", Some("Company sign-in")));
            }
        }
        Ok(Json(all))
    })
}

fn of_tenant(state: &Inside) -> Told {
    let alias = state.oidc.as_ref().and_then(|oidc| oidc.get("knownProviderAlias")).and_then(Value::as_str);
    let enabled = state.oidc.as_ref().and_then(|oidc| oidc.get("enabled")).and_then(Value::as_bool);
    Told {
        resource_id: state.tenant.id,
        authentication_type: if alias.is_some() { "OIDC" } else { "TABID_WITH_MFA" },
        known_provider_alias: alias.map(str::to_owned),
        enabled: enabled.unwrap_or(true),
        idp_configuration_name: None,
    }
}

/// Vendor: Single Sign-On Methods, "Gets the OpenID Connect (OIDC) configuration". What a missing one gets is not
/// documented; 404 is our choice.
pub(super) async fn show(
    State(world): State<World>,
    _: Caller,
    Path(resource): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &resource)?;
    let found = world.read(|state| state.oidc.clone());
    found.map(Json).ok_or_else(|| Refusal::not_found("configuration"))
}

/// Vendor: Single Sign-On Methods, "Create a new OpenID Connect (OIDC) configuration"; an existing one is replaced.
/// That Salesforce needs its domain is read from "For Salesforce authentication only".
pub(super) async fn write(
    State(world): State<World>,
    caller: Caller,
    Path(resource): Path<String>,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &resource)?;
    let asked: Map<String, Value> =
        serde_json::from_slice(&body).map_err(|_| Refusal::invalid("The body must be an object."))?;
    let alias = asked.get("knownProviderAlias").and_then(Value::as_str).filter(|alias| !alias.is_empty());
    let domain = asked.get("salesforceDomain").and_then(Value::as_str).filter(|domain| !domain.is_empty());
    match (asked.get("enabled"), alias) {
        (Some(Value::Bool(_)), Some("Salesforce")) if domain.is_none() => {
            return Err(Refusal::invalid("Salesforce needs a salesforceDomain."));
        }
        (Some(Value::Bool(_)), Some(_)) => {}
        _ => return Err(Refusal::invalid("enabled and knownProviderAlias are required.")),
    }
    let tenant = world.change(|state| {
        let changed = state.oidc.as_ref() != Some(&asked);
        state.oidc = Some(asked.clone());
        state.signs_in_otherwise(changed);
        state.tenant.id
    });
    world.write_down("oidc.upsert", tenant, caller.session.owner);
    Ok(Json(asked))
}

/// Vendor: Single Sign-On Methods, "Deletes the OpenID Connect (OIDC) configuation"; a missing one fails silently.
pub(super) async fn delete(
    State(world): State<World>,
    caller: Caller,
    Path(resource): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    own_tenant(&world, &resource)?;
    let before = world.change(|state| {
        let before = state.oidc.take();
        state.signs_in_otherwise(before.is_some());
        before
    });
    if before.is_some() {
        let tenant = world.read(|state| state.tenant.id);
        world.write_down("oidc.delete", tenant, caller.session.owner);
    }
    Ok(Json(before.unwrap_or_default()))
}

impl Inside {
    /// Vendor's help, "Tableau Cloud Manager authentication": another way to sign in revokes the tokens.
    fn signs_in_otherwise(&mut self, changed: bool) {
        if changed && self.settings.sign_on_revokes {
            self.keys.revoke_all_of_manager();
        }
    }
}
