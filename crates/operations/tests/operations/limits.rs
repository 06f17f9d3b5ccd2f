//! Role limits of sites: planned against who is there, sent whole, and read back.

use model::{
    PlanId, ProblemCode, SiteId,
    audit::ActState,
    plan::{Verdict, Why},
    runs::{RowState, RunState},
};
use operations::{ApplyForm, Caller, LimitsForm, Reality};
use simulator::{Fault, FaultKind, SiteLimits};

use crate::{
    house::House,
    plans::{apply, sheet},
    runs::{Worker, until},
};

fn id(house: &House, name: &str) -> SiteId {
    SiteId::parse(&house.world().site(name).unwrap().id).unwrap()
}

fn own(number: &str) -> (String, String) {
    ("own".to_owned(), number.to_owned())
}

fn creators(sites: &[SiteId], number: &str) -> LimitsForm {
    LimitsForm { sites: sites.to_vec(), creators: own(number), ..LimitsForm::default() }
}

/// Applies a plan with everything dangerous in it.
async fn apply_with(house: &House, caller: &Caller, plan: PlanId, include: &[Why]) {
    let seen = sheet(house, caller, plan).await;
    let form = ApplyForm { include: include.to_vec(), ..apply(&seen) };
    house.operations.apply_plan(caller, form).await.unwrap();
}

#[tokio::test]
async fn limits_of_two_sites_are_planned_applied_verified_and_recorded() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let sites = [id(&house, "Finance"), id(&house, "Sales APAC")];
    let old = SiteLimits { creator: None, explorer: Some(70), viewer: Some(9_000) };
    house.world().set_site_limits(&sites[0].to_string(), old);
    house.world().set_site_limits(&sites[1].to_string(), SiteLimits { creator: Some(500), ..old });
    let form = LimitsForm { viewers: ("cloud".to_owned(), String::new()), ..creators(&sites, "500") };
    let plan = house.operations.plan_limits(&caller, form).await.unwrap();
    assert!(house.world().changes().is_empty());
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!(seen.steps.rows.iter().map(|step| step.verdict).collect::<Vec<_>>(), [Verdict::Change; 2]);
    assert_eq!(seen.steps.rows[0].before, "Creator as the cloud, Viewer 9000");
    assert_eq!(seen.steps.rows[0].after, "Creator 500, Viewer as the cloud");
    let _worker = Worker::start(&house.operations);
    apply_with(&house, &caller, plan, &[]).await;
    let run = until(&house, &caller, plan, RunState::Over).await;
    assert!(run.rows.rows.iter().all(|row| row.state == RowState::Done), "{:?}", run.rows.rows);
    for name in ["Finance", "Sales APAC"] {
        let limits = house.world().site(name).unwrap().limits;
        // What nobody named stays as it was read.
        assert_eq!(limits, SiteLimits { creator: Some(500), explorer: Some(70), viewer: None }, "{name}");
    }
    let acts = house.log(&caller).await;
    let acts: Vec<_> = acts.iter().filter(|act| act.verb == "site.limits").collect();
    assert_eq!((acts.len(), acts[0].state, acts[0].object_kind.as_str()), (2, ActState::Done, "site"));
    assert_eq!(house.world().applied("site.update_limits"), 2);
}

#[tokio::test]
async fn a_limit_below_what_is_in_use_is_dangerous_and_goes_only_on_purpose() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = id(&house, "Marketing EU");
    let people = house.world().site_licences(&site.to_string()).unwrap().creators;
    let plan = house.operations.plan_limits(&caller, creators(&[site], "0")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    let step = &seen.steps.rows[0];
    assert_eq!((step.verdict, step.why.as_slice()), (Verdict::Dangerous, [Why::BelowUse].as_slice()));
    assert_eq!(step.note, format!("Creator: {people} people, limit 0"));
    let _worker = Worker::start(&house.operations);
    apply_with(&house, &caller, plan, &[Why::BelowUse]).await;
    until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(house.world().site("Marketing EU").unwrap().limits.creator, Some(0));
}

#[tokio::test]
async fn nonsense_is_refused_and_what_is_so_already_is_not_sent() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = id(&house, "Finance");
    for number in ["-1", "2147483648", "", "many", "1.5"] {
        let problem = house.operations.plan_limits(&caller, creators(&[site], number)).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::LimitUnfit, "{number}");
    }
    let nothing = LimitsForm { sites: vec![site], ..LimitsForm::default() };
    let problem = house.operations.plan_limits(&caller, nothing).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NothingChanged);
    let problem = house.operations.plan_limits(&caller, creators(&[], "5")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NobodyChosen);
    house
        .world()
        .set_site_limits(&site.to_string(), SiteLimits { creator: Some(400), ..SiteLimits::default() });
    let plan = house.operations.plan_limits(&caller, creators(&[site, site], "400")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert!(!seen.can_apply, "{:?}", seen.steps.rows);
}

#[tokio::test]
async fn a_site_that_changed_since_the_plan_is_left_alone() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = id(&house, "Finance");
    let plan = house.operations.plan_limits(&caller, creators(&[site], "900")).await.unwrap();
    house
        .world()
        .set_site_limits(&site.to_string(), SiteLimits { creator: Some(800), ..SiteLimits::default() });
    let _worker = Worker::start(&house.operations);
    apply_with(&house, &caller, plan, &[]).await;
    let run = until(&house, &caller, plan, RunState::Over).await;
    let row = &run.rows.rows[0];
    assert_eq!((row.state, row.code.as_deref()), (RowState::Refused, Some("row-drifted")));
    assert_eq!(house.world().applied("site.update_limits"), 0);
}

#[tokio::test]
async fn a_lost_answer_is_read_back_and_never_sent_again() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = id(&house, "Finance");
    let lost = || Fault::new(FaultKind::Reset).on("PATCH", "/sites/").times(1);
    let _worker = Worker::start(&house.operations);
    for (fault, number, state) in [
        (lost().applied(), "700", RowState::Done),
        (lost(), "600", RowState::Unknown),
        (Fault::status(409).on("PATCH", "/sites/").times(1), "650", RowState::Failed),
    ] {
        house.world().inject(fault);
        let plan = house.operations.plan_limits(&caller, creators(&[site], number)).await.unwrap();
        apply_with(&house, &caller, plan, &[]).await;
        let run = until(&house, &caller, plan, RunState::Over).await;
        assert_eq!(run.rows.rows[0].state, state, "{number}");
    }
    assert_eq!(house.world().applied("site.update_limits"), 1);
}
