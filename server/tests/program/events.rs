//! Following a job: news by server-sent events, and one poller however many people look.

use futures::future::join_all;
use model::ProblemCode;
use reqwest::Method;
use std::time::Duration;
use uuid::Uuid;

use crate::house::{House, Visitor, until};

async fn events(visitor: &Visitor, job: &str) -> Vec<String> {
    visitor.events(&format!("/api/jobs/{job}/events")).await
}

fn looks(house: &House, job: &str) -> usize {
    house.asked("GET", &format!("/users/jobs/{job}"))
}

#[tokio::test]
async fn a_running_job_tells_its_news_and_its_end_to_all_by_one_poller() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("running").unwrap();
    let page = visitor.get(&format!("/jobs/{job}")).await;
    assert!(page.says("This page follows the job by itself"), "{}", page.words());
    let before = looks(&house, &job);
    // One is there first; the others share its poller.
    let first = tokio::spawn({
        let (visitor, job) = (visitor.clone(), job.clone());
        async move { events(&visitor, &job).await }
    });
    until("the first follower", async || looks(&house, &job) > before).await;
    let others: Vec<_> = (0..19)
        .map(|_| {
            let (visitor, job) = (visitor.clone(), job.clone());
            tokio::spawn(async move { events(&visitor, &job).await })
        })
        .collect();
    // A third of the way, then the end.
    house.world().advance(Duration::from_secs(20));
    until("a look at the job", async || looks(&house, &job) >= before + 2).await;
    house.world().advance(Duration::from_secs(120));
    let told = first.await.unwrap();
    assert_eq!(told.last().map(String::as_str), Some("over"), "{told:?}");
    assert!(told.iter().rev().skip(1).all(|event| event == "job") && told.len() > 1, "{told:?}");
    for other in join_all(others).await {
        assert_eq!(other.unwrap().last().map(String::as_str), Some("over"));
    }
    let looked = looks(&house, &job) - before;
    assert!(looked <= 5, "{looked} looks for 20 followers");
    let page = visitor.get(&format!("/jobs/{job}")).await;
    assert!(!page.says("This page follows the job by itself"));
}

#[tokio::test]
async fn a_job_that_is_over_ends_the_stream_at_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("import-partial").unwrap();
    assert_eq!(events(&visitor, &job).await, ["over"]);
}

#[tokio::test]
async fn what_cannot_be_followed_is_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let foreign = house.foreign_job().await;
    for (job, code) in [
        (foreign, ProblemCode::JobNotFound),
        (Uuid::now_v7().to_string(), ProblemCode::JobNotFound),
        ("x".to_owned(), ProblemCode::MalformedId),
    ] {
        visitor.api(Method::GET, &format!("/api/jobs/{job}/events"), &[]).await.explains(code);
    }
}

#[tokio::test]
async fn a_program_that_stops_lets_its_followers_go() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("running").unwrap();
    let following = tokio::spawn({
        let (visitor, job) = (visitor.clone(), job.clone());
        async move { events(&visitor, &job).await }
    });
    until("the follower", async || looks(&house, &job) > 0).await;
    house.stop.send_replace(true);
    following.await.unwrap();
}

#[tokio::test]
async fn whoever_is_suspended_learns_nothing_more_from_a_page_that_is_open() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("running").unwrap();
    let following = tokio::spawn({
        let (visitor, job) = (visitor.clone(), job.clone());
        async move { events(&visitor, &job).await }
    });
    until("the follower", async || looks(&house, &job) > 0).await;
    house.sql("UPDATE account SET suspended = 1").await;
    // The job goes on and on; the stream does not, and does not say that the job is over.
    let told = following.await.unwrap();
    assert!(!told.contains(&"over".to_owned()), "{told:?}");
    visitor
        .api(Method::GET, &format!("/api/jobs/{job}/events"), &[])
        .await
        .explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn every_example_job_has_a_page_that_explains_each_row() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for job in house.world().jobs() {
        let page = visitor.get(&format!("/jobs/{}", job.id)).await;
        assert_eq!((page.status.as_u16(), page.problem()), (200, None), "{} {}", job.example, page.words());
        assert!(page.says(&job.id), "{}", job.example);
    }
    let list = visitor.get("/jobs?show=jobs").await;
    assert!(house.world().jobs().iter().all(|job| list.body.contains(&job.id)), "{}", list.words());
}

#[tokio::test]
async fn the_rows_of_a_job_are_a_file_that_tells_each_code_in_words() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("import-partial").unwrap();
    let page = visitor.get(&format!("/jobs/{job}?rows=look")).await;
    assert!(page.body.contains(&format!("/jobs/{job}/file?rows=look")), "{}", page.words());
    let all = visitor.get(&format!("/jobs/{job}/file?rows=")).await;
    assert!(all.header("content-disposition").contains("-all.csv"), "{}", all.body);
    let some = visitor.get(&format!("/jobs/{job}/file?rows=look")).await;
    assert!(some.body.starts_with("\u{feff}Line,Username,User id"), "{}", some.body);
    let (rows, to_look_at) = (all.body.lines().count(), some.body.lines().count());
    assert!(1 < to_look_at && to_look_at < rows, "{to_look_at} of {rows}");
    assert!(
        some.body.lines().skip(1).all(|line| line.contains("_USR_SVC_") || line.contains("USER_")),
        "{}",
        some.body
    );
    visitor.get(&format!("/jobs/{job}/file?rows=x")).await.explains(ProblemCode::MalformedQuery);
}
