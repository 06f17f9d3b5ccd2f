//! Every change is in the audit log before its first byte goes out; where the log cannot be written, nothing is sent.

use model::{ProblemCode, audit::ActState};
use simulator::{Fault, FaultKind};

use crate::house::{House, until};

#[tokio::test]
async fn the_log_holds_the_act_while_the_request_is_still_on_its_way() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    house.world().inject(Fault::new(FaultKind::Hang).on("DELETE", "/sites/"));
    let (browser, clicked) = (visitor.clone(), site.clone());
    let click = tokio::spawn(async move { browser.suspend_with(&clicked, &ticket, "Test").await });
    until("the request to reach Tableau", async || house.sent_changes() == 1).await;
    assert_eq!(house.states_of("site.suspend").await, [ActState::Started]);
    let second = visitor.ticket(&site.id, "suspend").await;
    visitor.suspend_with(&site, &second, "Test").await.explains(ProblemCode::ChangeUnderWay);
    assert_eq!(house.sent_changes(), 1);
    click.abort();
}

#[tokio::test]
async fn a_browser_that_leaves_does_not_leave_the_act_half_done() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    let slow = Fault { delay_ms: Some(5), ..Fault::new(FaultKind::SlowBody) };
    house.world().inject(slow.on("DELETE", "/sites/").applied());
    let (browser, clicked) = (visitor.clone(), site.clone());
    let click = tokio::spawn(async move { browser.suspend_with(&clicked, &ticket, "Test").await });
    until("the request to reach Tableau", async || house.applied() == 1).await;
    click.abort();
    until("the act to end", async || house.states_of("site.suspend").await == [ActState::Done]).await;
}

/// The log cannot be written: changes are refused, pages go on.
async fn refuses_changes_and_goes_on_reading(house: &House, break_it: impl AsyncFnOnce(&House)) {
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    break_it(house).await;
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", &site.name)];
    for _ in 0..3 {
        let answer = visitor.api(reqwest::Method::POST, "/api/sites/suspend", &fields).await;
        answer.explains(ProblemCode::LogUnavailable);
    }
    visitor.suspend_with(&site, &ticket, "Test").await.explains(ProblemCode::LogUnavailable);
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
    assert_eq!(house.status_of(&site), "Active");
    let job = house.world().job("running").unwrap();
    for path in ["/", "/sites?refresh=1", "/audit", "/connection", &format!("/jobs/{job}")] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.problem()), (200, None), "{path} {}", answer.words());
    }
}

#[tokio::test]
async fn a_read_only_database_stops_changes_and_no_reading() {
    let house = House::start().await;
    let read_only = async |house: &House| house.on_every_connection("PRAGMA query_only = ON").await;
    refuses_changes_and_goes_on_reading(&house, read_only).await;
}

#[tokio::test]
async fn a_full_database_stops_changes_and_no_reading() {
    let house = House::start().await;
    refuses_changes_and_goes_on_reading(&house, async |house: &House| {
        // SQLite raises a limit that is too low to what the file has now.
        house.on_every_connection("PRAGMA max_page_count = 1").await;
        for longest in [400, 40, 0] {
            while house.note(&"x".repeat(longest)).await.is_ok() {}
        }
    })
    .await;
    house.on_every_connection("PRAGMA max_page_count = 1000000").await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    visitor.suspend(&site, "Test").await.leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
    assert!(house.store.audit_verify().await.unwrap().broken_at.is_none());
}

#[tokio::test]
async fn nobody_signs_in_to_a_program_that_cannot_write_it_down() {
    let house = House::start().await;
    house.on_every_connection("PRAGMA query_only = ON").await;
    let sent = house.stranger().submit("/login", "/login", &[("token", house.token())]).await;
    sent.explains(ProblemCode::StoreUnavailable);
    assert_eq!(house.world().manager_sessions(), 0, "the vendor's session is given back");
    assert_eq!(house.count("credential").await, 0);
}
