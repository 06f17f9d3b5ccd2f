//! The people of the tenant: who they are, their roles on the sites, and what they own there.

use std::collections::HashMap;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::names::{DOMAINS, FAMILY, GIVEN, TONGUES};
use super::random::Random;
use super::roles::SiteRole;
use super::sites::Site;

/// A person in the tenant.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) display_name: Box<str>,
    /// The address a person signs in with; on Tableau Cloud it is the user name.
    pub(crate) user_name: Box<str>,
    /// Where mail goes, if that is not the user name.
    pub(crate) email: Option<Box<str>>,
    pub(crate) status: &'static str,
    pub(crate) language: &'static str,
    pub(crate) locale: &'static str,
    /// How the person signs in to the tenant; each site may have another way.
    pub(crate) idp: &'static str,
    pub(crate) last_sign_in: Option<OffsetDateTime>,
    /// The state of the role as administrator of the tenant, where there is one.
    pub(crate) tenant_admin: Option<&'static str>,
    pub(crate) places: Vec<Place>,
    /// Deleted people leave an empty chair: pages and groups count by place in the list.
    pub(crate) gone: bool,
}

/// What a person is on one site.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The site's place in the world's list.
    pub(crate) site: u16,
    pub(crate) role: SiteRole,
    /// The person's id inside that site, which the site API uses.
    pub(crate) site_user: Uuid,
    pub(crate) idp: &'static str,
    /// How many workbooks, data sources and flows the person owns there.
    pub(crate) owned: u16,
    /// Since when the person has a role there.
    pub(crate) since: OffsetDateTime,
}

impl Person {
    pub(crate) fn highest_role(&self) -> Option<SiteRole> {
        self.places.iter().map(|place| place.role).max()
    }

    pub(crate) fn email(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.user_name)
    }

    pub(crate) fn place_on(&self, site: usize) -> Option<&Place> {
        self.places.iter().find(|place| usize::from(place.site) == site)
    }

    pub(crate) fn place_on_mut(&mut self, site: usize) -> Option<&mut Place> {
        self.places.iter_mut().find(|place| usize::from(place.site) == site)
    }

    pub(crate) fn is_active_admin(&self) -> bool {
        self.tenant_admin == Some("ACTIVE")
    }
}

/// The first people are always the same: administrators of the tenant in every state.
const NAMED: [(&str, &str, &str); 4] = [
    ("Dana Ito", "dana.ito@example.com", "ACTIVE"),
    ("Milo Brandt", "milo.brandt@example.com", "ACTIVE"),
    ("Noor Haddad", "noor.haddad@example.com", "INVITED"),
    ("Elif Şahin", "elif.sahin@example.com", "EXPIRED"),
];

/// The person in `NAMED` who administers every site and owns the sites' tokens.
pub(crate) const SITES_ADMIN: usize = 1;

/// Tableau's own sign-in; it is what newcomers get unless something else is said.
pub(crate) const MANAGED: &str = "TableauIDWithMFA";

const ROLES: &[(SiteRole, u64)] = &[
    (SiteRole::Viewer, 55),
    (SiteRole::Explorer, 18),
    (SiteRole::ExplorerCanPublish, 7),
    (SiteRole::Creator, 9),
    (SiteRole::SiteAdministratorExplorer, 1),
    (SiteRole::SiteAdministratorCreator, 1),
    (SiteRole::Unlicensed, 9),
];

/// How many sites people have a role on; a few have none.
const SITES_EACH: &[(usize, u64)] = &[(0, 3), (1, 60), (2, 22), (3, 10), (5, 4), (8, 1)];

/// How much each site is used, over and over: some are large, some small.
const CROWDS: [u64; 12] = [14, 9, 12, 5, 8, 10, 11, 4, 3, 13, 2, 1];

pub(crate) fn build(count: usize, sites: &[Site], today: OffsetDateTime, random: &mut Random) -> Vec<Person> {
    let mut taken = HashMap::new();
    (0..count)
        .map(|place| match NAMED.get(place) {
            Some(named) => administrator(place, *named, sites, today, random),
            None => somebody(place, sites, today, &mut taken, random),
        })
        .collect()
}

