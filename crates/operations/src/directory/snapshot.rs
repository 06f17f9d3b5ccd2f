//! Everyone at one moment, in the order of their names, with the text that a search looks through.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{UserId, people::Person};
use uuid::Uuid;

use super::{
    compact::{Compact, Words},
    fold::fold_into,
};

/// Stands between the texts of two people, so that no search reaches over it.
const BETWEEN: char = '\n';
/// Stands between the texts of one person.
const WITHIN: char = '\u{1f}';

/// Everyone at one moment. It does not change: a newer one takes its place.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    pub(super) words: Words,
    /// By name, then by id.
    pub(super) people: Vec<Arc<Compact>>,
    /// The folded texts of all people, one after the other.
    pub(super) text: String,
    /// Where each person's text begins.
    pub(super) begins: Vec<u32>,
    by_id: HashMap<Uuid, u32>,
}

impl Snapshot {
    /// A newer one: these people as they are told now, and without those who are gone.
    pub(crate) fn with(&self, told: &[Person], gone: &HashSet<Uuid>) -> Self {
        let mut words = self.words.clone();
        let mut newer: HashMap<Uuid, Arc<Compact>> = HashMap::with_capacity(told.len());
        for person in told {
            let known = newer.get(&person.id.uuid()).or_else(|| self.get(person.id.uuid()));
            let packed = Compact::pack(person, known.map(AsRef::as_ref), &mut words);
            newer.insert(packed.id, Arc::new(packed));
        }
        let mut texts: Vec<(String, Arc<Compact>)> = Vec::with_capacity(self.people.len() + newer.len());
        for (place, person) in self.people.iter().enumerate() {
            if !gone.contains(&person.id) && !newer.contains_key(&person.id) {
                texts.push((self.text_of(place).to_owned(), person.clone()));
            }
        }
        for person in newer.into_values().filter(|person| !gone.contains(&person.id)) {
            texts.push((text(&person), person));
        }
        // The text begins with the folded name, so its order is that of the names.
        texts.sort_unstable_by(|left, right| (&left.0, left.1.id).cmp(&(&right.0, right.1.id)));
        Self::of(texts, words)
    }

    fn of(texts: Vec<(String, Arc<Compact>)>, words: Words) -> Self {
        let mut all = String::with_capacity(texts.iter().map(|(text, _)| text.len() + 1).sum());
        let mut begins = Vec::with_capacity(texts.len());
        let mut by_id = HashMap::with_capacity(texts.len());
        let mut people = Vec::with_capacity(texts.len());
        for (place, (text, person)) in texts.into_iter().enumerate() {
            begins.push(all.len() as u32);
            all.push_str(&text);
            all.push(BETWEEN);
            by_id.insert(person.id, place as u32);
            people.push(person);
        }
        Self { words, people, text: all, begins, by_id }
    }

    fn text_of(&self, place: usize) -> &str {
        let begin = self.begins[place] as usize;
        let end = self.begins.get(place + 1).map_or(self.text.len(), |next| *next as usize);
        self.text[begin..end].trim_end_matches(BETWEEN)
    }

    /// How many people there are.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is known yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    fn get(&self, id: Uuid) -> Option<&Arc<Compact>> {
        self.by_id.get(&id).map(|place| &self.people[*place as usize])
    }

    /// One person.
    pub(crate) fn person(&self, id: UserId) -> Option<Person> {
        self.get(id.uuid()).map(|person| person.unpack(&self.words))
    }

    /// The person at a place of a search.
    pub(crate) fn at(&self, place: u32) -> Person {
        self.people[place as usize].unpack(&self.words)
    }

    /// The id of the person at a place of a search.
    pub(crate) fn id_at(&self, place: u32) -> Uuid {
        self.people[place as usize].id
    }

    /// The roles and statuses that occur.
    pub(crate) fn words_in_use(&self) -> (HashSet<String>, HashSet<String>) {
        let (mut roles, mut statuses) = (HashSet::new(), HashSet::new());
        for person in &self.people {
            roles.insert(person.highest);
            statuses.insert(person.status);
        }
        let word = |number: u16| Compact::word(&self.words, number).to_owned();
        let told =
            |numbers: HashSet<u16>| numbers.into_iter().map(word).filter(|word| !word.is_empty()).collect();
        (told(roles), told(statuses))
    }

    /// Everybody's id.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Uuid> {
        self.people.iter().map(|person| person.id)
    }

    /// Everybody by the name they sign in with, in lower case.
    /// The person who signs in with this name.
    pub(crate) fn named(&self, user_name: &str) -> Option<UserId> {
        let found = self.people.iter().find(|it| it.user_name().eq_ignore_ascii_case(user_name));
        found.map(|it| UserId::from(it.id))
    }

    pub(crate) fn by_user_name(&self) -> HashMap<String, UserId> {
        self.people.iter().map(|it| (it.user_name().to_lowercase(), UserId::from(it.id))).collect()
    }

    /// Everyone who is not told in the same way in an older snapshot that this one grew out of.
    pub(crate) fn changed_since(&self, older: &Self) -> Vec<Person> {
        let same = |person: &Arc<Compact>| older.get(person.id).is_some_and(|known| known == person);
        self.people.iter().filter(|person| !same(person)).map(|person| person.unpack(&self.words)).collect()
    }

    /// Everyone of an older snapshot who is not here any more.
    pub(crate) fn gone_since(&self, older: &Self) -> Vec<UserId> {
        older.ids().filter(|id| self.get(*id).is_none()).map(UserId::from).collect()
    }

    /// Active cloud administrators.
    pub(crate) fn active_administrators(&self) -> Vec<UserId> {
        let active = |person: &&Arc<Compact>| {
            person.administration(&self.words).is_some_and(|status| status == "ACTIVE" || status.is_empty())
        };
        self.people.iter().filter(active).map(|person| UserId::from(person.id)).collect()
    }
}

fn text(person: &Compact) -> String {
    let mut out = String::with_capacity(64);
    let line = |text: &str| text.replace([BETWEEN, WITHIN], " ");
    fold_into(&line(person.name()), &mut out);
    out.push(WITHIN);
    fold_into(&line(person.user_name()), &mut out);
    if let Some(email) = person.other_email() {
        out.push(WITHIN);
        fold_into(&line(email), &mut out);
    }
    out
}
