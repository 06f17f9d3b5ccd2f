//! What tests may see of the world: plain facts, apart from how the world keeps them.

use serde::{Deserialize, Serialize};

use super::State;
use super::clock::Stamp;
use super::groups::{GrantMode, Group};
use super::licences::Count;
use super::people::Person;
use super::sets::GroupSet;
use super::sites::{Limits, Site};

/// A site as it is in the pretend world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteFacts {
    /// The site's id.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The part of the address that names the site.
    pub content_url: String,
    /// The vendor's word for the site's state.
    pub status: String,
    /// The name of the region it lives in.
    pub region: String,
    /// The site's own role limits.
    pub limits: SiteLimits,
    /// Storage that may be used, in MB.
    pub storage_quota: Option<u64>,
    /// Storage that is used, in MB.
    pub storage_used: u64,
}

/// A site's own role limits; nothing means the cloud's default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteLimits {
    /// How many Creators the site may have.
    #[serde(default)]
    pub creator: Option<u32>,
    /// How many Explorers the site may have.
    #[serde(default)]
    pub explorer: Option<u32>,
    /// How many Viewers the site may have.
    #[serde(default)]
    pub viewer: Option<u32>,
}

/// How many people use each kind of licence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LicenceFacts {
    /// Everyone with a role, licensed or not.
    pub users: u32,
    /// Those who administer the site.
    pub site_administrators: u32,
    /// People with a Creator licence.
    pub creators: u32,
    /// People with an Explorer licence.
    pub explorers: u32,
    /// People with a Viewer licence.
    pub viewers: u32,
    /// People with a role but without a licence.
    pub unlicensed: u32,
}

/// A person of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonFacts {
    /// The person's id in the tenant.
    pub id: String,
    /// The name people read.
    pub display_name: String,
    /// The address the person signs in with.
    pub user_name: String,
    /// Where mail goes.
    pub email: String,
    /// The vendor's word for the state of the account.
    pub status: String,
    /// The language in which Tableau speaks.
    pub language: String,
    /// The form of numbers and dates.
    pub locale: String,
    /// The state of the role as administrator of the tenant, where there is one.
    pub tenant_role: Option<String>,
    /// The last time the person signed in.
    pub last_sign_in: Option<Stamp>,
    /// The person's roles, site by site.
    pub roles: Vec<RoleFacts>,
}

/// What a person is on one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleFacts {
    /// The site.
    pub site_id: String,
    /// The vendor's word for the role.
    pub role: String,
    /// How the person signs in there.
    pub idp: String,
    /// The person's id inside the site.
    pub site_user_id: String,
    /// How many things the person owns there.
    pub owned: u16,
}

/// A group on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupFacts {
    /// The group's id inside the site.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The role that membership gives at least.
    pub minimum_role: Option<String>,
    /// Whether the role is given only at the next sign-in.
    pub grant_on_sign_in: bool,
    /// Where the group comes from: `local`, or the domain of a directory.
    pub domain: String,
    /// How many people belong to it.
    pub members: usize,
}

/// A group set on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupSetFacts {
    /// The set's id inside the site.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The ids of its groups.
    pub groups: Vec<String>,
}

/// An example job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JobFacts {
    /// The job's id.
    pub id: String,
    /// The name of the example, for `World::job`.
    pub example: String,
    /// What it shows.
    pub what: String,
}

/// A job that was ordered over the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderedJob {
    /// The job's id.
    pub id: String,
    /// The vendor's word for what it does.
    pub operation: String,
    /// The vendor's word for its state.
    pub status: String,
    /// How many rows were ordered.
    pub rows: usize,
    /// How many rows succeeded until now.
    pub successful: usize,
    /// How many rows failed until now.
    pub failed: usize,
}

/// A file that was sent for import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFacts {
    /// The site that the request named.
    pub site: Option<String>,
    /// The way to sign in that the request named.
    pub idp: Option<String>,
    /// The unpacked file, with its byte-order mark.
    pub csv: String,
}

impl SiteFacts {
    pub(super) fn of(site: &Site) -> Self {
        let Limits { creator, explorer, viewer } = site.limits;
        Self {
            id: site.id.to_string(),
            name: site.name.clone(),
            content_url: site.content_url.clone(),
            status: site.status.clone(),
            region: site.pod.region_name.to_owned(),
            limits: SiteLimits { creator, explorer, viewer },
            storage_quota: site.storage_quota,
            storage_used: site.storage_used,
        }
    }
}

impl LicenceFacts {
    pub(super) fn of(count: &Count) -> Self {
        Self {
            users: count.users,
            site_administrators: count.site_administrators,
            creators: count.creators,
            explorers: count.explorers,
            viewers: count.viewers,
            unlicensed: count.unlicensed,
        }
    }
}

impl PersonFacts {
    pub(super) fn of(person: &Person, state: &State) -> Self {
        let roles = person.places.iter().map(|place| RoleFacts {
            site_id: state.sites[usize::from(place.site)].id.to_string(),
            role: place.role.word().to_owned(),
            idp: place.idp.to_owned(),
            site_user_id: place.site_user.to_string(),
            owned: place.owned,
        });
        Self {
            id: person.id.to_string(),
            display_name: person.display_name.to_string(),
            user_name: person.user_name.to_string(),
            email: person.email().to_owned(),
            status: person.status.to_owned(),
            language: person.language.to_owned(),
            locale: person.locale.to_owned(),
            tenant_role: person.tenant_admin.map(str::to_owned),
            last_sign_in: person.last_sign_in.map(Stamp),
            roles: roles.collect(),
        }
    }
}

impl GroupSetFacts {
    pub(super) fn of(set: &GroupSet) -> Self {
        let groups = set.groups.iter().map(ToString::to_string).collect();
        Self { id: set.id.to_string(), name: set.name.clone(), groups }
    }
}

impl GroupFacts {
    pub(super) fn of(group: &Group) -> Self {
        Self {
            id: group.id.to_string(),
            name: group.name.to_owned(),
            minimum_role: group.minimum_role.map(|role| role.word().to_owned()),
            grant_on_sign_in: group.grant == Some(GrantMode::OnSignIn),
            domain: group.domain.clone().unwrap_or_else(|| "local".to_owned()),
            members: group.members.len(),
        }
    }
}
