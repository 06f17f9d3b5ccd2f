//! Every kind of failure.

use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

/// What kind of failure. Each has its words in `explain.rs` and its HTTP status here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, VariantArray, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ProblemCode {
    /// There is no such page.
    PageNotFound,
    /// The page exists, but not for this method.
    MethodNotAllowed,
    /// The request needs a sign-in.
    NotSignedIn,
    /// The caller may not do this.
    NotAllowed,
    /// The act is dangerous, and the sign-in or second factor is too long ago.
    StepUpNeeded,
    /// No credential was deposited that opens Tableau for the caller.
    NothingDeposited,
    /// The address, the password or the code of an account is wrong, or nobody may sign in with it.
    EntryRefused,
    /// What was to prove who one is does not.
    ProofRefused,
    /// An invitation was used, revoked, has run out, or never was.
    InvitationOver,
    /// An e-mail address is none.
    AddressWrong,
    /// Somebody has an account with this address.
    AddressTaken,
    /// There is no such account in this tenant.
    AccountNotFound,
    /// The account is suspended.
    AccountSuspended,
    /// The account does not stand as the form had it.
    AccountChanged,
    /// Nobody suspends themselves.
    OwnAccount,
    /// A name is empty, too long, or has letters that no name has.
    NameMissing,
    /// Names in Tableau are too many or too long.
    NamesWrong,
    /// A password is too short.
    PasswordTooShort,
    /// A password is too long, or has letters that cannot be typed.
    PasswordTooLong,
    /// A password is one of those that are tried first.
    PasswordCommon,
    /// The two passwords are not the same.
    PasswordsDiffer,
    /// The code is not the one of the second factor.
    CodeRefused,
    /// A passkey did not prove who one is.
    PasskeyRefused,
    /// The counter of a passkey went back: there may be two of it.
    PasskeyCopied,
    /// What a passkey was asked is over, was answered before, or was asked of another browser.
    PasskeyOver,
    /// The browser brought no answer of a passkey.
    PasskeyNotUsed,
    /// The passkey belongs to an account already.
    PasskeyTaken,
    /// The account has as many passkeys as it can have.
    PasskeysFull,
    /// The name of a passkey is empty, too long, or has letters that no name has.
    PasskeyNameWrong,
    /// Steward's address is none that passkeys work at.
    PasskeysUnfit,
    /// It is the only second factor of the account.
    LastFactor,
    /// The identity provider has not verified an e-mail address.
    AddressNotVerified,
    /// The identity provider knows somebody whom this Steward does not let in.
    NotInvited,
    /// A way back from the identity provider is not the one that began here.
    ProviderRefused,
    /// The identity provider does not answer as it should.
    ProviderUnavailable,
    /// A rule of the caller's grant refuses it; the rule is what it is about.
    RefusedByRule,
    /// It waits for somebody else's word, and there is no request for it.
    ApprovalNeeded,
    /// All delegation is paused.
    DelegationPaused,
    /// There is no such grant.
    GrantNotFound,
    /// What a grant opens changed between the form that deposits for it and its sending.
    GrantTermsChanged,
    /// There is no such request for approval.
    ApprovalNotFound,
    /// The request for approval was decided, withdrawn or has run out.
    ApprovalClosed,
    /// Nobody approves what they asked for themselves.
    ApprovalOwn,
    /// What the plan is about has changed since approval was asked for.
    ApprovalDrifted,
    /// The rows of a plan would go by other permits than those it was made with.
    PermitsChanged,
    /// Something that should be an id is none.
    MalformedId,
    /// The address asks for something that cannot be.
    MalformedQuery,
    /// A form came incomplete or unreadable.
    MalformedForm,
    /// The request is larger than Steward reads.
    TooLarge,
    /// Another website, or a program, caused the request.
    CrossSite,
    /// The request names another host than Steward's own.
    WrongHost,
    /// Too many sign-ins were tried from this address.
    TooManySignIns,
    /// The sign-in form came without a token.
    TokenMissing,
    /// Tableau refused the token.
    TokenRefused,
    /// Tableau ended the session and refused to open another with the same token.
    SessionEnded,
    /// There is no such site in this tenant.
    SiteNotFound,
    /// The site's own API is not connected.
    SiteNotConnected,
    /// The site refuses its token, or wants another address for it.
    SiteTokenRefused,
    /// Something else signs in with the site's token.
    SiteTokenContested,
    /// This very token serves another connection already.
    SiteTokenTaken,
    /// The form came without the token's name.
    TokenNameMissing,
    /// Tableau does not tell where the site's own API answers, or tells an address that is not trusted.
    SiteAddressUnknown,
    /// The site speaks an older version of its API than this needs.
    SiteTooOld,
    /// There is no such group on this site.
    GroupNotFound,
    /// There is no such group set on this site.
    GroupSetNotFound,
    /// There is no such person on this site.
    SiteUserNotFound,
    /// The group holds everybody, or a directory decides about it.
    GroupLocked,
    /// Groups of Active Directory are for sites of a Tableau Server only.
    OnlyOnServer,
    /// Another group, or set, of this site has the name.
    GroupNameTaken,
    /// The vendor does not let this job be cancelled, or it is over.
    JobNotCancellable,
    /// The person has no saved credentials to move.
    NoSavedCredentials,
    /// There is no such job in this tenant.
    JobNotFound,
    /// There is no such entry in the audit log.
    EntryNotFound,
    /// The code is in no list that Steward has.
    CodeNotFound,
    /// The typed name is not the site's name.
    WrongName,
    /// The reason is empty.
    ReasonMissing,
    /// The reason is too long.
    ReasonTooLong,
    /// The site is not active, so it cannot be suspended.
    SiteNotActive,
    /// The site is not suspended, so it cannot be reactivated.
    SiteNotSuspended,
    /// This very form was sent before.
    FormUsed,
    /// Another change of the same object is under way.
    ChangeUnderWay,
    /// The operation's address is only inferred and nobody has unlocked it.
    OperationLocked,
    /// The box that says "I have checked it" was not ticked.
    NotConfirmed,
    /// There is no such operation to unlock.
    OperationNotFound,
    /// The audit log cannot be written, so nothing is sent.
    LogUnavailable,
    /// Steward's database does not answer.
    StoreUnavailable,
    /// Tableau says that the caller may not.
    VendorRefused,
    /// Tableau does not know the address or the object.
    VendorNotFound,
    /// Tableau says that the request does not fit the state of the object.
    VendorConflict,
    /// Tableau says that the request itself is wrong.
    VendorRejected,
    /// Tableau asks to slow down.
    VendorBusy,
    /// Tableau answers with a failure of its own.
    VendorDown,
    /// Tableau did not answer in time.
    VendorTimeout,
    /// Tableau cannot be reached.
    VendorUnreachable,
    /// Tableau's answer cannot be read.
    VendorGarbled,
    /// A change was sent and its answer was lost.
    FateUnknown,
    /// Tableau accepted the change, but reading back shows another state.
    NotVerified,
    /// Tableau accepted the change, but could not be asked again.
    NotReadBack,
    /// A change whose answer was lost shows no effect, long after it was sent.
    NotCarriedOut,
    /// There is no such person in this tenant.
    PersonNotFound,
    /// There is no such plan in this tenant.
    PlanNotFound,
    /// There is no such run in this tenant.
    RunNotFound,
    /// The plan is too old to be applied.
    PlanRunOut,
    /// The plan was applied or discarded before.
    PlanNotOpen,
    /// The rows of the plan are not those that were seen.
    PlanChanged,
    /// The plan has no row that would be sent.
    NothingToApply,
    /// The typed number is not the number of people.
    WrongCount,
    /// A change of many people names nobody.
    NobodyChosen,
    /// The list or file has more rows than Steward plans at once.
    TooManyRows,
    /// There is no such converted file.
    ConversionNotFound,
    /// The form came without a file.
    FileMissing,
    /// The file is neither text nor compressed text.
    FileUnreadable,
    /// The file has no rows.
    FileEmpty,
    /// A field of a form has a value that cannot be.
    FieldWrong,
    /// The run cannot be paused, resumed or stopped as it stands.
    RunNotRunning,
    /// The sign-in that the run uses is over.
    SignInOver,
    /// The person changed between the plan and its turn.
    RowDrifted,
    /// The person was protected between the plan and its turn.
    RowProtected,
    /// The row would take rights away from the very person in whose name the run works.
    RowYourself,
    /// The row would take rights away from the owner of the credential that the run uses.
    RowCredentialOwner,
    /// The row would leave nobody to administer the tenant.
    RowLastAdministrator,
    /// Tableau's job did not carry the row out.
    RowNotDone,
    /// A site took somebody in without a licence, because no seat was left for their role.
    NoSeatLeft,
    /// Tableau no longer knows the job that it started.
    JobForgotten,
    /// Tableau's job did not end while Steward watched it.
    JobEndless,
    /// The name cannot be that of a site.
    SiteNameUnfit,
    /// The address cannot be that of a site.
    SiteAddressUnfit,
    /// Neither or both of region and pod are given, or one that cannot be.
    SitePlaceUnfit,
    /// Another site of the tenant has the name.
    SiteNameTaken,
    /// Another site has the address.
    SiteAddressTaken,
    /// The tenant has as many sites as it may have.
    SiteLimitReached,
    /// The owner is not on the site.
    OwnerUnfit,
    /// A role limit is not a number that can be.
    LimitUnfit,
    /// The terms are accepted already.
    TermsAlreadyAccepted,
    /// A token's name is missing or too long.
    TokenNameUnfit,
    /// One of the caller's tokens has the name.
    TokenNameTaken,
    /// A token cannot be valid for so many days.
    TokenDaysUnfit,
    /// A token was made, and nobody will ever know its secret.
    TokenLost,
    /// None of the caller's tokens has this id.
    TokenNotFound,
    /// A new token did not open a session.
    TokenNotTried,
    /// An OpenID Connect configuration needs a provider.
    ProviderUnfit,
    /// Salesforce needs its domain.
    DomainMissing,
    /// The form asks for what is so already.
    NothingChanged,
    /// The change ended the very session that made it.
    CutOff,
    /// The times for the activity log cannot be.
    LogRangeUnfit,
    /// A file of the activity log is not there any more.
    LogFileGone,
    /// A file of the activity log is not what the vendor said.
    LogFileDamaged,
    /// A file of the activity log is larger than Steward reads.
    LogFileTooLarge,
    /// The vendor keeps the file on a host that Steward does not fetch from.
    LogHostUnknown,
    /// The address for news is none that Steward sends to.
    HookAddressWrong,
    /// The address for news leads into a private network.
    HookAddressPrivate,
    /// The host of the address for news is not known.
    HookAddressUnknown,
    /// There is no address for news.
    HookNotSet,
    /// A number of purchased seats is none.
    SeatsWrong,
    /// The thresholds are none.
    ThresholdsWrong,
    /// Seats are being counted at this moment.
    CountUnderWay,
    /// Nobody among the chosen has a seat that could be lowered.
    NothingToLower,
    /// The browser cannot reach Steward.
    StewardUnreachable,
    /// The request took too long inside Steward.
    TookTooLong,
    /// Something in Steward is broken.
    Internal,
}
