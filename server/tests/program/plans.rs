//! The page of a plan: what it says, its rows and files, and that it is applied once, as it was seen, by those who may.

use model::{ProblemCode, audit::ActState};
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use crate::house::House;

#[tokio::test]
async fn a_plan_says_what_it_would_do_and_its_rows_can_be_narrowed() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site().name;
    let rows: String = (0..30).map(|n| format!("new{n}@example.com,{site},Unlicensed\n")).collect();
    let plan = visitor.plan(&format!("Username,Site,Role\n{rows}wrong,{site},Viewer\n")).await;
    let page = visitor.get(&format!("/plans/{plan}")).await;
    for words in [
        "nothing has been sent yet",
        "valid until",
        "Will create 30",
        "Refused 1",
        "1–25 of 31",
        "It takes and frees no seat of the tenant",
        "Send 30 changes",
        "type or paste the number of changes: 30",
        "written to the audit log first, sent once, and read back",
    ] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let found = visitor.get(&format!("/plans/{plan}?q=new29")).await;
    assert!(found.says("new29@example.com") && !found.says("new28@example.com"), "{}", found.words());
    let refused = visitor.get(&format!("/plans/{plan}?rows=refused")).await;
    assert!(refused.says("wrong") && !refused.says("new1@example.com"), "{}", refused.words());
    for query in ["rows=x", "page=0", "size=7", "page=x"] {
        let answer = visitor.get(&format!("/plans/{plan}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.problem().unwrap().code, ProblemCode::MalformedQuery, "{query}");
    }
}

#[tokio::test]
async fn a_plan_counts_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let plan = visitor.plan(&house.one_new_person()).await;
    let path = format!("/plans/{plan}");
    let page = visitor.get(&path).await;
    let (hash, ticket) = (page.field("hash"), page.field("ticket"));
    let fields = [("plan", plan.as_str()), ("hash", &hash), ("ticket", &ticket), ("reason", "Ticket 4711")];
    visitor.submit(&path, "/api/plans/apply", &fields).await.leads_to(&format!("/runs/{plan}"));
    visitor.submit(&path, "/api/plans/apply", &fields).await.explains(ProblemCode::PlanNotOpen);
    let page = visitor.get(&path).await;
    assert!(page.says("This plan was applied") && !page.says("Send 1 change"), "{}", page.words());
    assert!(page.body.contains(&format!("href=\"/runs/{plan}\"")));
    visitor.submit(&path, "/api/plans/discard", &[("plan", &plan)]).await.explains(ProblemCode::PlanNotOpen);
    assert_eq!(house.states_of("plan.apply").await, [ActState::Done]);
    assert_eq!(house.audit().await[0].reason.as_deref(), Some("Ticket 4711"));
}

#[tokio::test]
async fn mistakes_in_the_form_come_back_and_send_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site().name;
    let rows: String = (0..26).map(|n| format!("new{n}@example.com,{site},Unlicensed\n")).collect();
    let plan = visitor.plan(&format!("Username,Site,Role\n{rows}")).await;
    for typed in ["", "25", "twenty-six"] {
        let sent = visitor.apply(&plan, &[("typed", typed)]).await;
        sent.explains(ProblemCode::WrongCount);
        assert!(sent.page.body.contains("aria-invalid=\"true\""), "the mistake stands beside its field");
    }
    let reason = "x".repeat(501);
    visitor.apply(&plan, &[("typed", "26"), ("reason", &reason)]).await.explains(ProblemCode::ReasonTooLong);
    for include in ["takes-viewer", "no-such-danger"] {
        visitor
            .apply(&plan, &[("typed", "26"), ("include[]", include)])
            .await
            .explains(ProblemCode::MalformedForm);
    }
    let (path, ticket) = (format!("/plans/{plan}"), Uuid::now_v7().to_string());
    let fields = [("plan", plan.as_str()), ("hash", "another"), ("ticket", &ticket), ("typed", "26")];
    visitor.submit(&path, "/api/plans/apply", &fields).await.explains(ProblemCode::PlanChanged);
    assert!(house.states_of("plan.apply").await.is_empty(), "typing mistakes are no acts");
    visitor.apply(&plan, &[("typed", " 26 ")]).await.leads_to(&format!("/runs/{plan}"));
}

