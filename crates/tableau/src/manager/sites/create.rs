//! Making a site, and the project of a site.

use model::{SiteId, SiteUserId, sites::Site};
use serde::{Deserialize, Serialize};

use super::{
    super::{Change, Manager, loose},
    SiteWire,
};
use crate::{OperationName, Result};

/// A site to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSite {
    /// The name that people read.
    pub name: String,
    /// Its part of the address.
    pub content_url: String,
    /// Where it is to run.
    pub place: NewSitePlace,
}

/// Where a new site is to run: the vendor wants exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewSitePlace {
    /// In this region, on whichever pod the vendor chooses.
    Region(String),
    /// On this pod.
    Pod(String),
}

/// A project that was made on a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    /// Its id on that site, where the answer names it.
    pub id: Option<String>,
    /// Its name. Nobody can choose it.
    pub name: String,
    /// Who owns it, by the id on that site.
    pub owner: Option<SiteUserId>,
}

impl Manager<Change> {
    /// Makes a site. What comes back is compared with what was asked for: characters that cannot stand in an address
    /// are left out by the vendor without a word.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Site Methods, create a site.
    pub async fn create_site(&self, site: &NewSite) -> Result<Site> {
        let (region, pod) = match &site.place {
            NewSitePlace::Region(id) => (Some(id.as_str()), None),
            NewSitePlace::Pod(id) => (None, Some(id.as_str())),
        };
        let asked = NewSiteAsk {
            name: &site.name,
            content_url: &site.content_url,
            region_uuid: region,
            pod_uuid: pod,
        };
        let wire: SiteWire = self.ask(OperationName::SiteCreate).json(&asked)?.change_and_read().await?;
        wire.read(self.tenant_id())
    }

    /// Makes the project of a site, owned by somebody on that site. Nobody can choose its name.
    ///
    /// Vendor: Site Methods, create a project.
    pub async fn create_project(&self, site: &SiteId, owner: &SiteUserId) -> Result<Project> {
        let asked = NewProjectAsk { owner_id: *owner };
        let ask = self.ask(OperationName::SiteCreateProject).of("siteId", site).json(&asked)?;
        Ok(ask.change_and_read::<ProjectAnswerWire>().await?.project.read())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewSiteAsk<'a> {
    name: &'a str,
    content_url: &'a str,
    #[serde(rename = "regionUUID", skip_serializing_if = "Option::is_none")]
    region_uuid: Option<&'a str>,
    #[serde(rename = "podUUID", skip_serializing_if = "Option::is_none")]
    pod_uuid: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewProjectAsk {
    owner_id: SiteUserId,
}

#[derive(Deserialize)]
struct ProjectAnswerWire {
    project: ProjectWire,
}

#[derive(Deserialize)]
struct ProjectWire {
    #[serde(default, deserialize_with = "loose::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    name: Option<String>,
    owner: Option<OwnerWire>,
}

#[derive(Deserialize)]
struct OwnerWire {
    #[serde(default, deserialize_with = "loose::id")]
    id: Option<SiteUserId>,
}

impl ProjectWire {
    fn read(self) -> Project {
        let owner = self.owner.and_then(|owner| owner.id);
        Project { id: self.id, name: self.name.unwrap_or_default(), owner }
    }
}
