//! What a person can reach, as it is written on the wire.

use model::people::Resource;
use serde::Deserialize;

use super::super::loose;
use crate::{Result, Unreadable};

#[derive(Deserialize)]
pub(super) struct ResourcesWire {
    resources: Option<Vec<ResourceWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceWire {
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    resource_type: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    state: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    instance_domain: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    uri: Option<String>,
    parent: Option<ParentWire>,
}

#[derive(Deserialize)]
struct ParentWire {
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    uri: Option<String>,
}

impl ResourcesWire {
    pub(super) fn read(self) -> Result<Vec<Resource>> {
        let resources = self.resources.ok_or(Unreadable::Field { field: "resources" })?;
        Ok(resources.into_iter().map(ResourceWire::read).collect())
    }
}

impl ResourceWire {
    fn read(self) -> Resource {
        Resource {
            name: self.name.unwrap_or_default(),
            kind: self.resource_type.unwrap_or_default(),
            id: self.id.unwrap_or_default(),
            state: self.state.unwrap_or_default(),
            host: self.instance_domain.unwrap_or_default(),
            uri: self.uri.unwrap_or_default(),
            parent: self.parent.and_then(|parent| parent.name.or(parent.uri)).unwrap_or_default(),
        }
    }
}
