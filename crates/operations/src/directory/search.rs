//! Finding people in the directory: part of a name, filters that combine, an order, and a page.

use std::collections::HashSet;

use memchr::memmem;
use model::{
    Direction, Moment, SiteId, UserId,
    people::{LastSignIn, PeopleQuery, PeopleSort},
};
use uuid::Uuid;

use super::{
    columns::{Fact, PlaceFact},
    compact::NO_WORD,
    fold::fold,
    snapshot::{Snapshot, line},
};

/// What a query asks for, its words read and checked.
pub(crate) struct Sought {
    text: String,
    id: Option<Uuid>,
    role: Option<String>,
    tenant: Option<Tenant>,
    status: Option<String>,
    site: Option<Site>,
    sign_in: Option<String>,
    last: Option<Last>,
    pub(crate) protected: Option<Vec<Uuid>>,
    sort: PeopleSort,
    direction: Direction,
}

enum Tenant {
    Any,
    None,
    State(String),
}

enum Site {
    None,
    One(SiteId),
}

#[derive(Clone, Copy)]
enum Last {
    Never,
    Unknown,
    /// Before this time; never counts too.
    Before(i64),
}

/// Those who match. Nothing is put in order for it: an order that is ready is walked.
pub(crate) struct Found<'a> {
    /// Their places, in the order of names.
    matching: Vec<u32>,
    /// Everyone in the order asked for; `None` for that of names.
    order: Option<&'a [u32]>,
    direction: Direction,
    /// How many people there are.
    of: usize,
}

impl Found<'_> {
    /// How many match.
    pub(crate) fn total(&self) -> u64 {
        self.matching.len() as u64
    }

    /// Everyone's place, in the order asked for.
    pub(crate) fn all(&self) -> Vec<u32> {
        self.some(0, self.matching.len())
    }

    /// So many places from one on, in the order asked for.
    pub(crate) fn some(&self, first: usize, count: usize) -> Vec<u32> {
        match self.order {
            None => self.cut(self.matching.iter().copied(), first, count),
            Some(order) if self.matching.len() == self.of => self.cut(order.iter().copied(), first, count),
            Some(order) => {
                let mut matches = vec![false; self.of];
                self.matching.iter().for_each(|at| matches[*at as usize] = true);
                let places = order.iter().copied().filter(|at| matches[*at as usize]);
                self.cut(places, first, count)
            }
        }
    }

    fn cut(&self, places: impl DoubleEndedIterator<Item = u32>, first: usize, count: usize) -> Vec<u32> {
        match self.direction {
            Direction::Up => places.skip(first).take(count).collect(),
            Direction::Down => places.rev().skip(first).take(count).collect(),
        }
    }
}

impl Sought {
    /// Reads a query; `None` when one of its words cannot be.
    pub(crate) fn read(query: &PeopleQuery, now: Moment, protected: Vec<Uuid>) -> Option<Self> {
        let word = |text: &String| (!text.is_empty()).then(|| text.clone());
        let search = query.search.trim();
        let words = [&query.search, &query.role, &query.tenant, &query.status, &query.signin];
        if words.iter().any(|word| word.chars().count() > 200) {
            return None;
        }
        Some(Self {
            text: fold(&line(search)),
            id: UserId::parse(search).ok().map(|id| id.uuid()),
            role: word(&query.role),
            tenant: match query.tenant.as_str() {
                "" => None,
                "any" => Some(Tenant::Any),
                "none" => Some(Tenant::None),
                state => Some(Tenant::State(state.to_uppercase())),
            },
            status: word(&query.status),
            site: match query.site.as_str() {
                "" => None,
                "none" => Some(Site::None),
                id => Some(Site::One(SiteId::parse(id).ok()?)),
            },
            sign_in: word(&query.signin),
            last: match query.last.as_str() {
                "" => None,
                "never" => Some(Last::Never),
                "unknown" => Some(Last::Unknown),
                days => {
                    let days = days.parse::<u32>().ok().filter(|days| (1..=36_500).contains(days))?;
                    Some(Last::Before(now.plus_seconds(-i64::from(days) * 86_400).seconds()))
                }
            },
            protected: match query.mark.as_str() {
                "" => None,
                "protected" => Some(protected),
                _ => return None,
            },
            sort: query.sort,
            direction: query.direction,
        })
    }
}

