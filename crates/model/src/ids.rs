//! Ids as types of their own, so that a site's id is never taken for a person's.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::{Problem, ProblemCode};

/// An id of one kind of thing. Tableau Cloud Manager and Steward both use UUIDs.
///
/// Parsing is the door: text that is not a UUID never reaches a URL or a query.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<Kind>(Uuid, #[serde(skip)] PhantomData<fn() -> Kind>);

/// What an id names.
pub trait Named {
    /// The word for this kind of thing, as a problem names it.
    const WORD: &'static str;
}

/// Marks the id of a tenant.
pub enum TenantKind {}
/// Marks the id of a site.
pub enum SiteKind {}
/// Marks the id of a person in Tableau.
pub enum UserKind {}
/// Marks the id of a job that Tableau runs.
pub enum JobKind {}
/// Marks the id of a person on one site.
pub enum SiteUserKind {}
/// Marks the id of a group on one site.
pub enum GroupKind {}
/// Marks the id of a set of groups on one site.
pub enum GroupSetKind {}
/// Marks the id of a job that one site runs.
pub enum SiteJobKind {}
/// Marks the id of an act in the audit log.
pub enum ActKind {}
/// Marks the id of a plan, and of the run that applying it starts.
pub enum PlanKind {}
/// Marks the id of an account of Steward's.
pub enum AccountKind {}
/// Marks the id of a passkey.
pub enum PasskeyKind {}
/// Marks the id of a file that was turned into another layout.
pub enum ConversionKind {}
/// Marks the id of a personal access token in Tableau.
pub enum TokenKind {}
/// Marks the id of a request for approval.
pub enum ApprovalKind {}
/// Marks the id of a grant.
pub enum GrantKind {}
/// Marks the id of a sealed credential.
pub enum CredentialKind {}

/// A tenant.
pub type TenantId = Id<TenantKind>;
/// A site; the vendor calls it `siteUUID` in one place and LUID in another.
pub type SiteId = Id<SiteKind>;
/// A person in Tableau Cloud Manager.
pub type UserId = Id<UserKind>;
/// A job that Tableau runs.
pub type JobId = Id<JobKind>;
/// A person on one site; the same person has another id in Tableau Cloud Manager.
pub type SiteUserId = Id<SiteUserKind>;
/// A group on one site.
pub type GroupId = Id<GroupKind>;
/// A set of groups on one site.
pub type GroupSetId = Id<GroupSetKind>;
/// A job that one site runs.
pub type SiteJobId = Id<SiteJobKind>;
/// An act in the audit log. A form carries it from the start, so that the same form counts once.
pub type ActId = Id<ActKind>;
/// A plan. It is applied once at most, so the run that carries it out has the same id.
pub type PlanId = Id<PlanKind>;
/// Somebody who signs in to Steward.
pub type AccountId = Id<AccountKind>;
/// A passkey of somebody with an account of Steward's own.
pub type PasskeyId = Id<PasskeyKind>;
/// A file that was turned into another layout.
pub type ConversionId = Id<ConversionKind>;
/// A personal access token in Tableau; not its secret.
pub type TokenId = Id<TokenKind>;
/// A request for approval.
pub type ApprovalId = Id<ApprovalKind>;
/// A grant: what an account may do by somebody else's credential.
pub type GrantId = Id<GrantKind>;
/// A sealed credential.
pub type CredentialId = Id<CredentialKind>;

impl Named for TenantKind {
    const WORD: &'static str = "tenant";
}
impl Named for SiteKind {
    const WORD: &'static str = "site";
}
impl Named for UserKind {
    const WORD: &'static str = "person";
}
impl Named for JobKind {
    const WORD: &'static str = "job";
}
impl Named for SiteUserKind {
    const WORD: &'static str = "person of the site";
}
impl Named for GroupKind {
    const WORD: &'static str = "group";
}
impl Named for GroupSetKind {
    const WORD: &'static str = "group set";
}
impl Named for SiteJobKind {
    const WORD: &'static str = "job of the site";
}
impl Named for ActKind {
    const WORD: &'static str = "act";
}
impl Named for PlanKind {
    const WORD: &'static str = "plan";
}
impl Named for AccountKind {
    const WORD: &'static str = "account";
}
impl Named for PasskeyKind {
    const WORD: &'static str = "passkey";
}
impl Named for ConversionKind {
    const WORD: &'static str = "conversion";
}
impl Named for TokenKind {
    const WORD: &'static str = "token";
}
impl Named for ApprovalKind {
    const WORD: &'static str = "request for approval";
}
impl Named for GrantKind {
    const WORD: &'static str = "grant";
}
impl Named for CredentialKind {
    const WORD: &'static str = "credential";
}

impl<Kind: Named> Id<Kind> {
    /// Reads an id that a person or a URL gave; anything but a UUID is the problem `malformed-id`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        // The forms with braces and `urn:` are refused: one id has one spelling here.
        (text.len() == 36)
            .then(|| Uuid::try_parse(text).ok())
            .flatten()
            .map(Self::from)
            .ok_or_else(|| Problem::about(ProblemCode::MalformedId, Kind::WORD))
    }
}

impl<Kind> Id<Kind> {
    /// The UUID inside.
    pub fn uuid(&self) -> Uuid {
        self.0
    }
}

impl<Kind> From<Uuid> for Id<Kind> {
    fn from(id: Uuid) -> Self {
        Self(id, PhantomData)
    }
}

impl<Kind: Named> FromStr for Id<Kind> {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::parse(text)
    }
}

impl<Kind> fmt::Display for Id<Kind> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<Kind> fmt::Debug for Id<Kind> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<Kind> Clone for Id<Kind> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Kind> Copy for Id<Kind> {}

impl<Kind> PartialEq for Id<Kind> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<Kind> Eq for Id<Kind> {}

impl<Kind> std::hash::Hash for Id<Kind> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<Kind> PartialOrd for Id<Kind> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<Kind> Ord for Id<Kind> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plain_form_of_a_uuid_is_an_id() {
        let good = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        assert_eq!(SiteId::parse(good).unwrap().to_string(), good);
        for bad in [
            "",
            "7",
            "../sites",
            "{3fa85f64-5717-4562-b3fc-2c963f66afa6}",
            "3fa85f6457174562b3fc2c963f66afa6",
        ] {
            let problem = SiteId::parse(bad).unwrap_err();
            assert_eq!(problem.code, ProblemCode::MalformedId);
            assert_eq!(problem.about.as_deref(), Some("site"));
        }
    }
}
