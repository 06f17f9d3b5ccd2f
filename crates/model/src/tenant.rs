//! The tenant, the session with it, and the tokens that open it.

use serde::{Deserialize, Serialize};

use crate::{ActId, Moment, Permission, TenantId, TokenId, vendor::OperationRow};

/// The tenant as Tableau Cloud Manager tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its name; empty when the vendor gives none.
    pub name: String,
    /// The URL form of the name.
    pub uri: Option<String>,
    /// `Active`, `Locked`, `Suspended`, …; the vendor's list is open.
    pub status: String,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it last changed.
    pub updated: Option<Moment>,
    /// Whether the terms and conditions are accepted, where the vendor says so.
    pub terms: Option<Terms>,
}

/// The state of the terms and conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Whether somebody accepted them.
    pub accepted: bool,
    /// Who, as the vendor writes it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Moment>,
}

/// A personal access token as the vendor lists it, never with its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its id, by which it is revoked; `None` where the vendor does not tell it.
    pub id: Option<TokenId>,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub issued: Option<Moment>,
    /// When it ends.
    pub ends: Option<Moment>,
}

/// What a person sees of the connection their sign-in uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The address of Tableau Cloud Manager.
    pub host: String,
    /// The tenant.
    pub tenant: TenantId,
    /// Who signed in.
    pub owner: String,
    /// True for the bundled simulator.
    pub pretend: bool,
    /// When the session with Tableau ends and Steward renews it.
    pub session_ends: Moment,
    /// When the sign-in to Steward ends.
    pub signin_ends: Moment,
    /// The caller's valid tokens. The vendor does not tell which of them was used to sign in.
    pub tokens: Vec<Token>,
    /// Whether Tableau answered the question for the tokens; its address is inferred.
    pub tokens_known: bool,
    /// Every vendor operation with what we know of its address.
    pub operations: Vec<OperationRow>,
    /// A fresh ticket for a form on this page: the act it would become.
    pub ticket: ActId,
    /// When this was read.
    pub as_of: Moment,
}

/// The end of the token in use: certain where there is one token, the earliest of them where there are several.
pub fn first_end(tokens: &[Token]) -> Option<Moment> {
    tokens.iter().filter_map(|token| token.ends).min()
}

/// What every page shows of the sign-in: who, where, and how long yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Who is signed in.
    pub name: String,
    /// The tenant's name; empty when Tableau did not tell it.
    pub tenant: String,
    /// True for the bundled simulator.
    pub pretend: bool,
    /// When the session with Tableau ends and Steward renews it.
    pub session_ends: Option<Moment>,
    /// When the token ends, where that is known.
    pub token_ends: Option<Moment>,
    /// When the sign-in ends.
    pub signin_ends: Moment,
    /// Whether anything was given to them.
    pub given: bool,
    /// Whether they look after the accounts of others.
    pub owner: bool,
    /// What a member may do by the grants that count now; empty for a cloud administrator.
    #[serde(default)]
    pub verbs: Vec<Permission>,
    /// The grants that a member works by, each in one line; empty for a cloud administrator.
    #[serde(default)]
    pub grants: Vec<String>,
    /// When the first of them lapses that had to be activated.
    #[serde(default)]
    pub lapses: Option<Moment>,
    /// Whether a member has no grant that counts.
    #[serde(default)]
    pub without_grant: bool,
    /// The time on the server.
    pub now: Moment,
}

impl Frame {
    /// Whether whoever is signed in may do one of these. A page leaves out what they may not; the server refuses it.
    pub fn may(&self, permissions: &[Permission]) -> bool {
        self.owner || permissions.iter().any(|permission| self.verbs.contains(permission))
    }
}
