//! Suspending and reactivating a site: checked, written down, sent once, read back.

use std::time::Duration;

use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, SiteId,
    audit::{ActState, AuditRow},
    sites::{Site, SiteStatus},
};
use tableau::Fate;

use crate::{
    Caller, Operations,
    caller::clock,
    delegation::Seen,
    gate::{Begun, Outcome},
};

/// The longest reason, in characters.
pub const REASON_AT_MOST: usize = 500;
/// How often a change that Tableau accepted is looked for before it is called unverified.
const LOOKS: u32 = 3;
/// A lost request that shows no effect after this long is taken as not carried out. The vendor promises no figure;
/// its gateways give up far earlier.
const LOST_AFTER_SECONDS: i64 = 120;

/// What the form to suspend or reactivate a site carries.
#[derive(Debug, Clone)]
pub struct SuspendForm {
    /// The site.
    pub site: SiteId,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
    /// Why.
    pub reason: String,
    /// The name of the site as the person typed it; reactivating asks for none, and what was approved was typed before.
    pub typed: Option<String>,
}

/// The two changes of a site's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Suspend,
    Reactivate,
}

impl Operations {
    /// Suspends a site: nobody can sign in to it until somebody reactivates it.
    pub async fn suspend_site(&self, caller: &Caller, form: SuspendForm) -> Result<Notice, Problem> {
        self.turn_site(caller, form, Turn::Suspend).await
    }

    /// Reactivates a suspended site.
    pub async fn reactivate_site(&self, caller: &Caller, form: SuspendForm) -> Result<Notice, Problem> {
        self.turn_site(caller, form, Turn::Reactivate).await
    }

    async fn turn_site(&self, caller: &Caller, form: SuspendForm, turn: Turn) -> Result<Notice, Problem> {
        self.permit(caller, form.ticket, &turn.act(&form, "")).await?;
        let form = SuspendForm { reason: form.reason.trim().to_owned(), ..form };
        check_reason(caller, &form.reason)?;
        if turn == Turn::Suspend {
            caller.must_be_fresh()?;
        }
        self.must_be_unlocked(caller, turn.operation()).await?;
        let site = self.read_site(caller, &form.site).await?;
        if form.typed.as_ref().is_some_and(|typed| typed.trim() != site.name.trim()) {
            return Err(caller.problem(ProblemCode::WrongName));
        }
        if site.status != turn.from() {
            return Err(caller.problem(self.why_not(caller, &form, turn).await));
        }
        let (act, wanted) = (turn.act(&form, &site.name), turn.to());
        let seen = Seen { before: site.status.word(), after: wanted.word() };
        let Some(begun) = self.begin_or_ask(caller, form.ticket, &act, seen).await? else {
            return Ok(Notice::ApprovalAsked);
        };
        // From here on the person may close the browser: the act is carried to its end all the same.
        let (operations, caller) = (self.clone(), caller.clone());
        let carried = tokio::spawn(async move { operations.carry_out(&caller, begun, site.id, turn).await });
        match carried.await {
            Ok(result) => result,
            Err(_panicked) => Err(Problem::new(ProblemCode::Internal)),
        }
    }

    /// Why the site is not in the state to begin with: this very form did it, or somebody else.
    async fn why_not(&self, caller: &Caller, form: &SuspendForm, turn: Turn) -> ProblemCode {
        match self.0.store.audit_entry(caller.tenant(), form.ticket).await {
            Ok(Some(_)) => ProblemCode::FormUsed,
            _ => turn.not_from(),
        }
    }

    async fn carry_out(
        &self,
        caller: &Caller,
        begun: Begun,
        site: SiteId,
        turn: Turn,
    ) -> Result<Notice, Problem> {
        let sent = begun
            .change(|manager| async move {
                match turn {
                    Turn::Suspend => manager.suspend_site(&site).await,
                    Turn::Reactivate => manager.reactivate_site(&site).await,
                }
            })
            .await;
        self.forget_what_was_read();
        let seen = self.look_for(caller, site, turn, sent.is_ok()).await;
        self.forget_what_was_read();
        begun.finish(judge(caller, turn, sent, seen)).await.map(|()| turn.notice())
    }