fn administrator(
    place: usize,
    (name, address, state): (&str, &str, &'static str),
    sites: &[Site],
    today: OffsetDateTime,
    random: &mut Random,
) -> Person {
    let everywhere = if place == SITES_ADMIN { sites.len() } else { 0 };
    let places = (0..everywhere)
        .filter_map(|site| u16::try_from(site).ok())
        .map(|site| Place {
            site,
            role: SiteRole::SiteAdministratorCreator,
            site_user: random.uuid(),
            idp: MANAGED,
            owned: random.below(4) as u16,
            since: since(today),
        })
        .collect();
    Person {
        id: random.uuid(),
        display_name: name.into(),
        user_name: address.into(),
        email: None,
        status: "ACTIVE",
        language: "EN_US",
        locale: "en_US",
        idp: MANAGED,
        last_sign_in: (state == "ACTIVE").then(|| today - Duration::hours(3 + place as i64)),
        tenant_admin: Some(state),
        places,
        gone: false,
    }
}

fn somebody(
    place: usize,
    sites: &[Site],
    today: OffsetDateTime,
    taken: &mut HashMap<(usize, usize), u32>,
    random: &mut Random,
) -> Person {
    let (given, family) = (random.place(GIVEN.len()), random.place(FAMILY.len()));
    let same = taken.entry((given, family)).and_modify(|same| *same += 1).or_insert(0);
    let ((given, given_plain), (family, family_plain)) = (GIVEN[given], FAMILY[family]);
    let number = if *same == 0 { String::new() } else { (*same + 1).to_string() };
    let domain = random.weighted(DOMAINS);
    let (language, locale) = *random.pick(TONGUES);
    let (status, last_sign_in) = presence(today, random);
    let tag = tag(place);
    let id = random.uuid();
    let idp = random.weighted(&[("SAML", 70), (MANAGED, 24), ("OpenID", 6)]);
    Person {
        id,
        display_name: format!("{given} {family}").into(),
        user_name: format!("{given_plain}.{family_plain}{number}{tag}@{domain}").into(),
        email: None,
        status,
        language,
        locale,
        idp,
        last_sign_in,
        tenant_admin: None,
        places: places(sites, idp, since(today), random),
        gone: false,
    }
}

/// Some addresses carry a tag. Its plus sign means a space in a query that was not escaped.
fn tag(place: usize) -> &'static str {
    if place % 61 == 17 { "+bi" } else { "" }
}

/// Most sign in often, some long ago, some never; a few accounts are not whole.
fn presence(today: OffsetDateTime, random: &mut Random) -> (&'static str, Option<OffsetDateTime>) {
    let days = match random.below(100) {
        0..8 => None,
        8..60 => Some(random.below(14)),
        60..85 => Some(14 + random.below(76)),
        _ => Some(90 + random.below(700)),
    };
    let last =
        days.map(|days| today - Duration::days(days as i64) - Duration::seconds(random.below(86_400) as i64));
    let status =
        random.weighted(&[("ACTIVE", 980), ("INACTIVE", 14), ("SYNC_PENDING", 4), ("CREATE_FAILED", 2)]);
    (status, last)
}

/// Everyone of a fresh world has been there so long that no search index lags behind.
fn since(today: OffsetDateTime) -> OffsetDateTime {
    today - Duration::days(150)
}

fn places(sites: &[Site], idp: &'static str, since: OffsetDateTime, random: &mut Random) -> Vec<Place> {
    let wanted = random.weighted(SITES_EACH).min(sites.len());
    let mut places: Vec<Place> = Vec::with_capacity(wanted);
    while places.len() < wanted {
        let site = crowded(sites.len(), random);
        if places.iter().any(|place| place.site == site) {
            continue;
        }
        let role = random.weighted(ROLES);
        let (site_user, owned) = (random.uuid(), owned(role, random));
        places.push(Place { site, role, site_user, idp, owned, since });
    }
    places.sort_by_key(|place| place.site);
    places
}

/// A site's place, the large ones more often.
fn crowded(sites: usize, random: &mut Random) -> u16 {
    loop {
        let site = random.place(sites);
        if random.below(14) < CROWDS[site % CROWDS.len()] {
            return site as u16;
        }
    }
}

/// Publishers own content; so do some who lost their licence, which is what makes removal hard.
fn owned(role: SiteRole, random: &mut Random) -> u16 {
    let most = match role {
        SiteRole::Viewer => 0,
        SiteRole::Explorer => 3,
        SiteRole::Unlicensed if random.percent(25) => 12,
        SiteRole::Unlicensed => 0,
        _ => 40,
    };
    random.below(most + 1) as u16
}
