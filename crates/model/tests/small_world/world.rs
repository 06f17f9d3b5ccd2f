//! People with roles on three sites and in five groups, and what Tableau makes of a command.

use model::{
    GroupId, SiteId, SiteUserId, UserId,
    delegation::{Facts, GroupFacts, GroupHold, Subject, Usage},
    group_acts::GroupChange,
    plan::{SiteWish, Wish},
    roles::SiteRole,
};
use uuid::Uuid;

pub const SITES: usize = 3;
pub const GROUPS: usize = 5;
/// On which site each group is.
pub const GROUP_ON: [usize; GROUPS] = [0, 0, 1, 2, 0];

/// Who stands in this world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anybody.
    Plain,
    /// The helper's own person in Tableau.
    Own,
    /// Another helper's.
    Account,
    /// Somebody protected.
    Protected,
    /// A cloud administrator.
    CloudAdministrator,
    /// Whose credential is deposited.
    Owner,
}

/// A person of this world: role by site, as a number from 0 to 6, and groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Being {
    pub roles: [Option<u8>; SITES],
    pub groups: [bool; GROUPS],
    pub is_there: bool,
}

/// One state of the world.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub beings: Vec<Being>,
    /// `None` for a group that is gone; else the role that it gives at least.
    pub groups: [Option<Option<u8>>; GROUPS],
}

/// A world: who its people are, and how it begins.
pub struct World {
    pub people: Vec<(&'static str, Kind)>,
    pub start: State,
}

pub fn site(at: usize) -> SiteId {
    Uuid::from_u128(0x51 + at as u128).into()
}

pub fn group(at: usize) -> GroupId {
    Uuid::from_u128(0x61 + at as u128).into()
}

pub fn user(at: usize) -> UserId {
    Uuid::from_u128(0x81 + at as u128).into()
}

pub fn site_user(at: usize) -> SiteUserId {
    Uuid::from_u128(0x71 + at as u128).into()
}

/// Roles by number, least capable first; the last two administer.
pub fn role(at: u8) -> SiteRole {
    SiteRole::ASSIGNABLE[usize::from(at)].clone()
}

pub fn number(role: &SiteRole) -> u8 {
    SiteRole::ASSIGNABLE
        .iter()
        .position(|known| known == role)
        .and_then(|at| u8::try_from(at).ok())
        .unwrap_or(7)
}

impl World {
    /// Two worlds: in one somebody is there to be changed, in the other somebody may come.
    pub fn examples() -> Vec<Self> {
        let being = |roles, groups| Being { roles, groups, is_there: true };
        let none = [false; GROUPS];
        let others = [
            ("dana@example.com", Kind::Own, being([Some(1), None, None], [true, false, false, false, false])),
            ("hal@example.com", Kind::Account, being([Some(1), Some(1), None], none)),
            (
                "pia@example.com",
                Kind::Protected,
                being([Some(1), None, None], [false, true, false, false, false]),
            ),
            ("root@example.com", Kind::Plain, being([Some(1), None, Some(6)], none)),
            ("cloud@example.com", Kind::CloudAdministrator, being([Some(2), None, None], none)),
            ("olga@example.com", Kind::Owner, being([Some(2), Some(2), None], none)),
            ("far@elsewhere.org", Kind::Plain, being([Some(1), Some(1), Some(1)], none)),
            ("cleo@example.com", Kind::Plain, being([Some(4), None, None], none)),
        ];
        let firsts = [
            ("ada@example.com", being([Some(1), Some(0), None], none)),
            ("new@example.com", Being { roles: [None; SITES], groups: none, is_there: false }),
        ];
        // One group gives nothing, one a little, one makes administrators, one is on a site of nobody's, and one
        // is empty.
        let groups = [Some(None), Some(Some(1)), Some(Some(6)), Some(None), Some(None)];
        let world = |(name, first)| {
            let people: Vec<_> = [(name, Kind::Plain, first)].into_iter().chain(others).collect();
            Self {
                start: State { beings: people.iter().map(|(_, _, being)| *being).collect(), groups },
                people: people.iter().map(|(name, kind, _)| (*name, *kind)).collect(),
            }
        };
        firsts.into_iter().map(world).collect()
    }
}

impl State {
    /// The role that counts in the end: the person's own, or the one of a group, which they get at their next sign-in.
    pub fn effective(&self, who: usize, on: usize) -> Option<u8> {
        let being = &self.beings[who];
        let own = being.roles[on]?;
        let given = (0..GROUPS)
            .filter(|at| being.groups[*at] && GROUP_ON[*at] == on)
            .filter_map(|at| self.groups[at].flatten());
        Some(given.fold(own, u8::max))
    }

