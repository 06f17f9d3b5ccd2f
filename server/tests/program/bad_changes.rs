//! Bad days of Tableau while changing: done, failed or unknown, never sent twice, never claimed without knowing.

use std::time::Duration;

use model::{
    ProblemCode::{self, *},
    audit::ActState,
};
use simulator::{Fault, FaultKind, SiteFacts};

use crate::house::{House, Sent};

/// Suspends an active site while a fault hits the very request.
async fn suspended_under(house: &House, fault: Fault) -> (SiteFacts, Sent) {
    let visitor = house.sign_in().await;
    let site = house.active_site();
    house.world().inject(fault.on("DELETE", "/sites/"));
    let sent = visitor.suspend(&site, "Test").await;
    house.world().clear_faults();
    (site, sent)
}

async fn last_act(house: &House) -> (ActState, Option<String>) {
    let act = house.audit().await.into_iter().find(|act| act.verb == "site.suspend").unwrap();
    (act.state, act.code)
}

#[tokio::test]
async fn what_tableau_itself_refused_has_failed() {
    let house = House::start().await;
    for (status, code) in [
        (400, VendorRejected),
        (403, VendorRefused),
        (404, VendorNotFound),
        (409, VendorConflict),
        (429, VendorBusy),
    ] {
        let before = house.sent_changes();
        let (site, sent) = suspended_under(&house, Fault::status(status).retry_after("2")).await;
        assert_eq!(sent.page.problem().map(|it| it.code), Some(code), "{status}");
        sent.explains(code);
        assert_eq!(last_act(&house).await, (ActState::Failed, Some(code.word())), "{status}");
        assert_eq!(house.status_of(&site), "Active");
        assert_eq!(house.sent_changes() - before, 1, "{status} is not sent again");
    }
    assert_eq!(house.applied(), 0);
}

/// Answers that say nothing about the fate of a change.
fn lost_answers() -> Vec<Fault> {
    vec![
        Fault::status(500),
        Fault::status(502),
        Fault::status(503),
        Fault::status(504),
        Fault::new(FaultKind::Reset),
        Fault::new(FaultKind::Truncated),
        Fault::new(FaultKind::Malformed),
        Fault::new(FaultKind::Html),
    ]
}

#[tokio::test]
async fn a_lost_answer_without_effect_is_unknown_and_never_sent_again() {
    let house = House::start().await;
    for fault in lost_answers() {
        let before = house.sent_changes();
        let (site, sent) = suspended_under(&house, fault.clone()).await;
        let code = sent.page.problem().map(|it| it.code);
        assert!(matches!(code, Some(FateUnknown | NotVerified)), "{fault:?}: {code:?}");
        sent.explains(code.unwrap());
        assert_eq!(last_act(&house).await.0, ActState::Unknown, "{fault:?}");
        assert_eq!(house.status_of(&site), "Active");
        assert_eq!(house.sent_changes() - before, 1, "{fault:?}");
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn a_lost_answer_with_its_effect_in_plain_sight_is_done() {
    let house = House::start().await;
    for fault in lost_answers() {
        let before = house.sent_changes();
        let (site, sent) = suspended_under(&house, fault.clone().applied()).await;
        assert_eq!(
            sent.post.location(),
            format!("/sites/{}?notice=site-suspended", site.id),
            "{fault:?} {}",
            sent.page.words()
        );
        assert_eq!(last_act(&house).await, (ActState::Done, None), "{fault:?}");
        assert_eq!(house.sent_changes() - before, 1, "{fault:?}");
        house.world().set_site_status(&site.id, "Active");
    }
    assert_eq!(house.applied(), lost_answers().len());
}

#[tokio::test]
async fn an_answer_that_never_comes_is_unknown() {
    let house = House::hasty(Duration::from_secs(2)).await;
    let (site, sent) = suspended_under(&house, Fault::new(FaultKind::Hang)).await;
    sent.explains(FateUnknown);
    assert_eq!((house.sent_changes(), house.applied()), (1, 0));
    assert_eq!(house.status_of(&site), "Active");
}

#[tokio::test]
async fn an_accepted_change_that_cannot_be_read_back_is_unknown() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    // One look passes: the one before the change.
    house.world().inject(Fault::status(500).on("GET", "/sites").after(1));
    let path = format!("/sites/{}/suspend", site.id);
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", &site.name)];
    let post = visitor.post(&path, "/api/sites/suspend", &fields).await;
    house.world().clear_faults();
    let page = visitor.open(post.location()).await;
    Sent { post, page }.explains(NotReadBack);
    assert_eq!(last_act(&house).await, (ActState::Unknown, Some(NotReadBack.word())));
    assert_eq!((house.sent_changes(), house.applied()), (1, 1));
}

#[tokio::test]
async fn an_ended_session_is_renewed_and_the_change_sent_once_more() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    house.world().inject(Fault::new(FaultKind::ExpiredSession).on("DELETE", "/sites/").times(1));
    visitor
        .suspend_with(&site, &ticket, "Test")
        .await
        .leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
    assert_eq!((house.sent_changes(), house.applied(), house.vendor_sign_ins()), (2, 1, 2));
}

#[tokio::test]
async fn an_ended_session_whose_token_is_gone_changes_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    house.world().revoke_pat(house.token());
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", &site.name)];
    let answer = visitor.api(reqwest::Method::POST, "/api/sites/suspend", &fields).await;
    answer.explains(ProblemCode::SessionEnded);
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
}

#[tokio::test]
async fn an_open_question_is_shown_asked_again_and_settled() {
    let house = House::start().await;
    let (site, sent) = suspended_under(&house, Fault::status(504)).await;
    sent.explains(FateUnknown);
    let visitor = house.sign_in().await;
    let here = format!("/sites/{}", site.id);
    let page = visitor.get(&here).await;
    assert!(page.says("The fate of a change is unknown: Suspend site"), "{}", page.words());
    let act = page.field("act");

    // Still unknown: no effect yet, and it is too early to give up.
    visitor.submit(&here, "/api/sites/settle", &[("act", &act)]).await.leads_to(&here);
    assert_eq!(last_act(&house).await.0, ActState::Unknown);
    assert!(visitor.get(&here).await.says("The fate of a change is unknown"));

    // The effect shows up after all.
    house.world().set_site_status(&site.id, "Suspended");
    let settled = visitor.submit(&here, "/api/sites/settle", &[("act", &act)]).await;
    settled.leads_to(&here);
    assert!(!settled.page.says("The fate of a change is unknown"), "{}", settled.page.words());
    assert_eq!(last_act(&house).await.0, ActState::Done);
    assert_eq!((house.sent_changes(), house.applied()), (1, 0), "settling asks and sends nothing");
    assert!(house.store.audit_verify().await.unwrap().broken_at.is_none());
}

#[tokio::test]
async fn a_lost_change_without_effect_for_long_is_settled_as_not_done() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let act = house.lost_act(house.tenant(), &site.id, 200).await;
    let here = format!("/sites/{}", site.id);
    visitor.submit(&here, "/api/sites/settle", &[("act", &act.to_string())]).await.leads_to(&here);
    assert_eq!(last_act(&house).await, (ActState::Failed, Some(NotCarriedOut.word())));
    assert_eq!(house.sent_changes(), 0);
}
