//! Events, packed: words that repeat are numbers, so that a million of them fit into the memory of a small machine.

use model::{Moment, activity::EventRow};
use uuid::Uuid;

use super::{
    lexicon::Words,
    line::{Line, outcome_of, who_of},
    words::mark_of,
};

/// No request of ours.
const NONE: u32 = u32::MAX;
/// An event that does not tell its time sorts as oldest.
const NO_TIME: i64 = i64::MIN;

/// An event, in numbers.
#[derive(Clone, Copy)]
struct Event {
    at: i64,
    who: u32,
    by: u32,
    agent: u32,
    address: u32,
    request: u32,
    kind: u16,
    outcome: u16,
}

/// The events of a part of the log. Those of hours that are read whole are shown, newest first.
#[derive(Default)]
pub(super) struct Book {
    events: Vec<Event>,
    /// How many of them are shown. Their order does not change any more, so that no row moves between two pages.
    shown: usize,
    who: Words,
    by: Words,
    agents: Words,
    addresses: Words,
    kinds: Words,
    outcomes: Words,
    requests: Vec<Uuid>,
}

/// A place in the book, to go back to when a file turns out to be damaged.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    events: usize,
    requests: usize,
}

/// What a comparison with our log needs of an event.
pub(super) struct Seen<'a> {
    pub(super) place: u32,
    pub(super) at: Option<Moment>,
    pub(super) request: Option<Uuid>,
    /// Who did it, by the vendor's id.
    pub(super) by: &'a str,
    pub(super) kind: &'a str,
    pub(super) outcome: &'a str,
}

/// A word and how often it occurs.
type Counted = (String, u64);

/// Which events are looked for.
pub(super) struct Sought {
    who: Vec<bool>,
    agents: Vec<bool>,
    addresses: Vec<bool>,
    kinds: Vec<bool>,
    request: Option<Uuid>,
    all: bool,
    kind: Option<u16>,
    outcome: Option<u16>,
    none: bool,
}

impl Book {
    /// Adds a line of a file. Says whether it was an event.
    pub(super) fn add(&mut self, line: &[u8], kind: &str) -> bool {
        // The parser would fill the fields from a list too, one after the other.
        if !line.trim_ascii_start().starts_with(b"{") {
            return false;
        }
        let Ok(line) = serde_json::from_slice::<Line<'_>>(line) else { return false };
        let at = line.event_time.as_deref().and_then(time_of).map_or(NO_TIME, Moment::seconds);
        let (who, by) = who_of(&line);
        let agent = line.initiating_user_agent.as_deref().unwrap_or_default();
        let (program, request) = mark_of(agent);
        let request = request.map_or(NONE, |id| {
            self.requests.push(id);
            u32::try_from(self.requests.len() - 1).unwrap_or(NONE)
        });
        let kind = line.event_type.as_deref().filter(|told| !told.is_empty()).unwrap_or(kind);
        let small = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        self.events.push(Event {
            at,
            who: self.who.number(&who),
            by: self.by.number(by),
            agent: self.agents.number(program),
            address: self.addresses.number(line.initiating_user_ip_address.as_deref().unwrap_or_default()),
            request,
            kind: small(self.kinds.number(kind)),
            outcome: small(self.outcomes.number(outcome_of(&line))),
        });
        true
    }

    /// The end of the book.
    pub(super) fn mark(&self) -> Mark {
        Mark { events: self.events.len(), requests: self.requests.len() }
    }

