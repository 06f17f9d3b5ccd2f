//! The page of a run, to its end against the pretend Tableau: rows verified, files, steering, and news by events.

use model::{Moment, ProblemCode};
use reqwest::StatusCode;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::house::{House, Plan, Visitor, escape, until};

async fn applied(house: &House, visitor: &Visitor) -> String {
    let plan = visitor.plan(&house.one_new_person()).await;
    visitor.apply(&plan, &[("reason", "Ticket 4711")]).await.leads_to(&format!("/runs/{plan}"));
    plan
}

#[tokio::test]
async fn a_run_is_followed_to_its_end_and_every_row_is_verified() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    let page = visitor.get(&format!("/runs/{run}")).await;
    for words in [
        "Waiting",
        "Ticket 4711",
        "0 done · 1 waiting · of 1",
        "Pause",
        "This page follows the run by itself",
        "Not sent yet",
    ] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert!(page.body.contains("http-equiv"), "without a script the page opens itself again");
    let follower = tokio::spawn({
        let (visitor, run) = (visitor.clone(), run.clone());
        async move { visitor.events(&format!("/api/runs/{run}/events")).await }
    });
    house.work();
    let page = visitor.run_says(&run, "1 done").await;
    for words in ["Finished", "new.one@example.com", "read back so", "Tableau's job", "audit entry"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert!(!page.says("follows the run by itself") && !page.body.contains("http-equiv"), "{}", page.words());
    assert!(!page.body.contains("name=\"turn\""), "nothing is left to steer");
    let told = follower.await.unwrap();
    assert_eq!(told.last().map(String::as_str), Some("over"), "{told:?}");
    assert!(told.iter().rev().skip(1).all(|event| event == "run"), "{told:?}");
    assert_eq!(visitor.events(&format!("/api/runs/{run}/events")).await, ["over"]);
    let job = page.body.split("href=\"/jobs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let job = visitor.get(&format!("/jobs/{job}")).await;
    assert_eq!(job.status, StatusCode::OK);
    let list = visitor.get("/jobs").await;
    assert!(list.says("Import of people.csv") && list.says("1 of 1 row done"), "{}", list.words());
    let jobs = visitor.get("/jobs?show=jobs&whose=mine").await;
    assert!(jobs.body.contains(&format!("href=\"/runs/{run}\"")), "{}", jobs.words());
}

#[tokio::test]
async fn a_run_is_paused_resumed_and_stopped_and_each_is_told() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    let path = format!("/runs/{run}");
    for (turn, notice, words) in [
        ("pause", "run-paused", "Resume"),
        ("resume", "run-resumed", "Pause"),
        ("pause", "run-paused", "Resume"),
    ] {
        let ticket = visitor.get(&path).await.field("ticket");
        let fields = [("run", run.as_str()), ("turn", turn), ("ticket", &ticket)];
        let sent = visitor.submit(&path, "/api/runs/steer", &fields).await;
        sent.leads_to(&format!("{path}?notice={notice}"));
        assert!(sent.page.says(words), "{}", sent.page.words());
        // The same form counts once.
        let again = visitor.submit(&path, "/api/runs/steer", &fields).await;
        again.explains(ProblemCode::FormUsed);
    }
    let ticket = visitor.get(&path).await.field("ticket");
    let fields = [("run", run.as_str()), ("turn", "dance"), ("ticket", &ticket)];
    visitor.submit(&path, "/api/runs/steer", &fields).await.explains(ProblemCode::MalformedForm);
    let fields = [("run", run.as_str()), ("turn", "stop"), ("ticket", &ticket)];
    visitor.submit(&path, "/api/runs/steer", &fields).await.leads_to(&format!("{path}?notice=run-stopped"));
    house.work();
    let page = visitor.run_says(&run, "1 left out").await;
    assert!(page.says("1 row needs a look") && page.says("Plan these rows again"), "{}", page.words());
    assert_eq!(house.applied(), 0);
    let sent = visitor.submit(&path, "/api/runs/again", &[("run", &run)]).await;
    assert!(sent.post.location().starts_with("/plans/"), "{}", sent.page.words());
    assert!(sent.page.says("Plan: Again: Import of people.csv"), "{}", sent.page.words());
}

