//! The connection doctor: tries every read, one after the other, and tells the truth about each on good and bad days.

use std::time::Duration;

use model::{
    ProblemCode::{self, NotAllowed, SessionEnded},
    doctor::{Left, Outcome, Report, Tally, Tried},
    vendor::Certainty,
};
use operations::{Caller, Reality, examine};
use simulator::{Fault, FaultKind};

use crate::house::House;

/// An address that nothing else is like, so that a fault hits it alone.
const REGIONS: &str = "/api/v1/regions";

async fn round(house: &House, caller: &Caller) -> Report {
    Report::clone(&*house.operations.doctor(caller).await.unwrap())
}

fn of<'a>(report: &'a Report, name: &str) -> &'a Tried {
    report.manager.iter().find(|tried| tried.operation.name == name).unwrap()
}

fn failed(code: ProblemCode) -> Outcome {
    Outcome::Failed(code, None)
}

#[tokio::test]
async fn on_a_good_day_every_read_answers_and_nothing_is_changed() {
    let house = House::start(Reality::Real).await;
    let caller = house.administrator().await;
    house.connected(&caller).await;
    // A job that somebody looked at is what can be asked about jobs.
    let job = model::JobId::parse(&house.world().job("import-partial").unwrap()).unwrap();
    house
        .operations
        .job(&caller, &job, model::jobs::Outcome::All, model::PageRequest::default())
        .await
        .unwrap();
    let before = house.world().changes().len();
    let report = round(&house, &caller).await;
    assert!(report.is_well(), "{report:#?}");
    let left: Vec<_> = report
        .manager
        .iter()
        .filter(|tried| matches!(tried.outcome, Outcome::Left(_)))
        .map(|it| &*it.operation.name)
        .collect();
    assert_eq!(left, ["pat.login", "session.delete"], "all others were tried");
    assert!(of(&report, "tenant.get").proves_itself() && !of(&report, "site.list").proves_itself());
    assert_eq!((of(&report, "site.list").status, of(&report, "site.list").attempts), (Some(200), 1));
    assert_eq!(report.ahead.map(i64::abs).unwrap() / 2, 0, "both clocks are this machine's");
    let [server] = &report.servers[..] else { panic!("{:?}", report.servers) };
    assert_eq!(server.versions.as_ref().unwrap().spoken, "3.24");
    let [site] = &report.sites[..] else { panic!("{:?}", report.sites) };
    assert_eq!(Tally::of(&site.tries), Tally { answered: 3, failed: 0, left: 0 });
    assert_eq!((house.world().changes().len(), report.limits.met, report.beyond), (before, 0, 0));
}

#[tokio::test]
async fn one_bad_address_is_told_and_the_others_are_tried_all_the_same() {
    let cases = [
        (Fault::status(404), ProblemCode::VendorNotFound, Some(404)),
        (Fault::status(403), ProblemCode::VendorRefused, Some(403)),
        (Fault::status(401), ProblemCode::SessionEnded, Some(401)),
        (Fault::status(500), ProblemCode::VendorDown, Some(500)),
        (Fault::status(429), ProblemCode::VendorBusy, Some(429)),
        (Fault::status(400), ProblemCode::VendorRejected, Some(400)),
        (Fault::new(FaultKind::Malformed), ProblemCode::VendorGarbled, Some(200)),
        (Fault::new(FaultKind::Html), ProblemCode::VendorGarbled, Some(200)),
        (Fault::new(FaultKind::Empty), ProblemCode::VendorGarbled, Some(200)),
        (Fault::new(FaultKind::Truncated), ProblemCode::VendorGarbled, Some(200)),
        (Fault::new(FaultKind::Reset), ProblemCode::VendorGarbled, None),
    ];
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let whole = Tally::of(round(&house, &caller).await.tries());
    for (fault, code, status) in cases {
        house.world().inject(fault.clone().on("GET", REGIONS));
        let report = round(&house, &caller).await;
        house.world().clear_faults();
        let tried = of(&report, "regions.list");
        let Outcome::Failed(told, _) = &tried.outcome else { panic!("{fault:?}: {tried:?}") };
        assert_eq!((*told, tried.status), (code, status), "{fault:?}");
        let tally = Tally::of(report.tries());
        assert_eq!((tally.answered, tally.failed), (whole.answered - 1, 1), "{fault:?}: {report:#?}");
        assert!(!report.is_well());
    }
    assert!(round(&house, &caller).await.is_well(), "it remembers no bad day");
}

