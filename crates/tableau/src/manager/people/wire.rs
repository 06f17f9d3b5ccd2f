//! How a person is written on the wire.

use model::{
    SiteId, UserId,
    people::{CLOUD_ADMINISTRATOR, LastSignIn, Person, Place, TenantRole},
    roles::{SignInType, SiteRole},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    super::{loose, pages::PageToken},
    PeopleFilter,
};
use crate::{Result, Unreadable};

/// The vendor's word for a cloud administrator where roles are not told one by one.
const TENANT_ADMINISTRATOR: &str = "TCM_ADMIN";
/// What stands for a role that the vendor leaves out.
const NO_ROLE: &str = "Unknown";

/// Whether the roles were asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Roles {
    Asked,
    LeftOut,
}

#[derive(Deserialize)]
pub(super) struct PersonAnswerWire {
    pub(super) user: PersonWire,
}

/// A page of people, or a batch of them.
#[derive(Deserialize)]
pub(super) struct PeopleWire {
    users: Option<Vec<PersonWire>>,
    #[serde(flatten)]
    page: PageToken,
    /// Whatever else stands in the answer.
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonWire {
    #[serde(default, deserialize_with = "loose::id")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "loose::text")]
    user_name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    display_name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    email: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    user_status: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    max_site_role: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    tcm_role_name: Option<String>,
    #[serde(default, deserialize_with = "loose::count")]
    number_of_site_roles: Option<u64>,
    last_login_time: Option<Value>,
    #[serde(default, deserialize_with = "loose::text")]
    language: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    locale: Option<String>,
    link_roles: Option<Vec<LinkRoleWire>>,
    site_roles: Option<Vec<SiteRoleWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LinkRoleWire {
    #[serde(default, deserialize_with = "loose::text")]
    link_role: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    link_role_status: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    idp_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SiteRoleWire {
    #[serde(default, deserialize_with = "loose::id")]
    site_id: Option<SiteId>,
    #[serde(default, deserialize_with = "loose::text")]
    site_role: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    idp_type: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    server_site_user_id: Option<String>,
}

impl PeopleWire {
    /// A page of a list, and the token of the next one.
    ///
    /// An answer without people is one about something else, such as the one that the vendor's page prints by mistake.
    /// Only where a filter may fit nobody can an object with nothing in it mean an empty list: whoever asks is a
    /// person of the tenant.
    pub(super) fn page(self, filter: &PeopleFilter) -> Result<(Vec<Person>, Option<String>)> {
        let roles = if filter.without_roles { Roles::LeftOut } else { Roles::Asked };
        let is_blank = self.rest.is_empty();
        let next = self.page.next();
        let users = match self.users {
            None if is_blank && next.is_none() && filter.narrows() => Vec::new(),
            users => users.ok_or(NO_PEOPLE)?,
        };
        Ok((read(users, roles)?, next))
    }

    /// All people of a batch, which has no pages.
    pub(super) fn all(self) -> Result<Vec<Person>> {
        read(self.users.ok_or(NO_PEOPLE)?, Roles::Asked)
    }
}

const NO_PEOPLE: Unreadable = Unreadable::Field { field: "users" };

fn read(users: Vec<PersonWire>, roles: Roles) -> Result<Vec<Person>> {
    users.into_iter().map(|user| user.read(None, roles)).collect()
}

impl PersonWire {
    /// A person without an id would be lost silently, so they make the whole answer unreadable, unless they were
    /// asked for by id.
    pub(super) fn read(self, asked: Option<UserId>, roles: Roles) -> Result<Person> {
        let tenant_roles = tenant_roles(self.link_roles, self.tcm_role_name.as_deref());
        let told = self.number_of_site_roles;
        let places = places(self.site_roles, told, roles);
        let count = told.or_else(|| Some(places.as_ref()?.len() as u64)).unwrap_or(0);
        Ok(Person {
            id: self.user_id.or(asked).ok_or(Unreadable::Field { field: "userId" })?,
            user_name: self.user_name.unwrap_or_default(),
            display_name: self.display_name.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
            status: self.user_status.unwrap_or_default(),
            highest: self.max_site_role.map(SiteRole::from),
            tenant_roles,
            places,
            site_count: u32::try_from(count).unwrap_or(u32::MAX),
            last_sign_in: last_sign_in(self.last_login_time),
            language: self.language.unwrap_or_default(),
            locale: self.locale.unwrap_or_default(),
        })
    }
}

/// The roles in the tenant, one by one, or as the one word that stands for them where they are left out.
fn tenant_roles(told: Option<Vec<LinkRoleWire>>, word: Option<&str>) -> Vec<TenantRole> {
    match told {
        Some(roles) => roles.into_iter().map(LinkRoleWire::read).collect(),
        None if word == Some(TENANT_ADMINISTRATOR) => {
            let role = CLOUD_ADMINISTRATOR.to_owned();
            vec![TenantRole { role, status: String::new(), sign_in: None }]
        }
        None => Vec::new(),
    }
}

/// The roles on sites; `None` where they are not told whole. A role on a site without an id is one that could be
/// compared with nothing, and roles that are counted but not listed are not told at all.
fn places(told: Option<Vec<SiteRoleWire>>, count: Option<u64>, roles: Roles) -> Option<Vec<Place>> {
    match told {
        Some(places) => places.into_iter().map(SiteRoleWire::read).collect(),
        None if roles == Roles::LeftOut || count.is_some_and(|count| count > 0) => None,
        None => Some(Vec::new()),
    }
}

/// That no time means "never" is inferred. One that cannot be read means nothing.
fn last_sign_in(told: Option<Value>) -> LastSignIn {
    match told {
        None => LastSignIn::Never,
        Some(Value::String(text)) => loose::time(&text).map_or(LastSignIn::Unknown, LastSignIn::At),
        Some(_) => LastSignIn::Unknown,
    }
}

impl LinkRoleWire {
    fn read(self) -> TenantRole {
        TenantRole {
            role: self.link_role.unwrap_or_default(),
            status: self.link_role_status.unwrap_or_default(),
            sign_in: self.idp_type.map(SignInType::from),
        }
    }
}

impl SiteRoleWire {
    fn read(self) -> Option<Place> {
        Some(Place {
            site: self.site_id?,
            role: SiteRole::from(self.site_role.unwrap_or_else(|| NO_ROLE.to_owned())),
            sign_in: self.idp_type.map(SignInType::from),
            site_user: self.server_site_user_id,
        })
    }
}
