//! Several people, or one with a nervous finger, at the same plans and the same persons at once.

use std::collections::{HashMap, HashSet};

use futures::future::join_all;
use model::{
    Freshness, PlanId, ProblemCode, SiteId, UserId,
    act::Turn,
    people::PeopleQuery,
    plan::{Verdict, Why},
    runs::{RowState, RunState},
};
use operations::{ApplyForm, Caller, EditForm, ManyForm, Reality, Who, Whom};
use uuid::Uuid;

use crate::{
    house::{House, ticket},
    plans::{active_site, apply, file, people_on, role, sheet, steps},
    runs::{Worker, until},
};

/// How often each person was changed in the pretend world since the ledger was cleared.
fn changed(house: &House) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for change in house.world().changes().iter().filter(|change| change.kind.starts_with("user.")) {
        *count.entry(change.object.clone()).or_default() += 1;
    }
    count
}

async fn planned(
    house: &House,
    caller: &Caller,
    names: &str,
    site: SiteId,
    word: &str,
) -> (PlanId, ApplyForm) {
    let plan = house.operations.plan_many(caller, role(names, site, word)).await.unwrap();
    (plan, apply(&sheet(house, caller, plan).await))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_change_the_same_people_at_once_each_person_obeys_one_and_the_other_is_told() {
    let house = House::start(Reality::Pretend).await;
    let (ann, ben) = (house.administrator().await, house.administrator().await);
    let (site, _) = active_site(&house);
    let people = people_on(&house, &ann, site).await;
    let viewers: Vec<String> =
        people.into_iter().filter(|row| row.1 == "Viewer").map(|row| row.0).take(8).collect();
    let names = viewers.join("\n");
    let (first, form) = planned(&house, &ann, &names, site, "Unlicensed").await;
    let (second, other) = planned(&house, &ben, &names, site, "Explorer").await;
    house.world().clear_ledger();
    let (one, two) =
        futures::join!(house.operations.apply_plan(&ann, form), house.operations.apply_plan(&ben, other));
    one.unwrap();
    two.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let first = until(&house, &ann, first, RunState::Over).await.rows.rows;
    let second = until(&house, &ben, second, RunState::Over).await.rows.rows;
    for row in &first {
        let rival = second.iter().find(|it| it.user_name == row.user_name).unwrap();
        let mut ends = [row.state, rival.state];
        ends.sort_by_key(|state| state.word());
        assert_eq!(ends, [RowState::Done, RowState::Refused], "{}", row.user_name);
        let refused = if row.state == RowState::Refused { row } else { rival };
        assert_eq!(refused.code, Some(ProblemCode::RowDrifted.word()));
        let won = if row.state == RowState::Done { row } else { rival };
        let now = house.operations.person(&ann, &won.user.unwrap()).await.unwrap().person;
        assert_eq!(now.place(&site).unwrap().role.words(), won.after);
    }
    assert_eq!(first.len(), viewers.len());
    assert!(changed(&house).values().all(|times| *times == 1), "{:?}", changed(&house));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_clicks_on_apply_apply_once() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let (plan, form) = planned(&house, &caller, "clicked@example.com", site, "Unlicensed").await;
    // Half of them are the same form, the others were opened in tabs of their own.
    let clicks = (0..20).map(|click| {
        let form = if click % 2 == 0 { form.clone() } else { ApplyForm { ticket: ticket(), ..form.clone() } };
        house.operations.apply_plan(&caller, form)
    });
    let ends = join_all(clicks).await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1, "{ends:?}");
    let codes: HashSet<ProblemCode> = ends.into_iter().filter_map(Result::err).map(|it| it.code).collect();
    let told = [ProblemCode::FormUsed, ProblemCode::PlanNotOpen, ProblemCode::ChangeUnderWay];
    assert!(codes.is_subset(&told.into()), "{codes:?}");
    let worker = Worker::start(&house.in_a_hurry());
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!((sheet.run.counts.all(), sheet.rows.rows[0].attempt), (1, 1));
    assert!(changed(&house).values().all(|times| *times == 1));
    worker.stop().await;
}

