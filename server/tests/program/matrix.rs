//! Doors × holders × states of a grant × objects: what the pure rules say is what is observed over HTTP, and what is
//! forbidden answers in the very words of what is not there.
//!
//! The doors are those of `every_door_is_guarded`, which fails when one is left out; there too stand the columns of the
//! stranger and of the owner. A door without its line in `matrix/gates.rs` fails here.

pub mod desk;
mod gates;
mod objects;
mod verdict;

use std::{
    collections::{BTreeSet, HashMap},
    mem::{Discriminant, discriminant},
};

use futures::{StreamExt, stream};
use model::{Grant, ProblemCode, delegation::Standing};
use uuid::Uuid;

use crate::{
    every_door_is_guarded::{
        door::{Door, Inner, Takes},
        guarded,
    },
    house::Answer,
};
use desk::{Desk, Holder, Kind};
use objects::{Object, Which};
use verdict::{Expected, expected};

/// Knocks that are under way at once, where nothing is changed by them.
const AT_ONCE: usize = 6;

/// What came back, as far as it is compared: the status, and the problem with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Observed {
    status: u16,
    problem: Option<(ProblemCode, Option<String>)>,
    words: String,
}

impl Observed {
    fn of(answer: &Answer) -> Self {
        let found = answer.problem();
        // A page tells the rule in words, and JSON by its name.
        let told = |problem: &model::Problem| {
            let rules = model::delegation::Rule::ALL.iter().copied();
            let by_words = || rules.clone().find(|rule| answer.says(rule.words())).map(|rule| rule.word());
            match problem.code {
                ProblemCode::RefusedByRule => problem.about.clone().or_else(by_words),
                _ => None,
            }
        };
        let status = answer.status.as_u16();
        let problem = found.as_ref().map(|problem| (problem.code, told(problem)));
        let reference = found.and_then(|problem| problem.reference).unwrap_or_default();
        let words = if answer.status.is_redirection() { String::new() } else { answer.words() };
        Self { status, problem, words: plain(&words, &reference) }
    }
}

/// Words without what differs from one request to the next: ids, times and the reference.
fn plain(words: &str, reference: &str) -> String {
    let words = if reference.is_empty() { words.to_owned() } else { words.replace(reference, "…") };
    let is_id = |word: &str| word.len() >= 36 && word.matches('-').count() >= 4;
    let parts = words.split_whitespace().filter(|word| !is_id(word) && !word.contains(':'));
    parts.collect::<Vec<_>>().join(" ")
}

/// One holder at one door with one object.
struct Cell<'a> {
    holder: &'a Holder,
    held: &'a [Grant],
    door: &'static Door,
    object: Object,
}

impl Cell<'_> {
    async fn knock(&self, desk: &Desk) -> Observed {
        Observed::of(&self.door.knock(&desk.house, &self.holder.visitor, &self.object.id).await)
    }

    fn difference(&self, desk: &Desk, seen: &Observed) -> Option<String> {
        let expected = expected(desk, self.holder, self.held, self.door, &self.object);
        let found = seen.problem.clone();
        let fits = match &expected {
            Expected::Passes => found.is_none() && seen.status < 400,
            Expected::Refused(code, about) => {
                let is_form = (300..400).contains(&seen.status) && self.door.method == "POST";
                let leads_to_login =
                    *code == ProblemCode::NotSignedIn && seen.status == 303 && found.is_none();
                let status = is_form || seen.status == code.status();
                leads_to_login || (status && found == Some((*code, about.clone())))
            }
        };
        (!fits).then(|| {
            let Cell { holder, door, object, .. } = self;
            format!(
                "{:?} {} {} {:?}: expected {expected:?}, found {} {found:?}",
                holder.kind, door.method, door.path, object.which, seen.status
            )
        })
    }
}

/// Everything that differs, and how often it was looked.
#[derive(Default)]
struct Report {
    looked: usize,
    differences: Vec<String>,
}

impl Report {
    /// Not yours and not there answer alike, word for word.
    fn alike(&mut self, holder: &Holder, door: &Door, seen: &[(Which, Observed)]) {
        for group in [
            [Which::Other, Which::OtherTenant, Which::Missing].as_slice(),
            &[Which::OtherInner, Which::MissingInner],
        ] {
            let mut of = seen.iter().filter(|(which, _)| group.contains(which));
            let Some((first, one)) = of.next() else { continue };
            for (which, other) in of {
                if one != other {
                    self.differences.push(format!(
                        "{:?} {} {}: {first:?} and {which:?} do not answer alike:\n  {one:?}\n  {other:?}",
                        holder.kind, door.method, door.path
                    ));
                }
            }
        }
    }