#[tokio::test]
async fn the_vendor_s_own_code_is_told_beside_ours() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::status(404).on("GET", REGIONS));
    let report = round(&house, &caller).await;
    let told = Outcome::Failed(ProblemCode::VendorNotFound, Some("FAULT".to_owned()));
    assert_eq!(of(&report, "regions.list").outcome, told);
    house.world().clear_faults();
    // What a gateway says is no code of the vendor's, and neither is a sentence.
    let odd = r#"{"message":"no","reason":"no","errorCode":"<b>not a code</b>"}"#;
    house.world().inject(Fault::status(404).on("GET", REGIONS).body(odd));
    assert_eq!(
        of(&round(&house, &caller).await, "regions.list").outcome,
        failed(ProblemCode::VendorNotFound)
    );
}

#[tokio::test]
async fn an_address_that_hangs_costs_its_own_time_and_no_more() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let hasty = house.hasty(Duration::from_millis(400));
    house.world().inject(Fault::new(FaultKind::Hang).on("GET", REGIONS));
    let report = hasty.doctor(&caller).await.unwrap();
    let tried = of(&report, "regions.list");
    assert_eq!((&tried.outcome, tried.status), (&failed(ProblemCode::VendorTimeout), None));
    assert_eq!(Tally::of(report.tries()).failed, 1, "{report:#?}");
}

#[tokio::test]
async fn a_pause_that_tableau_asks_for_is_kept_and_told() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::status(429).on("GET", REGIONS).retry_after("600"));
    let hasty = house.hasty(Duration::from_millis(400));
    let (report, asked) = (hasty.doctor(&caller).await.unwrap(), house.world().requests().len());
    assert_eq!(of(&report, "regions.list").outcome, failed_with(&report, ProblemCode::VendorBusy));
    let after: Vec<_> = report
        .manager
        .iter()
        .skip_while(|tried| tried.operation.name != "regions.list")
        .skip(1)
        .map(|tried| &tried.outcome)
        .collect();
    assert!(!after.is_empty());
    assert!(
        after.iter().all(|outcome| matches!(outcome, Outcome::Left(Left::Silence | Left::NoTime))),
        "{after:?}"
    );
    let last = report.limits.last.clone().unwrap();
    assert_eq!((report.limits.met, last.operation.as_str(), last.seconds), (1, "regions.list", Some(600)));
    assert_eq!(house.world().requests().len(), asked, "nothing is sent after the round");
}

/// The same outcome with whatever code the vendor gave.
fn failed_with(report: &Report, code: ProblemCode) -> Outcome {
    let Outcome::Failed(told, said) = &of(report, "regions.list").outcome else { panic!("{report:#?}") };
    assert_eq!(*told, code);
    Outcome::Failed(code, said.clone())
}

#[tokio::test]
async fn an_hour_between_the_clocks_is_found_and_reading_goes_on() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.connected(&caller).await;
    house.world().advance(Duration::from_secs(3_600));
    let report = round(&house, &caller).await;
    let ahead = report.ahead.unwrap();
    assert!((3_598..=3_602).contains(&ahead), "{ahead}");
    assert!(report.clocks_differ() && !report.is_well());
    assert_eq!(
        Tally::of(report.tries()).failed,
        0,
        "sessions that ended meanwhile are opened anew: {report:#?}"
    );
}

#[tokio::test]
async fn a_session_that_ended_is_renewed_once_and_the_question_asked_again() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().expire_sessions();
    let report = round(&house, &caller).await;
    assert_eq!(Tally::of(report.tries()).failed, 0, "{report:#?}");
}

