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
    /// A vendor operation is unlocked.
    OperationUnlocked,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 19] = [
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
            Self::OperationUnlocked => {
                "The operation is unlocked for this tenant, and the audit log says who checked it."
            }
        }
    }
}
