//! Verdicts that keep a tenant from being locked out, misread or changed by accident, each seen before anything is sent.

use model::{
    Freshness, PlanId, ProblemCode, SiteId, UserId,
    people::PeopleQuery,
    plan::{Step, Verdict, Why},
    runs::{RowState, RunState},
};
use operations::{Caller, EditForm, ManyForm, PlaceForm, ProtectForm, Reality, Wanted, Who, Whom};
use uuid::Uuid;

use crate::{
    house::{House, ticket},
    plans::{active_site, apply, explorer_on, file, people_on, role, sheet, steps},
    runs::{Worker, until},
};

async fn find(house: &House, caller: &Caller, name: &str) -> UserId {
    let query = PeopleQuery { search: name.to_owned(), ..PeopleQuery::default() };
    house.operations.list_people(caller, &query, Freshness::Recent).await.unwrap().page.rows[0].id
}

fn edit(user: UserId) -> EditForm {
    EditForm {
        user,
        language: String::new(),
        locale: String::new(),
        email: String::new(),
        tenant: String::new(),
        places: Vec::new(),
    }
}

/// Somebody who asks with the token of the administrator and is neither of them. Dana is a Viewer on two sites; whether
/// Milo and Elif administer the tenant beside her is said.
async fn asked_by_another(house: &House, beside: [Option<&str>; 2]) -> (Caller, UserId, Vec<SiteId>) {
    let mut caller = house.administrator().await;
    let (dana, credential) = (caller.user().unwrap(), caller.credential().unwrap());
    caller.account.who = Who::Administrator { user: UserId::from(Uuid::now_v7()), credential };
    for (name, state) in ["milo.brandt@example.com", "elif.sahin@example.com"].into_iter().zip(beside) {
        assert!(house.world().set_tenant_role(name, state));
    }
    let sites = house.world().sites().into_iter().filter(|it| it.status == "Active").take(2);
    let sites: Vec<SiteId> = sites.map(|it| SiteId::parse(&it.id).unwrap()).collect();
    for site in &sites {
        assert!(house.world().set_role("dana.ito@example.com", &site.to_string(), Some("Viewer")));
    }
    (caller, dana, sites)
}

/// The same word for every site.
fn everywhere(user: UserId, sites: &[SiteId], word: &str) -> EditForm {
    let place =
        |site: &SiteId| PlaceForm { site: site.to_string(), role: word.to_owned(), sign_in: String::new() };
    EditForm { places: sites.iter().map(place).collect(), ..edit(user) }
}

#[tokio::test]
async fn the_last_administrator_is_neither_ended_nor_deleted_nor_left_without_a_licence() {
    let house = House::start(Reality::Pretend).await;
    let (caller, dana, sites) = asked_by_another(&house, [None, None]).await;
    let stop = EditForm { tenant: "stop".to_owned(), ..edit(dana) };
    let mut plans: Vec<PlanId> = Vec::new();
    for form in [stop, everywhere(dana, &sites, "Unlicensed"), everywhere(dana, &sites, "leave")] {
        plans.push(house.operations.plan_edit(&caller, form).await.unwrap());
    }
    plans.push(house.operations.plan_delete(&caller, dana).await.unwrap());
    let is_told =
        |step: &Step| step.verdict == Verdict::Refused && step.why.contains(&Why::LastAdministrator);
    for plan in plans {
        let steps = steps(&house, &caller, plan).await;
        assert!(!steps.is_empty() && steps.iter().all(is_told), "{steps:?}");
    }
    // With a licence left on one site it is a change like any other.
    let plan =
        house.operations.plan_edit(&caller, everywhere(dana, &sites[..1], "Unlicensed")).await.unwrap();
    let steps = steps(&house, &caller, plan).await;
    assert_eq!((steps.len(), steps[0].verdict), (1, Verdict::Change), "{steps:?}");
}

#[tokio::test]
async fn of_two_administrators_not_both_go_by_one_plan() {
    let house = House::start(Reality::Pretend).await;
    let (caller, dana, sites) = asked_by_another(&house, [None, Some("ACTIVE")]).await;
    let elif = find(&house, &caller, "elif.sahin").await;
    let delete = |ids: Vec<UserId>| ManyForm {
        whom: Whom { ids, ..Whom::default() },
        change: "delete".to_owned(),
        ..ManyForm::default()
    };
    let plan = house.operations.plan_many(&caller, delete(vec![dana, elif])).await.unwrap();
    for step in steps(&house, &caller, plan).await {
        assert_eq!(step.verdict, Verdict::Refused, "{step:?}");
        assert!(step.why.contains(&Why::LastAdministrator), "{step:?}");
    }
    // One of them may go, and one may lose the licence while the other is there.
    let plan = house.operations.plan_many(&caller, delete(vec![elif])).await.unwrap();
    assert_eq!(steps(&house, &caller, plan).await[0].verdict, Verdict::Dangerous);
    let plan = house.operations.plan_edit(&caller, everywhere(dana, &sites, "Unlicensed")).await.unwrap();
    for step in steps(&house, &caller, plan).await {
        assert_eq!(step.verdict, Verdict::Change, "{step:?}");
    }
}

