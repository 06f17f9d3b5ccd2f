//! Revoking a token of the caller's, which may be the very one in use.

use model::{Act, ActId, Notice, Problem, ProblemCode, TokenId, tenancy::InUse, tenant_acts::TenantAct};
use tableau::{Change, Manager};
use tracing::warn;

use super::change::carried;
use crate::{
    Caller, Operations,
    gate::{Begun, Outcome},
    problems::Chain,
};

/// What a revocation did to the sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// Another token is gone.
    Other(Notice),
    /// The token of this very sign-in is gone, and the sign-in with it.
    Own(Notice),
}

impl Operations {
    /// Revokes one of the caller's tokens. Where it is, or may be, the one in use, the person must have said that they
    /// know.
    pub async fn revoke_token(
        &self,
        caller: &Caller,
        token: TokenId,
        checked: bool,
        ticket: ActId,
    ) -> Result<Revoked, Problem> {
        let act = |name: &str| Act::Tenant(TenantAct::RevokeToken { token, name: name.to_owned() });
        self.permit(caller, ticket, &act("")).await?;
        self.must_be_unlocked(caller, "pat.revoke").await?;
        let sheet = self.tokens_sheet(caller).await?;
        let row = sheet.tokens.into_iter().find(|row| row.token.id == Some(token));
        let row = row.ok_or_else(|| caller.problem(ProblemCode::TokenNotFound))?;
        if row.in_use != InUse::No && !checked {
            return Err(caller.problem(ProblemCode::NotConfirmed));
        }
        let begun = self.begin(caller, ticket, &act(&row.token.name), Some("there")).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move { operations.carry_revocation(&caller, begun, token).await };
        carried(tokio::spawn(work)).await
    }

    async fn carry_revocation(
        &self,
        caller: &Caller,
        begun: Begun,
        token: TokenId,
    ) -> Result<Revoked, Problem> {
        let credential = caller.credential()?;
        let send = |manager: Manager<Change>| async move { manager.revoke_token(&token).await };
        let look = |_: Option<()>| async {
            self.0.tokens.forget(credential).await;
            let tokens = self.own_tokens(caller).await?;
            let gone = tokens.iter().all(|it| it.id != Some(token));
            Ok(gone.then(|| "revoked".to_owned()))
        };
        let seen = self.send_and_look(caller, &begun, send, look).await;
        let cut_off = seen.outcome.problem.as_ref().is_some_and(|it| it.code == ProblemCode::CutOff);
        if !cut_off {
            begun.finish(seen.outcome).await?;
            return Ok(Revoked::Other(Notice::TokenRevoked));
        }
        // Tableau ended the session and takes the token no more: that is what revoking the one in use looks like.
        begun.finish(Outcome::done("revoked, with the sign-in that used it")).await?;
        if let Err(error) = self.erase(credential, caller.tag()).await {
            warn!(request = %caller.request, error = %Chain(&error), "A revoked token stays until the next sweep");
        }
        Ok(Revoked::Own(Notice::OwnTokenRevoked))
    }
}