impl Snapshot {
    /// Those who match, to be walked in the order asked for.
    pub(crate) fn find(&self, sought: &Sought) -> Found<'_> {
        let filter = Filter::of(sought, self);
        let mut matching = match (&sought.text, sought.id) {
            (text, _) if text.is_empty() => (0..self.people.len() as u32).collect(),
            (_, Some(id)) => self.place_of(id).into_iter().collect(),
            (text, None) => self.containing(text),
        };
        if !filter.lets_everyone() {
            matching.retain(|at| filter.lets(self, *at));
        }
        let order = self.columns.order(sought.sort);
        Found { matching, order, direction: sought.direction, of: self.people.len() }
    }

    /// Those whose texts contain this one, in the order of their names.
    fn containing(&self, text: &str) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let finder = memmem::Finder::new(text);
        let (mut from, mut place) = (0, 0);
        while let Some(hit) = finder.find(&self.text.as_bytes()[from..]) {
            place = self.reaching(place, from + hit);
            found.push(place as u32);
            // One hit is enough: on to the next person.
            place += 1;
            from = match self.begins.get(place) {
                Some(next) => *next as usize,
                None => break,
            };
        }
        found
    }

    /// The person whose text holds this position, not before the one given. Hits come in order and often close
    /// together, so the steps begin small.
    fn reaching(&self, mut place: usize, position: usize) -> usize {
        let begins_by = |at: usize| self.begins.get(at).is_some_and(|begin| *begin as usize <= position);
        let mut step = 1;
        while begins_by(place + step) {
            place += step;
            step *= 2;
        }
        let next = &self.begins[place..(place + step).min(self.begins.len())];
        place + next.partition_point(|begin| *begin as usize <= position) - 1
    }
}

/// A query against the words of one snapshot: comparing numbers is quicker than comparing words. A word that does not
/// occur is `Some(None)` and lets nobody through.
struct Filter {
    role: Option<Option<u16>>,
    status: Option<Option<u16>>,
    site: Option<Option<u16>>,
    on_no_site: bool,
    sign_in: Option<Option<u16>>,
    tenant: Option<TenantNumber>,
    last: Option<Last>,
    protected: Option<HashSet<u32>>,
}

enum TenantNumber {
    Any,
    None,
    State(Option<u16>),
}

impl Filter {
    fn of(sought: &Sought, people: &Snapshot) -> Self {
        let words = &people.words;
        let number = |word: &Option<String>| word.as_ref().map(|word| words.find(word));
        let places = |ids: &Vec<Uuid>| ids.iter().filter_map(|id| people.place_of(*id)).collect();
        Self {
            role: number(&sought.role),
            status: number(&sought.status),
            site: match &sought.site {
                Some(Site::One(site)) => Some(words.find_site(site)),
                _ => None,
            },
            on_no_site: matches!(sought.site, Some(Site::None)),
            sign_in: number(&sought.sign_in),
            tenant: sought.tenant.as_ref().map(|tenant| match tenant {
                Tenant::Any => TenantNumber::Any,
                Tenant::None => TenantNumber::None,
                Tenant::State(state) => TenantNumber::State(words.find(state)),
            }),
            last: sought.last,
            protected: sought.protected.as_ref().map(places),
        }
    }

    fn lets_everyone(&self) -> bool {
        let Self { role, status, site, on_no_site, sign_in, tenant, last, protected } = self;
        role.is_none()
            && status.is_none()
            && site.is_none()
            && !on_no_site
            && sign_in.is_none()
            && tenant.is_none()
            && last.is_none()
            && protected.is_none()
    }

    fn lets(&self, people: &Snapshot, at: u32) -> bool {
        let fact = people.columns.fact(at);
        let is =
            |wanted: Option<Option<u16>>, number: u16| wanted.is_none_or(|wanted| wanted == Some(number));
        is(self.role, fact.highest)
            && is(self.status, fact.status)
            && !(self.on_no_site && fact.site_count > 0)
            && self.lets_tenant(fact)
            && self.last.is_none_or(|last| last.includes(fact.last_sign_in()))
            && self.protected.as_ref().is_none_or(|protected| protected.contains(&at))
            && self.lets_places(people.columns.places(at))
    }

    fn lets_places(&self, places: &[PlaceFact]) -> bool {
        self.site.is_none_or(|site| places.iter().any(|place| Some(place.site) == site))
            && self.sign_in.is_none_or(|kind| places.iter().any(|place| Some(place.sign_in) == kind))
    }

    fn lets_tenant(&self, fact: &Fact) -> bool {
        match self.tenant {
            None => true,
            Some(TenantNumber::Any) => fact.administers != NO_WORD,
            Some(TenantNumber::None) => fact.administers == NO_WORD,
            Some(TenantNumber::State(state)) => state == Some(fact.administers),
        }
    }
}

impl Last {
    fn includes(self, last: LastSignIn) -> bool {
        match (self, last) {
            (Self::Never | Self::Before(_), LastSignIn::Never) | (Self::Unknown, LastSignIn::Unknown) => true,
            (Self::Before(before), LastSignIn::At(at)) => at.seconds() < before,
            _ => false,
        }
    }
}
