//! The groups of each site and their members.

use time::{Duration, OffsetDateTime};
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
    pub(crate) name: String,
    /// Where the group comes from; nothing means that it is local.
    pub(crate) domain: Option<String>,
    /// The role that membership gives at least.
    pub(crate) minimum_role: Option<SiteRole>,
    /// When that role is given; nothing means that it only holds people up.
    pub(crate) grant: Option<GrantMode>,
    /// Whether members see embedded content on demand.
    pub(crate) on_demand: bool,
    pub(crate) created: OffsetDateTime,
    /// The members' places in the world's list of people.
    pub(crate) members: Vec<u32>,
}

/// When a group gives its minimum role to its members. Vendor: `grantLicenseMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GrantMode {
    /// When the person signs in next.
    OnSignIn,
    /// When the directory is read next; only for groups from a directory.
    OnSync,
}

/// The vendor keeps everyone of a site in this group.
pub(crate) const EVERYONE: &str = "All Users";

impl Group {
    /// A local group without anybody in it, and without a role.
    pub(crate) fn local(id: Uuid, site: Uuid, name: &str, created: OffsetDateTime) -> Self {
        let (domain, minimum_role, grant) = (None, None, None);
        let (name, on_demand, members) = (name.to_owned(), false, Vec::new());
        Self { id, site, name, domain, minimum_role, grant, on_demand, created, members }
    }

    /// Whether this is the group that the vendor keeps; names are unique, whatever their case.
    pub(crate) fn is_everyone(&self) -> bool {
        self.domain.is_none() && self.name == EVERYONE
    }

    pub(crate) fn has(&self, person: usize) -> bool {
        self.members.contains(&(person as u32))
    }

    /// Whether the name is this group's, as the vendor compares: without regard to case.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }
}

impl GrantMode {
    /// The vendor's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::OnSignIn => "onLogin",
            Self::OnSync => "onSync",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        [Self::OnSignIn, Self::OnSync].into_iter().find(|mode| mode.word() == word)
    }
}

pub(crate) fn build(
    sites: &[Site],
    people: &[Person],
    today: OffsetDateTime,
    random: &mut Random,
) -> Vec<Group> {
    // Old enough that no search index lags behind.
    let created = today - Duration::days(150);
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
                minimum_role: (number % 3 == 1).then_some(SiteRole::Explorer),
                grant: (number % 3 == 1 && number > 1).then_some(GrantMode::OnSignIn),
                members,
                ..Group::local(random.uuid(), site.id, GROUPS[(first + number) % GROUPS.len()], created)
            });
        }
        let all = Group::local(random.uuid(), site.id, EVERYONE, created);
        groups.push(Group { members: everyone, ..all });
    }
    groups
}
