//! What a helper may not know of looks like what is not there, whatever they ask and by whatever door.

use model::{
    Freshness, GrantId, GroupId, Permission, ProblemCode,
    delegation::{Delegation, Scope, Sites, Template},
    plan::{Step, Verdict, Why},
    runs::{RowState, RunState},
};

use crate::{
    helpers::{DOMAIN, HelpDesk, only_groups, with},
    house::ticket,
    plans::{apply, role, sheet, steps},
    runs::{Worker, until},
};

/// What a row tells of whom it is about.
fn told(step: &Step) -> impl PartialEq + std::fmt::Debug {
    let of = (step.user, step.site_user, step.name.clone(), step.seat);
    (step.verdict, step.why.clone(), step.note.clone(), step.before.clone(), step.after.clone(), of)
}

/// The rows of a plan for somebody who is there and out of scope, and for a name that nobody has.
async fn both(help: &HelpDesk, change: &str, names: [&str; 2]) -> Vec<Step> {
    let dana = help.dana().await;
    let form = operations::ManyForm {
        change: change.to_owned(),
        ..role(&names.join("\n"), help.desk.site, "Explorer")
    };
    let plan = help.desk.house.operations.plan_many(&dana, form).await.unwrap();
    steps(&help.desk.house, &dana, plan).await
}

async fn answers_alike(grant: impl Fn(&Delegation) -> Delegation) {
    let help = HelpDesk::open().await;
    help.give(&grant(&help.grant(Template::LicenceDesk))).await;
    help.desk.somebody("out@elsewhere.example", "Viewer");
    for change in ["role", "leave", "delete"] {
        let rows = both(&help, change, ["out@elsewhere.example", "ghost@elsewhere.example"]).await;
        assert_eq!((rows[0].verdict, rows[0].why.as_slice()), (Verdict::Refused, &[Why::NoSuchPerson][..]));
        assert_eq!(told(&rows[0]), told(&rows[1]), "{change}");
    }
}

#[tokio::test]
async fn a_name_out_of_scope_is_answered_alike_whether_or_not_somebody_has_it() {
    answers_alike(Clone::clone).await;
}

#[tokio::test]
async fn so_it_is_for_those_who_may_bring_people_into_being() {
    answers_alike(|grant| with(grant, &[Permission::CreatePeople])).await;
}

#[tokio::test]
async fn a_free_name_in_scope_may_be_taken_by_those_who_may_bring_people_into_being() {
    let help = HelpDesk::open().await;
    let grant = help.grant(Template::LicenceDesk);
    help.give(&with(&grant, &[Permission::CreatePeople])).await;
    let free = format!("free@{DOMAIN}");
    let rows = both(&help, "role", [&free, "free@elsewhere.example"]).await;
    assert_eq!((rows[0].verdict, rows[1].verdict), (Verdict::Create, Verdict::Refused), "{rows:?}");
}

#[tokio::test]
async fn a_group_or_set_out_of_scope_is_answered_like_one_that_is_not_there() {
    let help = HelpDesk::open().await;
    let (own, other) = (help.desk.group("Own"), help.desk.group("Other"));
    let site = help.desk.site;
    let grant = with(
        &help.grant(Template::SiteSteward),
        &[Permission::ChangeGroups, Permission::DeleteGroups, Permission::ChangeGroupSets],
    );
    help.give(&only_groups(&grant, &[(site, own)])).await;
    let (operations, dana) = (&help.desk.house.operations, help.dana().await);
    let form = |group: Option<GroupId>, change: &str, name: &str| operations::GroupForm {
        site,
        group,
        change: change.to_owned(),
        name: name.to_owned(),
        role: String::new(),
        on_demand: String::new(),
        domain: String::new(),
        grant: String::new(),
        as_job: String::new(),
        typed: "Something else".to_owned(),
        reason: "Test".to_owned(),
        ticket: ticket(),
    };
    let missing: GroupId = uuid::Uuid::now_v7().into();
    for change in ["rename", "delete", "minimum-role"] {
        let there = operations.change_group(&dana, form(Some(other), change, "New")).await.unwrap_err();
        let not_there = operations.change_group(&dana, form(Some(missing), change, "New")).await.unwrap_err();
        assert_eq!((there.code, &there), (ProblemCode::GroupNotFound, &not_there), "{change}");
    }
    let taken = operations.change_group(&dana, form(None, "create", "Other")).await.unwrap_err();
    let free = operations.change_group(&dana, form(None, "create", "Nobody has it")).await.unwrap_err();
    assert_eq!(taken, free, "a name that is taken tells of a group");
    let set = |set: Option<model::GroupSetId>| operations::GroupSetForm {
        site,
        set,
        change: "rename".to_owned(),
        name: "New".to_owned(),
        group: None,
        ticket: ticket(),
    };
    let missing =
        operations.change_group_set(&dana, set(Some(uuid::Uuid::now_v7().into()))).await.unwrap_err();
    assert_eq!(missing.code, ProblemCode::GroupSetNotFound);
    assert!(operations.change_group(&dana, form(Some(own), "rename", "Ours")).await.is_ok());
}

