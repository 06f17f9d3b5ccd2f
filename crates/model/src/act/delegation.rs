//! What is done about grants, deposits and approvals, as acts of the audit log.

use serde::{Deserialize, Serialize};

use super::Object;
use crate::{ApprovalId, GrantId, Permission, PlanId, TenantId};

/// Something done about delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DelegationAct {
    /// Giving a grant, changing it, taking it back, activating it or letting it lapse.
    Grant {
        /// The grant.
        grant: GrantId,
        /// Its name.
        name: String,
        /// The name of the account that holds it.
        holder: String,
        /// What is done.
        turn: GrantTurn,
        /// Why, in the person's words.
        reason: Option<String>,
    },
    /// Letting grants work by a credential.
    Deposit {
        /// The tenant.
        tenant: TenantId,
        /// What the credential opens, in words.
        what: String,
        /// The names of the grants.
        grants: String,
    },
    /// Ending that.
    EndDeposit {
        /// The grant.
        grant: GrantId,
        /// Its name.
        name: String,
        /// What the credential opens, in words.
        what: String,
    },
    /// Pausing all delegation and forgetting every deposited credential.
    Pause {
        /// The tenant.
        tenant: TenantId,
    },
    /// Letting it go on.
    Resume {
        /// The tenant.
        tenant: TenantId,
    },
    /// Asking somebody else to approve something.
    Ask {
        /// What it is.
        what: Requested,
        /// Its title.
        title: String,
        /// Why, in the person's words.
        reason: Option<String>,
    },
    /// Withdrawing that.
    Withdraw {
        /// What it is.
        what: Requested,
        /// Its title.
        title: String,
    },
    /// Approving it or refusing it.
    Decide {
        /// What it is.
        what: Requested,
        /// Its title.
        title: String,
        /// Whether it is approved.
        approves: bool,
        /// What they said.
        answer: Option<String>,
    },
}

/// What somebody is asked to approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Requested {
    /// A plan.
    Plan(PlanId),
    /// A single act. The log names it by the request: what it is done to has an entry of its own when it is done.
    Act(ApprovalId),
}

/// What is done about a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantTurn {
    /// It is given.
    Give,
    /// It becomes another.
    Edit,
    /// It is taken back.
    TakeBack,
    /// Its holder activates it for a while.
    Activate,
    /// Its holder lets it lapse.
    Lapse,
}

impl DelegationAct {
    /// The permission it needs; nothing for what people do with their own grants and requests.
    pub fn permission(&self) -> Option<Permission> {
        match self {
            Self::Grant { turn: GrantTurn::Activate | GrantTurn::Lapse, .. } | Self::Withdraw { .. } => None,
            Self::Grant { .. } | Self::Deposit { .. } | Self::EndDeposit { .. } => {
                Some(Permission::ManageGrants)
            }
            Self::Pause { .. } | Self::Resume { .. } => Some(Permission::ManageGrants),
            Self::Ask { what: Requested::Plan(_), .. } => Some(Permission::PlanPeople),
            // The act has a permission of its own, which was asked for before.
            Self::Ask { what: Requested::Act(_), .. } => None,
            Self::Decide { .. } => Some(Permission::Approve),
        }
    }

    /// The word in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Grant { turn: GrantTurn::Give, .. } => "grant.give",
            Self::Grant { turn: GrantTurn::Edit, .. } => "grant.edit",
            Self::Grant { turn: GrantTurn::TakeBack, .. } => "grant.take-back",
            Self::Grant { turn: GrantTurn::Activate, .. } => "grant.activate",
            Self::Grant { turn: GrantTurn::Lapse, .. } => "grant.lapse",
            Self::Deposit { .. } => "deposit.make",
            Self::EndDeposit { .. } => "deposit.end",
            Self::Pause { .. } => "delegation.pause",
            Self::Resume { .. } => "delegation.resume",
            Self::Ask { .. } => "approval.ask",
            Self::Withdraw { .. } => "approval.withdraw",
            Self::Decide { approves: true, .. } => "approval.approve",
            Self::Decide { approves: false, .. } => "approval.refuse",
        }
    }

    pub(super) fn object(&self) -> Object {
        match self {
            Self::Grant { grant, name, holder, .. } => {
                Object { kind: "grant", id: grant.to_string(), name: format!("{name} of {holder}") }
            }
            Self::Deposit { tenant, what, grants } => {
                Object { kind: "deposit", id: tenant.to_string(), name: format!("{what} for {grants}") }
            }
            Self::EndDeposit { grant, name, what } => {
                Object { kind: "grant", id: grant.to_string(), name: format!("{what} for {name}") }
            }
            Self::Pause { tenant } | Self::Resume { tenant } => {
                Object { kind: "delegation", id: tenant.to_string(), name: String::new() }
            }
            Self::Ask { what, title, .. }
            | Self::Withdraw { what, title }
            | Self::Decide { what, title, .. } => {
                let (kind, id) = match what {
                    Requested::Plan(plan) => ("plan", plan.to_string()),
                    Requested::Act(request) => ("request", request.to_string()),
                };
                Object { kind, id, name: title.clone() }
            }
        }
    }

    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::Grant { reason, .. } | Self::Ask { reason, .. } => reason.as_deref(),
            Self::Decide { answer, .. } => answer.as_deref(),
            Self::Deposit { .. } | Self::EndDeposit { .. } | Self::Withdraw { .. } => None,
            Self::Pause { .. } | Self::Resume { .. } => None,
        }
    }
}

/// The sentence of such an act.
pub(super) fn sentence(verb: &str, name: &str) -> Option<String> {
    Some(match verb {
        "grant.give" => format!("Give grant {name}"),
        "grant.edit" => format!("Change grant {name}"),
        "grant.take-back" => format!("Take back grant {name}"),
        "grant.activate" => format!("Activate grant {name}"),
        "grant.lapse" => format!("Let grant {name} lapse"),
        "deposit.make" => format!("Deposit a credential: {name}"),
        "deposit.end" => format!("End a deposit: {name}"),
        "delegation.pause" => "Pause all delegation".to_owned(),
        "delegation.resume" => "Let delegation go on".to_owned(),
        "approval.ask" => format!("Ask for approval: {name}"),
        "approval.withdraw" => format!("Withdraw the request for approval: {name}"),
        "approval.approve" => format!("Approve: {name}"),
        "approval.refuse" => format!("Refuse to approve: {name}"),
        _ => return None,
    })
}
