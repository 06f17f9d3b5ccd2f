//! Delegation: what somebody may do by another person's credential, and the one function that decides about it.

mod approval;
mod ceiling;
mod conditions;
mod decide;
mod effect;
mod facts;
mod held;
mod limits;
mod marks;
mod reach;
mod rules;
mod scope;
mod template;
mod ticket;
mod words;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use approval::{APPROVAL_SECONDS, About, Approval, ApprovalState, Deposit, Pause};
pub use ceiling::Ceiling;
pub use conditions::{Conditions, Day, Hours, Local, clock, minute_of};
pub use decide::{Decision, Via, decide};
pub use effect::seats_taken;
pub use facts::{Actor, Command, FRESH_SECONDS, Facts, GroupFacts, GroupHold, Reason, Subject, Usage};
pub use held::{HeldAct, MAY_SEE_REQUESTS};
pub use limits::{Limits, Mark, MarkReason};
pub use rules::Rule;
pub use scope::{Groups, People, Scope, Sites};
pub use template::Template;
pub use ticket::TicketPattern;
pub use words::{can, cannot};

use crate::{GrantId, Moment, Permission, SiteId};

/// What an account was given: verbs × scope × ceiling × limits × conditions × validity. It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its id.
    pub id: GrantId,
    /// What its owner calls it.
    pub name: String,
    /// The account that holds it.
    pub account: uuid::Uuid,
    /// What may be done. Each is named; none comes with another.
    pub verbs: BTreeSet<Permission>,
    /// Where and on whom.
    pub scope: Scope,
    /// The highest role that it gives.
    pub ceiling: Ceiling,
    /// The highest role that somebody may have for it to touch them. Terms kept before there were two figures have none:
    /// then it is the one that it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touches: Option<Ceiling>,
    /// How much.
    pub limits: Limits,
    /// What else is asked for.
    pub conditions: Conditions,
    /// What waits for somebody else.
    pub marks: BTreeSet<Mark>,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// Whether it has to be activated each time, for a few hours.
    pub eligible: bool,
    /// Who gave it, by name: the one to ask.
    pub by: String,
    /// When it was ended before its time.
    pub revoked: Option<Moment>,
}

impl Delegation {
    /// Whether another version of this grant opens exactly the same. Whoever deposited a credential for the one did so
    /// for the other.
    pub fn has_terms_of(&self, other: &Self) -> bool {
        let beside = |grant: &Self| Self {
            name: String::new(),
            by: String::new(),
            from: other.from,
            revoked: None,
            ..grant.clone()
        };
        beside(self) == beside(other)
    }
}

/// A grant at one moment: whether it counts is worked out once, when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The grant.
    pub delegation: Delegation,
    /// Whether it counts.
    pub standing: Standing,
    /// Until when it is activated, where it has to be.
    pub active_until: Option<Moment>,
    /// What credentials it may work by.
    pub planes: Planes,
}

/// What credentials were deposited for a grant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planes {
    /// One of Tableau Cloud Manager.
    pub tenant: bool,
    /// One of each of these sites.
    pub sites: BTreeSet<SiteId>,
}

/// Whether a grant counts at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It counts.
    Active,
    /// It begins later.
    Future,
    /// It ended.
    Expired,
    /// Somebody ended it.
    Revoked,
    /// All delegation is paused.
    Paused,
    /// It counts once it is activated.
    Eligible,
    /// It counts at other hours.
    OutsideHours,
    /// It counts from other networks.
    OtherNetwork,
}

/// The longest time for which an eligible grant is activated.
pub const LONGEST_ACTIVATION_SECONDS: i64 = 4 * 60 * 60;

impl Delegation {
    /// Whether it counts at this time. The order is that of what a person has to hear first.
    pub fn standing(&self, now: Moment, paused: bool, active_until: Option<Moment>) -> Standing {
        match () {
            () if self.revoked.is_some() => Standing::Revoked,
            () if self.until <= now => Standing::Expired,
            () if paused => Standing::Paused,
            () if now < self.from => Standing::Future,
            () if self.eligible && active_until.is_none_or(|until| until <= now) => Standing::Eligible,
            () => Standing::Active,
        }
    }

    /// The highest role that somebody may have for the grant to touch them.
    pub fn touches(&self) -> Ceiling {
        self.touches.unwrap_or(self.ceiling)
    }

    /// The grant in one line, for the banner over every page of its holder.
    pub fn line(&self) -> String {
        let changes = self.verbs.contains(&Permission::PlanPeople);
        let reach = if changes {
            format!("roles up to {}", self.ceiling.role().words())
        } else {
            "to look, and not to change".to_owned()
        };
        format!("{}: {reach}, given by {}", self.name, self.by)
    }

    /// The same grant at one moment.
    pub fn held(self, now: Moment, paused: bool, active_until: Option<Moment>, planes: Planes) -> Held {
        let standing = self.standing(now, paused, active_until);
        Held { delegation: self, standing, active_until, planes }
    }
}

impl Held {
    /// Whether it opens all of these.
    pub fn opens(&self, verbs: &[Permission]) -> bool {
        verbs.iter().all(|verb| self.delegation.verbs.contains(verb))
    }

    /// The same at what the clocks show.
    #[must_use]
    pub fn now(self, clocks: impl Fn(&str) -> Option<Local>) -> Self {
        let closed = self.delegation.conditions.closed_now(clocks);
        self.but_for(closed)
    }

    /// The same for a request from an address.
    #[must_use]
    pub fn here(self, address: Option<std::net::IpAddr>) -> Self {
        let closed = self.delegation.conditions.closed_here(address);
        self.but_for(closed)
    }

    fn but_for(self, closed: Option<Standing>) -> Self {
        let standing = closed.filter(|_| self.is_standing()).unwrap_or(self.standing);
        Self { standing, ..self }
    }

    /// Whether it counts.
    pub fn is_standing(&self) -> bool {
        self.standing == Standing::Active
    }
}

impl Standing {
    /// The word on pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Future => "begins later",
            Self::Expired => "ended",
            Self::Revoked => "taken back",
            Self::Paused => "paused",
            Self::Eligible => "to be activated",
            Self::OutsideHours => "outside its hours",
            Self::OtherNetwork => "not from this network",
        }
    }
}