#[tokio::test]
async fn rows_are_narrowed_and_downloaded_and_those_to_look_at_can_be_imported_again() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = house.own_run().await;
    let page = visitor.get(&format!("/runs/{run}?rows=look")).await;
    assert!(page.says("new.one@example.com") && page.says("failed"), "{}", page.words());
    assert!(visitor.get(&format!("/runs/{run}?rows=done")).await.says("No row is like this, of 1 row"));
    for query in ["rows=x", "page=0", "size=7"] {
        let answer = visitor.get(&format!("/runs/{run}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.problem().unwrap().code, ProblemCode::MalformedQuery, "{query}");
    }
    let all = visitor.get(&format!("/runs/{run}/file?rows=")).await;
    assert!(all.header("content-disposition").contains("-all.csv"), "{}", all.body);
    assert_eq!(all.body.lines().count(), 2);
    let again = visitor.get(&format!("/runs/{run}/file?rows=again")).await;
    let plan = visitor.plan(&again.body).await;
    let page = visitor.get(&format!("/plans/{plan}")).await;
    assert!(page.says("Will create 1") && page.says("new.one@example.com"), "{}", page.words());
    visitor.get(&format!("/runs/{run}/file?rows=x")).await.explains(ProblemCode::MalformedQuery);
}

#[tokio::test]
async fn who_is_only_unlicensed_is_named_with_what_to_do_next() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = house.ended_run().await;
    let wish = r#"{"kind":"delete"}"#;
    let step = format!("json_set(step, '$.wish', json('{wish}'))");
    house.sql(&format!("UPDATE run_row SET state = 'differs', step = {step}")).await;
    let page = visitor.get(&format!("/runs/{run}")).await;
    for words in [
        "0 people were removed from the tenant; 1 person is still there",
        "new.one@example.com may own content",
        "give their content to somebody else on each site",
        "Download their user names",
    ] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert!(!page.says("ready to import"), "an import cannot delete: {}", page.words());
    let names = visitor.get(&format!("/runs/{run}/file?rows=again")).await;
    assert!(names.header("content-disposition").contains("-names.txt"), "{}", names.body);
    assert!(names.header("content-type").starts_with("text/plain"), "{}", names.body);
    assert_eq!(names.body, "new.one@example.com\n");
    // What the run does is told on a page without any of its rows, too.
    let page = visitor.get(&format!("/runs/{run}?rows=done")).await;
    assert!(page.says("1 person is still there"), "{}", page.words());
}

#[tokio::test]
async fn what_keeps_a_run_paused_is_told_in_words() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    house.sql("UPDATE run SET state = 'paused', code = 'sign-in-over'").await;
    let page = visitor.get(&format!("/runs/{run}")).await;
    for words in ["The sign-in behind this run is over", "press resume", "Resume", "Paused"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
}

#[tokio::test]
async fn the_list_of_jobs_is_narrowed_by_the_address() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    for (query, there) in [
        ("", true),
        ("?whose=mine", true),
        ("?state=waiting", true),
        ("?state=over", false),
        ("?kind=people", true),
        ("?kind=deletion", false),
    ] {
        let page = visitor.get(&format!("/jobs{query}")).await;
        assert_eq!(page.body.contains(&format!("href=\"/runs/{run}\"")), there, "{query}: {}", page.words());
    }
    for query in ["state=x", "whose=x", "kind=x", "page=0", "size=7", "show=x"] {
        let answer = visitor.get(&format!("/jobs?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.problem().unwrap().code, ProblemCode::MalformedQuery, "{query}");
    }
    let page = visitor.get("/jobs?show=jobs").await;
    assert!(page.says("None so far"), "{}", page.words());
    visitor.get(&format!("/runs/{}", Uuid::now_v7())).await.explains(ProblemCode::RunNotFound);
}

#[tokio::test]
async fn a_run_whose_sign_in_was_idle_for_too_long_says_so_and_goes_on_under_the_next() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    let path = format!("/runs/{run}");
    house.sql("UPDATE sign_in SET seen = seen - 21 * 60 * 1000000").await;
    // A very young token is left for a sign-in in the making.
    let later = Moment::from(OffsetDateTime::now_utc()).plus_seconds(400);
    house.web.operations.tidy_up(later, house.web.idle_seconds).await;
    assert_eq!(visitor.get(&path).await.location(), format!("/login?next={}", escape(&path)));
    house.work();
    let visitor = house.sign_in().await;
    let page = visitor.run_says(&run, "The sign-in behind this run is over").await;
    for words in ["Paused", "or was idle for too long", "press resume", "the rest then runs under your name"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let fields = [("run", run.as_str()), ("turn", "resume"), ("ticket", &page.field("ticket"))];
    let sent = visitor.submit(&path, "/api/runs/steer", &fields).await;
    sent.leads_to(&format!("{path}?notice=run-resumed"));
    let page = visitor.run_says(&run, "1 done").await;
    assert!(!page.says("The sign-in behind this run is over"), "{}", page.words());
    assert_eq!(house.applied(), 1);
}

#[tokio::test]
async fn the_open_page_of_a_run_keeps_its_sign_in_awake_while_the_run_is_under_way() {
    let house = House::built(Plan { idle_minutes: 1, ..Plan::default() }).await;
    let visitor = house.sign_in().await;
    let run = applied(&house, &visitor).await;
    house.sql("UPDATE sign_in SET seen = seen - 50 * 1000000").await;
    let lately = OffsetDateTime::now_utc().unix_timestamp() - 40;
    let seen = format!("sign_in WHERE seen > {lately} * 1000000");
    assert_eq!(house.count(&seen).await, 0);
    let follower = tokio::spawn({
        let (visitor, run) = (visitor.clone(), run.clone());
        async move { visitor.events(&format!("/api/runs/{run}/events")).await }
    });
    until("the sign-in is marked as seen", async || house.count(&seen).await == 1).await;
    house.stop.send_replace(true);
    follower.await.unwrap();
}
