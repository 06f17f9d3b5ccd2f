//! How the site API tells of a group, and by what its lists can be filtered.

use crate::rest::element::Element;
use crate::rest::fields::Fields;
use crate::rest::filter::{Field, Filtered, Kind, Value};
use crate::world::groups::Group;

/// A group in a list.
#[derive(Debug, Clone, Copy)]
pub(in crate::rest) struct Row<'world>(pub(in crate::rest) &'world Group);

/// What "Query Groups" tells by itself is the vendor's; the further names are known from public clients.
pub(super) const FIELDS: Fields = Fields {
    kind: "group",
    usual: "id name domain import",
    further: "minimumSiteRole ephemeralUsersEnabled userCount externalUserEnabled",
};

impl Row<'_> {
    /// Everything that any method tells.
    pub(in crate::rest) fn element(&self) -> Element {
        let Self(group) = self;
        let domain = Element::new("domain").with("name", self.domain());
        Element::new("group")
            .with("id", group.id)
            .with("name", &group.name)
            .maybe("minimumSiteRole", group.minimum_role.map(|role| role.word()))
            .with("ephemeralUsersEnabled", group.on_demand)
            .with("userCount", group.members.len())
            .with("externalUserEnabled", false)
            .child(domain)
            .children(self.import())
    }

    /// Vendor: "Local groups with grant license mode unset, have no import element in their response."
    fn import(&self) -> Option<Element> {
        let Self(group) = self;
        if group.grant.is_none() && group.domain.is_none() {
            return None;
        }
        let import = Element::new("import").with("domainName", self.domain());
        let import = import.maybe("siteRole", group.minimum_role.map(|role| role.word()));
        Some(import.maybe("grantLicenseMode", group.grant.map(|grant| grant.word())))
    }

    fn domain(&self) -> &str {
        self.0.domain.as_deref().unwrap_or("local")
    }
}

impl Filtered for Row<'_> {
    const FIELDS: &'static [Field] = &[
        Field::new("name", Kind::Text, "eq in cieq like"),
        Field::new("domainName", Kind::Text, "eq in"),
        Field::new("domainNickname", Kind::Text, "eq in"),
        Field::new("isLocal", Kind::Flag, "eq"),
        Field::new("userCount", Kind::Number, "eq gt gte lt lte"),
        Field::new("minimumSiteRole", Kind::Text, "eq in"),
        Field::new("luid", Kind::Text, "eq in").since((3, 22)),
        Field::new("isExternalUserEnabled", Kind::Flag, "eq"),
    ];

    fn value(&self, field: &str) -> Value {
        let Self(group) = self;
        match field {
            "name" => Value::Text(group.name.clone()),
            // The nickname is the first part of a directory's domain.
            "domainNickname" => Value::Text(self.domain().split('.').next().unwrap_or_default().to_owned()),
            "domainName" => Value::Text(self.domain().to_owned()),
            "isLocal" => Value::Flag(group.domain.is_none()),
            "userCount" => Value::Number(group.members.len() as i64),
            "minimumSiteRole" => {
                group.minimum_role.map_or(Value::Missing, |role| Value::Text(role.word().to_owned()))
            }
            "luid" => Value::Text(group.id.to_string()),
            "isExternalUserEnabled" => Value::Flag(false),
            _ => Value::Missing,
        }
    }
}