#[tokio::test]
async fn who_became_the_last_administrator_after_the_plan_keeps_a_licence() {
    let house = House::start(Reality::Pretend).await;
    let (caller, dana, sites) = asked_by_another(&house, [None, Some("ACTIVE")]).await;
    let plan = house.operations.plan_edit(&caller, everywhere(dana, &sites, "Unlicensed")).await.unwrap();
    let form = apply(&sheet(&house, &caller, plan).await);
    house.operations.apply_plan(&caller, form).await.unwrap();
    assert!(house.world().set_tenant_role("elif.sahin@example.com", None));
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    let code = Some(ProblemCode::RowLastAdministrator.word());
    assert_eq!(run.rows.rows.len(), 2);
    for row in &run.rows.rows {
        assert_eq!((row.state, &row.code), (RowState::Refused, &code), "{row:?}");
    }
    let roles = house.world().person("dana.ito@example.com").unwrap().roles;
    assert!(roles.len() == 2 && roles.iter().all(|it| it.role == "Viewer"), "{roles:?}");
    worker.stop().await;
}

#[tokio::test]
async fn an_invitation_that_ran_out_and_a_suspended_site_are_told_before_anything_is_sent() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    assert!(house.world().set_tenant_role("noor.haddad@example.com", Some("EXPIRED")));
    let user = find(&house, &caller, "noor.haddad").await;
    let form = EditForm { tenant: "administer".to_owned(), ..edit(user) };
    let plan = house.operations.plan_edit(&caller, form).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!((row.verdict, row.why.as_slice()), (Verdict::Refused, [Why::InvitationExpired].as_slice()));

    let suspended = SiteId::parse(&house.site("Suspended").id).unwrap();
    let form = role("new@example.com", suspended, "Viewer");
    let plan = house.operations.plan_many(&caller, form).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!(row.verdict, Verdict::Refused);
    assert!(row.why.contains(&Why::SiteNotActive), "{:?}", row.why);
}

#[tokio::test]
async fn who_was_protected_after_the_plan_is_not_touched_by_its_run() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let name = explorer_on(&house, &caller, site).await;
    let other = people_on(&house, &caller, site).await;
    let other = other.into_iter().find(|row| row.1 == "Viewer" && row.0 != name).unwrap().0;
    let form = ManyForm {
        whom: Whom { names: format!("{name}\n{other}"), ..Whom::default() },
        ..role("", site, "Unlicensed")
    };
    let plan = house.operations.plan_many(&caller, form).await.unwrap();
    let form = apply(&sheet(&house, &caller, plan).await);
    house.operations.apply_plan(&caller, form).await.unwrap();
    let protect = ProtectForm {
        user: find(&house, &caller, &name).await,
        ticket: ticket(),
        reason: "Chief".to_owned(),
        wanted: Wanted::Protected,
    };
    house.operations.protect(&caller, protect).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    let told: Vec<_> = run.rows.rows.iter().map(|row| (row.state, row.code.clone())).collect();
    assert_eq!(told[0], (RowState::Refused, Some(ProblemCode::RowProtected.word())));
    assert_eq!(told[1].0, RowState::Done);
    worker.stop().await;
}

#[tokio::test]
async fn a_word_that_names_two_sites_is_refused_and_an_id_still_names_one() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let active: Vec<_> = house.world().sites().into_iter().filter(|it| it.status == "Active").collect();
    let (first, second) = (&active[0], &active[1]);
    // One site is renamed to the address of the other.
    assert!(house.world().set_site_name(&second.id, &first.content_url));
    let word = first.content_url.to_uppercase();
    let text = format!(
        "Username,Site,Role\na@example.com,{word},Viewer\nb@example.com,{},Viewer\nc@example.com,{},Viewer\n",
        first.id, second.content_url
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    let told: Vec<_> = rows.iter().map(|row| (row.verdict, row.why.contains(&Why::AmbiguousSite))).collect();
    assert_eq!(told, [(Verdict::Refused, true), (Verdict::Create, false), (Verdict::Create, false)]);
    assert!(rows[0].after.contains(&word) || rows[0].before.contains(&word), "{:?}", rows[0]);
    assert_eq!(rows[1].wish.as_ref().and_then(|wish| wish.site()), Some(&SiteId::parse(&first.id).unwrap()));
    // The vendor's own columns name sites by their address alone, and are held to the same.
    let vendor = format!("{word},d@example.com,,Dee,Viewer,None,No,,\n");
    let plan = house.operations.plan_upload(&caller, file(&vendor)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!((rows[0].verdict, rows[0].why.contains(&Why::AmbiguousSite)), (Verdict::Refused, true));
}
