//! Server information, which needs no session.

use axum::extract::OriginalUri;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::answer::{SiteRefusal, xml};
use super::version;

#[derive(Serialize)]
#[serde(rename = "serverInfo", rename_all = "camelCase")]
struct ServerInfo {
    product_version: ProductVersion,
    rest_api_version: &'static str,
}

#[derive(Serialize)]
struct ProductVersion {
    #[serde(rename = "@build")]
    build: &'static str,
    #[serde(rename = "$text")]
    version: &'static str,
}

/// Vendor: Server Methods, "Server Info".
pub(super) async fn info(OriginalUri(place): OriginalUri) -> Result<Response, SiteRefusal> {
    version::check_info(place.path())?;
    Ok(xml(
        StatusCode::OK,
        ServerInfo {
            product_version: ProductVersion { build: "20254.25.1202.1130", version: "2025.4.0" },
            rest_api_version: version::NEWEST,
        },
    ))
}
