//! How people sign in to the tenant and to its sites: authentication configurations, and OpenID Connect.

use std::fmt;

use model::{
    SiteId,
    sign_on::{Authentication, Oidc},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Change, Manager, loose};
use crate::{OperationName, Result, Unreadable};

/// The vendor's words for the three fields of its page.
const ENABLED: &str = "enabled";
const PROVIDER: &str = "knownProviderAlias";
const DOMAIN: &str = "salesforceDomain";
/// A field that is never shown, and never written back blanked.
const SECRET: &str = "clientSecret";
/// What stands in the place of a value that is not shown.
const HIDDEN: &str = "(not shown)";

/// The tenant's OpenID Connect configuration, with all that came: what nobody changed is written back as it was read.
/// `Debug` shows no value, as there may be a secret among them.
#[derive(Clone, PartialEq)]
pub struct KeptOidc(Map<String, Value>);

/// What a person asks for. A field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OidcFields {
    /// Whether it is in force.
    pub enabled: Option<bool>,
    /// The provider, such as `Salesforce` or `Google`.
    pub provider: Option<String>,
    /// The domain, for Salesforce alone; an empty one takes it away.
    pub domain: Option<String>,
}

impl<Access> Manager<Access> {
    /// How people sign in to the tenant and to these sites. Sites that take several ways are told with each of them.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Single Sign-On Methods, list of authentication configurations. Its
    /// sample writes the list of ids as a text; its table says that it is a list, and so it is sent.
    pub async fn authentications(&self, sites: &[SiteId]) -> Result<Vec<Authentication>> {
        let tenant = self.tenant_id().to_string();
        let resource_ids = std::iter::once(tenant).chain(sites.iter().map(SiteId::to_string)).collect();
        let asked = AuthAsk { resource_ids, require_multiple_idps: true };
        let wire: Vec<AuthWire> = self.ask(OperationName::AuthConfigs).json(&asked)?.list().await?;
        wire.into_iter().map(AuthWire::read).collect()
    }

    /// The tenant's OpenID Connect configuration; `None` when the vendor says that there is none.
    ///
    /// Vendor: Single Sign-On Methods, get an OpenID Connect configuration.
    pub async fn oidc(&self) -> Result<Option<KeptOidc>> {
        let tenant = self.tenant_id();
        let found: Option<Map<String, Value>> =
            self.ask(OperationName::OidcGet).of("resourceId", tenant).find().await?;
        // An empty object is how some of the vendor's calls say "none".
        let Some(found) = found.filter(|found| !found.is_empty()) else { return Ok(None) };
        if !found.contains_key(PROVIDER) && !found.contains_key(ENABLED) {
            return Err(Unreadable::Field { field: PROVIDER }.into());
        }
        Ok(Some(KeptOidc(found)))
    }
}

impl Manager<Change> {
    /// Makes the configuration, or changes it: what was read before, with the fields that a person changed. Nothing
    /// is sent that was neither read nor changed. Read it back afterwards.
    ///
    /// Changing how people sign in to Tableau Cloud Manager revokes personal access tokens, says the vendor's help.
    ///
    /// Vendor: Single Sign-On Methods, create or update an OpenID Connect configuration.
    pub async fn put_oidc(&self, before: Option<&KeptOidc>, fields: &OidcFields) -> Result<()> {
        let asked = fields.onto(before);
        self.ask(OperationName::OidcUpsert).of("resourceId", self.tenant_id()).json(&asked)?.change().await
    }

    /// Deletes the configuration. Where there is none the vendor says nothing, and succeeds.
    ///
    /// Vendor: Single Sign-On Methods, delete an OpenID Connect configuration.
    pub async fn delete_oidc(&self) -> Result<()> {
        self.ask(OperationName::OidcDelete).of("resourceId", self.tenant_id()).change().await
    }
}

