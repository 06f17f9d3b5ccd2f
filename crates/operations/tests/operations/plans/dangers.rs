//! What a plan refuses or calls dangerous because of whom it is about.

use model::{
    ProblemCode, UserId,
    people::PeopleQuery,
    plan::{Verdict, Why},
};
use operations::{EditForm, ManyForm, Reality, Whom};

use super::{active_site, apply, people_on, role, sheet, steps};
use crate::house::{House, ticket};

#[tokio::test]
async fn nobody_locks_themselves_out() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let me = caller.user().unwrap();
    let edit = EditForm {
        user: me,
        language: String::new(),
        locale: String::new(),
        email: String::new(),
        tenant: "stop".to_owned(),
        places: Vec::new(),
    };
    let plan = house.operations.plan_edit(&caller, edit).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!(row.verdict, Verdict::Refused);
    assert!(row.why.contains(&Why::Yourself));
    let plan = house.operations.plan_delete(&caller, me).await.unwrap();
    assert_eq!(steps(&house, &caller, plan).await[0].verdict, Verdict::Refused);
    let sheet = sheet(&house, &caller, plan).await;
    assert!(!sheet.can_apply);
    let problem = house.operations.apply_plan(&caller, apply(&sheet)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NothingToApply);
}

#[tokio::test]
async fn the_last_active_administrators_cannot_go_together() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let admins = PeopleQuery { tenant: "active".to_owned(), ..PeopleQuery::default() };
    let page = house.operations.list_people(&caller, &admins, model::Freshness::Recent).await.unwrap();
    let ids: Vec<UserId> = page.page.rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 2);
    let whom = Whom { ids, ..Whom::default() };
    let form = ManyForm { whom, change: "delete".to_owned(), ..ManyForm::default() };
    let plan = house.operations.plan_many(&caller, form).await.unwrap();
    let steps = steps(&house, &caller, plan).await;
    let mine = steps.iter().find(|step| step.user == Some(caller.user().unwrap())).unwrap();
    let other = steps.iter().find(|step| step.user != Some(caller.user().unwrap())).unwrap();
    assert!(mine.why.contains(&Why::Yourself));
    // The asker stays, so the other one may go; it is dangerous all the same.
    assert_eq!(other.verdict, Verdict::Dangerous);
    assert!(other.why.contains(&Why::EndsAdministrator) && other.why.contains(&Why::MayOwnContent));
}

#[tokio::test]
async fn a_protected_person_and_a_site_administrator_are_dangerous_to_touch() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let viewer = people_on(&house, &caller, site).await.into_iter().find(|row| row.1 == "Viewer").unwrap().0;
    let search = PeopleQuery { search: viewer.clone(), ..PeopleQuery::default() };
    let page = house.operations.list_people(&caller, &search, model::Freshness::Recent).await.unwrap();
    let user = page.page.rows[0].id;
    let form = operations::ProtectForm {
        user,
        ticket: ticket(),
        reason: "Chief".to_owned(),
        wanted: operations::Wanted::Protected,
    };
    house.operations.protect(&caller, form).await.unwrap();
    let names = format!("{viewer}, milo.brandt@example.com");
    let plan = house.operations.plan_many(&caller, role(&names, site, "Explorer")).await.unwrap();
    let steps = steps(&house, &caller, plan).await;
    assert!(steps.iter().all(|step| step.verdict == Verdict::Dangerous));
    assert!(steps[0].why.contains(&Why::Protected));
    assert!(steps[1].why.contains(&Why::DemotesSiteAdministrator));
    let marked = PeopleQuery { mark: "protected".to_owned(), ..PeopleQuery::default() };
    let page = house.operations.list_people(&caller, &marked, model::Freshness::Recent).await.unwrap();
    assert_eq!(page.page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [user]);
}
