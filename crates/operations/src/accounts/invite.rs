//! Inviting people: a link that counts once, for 72 hours, and is shown once.

use model::{
    AccountId, ActId, Moment, Notice, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{INVITATION_HOURS, Member, Standing},
};
use secrecy::SecretString;
use store::NewInvitation;
use uuid::Uuid;

use super::{act, codes};
use crate::{Caller, Operations, gate::Outcome, plans::is_address};

/// What the form that invites somebody carries.
#[derive(Debug, Clone)]
pub struct InviteForm {
    /// The person's address.
    pub email: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// What a form about one account carries.
#[derive(Debug, Clone)]
pub struct AccountForm {
    /// The account.
    pub account: AccountId,
    /// The act it becomes.
    pub ticket: ActId,
}

/// An invitation as it is shown, once.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The account.
    pub account: AccountId,
    /// Who is invited.
    pub email: String,
    /// The key in the link.
    pub key: SecretString,
    /// Until when it counts.
    pub until: Moment,
}

impl Operations {
    /// Invites somebody who has no account yet.
    pub async fn invite(&self, caller: &Caller, form: &InviteForm) -> Result<Invitation, Problem> {
        let email = form.email.trim();
        // Who has no account has no id: the address is theirs alone.
        let nobody = AccountId::from(Uuid::nil());
        let invite = |id: AccountId| act(id, email, AccountChange::Invite);
        self.permit(caller, form.ticket, &invite(nobody)).await?;
        if email.chars().count() > 254 || !is_address(email) {
            return Err(caller.problem(ProblemCode::AddressWrong));
        }
        caller.must_be_fresh()?;
        let (key, until) = self.new_link(caller)?;
        let begun = self.begin(caller, form.ticket, &invite(nobody), Some("not invited")).await?;
        let kept = self.0.store.invite_member(NewInvitation {
            tenant: caller.tenant(),
            email,
            by: &caller.account.name,
            key: &key,
            until,
            now: caller.now,
        });
        let outcome = match &kept.await {
            Ok(Some(account)) => Ok(*account),
            Ok(None) => Err(caller.problem(ProblemCode::AddressTaken)),
            Err(error) => Err(caller.store_problem(error)),
        };
        match outcome {
            Ok(account) => {
                begun.finish(Outcome::done("invited")).await?;
                Ok(Invitation { account, email: email.to_owned(), key: key.into(), until })
            }
            Err(problem) => {
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }

    /// Invites somebody anew: who lost password or phone, or let the invitation run out. What they had set before is
    /// erased, and their sign-ins are ended.
    pub async fn invite_again(&self, caller: &Caller, form: &AccountForm) -> Result<Invitation, Problem> {
        let invite = |name: &str| act(form.account, name, AccountChange::Invite);
        self.permit(caller, form.ticket, &invite("")).await?;
        caller.must_be_fresh()?;
        let member = self.read_member(caller, form.account).await?;
        if member.standing == Standing::Suspended {
            return Err(caller.problem(ProblemCode::AccountSuspended));
        }
        let (key, until) = self.new_link(caller)?;
        let before = member.standing.word();
        let begun = self.begin(caller, form.ticket, &invite(&member.email), Some(before)).await?;
        let kept = self.0.store.invite_member_again(caller.tenant(), member.id, &key, until).await;
        self.ended(caller, begun, kept, "invited").await?;
        Ok(Invitation { account: member.id, email: member.email, key: key.into(), until })
    }

    /// Ends an open invitation.
    pub async fn revoke_invitation(&self, caller: &Caller, form: &AccountForm) -> Result<Notice, Problem> {
        let revoke = |name: &str| act(form.account, name, AccountChange::Revoke);
        self.permit(caller, form.ticket, &revoke("")).await?;
        let member = self.read_member(caller, form.account).await?;
        let begun = self.begin(caller, form.ticket, &revoke(&member.email), Some("invited")).await?;
        let revoked = self.0.store.revoke_invitation(caller.tenant(), member.id).await;
        self.ended(caller, begun, revoked, "revoked").await?;
        Ok(Notice::InvitationRevoked)
    }

    /// Ends an act on an account. `false` means that the account does not stand as the form had it.
    pub(super) async fn ended(
        &self,
        caller: &Caller,
        begun: crate::gate::Begun,
        written: store::Result<bool>,
        after: &str,
    ) -> Result<(), Problem> {
        let problem = match written {
            Ok(true) => return begun.finish(Outcome::done(after)).await,
            Ok(false) => caller.problem(ProblemCode::AccountChanged),
            Err(error) => caller.store_problem(&error),
        };
        begun.finish(Outcome::failed(problem.clone())).await?;
        Err(problem)
    }

    fn new_link(&self, caller: &Caller) -> Result<(String, Moment), Problem> {
        let key = codes::new_key().map_err(|problem| problem.with_reference(&caller.request))?;
        Ok((key, caller.now.plus_seconds(INVITATION_HOURS * 3600)))
    }

    /// A member of the caller's tenant. One of another tenant and one that is not there look the same.
    pub(super) async fn read_member(&self, caller: &Caller, id: AccountId) -> Result<Member, Problem> {
        let found = self.0.store.member(caller.tenant(), id).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.ok_or_else(|| caller.problem(ProblemCode::AccountNotFound))
    }
}
