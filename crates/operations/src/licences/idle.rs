//! Seats that may be used in vain: people with a seat who were not seen for long.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use model::{
    Direction, Freshness, Moment, Page, Permission, Problem, ProblemCode, SiteId, UserId,
    licences::{
        Seats, Tier,
        idle::{
            Evidence, IdleCounts, IdlePage, IdleQuery, IdleRow, IdleSort, LeftOut, Seen, USUAL_DAYS, left_out,
        },
    },
    page::SIZES,
    people::{LastSignIn, PeopleQuery, Person},
    sites::{Site, SiteStatus},
};

use crate::{
    Caller, Operations,
    audit::seen::ListOf,
    directory::{Snapshot, Sought},
    people::rows,
};

/// The names of sites that a row shows.
const NAMES_SHOWN: usize = 3;

/// Why people are left out for another reason than what they are.
#[derive(Debug, Default)]
pub(super) struct Spared {
    people: HashMap<UserId, LeftOut>,
    closed: HashSet<SiteId>,
}

impl Spared {
    /// Why a person is left out, if they are.
    pub(super) fn why(&self, person: &Person, you: &[UserId]) -> Option<LeftOut> {
        let held = |seat: Tier| {
            let mut places = person.places.iter().flatten();
            places.any(|place| place.role.tier() == seat && self.closed.contains(&place.site))
        };
        left_out(person, you)
            .or_else(|| self.people.get(&person.id).cloned())
            .or_else(|| held(person.seat()).then_some(LeftOut::SiteSuspended))
    }
}

/// A query with its words read.
struct Asked {
    sought: Sought,
    seat: Option<Tier>,
    days: u32,
    only: String,
    you: Vec<UserId>,
    now: Moment,
}

/// Somebody who is listed.
struct Listed {
    at: u32,
    person: Person,
    seen: Seen,
    left_out: Option<LeftOut>,
}

impl Operations {
    /// People with a seat who were not seen for long, as the query asks for them.
    pub async fn idle_people(
        &self,
        caller: &Caller,
        query: &IdleQuery,
        freshness: Freshness,
    ) -> Result<IdlePage, Problem> {
        caller.must(Permission::SeePeople)?;
        if !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let asked = asked(caller, query).ok_or_else(|| caller.problem(ProblemCode::MalformedQuery))?;
        let (view, sites) = futures::join!(self.directory(caller, freshness), self.all_sites(caller));
        let (view, sites) = (view?, sites.unwrap_or_default());
        let spared = self.spared(caller).await?;
        let (people, as_of, days) = (view.people, view.as_of, asked.days);
        let of = people.len() as u64;
        let (sort, at) = ((query.sort, query.direction), query.page);
        let work = move || {
            let (all, counts) = listed(&people, &asked, &spared);
            let mut shown: Vec<Listed> = all.into_iter().filter(|it| is_shown(it, &asked.only)).collect();
            order(&mut shown, sort);
            let seats = shown.iter().fold(Seats::default(), |seats, it| add(seats, it.person.seat()));
            let page = Page::cut(shown, of, at, as_of);
            let rows = page.rows.iter().map(|it| row(it, &people, &sites)).collect();
            let page = Page { rows, total: page.total, of: page.of, at: page.at, as_of: page.as_of };
            (page, counts, seats, rows::site_choices(&sites))
        };
        let found = tokio::task::spawn_blocking(work).await;
        let (page, counts, seats, sites) = found.map_err(|_| caller.problem(ProblemCode::Internal))?;
        self.looks_at(caller, ListOf::tenant("idle-people", "people with seats used in vain"), query, &page)
            .await?;
        Ok(IdlePage { page, counts, seats, sites, days, loading: view.loading, stale: view.stale })
    }

    /// Everyone whom a query lists and whom nothing leaves out, at this moment.
    pub(super) async fn idle_now(&self, caller: &Caller, query: &IdleQuery) -> Result<Vec<UserId>, Problem> {
        let asked = asked(caller, query).ok_or_else(|| caller.problem(ProblemCode::MalformedQuery))?;
        let view = self.directory(caller, Freshness::Recent).await?;
        let spared = self.spared(caller).await?;
        let work = move || {
            let all = listed(&view.people, &asked, &spared).0;
            let proposed = all.into_iter().filter(|it| it.left_out.is_none() && is_shown(it, &asked.only));
            proposed.map(|it| it.person.id).collect()
        };
        let found = tokio::task::spawn_blocking(work).await;
        found.map_err(|_| caller.problem(ProblemCode::Internal))
    }