#[tokio::test]
async fn a_group_that_only_decides_who_is_in_scope_has_no_members_to_change() {
    let help = HelpDesk::open().await;
    let (own, scoping) = (help.desk.group("Own"), help.desk.group("Scoping"));
    let site = help.desk.site;
    let mut grant = only_groups(&help.grant(Template::GroupSteward), &[(site, own)]);
    if let model::delegation::People::Those { groups, .. } = &mut grant.scope.people {
        groups.insert((site, scoping));
    }
    help.give(&grant).await;
    let names = help.people(1);
    let dana = help.dana().await;
    let form = operations::MembersForm {
        site,
        group: scoping,
        mode: "add".to_owned(),
        names: names[0].clone(),
        ids: Vec::new(),
    };
    let problem = help.desk.house.operations.plan_members(&dana, form).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::GroupNotFound);
}

#[tokio::test]
async fn a_row_tells_nothing_of_somebody_who_left_the_scope_before_it_was_sent() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let names = help.people(2);
    let (house, site) = (&help.desk.house, help.desk.site);
    let dana = help.dana().await;
    let plan = house.operations.plan_many(&dana, role(&names.join("\n"), site, "Explorer")).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    house.operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    // One of them leaves the scope, and has the role that was asked for by now.
    let mut narrower = grant.clone();
    if let model::delegation::People::Those { domains, named, .. } = &mut narrower.scope.people {
        domains.clear();
        named.insert(names[1].clone());
    }
    help.give(&narrower).await;
    assert!(house.world().set_role(&names[0], &site.to_string(), Some("Explorer")));
    let worker = Worker::start(&house.in_a_hurry());
    let over = until(house, &help.desk.caller, plan, RunState::Over).await;
    let row = over.rows.rows.iter().find(|row| row.user_name == names[0]).unwrap();
    assert_eq!((row.state, row.code.as_deref()), (RowState::Refused, Some("rule.out-of-scope")));
    assert_eq!(row.found, None);
    let log = house.log(&help.desk.caller).await;
    let denied = log.iter().filter(|entry| entry.code.as_deref() == Some("rule.out-of-scope")).count();
    assert_eq!(denied, 1, "{log:?}");
    worker.stop().await;
}

/// Everybody of the domain on every site is seen by one grant, and those of one site are exported by another.
#[tokio::test]
async fn two_grants_do_not_add_up_to_one_that_exports_everything() {
    let help = HelpDesk::open().await;
    let viewer = help.grant(Template::Viewer);
    let scope = Scope { sites: Sites::All, ..viewer.scope.clone() };
    help.give(&Delegation { scope, ..viewer }).await;
    let desk = Delegation { id: GrantId::from(uuid::Uuid::now_v7()), ..help.grant(Template::LicenceDesk) };
    help.give(&desk).await;
    let here = help.people(1).remove(0);
    let (house, there) = (&help.desk.house, format!("there@{DOMAIN}"));
    let other = house.world().sites().into_iter().find(|it| it.id != help.desk.site.to_string()).unwrap();
    assert!(house.world().add_person(&there, "there"));
    assert!(house.world().set_role(&there, &other.id, Some("Viewer")));
    help.read_everyone().await;
    let (operations, dana) = (&house.operations, help.dana().await);
    let query = model::people::PeopleQuery::default();
    let listed = operations.list_people(&dana, &query, Freshness::Recent).await.unwrap();
    assert_eq!(listed.page.total, 2);
    let file = operations.export_people(&dana, &query, operations::ExportAs::Csv).await.unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(text.contains(&here) && !text.contains(&there), "{text}");
}

#[tokio::test]
async fn a_row_of_a_file_goes_by_a_grant_that_opens_files() {
    let help = HelpDesk::open().await;
    let mut desk = help.grant(Template::LicenceDesk);
    desk.verbs.remove(&Permission::ImportFiles);
    help.give(&desk).await;
    // Files are open by another grant, which changes nothing.
    help.give(&with(&help.grant(Template::Viewer), &[Permission::ImportFiles])).await;
    let names = help.people(1);
    let (operations, dana) = (&help.desk.house.operations, help.dana().await);
    let site = help.desk.house.world().sites().into_iter().find(|it| it.id == help.desk.site.to_string());
    let text = format!("Username,Role\n{},Explorer", names[0]);
    let upload = operations::Upload { site: site.unwrap().id, ..crate::plans::file(&text) };
    let plan = operations.plan_upload(&dana, upload).await.unwrap();
    assert_eq!(steps(&help.desk.house, &dana, plan).await[0].verdict, Verdict::Refused);
    let plan = operations.plan_many(&dana, role(&names[0], help.desk.site, "Explorer")).await.unwrap();
    assert_eq!(steps(&help.desk.house, &dana, plan).await[0].verdict, Verdict::Change);
}