    /// Reads the site back. An accepted change may show a moment later, so it is looked for more than once.
    async fn look_for(
        &self,
        caller: &Caller,
        site: SiteId,
        turn: Turn,
        accepted: bool,
    ) -> Result<Site, Problem> {
        let mut seen = self.read_site(caller, &site).await;
        for look in 1..LOOKS {
            if !accepted || seen.as_ref().is_ok_and(|site| site.status == turn.to()) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(400) * look).await;
            seen = self.read_site(caller, &site).await;
        }
        seen
    }

    /// Looks again at an act whose fate was unknown, and writes down what is known now. Gives back the site.
    pub async fn settle_site(&self, caller: &Caller, act: ActId) -> Result<SiteId, Problem> {
        // Whoever may do neither learns nothing of what stands in the log, nor does anybody of sites out of scope.
        caller.must(Permission::SuspendSite).or_else(|_| caller.must(Permission::ReactivateSite))?;
        let entry = self.0.store.audit_entry(caller.tenant(), act).await;
        let entry = entry.map_err(|error| caller.store_problem(&error))?;
        let entry = entry.ok_or_else(|| caller.problem(ProblemCode::EntryNotFound))?;
        let found = Turn::of_entry(&entry).filter(|(_, site)| caller.sees_site(site));
        let (turn, site) = found.ok_or_else(|| caller.problem(ProblemCode::EntryNotFound))?;
        let none = SuspendForm { site, ticket: act, reason: String::new(), typed: None };
        self.permit(caller, ActId::from(uuid::Uuid::now_v7()), &turn.act(&none, &entry.object_name)).await?;
        if entry.state != ActState::Unknown {
            return Ok(site);
        }
        let seen = self.read_site(caller, &site).await?;
        let state = if seen.status == turn.to() {
            ActState::Done
        } else if entry.at.seconds_until(clock()) > LOST_AFTER_SECONDS {
            ActState::Failed
        } else {
            return Ok(site);
        };
        let finish = store::Finish {
            state,
            code: (state == ActState::Failed).then(|| ProblemCode::NotCarriedOut.word()),
            after: Some(seen.status.word().to_owned()),
            at: clock(),
        };
        self.0.store.audit_finish(act, &finish).await.map_err(|error| caller.log_problem(&error))?;
        Ok(site)
    }
}

/// What is now true, from what Tableau answered and what it showed afterwards.
fn judge(
    caller: &Caller,
    turn: Turn,
    sent: Result<(), (Problem, Fate)>,
    seen: Result<Site, Problem>,
) -> Outcome {
    let after = seen.as_ref().ok().map(|site| site.status.word().to_owned());
    let is_there = seen.as_ref().is_ok_and(|site| site.status == turn.to());
    let (state, problem) = match sent {
        // Even where the answer was lost: Tableau itself says that it is so.
        Ok(()) if is_there => (ActState::Done, None),
        Err((_, Fate::Unknown)) if is_there => (ActState::Done, None),
        Ok(()) if seen.is_ok() => (ActState::Unknown, Some(caller.problem(ProblemCode::NotVerified))),
        Ok(()) => (ActState::Unknown, Some(caller.problem(ProblemCode::NotReadBack))),
        Err((_, Fate::Unknown)) => (ActState::Unknown, Some(caller.problem(ProblemCode::FateUnknown))),
        Err((problem, Fate::NotSent | Fate::Refused)) => (ActState::Failed, Some(problem)),
    };
    Outcome { state, problem, after }
}

fn check_reason(caller: &Caller, reason: &str) -> Result<(), Problem> {
    if reason.is_empty() {
        return Err(caller.problem(ProblemCode::ReasonMissing));
    }
    if reason.chars().count() > REASON_AT_MOST {
        return Err(caller.problem(ProblemCode::ReasonTooLong));
    }
    Ok(())
}

impl Turn {
    fn act(self, form: &SuspendForm, name: &str) -> Act {
        let (site, name, reason) = (form.site, name.to_owned(), form.reason.clone());
        match self {
            Self::Suspend => Act::SuspendSite { site, name, reason },
            Self::Reactivate => Act::ReactivateSite { site, name, reason },
        }
    }

    fn of_entry(entry: &AuditRow) -> Option<(Self, SiteId)> {
        let turn = match entry.verb.as_str() {
            "site.suspend" => Self::Suspend,
            "site.reactivate" => Self::Reactivate,
            _ => return None,
        };
        Some((turn, SiteId::parse(&entry.object).ok()?))
    }

    fn operation(self) -> &'static str {
        match self {
            Self::Suspend => "site.suspend",
            Self::Reactivate => "site.reactivate",
        }
    }

    fn from(self) -> SiteStatus {
        match self {
            Self::Suspend => SiteStatus::Active,
            Self::Reactivate => SiteStatus::Suspended,
        }
    }

    fn to(self) -> SiteStatus {
        match self {
            Self::Suspend => SiteStatus::Suspended,
            Self::Reactivate => SiteStatus::Active,
        }
    }

    fn not_from(self) -> ProblemCode {
        match self {
            Self::Suspend => ProblemCode::SiteNotActive,
            Self::Reactivate => ProblemCode::SiteNotSuspended,
        }
    }

    fn notice(self) -> Notice {
        match self {
            Self::Suspend => Notice::SiteSuspended,
            Self::Reactivate => Notice::SiteReactivated,
        }
    }
}