#[tokio::test]
async fn a_revoked_token_ends_the_round_with_a_word() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    assert!(house.world().revoke_pat(&house.simulator.details().tcm_pat));
    house.world().expire_sessions();
    let report = round(&house, &caller).await;
    assert!(matches!(of(&report, "session.get").outcome, Outcome::Failed(SessionEnded, _)), "{report:#?}");
    let tally = Tally::of(report.tries());
    assert_eq!((tally.answered, tally.failed), (0, 1), "the rest is not even tried: {report:#?}");
    assert_eq!(of(&report, "site.list").outcome, Outcome::Left(Left::NoSession));
    // Once the session's own time is over as well, there is nothing to begin with.
    let later = Caller { now: caller.now.plus_seconds(86_400), ..caller };
    assert_eq!(house.operations.doctor(&later).await.unwrap_err().code, SessionEnded);
}

#[tokio::test]
async fn a_tableau_that_is_down_is_a_report_and_not_a_failure() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::status(500));
    let report = round(&house, &caller).await;
    let tally = Tally::of(report.tries());
    assert_eq!(tally.answered, 0);
    assert!(tally.failed > 5 && tally.left > 0, "what needs an id was not made up: {tally:?}");
    assert!(report.manager.iter().any(|tried| tried.outcome == Outcome::Left(Left::NothingKnown)));
    assert!(report.servers.is_empty(), "no site, no server");
}

#[tokio::test]
async fn a_site_that_refuses_its_token_says_so_once_and_the_rest_is_not_tried() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let (name, secret) = house.world().site_token(&site.content_url).unwrap();
    assert!(!name.is_empty() && house.world().revoke_pat(&secret));
    house.world().expire_sessions();
    let report = round(&house, &caller).await;
    let [found] = &report.sites[..] else { panic!("{report:#?}") };
    assert_eq!(found.tries[0].outcome, failed(ProblemCode::SiteTokenRefused), "{found:#?}");
    assert!(found.tries[1..].iter().all(|tried| tried.outcome == Outcome::Left(Left::NoSession)));
    assert_eq!(Tally::of(&report.manager).failed, 0, "the tenant is well");
}

#[tokio::test]
async fn two_who_press_the_button_at_once_cause_one_round() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    round(&house, &caller).await;
    let asked = || house.world().requests().len();
    let before = asked();
    round(&house, &caller).await;
    let alone = asked() - before;
    house.world().set_latency(Duration::from_millis(20));
    let before = asked();
    let (one, other) = futures::join!(house.operations.doctor(&caller), house.operations.doctor(&caller));
    assert_eq!((one.unwrap(), asked() - before), (other.unwrap(), alone));
}

#[tokio::test]
async fn without_the_permission_nobody_is_asked() {
    let house = House::start(Reality::Pretend).await;
    let nobody = house.nobody().await;
    let asked = house.world().requests().len();
    assert_eq!(house.operations.doctor(&nobody).await.unwrap_err().code, NotAllowed);
    assert_eq!(house.operations.addresses(&nobody).await.unwrap_err().code, NotAllowed);
    assert_eq!(house.world().requests().len(), asked);
}

#[tokio::test]
async fn with_a_token_and_no_sign_in_the_same_is_tried_and_the_session_given_back() {
    let house = House::start(Reality::Real).await;
    let wire = house.way();
    let token = house.simulator.details().tcm_pat.clone().into();
    let report = examine(&wire, &token).await;
    assert!(report.is_well(), "{report:#?}");
    assert_eq!(of(&report, "job.get").outcome, Outcome::Left(Left::NothingKnown), "it knows no job");
    assert_eq!(of(&report, "pat.login").operation.certainty, Certainty::Confirmed);
    assert_eq!(of(&report, "session.delete").outcome, Outcome::Answered("the session was ended".to_owned()));
    assert_eq!((house.world().manager_sessions(), house.world().changes().len()), (0, 0));
    let wrong = "not-a-token".to_owned().into();
    let report = examine(&wire, &wrong).await;
    assert_eq!(of(&report, "pat.login").outcome, failed(ProblemCode::TokenRefused));
    assert_eq!(Tally::of(report.tries()).answered, 0);
    assert!(report.manager.iter().skip(1).all(|tried| tried.outcome == Outcome::Left(Left::NoSession)));
}
