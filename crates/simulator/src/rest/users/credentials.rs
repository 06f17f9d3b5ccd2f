//! Saved credentials of people who move to another site.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::rest::answer::{SiteRefusal, xml};
use crate::rest::caller::Caller;
use crate::rest::element::Element;
use crate::rest::reading::Asked;
use crate::world::World;

/// Vendor: Users and Groups Methods, "Download User Credentials". Its keychains are opaque, and so are these.
pub(in crate::rest) async fn download(
    State(world): State<World>,
    caller: Caller,
    asked: Asked,
) -> Result<Response, SiteRefusal> {
    let person = check(&world, &caller)?;
    for name in ["destinationSiteUrlNamespace", "destinationSiteLuid", "destinationServerUrl"] {
        if asked.element(name)?.text.trim().is_empty() {
            return Err(SiteRefusal::bad_request());
        }
    }
    let keychain = format!("BAD{}{}+/8=", person.simple(), caller.site_id.simple());
    let keychains = Element::new("encryptedKeychain").saying(&keychain);
    let list = Element::new("encryptedKeychainList").child(keychains);
    Ok(xml(StatusCode::OK, [Element::new("associatedUserLuidList"), list]))
}

/// Vendor: Users and Groups Methods, "Upload User Credentials". The form of a pair is known from the schema.
pub(in crate::rest) async fn upload(
    State(world): State<World>,
    caller: Caller,
    asked: Asked,
) -> Result<StatusCode, SiteRefusal> {
    let person = check(&world, &caller)?;
    let mapping = asked.element("associatedUserLuidMapping")?;
    let named = |pair: &Element, name| pair.attribute(name).is_some_and(|id| !id.is_empty());
    let whole = |pair: &Element| named(pair, "sourceSiteUserLuid") && named(pair, "destinationSiteUserLuid");
    let keychains = asked.element("encryptedKeychainList")?;
    let mut keychains = keychains.each("encryptedKeychain");
    if !mapping.each("userLuidPair").all(whole) || keychains.any(|keychain| keychain.text.trim().is_empty()) {
        return Err(SiteRefusal::bad_request());
    }
    caller.note(&world, "user.credentials", person);
    Ok(StatusCode::OK)
}

/// Whose credentials are asked for, by an administrator only.
fn check(world: &World, caller: &Caller) -> Result<uuid::Uuid, SiteRefusal> {
    caller.since(3, 23)?;
    if !caller.administers(world) {
        return Err(SiteRefusal::no_credentials());
    }
    let id = caller.id("user");
    let found = world.read(|state| caller.find_user(state, id).map(|person| state.people[person].id));
    found.ok_or_else(SiteRefusal::no_user)
}
