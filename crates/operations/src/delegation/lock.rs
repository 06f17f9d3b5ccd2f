//! The lock around rows: when they are planned, and again when they are sent.

mod again;

use std::collections::{HashMap, HashSet};

pub(crate) use again::Changed;
use model::{
    Grant, GroupId, Permission, Problem, SiteId,
    delegation::{
        Actor, Command, Decision, Delegation, Facts, Reason, Rule, Sites, Usage, decide, seats_taken,
    },
    people::Person,
    plan::{Permit, SeatMove, SiteWish, Step, Verdict, Why, Wish, none},
};

use super::world::World;
use crate::{Account, Caller, Operations, Who};

/// Rows of the last hour count against what an hour allows.
pub(crate) const HOUR_SECONDS: i64 = 60 * 60;

/// Everything that decides about the rows of one member.
pub(crate) struct Lock {
    actor: Actor,
    grants: Vec<Grant>,
    /// Those that open files.
    for_files: Vec<Grant>,
    world: World,
    rows_in_hour: u32,
    /// Whom plans of theirs were about lately without anybody's approval, by name in small letters.
    lately: HashSet<String>,
}

/// A row, as far as the lock looks at it.
pub(crate) struct Asked<'a> {
    pub(crate) wish: &'a Wish,
    /// The person in the tenant; `None` for nobody.
    pub(crate) person: Option<&'a Person>,
    pub(crate) user_name: &'a str,
    /// Whether somebody is there: on the site, if the tenant does not know them.
    pub(crate) is_there: bool,
    /// Who would get the content.
    pub(crate) heir: Option<&'a Person>,
    pub(crate) usage: Usage,
    /// Whether the row stood in a file: the grant by which it goes must open those too.
    pub(crate) from_file: bool,
}

impl Operations {
    /// The lock for rows with these wishes; nothing for administrators, for whom Tableau itself decides.
    pub(crate) async fn lock<'a>(
        &self,
        caller: &Caller,
        wishes: impl Iterator<Item = &'a Wish>,
        people: impl Iterator<Item = &'a Person>,
    ) -> Result<Option<Lock>, Problem> {
        let Some(actor) = actor(caller) else { return Ok(None) };
        let mut sites: HashSet<SiteId> = HashSet::new();
        let mut everywhere = false;
        for wish in wishes {
            match wish.site() {
                Some(site) => _ = sites.insert(*site),
                None => everywhere = true,
            }
        }
        if everywhere {
            sites.extend(people.flat_map(|person| person.places.iter().flatten()).map(|place| place.site));
        }
        let world = self.world(caller, &caller.grants, &sites).await?;
        let since = caller.now.plus_seconds(-HOUR_SECONDS);
        let who = caller.account.author().to_string();
        let rows = self.0.store.rows_begun_by(caller.tenant(), &who, since).await;
        let rows_in_hour = rows.map_err(|error| caller.store_problem(&error))?;
        let rows_in_hour = u32::try_from(rows_in_hour).unwrap_or(u32::MAX);
        let lately = self.people_lately(caller).await?.map(|lately| lately.names).unwrap_or_default();
        let grants = caller.grants.clone();
        let for_files = grants.iter().filter(|grant| opens_files(grant)).cloned().collect();
        Ok(Some(Lock { actor, grants, for_files, world, rows_in_hour, lately }))
    }
}

/// Who a member is to the lock; nobody for an administrator. Freshness and a reason are asked for when a plan is applied:
/// the lock is then asked once more, see [`Lock::judge_again`].
fn actor(caller: &Caller) -> Option<Actor> {
    let Account { who: Who::Member { linked, .. }, .. } = &caller.account else { return None };
    Some(Actor {
        is_active: true,
        linked: linked.clone(),
        names: caller.account.own_names(),
        is_fresh: true,
        reason: Reason::Later,
    })
}

impl Lock {
    /// Decides about one row.
    pub(crate) fn decide(&self, asked: &Asked<'_>) -> Decision {
        if asked.is_there && asked.person.is_none() {
            return Decision::Refuse { rule: Rule::NotTold, grant: None };
        }
        let grants = if asked.from_file { &self.for_files } else { &self.grants };
        decide(&self.actor, grants, &command(asked), &self.facts(asked))
    }

