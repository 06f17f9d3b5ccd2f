//! Finding people in the directory: part of a name, filters that combine, an order, and a page.

use memchr::memmem;
use model::{
    Direction, Moment, SiteId, UserId,
    people::{LastSignIn, PeopleQuery, PeopleSort},
    roles::SiteRole,
};
use uuid::Uuid;

use super::{
    compact::{Compact, Words},
    fold::fold,
    snapshot::Snapshot,
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

enum Last {
    Never,
    Unknown,
    /// Before this time; never counts too.
    Before(i64),
}

/// The places of those who match, in the order asked for.
pub(crate) struct Found(pub(crate) Vec<u32>);

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
            text: fold(search),
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
    /// Those who match, in the order asked for.
    pub(crate) fn find(&self, sought: &Sought) -> Found {
        let filter = Filter::of(sought, &self.words);
        let mut places = match (&sought.text, sought.id) {
            (text, _) if text.is_empty() => (0..self.people.len() as u32).collect(),
            (_, Some(id)) => {
                (0..self.people.len() as u32).filter(|at| self.people[*at as usize].id == id).collect()
            }
            (text, None) => self.containing(text),
        };
        places.retain(|at| filter.lets(&self.people[*at as usize], &self.words));
        self.sort(&mut places, sought.sort, sought.direction);
        Found(places)
    }

    /// Those whose texts contain this one, in the order of their names.
    fn containing(&self, text: &str) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let finder = memmem::Finder::new(text);
        let mut from = 0;
        while let Some(hit) = finder.find(&self.text.as_bytes()[from..]) {
            let at = from + hit;
            let place = self.begins.partition_point(|begin| *begin as usize <= at) - 1;
            found.push(place as u32);
            // One hit is enough: on to the next person.
            from = match self.begins.get(place + 1) {
                Some(next) => *next as usize,
                None => break,
            };
        }
        found
    }

    /// Places stand for names, so equal keys keep the order of names on every page.
    fn sort(&self, places: &mut [u32], sort: PeopleSort, direction: Direction) {
        let person = |at: u32| &self.people[at as usize];
        let rank = |at: u32| SiteRole::from(Compact::word(&self.words, person(at).highest).to_owned()).rank();
        match sort {
            PeopleSort::Name => {}
            PeopleSort::Email => places.sort_by_cached_key(|at| fold(person(*at).user_name())),
            PeopleSort::Role => places.sort_by_cached_key(|at| rank(*at)),
            PeopleSort::Sites => places.sort_by_key(|at| person(*at).site_count),
            PeopleSort::Last => places.sort_by_key(|at| person(*at).last_key()),
            PeopleSort::Status => {
                places.sort_by(|left, right| {
                    let status = |at: &u32| Compact::word(&self.words, person(*at).status);
                    status(left).cmp(status(right))
                });
            }
        }
        if direction == Direction::Down {
            places.reverse();
        }
    }
}

/// A query against the words of one snapshot: comparing numbers is quicker than comparing words.
struct Filter<'a> {
    sought: &'a Sought,
    role: Option<Option<u16>>,
    status: Option<Option<u16>>,
    site: Option<Option<u16>>,
    sign_in: Option<Option<u16>>,
}

impl<'a> Filter<'a> {
    fn of(sought: &'a Sought, words: &Words) -> Self {
        let number = |word: &Option<String>| word.as_ref().map(|word| words.find(word));
        let site = match &sought.site {
            Some(Site::One(site)) => Some(words.find_site(site)),
            _ => None,
        };
        Self {
            role: number(&sought.role),
            status: number(&sought.status),
            sign_in: number(&sought.sign_in),
            site,
            sought,
        }
    }

    /// A word that does not occur at all lets nobody through.
    fn lets(&self, person: &Compact, words: &Words) -> bool {
        let places = person.places.as_deref().unwrap_or_default();
        let is =
            |wanted: Option<Option<u16>>, number: u16| wanted.is_none_or(|wanted| wanted == Some(number));
        is(self.role, person.highest)
            && is(self.status, person.status)
            && self.site.is_none_or(|site| places.iter().any(|place| Some(place.site) == site))
            && self.sign_in.is_none_or(|kind| places.iter().any(|place| Some(place.sign_in) == kind))
            && !(matches!(self.sought.site, Some(Site::None)) && person.site_count > 0)
            && self.lets_tenant(person, words)
            && self.lets_last(person)
            && self.sought.protected.as_ref().is_none_or(|protected| protected.contains(&person.id))
    }

    fn lets_tenant(&self, person: &Compact, words: &Words) -> bool {
        match &self.sought.tenant {
            None => true,
            Some(Tenant::Any) => person.administration(words).is_some(),
            Some(Tenant::None) => person.administration(words).is_none(),
            Some(Tenant::State(state)) => person.administration(words) == Some(state),
        }
    }

    fn lets_last(&self, person: &Compact) -> bool {
        match (&self.sought.last, person.last_sign_in()) {
            (None, _)
            | (Some(Last::Never), LastSignIn::Never)
            | (Some(Last::Unknown), LastSignIn::Unknown) => true,
            (Some(Last::Before(_)), LastSignIn::Never) => true,
            (Some(Last::Before(before)), LastSignIn::At(at)) => at.seconds() < *before,
            _ => false,
        }
    }
}
