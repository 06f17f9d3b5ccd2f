//! Every change a person can make, with its permission and its sentence in the audit log.

mod delegation;
mod object;
mod turn;
mod words;

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, GroupId, GroupSetId, Permission, PlanId, SiteId, SiteJobId, TenantId, UserId,
    account_acts::AccountChange,
    group_acts::{GroupChange, SetChange},
    licence_acts::LicenceChange,
    plan::Wish,
    tenant_acts::TenantAct,
};

pub use delegation::{DelegationAct, GrantTurn, Requested};
pub use object::Object;
pub use turn::Turn;
pub use words::{VERBS, sentence};

/// A change a person makes. Each variant carries what the audit log needs to be read years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Signing in with a token.
    SignIn {
        /// The tenant the token opens.
        tenant: TenantId,
    },
    /// Signing out: the sealed token and the vendor's session end.
    SignOut {
        /// The tenant the token opened.
        tenant: TenantId,
    },
    /// Suspending a site.
    SuspendSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Reactivating a site.
    ReactivateSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Connecting a site's own API with a token of that site.
    ConnectSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
        /// The name of the token in Tableau.
        token: String,
    },
    /// Ending such a connection: the sealed token is erased.
    DisconnectSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
    },
    /// Changing a group of a site.
    ChangeGroup {
        /// The site.
        site: SiteId,
        /// The group; `None` while it is not there yet.
        group: Option<GroupId>,
        /// Its name at that time.
        name: String,
        /// What is done.
        change: GroupChange,
        /// Why, in the person's words.
        reason: Option<String>,
    },
    /// Changing a set of groups of a site.
    ChangeGroupSet {
        /// The site.
        site: SiteId,
        /// The set; `None` while it is not there yet.
        set: Option<GroupSetId>,
        /// Its name at that time.
        name: String,
        /// What is done.
        change: SetChange,
    },
    /// Cancelling a job of a site.
    CancelSiteJob {
        /// The site.
        site: SiteId,
        /// The job.
        job: SiteJobId,
        /// What it is.
        title: String,
    },
    /// Moving the saved credentials of a person from one site to another.
    MoveCredentials {
        /// The site they come from.
        from: SiteId,
        /// The site they go to.
        to: SiteId,
        /// The site's name.
        to_name: String,
        /// The person.
        user_name: String,
    },
    /// Changing a person: one row of a plan.
    ChangePerson {
        /// The person; `None` for somebody who is not in the tenant yet.
        user: Option<UserId>,
        /// The name they sign in with.
        user_name: String,
        /// The site's name, where it is about one.
        site_name: String,
        /// What is wanted.
        wish: Wish,
        /// Whether the person comes into being by it.
        creates: bool,
        /// Why, in the words of the person who applied the plan.
        reason: Option<String>,
    },
    /// Applying a plan: its rows follow, each with an entry of its own.
    ApplyPlan {
        /// The plan.
        plan: PlanId,
        /// Its title.
        title: String,
        /// Why, in the person's words.
        reason: Option<String>,
    },
    /// Pausing, resuming or stopping a run.
    SteerRun {
        /// The plan it carries out.
        plan: PlanId,
        /// Its title.
        title: String,
        /// What is done to it.
        turn: Turn,
    },
    /// Protecting a person from changes made in passing.
    ProtectPerson {
        /// The person.
        user: UserId,
        /// The name they sign in with.
        user_name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Ending that protection.
    UnprotectPerson {
        /// The person.
        user: UserId,
        /// The name they sign in with.
        user_name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Changing the tenant itself.
    Tenant(TenantAct),
    /// Changing what Steward knows and does about licences.
    Licences(LicenceChange),
    /// Changing an account of Steward's own.
    Account {
        /// The account; the nil id while it is not there yet.
        account: AccountId,
        /// The address it is signed in with, or the administrator's name.
        name: String,
        /// What is done.
        change: AccountChange,
    },
    /// Something about grants, deposits and approvals.
    Delegation(DelegationAct),
    /// Taking a file of people, rows or entries away.
    Export {
        /// What is in it.
        what: String,
        /// What was asked for.
        query: String,
    },
    /// Looking at a list of people by what somebody else lent.
    SeeList {
        /// Which list, as it is called in the log's own words: `people`, or one of a site.
        list: String,
        /// What it is called.
        name: String,
        /// What it was narrowed to. Never words that somebody typed: they may be a name.
        filter: String,
    },
    /// Opening an operation whose address is only inferred.
    UnlockOperation {
        /// Our name of the operation.
        operation: String,
        /// The method and path that were checked.
        address: String,
    },
}

impl Act {
    /// The permission it needs; `None` for what everyone may do with their own sign-in.
    pub fn permission(&self) -> Option<Permission> {
        match self {
            // Each kind of file, and each list, has its own permission, asked for before.
            Self::SignIn { .. } | Self::SignOut { .. } | Self::Export { .. } | Self::SeeList { .. } => None,
            Self::SuspendSite { .. } => Some(Permission::SuspendSite),
            Self::ReactivateSite { .. } => Some(Permission::ReactivateSite),
            Self::ConnectSite { .. } | Self::DisconnectSite { .. } => Some(Permission::ConnectSites),
            Self::ChangeGroup { change, .. } => Some(change.permissions()[0]),
            Self::ChangeGroupSet { .. } => Some(SetChange::PERMISSION),
            Self::CancelSiteJob { .. } => Some(Permission::CancelJobs),
            Self::MoveCredentials { .. } => Some(Permission::MoveCredentials),
            Self::ChangePerson { creates: true, .. } => Some(Permission::CreatePeople),
            Self::ChangePerson { wish, .. } => Some(wish.permission()),
            Self::ApplyPlan { .. } | Self::SteerRun { .. } => Some(Permission::PlanPeople),
            Self::ProtectPerson { .. } | Self::UnprotectPerson { .. } => Some(Permission::ProtectPeople),
            Self::Tenant(act) => Some(act.permission()),
            Self::Licences(_) => Some(Permission::ManageLicences),
            Self::Account { change, .. } => change.permission(),
            Self::Delegation(act) => act.permission(),
            Self::UnlockOperation { .. } => Some(Permission::UnlockOperation),
        }
    }

    /// The word for this kind of act in the log and in its filter.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign-in",
            Self::SignOut { .. } => "sign-out",
            Self::SuspendSite { .. } => "site.suspend",
            Self::ReactivateSite { .. } => "site.reactivate",
            Self::ConnectSite { .. } => "site.connect",
            Self::DisconnectSite { .. } => "site.disconnect",
            Self::ChangeGroup { change, .. } => change.verb(),
            Self::ChangeGroupSet { change, .. } => change.verb(),
            Self::CancelSiteJob { .. } => "site-job.cancel",
            Self::MoveCredentials { .. } => "credentials.move",
            Self::ChangePerson { creates: true, .. } => "person.create",
            Self::ChangePerson { wish, .. } => wish.verb(),
            Self::ApplyPlan { .. } => "plan.apply",
            Self::SteerRun { turn: Turn::Pause, .. } => "run.pause",
            Self::SteerRun { turn: Turn::Resume, .. } => "run.resume",
            Self::SteerRun { turn: Turn::Stop, .. } => "run.stop",
            Self::ProtectPerson { .. } => "person.protect",
            Self::UnprotectPerson { .. } => "person.unprotect",
            Self::Tenant(act) => act.verb(),
            Self::Licences(change) => change.verb(),
            Self::Account { change, .. } => change.verb(),
            Self::Delegation(act) => act.verb(),
            Self::Export { .. } => "export",
            Self::SeeList { .. } => "list.see",
            Self::UnlockOperation { .. } => "operation.unlock",
        }
    }

    /// Why, in the person's words.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::SuspendSite { reason, .. }
            | Self::ReactivateSite { reason, .. }
            | Self::ProtectPerson { reason, .. }
            | Self::UnprotectPerson { reason, .. } => Some(reason),
            Self::ChangePerson { reason, .. }
            | Self::ApplyPlan { reason, .. }
            | Self::ChangeGroup { reason, .. } => reason.as_deref(),
            Self::Tenant(act) => act.reason(),
            Self::Licences(change) => change.reason(),
            Self::Delegation(act) => act.reason(),
            Self::SignIn { .. }
            | Self::SignOut { .. }
            | Self::ConnectSite { .. }
            | Self::DisconnectSite { .. }
            | Self::ChangeGroupSet { .. }
            | Self::CancelSiteJob { .. }
            | Self::MoveCredentials { .. }
            | Self::SteerRun { .. }
            | Self::Account { .. }
            | Self::Export { .. }
            | Self::SeeList { .. }
            | Self::UnlockOperation { .. } => None,
        }
    }
}
