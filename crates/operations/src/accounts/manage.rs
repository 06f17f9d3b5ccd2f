//! What the owner does with accounts: suspend, reactivate, remove, link, end sign-ins.

use model::{
    AccountId, ActId, Notice, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{Member, Standing},
};

use super::{AccountForm, act};
use crate::{Caller, Operations, gate::Outcome};

/// Names in Tableau of one account.
const NAMES_AT_MOST: usize = 20;
/// The longest of them.
const NAME_AT_MOST: usize = 254;

impl Operations {
    /// Suspends an account: its sign-ins end at once, on every replica.
    pub async fn suspend_account(&self, caller: &Caller, form: &AccountForm) -> Result<Notice, Problem> {
        self.turn_account(caller, form, Standing::Active, Standing::Suspended).await?;
        Ok(Notice::AccountSuspended)
    }

    /// Lets somebody in again who was suspended.
    pub async fn reactivate_account(&self, caller: &Caller, form: &AccountForm) -> Result<Notice, Problem> {
        self.turn_account(caller, form, Standing::Suspended, Standing::Active).await?;
        Ok(Notice::AccountReactivated)
    }

    async fn turn_account(
        &self,
        caller: &Caller,
        form: &AccountForm,
        from: Standing,
        to: Standing,
    ) -> Result<(), Problem> {
        let change = if to == Standing::Active { AccountChange::Reactivate } else { AccountChange::Suspend };
        let turn = |name: &str| act(form.account, name, change.clone());
        self.permit(caller, form.ticket, &turn("")).await?;
        caller.must_be_fresh()?;
        if form.account == caller.account.id {
            return Err(caller.problem(ProblemCode::OwnAccount));
        }
        let member = self.0.store.member(caller.tenant(), form.account).await;
        let member = member.map_err(|error| caller.store_problem(&error))?;
        let Some(member) = member else {
            return self.turn_administrator(caller, form, to).await;
        };
        if member.standing != from {
            return Err(caller.problem(ProblemCode::AccountChanged));
        }
        let begun = self.begin(caller, form.ticket, &turn(&member.email), Some(from.word())).await?;
        let turned = self.0.store.turn_member(caller.tenant(), member.id, from, to).await;
        self.ended(caller, begun, turned, to.word()).await
    }

    async fn turn_administrator(
        &self,
        caller: &Caller,
        form: &AccountForm,
        to: Standing,
    ) -> Result<(), Problem> {
        let row = self.read_administrator(caller, form.account).await?;
        let suspend = to == Standing::Suspended;
        if (row.standing == Standing::Suspended) == suspend {
            return Err(caller.problem(ProblemCode::AccountChanged));
        }
        let change = if suspend { AccountChange::Suspend } else { AccountChange::Reactivate };
        let turn = act(form.account, &row.name, change);
        let begun = self.begin(caller, form.ticket, &turn, Some(row.standing.word())).await?;
        let tokens = self.0.store.credentials_of_account(row.id).await.unwrap_or_default();
        let at = suspend.then_some(caller.now);
        let turned = self.0.store.suspend_administrator(caller.tenant(), row.id, at).await;
        if suspend && turned.is_ok() {
            self.erase_all(caller, tokens).await;
        }
        self.ended(caller, begun, turned, to.word()).await
    }

    /// Erases tokens whose sign-ins were ended. What is left the next sweep takes.
    pub(super) async fn erase_all(&self, caller: &Caller, tokens: Vec<model::CredentialId>) {
        for token in tokens {
            if self.erase(token, caller.tag()).await.is_err() {
                tracing::warn!(request = %caller.request, "A token stays until the next sweep");
            }
        }
    }

    /// Removes an account with everything that it signs in with. The audit log keeps its name.
    pub async fn remove_account(&self, caller: &Caller, form: &AccountForm) -> Result<Notice, Problem> {
        let remove = |name: &str| act(form.account, name, AccountChange::Remove);
        self.permit(caller, form.ticket, &remove("")).await?;
        caller.must_be_fresh()?;
        let member = self.read_member(caller, form.account).await?;
        let before = member.standing.word();
        let begun = self.begin(caller, form.ticket, &remove(&member.email), Some(before)).await?;
        let removed = self.0.store.remove_member(caller.tenant(), member.id).await;
        self.ended(caller, begun, removed, "removed").await?;
        Ok(Notice::AccountRemoved)
    }

    /// Sets the names in Tableau that belong to somebody, so that nobody is served by themselves. The e-mail address
    /// belongs to them by itself.
    pub async fn link_account(
        &self,
        caller: &Caller,
        form: &AccountForm,
        names: &str,
    ) -> Result<Notice, Problem> {
        let link = |name: &str| act(form.account, name, AccountChange::Link);
        self.permit(caller, form.ticket, &link("")).await?;
        caller.must_be_fresh()?;
        let member: Member = self.read_member(caller, form.account).await?;
        let names = read_names(names).ok_or_else(|| caller.problem(ProblemCode::NamesWrong))?;
        let begun =
            self.begin(caller, form.ticket, &link(&member.email), Some(&member.names.join(", "))).await?;
        let linked = self.0.store.link_member(caller.tenant(), member.id, &names).await;
        self.ended(caller, begun, linked, &names.join(", ")).await?;
        Ok(Notice::AccountLinked)
    }

    /// Ends one sign-in, or all of an account but the one that asks. One's own need no grant.
    pub async fn end_sign_ins(
        &self,
        caller: &Caller,
        account: AccountId,
        one: Option<&str>,
        this: &str,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let own = account == caller.account.id;
        let change = if own { AccountChange::EndOwnSignIns } else { AccountChange::EndSignIns };
        let end = |name: &str| act(account, name, change.clone());
        self.permit(caller, ticket, &end("")).await?;
        let row = self.read_account(caller, account).await?;
        let name = if row.email.is_empty() { &row.name } else { &row.email };
        let begun = self.begin(caller, ticket, &end(name), None).await?;
        let ended = self.0.store.end_sign_ins(row.id, one, this).await;
        match ended {
            Ok(tokens) => {
                self.erase_all(caller, tokens).await;
                begun.finish(Outcome::done("ended")).await?;
                Ok(Notice::SignInsEnded)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }
}

/// One name a line or between commas; `None` when there are too many, or one cannot be a name.
fn read_names(text: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split([',', '\n', '\r', ';']).map(str::trim).filter(|name| !name.is_empty()) {
        if name.chars().count() > NAME_AT_MOST || name.chars().any(char::is_control) {
            return None;
        }
        if !names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            names.push(name.to_owned());
        }
    }
    (names.len() <= NAMES_AT_MOST).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_line_or_comma_once_each() {
        assert_eq!(read_names(" a@b.c, A@B.C \r\nd\n\n").unwrap(), ["a@b.c", "d"]);
        assert_eq!(read_names("").unwrap(), Vec::<String>::new());
        assert!(read_names(&"x".repeat(255)).is_none());
        let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        assert!(read_names(&many.join(",")).is_none());
    }
}
