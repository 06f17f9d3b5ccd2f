//! What is too much: files, lines, events and exports, and what is told of it.

use std::time::Duration;

use model::{
    ProblemCode,
    activity::{EventsQuery, Progress},
};
use operations::{LogLimits, Reality};
use simulator::{Fault, FaultKind};

use super::{GOOD, caller, download, events, limited, of_kind, packed, page, path, put, put_before, quick};
use crate::house::House;

#[tokio::test]
async fn a_large_file_comes_in_the_background_and_never_whole_into_memory() {
    const PIECES: usize = 96;
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let piece = GOOD.repeat(1_000_000 / GOOD.len());
    let length = (piece.len() * PIECES) as u64;
    house.world().add_long_log_file("merge_tenant", house.world().now(), piece, PIECES);
    let path = path(&house, &caller).await;
    let before = most_memory();
    let mut file = download(&house.operations, &caller, &path).await.unwrap();
    assert_eq!((file.length, file.compared), (length, true));
    let far = house.operations.log_file_progress(&caller, None, &path).await.unwrap();
    assert_eq!((far.bytes, far.of, far.over, far.problem), (length, Some(length), true, None));
    assert_eq!(std::io::copy(&mut file.content, &mut std::io::sink()).unwrap(), length);
    let took = most_memory() - before;
    assert!(took < length / 2, "{took} bytes of memory for a file of {length}");
    // It is handed out as often as somebody asks for it, and fetched once.
    let mut again = download(&house.operations, &caller, &path).await.unwrap();
    assert_eq!(std::io::copy(&mut again.content, &mut std::io::sink()).unwrap(), length);
    let fetched = house.world().requests().into_iter().filter(|it| it.path.starts_with("/object-store"));
    assert_eq!(fetched.count(), 1);
}

#[tokio::test]
async fn a_file_on_a_slow_line_tells_how_far_it_is_and_comes_in_the_end() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, &GOOD.repeat(100));
    let path = path(&house, &caller).await;
    let slow = Fault { delay_ms: Some(150), ..Fault::new(FaultKind::SlowBody) };
    house.world().inject(slow.on("GET", "/object-store").times(1));
    // No request waits for it.
    assert!(house.operations.log_file(&caller, None, &path).await.unwrap().is_none());
    let far = house.operations.log_file_progress(&caller, None, &path).await.unwrap();
    let length = (GOOD.len() * 100) as u64;
    assert!(!far.over && far.bytes > 0 && far.bytes < length, "{far:?}");
    let file = download(&house.operations, &caller, &path).await.unwrap();
    assert_eq!((file.length, file.compared), (length, true));
    let stranger = house.nobody().await;
    let refused = house.operations.log_file(&stranger, None, &path).await.err().unwrap();
    assert_eq!(refused.code, ProblemCode::NotAllowed);
}

/// The most memory that this process ever had, in bytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1_024
}

#[tokio::test]
async fn a_file_that_is_too_large_is_left_out_and_what_else_fits_is_read() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, &GOOD.repeat(20));
    put_before(&house, 1, GOOD);
    let operations = limited(&house, |log| log.file = 1_000);
    let sheet = events(&operations, &caller, &of_kind("merge_tenant")).await;
    assert_eq!((sheet.page.total, sheet.progress.problem), (1, None));
    assert_eq!(sheet.progress.failed[0].1, ProblemCode::LogFileTooLarge);
}

#[tokio::test]
async fn what_does_not_fit_is_told_and_what_came_before_is_kept() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, GOOD);
    // It is small as it is fetched, and large once it is unpacked.
    put_before(&house, 1, packed(&GOOD.repeat(5_000)));
    type Limit = fn(&mut LogLimits);
    let limits: [(Limit, bool); 4] = [
        (|log| log.together = 1_000, true),
        (|log| log.together = 100_000, false),
        (|log| log.events = 5, false),
        (|log| log.memory = 10_000, false),
    ];
    for (limit, is_first_alone) in limits {
        let sheet = events(&limited(&house, limit), &caller, &of_kind("merge_tenant")).await;
        let Progress { problem, events, .. } = sheet.progress;
        assert_eq!(problem.map(|problem| problem.code), Some(ProblemCode::LogFileTooLarge));
        assert!((1..=5_001).contains(&events) && events == sheet.page.total, "{events}");
        assert!(!is_first_alone || events < 20, "{events}");
    }
    let sheet = events(&limited(&house, |log| log.events = 5), &caller, &of_kind("merge_tenant")).await;
    assert_eq!(sheet.page.total, 5);
}

#[tokio::test]
async fn a_line_without_end_is_counted_and_passed_over() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, &format!("{GOOD}{}\n{GOOD}{}", "x".repeat(300_000), "y".repeat(300_000)));
    let operations = limited(&house, |log| log.line = 1_000);
    let sheet = events(&operations, &caller, &of_kind("merge_tenant")).await;
    assert_eq!((sheet.page.total, sheet.progress.unreadable), (2, 2));
}

#[tokio::test]
async fn an_export_tells_that_it_is_cut_and_is_refused_where_the_log_is_not_whole() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, &GOOD.repeat(20));
    let query = of_kind("merge_tenant");
    let wanted = EventsQuery { page: page(), ..EventsQuery::default() };
    let operations = limited(&house, |log| log.exported = 3);
    assert_eq!(events(&operations, &caller, &query).await.exported_at_most, 3);
    let file = operations.export_events(&caller, &query, &wanted).await.unwrap();
    let lines = String::from_utf8(file.bytes).unwrap().lines().count();
    assert_eq!((file.name.as_str(), lines), ("activity-first-3-of-20.csv", 4));
    let long = EventsQuery { search: "x".repeat(201), ..wanted.clone() };
    let problem = operations.export_events(&caller, &query, &long).await.err().unwrap();
    assert_eq!(problem.code, ProblemCode::MalformedQuery);
    // A file that is missing is told in the name.
    house.world().inject(Fault::status(404).on("GET", "/object-store"));
    let file = quick(&house).export_events(&caller, &query, &wanted).await.unwrap();
    assert_eq!(file.name, "activity-without-1-files.csv");
    house.world().clear_faults();
    house.world().inject(Fault::status(503).on("GET", "/activitylog"));
    let problem = quick(&house).export_events(&caller, &query, &wanted).await.err().unwrap();
    assert_eq!(problem.code, ProblemCode::VendorDown);
    house.world().clear_faults();
    house.world().inject(Fault::new(FaultKind::Hang).on("GET", "/object-store"));
    let hasty = limited(&house, |log| log.patience = Duration::from_millis(50));
    let problem = hasty.export_events(&caller, &query, &wanted).await.err().unwrap();
    assert_eq!(problem.code, ProblemCode::TookTooLong);
}
