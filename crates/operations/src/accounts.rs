//! Accounts of Steward's own: invitations, passwords, second factors, signing in, and what the owner does with them.

mod codes;
mod enter;
mod half_way;
mod invite;
mod join;
mod letter;
mod manage;
mod own;
mod passkeys;
mod password;
mod provider;
mod refusals;
mod second;
mod show;
mod step_up;

use std::net::IpAddr;

use model::{AccountId, Act, Moment, Problem, account_acts::AccountChange, accounts::Member};

pub use enter::Entry;
pub use half_way::HalfWay;
pub use invite::{AccountForm, Invitation, InviteForm};
pub use join::{Enrolment, JoinForm, Welcome};
pub use letter::Letter;
pub use own::PasswordForm;
pub(crate) use passkeys::Party;
pub use passkeys::PasskeyForm;
pub(crate) use password::Hasher;
pub use provider::ByProvider;
pub use step_up::Proof;

use crate::{Account, Caller, Fresh, Operations, Who};

impl Operations {
    /// Whoever a sign-in belongs to, as they stand now; nobody when they may not come in any more.
    ///
    /// Asked for each request, so that a suspension takes effect at once and on every replica. What was given for one
    /// network counts for an address in it alone.
    pub async fn caller_of(
        &self,
        account: Account,
        request: String,
        now: Moment,
        address: Option<IpAddr>,
    ) -> Result<Option<Caller>, store::Error> {
        if let Who::Administrator { .. } = account.who {
            let suspended = self.0.store.is_administrator_suspended(account.id).await?;
            let caller = || Caller { address, ..Caller::of(account, request, now) };
            return Ok((!suspended).then(caller));
        }
        let member = self.0.store.member(account.tenant, account.id).await?;
        let Some(member) = member.filter(|it| it.standing == model::accounts::Standing::Active) else {
            return Ok(None);
        };
        let who = self.who_is_member(&member);
        let account = Account { name: member.name, who, ..account };
        let mut caller = Caller { address, ..Caller::of(account, request, now) };
        self.arm(&mut caller).await?;
        Ok(Some(caller))
    }

    /// A member with the people in Tableau that they are, as far as the directory knows them.
    pub(crate) fn who_is_member(&self, member: &Member) -> Who {
        let names = member.all_names();
        let people = self.0.directories.of(member.tenant).people();
        let linked = names.iter().filter_map(|name| people.named(name)).collect();
        Who::Member { linked, names }
    }

    /// A member as somebody who signs in just now.
    pub(crate) fn account_of_member(&self, fresh: &Fresh, member: &Member) -> Account {
        Account {
            id: member.id,
            tenant: member.tenant,
            name: member.name.clone(),
            who: self.who_is_member(member),
            ends: fresh.now.plus_seconds(fresh.lasts_seconds),
            proved: fresh.now,
        }
    }
}

/// What is done to an account, for the audit log.
fn act(account: AccountId, name: &str, change: AccountChange) -> Act {
    Act::Account { account, name: name.to_owned(), change }
}

/// The problem of somebody who is not let in. It is one and the same whatever was wrong.
fn refused(fresh: &Fresh) -> Problem {
    fresh.problem(model::ProblemCode::EntryRefused)
}
