//! The people of a site: lists and single ones.

pub(super) mod add;
pub(super) mod credentials;
pub(super) mod file;
pub(super) mod remove;
pub(super) mod told;
pub(super) mod update;

use axum::extract::State;
use axum::response::Response;

use super::answer::{SiteRefusal, told};
use super::caller::{Administrator, Caller, Visitor};
use super::element::Element;
use super::filter;
use super::groups::told::Row;
use super::paging::Page;
use super::sites::configured;
use super::version::Version;
use crate::world::World;
use crate::world::people::MANAGED;
use crate::world::roles::SiteRole;
use crate::world::settings::Deployment;
use crate::world::words::Idp;
use told::{FIELDS, User};

/// Vendor: Users and Groups Methods, "Get Users on Site".
pub(super) async fn list(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    caller.since(1, 0)?;
    let page = Page::of(&caller)?;
    let fields = FIELDS.wanted(&caller)?;
    world.read(|state| {
        let everyone = (0..state.people.len()).filter_map(|person| User::of(state, person, caller.site));
        let indexed = everyone.filter(|user| caller.is_indexed(state, user.place.since));
        let users = filter::choose(&caller, indexed.collect())?;
        page.tell("users", &users, |user| user.element().only(&fields))
    })
}

const SHOWN: &[&str] = &[
    "id",
    "name",
    "siteRole",
    "lastLogin",
    "externalAuthUserId",
    "fullName",
    "authSetting",
    "language",
    "locale",
    "domain",
];

/// Vendor: Users and Groups Methods, "Query User On Site". Others than administrators see only themselves.
pub(super) async fn show(State(world): State<World>, caller: Caller) -> Result<Response, SiteRefusal> {
    caller.since(2, 0)?;
    let administers = caller.administers(&world);
    world.read(|state| {
        let found = caller.find_user(state, caller.id("user"));
        let own = found.is_some_and(|person| state.people[person].id == caller.session.owner);
        if !administers && !own {
            return Err(SiteRefusal::only_oneself());
        }
        let user = found.and_then(|person| User::of(state, person, caller.site));
        Ok(told(user.ok_or_else(SiteRefusal::no_user)?.element().only(SHOWN)))
    })
}

/// Vendor: Users and Groups Methods, "Get Groups for a User". For an unknown user it says 404012.
pub(super) async fn groups(
    State(world): State<World>,
    caller: Administrator,
) -> Result<Response, SiteRefusal> {
    caller.since(3, 7)?;
    let page = Page::of(&caller)?;
    world.read(|state| {
        let person =
            caller.find_user(state, caller.id("user")).ok_or_else(SiteRefusal::no_user_with_groups)?;
        let here = state.groups.iter().filter(|group| group.site == caller.site_id && group.has(person));
        let groups: Vec<_> = here.map(Row).collect();
        page.tell("groups", &groups, |group| group.element().only(&["id", "name", "domain"]))
    })
}

/// A role that a request may give.
///
/// Vendor: Creator is missing where "Add User to Site" words the refusal, but stands in its list of values.
fn role(word: &str) -> Result<SiteRole, SiteRefusal> {
    SiteRole::named(word).ok_or_else(|| SiteRefusal::bad_role(word))
}

/// How a request wants somebody to sign in; nothing when it does not say.
///
/// Vendor: `OpenID` and `TableauIDWithMFA` are for Tableau Cloud only, where `ServerDefault` is refused. That
/// a configuration's id may stand instead, but not beside, is known from a public client.
fn sign_in_way(
    user: &Element,
    caller: &Visitor,
    deployment: Deployment,
) -> Result<Option<&'static str>, SiteRefusal> {
    const WITH_CONFIGURATIONS: Version = (3, 24);
    match (user.attribute("authSetting"), user.attribute("idpConfigurationId")) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => {
            Err(SiteRefusal::bad("Only one of authSetting and idpConfigurationId may be given."))
        }
        (None, Some(id)) if caller.version >= WITH_CONFIGURATIONS => {
            let way = configured(caller.site_id, id);
            way.map(Some).ok_or_else(|| SiteRefusal::bad("There is no such idpConfigurationId."))
        }
        (None, Some(_)) => Err(SiteRefusal::bad("This version does not know idpConfigurationId.")),
        (Some("ServerDefault"), None) if deployment == Deployment::Server => Ok(Some(MANAGED)),
        (Some(word), None) => {
            let way = Idp::in_tenant(word).and_then(Idp::chosen);
            let way = way.filter(|way| deployment == Deployment::Cloud || *way == "SAML");
            way.map(Some).ok_or_else(|| SiteRefusal::bad_sign_in_way(word))
        }
    }
}