    fn end(self, least: usize) {
        let Self { looked, differences } = self;
        assert!(
            differences.is_empty(),
            "{} of {looked} differ:\n{}",
            differences.len(),
            differences.join("\n")
        );
        assert!(looked > least, "only {looked} looks");
    }
}

/// Reads are under way together. Changes come one after the other.
async fn knocks(desk: &Desk, holder: &Holder, door: &Door, cells: &[Cell<'_>]) -> Vec<Observed> {
    if door.method == "GET" {
        return stream::iter(cells).map(|cell| cell.knock(desk)).buffered(AT_ONCE).collect().await;
    }
    let mut seen = Vec::new();
    // What is dangerous wants a fresh proof, however long the others took.
    desk.sign_in(holder).await;
    for cell in cells {
        seen.push(cell.knock(desk).await);
        if ends_sign_ins(door) {
            desk.sign_in(holder).await;
        }
    }
    seen
}

fn ends_sign_ins(door: &Door) -> bool {
    matches!(door.path, "/logout" | "/api/accounts/end")
}

/// What a door takes, apart from what it is.
type Of = (Discriminant<Takes>, Option<Discriminant<Inner>>);

fn of(door: &Door) -> Of {
    let inner = match &door.takes {
        Takes::OnPlane(inner) => Some(discriminant(inner)),
        _ => None,
    };
    (discriminant(&door.takes), inner)
}

/// Objects that were made before, where no door uses them up.
#[derive(Default)]
struct Kept {
    others: HashMap<Of, Vec<Object>>,
    mine: HashMap<(Of, Uuid), Vec<Object>>,
}

impl Kept {
    async fn mine(&mut self, desk: &Desk, door: &Door, holder: &Holder) -> Vec<Object> {
        // What is changed is one of its own; and some doors that take nothing need something to change.
        if door.method == "POST" || door.takes == Takes::Nothing {
            return desk.mine(door, holder).await;
        }
        let key = (of(door), holder.account.id.uuid());
        match self.mine.get(&key) {
            Some(mine) => mine.clone(),
            None => self.mine.entry(key).or_insert(desk.mine(door, holder).await).clone(),
        }
    }
}

/// All doors with all objects for everybody who holds something in this state. What passes is a change at some doors, so
/// that these are knocked at one after the other, each with an object of its own.
async fn look(standing: Standing, kinds: &[Kind], least: usize) {
    let desk = Desk::open(standing, kinds).await;
    let mut report = Report::default();
    let mut kept = Kept::default();
    for door in guarded() {
        // Objects that nobody gets at are the same for everybody, and at every door.
        let others = match kept.others.get(&of(door)) {
            Some(others) => others.clone(),
            None => kept.others.entry(of(door)).or_insert(desk.others(door).await).clone(),
        };
        for holder in &desk.holders {
            let held = desk.held(holder).await;
            let mine = kept.mine(&desk, door, holder).await;
            let cells = mine.into_iter().chain(others.iter().cloned());
            let cells: Vec<Cell<'_>> =
                cells.map(|object| Cell { holder, held: &held, door, object }).collect();
            let seen = knocks(&desk, holder, door, &cells).await;
            report.looked += seen.len();
            report
                .differences
                .extend(cells.iter().zip(&seen).filter_map(|(cell, seen)| cell.difference(&desk, seen)));
            let seen: Vec<(Which, Observed)> = cells.iter().map(|cell| cell.object.which).zip(seen).collect();
            report.alike(holder, door, &seen);
        }
    }
    report.end(least);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_of_active_grants_has_no_difference() {
    look(Standing::Active, &Kind::all(), 3_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_of_grants_to_come_has_no_difference() {
    look(Standing::Future, &Kind::all(), 3_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_of_grants_that_ended_has_no_difference() {
    look(Standing::Expired, &Kind::all(), 3_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_of_grants_taken_back_has_no_difference() {
    look(Standing::Revoked, &Kind::all(), 3_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_of_grants_to_be_activated_or_shut_by_hour_or_network_has_no_difference() {
    for standing in [Standing::Eligible, Standing::OutsideHours, Standing::OtherNetwork, Standing::Paused] {
        look(standing, &[Kind::Everything], 300).await;
    }
}

#[test]
fn every_door_has_its_line_in_the_matrix_and_no_line_is_without_a_door() {
    let doors: BTreeSet<(&str, &str)> = guarded().map(|door| (door.method, door.path)).collect();
    let lines: Vec<(&str, &str)> = gates::GATES.iter().map(|(method, path, _)| (*method, *path)).collect();
    let known: BTreeSet<(&str, &str)> = lines.iter().copied().collect();
    assert_eq!(known.len(), lines.len(), "a door stands twice in the matrix");
    assert_eq!(known, doors, "doors and lines of the matrix");
    assert!(guarded().any(|door| door.takes == Takes::Plan));
}
