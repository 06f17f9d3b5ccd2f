//! How the site API tells of a person, and by what its lists can be filtered.

use uuid::Uuid;

use crate::rest::element::Element;
use crate::rest::fields::Fields;
use crate::rest::filter::{Field, Filtered, Kind, Value};
use crate::rest::sites::configuration;
use crate::world::State;
use crate::world::clock::Stamp;
use crate::world::people::{MANAGED, Person, Place};
use crate::world::settings::Deployment;

/// A person on one site.
#[derive(Debug, Clone, Copy)]
pub(in crate::rest) struct User<'world> {
    pub(in crate::rest) person: &'world Person,
    pub(in crate::rest) place: &'world Place,
    site: Uuid,
    deployment: Deployment,
    /// The domain of the directory that signs people in.
    directory: Option<&'world str>,
}

/// Vendor: Users and Groups Methods, "Get Users on Site". The last field is known from a public client.
pub(in crate::rest) const FIELDS: Fields = Fields {
    kind: "user",
    usual: "id name fullName email siteRole lastLogin externalAuthUserId authSetting language locale domain",
    further: "idpConfigurationId",
};

impl<'world> User<'world> {
    /// The person on this site, if there is a role there.
    pub(in crate::rest) fn of(state: &'world State, person: usize, site: usize) -> Option<Self> {
        let person = &state.people[person];
        let place = person.place_on(site)?;
        let named = state.has_directory() && state.in_directory(&person.user_name);
        let directory = named.then(|| state.settings.directory[0].domain.as_str());
        let deployment = state.settings.deployment;
        Some(Self { person, place, site: state.sites[site].id, deployment, directory })
    }

    /// Everything that any method tells.
    pub(in crate::rest) fn element(&self) -> Element {
        let (language, locale) = (self.person.language.replace('_', "-"), self.person.locale);
        Element::new("user")
            .with("id", self.place.site_user)
            .with("name", &self.person.user_name)
            .with("fullName", &self.person.display_name)
            .with("email", self.person.email())
            .with("siteRole", self.place.role.word())
            .maybe("lastLogin", self.last_sign_in())
            .with("externalAuthUserId", self.external_id())
            .with("authSetting", self.sign_in_way())
            .with("language", spoken(&language))
            .with("locale", locale.rsplit('_').next().unwrap_or(locale))
            .with("idpConfigurationId", configuration(self.site, self.place.idp))
            .child(Element::new("domain").with("name", self.domain()))
    }

    /// Vendor: "For other server configurations, this field contains null, and the value of lastLogin is an
    /// empty string." Those who never signed in have none on Tableau Cloud.
    fn last_sign_in(&self) -> Option<String> {
        match self.deployment {
            Deployment::Cloud => self.person.last_sign_in.map(|at| Stamp(at).to_string()),
            Deployment::Server => Some(String::new()),
        }
    }

    /// The id in the vendor's sign-in system: 64 digits, as in recorded answers.
    fn external_id(&self) -> String {
        let id = self.person.id.simple();
        if self.deployment == Deployment::Cloud { format!("{id}{id}") } else { String::new() }
    }

    pub(in crate::rest) fn sign_in_way(&self) -> &'static str {
        match (self.deployment, self.place.idp) {
            (Deployment::Server, MANAGED | "OpenID") => "ServerDefault",
            (_, idp) => idp,
        }
    }

    /// `TABID_WITH_MFA` is known from recorded answers; the word for other ways on Tableau Cloud is inferred.
    fn domain(&self) -> &str {
        match (self.deployment, self.place.idp) {
            (Deployment::Cloud, MANAGED) => "TABID_WITH_MFA",
            (Deployment::Cloud, _) => "external",
            (Deployment::Server, _) => self.directory.unwrap_or("local"),
        }
    }
}

/// `en-US` for `EN-US`: the site API writes languages so.
fn spoken(language: &str) -> String {
    match language.split_once('-') {
        Some((tongue, country)) => format!("{}-{country}", tongue.to_lowercase()),
        None => language.to_lowercase(),
    }
}

impl Filtered for User<'_> {
    const FIELDS: &'static [Field] = &[
        Field::new("lastLogin", Kind::Moment, "eq gt gte lt lte"),
        Field::new("name", Kind::Text, "eq in cieq"),
        Field::new("siteRole", Kind::Text, "eq in"),
        Field::new("friendlyName", Kind::Text, "eq in"),
        Field::new("domainName", Kind::Text, "eq in"),
        Field::new("isLocal", Kind::Flag, "eq"),
        Field::new("luid", Kind::Text, "eq in"),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "lastLogin" => self.person.last_sign_in.map_or(Value::Missing, Value::Moment),
            "name" => Value::Text(self.person.user_name.to_string()),
            "siteRole" => Value::Text(self.place.role.word().to_owned()),
            "friendlyName" => Value::Text(self.person.display_name.to_string()),
            "domainName" => Value::Text(self.domain().to_owned()),
            "isLocal" => Value::Flag(self.domain() == "local"),
            "luid" => Value::Text(self.place.site_user.to_string()),
            _ => Value::Missing,
        }
    }
}
