//! The caller's own tokens: read, made, and tried and swapped for the one in use.

use model::{
    Act, ActId, Permission, Problem, ProblemCode, TokenId,
    audit::ActState,
    tenancy::{InUse, TokenRow, TokensSheet, in_use},
    tenant::Token,
    tenant_acts::TenantAct,
};
use secrecy::SecretString;
use store::VendorSession;
use tableau::{Fate, NewToken, Session};
use tracing::warn;
use uuid::Uuid;

use super::change::carried;
use crate::{
    Caller, Operations,
    gate::{Begun, Outcome, ticket},
    problems::Chain,
};

/// The longest name that is taken. The vendor names none.
const NAME_AT_MOST: usize = 80;
/// Vendor: Authentication Methods, create a personal access token: 365 days at most, 180 by default.
const DAYS_AT_MOST: u32 = 365;
/// A lease only for saving the session of a new token.
const LEASE_SECONDS: i64 = 30;

/// What the forms that make a token carry.
#[derive(Debug, Clone)]
pub struct TokenForm {
    /// Its name.
    pub name: String,
    /// How many days it is good for, as typed.
    pub days: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// A token that was just made. The secret is shown once and kept nowhere, unless it is the one in use from now on.
#[derive(Debug)]
pub struct MadeToken {
    /// The token.
    pub token: Token,
    /// What signs in.
    pub secret: SecretString,
    /// Whether this sign-in uses it from now on.
    pub swapped: bool,
    /// The caller's other tokens, one of which may be the one that was used before.
    pub others: Vec<Token>,
    /// How many other sign-ins the caller has, in other browsers, which may use one of those.
    pub elsewhere: usize,
}

impl Operations {
    /// The caller's tokens, read from Tableau just now.
    pub async fn tokens_sheet(&self, caller: &Caller) -> Result<TokensSheet, Problem> {
        caller.must(Permission::ManageTokens)?;
        let tokens = self.own_tokens(caller).await?;
        let known = self.token_in_use(caller).await;
        let used = in_use(&tokens, known).and_then(|token| token.id);
        let is_certain = in_use(&tokens, known).is_some();
        // Another browser of the same person may be signed in with another of them.
        let elsewhere = self.tokens_elsewhere(caller).await?;
        let mut rows: Vec<TokenRow> = tokens
            .into_iter()
            .map(|token| TokenRow {
                in_use: match (is_certain, token.id.is_some() && token.id == used) {
                    (true, true) => InUse::Yes,
                    (true, false) if elsewhere.iter().all(|it| it.is_some() && *it != token.id) => InUse::No,
                    _ => InUse::Perhaps,
                },
                token,
            })
            .collect();
        if let [only] = rows.as_mut_slice() {
            only.in_use = InUse::Yes;
        }
        rows.sort_by_key(|row| row.token.ends);
        Ok(TokensSheet { tokens: rows, ticket: ticket(), as_of: caller.now })
    }

    pub(super) async fn own_tokens(&self, caller: &Caller) -> Result<Vec<Token>, Problem> {
        self.ask(caller, async |manager| manager.tokens().await).await
    }

    /// The tokens of the caller's other sign-ins, each where it is known.
    async fn tokens_elsewhere(&self, caller: &Caller) -> Result<Vec<Option<TokenId>>, Problem> {
        let (Some(credential), Some(user)) = (caller.account.own_credential(), caller.user()) else {
            return Ok(Vec::new());
        };
        let found = self.0.store.other_tokens((caller.tenant(), user), credential).await;
        found.map_err(|error| caller.store_problem(&error))
    }

    /// Which of the caller's tokens this sign-in uses, where that was noted.
    pub(crate) async fn token_in_use(&self, caller: &Caller) -> Option<TokenId> {
        let credential = caller.account.own_credential()?;
        match self.0.store.credential_token(credential).await {
            Ok(token) => token,
            Err(error) => {
                warn!(request = %caller.request, error = %Chain(&error), "The token in use could not be looked up");
                None
            }
        }
    }

    /// Makes a token. Its secret goes to the person and is kept nowhere.
    pub async fn create_token(&self, caller: &Caller, form: TokenForm) -> Result<MadeToken, Problem> {
        let act = |name: &str| Act::Tenant(TenantAct::CreateToken { name: name.to_owned() });
        self.make_token(caller, form, act, Use::Person).await
    }

    /// Makes a token, tries it, and uses it in place of the one in use. The old one is left for the person to revoke.
    pub async fn swap_token(&self, caller: &Caller, form: TokenForm) -> Result<MadeToken, Problem> {
        let act = |name: &str| Act::Tenant(TenantAct::SwapToken { name: name.to_owned() });
        self.make_token(caller, form, act, Use::SignIn).await
    }

