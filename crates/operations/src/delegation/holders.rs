//! The accounts that hold grants, and the people in Tableau that they are.

use std::collections::HashSet;

use model::{AccountId, Problem, ProblemCode, UserId, accounts::Member};
use uuid::Uuid;

use crate::{Caller, Operations, Who};

impl Operations {
    async fn members(&self, caller: &Caller) -> Result<Vec<Member>, Problem> {
        let members = self.0.store.members(caller.tenant()).await;
        members.map_err(|error| caller.store_problem(&error))
    }

    /// The names that accounts of Steward's own sign in to Tableau with, in small letters.
    pub(super) async fn account_names(&self, caller: &Caller) -> Result<HashSet<String>, Problem> {
        Ok(self.members(caller).await?.iter().flat_map(Member::all_names).collect())
    }

    /// Everybody who can hold a grant: id and name.
    pub(super) async fn holders(&self, caller: &Caller) -> Result<Vec<(String, String)>, Problem> {
        let members = self.members(caller).await?.into_iter();
        Ok(members.map(|it| (it.id.to_string(), format!("{} ({})", it.name, it.email))).collect())
    }

    /// The name of whoever holds a grant; nobody's where the account is gone, and the grant with it of no use.
    pub(super) async fn holder_name(&self, caller: &Caller, account: Uuid) -> Result<String, Problem> {
        let member = self.0.store.member(caller.tenant(), AccountId::from(account)).await;
        let member = member.map_err(|error| caller.store_problem(&error))?;
        Ok(member.map_or_else(|| "an account that is gone".to_owned(), |member| member.name))
    }

    /// Refuses to give anything to an account that is not there.
    pub(super) async fn must_be_a_holder(&self, caller: &Caller, account: Uuid) -> Result<(), Problem> {
        let member = self.0.store.member(caller.tenant(), AccountId::from(account)).await;
        let member = member.map_err(|error| caller.store_problem(&error))?;
        member.map(drop).ok_or_else(|| caller.problem(ProblemCode::AccountNotFound))
    }

    /// The people in Tableau that an account is, and the names it signs in with there.
    pub(super) async fn holder_people(
        &self,
        caller: &Caller,
        account: &AccountId,
    ) -> Result<(Vec<UserId>, Vec<String>), Problem> {
        let member = self.0.store.member(caller.tenant(), *account).await;
        let member = member.map_err(|error| caller.store_problem(&error))?;
        let member = member.ok_or_else(|| caller.problem(ProblemCode::AccountNotFound))?;
        match self.who_is_member(&member) {
            Who::Member { linked, names } => Ok((linked, names)),
            Who::Administrator { .. } => Ok((Vec::new(), member.all_names())),
        }
    }
}
