//! The vendor's activity log: listed in parts, fetched and checked, read as events, and compared with our own log.

use std::{io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder};
use model::{
    Freshness, PageRequest, Problem, ProblemCode, SiteId,
    activity::{EventsQuery, EventsSheet, LogQuery},
};
use operations::{Caller, LogDownload, LogLimits, Operations, Reality, Rhythm};
use uuid::Uuid;

use crate::house::{House, now};

mod bad_days;
mod compared;
mod limits;

const GOOD: &str = "{\"eventTime\":\"2026-11-21T07:00:00Z\",\"eventOutcome\":\"success\",\"initiatingUserEmail\":\"a@b.example\"}\n";

fn day() -> LogQuery {
    since(1)
}

fn since(days: i64) -> LogQuery {
    LogQuery {
        site: None,
        from: now().plus_seconds(-days * 86_400),
        to: now().plus_seconds(3_600),
        kind: String::new(),
    }
}

fn of_kind(kind: &str) -> LogQuery {
    LogQuery { kind: kind.to_owned(), ..day() }
}

fn page() -> PageRequest {
    PageRequest { number: 1, size: 250 }
}

/// A caller whose request id is one that goes into the log.
async fn caller(house: &House) -> Caller {
    Caller { request: Uuid::now_v7().to_string(), ..house.administrator().await }
}

/// Puts a file of one kind into this hour.
fn put(house: &House, text: &str) {
    put_before(house, 0, text.to_owned());
}

/// Puts a file of one kind into an hour before.
fn put_before(house: &House, hours: u64, content: impl Into<Vec<u8>>) {
    let hour = house.world().now() - Duration::from_secs(3_600 * hours);
    let content: Vec<u8> = content.into();
    house.world().add_log_file("merge_tenant", hour, content);
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// Another Steward on the same database, which does not wait between two tries.
fn quick(house: &House) -> Operations {
    limited(house, |_| ())
}

/// The same with other limits.
fn limited(house: &House, limit: impl FnOnce(&mut LogLimits)) -> Operations {
    let mut log = LogLimits { pause: Duration::ZERO, ..LogLimits::default() };
    limit(&mut log);
    house.with_rhythm(Rhythm { log, ..Rhythm::default() })
}

async fn events(operations: &Operations, caller: &Caller, query: &LogQuery) -> EventsSheet {
    events_as(operations, caller, query, Freshness::Recent).await
}

async fn events_as(
    operations: &Operations,
    caller: &Caller,
    query: &LogQuery,
    mut freshness: Freshness,
) -> EventsSheet {
    let wanted = EventsQuery { page: page(), ..EventsQuery::default() };
    loop {
        let sheet = operations.log_events(caller, query, &wanted, freshness).await.unwrap();
        if sheet.progress.over {
            return sheet;
        }
        freshness = Freshness::Recent;
    }
}

/// The path of the only file of a kind.
async fn path(house: &House, caller: &Caller) -> String {
    let files = house.operations.log_files(caller, &of_kind("merge_tenant"), page()).await.unwrap();
    files.page.rows[0].path.clone()
}

/// A file, however long it takes to come.
async fn download(operations: &Operations, caller: &Caller, path: &str) -> Result<LogDownload, Problem> {
    loop {
        if let Some(file) = operations.log_file(caller, None, path).await? {
            return Ok(file);
        }
    }
}

#[tokio::test]
async fn eight_days_are_asked_for_in_two_parts_and_more_than_ninety_not_at_all() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    house.world().clear_ledger();
    let files = house.operations.log_files(&caller, &since(8), page()).await.unwrap();
    assert_eq!(files.parts, 2);
    assert!(files.page.total > 100);
    let paths: std::collections::HashSet<_> = files.page.rows.iter().map(|row| &row.path).collect();
    assert_eq!(paths.len(), files.page.rows.len());
    assert!(files.page.rows.is_sorted_by(|left, right| left.hour >= right.hour));
    let asked = house.world().requests().into_iter().filter(|it| it.path.ends_with("/activitylog"));
    assert!(asked.count() >= 2);
    let turned = LogQuery { from: now(), to: now().plus_seconds(-1), ..day() };
    let future = LogQuery { to: now().plus_seconds(3 * 86_400), ..day() };
    for query in [since(91), turned, future] {
        let problem = house.operations.log_files(&caller, &query, page()).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::LogRangeUnfit);
    }
}

#[tokio::test]
async fn events_are_read_searched_and_exported() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    // Another second is another part of the log, so the same times are asked for throughout.
    let query = since(2);
    let sheet = events(&house.operations, &caller, &query).await;
    assert!(sheet.page.total > 10 && sheet.progress.problem.is_none(), "{:?}", sheet.progress);
    assert_eq!(sheet.progress.files, sheet.progress.of);
    assert!(sheet.page.rows.is_sorted_by(|left, right| left.at >= right.at));
    let wanted = EventsQuery { search: "MILO".to_owned(), page: page(), ..EventsQuery::default() };
    let found = house.operations.log_events(&caller, &query, &wanted, Freshness::Recent).await.unwrap();
    assert!(found.page.total > 0 && found.page.rows.iter().all(|row| row.who.contains("Milo")));
    let file = house.operations.export_events(&caller, &query, &wanted).await.unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(text.lines().count() as u64, found.page.total + 1);
    assert_eq!(file.name, "activity.csv");
    let nobody = house.nobody().await;
    let refused = house.operations.log_events(&nobody, &query, &wanted, Freshness::Recent).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn addresses_are_asked_for_twenty_at_a_time() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    house.world().clear_ledger();
    let sheet = events(&house.operations, &caller, &since(7)).await;
    assert!(sheet.progress.of > 40 && sheet.progress.is_whole(), "{:?}", sheet.progress);
    let asked = house.world().requests().into_iter();
    let asked = asked.filter(|it| it.method == "POST" && it.path.ends_with("/activitylog")).count();
    assert_eq!(asked as u64, sheet.progress.of.div_ceil(20));
}

#[tokio::test]
async fn the_log_of_a_site_is_read_with_ids_that_are_numbers() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let site = SiteId::parse(&house.site("Active").id).unwrap();
    let sheet = events(&house.operations, &caller, &LogQuery { site: Some(site), ..since(3) }).await;
    assert!(sheet.page.total > 10, "{:?}", sheet.progress);
    assert!(sheet.progress.is_whole() && sheet.progress.unreadable == 0, "{:?}", sheet.progress);
    let told = |row: &model::activity::EventRow| !row.who.is_empty() && !row.outcome.is_empty();
    assert!(sheet.page.rows.iter().all(told), "{:?}", sheet.page.rows);
}
