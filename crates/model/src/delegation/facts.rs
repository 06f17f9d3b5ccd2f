//! What the decision is held against: who acts, what they ask for, and what is known of whom it touches.

use crate::{
    GroupId, Moment, Permission, SiteId, UserId,
    group_acts::{GroupChange, SetChange},
    plan::Wish,
    roles::SiteRole,
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Whether the account may act at all: not suspended, not removed.
    pub is_active: bool,
    /// The people in Tableau that the account is.
    pub linked: Vec<UserId>,
    /// The names it could sign in to Tableau with, for people who are not there yet; small letters.
    pub names: Vec<String>,
    /// Whether a sign-in or second factor is younger than five minutes, now or when the work was handed in.
    pub is_fresh: bool,
    /// What is said about why.
    pub reason: Reason,
}

/// What is said about why something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is asked for later: when a plan is applied.
    Later,
    /// Nothing.
    Silent,
    /// This.
    Given(String),
}

impl Reason {
    /// What stands in the field of a form.
    pub fn of(text: Option<&str>) -> Self {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        text.map_or(Self::Silent, |text| Self::Given(text.to_owned()))
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Command<'a> {
    /// A row of a plan, whether it came by a form, a file or an approval.
    Row {
        /// What is wanted.
        wish: &'a Wish,
        /// Whether it brings somebody into being.
        creates: bool,
    },
    /// A change of a group itself.
    Group {
        /// The site.
        site: SiteId,
        /// What is wanted.
        change: &'a GroupChange,
    },
    /// A change of a set of groups.
    Set {
        /// The site.
        site: SiteId,
        /// What is wanted.
        change: &'a SetChange,
    },
    /// Something about a site as a whole.
    Site {
        /// The site.
        site: SiteId,
        /// What it needs.
        needs: Permission,
    },
    /// Something that touches nobody: looking, making a plan.
    Plain(Permission),
}

/// A group that somebody is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHold {
    /// The site.
    pub site: SiteId,
    /// The group.
    pub group: GroupId,
    /// The role it gives at least.
    pub minimum: Option<SiteRole>,
}

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Their id in the tenant, where it is known.
    pub user: Option<UserId>,
    /// The name they sign in with.
    pub user_name: String,
    /// Their roles on all sites; `None` where Tableau did not tell all of them.
    pub roles: Option<Vec<(SiteId, SiteRole)>>,
    /// The groups they are in, on the sites whose groups are told.
    pub groups: Vec<GroupHold>,
    /// The sites whose groups are told.
    pub told: Vec<SiteId>,
    /// Whether they have a role in the tenant itself, or are invited to one.
    pub administers_tenant: bool,
    /// Whether somebody protected them.
    pub is_protected: bool,
    /// Whether a deposited credential, or one in use, is theirs.
    pub owns_credential: bool,
    /// Whether an account of Steward's belongs to them: helpers do not touch helpers.
    pub has_account: bool,
}

/// What is known of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFacts {
    /// The site.
    pub site: SiteId,
    /// The group; `None` while it is not there yet.
    pub group: Option<GroupId>,
    /// The role it gives at least.
    pub minimum: Option<SiteRole>,
    /// Its members; `None` where nobody read them.
    pub members: Option<Vec<Subject>>,
}

/// What was done before this, by the same grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Rows of this plan that come before this one.
    pub rows_in_plan: u32,
    /// Rows of the last hour, without this plan's.
    pub rows_in_hour: u32,
    /// Seats that the rows before this one take, less those they free.
    pub seats_in_plan: i64,
    /// People of the whole plan, and those whom the same helper's plans were about within
    /// [`Mark::MANY_WITHIN_SECONDS`](super::Mark::MANY_WITHIN_SECONDS) without anybody's approval. Each counts once.
    pub people_in_plan: u32,
}

/// What is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whom it is about; `None` for somebody who is not there.
    pub person: Option<Subject>,
    /// The name of whom it is about.
    pub user_name: String,
    /// Who would get the content.
    pub recipient: Option<Subject>,
    /// The group it is about.
    pub group: Option<GroupFacts>,
    /// The role that the site gives everybody at least, by its group of everybody; `None` where that is not told.
    pub floor: Option<Option<SiteRole>>,
    /// What was done before.
    pub usage: Usage,
}

impl Subject {
    /// The role on a site.
    pub fn role(&self, site: &SiteId) -> Option<&SiteRole> {
        self.roles.as_ref()?.iter().find(|(on, _)| on == site).map(|(_, role)| role)
    }

    /// The sites they are on.
    pub fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.roles.iter().flatten().map(|(site, _)| site)
    }

    /// Whether they administer the tenant or any site, themselves or by a group.
    pub fn is_administrator(&self) -> bool {
        let direct = self.roles.iter().flatten().any(|(_, role)| role.administers());
        let by_group =
            self.groups.iter().any(|hold| hold.minimum.as_ref().is_some_and(SiteRole::administers));
        self.administers_tenant || direct || by_group
    }
}

/// A moment in which something was proved counts as fresh for so long.
pub const FRESH_SECONDS: i64 = 5 * 60;

impl Actor {
    /// Whether a name is one of its own.
    pub fn has_name(&self, user_name: &str) -> bool {
        let name = user_name.to_lowercase();
        self.names.iter().any(|own| own.to_lowercase() == name)
    }

    /// Whether a person is its own.
    pub fn is(&self, person: &Subject) -> bool {
        person.user.is_some_and(|user| self.linked.contains(&user)) || self.has_name(&person.user_name)
    }

    /// Whether something proved then is fresh now. A proof from the future is none: the clock moved.
    pub fn fresh(proved: Option<Moment>, now: Moment) -> bool {
        proved.is_some_and(|proved| (0..=FRESH_SECONDS).contains(&proved.seconds_until(now)))
    }
}
