//! What a site's server says about itself, to anybody who asks.

use serde::Deserialize;
use tokio::time::Instant;

use super::{
    host::SiteHost,
    table::SiteOperation,
    version::{ApiVersion, HIGHEST_TESTED},
    xml,
};
use crate::{
    Result, Tag, Unreadable, Wire,
    transport::{Call, Door, Key, Kind},
};

/// The versions that a server names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerInfo {
    /// The product's version.
    pub product: String,
    /// Its build.
    pub build: String,
    /// The highest version of the site API that it speaks.
    pub api: ApiVersion,
}

impl ServerInfo {
    /// The version to speak with it: its highest, but none that Steward was not tested with.
    pub fn usable(&self) -> ApiVersion {
        self.api.min(HIGHEST_TESTED)
    }
}

impl Wire {
    /// Asks a server which versions it speaks. Nobody has to be signed in, and no token travels.
    ///
    /// Vendor: Tableau REST API, Server Methods, "Server Info".
    pub async fn server_info(&self, host: &SiteHost, tag: &Tag) -> Result<ServerInfo> {
        let call = Call {
            door: Door::Site { host, row: SiteOperation::ServerInfo.row() },
            kind: Kind::Read,
            key: Key::None,
            tag,
            site: None,
            values: Vec::new(),
            query: Vec::new(),
            content: None,
            secrets: &[],
            until: Instant::now() + self.deadline(),
        };
        read(self.send(&call).await?.body())
    }
}

/// Reads the answer.
pub fn read(answer: &[u8]) -> Result<ServerInfo> {
    let info = xml::read::<AnswerWire>(answer)?.server_info;
    let api = ApiVersion::parse(info.api.trim()).ok_or(Unreadable::Field { field: "restApiVersion" })?;
    let ProductWire { build, version } = info.product.unwrap_or_default();
    Ok(ServerInfo { product: version, build, api })
}

#[derive(Deserialize)]
struct AnswerWire {
    #[serde(rename = "serverInfo")]
    server_info: ServerInfoWire,
}

#[derive(Deserialize)]
struct ServerInfoWire {
    #[serde(rename = "productVersion")]
    product: Option<ProductWire>,
    #[serde(rename = "restApiVersion")]
    api: String,
}

#[derive(Default, Deserialize)]
struct ProductWire {
    #[serde(rename = "@build", default)]
    build: String,
    #[serde(rename = "$text", default)]
    version: String,
}
