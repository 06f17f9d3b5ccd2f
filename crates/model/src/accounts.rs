//! Accounts of Steward's own: people who sign in without a token of Tableau's, and everybody's sign-ins.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ActId, Moment, PasskeyId, TenantId};

/// How long an invitation counts.
pub const INVITATION_HOURS: i64 = 72;
/// The shortest password, in characters.
pub const PASSWORD_AT_LEAST: usize = 12;
/// The longest password, in characters: long pass-phrases are welcome, whole books are not.
pub const PASSWORD_AT_MOST: usize = 256;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// How many passkeys one account may have.
pub const PASSKEYS_AT_MOST: usize = 10;
/// The longest name of a passkey, in characters.
pub const PASSKEY_NAME_AT_MOST: usize = 60;

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Waits for the invited person; nobody can sign in with it.
    Invited,
    /// In use.
    Active,
    /// Nobody can sign in with it until it is reactivated.
    Suspended,
}

impl Standing {
    /// The word in the database and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Suspended].into_iter().find(|standing| standing.word() == word)
    }
}

/// Why an invitation does not count any more. The log says it; whoever follows the link is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadInvitation {
    /// Somebody took it up.
    Used,
    /// Its hours are over.
    Expired,
    /// Whoever invited took it back.
    Withdrawn,
    /// The account that it made is suspended.
    Suspended,
}

impl DeadInvitation {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Used, Self::Expired, Self::Withdrawn, Self::Suspended];

    /// Why the invitation of an account is dead; `None` while it counts.
    pub fn of(member: &Member, now: Moment) -> Option<Self> {
        match (member.standing, member.invited_until) {
            (Standing::Active, _) => Some(Self::Used),
            (Standing::Suspended, _) => Some(Self::Suspended),
            (Standing::Invited, None) => Some(Self::Withdrawn),
            (Standing::Invited, Some(until)) => (until <= now).then_some(Self::Expired),
        }
    }

    /// The code in the log. It is none of the codes that people are shown.
    pub fn code(self) -> &'static str {
        match self {
            Self::Used => "invitation.used",
            Self::Expired => "invitation.expired",
            Self::Withdrawn => "invitation.withdrawn",
            Self::Suspended => "invitation.suspended",
        }
    }

    /// Reads such a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dead| dead.code() == code)
    }

    /// Why, in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Used => "The invitation was taken up before: the link may be in somebody else's hands.",
            Self::Expired => "The invitation had run out.",
            Self::Withdrawn => "The invitation had been taken back.",
            Self::Suspended => "The account of the invitation is suspended.",
        }
    }
}

/// Somebody with an account of Steward's own. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The account.
    pub id: AccountId,
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// The address they were invited by and sign in with.
    pub email: String,
    /// Their name; the address until they gave one.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
    /// When they were first invited.
    pub created: Moment,
    /// By whom.
    pub created_by: String,
    /// When they last signed in.
    pub seen: Option<Moment>,
    /// Until when an open invitation counts.
    pub invited_until: Option<Moment>,
    /// The names they sign in to Tableau with, beside their e-mail address.
    pub names: Vec<String>,
}

impl Member {
    /// Every name they sign in to Tableau with, in small letters: the e-mail address is linked by itself.
    pub fn all_names(&self) -> Vec<String> {
        let mut names: Vec<String> = vec![self.email.to_lowercase()];
        names.extend(self.names.iter().map(|name| name.to_lowercase()));
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A sign-in that lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRow {
    /// What names it; the cookie cannot be made of it.
    pub key: String,
    /// When the person signed in, or last proved who they are.
    pub began: Moment,
    /// When it was last used, to the minute.
    pub seen: Moment,
    /// When it ends, however busy it is.
    pub ends: Moment,
    /// The network address.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The two kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A cloud administrator with a token of their own.
    Administrator,
    /// Somebody with an account of Steward's own.
    Member,
}

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The account.
    pub id: AccountId,
    /// Which kind.
    pub kind: Kind,
    /// Their name.
    pub name: String,
    /// The address they sign in with; empty for an administrator.
    pub email: String,
    /// How it stands.
    pub standing: Standing,
    /// When they last signed in.
    pub seen: Option<Moment>,
    /// Until when an open invitation counts.
    pub invited_until: Option<Moment>,
    /// How many sign-ins of theirs live.
    pub sign_ins: u64,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// What names it here.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub made: Moment,
    /// When it last proved who they are.
    pub used: Option<Moment>,
}

/// What somebody proves themselves with beside the password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// Whether there is an authenticator app.
    pub app: bool,
    /// Their passkeys, the earliest first.
    pub passkeys: Vec<Passkey>,
    /// How many recovery codes are left.
    pub codes: u64,
    /// Whether passkeys work at the address that people open.
    pub fit: bool,
}

impl Factors {
    /// Whether an authenticator app or a recovery code could be asked for.
    pub fn has_codes(&self) -> bool {
        self.app || self.codes > 0
    }
}

/// The list of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// Members first, then administrators, each by name.
    pub rows: Vec<AccountRow>,
    /// The account that asks.
    pub you: AccountId,
    /// The time on the server.
    pub now: Moment,
}

/// One account as the owner, or the person themselves, sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSheet {
    /// The account.
    pub row: AccountRow,
    /// What only a member has.
    pub member: Option<Member>,
    /// When the last invitation was taken up, and what the audit log says of it: from which network address.
    #[serde(default)]
    pub joined: Option<(Moment, String)>,
    /// Their sign-ins, the one used last first.
    pub sign_ins: Vec<SignInRow>,
    /// What they prove themselves with beside the password.
    pub factors: Factors,
    /// Whether it is the account that asks.
    pub is_you: bool,
    /// Whether a dangerous act would want a new proof first.
    pub stale: bool,
    /// A fresh ticket for a form on this page: the act it would become.
    pub ticket: ActId,
    /// The time on the server.
    pub now: Moment,
}
