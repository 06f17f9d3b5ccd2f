//! Who asks: the account, its grants, the request and the time.

use std::{net::IpAddr, sync::Arc};

use model::{
    AccountId, CredentialId, Grant, Moment, Permission, Problem, ProblemCode, SiteId, TenantId, UserId,
    allows,
    delegation::{Actor, Rule},
};
use serde::{Deserialize, Serialize};
use tableau::Tag;

use crate::delegation::{Approved, Lent, Right};

/// How long ago a sign-in or second factor may lie for a dangerous act.
pub use model::delegation::FRESH_SECONDS;

/// A person who signed in here, as their sign-in remembers them. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The account's id.
    pub id: AccountId,
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// Their name.
    pub name: String,
    /// What they signed in with, and whom in Tableau they are.
    pub who: Who,
    /// When the sign-in ends, however busy it is.
    pub ends: Moment,
    /// When they last proved who they are: at sign-in, or at a step-up since.
    pub proved: Moment,
}

/// The two kinds of people who sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// A cloud administrator with a token of their own.
    Administrator {
        /// The person in Tableau.
        user: UserId,
        /// The sealed token of this sign-in.
        credential: CredentialId,
    },
    /// Somebody with an account of Steward's own, and no token.
    Member {
        /// The people in Tableau that they are, so that nobody is served by themselves.
        linked: Vec<UserId>,
        /// The names they sign in to Tableau with, in small letters, whether Tableau knows them yet or not.
        names: Vec<String>,
    },
}

impl Account {
    /// The sealed token of this sign-in; a member has none.
    pub fn own_credential(&self) -> Option<CredentialId> {
        match &self.who {
            Who::Administrator { credential, .. } => Some(*credential),
            Who::Member { .. } => None,
        }
    }

    /// The names that this account's person could sign in to Tableau with, in small letters.
    pub(crate) fn own_names(&self) -> Vec<String> {
        match &self.who {
            Who::Administrator { .. } => Vec::new(),
            Who::Member { names, .. } => names.clone(),
        }
    }

    /// The people in Tableau that this account is.
    pub fn identities(&self) -> &[UserId] {
        match &self.who {
            Who::Administrator { user, .. } => std::slice::from_ref(user),
            Who::Member { linked, .. } => linked,
        }
    }

    /// Whether a person in Tableau is this account, by id or by a name.
    pub fn is(&self, id: &UserId, names: [&str; 2]) -> bool {
        let known = match &self.who {
            Who::Administrator { .. } => &[],
            Who::Member { names, .. } => names.as_slice(),
        };
        self.identities().contains(id) || names.iter().any(|name| known.contains(&name.to_lowercase()))
    }

    /// The id under which plans, runs, jobs and the audit log name this account: the person in Tableau, or the account
    /// itself where it is no administrator's.
    pub fn author(&self) -> UserId {
        match &self.who {
            Who::Administrator { user, .. } => *user,
            Who::Member { .. } => self.id.uuid().into(),
        }
    }
}

/// What names the sign-in of a request in lists, without opening it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInKey(pub String);

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
    /// The network address that asks, as far as it is known.
    pub address: Option<IpAddr>,
    /// What others lent to the grants of a member.
    pub lent: Vec<Lent>,
    /// By what right a member acts, once the lock said so.
    pub right: Option<Right>,
    /// The word of somebody else by which a member's single act is done now.
    pub approved: Option<Arc<Approved>>,
}

impl Caller {
    /// Whoever signed in, with what comes with it: everything for a cloud administrator, nothing for a member.
    pub fn of(account: Account, request: String, now: Moment) -> Self {
        match account.who {
            Who::Administrator { .. } => Self::administrator(account, request, now),
            Who::Member { .. } => Self::member(account, Vec::new(), request, now),
        }
    }

    /// A cloud administrator who signed in with their own token.
    pub fn administrator(account: Account, request: String, now: Moment) -> Self {
        Self { grants: vec![Grant::Administrator], ..Self::member(account, Vec::new(), request, now) }
    }

    /// Somebody with an account of Steward's own, and what they were given.
    pub fn member(account: Account, grants: Vec<Grant>, request: String, now: Moment) -> Self {
        Self { account, grants, request, now, address: None, lent: Vec::new(), right: None, approved: None }
    }

    /// The tenant of this caller.
    pub fn tenant(&self) -> TenantId {
        self.account.tenant
    }

    /// The person in Tableau who signed in with their own token; nobody for a member.
    pub fn user(&self) -> Option<UserId> {
        match &self.account.who {
            Who::Administrator { user, .. } => Some(*user),
            Who::Member { .. } => None,
        }
    }

    /// The sealed token that opens Tableau for this caller: their own, or one that was deposited for them.
    pub fn credential(&self) -> Result<CredentialId, Problem> {
        let own = self.account.own_credential();
        let lent = || self.lends(None).next().map(|lent| lent.credential);
        own.or_else(lent).ok_or_else(|| self.problem(ProblemCode::NothingDeposited))
    }

    /// Whose connections to sites are the caller's own; a member has none.
    pub(crate) fn credential_owner(&self) -> Result<UserId, Problem> {
        self.user().ok_or_else(|| self.problem(ProblemCode::NothingDeposited))
    }

    /// Whose credential opens the tenant for this caller.
    pub(crate) fn lender(&self) -> Result<UserId, Problem> {
        let lent = || self.lends(None).next().map(|lent| lent.owner);
        self.user().or_else(lent).ok_or_else(|| self.problem(ProblemCode::NothingDeposited))
    }

    /// Whose connection opens a site for this caller, and for a member which one: what was deposited, and no other.
    pub(crate) fn site_owner(&self, site: &SiteId) -> Option<(UserId, Option<CredentialId>)> {
        let lent = || self.lends(Some(*site)).next().map(|lent| (lent.owner, Some(lent.credential)));
        self.user().map(|user| (user, None)).or_else(lent)
    }

    /// Refuses what no grant opens. Where one would, were it not over, or at another hour, its rule is named.
    pub(crate) fn must(&self, permission: Permission) -> Result<(), Problem> {
        if allows(&self.grants, permission) {
            return Ok(());
        }
        match self.refusal_of(permission) {
            Some((rule, grant)) if rule > Rule::NeverDelegated => Err(self.refused_by(rule, grant)),
            _ => Err(Problem { whom: self.givers(None), ..self.problem(ProblemCode::NotAllowed) }),
        }
    }

    /// Refuses whoever may see no runs at all. Which ones, each operation says.
    pub(crate) fn must_see_runs(&self) -> Result<(), Problem> {
        self.must(Permission::SeeOwnRuns).or_else(|_| self.must(Permission::SeeJobs))
    }

    /// Refuses whoever may not see what Tableau's own jobs tell: their rows name people wherever they are, so no grant is
    /// narrow enough for them.
    pub(crate) fn must_see_all_jobs(&self) -> Result<(), Problem> {
        self.must(Permission::SeeJobs)?;
        if self.is_member() { Err(self.problem(ProblemCode::NotAllowed)) } else { Ok(()) }
    }

    /// Refuses a dangerous act when the caller proved who they are too long ago. A clock that was set back proves
    /// nothing either. What was approved was asked for with a fresh proof, and whoever approved it gave another.
    pub fn must_be_fresh(&self) -> Result<(), Problem> {
        if self.approved.is_some() || Actor::fresh(Some(self.account.proved), self.now) {
            Ok(())
        } else {
            Err(self.problem(ProblemCode::StepUpNeeded))
        }
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
