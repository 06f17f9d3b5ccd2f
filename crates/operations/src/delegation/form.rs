//! The form that gives a grant or changes one, and how it is read.

use std::{collections::BTreeSet, net::IpAddr};

use ipnet::IpNet;
use model::{
    GrantId, GroupId, Permission, Problem, ProblemCode, SiteId,
    delegation::{
        Ceiling, Conditions, Day, Delegation, Groups, Hours, Limits, Mark, People, Scope, Sites,
        TicketPattern, minute_of,
    },
    roles::SiteRole,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{clocks::is_zone, deposits::last_day};
use crate::{Caller, Operations};

/// The longest name of a grant.
const NAME_AT_MOST: usize = 80;
/// The most people, groups or domains that one grant names.
const NAMED_AT_MOST: usize = 500;

/// What the form that gives or changes a grant carries. Words as the form sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantForm {
    /// The grant that is changed; `None` for a new one.
    pub grant: Option<GrantId>,
    /// Whose it is to be.
    pub account: String,
    /// What it is called.
    pub name: String,
    /// Verbs.
    pub verbs: Vec<String>,
    /// `all` or `these`.
    pub sites_mode: String,
    /// Sites' ids.
    pub sites: Vec<String>,
    /// `everybody` or `those`.
    pub people_mode: String,
    /// Groups, each as `site/group`, whose members are in scope; in lines or with commas between them.
    pub groups: String,
    /// E-mail domains, the same.
    pub domains: String,
    /// Names people sign in with, the same.
    pub named: String,
    /// `all` or `these`.
    pub managed_mode: String,
    /// Groups that may be changed, as `groups`.
    pub managed: String,
    /// The highest role that it gives, in the vendor's word.
    pub ceiling: String,
    /// The highest role that somebody may have for it to touch them; empty for the same.
    pub touches: String,
    /// A number, or empty for no limit.
    pub rows_in_plan: String,
    /// The same.
    pub rows_in_hour: String,
    /// The same.
    pub seats_in_plan: String,
    /// Whether every change wants a fresh proof.
    pub step_up: bool,
    /// Whether every change wants a reason.
    pub reason: bool,
    /// How a ticket looks that the reason has to name; empty for none.
    pub ticket: String,
    /// The days of the week on which it counts; none for every one.
    pub days: Vec<String>,
    /// From when on these days, as `08:00`.
    pub hours_from: String,
    /// Until when.
    pub hours_until: String,
    /// The time zone of these hours; empty for UTC.
    pub zone: String,
    /// The networks from which it counts, in lines or with commas between them; empty for every one.
    pub networks: String,
    /// What waits for somebody else.
    pub marks: Vec<String>,
    /// The last day, as `2027-03-01`.
    pub until: String,
    /// Whether it has to be activated.
    pub eligible: bool,
}

impl Operations {
    /// What was typed into the form of a grant, sealed: it comes back in an address, and it names people.
    pub fn seal_grant_form(&self, caller: &Caller, form: &GrantForm) -> Result<String, Problem> {
        caller.must(Permission::ManageGrants)?;
        let typed = serde_json::to_string(form).map_err(|_| caller.problem(ProblemCode::Internal))?;
        let typed = SecretString::from(typed);
        let sealed = self.0.store.seal_draft(caller.tenant(), caller.account.id, &typed);
        sealed.map_err(|error| caller.store_problem(&error))
    }

    /// Opens it again, for whoever typed it and for nobody else.
    pub fn open_grant_form(&self, caller: &Caller, sealed: &str) -> Result<GrantForm, Problem> {
        caller.must(Permission::ManageGrants)?;
        let wrong = || caller.problem(ProblemCode::MalformedQuery);
        let typed = self.0.store.open_draft(caller.tenant(), caller.account.id, sealed);
        serde_json::from_str(typed.map_err(|_| wrong())?.expose_secret()).map_err(|_| wrong())
    }
}

pub(super) fn field(caller: &Caller, name: &str) -> Problem {
    Problem { about: Some(name.to_owned()), ..caller.problem(ProblemCode::FieldWrong) }
}

/// Reads a form. What it does not name is out; what cannot be read is refused, never passed over.
pub(super) fn read(caller: &Caller, form: &GrantForm) -> Result<Delegation, Problem> {
    let wrong = |name: &str| field(caller, name);
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > NAME_AT_MOST || name.chars().any(char::is_control) {
        return Err(wrong("name"));
    }
    let verbs: Option<BTreeSet<Permission>> = form.verbs.iter().map(|verb| Permission::parse(verb)).collect();
    let verbs = verbs.filter(|verbs| !verbs.is_empty() && verbs.iter().all(|verb| verb.is_grantable()));
    let verbs = verbs.ok_or_else(|| wrong("verbs"))?;
    let scope = scope(caller, form)?;
    // The log names people wherever they are: it is read whole, or not at all.
    let whole = scope.sites == Sites::All && scope.people == People::Everybody;
    if verbs.contains(&Permission::SeeAudit) && !whole {
        return Err(wrong("verbs"));
    }
    let at = |word: &str| SiteRole::parse_assignable(word).and_then(|role| Ceiling::at(&role));
    let ceiling = at(&form.ceiling);
    let touches = match form.touches.as_str() {
        "" => Ok(None),
        word => at(word).map(Some).ok_or(()),
    };
    let marks: Option<BTreeSet<Mark>> = form.marks.iter().map(|mark| Mark::parse(mark)).collect();
    Ok(Delegation {
        id: Uuid::now_v7().into(),
        name: name.to_owned(),
        account: Uuid::try_parse(form.account.trim()).map_err(|_| wrong("account"))?,
        verbs,
        scope,
        ceiling: ceiling.ok_or_else(|| wrong("ceiling"))?,
        touches: touches.map_err(|()| wrong("touches"))?,
        limits: Limits {
            rows_in_plan: number(&form.rows_in_plan).ok_or_else(|| wrong("rows_in_plan"))?,
            rows_in_hour: number(&form.rows_in_hour).ok_or_else(|| wrong("rows_in_hour"))?,
            seats_in_plan: number(&form.seats_in_plan).ok_or_else(|| wrong("seats_in_plan"))?,
        },
        conditions: conditions(caller, form)?,
        marks: marks.ok_or_else(|| wrong("marks"))?,
        from: caller.now,
        until: last_day(caller, &form.until)?,
        eligible: form.eligible,
        by: caller.account.name.clone(),
        revoked: None,
    })
}

