//! What people set about licences: purchased seats, thresholds, the address for news, and who is left out. Each is an act,
//! and none is sent to Tableau.

use hooks::{AddressError, new_secret};
use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, UserId,
    licence_acts::LicenceChange,
    licences::{
        idle::Exclusion,
        keeping::{PURCHASED_AT_MOST, Purchased, Set, Thresholds},
        news::Hook,
        sheets::SeatSettingsSheet,
    },
};
use secrecy::SecretString;
use store::NewHook;

use super::news;
use crate::{Caller, Operations, Wanted, gate::Outcome, gate::ticket, sites::REASON_AT_MOST};

/// News shown on the page.
const NEWS_SHOWN: u64 = 20;

/// The form with purchased seats, as it was typed; empty where nobody says.
#[derive(Debug, Clone, Default)]
pub struct PurchasedForm {
    /// Creator seats.
    pub creators: String,
    /// Explorer seats.
    pub explorers: String,
    /// Viewer seats.
    pub viewers: String,
}

/// The form that sets the address for news.
#[derive(Debug, Clone)]
pub struct HookForm {
    /// The address.
    pub url: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// The form that leaves somebody out of the list of seats used in vain, or ends that.
#[derive(Debug, Clone)]
pub struct ExcludeForm {
    /// Whom.
    pub user: UserId,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
    /// Why.
    pub reason: String,
    /// Whether they shall be left out, or no longer.
    pub wanted: Wanted,
}

impl Operations {
    /// What is set, and the newest news.
    pub async fn seat_settings(&self, caller: &Caller) -> Result<SeatSettingsSheet, Problem> {
        caller.must(Permission::SeeTenant)?;
        let (store, tenant) = (&self.0.store, caller.tenant());
        let settings = store.seat_settings(tenant).await.map_err(|error| caller.store_problem(&error))?;
        let hook = store.hook(tenant).await.map_err(|error| caller.store_problem(&error))?;
        let news = store.seat_news(tenant, NEWS_SHOWN).await.map_err(|error| caller.store_problem(&error))?;
        // The address may carry a key of the other side's: whoever may not set it sees its host alone.
        let hook = match caller.must(Permission::ManageLicences) {
            Ok(()) => hook,
            Err(_) => hook.map(|hook| Hook { url: host_of(&hook.url), ..hook }),
        };
        let tickets = [ticket(), ticket(), ticket(), ticket()];
        Ok(SeatSettingsSheet { settings, hook, news, tickets, now: caller.now })
    }

    /// Keeps how many seats were bought.
    pub async fn set_purchased(
        &self,
        caller: &Caller,
        ticket: ActId,
        form: &PurchasedForm,
    ) -> Result<Notice, Problem> {
        let act = Act::Licences(LicenceChange::Purchased { tenant: caller.tenant() });
        self.permit(caller, ticket, &act).await?;
        let value = Purchased {
            creators: seats(caller, "creators", &form.creators)?,
            explorers: seats(caller, "explorers", &form.explorers)?,
            viewers: seats(caller, "viewers", &form.viewers)?,
        };
        let before = self.set_before(caller).await?.purchased.map(|set| set.value.words());
        let begun = self.begin(caller, ticket, &act, before.as_deref()).await?;
        let set = Set { value, by: caller.account.name.clone(), at: caller.now };
        let outcome = match self.0.store.set_purchased(caller.tenant(), &set).await {
            Ok(()) => Outcome::done(&value.words()),
            Err(error) => Outcome::failed(caller.store_problem(&error)),
        };
        begun.finish(outcome).await?;
        self.weigh_or_warn(caller.tenant(), caller.now).await;
        Ok(Notice::PurchasedSet)
    }

    /// Sets from which part of a limit on there is a word.
    pub async fn set_thresholds(
        &self,
        caller: &Caller,
        ticket: ActId,
        text: &str,
    ) -> Result<Notice, Problem> {
        let act = Act::Licences(LicenceChange::Thresholds { tenant: caller.tenant() });
        self.permit(caller, ticket, &act).await?;
        let value = Thresholds::parse(text).ok_or_else(|| caller.problem(ProblemCode::ThresholdsWrong))?;
        let before = self.set_before(caller).await?.thresholds().words();
        let begun = self.begin(caller, ticket, &act, Some(&before)).await?;
        let set = Set { value, by: caller.account.name.clone(), at: caller.now };
        let outcome = match self.0.store.set_thresholds(caller.tenant(), &set).await {
            Ok(()) => Outcome::done(&set.value.words()),
            Err(error) => Outcome::failed(caller.store_problem(&error)),
        };
        begun.finish(outcome).await?;
        self.weigh_or_warn(caller.tenant(), caller.now).await;
        Ok(Notice::ThresholdsSet)
    }

    async fn set_before(&self, caller: &Caller) -> Result<model::licences::keeping::SeatSettings, Problem> {
        self.0.store.seat_settings(caller.tenant()).await.map_err(|error| caller.store_problem(&error))
    }

