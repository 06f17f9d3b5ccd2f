//! Pages of a job: asked for once however many have it open, and never older than what its followers were told.

use std::time::Duration;

use futures::future::join_all;
use model::{JobId, PageRequest, ProblemCode, jobs::Outcome};
use operations::{Caller, Reality};
use simulator::Fault;

use crate::house::House;

async fn ready(example: &str) -> (House, Caller, JobId) {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let job = JobId::parse(&house.world().job(example).unwrap()).unwrap();
    (house, caller, job)
}

/// Questions about the job and its rows.
fn asked(house: &House, job: &JobId) -> usize {
    house.world().requests().iter().filter(|it| it.path.contains(&job.to_string())).count()
}

#[tokio::test]
async fn twenty_who_open_a_job_at_once_ask_tableau_once() {
    let (house, caller, job) = ready("import-partial").await;
    // What one reader asks for a job with all its rows.
    let other = house.administrator().await;
    house.operations.job(&other, &job, Outcome::All, PageRequest::default()).await.unwrap();
    let alone = asked(&house, &job);
    let pages = [Outcome::All, Outcome::Look, Outcome::Done, Outcome::Open];
    let many = (0..20).map(|at| {
        let caller = Caller { request: format!("req-{at}"), ..caller.clone() };
        let house = &house;
        async move { house.operations.job(&caller, &job, pages[at % 4], PageRequest::default()).await }
    });
    let sheets: Vec<_> = join_all(many).await.into_iter().map(|sheet| sheet.unwrap()).collect();
    assert_eq!(asked(&house, &job), 2 * alone, "another sign-in asks for itself, and twenty of one ask once");
    // Each has its own choice of the rows.
    let counts: Vec<u64> = sheets.iter().take(4).map(|sheet| sheet.items.total).collect();
    assert_eq!(counts[0], counts[1..].iter().sum::<u64>());
    assert!(sheets.iter().all(|sheet| sheet.items.of == counts[0]));
}

#[tokio::test]
async fn a_failure_is_told_to_each_with_their_own_reference_and_not_kept() {
    let (house, caller, job) = ready("import-partial").await;
    house.world().inject(Fault::status(500).on("GET", &job.to_string()));
    let many = (0..3).map(|at| {
        let caller = Caller { request: format!("req-{at}"), ..caller.clone() };
        let house = &house;
        async move { house.operations.job(&caller, &job, Outcome::All, PageRequest::default()).await }
    });
    for (at, sheet) in join_all(many).await.into_iter().enumerate() {
        let problem = sheet.unwrap_err();
        assert_eq!(problem.code, ProblemCode::VendorDown);
        assert_eq!(problem.reference, Some(format!("req-{at}")));
    }
    house.world().clear_faults();
    house.operations.job(&caller, &job, Outcome::All, PageRequest::default()).await.unwrap();
}

#[tokio::test]
async fn a_page_moves_with_what_its_followers_are_told() {
    let (house, caller, job) = ready("running").await;
    let look =
        async || house.operations.job(&caller, &job, Outcome::All, PageRequest::default()).await.unwrap().job;
    let before = look().await;
    assert!(!before.status.is_over());
    let mut feed = house.operations.follow_job(&caller, &job).await.unwrap();
    house.world().advance(Duration::from_secs(20));
    feed.next().await.unwrap();
    // At once, although the page was read a moment ago.
    assert_ne!(look().await, before);
    house.world().advance(Duration::from_secs(120));
    while !feed.next().await.unwrap().status.is_over() {}
    assert!(look().await.status.is_over());
}