#[tokio::test]
async fn a_discarded_plan_and_one_that_ran_out_say_so_and_can_be_made_again() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let discarded = visitor.plan(&house.one_new_person()).await;
    let path = format!("/plans/{discarded}");
    let page = visitor.get(&path).await;
    let (hash, ticket) = (page.field("hash"), page.field("ticket"));
    let sent = visitor.submit(&path, "/api/plans/discard", &[("plan", &discarded)]).await;
    sent.leads_to(&format!("{path}?notice=plan-discarded"));
    assert!(sent.page.says("This plan was discarded"), "{}", sent.page.words());
    let fields = [("plan", discarded.as_str()), ("hash", &hash), ("ticket", &ticket)];
    visitor.submit(&path, "/api/plans/apply", &fields).await.explains(ProblemCode::PlanNotOpen);
    let ran_out = visitor.plan(&house.one_new_person()).await;
    let page = visitor.get(&format!("/plans/{ran_out}")).await;
    let (hash, ticket) = (page.field("hash"), page.field("ticket"));
    house.sql("UPDATE plan SET until = 0").await;
    let path = format!("/plans/{ran_out}");
    assert!(visitor.get(&path).await.says("This plan ran out"));
    let fields = [("plan", ran_out.as_str()), ("hash", &hash), ("ticket", &ticket)];
    visitor.submit(&path, "/api/plans/apply", &fields).await.explains(ProblemCode::PlanRunOut);
    for old in [discarded, ran_out] {
        let sent = visitor.submit(&format!("/plans/{old}"), "/api/plans/anew", &[("plan", &old)]).await;
        assert!(sent.post.location().starts_with("/plans/") && !sent.post.location().ends_with(&old));
        assert!(
            sent.page.says("Send 1 change") && sent.page.says("Plan: Import of people.csv"),
            "{}",
            sent.page.words()
        );
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn rows_are_downloaded_by_verdict_and_no_cell_is_a_formula() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site().name;
    let file = format!(
        "Username,Display name,Site,Role\nnew@example.com,=1+1,{site},Unlicensed\nwrong,@SUM(A1),{site},Viewer\n"
    );
    let plan = visitor.plan(&file).await;
    let all = visitor.get(&format!("/plans/{plan}/file?rows=")).await;
    assert_eq!(all.status, StatusCode::OK);
    assert!(all.header("content-disposition").starts_with("attachment; filename=\"plan-"));
    assert_eq!(all.header("x-content-type-options"), "nosniff");
    let cells = |text: &str| {
        text.lines()
            .flat_map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert!(
        !cells(&all.body).iter().any(|cell| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@'])),
        "{}",
        all.body
    );
    assert_eq!(all.body.lines().count(), 3);
    let refused = visitor.get(&format!("/plans/{plan}/file?rows=refused")).await;
    assert_eq!(refused.body.lines().count(), 2);
    visitor.get(&format!("/plans/{plan}/file?rows=x")).await.explains(ProblemCode::MalformedQuery);
}

#[tokio::test]
async fn without_danger_included_a_dangerous_row_is_left_out() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let file = format!("{}root@example.com,,Viewer\n", house.one_new_person());
    let plan = visitor.plan(&file).await;
    let page = visitor.get(&format!("/plans/{plan}")).await;
    assert!(page.says("Include 1 row: would make a cloud administrator"), "{}", page.words());
    visitor.apply(&plan, &[("typed", "1")]).await.leads_to(&format!("/runs/{plan}"));
    assert_eq!(house.count("run_row").await, 1);
    let plan = visitor.plan(&file).await;
    visitor
        .apply(&plan, &[("typed", "1"), ("include[]", "makes-administrator")])
        .await
        .leads_to(&format!("/runs/{plan}"));
    assert_eq!(house.count("run_row").await, 3);
}

#[tokio::test]
async fn the_browser_half_is_told_of_problems_by_their_status() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let plan = visitor.plan(&house.one_new_person()).await;
    let ticket = Uuid::now_v7().to_string();
    let fields = [("plan", plan.as_str()), ("hash", "x"), ("ticket", &ticket)];
    visitor.api(Method::POST, "/api/plans/apply", &fields).await.explains(ProblemCode::PlanChanged);
    let path = format!("/api/plans/get?plan={}&query[search]=", Uuid::now_v7());
    visitor.api(Method::GET, &path, &[]).await.explains(ProblemCode::PlanNotFound);
}
