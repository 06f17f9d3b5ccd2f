//! What each notice says.

use super::Notice;

impl Notice {
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
            Self::InvitationRevoked => "The invitation is revoked: its link does not count any more.",
            Self::AccountSuspended => "The account is suspended. All its sign-ins have ended.",
            Self::AccountReactivated => "The account is active again.",
            Self::AccountRemoved => "The account is removed. The audit log keeps what was done with it.",
            Self::AccountLinked => {
                "The names are kept: who signs in to Tableau with one of them is this person."
            }
            Self::SignInsEnded => "Ended. Whoever used it has to sign in again.",
            Self::PasswordChanged => "The password is changed. Your other sign-ins have ended.",
            Self::PasskeyAdded => "The passkey is added. You can sign in with it from now on.",
            Self::PasskeyRemoved => "The passkey is removed. It signs nobody in any more.",
            Self::GrantGiven => "The grant is given. It works as soon as a credential is deposited for it.",
            Self::GrantChanged => "The grant is changed. It holds from the next request on.",
            Self::GrantChangedDepositsEnded => {
                "The grant is changed. What others had deposited for it has ended, because they agreed to the old grant: they have to deposit anew."
            }
            Self::GrantTakenBack => "The grant is taken back. Nothing more is sent by it.",
            Self::GrantActivated => "The grant is active. It lapses by itself.",
            Self::GrantLapsed => "The grant is no longer active. What was not sent is not sent any more.",
            Self::Deposited => "The credential is deposited, sealed, and used for the named grants alone.",
            Self::DepositEnded => "The deposit has ended. Nothing more is sent by it.",
            Self::DelegationPaused => "All delegation is paused. Every deposited credential is forgotten.",
            Self::DelegationResumed => "Delegation goes on. Credentials have to be deposited anew.",
            Self::ApprovalAsked => {
                "Somebody else is asked to approve this, within a day. Nothing was sent yet."
            }
            Self::ApprovalWithdrawn => "The request is withdrawn. Nothing was sent.",
            Self::PlanApproved => "The plan is approved, and is carried out in the name of whoever asked.",
            Self::PlanRefused => "The plan is refused. Nothing was sent.",
            Self::ActApproved => {
                "It is approved, and was done in the name of whoever asked. Tableau was asked again and shows it so."
            }
            Self::ActRefused => "The request is refused. Nothing was sent.",
            Self::OperationUnlocked => {
                "The operation is unlocked for this tenant, and the audit log says who checked it."
            }
        }
    }
}