impl KeptOidc {
    /// What may be shown of it: everything but the secret.
    pub fn told(&self) -> Oidc {
        let text = |name: &str| self.0.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let own = [ENABLED, PROVIDER, DOMAIN, SECRET];
        let others = self.0.iter().filter(|(name, value)| !own.contains(&name.as_str()) && !value.is_null());
        // The vendor's page names three fields; what else there is may hold a secret under any name.
        let written = |name: &str, value: &Value| match value {
            _ if may_be_secret(name) => HIDDEN.to_owned(),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => HIDDEN.to_owned(),
        };
        Oidc {
            enabled: self.0.get(ENABLED).and_then(Value::as_bool).unwrap_or(false),
            provider: text(PROVIDER),
            domain: Some(text(DOMAIN)).filter(|domain| !domain.is_empty()),
            others: others.map(|(name, value)| (name.clone(), written(name, value))).collect(),
        }
    }
}

fn may_be_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["secret", "key", "password", "token", "credential", "assertion"].iter().any(|word| name.contains(word))
}

impl fmt::Debug for KeptOidc {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

impl OidcFields {
    fn onto(&self, before: Option<&KeptOidc>) -> Map<String, Value> {
        let mut whole = before.map(|before| before.0.clone()).unwrap_or_default();
        // A secret that is told as stars would be written back as stars.
        let hidden = |value: &Value| {
            value.as_str().is_none_or(|text| text.chars().all(|letter| "*•".contains(letter)))
        };
        whole.retain(|name, value| !(value.is_null() || name == SECRET && hidden(value)));
        if let Some(enabled) = self.enabled {
            whole.insert(ENABLED.to_owned(), enabled.into());
        }
        for (name, value) in [(PROVIDER, &self.provider), (DOMAIN, &self.domain)] {
            match value.as_deref() {
                None => {}
                Some("") => drop(whole.remove(name)),
                Some(text) => drop(whole.insert(name.to_owned(), text.into())),
            }
        }
        whole
    }
}

#[derive(Serialize)]
struct AuthAsk {
    #[serde(rename = "resourceIds")]
    resource_ids: Vec<String>,
    #[serde(rename = "requireMultipleIDPs")]
    require_multiple_idps: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AuthWire {
    #[serde(default, deserialize_with = "loose::text")]
    resource_id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    authentication_type: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    known_provider_alias: Option<String>,
    enabled: Option<bool>,
    #[serde(default, deserialize_with = "loose::text")]
    idp_configuration_name: Option<String>,
}

impl AuthWire {
    /// A way to sign in of nobody knows what would be a hole in the table, so it makes the answer unreadable.
    fn read(self) -> Result<Authentication> {
        Ok(Authentication {
            resource: self.resource_id.ok_or(Unreadable::Field { field: "resourceId" })?,
            kind: self.authentication_type.ok_or(Unreadable::Field { field: "authenticationType" })?,
            provider: self.known_provider_alias,
            enabled: self.enabled,
            name: self.idp_configuration_name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(json: &str) -> KeptOidc {
        KeptOidc(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn a_secret_is_neither_shown_nor_printed_and_stars_are_not_written_back() {
        let before =
            kept(r#"{"enabled":true,"knownProviderAlias":"Own","clientSecret":"s3cret","clientId":"c"}"#);
        let shown = format!("{:?} {:?}", before, before.told());
        assert!(!shown.contains("s3cret"), "{shown}");
        assert_eq!(before.told().others, [("clientId".to_owned(), "c".to_owned())]);
        let same = OidcFields::default().onto(Some(&before));
        assert_eq!(same["clientSecret"], "s3cret");
        for hidden in [r#""********""#, "null", r#""""#] {
            let before = kept(&format!(r#"{{"enabled":true,"clientSecret":{hidden}}}"#));
            assert!(!OidcFields::default().onto(Some(&before)).contains_key("clientSecret"), "{hidden}");
        }
    }

    #[test]
    fn only_what_was_read_or_changed_is_written() {
        let before = kept(
            r#"{"enabled":true,"knownProviderAlias":"Salesforce","salesforceDomain":"a","jwksUri":"u","prompt":null}"#,
        );
        let fields = OidcFields { domain: Some("b".to_owned()), ..OidcFields::default() };
        let written = serde_json::to_string(&fields.onto(Some(&before))).unwrap();
        assert_eq!(
            written,
            r#"{"enabled":true,"jwksUri":"u","knownProviderAlias":"Salesforce","salesforceDomain":"b"}"#
        );
        let fields =
            OidcFields { provider: Some("Google".to_owned()), domain: Some(String::new()), ..fields };
        assert!(!fields.onto(Some(&before)).contains_key("salesforceDomain"));
    }
}