    fn facts(&self, asked: &Asked<'_>) -> Facts {
        let wish = asked.wish.on_site();
        let group = wish.and_then(|wish| wish.change.group()).map(|(group, _)| *group);
        let group =
            wish.zip(group).and_then(|(wish, group): (_, GroupId)| self.world.group(&wish.site, &group));
        let told = asked.wish.site().and_then(|site| self.world.sites.get(site));
        Facts {
            person: asked.person.map(|person| self.world.subject(person)),
            user_name: asked.user_name.to_owned(),
            recipient: asked.heir.map(|heir| self.world.subject(heir)),
            group,
            floor: told.map(|told| told.floor.clone()),
            usage: Usage {
                rows_in_hour: self.rows_in_hour.saturating_add(asked.usage.rows_in_hour),
                ..asked.usage
            },
        }
    }

    /// Decides about every row of a plan and marks it: with the permit by which it goes, or as refused. `people` are by
    /// the name they sign in with.
    /// `asked_as` tells how each was asked for.
    pub(crate) fn judge(&self, steps: &mut [Step], asked_as: &[String], people: &HashMap<String, Person>) {
        let mut usage = Usage { people_in_plan: self.people_with(steps), ..Usage::default() };
        for (step, asked_as) in steps.iter_mut().zip(asked_as) {
            let person = people.get(&step.user_name.to_lowercase());
            let Some(wish) = step.wish.clone() else {
                if !person.is_some_and(|person| self.knows(person, None)) {
                    forget(step, asked_as);
                }
                continue;
            };
            let asked = Asked {
                wish: &wish,
                person,
                user_name: &step.user_name,
                is_there: step.site_user.is_some(),
                heir: heir(&wish).and_then(|name| people.get(&name)),
                usage,
                from_file: step.line.is_some(),
            };
            let decision = self.decide(&asked);
            let is_sent = matches!(step.verdict, Verdict::Create | Verdict::Change | Verdict::Dangerous);
            if decision.may_be_planned() && is_sent {
                usage.rows_in_plan += 1;
                usage.seats_in_plan += seats_taken(&command(&asked), &self.facts(&asked));
            }
            let shows = self.shows(&asked);
            self.mark(step, asked_as, &decision, shows);
        }
    }

    /// How many people a plan is about, together with those of the last day whom nobody approved: many small plans are one
    /// large one.
    fn people_with(&self, steps: &[Step]) -> u32 {
        let mut everybody: HashSet<String> = steps.iter().map(|step| step.user_name.to_lowercase()).collect();
        everybody.extend(self.lately.iter().cloned());
        u32::try_from(everybody.len()).unwrap_or(u32::MAX)
    }

    /// Whether the member may know whom a refused row is about, or that nobody is: anybody in scope where they are, and
    /// somebody who is not there by a name that the member may bring into being. Everybody else looks alike.
    fn shows(&self, asked: &Asked<'_>) -> bool {
        let site = asked.wish.site();
        if asked.person.is_some_and(|person| self.knows(person, site)) {
            return true;
        }
        self.standing().any(|grant| {
            let scope = &grant.scope;
            let on_site = match site {
                Some(site) => scope.has_site(site),
                None => scope.sites == Sites::All,
            };
            let may_come = asked.is_there || grant.verbs.contains(&Permission::CreatePeople);
            on_site && may_come && scope.has_name(asked.user_name)
        })
    }

    /// Whether somebody is in scope of a grant that counts: on the site, or where it is about none, on any site they are
    /// on.
    fn knows(&self, person: &Person, site: Option<&SiteId>) -> bool {
        let subject = self.world.subject(person);
        let is_nowhere = subject.roles.as_ref().is_some_and(Vec::is_empty);
        self.standing().any(|grant| {
            let scope = &grant.scope;
            let on = |site: &SiteId| scope.has_person(&subject, site);
            let is_on = || subject.sites().any(on);
            match site {
                Some(site) => on(site) && (subject.role(site).is_some() || self.knows(person, None)),
                None => {
                    is_on() || (is_nowhere && scope.sites == Sites::All && scope.has_name(&person.user_name))
                }
            }
        })
    }

