//! A helper sees only what is in scope, does only what the lock lets through, and never by anybody's credential but the
//! one that was deposited for the very grant.

use model::{
    Freshness, PageRequest, Permission, PlanId, ProblemCode,
    delegation::{Ceiling, Rule, Template},
    people::PeopleQuery,
    plan::{Step, Verdict, Why},
    runs::{RowState, RunState},
};
use operations::{Caller, ExportAs, ManyForm, Whom};

use crate::{
    helpers::{DOMAIN, HelpDesk, only_groups, up_to, with},
    house::{now, ticket},
    plans::{apply, file, role, sheet, steps},
    runs::{Worker, run, until},
};

fn everybody() -> PeopleQuery {
    PeopleQuery { page: PageRequest { number: 1, size: 250 }, ..PeopleQuery::default() }
}

/// People whom a helper raises, by a plan that is applied and not carried out yet.
async fn raised(help: &HelpDesk, dana: &Caller, names: &[String]) -> PlanId {
    let operations = &help.desk.house.operations;
    let form = role(&names.join("\n"), help.desk.site, "Explorer");
    let plan = operations.plan_many(dana, form).await.unwrap();
    let seen = sheet(&help.desk.house, dana, plan).await;
    operations.apply_plan(dana, apply(&seen)).await.unwrap();
    plan
}

/// The rules that refused rows, by the words of the plan.
fn rule_of(step: &Step) -> Option<Rule> {
    Rule::ALL.iter().copied().find(|rule| step.note.starts_with(rule.words()))
}

#[tokio::test]
async fn lists_counts_searches_and_exports_hold_only_who_is_in_scope() {
    let (help, grant) = HelpDesk::with(Template::Viewer).await;
    help.people(3);
    help.desk.somebody("out@elsewhere.example", "Viewer");
    help.read_everyone().await;
    let operations = &help.desk.house.operations;
    let dana = help.dana().await;
    let page = operations.list_people(&dana, &everybody(), Freshness::Recent).await.unwrap();
    let mut names: Vec<&str> = page.page.rows.iter().map(|row| row.user_name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["p0@desk.example", "p1@desk.example", "p2@desk.example"]);
    assert_eq!((page.page.total, page.page.of), (3, 3));
    let sought = PeopleQuery { search: "elsewhere".to_owned(), ..everybody() };
    let found = operations.list_people(&dana, &sought, Freshness::Recent).await.unwrap();
    assert_eq!(found.page.total, 0);
    let refused = operations.export_people(&dana, &everybody(), ExportAs::Csv).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::NotAllowed, "the template holds no export");
    help.give(&with(&grant, &[Permission::ExportLists])).await;
    let dana = help.dana().await;
    let file = operations.export_people(&dana, &everybody(), ExportAs::Csv).await.unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(text.matches(DOMAIN).count(), text.matches('@').count(), "{text}");
    operations.export_people(&help.desk.caller, &everybody(), ExportAs::Csv).await.unwrap();
    let log = help.desk.house.log(&help.desk.caller).await;
    let taken: Vec<_> = log.iter().filter(|entry| entry.verb == "export").collect();
    assert_eq!(taken.len(), 1, "what an owner takes away is theirs");
    assert_eq!((taken[0].who.as_str(), taken[0].object.as_str()), ("Dana", "people"));
    assert_eq!(taken[0].after.as_deref(), Some("3 rows"));
    let sites = operations.list_sites(&dana, &model::sites::SitesQuery::default(), Freshness::Recent).await;
    let sites = sites.unwrap().page;
    assert_eq!((sites.rows.len(), sites.rows[0].site.id), (1, help.desk.site));
}

