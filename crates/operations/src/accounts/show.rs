//! Reading accounts: the owner's list, and each person's own page.

use model::{
    AccountId, ActId, Permission, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{AccountRow, AccountSheet, Accounts, Kind, Member, Standing},
    audit::ActState,
};
use uuid::Uuid;

use crate::{Caller, Fresh, Operations};

/// The newest acts on an account, among which its joining is looked for.
const ACTS_LOOKED_AT: u64 = 200;

impl Operations {
    /// All accounts of the tenant: members first, then administrators.
    pub async fn accounts(&self, caller: &Caller) -> Result<Accounts, Problem> {
        caller.must(Permission::ManageAccounts)?;
        let stored = |error: store::Error| caller.store_problem(&error);
        let members = self.0.store.members(caller.tenant()).await.map_err(stored)?;
        let administrators = self.0.store.administrators(caller.tenant()).await.map_err(stored)?;
        let counts = self.0.store.sign_ins_by_account(caller.now).await.map_err(stored)?;
        let count = |id: AccountId| counts.iter().find(|(of, _)| *of == id).map_or(0, |(_, count)| *count);
        let rows = members.iter().map(row).chain(administrators);
        let rows = rows.map(|row| AccountRow { sign_ins: count(row.id), ..row }).collect();
        Ok(Accounts { rows, you: caller.account.id, now: caller.now })
    }

    /// One account: for the owner any of the tenant's, for everybody their own. `this` names the sign-in that asks.
    pub async fn account(
        &self,
        caller: &Caller,
        id: Option<AccountId>,
        this: &str,
    ) -> Result<AccountSheet, Problem> {
        let id = id.unwrap_or(caller.account.id);
        if id != caller.account.id {
            caller.must(Permission::ManageAccounts)?;
        }
        let stored = |error: store::Error| caller.store_problem(&error);
        let member = self.0.store.member(caller.tenant(), id).await.map_err(stored)?;
        let found = match &member {
            Some(member) => row(member),
            None => self.read_administrator(caller, id).await?,
        };
        let sign_ins = self.0.store.sign_ins_of(id, this, caller.now).await.map_err(stored)?;
        let acts = self.0.store.audit_of(caller.tenant(), "account", &id.to_string(), ACTS_LOOKED_AT).await;
        let joined =
            acts.map_err(stored)?.into_iter().find(|act| is_join(&act.verb) && act.state == ActState::Done);
        Ok(AccountSheet {
            joined: joined.map(|act| (act.ended.unwrap_or(act.at), act.after.unwrap_or_default())),
            row: AccountRow { sign_ins: sign_ins.len() as u64, ..found },
            factors: self.factors_of(&Fresh::of(caller), id).await?,
            member,
            sign_ins,
            is_you: id == caller.account.id,
            stale: caller.must_be_fresh().is_err(),
            ticket: ActId::from(Uuid::now_v7()),
            now: caller.now,
        })
    }

    /// An account of either kind.
    pub(super) async fn read_account(&self, caller: &Caller, id: AccountId) -> Result<AccountRow, Problem> {
        let member = self.0.store.member(caller.tenant(), id).await;
        match member.map_err(|error| caller.store_problem(&error))? {
            Some(member) => Ok(row(&member)),
            None => self.read_administrator(caller, id).await,
        }
    }

    pub(super) async fn read_administrator(
        &self,
        caller: &Caller,
        id: AccountId,
    ) -> Result<AccountRow, Problem> {
        let found = self.0.store.administrators(caller.tenant()).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.into_iter().find(|row| row.id == id).ok_or_else(|| caller.problem(ProblemCode::AccountNotFound))
    }
}

fn is_join(verb: &str) -> bool {
    verb == AccountChange::Join.verb()
}

fn row(member: &Member) -> AccountRow {
    AccountRow {
        id: member.id,
        kind: Kind::Member,
        name: member.name.clone(),
        email: member.email.clone(),
        standing: member.standing,
        seen: member.seen,
        invited_until: member.invited_until.filter(|_| member.standing == Standing::Invited),
        sign_ins: 0,
    }
}
