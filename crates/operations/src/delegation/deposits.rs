//! Deposits: an owner lets grants work by a credential of theirs. And the switch that ends all of it.

use model::{
    Act, ActId, CredentialId, GrantId, Moment, Notice, Permission, Problem, ProblemCode, SiteId, UserId,
    act::DelegationAct,
    delegation::{Deposit, Held, Pause},
};
use secrecy::{ExposeSecret, SecretString};
use store::{NewCredential, NewDeposit, fingerprint_of_terms};
use tableau::Session;
use tracing::warn;

use crate::{Caller, Operations, gate::Outcome, problems::Chain};

/// The longest time for which a credential is lent.
const LONGEST_SECONDS: i64 = 366 * 24 * 60 * 60;
/// The longest token that is tried.
const TOKEN_AT_MOST: usize = 4096;

/// A grant as the form showed it to whoever deposits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenGrant {
    /// The grant.
    pub grant: GrantId,
    /// The fingerprint of its terms.
    pub terms: String,
}

impl SeenGrant {
    /// What stands between the two in a form.
    const BETWEEN: char = ':';

    /// As one value of a form.
    pub fn value(&self) -> String {
        format!("{}{}{}", self.grant, Self::BETWEEN, self.terms)
    }

    /// Reads such a value. One without a fingerprint showed no terms: nobody can have agreed to any.
    pub fn read(value: &str) -> Result<Self, Problem> {
        let (grant, terms) = value.split_once(Self::BETWEEN).unwrap_or((value, ""));
        Ok(Self { grant: GrantId::parse(grant)?, terms: terms.to_owned() })
    }
}

/// What the form that deposits a credential carries.
#[derive(Debug)]
pub struct DepositForm {
    /// The grants that may work by it, as they were shown.
    pub grants: Vec<SeenGrant>,
    /// The site whose connection is deposited; `None` for a token of Tableau Cloud Manager.
    pub site: Option<SiteId>,
    /// That token.
    pub token: SecretString,
    /// The last day of it, as `2027-03-01`.
    pub until: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// Deposits a credential of the caller's for some grants. A token is tried at once: one that does not open this
    /// tenant for the caller themselves is not kept.
    pub async fn deposit(&self, caller: &Caller, form: DepositForm) -> Result<Notice, Problem> {
        let what = match form.site {
            Some(site) => self.site_name_of(caller, &site).await,
            None => "Tableau Cloud Manager".to_owned(),
        };
        let act = |grants: String| {
            Act::Delegation(DelegationAct::Deposit { tenant: caller.tenant(), what: what.clone(), grants })
        };
        self.permit(caller, form.ticket, &act(String::new())).await?;
        caller.must_be_fresh()?;
        let owner = caller.credential_owner()?;
        let until = last_day(caller, &form.until)?;
        let grants = self.named_grants(caller, &form.grants).await?;
        let names: Vec<&str> = grants.iter().map(|held| held.delegation.name.as_str()).collect();
        let act = act(names.join(", "));
        let (credential, is_new) = match form.site {
            Some(site) => (self.own_connection(caller, &site).await?, false),
            None => (self.keep_token(caller, owner, &form.token).await?, true),
        };
        let begun = match self.begin(caller, form.ticket, &act, None).await {
            Ok(begun) => begun,
            Err(problem) => {
                self.forget_token(caller, credential, is_new).await;
                return Err(problem);
            }
        };
        let seen: Vec<_> = form.grants.into_iter().map(|it| (it.grant, it.terms)).collect();
        let new = NewDeposit {
            tenant: caller.tenant(),
            credential,
            grants: seen.iter().map(|(grant, _)| *grant).collect(),
            site: form.site,
            owner,
            by: caller.account.name.clone(),
            now: caller.now,
            until,
        };
        let problem = match self.0.store.deposit_as_seen(new, &seen).await {
            Ok(true) => {
                let after = format!("deposited until {}", until.day());
                return begun.finish(Outcome::done(&after)).await.map(|()| Notice::Deposited);
            }
            // Somebody changed a grant just now.
            Ok(false) => caller.problem(ProblemCode::GrantTermsChanged),
            Err(error) => caller.store_problem(&error),
        };
        self.forget_token(caller, credential, is_new).await;
        begun.finish(Outcome::failed(problem)).await.map(|()| Notice::Deposited)
    }