#[tokio::test]
async fn people_are_counted_only_for_whoever_may_see_them_all() {
    let (help, grant) = HelpDesk::with(Template::Viewer).await;
    help.people(2);
    help.desk.somebody("out@elsewhere.example", "Viewer");
    let (operations, site) = (&help.desk.house.operations, help.desk.site);
    let query = model::sites::SitesQuery::default();
    let dana = help.dana().await;
    let listed = operations.list_sites(&dana, &query, Freshness::Now).await.unwrap();
    let row = &listed.page.rows[0];
    assert_eq!((row.seats, row.uncounted, listed.totals.uncounted), (None, true, 1));
    assert_eq!(listed.totals.seats, model::licences::Seats::default(), "nor in a sum");
    let one = operations.site(&dana, &site).await.unwrap();
    assert_eq!((one.row.seats, one.row.uncounted), (None, true));
    // To see the tenant is not to see how many people it has.
    help.give(&with(&grant, &[Permission::SeeTenant])).await;
    let dana = help.dana().await;
    let refused = operations.tenant_seats(&dana, Freshness::Now).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::RefusedByRule);
    assert_eq!(refused.about, Some(Rule::OutOfScope.word()));
    assert_eq!(refused.whom.as_deref(), Some("Olga"), "and it says whom to ask");

    let mut whole = with(&grant, &[]);
    whole.scope.people = model::delegation::People::Everybody;
    help.give(&whole).await;
    let dana = help.dana().await;
    let listed = operations.list_sites(&dana, &query, Freshness::Now).await.unwrap();
    let row = &listed.page.rows[0];
    assert!(row.seats.is_some_and(|seats| seats.people >= 3), "{:?}", row.seats);
    assert_eq!((row.uncounted, listed.totals.uncounted), (false, 0));
    assert!(operations.site(&dana, &site).await.unwrap().row.seats.is_some());
}

#[tokio::test]
async fn not_yours_and_not_there_answer_alike() {
    let (help, _) = HelpDesk::with(Template::Viewer).await;
    help.desk.somebody("out@elsewhere.example", "Viewer");
    let operations = &help.desk.house.operations;
    let dana = help.dana().await;
    let there = operations.person(&dana, &help.id_of("out@elsewhere.example")).await.unwrap_err();
    let missing = operations.person(&dana, &uuid::Uuid::now_v7().into()).await.unwrap_err();
    assert_eq!(there, missing);
    assert_eq!(there.code, ProblemCode::PersonNotFound);
    let other = help.desk.house.world().sites().into_iter().find(|it| it.id != help.desk.site.to_string());
    let other = model::SiteId::parse(&other.unwrap().id).unwrap();
    let there = operations.site(&dana, &other).await.unwrap_err();
    let missing = operations.site(&dana, &uuid::Uuid::now_v7().into()).await.unwrap_err();
    assert_eq!(there, missing);
    assert_eq!(there.code, ProblemCode::SiteNotFound);
}

#[tokio::test]
async fn of_a_hundred_rows_exactly_the_forbidden_one_is_refused_by_form_and_by_file_alike() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let mut names = help.people(99);
    help.desk.somebody("out@elsewhere.example", "Viewer");
    names.insert(40, "out@elsewhere.example".to_owned());
    help.give(&grant).await;
    let operations = &help.desk.house.operations;
    let dana = help.dana().await;
    let form = role(&names.join("\n"), help.desk.site, "Explorer");
    let by_form = operations.plan_many(&dana, form).await.unwrap();
    let site = help.desk.house.world().sites().into_iter().find(|it| it.id == help.desk.site.to_string());
    let lines: Vec<String> = names.iter().map(|name| format!("{name},Explorer")).collect();
    let text = format!("Username,Role\n{}", lines.join("\n"));
    let upload = operations::Upload { site: site.unwrap().id, ..file(&text) };
    let by_file = operations.plan_upload(&dana, upload).await.unwrap();
    for plan in [by_form, by_file] {
        let rows = steps(&help.desk.house, &dana, plan).await;
        let refused: Vec<&Step> = rows.iter().filter(|row| row.verdict == Verdict::Refused).collect();
        assert_eq!((rows.len(), refused.len()), (100, 1));
        let row = refused[0];
        assert_eq!((row.user_name.as_str(), row.user), ("out@elsewhere.example", None));
        // It looks like a name that nobody has.
        assert_eq!(
            (row.why.as_slice(), row.before.as_str()),
            (&[Why::NoSuchPerson][..], "not in the tenant")
        );
        assert!(rows.iter().filter(|row| row.verdict == Verdict::Change).all(|row| {
            row.permit.as_ref().is_some_and(|permit| permit.grant == grant.id && permit.waits.is_empty())
        }));
    }
}

