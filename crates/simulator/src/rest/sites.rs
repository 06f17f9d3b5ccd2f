//! Sites, as the site API tells of them, and the ways to sign in there.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use uuid::Uuid;

use super::answer::{SiteRefusal, told, xml};
use super::caller::{Caller, Visitor};
use super::element::Element;
use super::paging::Page;
use crate::world::World;
use crate::world::licences;
use crate::world::people::MANAGED;
use crate::world::settings::Deployment;
use crate::world::sites::Site;

/// Vendor: Site Methods, "Query Sites". On Tableau Cloud it is refused, as a public client knows.
pub(super) async fn list(State(world): State<World>, visitor: Visitor) -> Result<Response, SiteRefusal> {
    if !visitor.administers(&world) {
        return Err(SiteRefusal::not_allowed("Only administrators may list sites."));
    }
    let page = Page::of(&visitor)?;
    world.read(|state| match state.settings.deployment {
        Deployment::Cloud => Err(SiteRefusal::no_list_of_sites()),
        Deployment::Server => page.tell("sites", &state.sites, element),
    })
}

/// Vendor: Site Methods, "Query Site": by id, or by what `key` names. On Tableau Cloud only the session's
/// own.
pub(super) async fn show(State(world): State<World>, visitor: Visitor) -> Result<Response, SiteRefusal> {
    let asked = visitor.part("site");
    world.read(|state| {
        let is_asked = |site: &&Site| match visitor.asked("key") {
            None => Uuid::parse_str(asked) == Ok(site.id),
            Some("name") => site.name == asked,
            Some("contentUrl") => site.content_url == asked,
            Some(_) => false,
        };
        let cloud = state.settings.deployment == Deployment::Cloud;
        let site = state.sites.iter().find(is_asked);
        let site = site.filter(|site| !cloud || site.id == visitor.site_id);
        let site = site.ok_or_else(SiteRefusal::no_site)?;
        let mut answer = element(site);
        if visitor.asked("includeUsage") == Some("true") {
            let count = licences::site(&state.sites, &state.people, site.id).unwrap_or_default();
            let usage =
                Element::new("usage").with("numUsers", count.users).with("storage", site.storage_used);
            answer = answer.child(usage);
        }
        Ok(told(answer))
    })
}

fn element(site: &Site) -> Element {
    Element::new("site")
        .with("id", site.id)
        .with("name", &site.name)
        .with("contentUrl", &site.content_url)
        .with("adminMode", "ContentAndUsers")
        .with("state", &site.status)
        .maybe("storageQuota", site.storage_quota)
        .maybe("tierCreatorCapacity", site.limits.creator)
        .maybe("tierExplorerCapacity", site.limits.explorer)
        .maybe("tierViewerCapacity", site.limits.viewer)
}

/// The ways to sign in that a site has, by the words of people and of the list, with their names.
const WAYS: [(&str, &str, &str, &str); 2] =
    [("SAML", "SAML", "Initial SAML", ""), ("OpenID", "OIDC", "Initial OpenID Connect", "OIDC")];

/// Vendor: Site Methods, "List Authentication Configurations for Site"; its form is known from a public
/// client.
pub(super) async fn sign_in_ways(caller: Caller) -> Result<Response, SiteRefusal> {
    caller.since(3, 24)?;
    let ways = WAYS.map(|(word, listed, name, provider)| {
        Element::new("siteAuthConfiguration")
            .with("authSetting", listed)
            .with("enabled", "true")
            .with("idpConfigurationId", configuration(caller.site_id, word))
            .with("idpConfigurationName", name)
            .with("knownProviderAlias", provider)
    });
    Ok(xml(StatusCode::OK, [Element::new("siteAuthConfigurations").children(ways)]))
}

/// The id of a way to sign in to a site. Tableau's own has one too, but stands in no list.
pub(super) fn configuration(site: Uuid, way: &str) -> Uuid {
    let number = way.bytes().fold(1_u128, |sum, byte| sum * 31 + u128::from(byte));
    Uuid::from_u128(site.as_u128() ^ number)
}

/// The way to sign in that has this id.
pub(super) fn configured(site: Uuid, id: &str) -> Option<&'static str> {
    let id = Uuid::parse_str(id).ok()?;
    let known = WAYS.map(|(word, ..)| word).into_iter().chain([MANAGED]);
    known.into_iter().find(|word| configuration(site, word) == id)
}