    async fn site_name_of(&self, caller: &Caller, site: &SiteId) -> String {
        let sites = self.all_sites(caller).await.unwrap_or_default();
        sites.into_iter().find(|known| known.id == *site).map_or_else(|| site.to_string(), |known| known.name)
    }

    /// The grants that a form names, where they are there and open exactly what it showed.
    async fn named_grants(&self, caller: &Caller, named: &[SeenGrant]) -> Result<Vec<Held>, Problem> {
        let all = self.0.store.grants(caller.tenant(), caller.now).await;
        let all = all.map_err(|error| caller.store_problem(&error))?;
        let grants: Vec<Held> = all
            .into_iter()
            .filter(|held| named.iter().any(|seen| seen.grant == held.delegation.id))
            .filter(|held| held.delegation.revoked.is_none())
            .collect();
        if grants.is_empty() || grants.len() != named.len() {
            return Err(caller.problem(ProblemCode::GrantNotFound));
        }
        for held in &grants {
            let terms = fingerprint_of_terms(&held.delegation);
            let terms = terms.map_err(|error| caller.store_problem(&error))?;
            if !named.iter().any(|seen| seen.grant == held.delegation.id && seen.terms == terms) {
                return Err(caller.problem(ProblemCode::GrantTermsChanged));
            }
        }
        Ok(grants)
    }

    async fn own_connection(&self, caller: &Caller, site: &SiteId) -> Result<CredentialId, Problem> {
        let connection = self.connection_to(caller, site).await?;
        let connection = connection.ok_or_else(|| caller.problem(ProblemCode::SiteNotConnected))?;
        Ok(connection.credential)
    }

    /// Tries a token and seals it. It must be the caller's own: nobody lends what belongs to somebody else.
    async fn keep_token(
        &self,
        caller: &Caller,
        owner: UserId,
        token: &SecretString,
    ) -> Result<CredentialId, Problem> {
        let typed = token.expose_secret().trim();
        if typed.is_empty() {
            return Err(caller.problem(ProblemCode::TokenMissing));
        }
        if typed.len() > TOKEN_AT_MOST || typed.chars().any(char::is_control) {
            return Err(caller.problem(ProblemCode::TokenRefused));
        }
        let token = SecretString::from(typed.to_owned());
        let signed_in = self.0.wire.sign_in(&token, &caller.tag()).await.map_err(|error| match error {
            tableau::Error::TokenRefused { .. } | tableau::Error::SessionEnded { .. } => {
                caller.problem(ProblemCode::TokenRefused)
            }
            error => caller.vendor_problem(&error),
        })?;
        let fits = signed_in.tenant == caller.tenant() && signed_in.user == owner;
        // This session was only a trial; the first who works by the token opens another.
        let session = Session::new(signed_in.token, signed_in.tenant);
        if let Err(error) = self.0.wire.reader(&session, caller.tag()).sign_out().await {
            tracing::info!(error = %Chain(&error), "Tableau did not confirm the end of a trial session");
        }
        if !fits {
            return Err(caller.problem(ProblemCode::TokenRefused));
        }
        let host = self.0.wire.base().to_owned();
        let new = NewCredential { tenant: caller.tenant(), owner, host, secret: &token, now: caller.now };
        let kept = self.0.store.keep_credential(new).await;
        kept.map_err(|error| caller.store_problem(&error))
    }

