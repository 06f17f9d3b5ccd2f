//! Licence counting by the vendor's rules: once per tenant at the highest role, and once per site.

use serde::Serialize;
use uuid::Uuid;

use super::people::Person;
use super::roles::{SiteRole, Tier};
use super::sites::Site;

/// How many people use each kind of licence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    pub(crate) users: u32,
    pub(crate) site_administrators: u32,
    pub(crate) creators: u32,
    pub(crate) explorers: u32,
    pub(crate) viewers: u32,
    pub(crate) unlicensed: u32,
}

impl Count {
    pub(super) fn add(&mut self, role: SiteRole) {
        self.users += 1;
        self.site_administrators += u32::from(role.is_site_administrator());
        *self.tier(role.tier()) += 1;
    }

    pub(super) fn remove(&mut self, role: SiteRole) {
        self.users -= 1;
        self.site_administrators -= u32::from(role.is_site_administrator());
        *self.tier(role.tier()) -= 1;
    }

    pub(super) fn used(&self, tier: Tier) -> u32 {
        match tier {
            Tier::Creator => self.creators,
            Tier::Explorer => self.explorers,
            Tier::Viewer => self.viewers,
            Tier::Unlicensed => self.unlicensed,
        }
    }

    fn tier(&mut self, tier: Tier) -> &mut u32 {
        match tier {
            Tier::Creator => &mut self.creators,
            Tier::Explorer => &mut self.explorers,
            Tier::Viewer => &mut self.viewers,
            Tier::Unlicensed => &mut self.unlicensed,
        }
    }
}

/// One count per site, in the order of the sites. A suspended site keeps its people.
pub(crate) fn sites(sites: &[Site], people: &[Person]) -> Vec<Count> {
    let mut counts = vec![Count::default(); sites.len()];
    for place in people.iter().flat_map(|person| &person.places) {
        if let Some(count) = counts.get_mut(usize::from(place.site)) {
            count.add(place.role);
        }
    }
    counts
}

/// The count of one site.
pub(crate) fn site(all: &[Site], people: &[Person], id: Uuid) -> Option<Count> {
    let place = all.iter().position(|site| site.id == id)?;
    sites(all, people).into_iter().nth(place)
}

/// The whole tenant's count. Administrators of the tenant without a site role use no licence.
pub(crate) fn tenant(people: &[Person]) -> Count {
    let mut count = Count::default();
    for role in people.iter().filter_map(Person::highest_role) {
        count.add(role);
    }
    count
}
