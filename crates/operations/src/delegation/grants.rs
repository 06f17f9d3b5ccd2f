//! Giving grants, changing them, taking them back; activating one's own; and what somebody can do to somebody.

use model::{
    Act, ActId, GrantId, Moment, Notice, Permission, Problem, ProblemCode, SiteId,
    act::{DelegationAct, GrantTurn},
    delegation::{
        Conditions, Delegation, Deposit, Held, LONGEST_ACTIVATION_SECONDS, Pause, People, Sites, can, cannot,
    },
};
use uuid::Uuid;

use super::form::{GrantForm, field, read};
use crate::{Caller, Operations, gate::Outcome, sites::REASON_AT_MOST};

/// A grant with what its pages show.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GrantPage {
    /// The grant.
    pub held: Held,
    /// The name of whoever holds it.
    pub holder: String,
    /// What they can do.
    pub can: Vec<String>,
    /// What they cannot do.
    pub cannot: Vec<String>,
    /// The fingerprint of all of it: whoever deposits brings it back, as a sign of what they saw.
    #[serde(default)]
    pub terms: String,
    /// What it works by.
    pub deposits: Vec<Deposit>,
    /// The names of the sites among those.
    pub sites: Vec<(SiteId, String)>,
    /// Whether all delegation is paused.
    pub pause: Option<Pause>,
    /// The act that a form on the page becomes.
    pub ticket: ActId,
    /// The time on the server.
    pub now: Moment,
}

impl Operations {
    /// Every grant of the tenant; for a member, their own.
    pub async fn grants(&self, caller: &Caller) -> Result<Vec<GrantPage>, Problem> {
        let own = caller.must(Permission::ManageGrants).is_err();
        if own && !caller.is_member() {
            return Err(caller.problem(ProblemCode::NotAllowed));
        }
        let (tenant, id) = (caller.tenant(), caller.account.id.uuid());
        let held = match own {
            true => self.0.store.grants_of(tenant, id, caller.now).await,
            false => self.0.store.grants(tenant, caller.now).await,
        };
        let mut pages = Vec::new();
        for held in held.map_err(|error| caller.store_problem(&error))? {
            pages.push(self.page_of(caller, caller.at_this_time_and_place(held), true).await?);
        }
        Ok(pages)
    }

    /// One grant.
    pub async fn grant(&self, caller: &Caller, id: &GrantId) -> Result<GrantPage, Problem> {
        let held = self.read_grant(caller, id).await?;
        self.page_of(caller, caller.at_this_time_and_place(held), true).await
    }

    /// One grant. Those of others are there for whoever gives them.
    pub(super) async fn read_grant(&self, caller: &Caller, id: &GrantId) -> Result<Held, Problem> {
        let found = self.0.store.grant(caller.tenant(), *id, caller.now).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        let is_seen = |held: &Held| {
            caller.must(Permission::ManageGrants).is_ok()
                || held.delegation.account == caller.account.id.uuid()
        };
        found.filter(is_seen).ok_or_else(|| caller.problem(ProblemCode::GrantNotFound))
    }

    /// `kept` tells whether the grant is there: what is deposited for one that is not cannot be missing.
    async fn page_of(&self, caller: &Caller, held: Held, kept: bool) -> Result<GrantPage, Problem> {
        let sites = self.all_sites(caller).await.unwrap_or_default();
        let name = |id: &SiteId| {
            sites.iter().find(|site| site.id == *id).map_or_else(|| id.to_string(), |site| site.name.clone())
        };
        let (deposits, pause, holder) = futures::join!(
            self.0.store.deposits(caller.tenant()),
            self.0.store.delegation_pause(caller.tenant()),
            self.holder_name(caller, held.delegation.account),
        );
        let deposits = deposits.map_err(|error| caller.store_problem(&error))?;
        let deposits: Vec<Deposit> =
            deposits.into_iter().filter(|it| it.grant == held.delegation.id).collect();
        let terms = store::fingerprint_of_terms(&held.delegation);
        Ok(GrantPage {
            sites: deposits.iter().filter_map(|it| it.site).map(|site| (site, name(&site))).collect(),
            can: can(&held.delegation, kept.then_some(&held.planes), name),
            cannot: cannot(&held.delegation),
            terms: terms.map_err(|error| caller.store_problem(&error))?,
            deposits,
            pause: pause.map_err(|error| caller.store_problem(&error))?,
            holder: holder?,
            ticket: ActId::from(Uuid::now_v7()),
            now: caller.now,
            held,
        })
    }