    /// People who are protected, and those who are excluded by hand.
    pub(super) async fn spared(&self, caller: &Caller) -> Result<Spared, Problem> {
        let excluded = self.0.store.seat_exclusions(caller.tenant()).await;
        let excluded = excluded.map_err(|error| caller.store_problem(&error))?;
        let mut spared: HashMap<UserId, LeftOut> =
            excluded.into_iter().map(|it| (it.user, LeftOut::ByHand(it))).collect();
        let protected = self.protections(caller).await?;
        spared.extend(protected.into_iter().map(|it| (it.user, LeftOut::Protected { reason: it.reason })));
        let sites = self.all_sites(caller).await?.into_iter();
        let closed = sites.filter(|site| site.status != SiteStatus::Active).map(|site| site.id).collect();
        Ok(Spared { people: spared, closed })
    }
}

fn asked(caller: &Caller, query: &IdleQuery) -> Option<Asked> {
    let people =
        PeopleQuery { search: query.search.clone(), site: query.site.clone(), ..PeopleQuery::default() };
    let seat = match query.seat.as_str() {
        "" => None,
        word => Some(Tier::parse(word).filter(|tier| *tier != Tier::Unlicensed)?),
    };
    let days = match query.days.as_str() {
        "" => USUAL_DAYS,
        days => days.parse::<u32>().ok().filter(|days| (1..=36_500).contains(days))?,
    };
    if !["", "long", "never", "unknown", "excluded"].contains(&query.only.as_str()) {
        return None;
    }
    Some(Asked {
        sought: Sought::read(&people, caller.now, Vec::new())?,
        seat,
        days,
        only: query.only.clone(),
        you: caller.account.identities().to_vec(),
        now: caller.now,
    })
}

/// Everyone with a seat who was not seen for long, with how many there are of each kind.
fn listed(people: &Snapshot, asked: &Asked, spared: &Spared) -> (Vec<Listed>, IdleCounts) {
    let mut counts = IdleCounts::default();
    let mut all = Vec::new();
    for at in people.find(&asked.sought).all() {
        let person = people.at(at);
        let seat = person.seat();
        let seen = Seen::of(person.last_sign_in, asked.days, asked.now);
        let wanted = asked.seat.is_none_or(|wanted| wanted == seat);
        if seat == Tier::Unlicensed || !wanted || seen == Seen::Lately {
            continue;
        }
        let left_out = spared.why(&person, &asked.you);
        match (&left_out, seen) {
            (Some(_), _) => counts.excluded += 1,
            (None, Seen::Never) => counts.never += 1,
            (None, Seen::Unknown) => counts.unknown += 1,
            (None, _) => counts.long += 1,
        }
        all.push(Listed { at, person, seen, left_out });
    }
    (all, counts)
}

fn is_shown(it: &Listed, only: &str) -> bool {
    match only {
        "excluded" => it.left_out.is_some(),
        "" => it.left_out.is_none(),
        word => it.left_out.is_none() && it.seen.word() == word,
    }
}

/// Equal keys keep the order of names.
fn order(all: &mut [Listed], (sort, direction): (IdleSort, Direction)) {
    let last = |it: &Listed| match it.person.last_sign_in {
        LastSignIn::Never => (0, 0),
        LastSignIn::Unknown => (1, 0),
        LastSignIn::At(at) => (2, at.seconds()),
    };
    match sort {
        IdleSort::Name => {}
        IdleSort::Last => all.sort_by_key(last),
        IdleSort::Seat => all.sort_by_key(|it| it.person.seat()),
        IdleSort::Sites => all.sort_by_key(|it| Reverse(it.person.site_count)),
    }
    if direction == Direction::Down {
        all.reverse();
    }
}

fn row(it: &Listed, people: &Snapshot, sites: &[Site]) -> IdleRow {
    let seat = it.person.seat();
    let places = it.person.places.as_deref().unwrap_or_default();
    let holding = places.iter().filter(|place| place.role.tier() == seat);
    let mut held_by: Vec<String> = holding
        .map(|place| {
            let site = sites.iter().find(|site| site.id == place.site);
            site.map_or_else(|| place.site.to_string(), |site| site.name.clone())
        })
        .collect();
    held_by.sort_unstable();
    let more = held_by.len().saturating_sub(NAMES_SHOWN);
    held_by.truncate(NAMES_SHOWN);
    if more > 0 {
        held_by.push(format!("{more} more"));
    }
    IdleRow {
        person: rows::row(people, it.at, sites, &[]),
        seen: it.seen,
        evidence: Evidence::of(seat, it.seen),
        held_by,
        left_out: it.left_out.clone(),
    }
}

fn add(mut seats: Seats, tier: Tier) -> Seats {
    match tier {
        Tier::Creator => seats.creators += 1,
        Tier::Explorer => seats.explorers += 1,
        Tier::Viewer => seats.viewers += 1,
        Tier::Unlicensed => seats.unlicensed += 1,
    }
    seats
}
