//! The groups of each site and their members.

use uuid::Uuid;

use super::names::GROUPS;
use super::people::Person;
use super::random::Random;
use super::roles::SiteRole;
use super::sites::Site;

/// A group on one site.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: Uuid,
    pub(crate) site: Uuid,
    pub(crate) name: &'static str,
    /// The role that membership gives at least.
    pub(crate) minimum_role: Option<SiteRole>,
    /// Whether that role is given only when the person signs in next.
    pub(crate) grant_on_sign_in: bool,
    /// The members' places in the world's list of people.
    pub(crate) members: Vec<u32>,
}

pub(crate) fn build(sites: &[Site], people: &[Person], random: &mut Random) -> Vec<Group> {
    let mut on_site: Vec<Vec<u32>> = vec![Vec::new(); sites.len()];
    for (number, person) in people.iter().enumerate() {
        for place in &person.places {
            on_site[usize::from(place.site)].push(number as u32);
        }
    }
    let mut groups = Vec::new();
    for (site, everyone) in sites.iter().zip(on_site) {
        let first = random.place(GROUPS.len());
        for number in 0..4 + random.place(4) {
            let share = 2 + random.below(14);
            let members = everyone.iter().copied().filter(|_| random.percent(share)).collect();
            groups.push(Group {
                id: random.uuid(),
                site: site.id,
                name: GROUPS[(first + number) % GROUPS.len()],
                minimum_role: (number % 3 == 1).then_some(SiteRole::Explorer),
                grant_on_sign_in: number % 3 == 1 && number > 1,
                members,
            });
        }
        // The vendor keeps this group on every site.
        groups.push(Group {
            id: random.uuid(),
            site: site.id,
            name: "All Users",
            minimum_role: None,
            grant_on_sign_in: false,
            members: everyone,
        });
    }
    groups
}
