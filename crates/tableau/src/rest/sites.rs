//! The site itself, and the ways to sign in that it has set up.

use model::{
    PageRequest,
    roles::SignInType,
    site_facts::{SignInConfiguration, SiteFacts},
};
use serde::{Deserialize, de::IgnoredAny};

use super::{SiteApi, loose, table::SiteOperation};
use crate::{Error, Result};

/// Whether people and storage are to be counted, which takes the vendor longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Usage {
    /// Not counted.
    #[default]
    Without,
    /// Counted.
    With,
}

impl<Access> SiteApi<Access> {
    /// The site of this session. Tableau Cloud shows no other.
    ///
    /// Vendor: Tableau REST API, Site Methods, "Query Site". Clients of the vendor's ask for usage under two names;
    /// this is the one of its own collection of examples, and an answer without usage is fine.
    pub async fn site(&self, usage: Usage) -> Result<SiteFacts> {
        let mut ask = self.ask(SiteOperation::SiteGet)?;
        if usage == Usage::With {
            ask = ask.query("includeUsage", "true");
        }
        ask.read::<SiteAnswerWire>().await?.site.read()
    }

    /// Whether this is proved to be a Tableau Server: it lists its sites. Tableau Cloud refuses that, and so may a server
    /// to somebody who administers one site alone; the answer is no then as well.
    ///
    /// Vendor: Site Methods, "Query Sites"; that Tableau Cloud says 403069 is known from a public client.
    pub async fn is_server(&self) -> Result<bool> {
        let one = PageRequest { number: 1, size: 1 };
        match self.ask(SiteOperation::SiteList)?.page(one)?.read::<IgnoredAny>().await {
            Ok(_) => Ok(true),
            Err(Error::Refused { .. } | Error::Rejected { .. } | Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The ways to sign in that the site has set up.
    ///
    /// Vendor: Site Methods, "List Authentication Configurations".
    pub async fn auth_configurations(&self) -> Result<Vec<SignInConfiguration>> {
        let wire: ConfigurationsAnswerWire = self.ask(SiteOperation::AuthConfigurations)?.read().await?;
        Ok(wire.list.item.into_iter().map(ConfigurationWire::read).collect())
    }
}

#[derive(Deserialize)]
struct SiteAnswerWire {
    site: SiteWire,
}

#[derive(Deserialize)]
struct SiteWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@name", default)]
    name: String,
    #[serde(rename = "@contentUrl", default)]
    content_url: String,
    #[serde(rename = "@state")]
    state: Option<String>,
    #[serde(rename = "@adminMode")]
    admin_mode: Option<String>,
    #[serde(rename = "@storageQuota")]
    storage_quota: Option<String>,
    #[serde(rename = "@userQuota")]
    user_quota: Option<String>,
    #[serde(rename = "@tierCreatorCapacity")]
    creators: Option<String>,
    #[serde(rename = "@tierExplorerCapacity")]
    explorers: Option<String>,
    #[serde(rename = "@tierViewerCapacity")]
    viewers: Option<String>,
    #[serde(rename = "@timeZone")]
    time_zone: Option<String>,
    usage: Option<UsageWire>,
}

#[derive(Deserialize)]
struct UsageWire {
    #[serde(rename = "@numUsers")]
    people: Option<String>,
    #[serde(rename = "@storage")]
    storage: Option<String>,
}

impl SiteWire {
    fn read(self) -> Result<SiteFacts> {
        let usage = self.usage.as_ref();
        Ok(SiteFacts {
            id: loose::id(self.id.as_deref())?,
            name: self.name,
            content_url: self.content_url,
            state: loose::text(self.state),
            admin_mode: loose::text(self.admin_mode),
            storage_quota_mb: loose::number(self.storage_quota.as_deref()),
            user_quota: loose::number(self.user_quota.as_deref()),
            creator_seats: loose::number(self.creators.as_deref()),
            explorer_seats: loose::number(self.explorers.as_deref()),
            viewer_seats: loose::number(self.viewers.as_deref()),
            people: loose::number(usage.and_then(|usage| usage.people.as_deref())),
            storage_mb: loose::number(usage.and_then(|usage| usage.storage.as_deref())),
            time_zone: loose::text(self.time_zone),
        })
    }
}

#[derive(Deserialize)]
struct ConfigurationsAnswerWire {
    #[serde(rename = "siteAuthConfigurations", default)]
    list: ConfigurationsWire,
}

#[derive(Default, Deserialize)]
struct ConfigurationsWire {
    #[serde(rename = "siteAuthConfiguration", default)]
    item: Vec<ConfigurationWire>,
}

#[derive(Deserialize)]
struct ConfigurationWire {
    #[serde(rename = "@authSetting", default)]
    setting: String,
    #[serde(rename = "@enabled")]
    enabled: Option<String>,
    #[serde(rename = "@idpConfigurationId", default)]
    id: String,
    #[serde(rename = "@idpConfigurationName", default)]
    name: String,
    #[serde(rename = "@knownProviderAlias")]
    known_provider: Option<String>,
}

impl ConfigurationWire {
    fn read(self) -> SignInConfiguration {
        // This list calls OpenID Connect by another word than the people who use it.
        let is_open_id = self.setting.eq_ignore_ascii_case("OIDC");
        SignInConfiguration {
            sign_in: if is_open_id { SignInType::OpenId } else { loose::sign_in(self.setting) },
            enabled: loose::flag(self.enabled.as_deref()).unwrap_or(false),
            id: self.id,
            name: self.name,
            known_provider: loose::text(self.known_provider),
        }
    }
}
