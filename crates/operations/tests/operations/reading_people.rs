//! Whom a plan is about is read from Tableau as it is now, whatever address answers and however many they are; and where
//! it is not, the plan says how old what it knows is.

use std::time::Duration;

use model::{
    Freshness, PlanId, ProblemCode, SiteId,
    people::PeopleQuery,
    runs::{RowState, RunState},
};
use operations::{Caller, ManyForm, Operations, Reality, Rhythm, Whom};
use simulator::Fault;

use crate::{
    house::House,
    plans::{active_site, apply, people_on, role, sheet},
    runs::{Worker, run, until},
};

const FOR_MANY: &str = "/bulk/users/details";

async fn ready() -> (House, Caller, SiteId) {
    let house = House::start(Reality::Pretend).await;
    house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    (house, caller, site)
}

/// Carries a plan of this program out, from plan to end.
async fn carried_out(house: &House, caller: &Caller, form: ManyForm) -> PlanId {
    let plan = house.operations.plan_many(caller, form).await.unwrap();
    let seen = sheet(house, caller, plan).await;
    house.operations.apply_plan(caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    until(house, caller, plan, RunState::Over).await;
    worker.stop().await;
    plan
}

/// A program that knows everyone as they are at this moment, and learns nothing from the others.
async fn one_that_knows(house: &House, caller: &Caller) -> Operations {
    let operations = house.in_a_hurry();
    let everyone = PeopleQuery::default();
    operations.list_people(caller, &everyone, Freshness::Now).await.unwrap();
    operations
}

fn names(count: usize) -> String {
    (0..count).map(|number| format!("many{number}@example.com\n")).collect()
}

#[tokio::test]
async fn where_the_address_for_many_does_not_answer_the_list_is_asked() {
    let (house, caller, site) = ready().await;
    let viewers = people_on(&house, &caller, site).await.into_iter().filter(|row| row.1 == "Viewer");
    let viewers: Vec<String> = viewers.map(|row| row.0).take(2).collect();
    // What the directory knows is old: only a look at Tableau tells this.
    assert!(house.world().set_role(&viewers[0], &site.to_string(), Some("Explorer")));
    for (status, wanted) in [(404, "Unlicensed"), (405, "Viewer")] {
        house.world().clear_faults();
        house.world().inject(Fault::status(status).on("POST", FOR_MANY).times(1_000));
        let form = role(&format!("{}\n{}", viewers[0], viewers[1]), site, wanted);
        let before = if status == 404 { ["Explorer", "Viewer"] } else { ["Unlicensed", "Unlicensed"] };
        let plan = carried_out(&house, &caller, form).await;
        let seen = run(&house, &caller, plan).await;
        let told: Vec<_> = seen.rows.rows.iter().map(|row| (row.before.as_str(), row.state)).collect();
        assert_eq!(told, before.map(|before| (before, RowState::Done)), "{status}");
    }
    // Any other failure is told and not gone around.
    house.world().clear_faults();
    house.world().inject(Fault::status(500).on("POST", FOR_MANY).times(1_000));
    let problem = house.operations.plan_many(&caller, role(&viewers[0], site, "Viewer")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::VendorDown);
}

#[tokio::test]
async fn very_many_names_are_looked_for_by_reading_everyone_anew() {
    let (house, caller, site) = ready().await;
    let old = one_that_knows(&house, &caller).await;
    carried_out(&house, &caller, role("just.now@example.com", site, "Viewer")).await;
    let form = role(&format!("{}just.now@example.com", names(600)), site, "Viewer");
    house.world().clear_ledger();
    let plan = old.plan_many(&caller, form).await.unwrap();
    let counts = sheet(&house, &caller, plan).await.plan.counts;
    assert_eq!((counts.create, counts.nothing), (600, 1));
    assert!(house.world().requests().len() < 100, "{}", house.world().requests().len());
}

#[tokio::test]
async fn who_came_into_being_after_the_plan_is_not_overwritten_by_a_file() {
    let (house, caller, site) = ready().await;
    let old = one_that_knows(&house, &caller).await;
    let form = role(&format!("{}z.meanwhile@example.com", names(150)), site, "Unlicensed");
    let plan = old.plan_many(&caller, form).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!(seen.plan.counts.create, 151);
    carried_out(&house, &caller, role("z.meanwhile@example.com", site, "Viewer")).await;
    old.apply_plan(&caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&old);
    let ended = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!((ended.run.counts.done, ended.run.counts.refused), (150, 1), "{:?}", ended.run.counts);
    let row = ended.rows.rows.iter().find(|row| row.user_name == "z.meanwhile@example.com").unwrap();
    assert_eq!((row.state, row.code.clone()), (RowState::Refused, Some(ProblemCode::RowDrifted.word())));
    let person = house.world().person("z.meanwhile@example.com").unwrap();
    assert_eq!(person.roles.len(), 1);
    worker.stop().await;
}

#[tokio::test]
async fn a_plan_about_more_people_than_are_read_afresh_says_how_old_what_it_knows_is() {
    let (house, caller, site) = ready().await;
    let few = house.with_rhythm(Rhythm { read_afresh: 5, ..Rhythm::default() });
    let everyone = ManyForm {
        whom: Whom { query: Some(PeopleQuery::default()), ..Whom::default() },
        ..role("", site, "Viewer")
    };
    let plan = few.plan_many(&caller, everyone.clone()).await.unwrap();
    let source = sheet(&house, &caller, plan).await.plan.source;
    assert!(source.contains("compared with what the directory knew at "), "{source}");
    assert!(source.contains("UTC") && source.contains("read just before its row is sent"), "{source}");
    let plan = house.operations.plan_many(&caller, everyone).await.unwrap();
    let source = sheet(&house, &caller, plan).await.plan.source;
    assert_eq!(source, "everyone who matched in the list of people");
}
