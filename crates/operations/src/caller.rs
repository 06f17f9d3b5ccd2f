//! Who asks: the account, its grants, the request and the time.

use model::{CredentialId, Grant, Moment, Permission, Problem, ProblemCode, Role, TenantId, UserId, allows};
use serde::{Deserialize, Serialize};
use tableau::Tag;

/// A person who signed in here, as their sign-in remembers them. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The account's id.
    pub id: uuid::Uuid,
    /// The tenant their token opens.
    pub tenant: TenantId,
    /// The person in Tableau.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The sealed token of this sign-in.
    pub credential: CredentialId,
    /// When the sign-in ends, however busy it is.
    pub ends: Moment,
}

/// The account asking now, with grants, request id and time. Every operation takes it first.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub account: Account,
    /// What they were given.
    pub grants: Vec<Grant>,
    /// The id of this request, which is in the log, in the audit log and in Tableau's own log.
    pub request: String,
    /// The time of this request. Tests set the clock by setting it.
    pub now: Moment,
}

impl Caller {
    /// A cloud administrator who signed in with their own token.
    pub fn administrator(account: Account, request: String, now: Moment) -> Self {
        Self { account, grants: vec![Grant { role: Role::CloudAdministrator }], request, now }
    }

    /// The tenant of this caller.
    pub fn tenant(&self) -> TenantId {
        self.account.tenant
    }

    /// Refuses what no grant opens.
    pub(crate) fn must(&self, permission: Permission) -> Result<(), Problem> {
        if allows(&self.grants, permission) { Ok(()) } else { Err(self.problem(ProblemCode::NotAllowed)) }
    }

    /// A problem with the reference of this request.
    pub(crate) fn problem(&self, code: ProblemCode) -> Problem {
        Problem::new(code).with_reference(&self.request)
    }

    /// What Tableau's log shows of this caller: the request and an opaque id, nothing personal.
    pub(crate) fn tag(&self) -> Tag {
        Tag { request: self.request.clone(), actor: self.account.id.to_string() }
    }
}

/// The clock, for work that outlives its request's own time.
pub(crate) fn clock() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}