    async fn make_token(
        &self,
        caller: &Caller,
        form: TokenForm,
        act: impl Fn(&str) -> Act,
        how: Use,
    ) -> Result<MadeToken, Problem> {
        let name = form.name.trim().to_owned();
        self.permit(caller, form.ticket, &act(&name)).await?;
        if name.is_empty() || name.chars().count() > NAME_AT_MOST || name.chars().any(char::is_control) {
            return Err(caller.problem(ProblemCode::TokenNameUnfit));
        }
        let days: Option<u32> = form.days.trim().parse().ok();
        let days = days.filter(|days| (1..=DAYS_AT_MOST).contains(days));
        let days = days.ok_or_else(|| caller.problem(ProblemCode::TokenDaysUnfit))?;
        self.must_be_unlocked(caller, "pat.create").await?;
        let before = self.own_tokens(caller).await?;
        if before.iter().any(|token| token.name == name) {
            let used = self.0.store.audit_entry(caller.tenant(), form.ticket).await;
            let sent = matches!(used, Ok(Some(_)));
            let code = if sent { ProblemCode::FormUsed } else { ProblemCode::TokenNameTaken };
            return Err(caller.problem(code));
        }
        let begun = self.begin(caller, form.ticket, &act(&name), Some("not there")).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move { operations.carry_token(&caller, begun, &name, days, how, before).await };
        carried(tokio::spawn(work)).await
    }

    async fn carry_token(
        &self,
        caller: &Caller,
        begun: Begun,
        name: &str,
        days: u32,
        how: Use,
        others: Vec<Token>,
    ) -> Result<MadeToken, Problem> {
        let sent = begun.change(|manager| async move { manager.create_token(name, days).await }).await;
        self.0.tokens.forget(caller.credential()?).await;
        let made: NewToken = match sent {
            Ok(made) => made,
            Err((problem, fate)) => {
                let outcome = self.no_secret(caller, name, problem, fate).await;
                begun.finish(outcome).await?;
                return Err(caller.problem(ProblemCode::TokenLost));
            }
        };
        let swapped = how == Use::SignIn;
        if swapped && let Err(problem) = self.use_token(caller, &made).await {
            // Tableau has made it all the same, and its secret is shown to nobody.
            let (problem, after) = (Some(problem.clone()), Some("there, not in use".to_owned()));
            begun.finish(Outcome { state: ActState::Done, problem: problem.clone(), after }).await?;
            return Err(problem.unwrap_or_else(|| caller.problem(ProblemCode::TokenNotTried)));
        }
        begun.finish(Outcome::done(if swapped { "there, and in use" } else { "there" })).await?;
        let elsewhere = self.tokens_elsewhere(caller).await?.len();
        Ok(MadeToken { token: made.token, secret: made.secret, swapped, others, elsewhere })
    }

    /// What is true when no secret came: refused, or there and useless, or nobody knows.
    async fn no_secret(&self, caller: &Caller, name: &str, problem: Problem, fate: Fate) -> Outcome {
        if fate != Fate::Unknown {
            let problem = match problem.code {
                ProblemCode::VendorConflict => caller.problem(ProblemCode::TokenNameTaken),
                _ => problem,
            };
            return Outcome::failed(problem);
        }
        match self.own_tokens(caller).await {
            Ok(tokens) if tokens.iter().any(|token| token.name == name) => Outcome {
                state: ActState::Done,
                problem: Some(caller.problem(ProblemCode::TokenLost)),
                after: Some("there, secret lost".to_owned()),
            },
            _ => Outcome::unknown(caller.problem(ProblemCode::FateUnknown)),
        }
    }

    /// Tries a new token and seals it in the place of the one in use.
    async fn use_token(&self, caller: &Caller, made: &NewToken) -> Result<(), Problem> {
        let not_tried = || caller.problem(ProblemCode::TokenNotTried);
        let tried = self.0.wire.sign_in(&made.secret, &caller.tag()).await;
        let tried = tried.map_err(|error| {
            warn!(request = %caller.request, error = %Chain(&error), "A new token did not open a session");
            not_tried()
        })?;
        if Some(tried.user) != caller.user() || tried.tenant != caller.tenant() {
            return Err(not_tried());
        }
        let (store, credential) = (&self.0.store, caller.credential()?);
        let kept = store.swap_credential(credential, &made.secret, made.token.id).await;
        if !matches!(kept, Ok(true)) {
            if let Err(error) = kept {
                warn!(request = %caller.request, error = %Chain(&error), "A new token could not be kept");
            }
            let session = Session::new(tried.token, tried.tenant);
            if let Err(error) = self.0.wire.reader(&session, caller.tag()).sign_out().await {
                warn!(request = %caller.request, error = %Chain(&error), "The session of a new token is left open");
            }
            return Err(not_tried());
        }
        // Without the lease somebody else is just renewing, and will do so with either token.
        let fence = store.lease_renewal(credential, Uuid::now_v7(), LEASE_SECONDS).await;
        if let Ok(Some(fence)) = fence {
            let session =
                VendorSession { token: &tried.token, expires: tried.expires, last_used: caller.now };
            if let Err(error) = store.save_vendor_session(credential, &session, fence).await {
                warn!(request = %caller.request, error = %Chain(&error), "The session of a new token could not be kept");
            }
        }
        Ok(())
    }
}

/// What a new token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The person takes it away.
    Person,
    /// This sign-in uses it from now on.
    SignIn,
}