fn conditions(caller: &Caller, form: &GrantForm) -> Result<Conditions, Problem> {
    let wrong = |name: &str| field(caller, name);
    let ticket = match form.ticket.trim() {
        "" => None,
        text => Some(TicketPattern::parse(text).ok_or_else(|| wrong("ticket"))?),
    };
    let networks: Option<BTreeSet<IpNet>> = parts(&form.networks).map(network).collect();
    let networks = networks.filter(|networks| networks.len() <= NAMED_AT_MOST);
    Ok(Conditions {
        step_up: form.step_up,
        reason: form.reason,
        ticket,
        hours: hours(caller, form)?,
        networks: networks.ok_or_else(|| wrong("networks"))?,
    })
}

/// Hours are whole or not there at all: half of them would open more than was meant.
fn hours(caller: &Caller, form: &GrantForm) -> Result<Option<Hours>, Problem> {
    let wrong = |name: &str| field(caller, name);
    let is_empty = |text: &str| text.trim().is_empty();
    if form.days.is_empty() && is_empty(&form.hours_from) && is_empty(&form.hours_until) {
        return Ok(None);
    }
    let days: Option<BTreeSet<Day>> = form.days.iter().map(|day| Day::parse(day)).collect();
    let days = days.filter(|days| !days.is_empty()).ok_or_else(|| wrong("days"))?;
    let zone = if is_empty(&form.zone) { "UTC" } else { form.zone.trim() };
    if !is_zone(zone) {
        return Err(wrong("zone"));
    }
    Ok(Some(Hours {
        days,
        from: minute_of(&form.hours_from).ok_or_else(|| wrong("hours_from"))?,
        until: minute_of(&form.hours_until).ok_or_else(|| wrong("hours_until"))?,
        zone: zone.to_owned(),
    }))
}

/// A network, or a single address.
fn network(text: &str) -> Option<IpNet> {
    let single = || text.parse::<IpAddr>().ok().map(|address| IpNet::from(address.to_canonical()));
    text.parse::<IpNet>().ok().map(|network| network.trunc()).or_else(single)
}

fn scope(caller: &Caller, form: &GrantForm) -> Result<Scope, Problem> {
    let wrong = |name: &str| field(caller, name);
    let sites = match form.sites_mode.as_str() {
        "all" => Sites::All,
        "these" => {
            let sites: Result<BTreeSet<SiteId>, _> = form.sites.iter().map(|id| SiteId::parse(id)).collect();
            let sites = sites.ok().filter(|sites| !sites.is_empty() && sites.len() <= NAMED_AT_MOST);
            Sites::These(sites.ok_or_else(|| wrong("sites"))?)
        }
        _ => return Err(wrong("sites")),
    };
    let people = match form.people_mode.as_str() {
        "everybody" => People::Everybody,
        "those" => {
            let groups = groups(&form.groups).ok_or_else(|| wrong("groups"))?;
            let domains: BTreeSet<String> =
                parts(&form.domains).map(|part| part.trim_start_matches('@').to_lowercase()).collect();
            if domains.iter().any(|domain| !is_domain(domain)) {
                return Err(wrong("domains"));
            }
            let named: BTreeSet<String> = parts(&form.named).map(str::to_lowercase).collect();
            let count = groups.len() + domains.len() + named.len();
            if count == 0 || count > NAMED_AT_MOST {
                return Err(wrong("people"));
            }
            People::Those { groups, domains, named }
        }
        _ => return Err(wrong("people")),
    };
    let managed = match form.managed_mode.as_str() {
        "all" => Groups::All,
        "these" => Groups::These(groups(&form.managed).ok_or_else(|| wrong("managed"))?),
        _ => return Err(wrong("managed")),
    };
    Ok(Scope { sites, people, groups: managed })
}

/// The parts of a list as people write it: in lines, with commas or semicolons.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', ',', ';']).map(str::trim).filter(|part| !part.is_empty())
}

fn groups(text: &str) -> Option<BTreeSet<(SiteId, GroupId)>> {
    let read = |part: &str| {
        let (site, group) = part.split_once('/')?;
        Some((SiteId::parse(site.trim()).ok()?, GroupId::parse(group.trim()).ok()?))
    };
    parts(text).map(read).collect::<Option<BTreeSet<_>>>().filter(|groups| groups.len() <= NAMED_AT_MOST)
}

fn is_domain(text: &str) -> bool {
    let fine = |label: &str| {
        !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    text.contains('.') && text.split('.').all(fine)
}

/// A number, or nothing for no limit.
fn number(text: &str) -> Option<Option<u32>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}
