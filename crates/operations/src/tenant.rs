//! The tenant, the connection to it, and the operations whose addresses are only inferred.

use model::{
    Act, ActId, Aged, Freshness, Permission, Problem, ProblemCode,
    audit::ActState,
    tenant::{Connection, Frame, Tenant},
    vendor::{Certainty, Effect, OperationRow, Unlocked},
};

use crate::{Caller, Operations, Reality, gate::Outcome};

impl Operations {
    /// The tenant as Tableau tells it.
    pub async fn tenant(&self, caller: &Caller, freshness: Freshness) -> Result<Aged<Tenant>, Problem> {
        caller.must(Permission::SeeTenant)?;
        let ask = || self.ask(caller, async |manager| manager.tenant().await);
        self.0.tenants.get(caller, freshness, ask).await
    }

    /// What every page shows of the sign-in. It never fails: what Tableau does not tell is left out.
    pub async fn frame(&self, caller: &Caller) -> Frame {
        let tenant = self.tenant(caller, Freshness::Recent).await;
        let ask = || self.ask(caller, async |manager| manager.tokens().await);
        // How long the token of somebody else lasts is nothing to a member.
        let tokens = match caller.is_member() {
            true => Vec::new(),
            false => {
                let told = self.0.tokens.get(caller, Freshness::Recent, ask).await;
                told.map(|aged| aged.value).unwrap_or_default()
            }
        };
        // With several tokens the one in use may have been noted; else the earliest end is warned of.
        let known = if tokens.len() > 1 { self.token_in_use(caller).await } else { None };
        let used = model::tenancy::in_use(&tokens, known).and_then(|token| token.ends);
        Frame {
            name: caller.account.name.clone(),
            tenant: tenant.map(|aged| aged.value.name).unwrap_or_default(),
            pretend: self.0.reality == Reality::Pretend,
            session_ends: self.session(caller).await.ok().map(|session| session.until),
            token_ends: used.or_else(|| model::tenant::first_end(&tokens)),
            signin_ends: caller.account.ends,
            given: !caller.grants.is_empty(),
            owner: model::allows(&caller.grants, Permission::ManageAccounts),
            verbs: caller.verbs(),
            grants: caller.standing().map(|held| held.delegation.line()).collect(),
            lapses: caller.standing().filter_map(|held| held.active_until).min(),
            without_grant: caller.is_member() && caller.standing().next().is_none(),
            now: caller.now,
        }
    }

    /// The connection of this sign-in: host, session, tokens and addresses, and nothing secret.
    pub async fn connection(&self, caller: &Caller) -> Result<Connection, Problem> {
        caller.must(Permission::SeeConnection)?;
        // The list of tokens is a courtesy of an inferred address: without it the page still stands.
        let ask = || self.ask(caller, async |manager| manager.tokens().await);
        let tokens = self.0.tokens.get(caller, Freshness::Recent, ask).await;
        let session = self.session(caller).await?;
        Ok(Connection {
            host: self.0.wire.base().to_owned(),
            tenant: caller.tenant(),
            owner: caller.account.name.clone(),
            pretend: self.0.reality == Reality::Pretend,
            session_ends: session.until,
            signin_ends: caller.account.ends,
            tokens_known: tokens.is_ok(),
            tokens: tokens.map(|aged| aged.value).unwrap_or_default(),
            operations: self.operation_rows(caller).await?,
            ticket: ActId::from(uuid::Uuid::now_v7()),
            as_of: caller.now,
        })
    }

    /// Opens one changing operation whose address is only inferred. The caller says that they checked it.
    pub async fn unlock_operation(
        &self,
        caller: &Caller,
        ticket: ActId,
        operation: &str,
        checked: bool,
    ) -> Result<(), Problem> {
        let rows = self.operation_rows(caller).await?;
        let row = rows.iter().find(|row| row.name == operation && row.effect == Effect::Change);
        let address = row.map(|row| format!("{} {}", row.method, row.path)).unwrap_or_default();
        let known = row.map_or("", |row| row.name.as_str());
        let act = Act::UnlockOperation { operation: known.to_owned(), address: address.clone() };
        self.permit(caller, ticket, &act).await?;
        if row.is_none() {
            return Err(caller.problem(ProblemCode::OperationNotFound));
        }
        if !checked {
            return Err(caller.problem(ProblemCode::NotConfirmed));
        }
        let begun = self.begin(caller, ticket, &act, Some("locked")).await?;
        let written =
            self.0.store.unlock(caller.tenant(), operation, &address, &caller.account.name, caller.now).await;
        match written {
            Ok(()) => begun.finish(Outcome::done("unlocked")).await,
            Err(error) => begun.finish(Outcome::failed(caller.store_problem(&error))).await,
        }
    }

    /// Every vendor operation with what we know of its address, and whether it may be used on this tenant.
    pub(crate) async fn operation_rows(&self, caller: &Caller) -> Result<Vec<OperationRow>, Problem> {
        let unlocks =
            self.0.store.unlocks(caller.tenant()).await.map_err(|error| caller.store_problem(&error))?;
        let rows = self.0.wire.table().rows().map(|row| {
            // An unlock counts for the very address that was checked, not for one that the settings put there later.
            let address = format!("{} {}", row.method, row.path);
            let unlocked: Option<Unlocked> = unlocks
                .iter()
                .find(|(name, checked, _)| *name == row.name && *checked == address)
                .map(|(_, _, unlocked)| unlocked.clone());
            let locked = self.0.reality == Reality::Real
                && row.effect == Effect::Change
                && row.certainty == Certainty::Inferred
                && unlocked.is_none();
            OperationRow { unlocked, locked, ..row }
        });
        Ok(rows.collect())
    }
}

impl Outcome {
    /// Done, and seen to be so.
    pub(crate) fn done(after: &str) -> Self {
        Self { state: ActState::Done, problem: None, after: Some(after.to_owned()) }
    }

    /// Nobody knows.
    pub(crate) fn unknown(problem: Problem) -> Self {
        Self { state: ActState::Unknown, problem: Some(problem), after: None }
    }

    /// Not done.
    pub(crate) fn failed(problem: Problem) -> Self {
        Self { state: ActState::Failed, problem: Some(problem), after: None }
    }
}
