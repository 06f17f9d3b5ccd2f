//! Group sets: named collections of a site's groups.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::State;
use super::groups::Group;
use super::random::Random;
use super::sites::Site;

/// A group set on one site.
#[derive(Debug)]
pub(crate) struct GroupSet {
    pub(crate) id: Uuid,
    pub(crate) site: Uuid,
    pub(crate) name: String,
    pub(crate) created: OffsetDateTime,
    /// The ids of its groups, in the order in which they came.
    pub(crate) groups: Vec<Uuid>,
}

impl GroupSet {
    /// Whether the name is this set's. Vendor: "group set names are case-insensitive".
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }
}

/// A set of two groups on every third site.
pub(crate) fn build(
    sites: &[Site],
    groups: &[Group],
    today: OffsetDateTime,
    random: &mut Random,
) -> Vec<GroupSet> {
    let created = today - Duration::days(90);
    let some = sites.iter().step_by(3).map(|site| site.id);
    some.map(|site| {
        let here = groups.iter().filter(|group| group.site == site && !group.is_everyone());
        let groups = here.take(2).map(|group| group.id).collect();
        GroupSet { id: random.uuid(), site, name: "Regular visitors".to_owned(), created, groups }
    })
    .collect()
}

impl State {
    /// Takes a group away from its site and from every set.
    pub(crate) fn remove_group(&mut self, id: Uuid) {
        self.groups.retain(|group| group.id != id);
        for set in &mut self.sets {
            set.groups.retain(|group| *group != id);
        }
    }
}
