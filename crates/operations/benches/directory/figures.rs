//! Reading everyone, finding somebody, and what a person costs in memory.

use std::time::{Duration, Instant};

use model::{
    Direction, Freshness, PageRequest,
    people::{PeopleQuery, PeopleSort},
};
use operations::Caller;

use crate::{house::House, milliseconds, since, tell};

/// Searches that are timed.
const SEARCHES: usize = 1_000;

pub async fn load(house: &House, caller: &Caller) {
    let operations = &house.operations;
    let query = PeopleQuery::default();
    house.world().clear_ledger();
    let began = Instant::now();
    let mut first = None;
    loop {
        let page = operations.list_people(caller, &query, Freshness::Recent).await;
        if let Ok(page) = page {
            if first.is_none() && page.page.of > 0 {
                first = Some(began.elapsed());
            }
            if page.loading.complete && !page.loading.running {
                tell("people in the directory", page.page.of.to_string());
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // A page waits a little for a small tenant to be whole, so its first rows are there earlier than it answers.
    tell(
        "directory: first page answered after",
        milliseconds(first.expect("the directory is whole, so there was a first page")),
    );
    tell("directory: everyone read, with roles, and kept", since(began));
    let calls = house.world().requests().iter().filter(|it| it.path.contains("/users")).count();
    tell("directory: calls to Tableau", calls.to_string());
}

pub async fn search(house: &House, caller: &Caller) {
    let queries: Vec<PeopleQuery> =
        terms(house).into_iter().map(|search| PeopleQuery { search, ..PeopleQuery::default() }).collect();
    let (times, found) = timed(house, caller, &queries).await;
    tell("search: terms, and people found by all of them", format!("{} / {found}", queries.len()));
    tell("search: p50", milliseconds(times[times.len() / 2]));
    tell("search: p99", milliseconds(times[times.len() * 99 / 100]));
}

/// The same pieces, each with a filter, in every order and both directions, and with the last page asked for.
pub async fn orders(house: &House, caller: &Caller) {
    let sorts = [
        PeopleSort::Name,
        PeopleSort::Email,
        PeopleSort::Role,
        PeopleSort::Sites,
        PeopleSort::Last,
        PeopleSort::Status,
    ];
    let orders = sorts.into_iter().flat_map(|sort| [(sort, Direction::Up), (sort, Direction::Down)]).cycle();
    let filters = ["", "never", "90"].into_iter().cycle();
    let queries: Vec<PeopleQuery> = terms(house)
        .into_iter()
        .zip(orders.zip(filters))
        .map(|(search, ((sort, direction), last))| {
            let page = PageRequest { number: u32::MAX, size: 250 };
            PeopleQuery { search, sort, direction, last: last.to_owned(), page, ..PeopleQuery::default() }
        })
        .collect();
    let (times, _) = timed(house, caller, &queries).await;
    tell("search with filters and orders, last page of 250: p50", milliseconds(times[times.len() / 2]));
    tell(
        "search with filters and orders, last page of 250: p99",
        milliseconds(times[times.len() * 99 / 100]),
    );
}

/// How long each query takes, the quickest first, and how many people all of them find.
async fn timed(house: &House, caller: &Caller, queries: &[PeopleQuery]) -> (Vec<Duration>, u64) {
    let mut times = Vec::with_capacity(queries.len());
    let mut found = 0;
    for query in queries {
        let began = Instant::now();
        let page = house
            .operations
            .list_people(caller, query, Freshness::Recent)
            .await
            .expect("the people are listed");
        times.push(began.elapsed());
        found += page.page.total;
    }
    times.sort_unstable();
    (times, found)
}

/// Pieces of names and addresses that occur, from two letters on, in no order.
fn terms(house: &House) -> Vec<String> {
    let everyone = house.world().everyone();
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        // A plain generator: the terms must be the same in every run.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..SEARCHES)
        .map(|_| {
            let person = &everyone[next(everyone.len())];
            let text: Vec<char> = match next(2) {
                0 => person.display_name.chars().collect(),
                _ => person.user_name.chars().collect(),
            };
            let length = (2 + next(9)).min(text.len());
            let from = next(text.len() - length + 1);
            text[from..from + length].iter().collect()
        })
        .collect()
}

/// The directory of a program that starts with the same database: what it holds afterwards and did not before.
pub async fn memory(house: &House, caller: &Caller) {
    let profiler = dhat::Profiler::builder().testing().build();
    let before = dhat::HeapStats::get().curr_bytes;
    let operations = house.restarted();
    let query = PeopleQuery { page: PageRequest { number: 1, size: 25 }, ..PeopleQuery::default() };
    let began = Instant::now();
    let page =
        operations.list_people(caller, &query, Freshness::Recent).await.expect("the people are listed");
    // What only answered that one page is let go of before counting.
    let people = page.page.of;
    drop(page);
    let held = dhat::HeapStats::get().curr_bytes.saturating_sub(before);
    tell("memory: taken from the database in (with counting)", since(began));
    tell("memory: bytes for each person", (held as u64 / people.max(1)).to_string());
    drop(profiler);
}
