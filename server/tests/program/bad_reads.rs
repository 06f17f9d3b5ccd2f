//! Bad days of Tableau while reading: explained, or older data with its age.

use std::time::Duration;

use futures::future::join_all;
use model::ProblemCode::{self, *};
use simulator::{Fault, FaultKind};

use crate::house::House;

/// A fault that lasts, and what a page without older data says.
fn days() -> Vec<(Fault, ProblemCode)> {
    vec![
        (Fault::status(400), VendorRejected),
        (Fault::status(401), SessionEnded),
        (Fault::status(403), VendorRefused),
        (Fault::status(404), VendorNotFound),
        (Fault::status(409), VendorConflict),
        (Fault::status(429), VendorBusy),
        (Fault::status(429).retry_after("60"), VendorBusy),
        (Fault::status(500), VendorDown),
        (Fault::status(502), VendorDown),
        (Fault::status(503), VendorDown),
        (Fault::status(504), VendorDown),
        (Fault::new(FaultKind::Reset), VendorGarbled),
        (Fault::new(FaultKind::Truncated), VendorGarbled),
        (Fault::new(FaultKind::Malformed), VendorGarbled),
        (Fault::new(FaultKind::Html), VendorGarbled),
    ]
}

#[tokio::test]
async fn a_list_that_was_never_read_explains_what_keeps_it() {
    let house = House::start().await;
    let path = format!("/tenants/{}/sites", house.tenant());
    for (fault, code) in days() {
        // Each with a sign-in of its own, so that nothing is remembered.
        let visitor = house.sign_in().await;
        house.world().inject(fault.clone().on("GET", &path));
        let answer = visitor.get("/sites").await;
        assert_eq!(answer.problem().map(|it| it.code), Some(code), "{fault:?} {}", answer.words());
        answer.explains(code);
        if fault.retry_after.is_some() {
            assert!(answer.says("Tableau names the time to wait: 1 min"), "{}", answer.words());
        }
        house.world().clear_faults();
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn a_list_that_was_read_before_is_shown_with_its_age() {
    let house = House::start().await;
    let path = format!("/tenants/{}/sites", house.tenant());
    for (fault, code) in days() {
        let visitor = house.sign_in().await;
        assert!(visitor.get("/sites").await.status.is_success());
        house.world().inject(fault.clone().on("GET", &path));
        let answer = visitor.get("/sites?refresh=1").await;
        if matches!(code, SessionEnded | VendorRefused) {
            // Who may not look any more is shown nothing, however recent.
            answer.explains(code);
            assert!(!answer.says(&house.active_site().name));
        } else {
            assert_eq!(answer.status.as_u16(), 200, "{fault:?} {}", answer.words());
            let told = ["The list is older than it should be", "As of", &code.word(), answer.reference()];
            for told in [told[0], told[1], told[2], told[3], &house.active_site().name] {
                assert!(answer.says(told), "{fault:?} {told}: {}", answer.words());
            }
        }
        house.world().clear_faults();
    }
}

#[tokio::test]
async fn a_page_that_waits_for_tableau_gives_up_in_time() {
    let house = House::hasty(Duration::from_millis(1_500)).await;
    let visitor = house.sign_in().await;
    let path = format!("/tenants/{}/sites", house.tenant());
    house.world().inject(Fault::new(FaultKind::Hang).on("GET", &path));
    visitor.get("/sites").await.explains(VendorTimeout);
}

#[tokio::test]
async fn a_passing_fault_is_not_even_noticed() {
    let house = House::start().await;
    let path = format!("/tenants/{}/sites", house.tenant());
    for fault in [Fault::status(503), Fault::status(429).retry_after("1"), Fault::new(FaultKind::Reset)] {
        let visitor = house.sign_in().await;
        house.world().inject(fault.on("GET", &path).times(1));
        let answer = visitor.get("/sites").await;
        assert_eq!((answer.status.as_u16(), answer.problem()), (200, None));
    }
}

#[tokio::test]
async fn a_part_that_fails_leaves_the_rest_of_the_page_standing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(500).on("GET", "/aggregates/"));
    let list = visitor.get("/sites").await;
    assert_eq!(list.status.as_u16(), 200);
    assert!(list.says("The counts are missing or old") && list.says(&house.active_site().name));
    let site = visitor.get(&format!("/sites/{}", house.active_site().id)).await;
    assert!(
        site.status.is_success() && site.says("The counts of this site did not come"),
        "{}",
        site.words()
    );
    let overview = visitor.get("/").await;
    assert!(
        overview.says("Quillmere Holdings") && overview.says(&house.active_site().name),
        "{}",
        overview.words()
    );
}

#[tokio::test]
async fn a_session_that_ended_is_renewed_once_and_nobody_notices() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().expire_sessions();
    let opened = join_all((0..20).map(|_| visitor.get("/sites?refresh=1"))).await;
    for page in opened {
        assert_eq!((page.status.as_u16(), page.problem()), (200, None), "{}", page.words());
    }
    assert_eq!(house.vendor_sign_ins(), 2, "one at the sign-in, one to renew");
}

#[tokio::test]
async fn a_token_that_was_revoked_opens_nothing_any_more() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    assert!(visitor.get("/sites").await.says(&house.active_site().name));
    assert!(house.world().revoke_pat(house.token()));
    for path in ["/sites?refresh=1", "/", &format!("/sites/{}", house.active_site().id)] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.problem().map(|it| it.code), Some(SessionEnded), "{path} {}", answer.words());
        assert_eq!(answer.status.as_u16(), 401, "{path}");
        assert!(!answer.says(&house.active_site().name), "{path} {}", answer.words());
    }
}

#[tokio::test]
async fn a_sign_in_on_a_bad_day_is_explained_and_keeps_nothing() {
    let house = House::start().await;
    for (fault, code) in [
        (Fault::status(500), VendorDown),
        (Fault::status(503), VendorDown),
        (Fault::status(429).retry_after("60"), VendorBusy),
        (Fault::status(404), VendorNotFound),
        (Fault::new(FaultKind::Reset), VendorGarbled),
        (Fault::new(FaultKind::Html), VendorGarbled),
        (Fault::new(FaultKind::Malformed), VendorGarbled),
    ] {
        let visitor = house.stranger();
        house.world().inject(fault.clone().on("POST", "/pat/login"));
        let sent = visitor.submit("/login", "/login", &[("token", house.token())]).await;
        assert_eq!(sent.page.problem().map(|it| it.code), Some(code), "{fault:?}");
        sent.explains(code);
        assert_eq!(visitor.cookie(), None);
        house.world().clear_faults();
    }
    for table in ["credential", "vendor_session", "sign_in", "audit_record"] {
        assert_eq!(house.count(table).await, 0, "{table}");
    }
}