#[tokio::test]
async fn whom_no_grant_reaches_is_refused_by_the_rule_that_says_so() {
    let help = HelpDesk::open().await;
    let desk = &help.desk;
    let names = ["own", "boss", "cloud", "safe", "rich"].map(|word| format!("{word}@{DOMAIN}"));
    names.iter().for_each(|name| _ = desk.somebody(name, "Viewer"));
    let [own, boss, cloud, safe, rich] = &names;
    let other = desk.house.world().sites().into_iter().find(|it| it.id != desk.site.to_string()).unwrap();
    assert!(desk.house.world().set_role(boss, &other.id, Some("SiteAdministratorExplorer")));
    assert!(desk.house.world().set_tenant_role(cloud, Some("ACTIVE")));
    assert!(desk.house.world().set_role(rich, &desk.site.to_string(), Some("Creator")));
    let form = operations::ProtectForm {
        user: help.id_of(safe),
        ticket: ticket(),
        reason: "The chair".to_owned(),
        wanted: operations::Wanted::Protected,
    };
    desk.house.operations.protect(&desk.caller, form).await.unwrap();
    help.give(&help.grant(Template::LicenceDesk)).await;
    let linked = std::slice::from_ref(own);
    assert!(desk.house.store.link_member(desk.caller.tenant(), help.dana.id, linked).await.unwrap());
    let dana = help.dana().await;
    let form = role(&names.join("\n"), desk.site, "Explorer");
    let plan = desk.house.operations.plan_many(&dana, form).await.unwrap();
    let rows = steps(&desk.house, &dana, plan).await;
    let rules: Vec<_> = rows.iter().map(|row| (row.verdict, rule_of(row))).collect();
    assert_eq!(
        rules,
        [
            Rule::Yourself,
            Rule::AdministratorPerson,
            Rule::AdministratorPerson,
            Rule::ProtectedPerson,
            Rule::TargetAboveCeiling,
        ]
        .map(|rule| (Verdict::Refused, Some(rule)))
    );
    let plain = format!("plain@{DOMAIN}");
    desk.somebody(&plain, "Viewer");
    let above = role(&plain, desk.site, "Creator");
    let plan = desk.house.operations.plan_many(&help.dana().await, above).await.unwrap();
    assert_eq!(rule_of(&steps(&desk.house, &dana, plan).await[0]), Some(Rule::AboveCeiling));
}

#[tokio::test]
async fn a_group_that_gives_more_than_the_ceiling_is_closed_and_so_is_one_that_was_not_named() {
    let help = HelpDesk::open().await;
    let (plain, rich, other) = (help.desk.group("Plain"), help.desk.group("Rich"), help.desk.group("Other"));
    assert!(help.desk.house.world().set_group_role(&rich.to_string(), Some("Creator")));
    let names = help.people(1);
    let site = help.desk.site;
    let grant = up_to(&help.grant(Template::GroupSteward), Ceiling::Viewer);
    help.give(&only_groups(&grant, &[(site, plain), (site, rich)])).await;
    let dana = help.dana().await;
    let operations = &help.desk.house.operations;
    let plan = async |group, mode: &str| {
        let form = operations::MembersForm {
            site,
            group,
            mode: mode.to_owned(),
            names: names[0].clone(),
            ids: Vec::new(),
        };
        operations.plan_members(&dana, form).await
    };
    let row = |rows: Vec<Step>| (rows[0].verdict, rule_of(&rows[0]));
    let allowed = plan(plain, "add").await.unwrap();
    assert_eq!(row(steps(&help.desk.house, &dana, allowed).await), (Verdict::Change, None));
    let above = plan(rich, "add").await.unwrap();
    let above = row(steps(&help.desk.house, &dana, above).await);
    assert_eq!(above, (Verdict::Refused, Some(Rule::AboveCeilingByGroup)));
    assert_eq!(plan(other, "add").await.unwrap_err().code, ProblemCode::GroupNotFound);
}

