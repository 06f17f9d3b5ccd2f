//! A log of a million events: how soon its first page is there, and what all of it takes in memory.

use std::{fmt::Write, time::Instant};

use model::{
    Freshness, Moment, PageRequest,
    activity::{EventsQuery, LogQuery},
};
use operations::{Caller, Operations, Reality};

use crate::{
    house::{House, wire},
    milliseconds, since, tell,
};

/// Events of the log.
const EVENTS: usize = 1_000_000;

/// Puts the log into the pretend tenant. A hundred files, as a busy week has them.
pub fn write(house: &House) {
    let now = house.world().now();
    for file in 0..100_u64 {
        let hour = now - std::time::Duration::from_secs(3_600 * (file + 2));
        let mut text = String::new();
        for line in 0..EVENTS / 100 {
            let person = (file as usize * 7 + line) % 2_000;
            let _ = writeln!(
                text,
                r#"{{"eventTime":"{}","eventOutcome":"success","initiatingUserId":"{}","initiatingUserDisplayName":"Person {person}","initiatingUserEmail":"person{person}@example.com","initiatingUserIpAddress":"203.0.113.{}","initiatingUserAgent":"Mozilla/5.0 (Windows NT 10.0)","initiatingUrl":"https://cloudmanager.tableau.com/","tenantId":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}}"#,
                Moment::from(hour).plus_seconds((line % 3_600) as i64).machine(),
                uuid::Uuid::from_u128(person as u128),
                person % 250,
            );
        }
        house.world().add_log_file("merge_tenant", hour, text);
    }
}

/// Reads it: the first page, and the whole.
pub async fn read(house: &House, caller: &Caller) {
    let operations = Operations::new(house.store.clone(), wire(&house.simulator), Reality::Pretend);
    let now = Moment::from(house.world().now());
    let query = LogQuery {
        site: None,
        from: now.plus_seconds(-7 * 86_400),
        to: now,
        kind: "merge_tenant".to_owned(),
    };
    let wanted = EventsQuery { page: PageRequest::default(), ..EventsQuery::default() };
    let began = Instant::now();
    let mut first = None;
    loop {
        let sheet = operations.log_events(caller, &query, &wanted, Freshness::Recent).await.unwrap();
        if first.is_none() && sheet.page.of > 0 {
            first = Some(began.elapsed());
        }
        if sheet.progress.over {
            assert!(sheet.progress.is_whole(), "{:?}", sheet.progress);
            let (events, memory) = (sheet.progress.events, sheet.progress.memory);
            assert_eq!(events, EVENTS as u64);
            tell("activity: events read", events.to_string());
            // What the book holds: its numbers and words, and the room that it keeps for more of them.
            tell("activity: memory of them all", format!("{:.1} MB", memory as f64 / 1e6));
            tell("activity: memory of one event", format!("{:.1} bytes", memory as f64 / events as f64));
            break;
        }
    }
    tell("activity: first page answered after", milliseconds(first.unwrap()));
    tell("activity: all events fetched, compared and read", since(began));
    let search = EventsQuery { search: "person1999".to_owned(), ..wanted };
    let began = Instant::now();
    let found = operations.log_events(caller, &query, &search, Freshness::Recent).await.unwrap().page.total;
    tell("activity: one search, and what it finds", format!("{} / {found}", milliseconds(began.elapsed())));
}
