//! Server information, which needs no session.

use axum::extract::{OriginalUri, State};
use axum::response::Response;

use super::answer::{SiteRefusal, told};
use super::element::Element;
use super::version;
use crate::world::World;

/// Vendor: Server Methods, "Server Info".
pub(super) async fn info(
    State(world): State<World>,
    OriginalUri(place): OriginalUri,
) -> Result<Response, SiteRefusal> {
    version::check(&world, place.path(), version::INFORMATION)?;
    let (major, minor) = world.read(|state| state.settings.site_api);
    let product = Element::new("productVersion").with("build", "20254.25.1202.1130").saying("2025.4.0");
    let api = Element::new("restApiVersion").saying(&format!("{major}.{minor}"));
    Ok(told(Element::new("serverInfo").child(product).child(api)))
}