    pub fn subject(&self, world: &World, who: usize) -> Option<Subject> {
        let (name, kind) = world.people[who];
        let being = self.beings.get(who).filter(|being| being.is_there)?;
        let roles = (0..SITES).filter_map(|at| Some((site(at), role(being.roles[at]?))));
        let groups = (0..GROUPS).filter(|at| being.groups[*at] && self.groups[*at].is_some());
        Some(Subject {
            user: Some(user(who)),
            user_name: name.to_owned(),
            roles: Some(roles.collect()),
            groups: groups
                .map(|at| GroupHold {
                    site: site(GROUP_ON[at]),
                    group: group(at),
                    minimum: self.groups[at].flatten().map(role),
                })
                .collect(),
            told: (0..SITES).map(site).collect(),
            administers_tenant: kind == Kind::CloudAdministrator,
            is_protected: kind == Kind::Protected,
            owns_credential: kind == Kind::Owner,
            has_account: matches!(kind, Kind::Own | Kind::Account),
        })
    }

    pub fn facts(&self, world: &World, who: usize, heir: Option<usize>, of: Option<usize>) -> Facts {
        Facts {
            person: self.subject(world, who),
            user_name: world.people[who].0.to_owned(),
            recipient: heir.and_then(|heir| self.subject(world, heir)),
            group: of.and_then(|at| self.group_facts(world, at)),
            floor: Some(None),
            usage: Usage::default(),
        }
    }

    pub fn group_facts(&self, world: &World, at: usize) -> Option<GroupFacts> {
        let minimum = self.groups[at]?.map(role);
        let inside = (0..self.beings.len()).filter(|who| self.beings[*who].groups[at]);
        Some(GroupFacts {
            site: site(GROUP_ON[at]),
            group: Some(group(at)),
            minimum,
            members: Some(inside.filter_map(|who| self.subject(world, who)).collect()),
        })
    }

    /// What Tableau makes of a row.
    pub fn carry_out(&mut self, who: usize, wish: &Wish) {
        let at = |id: &SiteId| (0..SITES).find(|at| site(*at) == *id).expect("a site of the world");
        let at_group = |id: &GroupId| (0..GROUPS).find(|at| group(*at) == *id).expect("a group of the world");
        let being = &mut self.beings[who];
        match wish {
            Wish::Role { site, role, .. } => {
                being.is_there = true;
                being.roles[at(site)] = Some(number(role));
            }
            Wish::Leave { site } => being.leave(at(site)),
            Wish::Delete => *being = Being { roles: [None; SITES], groups: [false; GROUPS], is_there: false },
            Wish::OnSite(wish) => match &wish.change {
                SiteWish::Add { role, .. } => {
                    being.is_there = true;
                    being.roles[at(&wish.site)].get_or_insert(number(role));
                }
                SiteWish::Place { role, .. } => {
                    being.is_there = true;
                    being.roles[at(&wish.site)] = Some(number(role));
                }
                SiteWish::Role { role } if being.roles[at(&wish.site)].is_some() => {
                    being.roles[at(&wish.site)] = Some(number(role));
                }
                SiteWish::Remove { .. } => being.leave(at(&wish.site)),
                SiteWish::Join { group, .. } if being.roles[at(&wish.site)].is_some() => {
                    being.groups[at_group(group)] = true;
                }
                SiteWish::Leave { group, .. } => being.groups[at_group(group)] = false,
                SiteWish::Role { .. } | SiteWish::Join { .. } | SiteWish::SignIn { .. } => {}
            },
            Wish::SignIn { .. }
            | Wish::Administer { .. }
            | Wish::StopAdministering
            | Wish::Details { .. }
            | Wish::Limits(_) => {}
        }
    }

    pub fn change_group(&mut self, at: usize, change: &GroupChange) {
        match change {
            GroupChange::MinimumRole { role } => self.groups[at] = Some(role.as_ref().map(number)),
            GroupChange::Delete => {
                self.groups[at] = None;
                self.beings.iter_mut().for_each(|being| being.groups[at] = false);
            }
            GroupChange::Create { .. }
            | GroupChange::Rename { .. }
            | GroupChange::OnDemand { .. }
            | GroupChange::Import(_)
            | GroupChange::Synchronise(_) => {}
        }
    }

    /// Everybody signs in, and gets what their groups give.
    pub fn sign_in(&self) -> Self {
        let mut next = self.clone();
        for who in 0..next.beings.len() {
            for on in 0..SITES {
                next.beings[who].roles[on] = self.effective(who, on);
            }
        }
        next
    }
}

impl Being {
    fn leave(&mut self, on: usize) {
        self.roles[on] = None;
        (0..GROUPS).filter(|at| GROUP_ON[*at] == on).for_each(|at| self.groups[at] = false);
    }
}
