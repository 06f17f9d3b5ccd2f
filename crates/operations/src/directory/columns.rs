//! What lists filter and sort by, laid out for walking: one short record a person, and an order ready for each column.

use model::{
    people::{LastSignIn, PeopleSort},
    roles::SiteRole,
};

use super::compact::{Compact, NO_WORD, Word, Words};

/// What filters ask of a person, beside each other in memory and in the order of names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) last: i64,
    pub(super) site_count: u32,
    /// Where their sites begin among those of all people.
    places: u32,
    pub(super) highest: Word,
    pub(super) status: Word,
    /// The state of their administration of the tenant; [`NO_WORD`] without one.
    pub(super) administers: Word,
}

impl Fact {
    /// When they last signed in.
    pub(super) fn last_sign_in(&self) -> LastSignIn {
        Compact::told_by(self.last)
    }
}

/// A site of a person, and how they sign in there.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlaceFact {
    pub(super) site: u16,
    pub(super) sign_in: Word,
}

/// The columns of one snapshot. A person is their place in the order of names.
#[derive(Debug, Default)]
pub(super) struct Columns {
    facts: Vec<Fact>,
    places: Vec<PlaceFact>,
    by_email: Vec<u32>,
    by_role: Vec<u32>,
    by_sites: Vec<u32>,
    by_last: Vec<u32>,
    by_status: Vec<u32>,
    /// The highest roles and the statuses that occur.
    pub(super) roles: Vec<Word>,
    pub(super) statuses: Vec<Word>,
}

impl Columns {
    /// The columns of these people, who stand in the order of their names. `by_email` is given ready.
    pub(super) fn of<'a>(
        people: impl ExactSizeIterator<Item = &'a Compact>,
        words: &Words,
        by_email: Vec<u32>,
    ) -> Self {
        let mut facts = Vec::with_capacity(people.len());
        let mut places = Vec::new();
        for person in people {
            let state = person.administration(words).and_then(|state| words.find(state));
            facts.push(Fact {
                last: person.last_key(),
                site_count: person.site_count,
                places: places.len() as u32,
                highest: person.highest,
                status: person.status,
                administers: state.unwrap_or(NO_WORD),
            });
            let sites = person.places.as_deref().unwrap_or_default();
            places.extend(sites.iter().map(|it| PlaceFact { site: it.site, sign_in: it.sign_in }));
        }
        places.shrink_to_fit();
        let roles = in_use(facts.iter().map(|fact| fact.highest));
        let statuses = in_use(facts.iter().map(|fact| fact.status));
        let word = |number: Word| Compact::word(words, number);
        let reach = ranks(&roles, |role| u64::from(SiteRole::from(word(role).to_owned()).rank()));
        let letters = ranks(&statuses, |status| {
            statuses.iter().filter(|other| word(**other) < word(status)).count() as u64
        });
        let order = |key: &dyn Fn(&Fact) -> u64| order(facts.iter().map(key));
        Self {
            by_email,
            by_role: order(&|fact| reach[usize::from(fact.highest)]),
            by_sites: order(&|fact| u64::from(fact.site_count)),
            // The sign bit turned: the order of signed numbers is then that of unsigned ones.
            by_last: order(&|fact| fact.last.cast_unsigned() ^ (1 << 63)),
            by_status: order(&|fact| letters[usize::from(fact.status)]),
            facts,
            places,
            roles,
            statuses,
        }
    }

    /// What filters ask of a person.
    pub(super) fn fact(&self, at: u32) -> &Fact {
        &self.facts[at as usize]
    }

    /// The sites of a person.
    pub(super) fn places(&self, at: u32) -> &[PlaceFact] {
        let at = at as usize;
        let end = self.facts.get(at + 1).map_or(self.places.len(), |next| next.places as usize);
        &self.places[self.facts[at].places as usize..end]
    }

    /// Everyone in the order of a column, equals by name; `None` for the order of names itself.
    pub(super) fn order(&self, sort: PeopleSort) -> Option<&[u32]> {
        match sort {
            PeopleSort::Name => None,
            PeopleSort::Email => Some(&self.by_email),
            PeopleSort::Role => Some(&self.by_role),
            PeopleSort::Sites => Some(&self.by_sites),
            PeopleSort::Last => Some(&self.by_last),
            PeopleSort::Status => Some(&self.by_status),
        }
    }
}

/// Equal keys keep the order of names, on every page.
fn order(keys: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = keys.zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

fn in_use(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut seen = vec![false; usize::from(Word::MAX) + 1];
    words.for_each(|word| seen[usize::from(word)] = true);
    (0..=Word::MAX).filter(|word| seen[usize::from(*word)]).collect()
}

/// A key for each word, found by the word's number.
fn ranks(words: &[Word], key: impl Fn(Word) -> u64) -> Vec<u64> {
    let mut ranks = vec![0; words.iter().max().map_or(0, |most| usize::from(*most) + 1)];
    words.iter().for_each(|word| ranks[usize::from(*word)] = key(*word));
    ranks
}
