//! What a site answers about its groups.

use model::GroupId;
use serde::Deserialize;

use super::xml;
use crate::Result;

/// A group of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id on this site.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The domain it comes from; `local` for groups made on the site.
    pub domain: Option<String>,
    /// How many people it holds, where that was asked for.
    pub people: Option<u64>,
}

/// Reads a page of groups, and how many there are in all.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Query Groups".
pub fn read_page(answer: &[u8]) -> Result<(Vec<Group>, u64)> {
    let wire: PageWire = xml::read(answer)?;
    Ok((wire.groups.group.into_iter().map(Group::from).collect(), wire.pagination.total))
}

#[derive(Deserialize)]
struct PageWire {
    pagination: xml::PaginationWire,
    #[serde(default)]
    groups: GroupsWire,
}

#[derive(Default, Deserialize)]
struct GroupsWire {
    #[serde(default)]
    group: Vec<GroupWire>,
}

#[derive(Deserialize)]
struct GroupWire {
    #[serde(rename = "@id")]
    id: GroupId,
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@userCount")]
    people: Option<u64>,
    domain: Option<DomainWire>,
}

#[derive(Deserialize)]
struct DomainWire {
    #[serde(rename = "@name")]
    name: Option<String>,
}

impl From<GroupWire> for Group {
    fn from(wire: GroupWire) -> Self {
        let domain = wire.domain.and_then(|domain| domain.name);
        Self { id: wire.id, name: wire.name, domain, people: wire.people }
    }
}