    async fn forget_token(&self, caller: &Caller, credential: CredentialId, is_new: bool) {
        if is_new && let Err(error) = self.erase(credential, caller.tag()).await {
            warn!(request = %caller.request, error = %Chain(&error), "A token that was not deposited stays until the next sweep");
        }
    }

    /// Every deposit of the tenant.
    pub async fn deposits(&self, caller: &Caller) -> Result<Vec<Deposit>, Problem> {
        caller.must(Permission::ManageGrants)?;
        let all = self.0.store.deposits(caller.tenant()).await;
        all.map_err(|error| caller.store_problem(&error))
    }

    /// Ends a deposit.
    pub async fn end_deposit(
        &self,
        caller: &Caller,
        grant: &GrantId,
        site: Option<SiteId>,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |name: &str, what: &str| {
            let (name, what) = (name.to_owned(), what.to_owned());
            Act::Delegation(DelegationAct::EndDeposit { grant: *grant, name, what })
        };
        self.permit(caller, ticket, &act("", "")).await?;
        let held = self.read_grant(caller, grant).await?;
        let what = match site {
            Some(site) => self.site_name_of(caller, &site).await,
            None => "Tableau Cloud Manager".to_owned(),
        };
        let begun = self.begin(caller, ticket, &act(&held.delegation.name, &what), Some("deposited")).await?;
        match self.0.store.end_deposit(caller.tenant(), *grant, site).await {
            Ok(true) => begun.finish(Outcome::done("ended")).await.map(|()| Notice::DepositEnded),
            Ok(false) => {
                let problem = caller.problem(ProblemCode::GrantNotFound);
                begun.finish(Outcome::failed(problem)).await.map(|()| Notice::DepositEnded)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem)).await.map(|()| Notice::DepositEnded)
            }
        }
    }

    /// Pauses all delegation and forgets every deposited credential. It holds from the next call on, on every replica,
    /// because whoever works by a deposit asks the database each time.
    pub async fn pause_delegation(&self, caller: &Caller, ticket: ActId) -> Result<Notice, Problem> {
        let act = Act::Delegation(DelegationAct::Pause { tenant: caller.tenant() });
        self.permit(caller, ticket, &act).await?;
        let begun = self.begin(caller, ticket, &act, Some("delegation is on")).await?;
        let pause = Pause { by: caller.account.name.clone(), at: caller.now };
        match self.0.store.pause_delegation(caller.tenant(), &pause).await {
            Ok(forgotten) => {
                for credential in &forgotten {
                    self.forget_of(*credential).await;
                }
                let after = format!("paused, {} credentials forgotten", forgotten.len());
                begun.finish(Outcome::done(&after)).await.map(|()| Notice::DelegationPaused)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem)).await.map(|()| Notice::DelegationPaused)
            }
        }
    }

    /// Lets delegation go on. Credentials have to be deposited anew.
    pub async fn resume_delegation(&self, caller: &Caller, ticket: ActId) -> Result<Notice, Problem> {
        let act = Act::Delegation(DelegationAct::Resume { tenant: caller.tenant() });
        self.permit(caller, ticket, &act).await?;
        caller.must_be_fresh()?;
        let begun = self.begin(caller, ticket, &act, Some("paused")).await?;
        match self.0.store.resume_delegation(caller.tenant()).await {
            Ok(_) => {
                begun.finish(Outcome::done("delegation is on")).await.map(|()| Notice::DelegationResumed)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem)).await.map(|()| Notice::DelegationResumed)
            }
        }
    }
}

/// The end of a day that a form names. It lies ahead, and not too far.
pub(super) fn last_day(caller: &Caller, text: &str) -> Result<Moment, Problem> {
    let wrong = || super::form::field(caller, "until");
    let day = Moment::parse(&format!("{}T23:59:59Z", text.trim())).ok_or_else(wrong)?;
    let ahead = caller.now.seconds_until(day);
    if (1..=LONGEST_SECONDS).contains(&ahead) { Ok(day) } else { Err(wrong()) }
}
