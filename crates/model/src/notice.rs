//! Successes told to a person, by code: a crafted link can only show our own words.

use serde::{Deserialize, Serialize};

/// Something that is now true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    pub const ALL: [Self; 34] = [
        Self::SiteSuspended,
        Self::SiteReactivated,
        Self::SiteConnected,
        Self::SiteDisconnected,
        Self::GroupCreated,
        Self::GroupFollows,
        Self::GroupChanged,
        Self::GroupDeleted,
        Self::GroupSetChanged,
        Self::JobCancelled,
        Self::CredentialsMoved,
        Self::SignedOut,
        Self::OperationUnlocked,
        Self::PlanDiscarded,
        Self::PersonProtected,
        Self::PersonUnprotected,
        Self::RunPaused,
        Self::RunResumed,
        Self::RunStopped,
        Self::SiteCreated,
        Self::SiteCreatedOtherwise,
        Self::ProjectCreated,
        Self::TermsAccepted,
        Self::TokenRevoked,
        Self::OwnTokenRevoked,
        Self::SignOnChanged,
        Self::SignOnDeleted,
        Self::SeatsCounted,
        Self::PurchasedSet,
        Self::ThresholdsSet,
        Self::HookEnded,
        Self::HookTested,
        Self::SeatExcluded,
        Self::SeatIncluded,
    ];

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
            Self::OperationUnlocked => "operation-unlocked",
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
        Self::ALL.into_iter().find(|notice| notice.code() == code)
    }

    /// What happened, in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::SiteSuspended => {
                "The site is suspended. Tableau was asked again after the change and says so itself."
            }
            Self::SiteReactivated => {
                "The site is active again. Tableau was asked again after the change and says so itself."
            }
            Self::SiteConnected => {
                "The site is connected: Tableau took the token, and Steward keeps it sealed for you alone."
            }
            Self::SiteDisconnected => {
                "The connection has ended. The sealed token is erased; in Tableau it lives on until you revoke it there."
            }
            Self::GroupCreated => "The group is there. The site was asked again and shows it so.",
            Self::GroupFollows => {
                "The server reads its directory in a job of its own. Here is how far the job is."
            }
            Self::GroupChanged => "The group is changed. The site was asked again and shows it so.",
            Self::GroupDeleted => {
                "The group is gone; its people stay on the site. The site was asked again and no longer knows it."
            }
            Self::GroupSetChanged => "Done. The site was asked again and shows it so.",
            Self::JobCancelled => {
                "The site took the order to cancel the job. It may show as cancelled a moment later."
            }
            Self::CredentialsMoved => "The other site took the saved credentials. Steward kept no copy.",
            Self::SignedOut => {
                "You are signed out. The sealed token is erased and the session with Tableau has ended."
            }
            Self::PlanDiscarded => "The plan is discarded. Nothing of it was sent.",
            Self::PersonProtected => {
                "The person is protected: every plan that changes them now asks for an extra step."
            }
            Self::PersonUnprotected => "The person is protected no longer.",
            Self::RunPaused => "The run is paused. What was sent is looked after; nothing new is sent.",
            Self::RunResumed => "The run goes on.",
            Self::RunStopped => {
                "The remainder is stopped. What was sent is looked after; the rest is left out."
            }
            Self::SiteCreated => "The site is there, as it was asked for, and was read back so.",
            Self::SiteCreatedOtherwise => {
                "The site is there, but Tableau made it a little otherwise than asked for: compare name, address and region below."
            }
            Self::ProjectCreated => {
                "Tableau made the project and named its owner. Its list of projects cannot be read back from here."
            }
            Self::TermsAccepted => {
                "The terms and conditions are accepted. Tableau was asked again after the change and says so itself."
            }
            Self::TokenRevoked => "The token is revoked: Tableau no longer lists it.",
            Self::OwnTokenRevoked => {
                "The token that Steward used for you is revoked, so you are signed out. Sign in with another one."
            }
            Self::SignOnChanged => {
                "The sign-in configuration is changed. Tableau was asked again after the change and shows it so."
            }
            Self::SignOnDeleted => {
                "The sign-in configuration is deleted. Tableau was asked again after the change and has none."
            }
            Self::SeatsCounted => "Seats were counted just now. The count is kept and shown below.",
            Self::PurchasedSet => {
                "Purchased seats are kept. Forecasts and thresholds go by them from now on."
            }
            Self::ThresholdsSet => "The thresholds are set.",
            Self::HookEnded => {
                "The address is taken away and its secret erased. News that waited for it are dropped."
            }
            Self::HookTested => {
                "A test message is on its way. What becomes of it is shown below; reload the page in a moment."
            }
            Self::SeatExcluded => "The person is left out from now on, with your reason beside their name.",
            Self::SeatIncluded => "The person is back in the list.",
            Self::OperationUnlocked => {
                "The operation is unlocked for this tenant, and the audit log says who checked it."
            }
        }
    }
}