    /// The grants that count.
    fn standing(&self) -> impl Iterator<Item = &Delegation> {
        self.grants.iter().filter_map(|grant| match grant {
            Grant::Delegated(held) if held.is_standing() => Some(&held.delegation),
            _ => None,
        })
    }

    /// Takes back what seats would tell of rows that show nobody.
    pub(crate) fn hide_seats(steps: &mut [Step]) {
        for step in steps.iter_mut().filter(|step| step.user.is_none() && step.verdict == Verdict::Refused) {
            step.seat = SeatMove::default();
        }
    }

    /// Who gave a grant: the one to ask.
    fn by(&self, grant: model::GrantId) -> Option<&str> {
        self.grants.iter().find_map(|held| match held {
            Grant::Delegated(held) if held.delegation.id == grant => Some(held.delegation.by.as_str()),
            _ => None,
        })
    }

    fn mark(&self, step: &mut Step, asked_as: &str, decision: &Decision, shows: bool) {
        if let Decision::Refuse { rule, grant } = decision {
            let by = grant.and_then(|grant| self.by(grant));
            return if shows && !rule.hides() { refuse(step, *rule, by) } else { hide(step, asked_as) };
        }
        step.permit = step.wish.as_ref().and_then(|wish| self.permit(wish, decision));
    }

    /// The permit by which a row goes.
    fn permit(&self, wish: &Wish, decision: &Decision) -> Option<Permit> {
        let waits = match decision {
            Decision::Approval { why, .. } => why.clone(),
            Decision::Allow { .. } => Vec::new(),
            Decision::Refuse { .. } => return None,
        };
        let grant = decision.grant()?;
        let held = self.grants.iter().find_map(|held| match held {
            Grant::Delegated(held) if held.delegation.id == grant => Some(&held.delegation),
            _ => None,
        })?;
        let takes_away = wish.takes_away() || matches!(wish, Wish::Leave { .. });
        Some(Permit {
            grant,
            waits,
            fresh: held.conditions.step_up || takes_away,
            reason: held.conditions.reason || held.conditions.ticket.is_some(),
            ticket: held.conditions.ticket.clone(),
        })
    }
}

fn opens_files(grant: &Grant) -> bool {
    match grant {
        Grant::Administrator => true,
        Grant::Delegated(held) => held.opens(&[Permission::ImportFiles]),
    }
}

/// The name of the person who would get the content, in small letters.
pub(crate) fn heir(wish: &Wish) -> Option<String> {
    match &wish.on_site()?.change {
        SiteWish::Remove { assets_to: Some(heir) } => Some(heir.name.to_lowercase()),
        _ => None,
    }
}

fn command<'a>(asked: &Asked<'a>) -> Command<'a> {
    Command::Row { wish: asked.wish, creates: asked.person.is_none() }
}

/// Refuses a row whose person the member may not know: it says what it would say of a name that the tenant does not know.
fn hide(step: &mut Step, asked_as: &str) {
    step.verdict = Verdict::Refused;
    step.permit = None;
    let on_site = step.wish.as_ref().and_then(Wish::on_site).is_some();
    step.why = vec![Why::NoSuchPerson];
    step.note.clear();
    step.before = if on_site { none::PLACE } else { none::PERSON }.to_owned();
    step.after = step.wish.as_ref().map_or_else(String::new, Wish::goal);
    forget(step, asked_as);
}

/// Leaves nothing of whom a row is about but the words by which they were asked for.
fn forget(step: &mut Step, asked_as: &str) {
    (step.user, step.site_user) = (None, None);
    asked_as.clone_into(&mut step.user_name);
    step.name.clear();
}

/// Refuses a row by a rule, and names whom to ask.
fn refuse(step: &mut Step, rule: Rule, by: Option<&str>) {
    step.verdict = Verdict::Refused;
    step.permit = None;
    step.why.push(Why::ByRule);
    step.why.sort_unstable();
    step.why.dedup();
    let ask = by.map_or_else(
        || " Ask a cloud administrator.".to_owned(),
        |by| format!(" Ask {by}, who gave the grant."),
    );
    step.note = format!("{}{ask}", rule.words());
}
