//! Everyone at one moment, in the order of their names, with the text that a search looks through.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use model::{
    UserId,
    people::{PeopleSort, Person},
};
use uuid::Uuid;

use super::{
    columns::Columns,
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
    /// What filters and orders walk through.
    pub(super) columns: Columns,
}

/// Somebody of a newer snapshot: their text, who they are, and their place in the older one.
type Coming<'a> = (Cow<'a, str>, Arc<Compact>, Option<u32>);

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
        let mut coming: Vec<Coming<'_>> = Vec::with_capacity(self.people.len() + newer.len());
        for (place, person) in self.people.iter().enumerate() {
            if !gone.contains(&person.id) && !newer.contains_key(&person.id) {
                coming.push((self.text_of(place).into(), person.clone(), Some(place as u32)));
            }
        }
        for person in newer.into_values().filter(|person| !gone.contains(&person.id)) {
            coming.push((text(&person).into(), person, None));
        }
        // The text begins with the folded name, so its order is that of the names. Nearly all stand in order already,
        // which the stable sort makes use of.
        coming.sort_by(|left, right| (&left.0, left.1.id).cmp(&(&right.0, right.1.id)));
        self.followed_by(&coming, words)
    }

    fn followed_by(&self, coming: &[Coming<'_>], words: Words) -> Self {
        let mut newer = Self {
            text: String::with_capacity(coming.iter().map(|(text, ..)| text.len() + 1).sum()),
            begins: Vec::with_capacity(coming.len()),
            by_id: HashMap::with_capacity(coming.len()),
            people: Vec::with_capacity(coming.len()),
            ..Self::default()
        };
        for (place, (text, person, _)) in coming.iter().enumerate() {
            newer.begins.push(newer.text.len() as u32);
            newer.text.push_str(text);
            newer.text.push(BETWEEN);
            newer.by_id.insert(person.id, place as u32);
            newer.people.push(person.clone());
        }
        let by_email = newer.by_email(coming, &self.columns);
        newer.columns = Columns::of(newer.people.iter().map(AsRef::as_ref), &words, by_email);
        newer.words = words;
        newer
    }

    /// The order of addresses. Those who were there come in the order they had, so that little is left to sort.
    fn by_email(&self, coming: &[Coming<'_>], older: &Columns) -> Vec<u32> {
        let ordered = older.order(PeopleSort::Email).unwrap_or_default();
        let mut moved: Vec<Option<u32>> = vec![None; ordered.len()];
        let mut new = Vec::new();
        for ((_, _, before), place) in coming.iter().zip(0..) {
            match before {
                Some(before) => moved[*before as usize] = Some(place),
                None => new.push(place),
            }
        }
        let mut order = Vec::with_capacity(coming.len());
        order.extend(ordered.iter().filter_map(|before| moved[*before as usize]));
        order.extend(new);
        // The folded user name is the second part of the text.
        let address = |place: u32| self.text_of(place as usize).split(WITHIN).nth(1).unwrap_or_default();
        order.sort_by(|left, right| address(*left).cmp(address(*right)).then(left.cmp(right)));
        order
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
        self.place_of(id).map(|place| &self.people[place as usize])
    }

    /// The place of a person in the order of names.
    pub(super) fn place_of(&self, id: Uuid) -> Option<u32> {
        self.by_id.get(&id).copied()
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
    pub(crate) fn words_in_use(&self) -> (Vec<String>, Vec<String>) {
        let word = |number: &u16| Compact::word(&self.words, *number).to_owned();
        let told = |numbers: &[u16]| numbers.iter().map(word).filter(|word| !word.is_empty()).collect();
        (told(&self.columns.roles), told(&self.columns.statuses))
    }

    /// Everybody's id.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Uuid> {
        self.people.iter().map(|person| person.id)
    }

    /// The person who signs in with this name.
    pub(crate) fn named(&self, user_name: &str) -> Option<UserId> {
        let found = self.people.iter().find(|it| it.user_name().eq_ignore_ascii_case(user_name));
        found.map(|it| UserId::from(it.id))
    }

    /// Everybody by the name they sign in with, in lower case.
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
    fold_into(&line(person.name()), &mut out);
    out.push(WITHIN);
    fold_into(&line(person.user_name()), &mut out);
    if let Some(email) = person.other_email() {
        out.push(WITHIN);
        fold_into(&line(email), &mut out);
    }
    out
}

/// A text without the signs that stand between texts.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if text.contains([BETWEEN, WITHIN]) { text.replace([BETWEEN, WITHIN], " ").into() } else { text.into() }
}