    /// Takes back what was added since, and is not shown yet.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.events.truncate(mark.events.max(self.shown));
        self.requests.truncate(mark.requests);
    }

    /// Shows what was added, newest first, behind what is shown already.
    pub(super) fn show_more(&mut self) {
        if let Some(new) = self.events.get_mut(self.shown..) {
            new.sort_by_key(|event| std::cmp::Reverse(event.at));
        }
        self.shown = self.events.len();
    }

    /// Shows all. Events that stood in the file of another hour find their place only now.
    pub(super) fn close(&mut self) {
        self.show_more();
        if !self.events.is_sorted_by_key(|event| std::cmp::Reverse(event.at)) {
            self.events.sort_by_key(|event| std::cmp::Reverse(event.at));
        }
        self.events.shrink_to_fit();
        self.requests.shrink_to_fit();
    }

    /// Events that are shown.
    pub(super) fn len(&self) -> usize {
        self.shown
    }

    /// Events, shown or not.
    pub(super) fn all(&self) -> usize {
        self.events.len()
    }

    fn shown(&self) -> &[Event] {
        self.events.get(..self.shown).unwrap_or_default()
    }

    /// The memory that it takes, but for what the allocator adds.
    pub(super) fn bytes(&self) -> usize {
        let words = [&self.who, &self.by, &self.agents, &self.addresses, &self.kinds, &self.outcomes];
        self.events.capacity() * size_of::<Event>()
            + self.requests.capacity() * size_of::<Uuid>()
            + words.iter().map(|words| words.bytes()).sum::<usize>()
    }

    /// Reads a question.
    pub(super) fn sought(&self, search: &str, kind: &str, outcome: &str) -> Sought {
        let small = search.trim().to_lowercase();
        let number = |words: &Words, word: &str| {
            words.numbers.get(word).map(|number| u16::try_from(*number).unwrap_or(u16::MAX))
        };
        let of = |words: &Words, word: &str| if word.is_empty() { None } else { Some(number(words, word)) };
        let (kind, outcome) = (of(&self.kinds, kind), of(&self.outcomes, outcome));
        Sought {
            who: self.who.containing(&small),
            agents: self.agents.containing(&small),
            addresses: self.addresses.containing(&small),
            kinds: self.kinds.containing(&small),
            request: Uuid::try_parse(&small).ok(),
            all: small.is_empty(),
            // A word that nothing has matches nothing.
            none: kind == Some(None) || outcome == Some(None),
            kind: kind.flatten(),
            outcome: outcome.flatten(),
        }
    }

    fn fits(&self, event: &Event, sought: &Sought) -> bool {
        let is = |marks: &[bool], number: u32| marks.get(number as usize).copied().unwrap_or(false);
        !sought.none
            && sought.kind.is_none_or(|kind| event.kind == kind)
            && sought.outcome.is_none_or(|outcome| event.outcome == outcome)
            && (sought.all
                || is(&sought.who, event.who)
                || is(&sought.agents, event.agent)
                || is(&sought.addresses, event.address)
                || is(&sought.kinds, u32::from(event.kind))
                || sought.request.is_some_and(|id| self.request(event) == Some(id)))
    }

    /// The places of the events that match.
    pub(super) fn find(&self, sought: &Sought) -> Vec<u32> {
        let all = self.shown().iter().zip(0_u32..);
        all.filter(|(event, _)| self.fits(event, sought)).map(|(_, place)| place).collect()
    }

    fn request(&self, event: &Event) -> Option<Uuid> {
        self.requests.get(event.request as usize).copied()
    }

    /// An event as a table shows it.
    pub(super) fn row(&self, place: u32) -> EventRow {
        let Some(event) = self.shown().get(place as usize) else { return EventRow::nothing() };
        EventRow {
            at: (event.at != NO_TIME).then(|| Moment::from_seconds(event.at)),
            kind: self.kinds.word(u32::from(event.kind)).to_owned(),
            outcome: self.outcomes.word(u32::from(event.outcome)).to_owned(),
            who: self.who.word(event.who).to_owned(),
            address: self.addresses.word(event.address).to_owned(),
            agent: self.agents.word(event.agent).to_owned(),
            request: self.request(event).map(|id| id.to_string()),
        }
    }

    /// Kinds and outcomes with their numbers.
    pub(super) fn choices(&self) -> (Vec<Counted>, Vec<Counted>) {
        let mut kinds = vec![0_u64; self.kinds.words.len()];
        let mut outcomes = vec![0_u64; self.outcomes.words.len()];
        for event in self.shown() {
            if let Some(count) = kinds.get_mut(usize::from(event.kind)) {
                *count += 1;
            }
            if let Some(count) = outcomes.get_mut(usize::from(event.outcome)) {
                *count += 1;
            }
        }
        (named(&self.kinds, kinds), named(&self.outcomes, outcomes))
    }

    /// Every event that is shown.
    pub(super) fn each(&self) -> impl Iterator<Item = Seen<'_>> {
        self.shown().iter().zip(0_u32..).map(|(event, place)| Seen {
            place,
            at: (event.at != NO_TIME).then(|| Moment::from_seconds(event.at)),
            request: self.request(event),
            by: self.by.word(event.by),
            kind: self.kinds.word(u32::from(event.kind)),
            outcome: self.outcomes.word(u32::from(event.outcome)),
        })
    }
}

fn named(words: &Words, counts: Vec<u64>) -> Vec<(String, u64)> {
    let pairs = words.words.iter().map(|word| word.to_string()).zip(counts);
    let mut pairs: Vec<(String, u64)> =
        pairs.filter(|(word, count)| *count > 0 && !word.is_empty()).collect();
    pairs.sort();
    pairs
}

/// A time with a zone, or without one, which is UTC.
fn time_of(text: &str) -> Option<Moment> {
    Moment::parse(text).or_else(|| Moment::parse(&format!("{text}Z")))
}

#[cfg(test)]
mod tests;
