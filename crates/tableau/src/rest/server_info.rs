//! What a site's server says about itself, to anybody who asks.

use serde::Deserialize;

use super::xml;
use crate::Result;

/// The versions that a server names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerInfo {
    /// The product's version.
    pub product: String,
    /// Its build.
    pub build: String,
    /// The version of the site API to put into paths.
    pub api: String,
}

/// Reads the answer.
///
/// Vendor: Tableau REST API, Server Methods, "Server Info".
pub fn read(answer: &[u8]) -> Result<ServerInfo> {
    let wire: AnswerWire = xml::read(answer)?;
    let info = wire.server_info;
    Ok(ServerInfo { product: info.product.version, build: info.product.build, api: info.api })
}

#[derive(Deserialize)]
struct AnswerWire {
    #[serde(rename = "serverInfo")]
    server_info: ServerInfoWire,
}

#[derive(Deserialize)]
struct ServerInfoWire {
    #[serde(rename = "productVersion")]
    product: ProductWire,
    #[serde(rename = "restApiVersion")]
    api: String,
}

#[derive(Deserialize)]
struct ProductWire {
    #[serde(rename = "@build", default)]
    build: String,
    #[serde(rename = "$text", default)]
    version: String,
}
