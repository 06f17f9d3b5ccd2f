//! People of a site.

mod files;
mod kinds;
pub(super) mod wire;

use model::{PageRequest, SiteUserId, groups::Group, site_users::SiteUser};
use secrecy::ExposeSecret;

use super::{
    SiteApi,
    filter::UserField,
    groups,
    pages::{self, Listed, Listing, SitePage},
    table::SiteOperation,
    version::ApiVersion,
    write::Element,
};
use crate::{Change, Result, Unfit};

pub use files::{ImportErrors, ImportSignIn, SiteImport};
pub use kinds::{NewSiteUser, SiteSignIn, UserUpdate};
pub use wire::{read_one, read_page};

/// The first version that knows identity pools.
const POOLS: ApiVersion = ApiVersion::new(3, 19);
/// The first version that knows a sign-in configuration of a person.
const CONFIGURATIONS: ApiVersion = ApiVersion::new(3, 24);

impl<Access> SiteApi<Access> {
    /// One page of the site's people.
    ///
    /// Vendor: Tableau REST API, Users and Groups Methods, "Get Users on Site".
    pub async fn users(&self, page: PageRequest, listing: &Listing<UserField>) -> Result<SitePage<SiteUser>> {
        let ask = self.ask(SiteOperation::UserList)?.listing(listing).page(page)?;
        ask.read::<wire::PageWire>().await?.read(page)
    }

    /// All of the site's people that fit, each page within a deadline of its own.
    pub async fn all_users(&self, listing: &Listing<UserField>) -> Result<Listed<SiteUser>> {
        pages::all(|page| self.users(page, listing), |user| user.id).await
    }

    /// One person; `None` when the vendor says that there is none with this id.
    ///
    /// Vendor: Users and Groups Methods, "Query User On Site".
    pub async fn user(&self, user: &SiteUserId) -> Result<Option<SiteUser>> {
        let ask = self.ask(SiteOperation::UserGet)?.of("userId", user);
        ask.find::<wire::OneWire>(&[]).await?.map(|wire| wire.user.read(None)).transpose()
    }

    /// One page of the groups that a person is in.
    ///
    /// Vendor: Users and Groups Methods, "Get Groups for a User".
    pub async fn groups_of(&self, user: &SiteUserId, page: PageRequest) -> Result<SitePage<Group>> {
        let ask = self.ask(SiteOperation::UserGroups)?.of("userId", user).page(page)?;
        ask.read::<groups::wire::PageWire>().await?.read(page)
    }

    /// All groups that a person is in.
    pub async fn all_groups_of(&self, user: &SiteUserId) -> Result<Listed<Group>> {
        pages::all(|page| self.groups_of(user, page), |group| group.id).await
    }

    /// What a person's way to sign in needs, and its attributes.
    fn signing_in(&self, element: Element, sign_in: Option<&SiteSignIn>) -> Result<Element> {
        if matches!(sign_in, Some(SiteSignIn::Configuration(_))) {
            self.needs(CONFIGURATIONS)?;
        }
        Ok(match sign_in {
            Some(sign_in) => sign_in.write(element),
            None => element,
        })
    }

    fn pooled(&self, element: Element, pool: Option<&String>) -> Result<Element> {
        if pool.is_some() {
            self.needs(POOLS)?;
        }
        Ok(element.maybe("identityPoolName", pool))
    }
}

impl SiteApi<Change> {
    /// Adds a person to the site. Tableau Cloud sends them an invitation.
    ///
    /// Compare the role that comes back: without a licence left the vendor adds them as unlicensed, and calls it done.
    ///
    /// Vendor: Users and Groups Methods, "Add User to Site".
    pub async fn add_user(&self, user: &NewSiteUser) -> Result<SiteUser> {
        let element = Element::new("user").with("name", &user.name).with("siteRole", user.role.code());
        let element = self.signing_in(element, user.sign_in.as_ref())?;
        let element = self.pooled(element, user.identity_pool.as_ref())?;
        let ask = self.ask(SiteOperation::UserAdd)?.carrying([element])?;
        ask.change::<wire::OneWire>().await?.user.read(None)
    }

    /// Changes what the update names, and nothing else. On Tableau Cloud only role and way to sign in take effect.
    ///
    /// Vendor: Users and Groups Methods, "Update User". Its answer names nobody's id.
    pub async fn update_user(&self, user: &SiteUserId, update: &UserUpdate) -> Result<SiteUser> {
        let password = update.password.as_ref();
        let element = Element::new("user")
            .maybe("fullName", update.full_name.as_ref())
            .maybe("email", update.email.as_ref())
            .maybe("password", password.map(|password| password.expose_secret()))
            .maybe("siteRole", update.role.as_ref().map(|role| role.code()));
        let element = self.signing_in(element, update.sign_in.as_ref())?;
        let element = self.pooled(element, update.identity_pool.as_ref())?;
        if element.is_bare() {
            return Err(Unfit::Nothing.into());
        }
        let secrets = password.map(std::slice::from_ref).unwrap_or_default();
        let ask = self.ask(SiteOperation::UserUpdate)?.of("userId", user);
        let ask = ask.carrying([element])?.hiding(secrets);
        ask.change::<wire::OneWire>().await?.user.read(Some(*user))
    }

    /// Takes a person off the site. Whoever owns content stays, and may be without a licence then: read them afresh.
    ///
    /// Content can be given to somebody else on the way. The vendor's page allows that to administrators of servers
    /// only, while the page of Tableau Cloud Manager advises it for Tableau Cloud.
    ///
    /// Vendor: Users and Groups Methods, "Remove User from Site".
    pub async fn remove_user(&self, user: &SiteUserId, map_assets_to: Option<&SiteUserId>) -> Result<()> {
        let mut ask = self.ask(SiteOperation::UserRemove)?.of("userId", user);
        if let Some(heir) = map_assets_to {
            ask = ask.query("mapAssetsTo", heir.to_string());
        }
        ask.done().await
    }
}