#[tokio::test]
async fn rows_for_sites_and_people_of_other_tenants_are_refused_and_nothing_is_told_of_them() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (_, ours) = active_site(&house);
    // A site of another tenant, named in each of the ways a file can name one, is a site that is not there.
    let (id, name) = (Uuid::now_v7(), "globex-emea");
    let text = format!(
        "Username,Site,Role\na@example.com,{id},Viewer\nb@example.com,{name},Viewer\nc@example.com,{ours},Viewer\n"
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    let told: Vec<_> = rows.iter().map(|row| (row.verdict, row.why.contains(&Why::NoSuchSite))).collect();
    assert_eq!(told, [(Verdict::Refused, true), (Verdict::Refused, true), (Verdict::Create, false)]);
    let vendor = format!("{name},d@example.com,,Dee,Viewer,None,No,,\n");
    let plan = house.operations.plan_upload(&caller, file(&vendor)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!((rows[0].verdict, rows[0].why.contains(&Why::NoSuchSite)), (Verdict::Refused, true));
    let stranger = UserId::from(Uuid::now_v7());
    let form = ManyForm {
        whom: Whom { ids: vec![stranger], ..Whom::default() },
        change: "delete".to_owned(),
        ..ManyForm::default()
    };
    let plan = house.operations.plan_many(&caller, form).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!(rows[0].verdict, Verdict::Refused, "{:?}", rows[0]);
    assert!(rows[0].why.contains(&Why::NoSuchPerson), "{:?}", rows[0].why);
    assert_eq!((rows[0].user, rows[0].name.as_str()), (None, ""));
}

/// A plan by which an administrator ends another one's administration.
async fn ends_another(house: &House, caller: &Caller, whom: UserId) -> (PlanId, ApplyForm) {
    let form = EditForm {
        user: whom,
        language: String::new(),
        locale: String::new(),
        email: String::new(),
        tenant: "stop".to_owned(),
        places: Vec::new(),
    };
    let plan = house.operations.plan_edit(caller, form).await.unwrap();
    (plan, apply(&sheet(house, caller, plan).await))
}

/// Dana, and Milo as if he had signed in himself.
async fn two_administrators(house: &House) -> (Caller, Caller) {
    let dana = house.administrator().await;
    let query = PeopleQuery { search: "milo.brandt".to_owned(), ..PeopleQuery::default() };
    let page = house.operations.list_people(&dana, &query, Freshness::Recent).await.unwrap();
    let mut milo = house.administrator().await;
    let (user, credential) = (page.page.rows[0].id, milo.account.own_credential().unwrap());
    milo.account.who = Who::Administrator { user, credential };
    (dana, milo)
}

#[tokio::test]
async fn two_administrators_who_planned_to_end_each_other_leave_one() {
    let house = House::start(Reality::Pretend).await;
    let (dana, milo) = two_administrators(&house).await;
    // Each plan is harmless as long as the other is not applied.
    let (first, one) = ends_another(&house, &dana, milo.user().unwrap()).await;
    let (second, two) = ends_another(&house, &milo, dana.user().unwrap()).await;
    let worker = Worker::start(&house.in_a_hurry());
    house.operations.apply_plan(&dana, one).await.unwrap();
    let row = until(&house, &dana, first, RunState::Over).await.rows.rows.swap_remove(0);
    assert_eq!(row.state, RowState::Done);
    house.operations.apply_plan(&milo, two).await.unwrap();
    let row = until(&house, &dana, second, RunState::Over).await.rows.rows.swap_remove(0);
    assert_eq!((row.state, row.code), (RowState::Refused, Some(ProblemCode::RowLastAdministrator.word())));
    let still = house.operations.person(&dana, &dana.user().unwrap()).await.unwrap().person;
    assert!(still.is_active_administrator());
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_resumes_a_run_that_takes_their_own_rights_away() {
    let house = House::start(Reality::Pretend).await;
    let (dana, milo) = two_administrators(&house).await;
    let (plan, form) = ends_another(&house, &dana, milo.user().unwrap()).await;
    house.operations.apply_plan(&dana, form).await.unwrap();
    house.operations.steer_run(&dana, &plan, Turn::Pause, ticket()).await.unwrap();
    house.operations.steer_run(&milo, &plan, Turn::Resume, ticket()).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let row = until(&house, &dana, plan, RunState::Over).await.rows.rows.swap_remove(0);
    assert_eq!((row.state, row.code), (RowState::Refused, Some(ProblemCode::RowYourself.word())));
    let still = house.operations.person(&dana, &milo.user().unwrap()).await.unwrap().person;
    assert!(still.is_active_administrator());
    worker.stop().await;
}
