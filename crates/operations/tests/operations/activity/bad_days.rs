//! Bad days while the log is read: what is damaged, gone, cut off or refused.

use std::{io::Read, time::Duration};

use model::{Freshness, Problem, ProblemCode, activity::Progress};
use operations::Reality;
use simulator::{Fault, FaultKind};

use super::{
    GOOD, caller, download, events, events_as, limited, of_kind, packed, path, put, put_before, quick,
};
use crate::house::House;

#[tokio::test]
async fn half_a_line_is_counted_and_the_rest_is_shown() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, &format!("{GOOD}\n{GOOD}{}", &GOOD[..30]));
    let sheet = events(&house.operations, &caller, &of_kind("merge_tenant")).await;
    assert_eq!((sheet.page.total, sheet.progress.unreadable), (2, 1));
    assert_eq!(sheet.page.rows[0].kind, "merge_tenant");
}

#[tokio::test]
async fn a_file_with_another_md5_is_never_shown() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, GOOD);
    house
        .world()
        .inject(Fault::new(FaultKind::Malformed).on("GET", "/object-store").body(&GOOD.replace('a', "x")));
    let operations = quick(&house);
    let sheet = events(&operations, &caller, &of_kind("merge_tenant")).await;
    assert_eq!((sheet.page.total, sheet.progress.damaged.len()), (0, 1));
    let path = sheet.progress.damaged[0].clone();
    let problem = download(&operations, &caller, &path).await.err().unwrap();
    assert_eq!(problem.code, ProblemCode::LogFileDamaged);
    house.world().clear_faults();
    let mut file = download(&operations, &caller, &path).await.unwrap();
    let mut text = String::new();
    file.content.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), file.length, file.compared), (GOOD, GOOD.len() as u64, true));
    assert!(file.name.ends_with("activity.json") && !file.name.contains('/'));
}

#[tokio::test]
async fn an_address_that_ran_out_is_asked_for_once_more_and_then_given_up() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, GOOD);
    let path = path(&house, &caller).await;
    house.world().inject(Fault::status(403).on("GET", "/object-store").times(1));
    assert!(download(&house.operations, &caller, &path).await.is_ok());
    house.world().inject(Fault::status(403).on("GET", "/object-store").times(2));
    let gone = |problem: Problem| (problem.code, problem.about);
    let problem = download(&quick(&house), &caller, &path).await.err().unwrap();
    assert_eq!(gone(problem), (ProblemCode::LogFileGone, Some(path)));
    let problem = download(&house.operations, &caller, "tenant/x").await.err().unwrap();
    assert_eq!(problem.code, ProblemCode::LogFileGone);
}

#[tokio::test]
async fn a_hiccup_does_not_end_a_reading() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    put(&house, GOOD);
    put_before(&house, 1, packed(&GOOD.repeat(3)));
    let store = |fault: Fault| fault.on("GET", "/object-store").times(2);
    for fault in [
        store(Fault::status(503)),
        store(Fault::new(FaultKind::Reset)),
        store(Fault::new(FaultKind::Truncated)),
        Fault::status(503).on("POST", "/activitylog").times(1),
        Fault::status(503).on("GET", "/activitylog").times(1),
    ] {
        house.world().inject(fault.clone());
        let sheet = events(&quick(&house), &caller, &of_kind("merge_tenant")).await;
        assert!(sheet.progress.is_whole(), "{fault:?}: {:?}", sheet.progress);
        assert_eq!((sheet.page.total, sheet.progress.events), (4, 4), "{fault:?}");
        house.world().clear_faults();
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_is_left_out_and_comes_when_it_is_read_again() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let operations = quick(&house);
    let query = of_kind("merge_tenant");
    put(&house, GOOD);
    put_before(&house, 1, GOOD);
    // The first file, as often as it is tried.
    house.world().inject(Fault::status(503).on("GET", "/object-store").times(3));
    let sheet = events(&operations, &caller, &query).await;
    let Progress { files, of, failed, problem, over, .. } = sheet.progress.clone();
    assert_eq!((sheet.page.total, files, of, over, problem), (1, 2, 2, true, None));
    assert_eq!(failed.iter().map(|(_, code)| *code).collect::<Vec<_>>(), [ProblemCode::VendorDown]);
    assert_eq!(events(&operations, &caller, &query).await.page.total, 1);
    let again = events_as(&operations, &caller, &query, Freshness::Now).await;
    assert!(again.page.total == 2 && again.progress.is_whole(), "{:?}", again.progress);
}

#[tokio::test]
async fn a_reading_that_ended_badly_or_is_old_is_read_anew() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let operations = limited(&house, |log| log.fresh_for = Duration::ZERO);
    let query = of_kind("merge_tenant");
    put(&house, GOOD);
    house.world().inject(Fault::status(503).on("GET", "/activitylog"));
    let sheet = events(&operations, &caller, &query).await;
    assert_eq!(sheet.progress.problem.map(|problem| problem.code), Some(ProblemCode::VendorDown));
    house.world().clear_faults();
    let sheet = events(&operations, &caller, &query).await;
    assert!(sheet.page.total == 1 && sheet.progress.is_whole(), "{:?}", sheet.progress);
    // The log went on.
    put(&house, &GOOD.repeat(2));
    assert_eq!(events(&operations, &caller, &query).await.page.total, 2);
}

#[tokio::test]
async fn a_packed_file_that_breaks_off_leaves_no_events_behind() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let whole = packed(&GOOD.repeat(20_000));
    put(&house, GOOD);
    put_before(&house, 1, whole[..whole.len() / 2].to_vec());
    put_before(&house, 2, whole);
    let sheet = events(&quick(&house), &caller, &of_kind("merge_tenant")).await;
    assert_eq!((sheet.page.total, sheet.progress.damaged.len()), (20_001, 1));
    assert!(sheet.progress.problem.is_none() && sheet.progress.memory > 0);
}
