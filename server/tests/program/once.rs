//! Nothing is done twice: not by double click, reload, two tabs or two people.

use futures::future::join_all;
use model::{ProblemCode, audit::ActState};
use reqwest::Method;

use crate::house::House;

#[tokio::test]
async fn the_same_form_counts_once_even_after_the_site_was_reactivated() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    visitor
        .suspend_with(&site, &ticket, "Test")
        .await
        .leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
    visitor.suspend_with(&site, &ticket, "Test").await.explains(ProblemCode::FormUsed);
    visitor.reactivate(&site, "Test").await;
    assert_eq!(house.status_of(&site), "Active");
    visitor.suspend_with(&site, &ticket, "Test").await.explains(ProblemCode::FormUsed);
    assert_eq!(house.status_of(&site), "Active");
    assert_eq!(house.world().applied("site.suspend"), 1);
    assert_eq!(house.states_of("site.suspend").await, [ActState::Done]);
}

#[tokio::test]
async fn twenty_clicks_on_one_form_suspend_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", &site.name)];
    let clicks = (0..20).map(|_| visitor.api(Method::POST, "/api/sites/suspend", &fields));
    let answers = join_all(clicks).await;
    let done = answers.iter().filter(|answer| answer.location().ends_with("notice=site-suspended")).count();
    assert_eq!(done, 1);
    for answer in answers.iter().filter(|answer| answer.problem().is_some()) {
        answer.explains(ProblemCode::FormUsed);
    }
    assert_eq!((house.sent_changes(), house.applied()), (1, 1));
    assert_eq!(house.states_of("site.suspend").await, [ActState::Done]);
}

#[tokio::test]
async fn two_forms_for_one_site_suspend_once() {
    let house = House::start().await;
    let (one, other) = (house.sign_in().await, house.sign_in().await);
    let site = house.active_site();
    let tickets = [one.ticket(&site.id, "suspend").await, other.ticket(&site.id, "suspend").await];
    let (first, second) = futures::join!(
        one.suspend_with(&site, &tickets[0], "One"),
        other.suspend_with(&site, &tickets[1], "Other")
    );
    let codes: Vec<_> =
        [first, second].iter().filter_map(|sent| sent.page.problem()).map(|it| it.code).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    assert!(matches!(codes[0], ProblemCode::ChangeUnderWay | ProblemCode::SiteNotActive), "{codes:?}");
    assert_eq!((house.sent_changes(), house.applied()), (1, 1));
    assert_eq!(house.states_of("site.suspend").await, [ActState::Done]);
}

#[tokio::test]
async fn a_form_after_a_problem_shows_a_new_ticket_that_works() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    let page = format!("/sites/{}/suspend", site.id);
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", "wrong")];
    let sent = visitor.submit(&page, "/api/sites/suspend", &fields).await;
    sent.explains(ProblemCode::WrongName);
    let ticket = sent.page.field("ticket");
    // The second form starts from the address that carries the first one's problem, as in a browser.
    let referer = sent.post.location().to_owned();
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", ""), ("typed", &site.name)];
    visitor.submit(&referer, "/api/sites/suspend", &fields).await.explains(ProblemCode::ReasonMissing);
    visitor
        .suspend_with(&site, &ticket, "Test")
        .await
        .leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
}
