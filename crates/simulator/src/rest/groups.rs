//! The groups of a site.

pub(super) mod create;
pub(super) mod members;
pub(super) mod told;
pub(super) mod update;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer::SiteRefusal;
use super::caller::{Administrator, Visitor};
use super::element::Element;
use super::filter;
use super::paging::Page;
use crate::world::groups::GrantMode;
use crate::world::roles::SiteRole;
use crate::world::settings::Deployment;
use crate::world::{State as Kept, World};
use told::{FIELDS, Row};

/// Vendor: Users and Groups Methods, "Query Groups".
pub(super) async fn list(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    caller.since(2, 0)?;
    let page = Page::of(&caller)?;
    let fields = FIELDS.wanted(&caller)?;
    world.read(|state| {
        let here = state.groups.iter().filter(|group| group.site == caller.site_id);
        let indexed = here.filter(|group| caller.is_indexed(state, group.created)).map(Row);
        let groups = filter::choose(&caller, indexed.collect())?;
        page.tell("groups", &groups, |group| group.element().only(&fields))
    })
}

/// Vendor: Users and Groups Methods, "Delete Group": "You cannot delete the All Users group." Its code is
/// inferred.
pub(super) async fn delete(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(2, 1)?;
    let id = caller.id("group");
    world.change(|state| {
        let group = caller.find_group(state, id)?;
        if state.groups[group].is_everyone() {
            return Err(SiteRefusal::not_allowed("The group All Users cannot be deleted."));
        }
        state.remove_group(id);
        Ok(())
    })?;
    caller.note(&world, "group.delete", id);
    Ok(StatusCode::NO_CONTENT)
}

/// A minimum role that a request names; `Unlicensed` means none.
///
/// Vendor: "Update Group" takes the mode back by `minimumSiteRole="UNLICENSED"`, in capitals there alone.
fn minimum(word: &str) -> Result<Option<SiteRole>, SiteRefusal> {
    if word.eq_ignore_ascii_case("unlicensed") {
        return Ok(None);
    }
    SiteRole::named(word).map(Some).ok_or_else(|| SiteRefusal::bad_role(word))
}

/// Whether a request wants on-demand access.
///
/// Vendor: "available for Tableau Cloud only starting from API version 3.21". That it is refused before, as
/// an attribute that the version's schema does not know, is inferred.
fn on_demand(group: &Element, caller: &Visitor, state: &Kept) -> Result<Option<bool>, SiteRefusal> {
    let Some(word) = group.attribute("ephemeralUsersEnabled") else { return Ok(None) };
    if caller.version < (3, 21) || state.settings.deployment == Deployment::Server {
        return Err(SiteRefusal::bad("ephemeralUsersEnabled is not known here."));
    }
    word.parse().map(Some).map_err(|_| SiteRefusal::bad("ephemeralUsersEnabled is true or false."))
}

/// What the `import` of a request asks for.
struct Import<'request> {
    domain: &'request str,
    minimum: Option<SiteRole>,
    grant: Option<GrantMode>,
}

impl<'request> Import<'request> {
    /// Vendor: source, domain and role must be there, or the element is malformed; without a directory it is
    /// refused. The page also says that it then "has no effect": here the table of errors counts.
    fn of(group: &'request Element, state: &Kept) -> Result<Option<Self>, SiteRefusal> {
        let Some(import) = group.find("import") else { return Ok(None) };
        let source = import.attribute("source");
        let parts = import.attribute("domainName").zip(import.attribute("siteRole"));
        let parts = parts.filter(|(domain, _)| source == Some("ActiveDirectory") && !domain.is_empty());
        let (domain, role) = parts.ok_or_else(SiteRefusal::malformed_import)?;
        let minimum = minimum(role)?;
        if !state.has_directory() {
            return Err(SiteRefusal::no_directory());
        }
        let grant = import.attribute("grantLicenseMode").map(|word| {
            GrantMode::named(word).ok_or_else(|| SiteRefusal::bad("grantLicenseMode is onLogin or onSync."))
        });
        Ok(Some(Self { domain, minimum, grant: grant.transpose()? }))
    }
}

/// Whether the directory knows this group.
fn check_directory(state: &Kept, domain: &str, name: &str) -> Result<(), SiteRefusal> {
    use crate::world::directory::Missing;
    state.directory_group(domain, name).map(drop).map_err(|missing| match missing {
        Missing::Domain => SiteRefusal::no_domain(),
        Missing::Group => SiteRefusal::no_directory_group(),
    })
}