    /// What a form would give, in sentences, before anything is kept.
    pub async fn draft_grant(&self, caller: &Caller, form: &GrantForm) -> Result<GrantPage, Problem> {
        caller.must(Permission::ManageGrants)?;
        let grant = read(caller, form)?;
        self.must_be_a_holder(caller, grant.account).await?;
        let known = match &form.grant {
            Some(id) => Some(self.read_grant(caller, id).await?),
            None => None,
        };
        let kept = known.is_some();
        let planes = known.map(|known| known.planes).unwrap_or_default();
        let held = grant.held(caller.now, false, None, planes);
        self.page_of(caller, held, kept).await
    }

    /// Gives a grant, or changes one.
    pub async fn save_grant(
        &self,
        caller: &Caller,
        form: &GrantForm,
        ticket: ActId,
    ) -> Result<(GrantId, Notice), Problem> {
        let turn = if form.grant.is_some() { GrantTurn::Edit } else { GrantTurn::Give };
        let act = |grant: GrantId, name: &str, holder: &str| {
            let (name, holder) = (name.to_owned(), holder.to_owned());
            Act::Delegation(DelegationAct::Grant { grant, name, holder, turn, reason: None })
        };
        self.permit(caller, ticket, &act(Uuid::nil().into(), &form.name, "")).await?;
        caller.must_be_fresh()?;
        let mut grant = read(caller, form)?;
        let mut before = None;
        if let Some(id) = form.grant {
            let known = self.read_grant(caller, &id).await?.delegation;
            // Whose a grant is, and since when, does not change: a new one is given instead.
            if known.account != grant.account {
                return Err(field(caller, "account"));
            }
            if known.revoked.is_some() {
                return Err(caller.problem(ProblemCode::GrantNotFound));
            }
            (grant.id, grant.from) = (known.id, known.from);
            before = Some(told(&known));
        }
        self.must_be_a_holder(caller, grant.account).await?;
        let holder = self.holder_name(caller, grant.account).await?;
        let begun =
            self.begin(caller, ticket, &act(grant.id, &grant.name, &holder), before.as_deref()).await?;
        let kept = match form.grant {
            None => self.0.store.keep_grant(caller.tenant(), &grant, caller.now).await.map(|()| None),
            Some(_) => {
                // Whoever deposited a credential agreed to what the grant opened then. Only for their own does the editor,
                // who just proved who they are, agree to the change.
                let by = caller.user().unwrap_or_else(|| caller.account.author());
                self.0.store.change_grant(caller.tenant(), &grant, by, caller.now).await.map(Some)
            }
        };
        let (after, notice) = match kept {
            Ok(None) => (told(&grant), Notice::GrantGiven),
            Ok(Some(0)) => (told(&grant), Notice::GrantChanged),
            Ok(Some(ended)) => {
                let after = format!("{} · {ended} deposits of others ended", told(&grant));
                (after, Notice::GrantChangedDepositsEnded)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                return begun
                    .finish(Outcome::failed(problem))
                    .await
                    .map(|()| (grant.id, Notice::GrantChanged));
            }
        };
        begun.finish(Outcome::done(&after)).await?;
        Ok((grant.id, notice))
    }

