//! The HTTP status of each kind of failure.

use super::ProblemCode;

impl ProblemCode {
    /// The HTTP status of a page that shows this problem.
    pub fn status(self) -> u16 {
        match self {
            Self::PageNotFound
            | Self::GrantNotFound
            | Self::ApprovalNotFound
            | Self::SiteNotFound
            | Self::GroupNotFound
            | Self::GroupSetNotFound
            | Self::SiteUserNotFound
            | Self::JobNotFound
            | Self::EntryNotFound
            | Self::CodeNotFound
            | Self::PersonNotFound
            | Self::PlanNotFound
            | Self::RunNotFound
            | Self::ConversionNotFound
            | Self::InvitationOver
            | Self::AccountNotFound
            | Self::OperationNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::EntryRefused
            | Self::ProofRefused
            | Self::PasskeyRefused
            | Self::PasskeyCopied
            | Self::ProviderRefused
            | Self::NotSignedIn
            | Self::TokenRefused
            | Self::SessionEnded => 401,
            Self::AddressNotVerified
            | Self::NotInvited
            | Self::NotAllowed
            | Self::StepUpNeeded
            | Self::NothingDeposited
            | Self::RefusedByRule
            | Self::ApprovalNeeded
            | Self::DelegationPaused
            | Self::ApprovalOwn
            | Self::CrossSite
            | Self::OperationLocked => 403,
            Self::MalformedId
            | Self::AddressWrong
            | Self::NameMissing
            | Self::NamesWrong
            | Self::PasswordTooShort
            | Self::PasswordTooLong
            | Self::PasswordCommon
            | Self::PasswordsDiffer
            | Self::CodeRefused
            | Self::PasskeyNotUsed
            | Self::PasskeyNameWrong
            | Self::MalformedQuery
            | Self::MalformedForm
            | Self::TokenMissing
            | Self::TokenNameMissing
            | Self::SiteTokenRefused
            | Self::WrongName
            | Self::ReasonMissing
            | Self::ReasonTooLong
            | Self::WrongCount
            | Self::NobodyChosen
            | Self::FileMissing
            | Self::FileUnreadable
            | Self::FileEmpty
            | Self::FieldWrong
            | Self::SeatsWrong
            | Self::ThresholdsWrong
            | Self::HookAddressWrong
            | Self::HookAddressPrivate
            | Self::HookAddressUnknown
            | Self::NotConfirmed => 400,
            Self::TooLarge | Self::TooManyRows => 413,
            Self::WrongHost => 421,
            Self::TooManySignIns => 429,
            Self::SiteNotActive
            | Self::AddressTaken
            | Self::AccountSuspended
            | Self::AccountChanged
            | Self::OwnAccount
            | Self::PasskeyOver
            | Self::PasskeyTaken
            | Self::PasskeysFull
            | Self::PasskeysUnfit
            | Self::LastFactor
            | Self::ApprovalClosed
            | Self::ApprovalDrifted
            | Self::PermitsChanged
            | Self::GrantTermsChanged
            | Self::SiteNotConnected
            | Self::SiteTokenContested
            | Self::SiteTokenTaken
            | Self::SiteTooOld
            | Self::GroupLocked
            | Self::OnlyOnServer
            | Self::GroupNameTaken
            | Self::JobNotCancellable
            | Self::NoSavedCredentials
            | Self::SiteNotSuspended
            | Self::FormUsed
            | Self::ChangeUnderWay
            | Self::PlanRunOut
            | Self::PlanNotOpen
            | Self::PlanChanged
            | Self::NothingToApply
            | Self::RunNotRunning
            | Self::SignInOver
            | Self::RowDrifted
            | Self::RowProtected
            | Self::RowYourself
            | Self::RowCredentialOwner
            | Self::RowLastAdministrator
            | Self::HookNotSet
            | Self::CountUnderWay
            | Self::NothingToLower => 409,
            Self::LogUnavailable | Self::StoreUnavailable | Self::VendorBusy | Self::StewardUnreachable => {
                503
            }
            Self::ProviderUnavailable
            | Self::VendorRefused
            | Self::VendorNotFound
            | Self::VendorConflict
            | Self::VendorRejected
            | Self::VendorDown
            | Self::VendorUnreachable
            | Self::SiteAddressUnknown
            | Self::VendorGarbled
            | Self::FateUnknown
            | Self::NotVerified
            | Self::NotReadBack
            | Self::RowNotDone
            | Self::NoSeatLeft
            | Self::JobForgotten
            | Self::NotCarriedOut => 502,
            Self::VendorTimeout | Self::TookTooLong | Self::JobEndless => 504,
            Self::SiteNameUnfit
            | Self::SiteAddressUnfit
            | Self::SitePlaceUnfit
            | Self::OwnerUnfit
            | Self::LimitUnfit
            | Self::TokenNameUnfit
            | Self::TokenDaysUnfit
            | Self::ProviderUnfit
            | Self::DomainMissing
            | Self::LogRangeUnfit => 400,
            Self::TokenNotFound | Self::LogFileGone => 404,
            Self::SiteNameTaken
            | Self::SiteAddressTaken
            | Self::SiteLimitReached
            | Self::TermsAlreadyAccepted
            | Self::TokenNameTaken
            | Self::NothingChanged => 409,
            Self::LogFileTooLarge => 413,
            Self::TokenLost
            | Self::TokenNotTried
            | Self::CutOff
            | Self::LogFileDamaged
            | Self::LogHostUnknown => 502,
            Self::Internal => 500,
        }
    }
}
