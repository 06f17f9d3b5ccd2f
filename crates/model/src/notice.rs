//! Successes told to a person, by code: a crafted link can only show our own words.

mod words;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// Something that is now true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// The site is suspended, and was read back so.
    SiteSuspended,
    /// The site is active again, and was read back so.
    SiteReactivated,
    /// The site's own API is open.
    SiteConnected,
    /// The site's token is erased.
    SiteDisconnected,
    /// The group is there, and was read back so.
    GroupCreated,
    /// A job of the server reads its directory for a group.
    GroupFollows,
    /// The group is changed, and was read back so.
    GroupChanged,
    /// The group is gone, and was looked for.
    GroupDeleted,
    /// The group set is there, changed or gone, and was read back so.
    GroupSetChanged,
    /// The site took the order to cancel the job.
    JobCancelled,
    /// The site took the saved credentials.
    CredentialsMoved,
    /// The sign-in is over.
    SignedOut,
    /// The plan is discarded. Nothing of it was sent.
    PlanDiscarded,
    /// The person is protected: every plan that changes them now asks for an extra step.
    PersonProtected,
    /// The person is protected no longer.
    PersonUnprotected,
    /// The run is paused. What was sent is looked after; nothing new is sent.
    RunPaused,
    /// The run goes on.
    RunResumed,
    /// The remainder is stopped. What was sent is looked after; the rest is left out.
    RunStopped,
    /// Seats were counted just now.
    SeatsCounted,
    /// Purchased seats are typed in.
    PurchasedSet,
    /// Thresholds are set.
    ThresholdsSet,
    /// News go nowhere any more.
    HookEnded,
    /// A test message is on its way.
    HookTested,
    /// The person is left out of the list.
    SeatExcluded,
    /// The person is back in the list.
    SeatIncluded,
    /// The link does not count any more.
    InvitationRevoked,
    /// Nobody can sign in with the account.
    AccountSuspended,
    /// The person can sign in again.
    AccountReactivated,
    /// The account is gone.
    AccountRemoved,
    /// The names in Tableau are kept.
    AccountLinked,
    /// The sign-ins have ended.
    SignInsEnded,
    /// The password is another one.
    PasswordChanged,
    /// The passkey is kept.
    PasskeyAdded,
    /// The passkey counts no more.
    PasskeyRemoved,
    /// The grant is given.
    GrantGiven,
    /// The grant is another.
    GrantChanged,
    /// The grant is another, and what others deposited for the old one has ended.
    GrantChangedDepositsEnded,
    /// The grant is taken back.
    GrantTakenBack,
    /// The grant is active for a while.
    GrantActivated,
    /// The grant is no longer active.
    GrantLapsed,
    /// The credential is deposited.
    Deposited,
    /// The deposit has ended.
    DepositEnded,
    /// All delegation is paused.
    DelegationPaused,
    /// Delegation goes on.
    DelegationResumed,
    /// Somebody else is asked to approve it.
    ApprovalAsked,
    /// The request for approval is withdrawn.
    ApprovalWithdrawn,
    /// The plan is approved and applied.
    PlanApproved,
    /// The plan is refused.
    PlanRefused,
    /// The act is approved, and was done and read back.
    ActApproved,
    /// The act is refused.
    ActRefused,
    /// A vendor operation is unlocked.
    OperationUnlocked,
    /// The site is there, and was read back with this name and address.
    SiteCreated,
    /// The site is there, but not quite as asked for; the page below shows it as it is.
    SiteCreatedOtherwise,
    /// The project is there.
    ProjectCreated,
    /// The terms are accepted, and were read back so.
    TermsAccepted,
    /// The token is revoked.
    TokenRevoked,
    /// The token of this very sign-in is revoked.
    OwnTokenRevoked,
    /// The sign-in configuration is changed.
    SignOnChanged,
    /// The sign-in configuration is gone.
    SignOnDeleted,
}

impl Notice {
    /// All of them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code in the URL.
    pub fn code(self) -> &'static str {
        match self {
            Self::SiteSuspended => "site-suspended",
            Self::SiteReactivated => "site-reactivated",
            Self::SiteConnected => "site-connected",
            Self::SiteDisconnected => "site-disconnected",
            Self::GroupCreated => "group-created",
            Self::GroupFollows => "group-follows",
            Self::GroupChanged => "group-changed",
            Self::GroupDeleted => "group-deleted",
            Self::GroupSetChanged => "group-set-changed",
            Self::JobCancelled => "job-cancelled",
            Self::CredentialsMoved => "credentials-moved",
            Self::SignedOut => "signed-out",
            Self::InvitationRevoked => "invitation-revoked",
            Self::AccountSuspended => "account-suspended",
            Self::AccountReactivated => "account-reactivated",
            Self::AccountRemoved => "account-removed",
            Self::AccountLinked => "account-linked",
            Self::SignInsEnded => "sign-ins-ended",
            Self::PasswordChanged => "password-changed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::OperationUnlocked => "operation-unlocked",
            Self::GrantGiven => "grant-given",
            Self::GrantChanged => "grant-changed",
            Self::GrantChangedDepositsEnded => "grant-changed-deposits-ended",
            Self::GrantTakenBack => "grant-taken-back",
            Self::GrantActivated => "grant-activated",
            Self::GrantLapsed => "grant-lapsed",
            Self::Deposited => "deposited",
            Self::DepositEnded => "deposit-ended",
            Self::DelegationPaused => "delegation-paused",
            Self::DelegationResumed => "delegation-resumed",
            Self::ApprovalAsked => "approval-asked",
            Self::ApprovalWithdrawn => "approval-withdrawn",
            Self::PlanApproved => "plan-approved",
            Self::PlanRefused => "plan-refused",
            Self::ActApproved => "act-approved",
            Self::ActRefused => "act-refused",
            Self::PlanDiscarded => "plan-discarded",
            Self::PersonProtected => "person-protected",
            Self::PersonUnprotected => "person-unprotected",
            Self::RunPaused => "run-paused",
            Self::RunResumed => "run-resumed",
            Self::RunStopped => "run-stopped",
            Self::SiteCreated => "site-created",
            Self::SiteCreatedOtherwise => "site-created-otherwise",
            Self::ProjectCreated => "project-created",
            Self::TermsAccepted => "terms-accepted",
            Self::TokenRevoked => "token-revoked",
            Self::OwnTokenRevoked => "own-token-revoked",
            Self::SignOnChanged => "sign-on-changed",
            Self::SignOnDeleted => "sign-on-deleted",
            Self::SeatsCounted => "seats-counted",
            Self::PurchasedSet => "purchased-set",
            Self::ThresholdsSet => "thresholds-set",
            Self::HookEnded => "hook-ended",
            Self::HookTested => "hook-tested",
            Self::SeatExcluded => "seat-excluded",
            Self::SeatIncluded => "seat-included",
        }
    }

    /// Reads the code in a URL.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|notice| notice.code() == code)
    }
}