    /// Takes a grant back, or activates one's own for a while, or lets it lapse.
    pub async fn turn_grant(
        &self,
        caller: &Caller,
        id: &GrantId,
        turn: GrantTurn,
        hours: u8,
        reason: &str,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let act = |name: &str, holder: &str| {
            let (name, holder, reason) = (name.to_owned(), holder.to_owned(), reason.clone());
            Act::Delegation(DelegationAct::Grant { grant: *id, name, holder, turn, reason })
        };
        self.permit(caller, ticket, &act("", "")).await?;
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_AT_MOST) {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        let held = self.read_grant(caller, id).await?;
        let grant = &held.delegation;
        let until = match turn {
            GrantTurn::TakeBack => caller.now,
            GrantTurn::Lapse => self.own_eligible(caller, &held).map(|()| caller.now)?,
            GrantTurn::Activate => {
                self.own_eligible(caller, &held)?;
                caller.must_be_fresh()?;
                if reason.is_none() {
                    return Err(caller.problem(ProblemCode::ReasonMissing));
                }
                let seconds = i64::from(hours) * 60 * 60;
                if !(1..=LONGEST_ACTIVATION_SECONDS).contains(&seconds) {
                    return Err(field(caller, "hours"));
                }
                caller.now.plus_seconds(seconds)
            }
            GrantTurn::Give | GrantTurn::Edit => return Err(caller.problem(ProblemCode::MalformedForm)),
        };
        let holder = self.holder_name(caller, grant.account).await?;
        let begun =
            self.begin(caller, ticket, &act(&grant.name, &holder), Some(held.standing.words())).await?;
        let turned = match turn {
            GrantTurn::TakeBack => self.0.store.revoke_grant(caller.tenant(), *id, until).await,
            _ => self.0.store.activate_grant(caller.tenant(), *id, until).await,
        };
        let (notice, after) = match turn {
            GrantTurn::TakeBack => (Notice::GrantTakenBack, "taken back".to_owned()),
            GrantTurn::Activate => {
                (Notice::GrantActivated, format!("active until {} {} UTC", until.day(), until.clock()))
            }
            _ => (Notice::GrantLapsed, "to be activated".to_owned()),
        };
        let problem = match turned {
            Ok(true) => return begun.finish(Outcome::done(&after)).await.map(|()| notice),
            Ok(false) => caller.problem(ProblemCode::GrantNotFound),
            Err(error) => caller.store_problem(&error),
        };
        begun.finish(Outcome::failed(problem)).await.map(|()| notice)
    }

    /// Only holders activate, and only what has to be activated.
    fn own_eligible(&self, caller: &Caller, held: &Held) -> Result<(), Problem> {
        let grant = &held.delegation;
        let counts = grant.eligible && grant.revoked.is_none() && grant.until > caller.now;
        if grant.account == caller.account.id.uuid() && counts {
            Ok(())
        } else {
            Err(caller.problem(ProblemCode::NotAllowed))
        }
    }
}

/// A grant in a few words, for the audit log.
fn told(grant: &Delegation) -> String {
    let verbs: Vec<String> = grant.verbs.iter().map(|verb| verb.word()).collect();
    let sites = match &grant.scope.sites {
        Sites::All => "all sites".to_owned(),
        Sites::These(sites) => format!("{} sites", sites.len()),
    };
    let people = match &grant.scope.people {
        People::Everybody => "everybody".to_owned(),
        People::Those { groups, domains, named } => {
            format!("{} groups, {} domains, {} people", groups.len(), domains.len(), named.len())
        }
    };
    let (gives, touches) = (grant.ceiling.role(), grant.touches().role());
    let touches =
        if gives == touches { String::new() } else { format!(" · for people up to {}", touches.words()) };
    let (verbs, gives, until) = (verbs.join(" "), gives.words(), grant.until.day());
    let more = asked_besides(&grant.conditions);
    format!("{verbs} · {sites} · {people} · up to {gives}{touches}{more} · until {until}")
}

/// Where and when it counts, and what ticket it wants.
fn asked_besides(asked: &Conditions) -> String {
    let mut more = String::new();
    if let Some(hours) = &asked.hours {
        more = format!(" · {}", hours.words());
    }
    if !asked.networks.is_empty() {
        let networks: Vec<String> = asked.networks.iter().map(ToString::to_string).collect();
        more = format!("{more} · from {}", networks.join(" "));
    }
    match &asked.ticket {
        Some(ticket) => format!("{more} · ticket {}", ticket.text()),
        None => more,
    }
}
