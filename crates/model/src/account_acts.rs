//! What is done to accounts of Steward's own, in the audit log.

use serde::{Deserialize, Serialize};

use crate::Permission;

/// What is done to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// A link is made with which the person sets a password and a second factor; earlier ones stop to count.
    Invite,
    /// The link does not count any more.
    Revoke,
    /// The person set a password and a second factor.
    Join,
    /// Somebody tried an invitation that does not count any more.
    JoinRefuse,
    /// Nobody can sign in with it.
    Suspend,
    /// The person can sign in again.
    Reactivate,
    /// The account is gone.
    Remove,
    /// Living sign-ins of somebody else are ended.
    EndSignIns,
    /// The person ended sign-ins of their own.
    EndOwnSignIns,
    /// The person set another password.
    Password,
    /// The person made new recovery codes.
    RecoveryCodes,
    /// A recovery code was used up.
    RecoveryCode,
    /// The names in Tableau that belong to the person are set.
    Link,
    /// The person proved once more who they are.
    StepUp,
    /// The person added a passkey.
    PasskeyAdd,
    /// The person removed one.
    PasskeyRemove,
    /// A passkey did not prove who somebody is.
    PasskeyRefuse,
}

impl AccountChange {
    /// The permission it needs; `None` for what everybody does with their own account.
    pub fn permission(&self) -> Option<Permission> {
        match self {
            Self::Invite
            | Self::Revoke
            | Self::Suspend
            | Self::Reactivate
            | Self::Remove
            | Self::Link
            | Self::EndSignIns => Some(Permission::ManageAccounts),
            Self::Join
            | Self::JoinRefuse
            | Self::EndOwnSignIns
            | Self::Password
            | Self::RecoveryCodes
            | Self::RecoveryCode
            | Self::PasskeyAdd
            | Self::PasskeyRemove
            | Self::PasskeyRefuse
            | Self::StepUp => None,
        }
    }

    /// The word in the log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Invite => "account.invite",
            Self::Revoke => "account.revoke",
            Self::Join => "account.join",
            Self::JoinRefuse => "account.join-refuse",
            Self::Suspend => "account.suspend",
            Self::Reactivate => "account.reactivate",
            Self::Remove => "account.remove",
            Self::EndSignIns => "account.end-sign-ins",
            Self::EndOwnSignIns => "account.end-own-sign-ins",
            Self::Password => "account.password",
            Self::RecoveryCodes => "account.recovery-codes",
            Self::RecoveryCode => "account.recovery-code",
            Self::Link => "account.link",
            Self::StepUp => "account.step-up",
            Self::PasskeyAdd => "account.passkey-add",
            Self::PasskeyRemove => "account.passkey-remove",
            Self::PasskeyRefuse => "account.passkey-refuse",
        }
    }
}