    /// Sets the address for news, and makes a secret for it. It is given out here, once, and never again.
    pub async fn set_hook(&self, caller: &Caller, form: HookForm) -> Result<(Hook, SecretString), Problem> {
        let tenant = caller.tenant();
        let change = |host: &str| Act::Licences(LicenceChange::SetHook { tenant, host: host.to_owned() });
        self.permit(caller, form.ticket, &change("")).await?;
        let target = self.hooks().check(&form.url).await.map_err(|error| {
            caller.problem(match error {
                AddressError::Wrong => ProblemCode::HookAddressWrong,
                AddressError::Private => ProblemCode::HookAddressPrivate,
                AddressError::Unknown => ProblemCode::HookAddressUnknown,
            })
        })?;
        let before = self.hook_host(caller).await?;
        let begun = self.begin(caller, form.ticket, &change(target.host()), before.as_deref()).await?;
        let secret = new_secret();
        let new = NewHook {
            tenant,
            owner: caller.account.author(),
            by: caller.account.name.clone(),
            url: target.url().to_string(),
            host: target.host().to_owned(),
            secret: &secret,
            now: caller.now,
        };
        match self.0.store.set_hook(new).await {
            Ok(hook) => begun.finish(Outcome::done(target.host())).await.map(|()| (hook, secret)),
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }

    /// Takes the address for news away.
    pub async fn end_hook(&self, caller: &Caller, ticket: ActId) -> Result<Notice, Problem> {
        let tenant = caller.tenant();
        let change = |host: &str| Act::Licences(LicenceChange::EndHook { tenant, host: host.to_owned() });
        self.permit(caller, ticket, &change("")).await?;
        let host = self.hook_host(caller).await?.ok_or_else(|| caller.problem(ProblemCode::HookNotSet))?;
        let begun = self.begin(caller, ticket, &change(&host), Some(&host)).await?;
        let outcome = match self.0.store.end_hook(tenant).await {
            Ok(()) => Outcome::done("no address"),
            Err(error) => Outcome::failed(caller.store_problem(&error)),
        };
        begun.finish(outcome).await.map(|()| Notice::HookEnded)
    }

    /// Sends a test message to the address for news.
    pub async fn test_hook(&self, caller: &Caller) -> Result<Notice, Problem> {
        caller.must(Permission::ManageLicences)?;
        let handed =
            self.0.store.hand_in_news(caller.tenant(), news::test(caller.tenant(), caller.now)).await;
        if !handed.map_err(|error| caller.store_problem(&error))? {
            return Err(caller.problem(ProblemCode::HookNotSet));
        }
        self.0.news_bell.notify_one();
        Ok(Notice::HookTested)
    }

    /// The host of the address that is set now: all of the address that the audit log is told.
    async fn hook_host(&self, caller: &Caller) -> Result<Option<String>, Problem> {
        let hook = self.0.store.hook(caller.tenant()).await.map_err(|error| caller.store_problem(&error))?;
        Ok(hook.map(|hook| host_of(&hook.url)))
    }

    /// Leaves somebody out of the list of seats used in vain, or puts them back.
    pub async fn exclude_seat(&self, caller: &Caller, form: ExcludeForm) -> Result<Notice, Problem> {
        let (user, reason) = (form.user, form.reason.trim().to_owned());
        let change = |user_name: &str| {
            let user_name = user_name.to_owned();
            Act::Licences(match form.wanted {
                Wanted::Protected => LicenceChange::Exclude { user, user_name, reason: reason.clone() },
                Wanted::Free => LicenceChange::Include { user, user_name },
            })
        };
        self.permit(caller, form.ticket, &change("")).await?;
        if form.wanted == Wanted::Protected && reason.is_empty() {
            return Err(caller.problem(ProblemCode::ReasonMissing));
        }
        if reason.chars().count() > REASON_AT_MOST {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        let person = self.read_person(caller, &user).await?;
        let (before, after, notice) = match form.wanted {
            Wanted::Protected => ("in the list", "left out", Notice::SeatExcluded),
            Wanted::Free => ("left out", "in the list", Notice::SeatIncluded),
        };
        let begun = self.begin(caller, form.ticket, &change(&person.user_name), Some(before)).await?;
        let written = match form.wanted {
            Wanted::Protected => {
                let by = caller.account.name.clone();
                let exclusion = Exclusion { user, reason: reason.clone(), by, at: caller.now };
                self.0.store.exclude_seat(caller.tenant(), &exclusion).await
            }
            Wanted::Free => self.0.store.include_seat(caller.tenant(), user).await,
        };
        let outcome = match written {
            Ok(()) => Outcome::done(after),
            Err(error) => Outcome::failed(caller.store_problem(&error)),
        };
        begun.finish(outcome).await.map(|()| notice)
    }
}

/// The host in an address that was checked when it was set.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default().to_owned()
}

/// A number of seats as people write it: `1,200`, `1 200`, or nothing.
fn seats(caller: &Caller, field: &'static str, text: &str) -> Result<Option<u64>, Problem> {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != ',').collect();
    if plain.is_empty() {
        return Ok(None);
    }
    // `parse` would take a plus sign too.
    let number =
        plain.bytes().all(|letter| letter.is_ascii_digit()).then(|| plain.parse::<u64>().ok()).flatten();
    number
        .filter(|number| *number <= PURCHASED_AT_MOST)
        .map(Some)
        .ok_or_else(|| Problem { about: Some(field.to_owned()), ..caller.problem(ProblemCode::SeatsWrong) })
}