#[tokio::test]
async fn a_helpers_rows_go_by_the_deposited_credential_and_stand_in_the_log_as_theirs() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let names = help.people(2);
    let dana = help.dana().await;
    let plan = raised(&help, &dana, &names).await;
    let worker = Worker::start(&help.desk.house.in_a_hurry());
    let over = until(&help.desk.house, &dana, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 2, "{:?}", over.rows.rows);
    assert_eq!(help.role_of(&names[0]), "Explorer");
    let log = help.desk.house.log(&help.desk.caller).await;
    let entries: Vec<_> = log.iter().filter(|entry| entry.verb == "person.role").collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        assert_eq!((entry.who.as_str(), entry.who_id.as_str()), ("Dana", &*help.dana.id.to_string()));
        assert_eq!(entry.via.as_deref(), Some(&*format!("Licence desk ({})", grant.id)));
    }
    assert_eq!(help.desk.house.store.audit_verify().await.unwrap().broken_at, None);
    worker.stop().await;
}

#[tokio::test]
async fn a_grant_that_is_taken_back_stops_every_row_that_was_not_sent() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let names = help.people(3);
    let dana = help.dana().await;
    let plan = raised(&help, &dana, &names).await;
    help.give(&help.grant(Template::Viewer)).await;
    let tenant = help.desk.caller.tenant();
    assert!(help.desk.house.store.revoke_grant(tenant, grant.id, now()).await.unwrap());
    let worker = Worker::start(&help.desk.house.in_a_hurry());
    let over = until(&help.desk.house, &help.desk.caller, plan, RunState::Over).await;
    assert!(over.rows.rows.iter().all(|row| row.state == RowState::Refused), "{:?}", over.rows.rows);
    assert_eq!(over.rows.rows[0].code.as_deref(), Some("rule.grant-revoked"));
    assert_eq!(help.role_of(&names[0]), "Viewer");
    // Each is in the audit log too, in the name of whoever asked.
    let log = help.desk.house.log(&help.desk.caller).await;
    let denied: Vec<_> = log.iter().filter(|entry| entry.verb == "person.role").collect();
    assert_eq!(denied.len(), 3);
    for entry in denied {
        let told = (entry.state, entry.code.as_deref(), entry.who.as_str());
        assert_eq!(told, (model::audit::ActState::Denied, Some("rule.grant-revoked"), "Dana"));
    }
    assert_eq!(help.desk.house.store.audit_verify().await.unwrap().broken_at, None);
    worker.stop().await;
}

#[tokio::test]
async fn the_switch_forgets_the_credentials_closes_every_door_and_lets_runs_wait() {
    let (help, _) = HelpDesk::with(Template::LicenceDesk).await;
    let names = help.people(1);
    let house = &help.desk.house;
    let (dana, operations) = (help.dana().await, &house.operations);
    let plan = operations.plan_many(&dana, role(&names[0], help.desk.site, "Explorer")).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    operations.pause_delegation(&help.desk.caller, ticket()).await.unwrap();
    // Even a request that was let in a moment before.
    let problem = operations.list_sites(&dana, &model::sites::SitesQuery::default(), Freshness::Now).await;
    assert_eq!(problem.unwrap_err().code, ProblemCode::NothingDeposited);
    // And on another replica too.
    let worker = Worker::start(&house.in_a_hurry());
    let waits = until(house, &help.desk.caller, plan, RunState::Paused).await;
    assert_eq!(waits.run.code.as_deref(), Some("delegation-paused"));
    assert_eq!(run(house, &help.desk.caller, plan).await.rows.rows[0].state, RowState::Waiting);
    assert_eq!(help.role_of(&names[0]), "Viewer");
    let deposits = operations.deposits(&help.desk.caller).await.unwrap();
    assert!(deposits.is_empty());
    let resumed = operations.resume_delegation(&help.desk.caller, ticket()).await;
    assert!(resumed.is_ok());
    let dana = help.dana().await;
    let many = ManyForm {
        whom: Whom { names: names[0].clone(), ..Whom::default() },
        ..role("", help.desk.site, "Explorer")
    };
    assert_eq!(operations.plan_many(&dana, many).await.unwrap_err().code, ProblemCode::NothingDeposited);
    worker.stop().await;
}
