//! Helpers on bad days: who would serve themselves or each other, and what ends in the middle of a run.

use std::time::Duration;

use model::{
    ProblemCode, TenantId,
    act::Turn,
    delegation::{Delegation, People, Rule, Template},
    plan::{Step, Verdict},
    runs::{RunRow, RunSheet, RunState},
};
use operations::{Caller, SiteUsersForm};
use store::{NewCredential, NewDeposit, NewInvitation};
use uuid::Uuid;

use crate::{
    helpers::{DOMAIN, HelpDesk},
    house::{now, ticket},
    plans::{apply, role, sheet, steps},
    runs::{Worker, until, until_so},
};

fn rule_of(step: &Step) -> Option<Rule> {
    Rule::ALL.iter().copied().find(|rule| step.note.starts_with(rule.words()))
}

fn of_everybody(grant: Delegation) -> Delegation {
    let scope = model::delegation::Scope { people: People::Everybody, ..grant.scope.clone() };
    Delegation { scope, ..grant }
}

/// Gives the account of somebody else in Steward this address.
async fn colleague(help: &HelpDesk, email: &str) {
    let tenant = help.desk.caller.tenant();
    let until = now().plus_seconds(60);
    let new = NewInvitation { tenant, email, by: "Olga", key: email, until, now: now() };
    help.desk.house.store.invite_member(new).await.unwrap().unwrap();
}

#[tokio::test]
async fn another_helper_an_administrator_and_whoever_owns_a_credential_are_out_of_reach() {
    let help = HelpDesk::open().await;
    let (house, tenant) = (&help.desk.house, help.desk.caller.tenant());
    let [eve, rich] = ["eve", "rich"].map(|word| format!("{word}@{DOMAIN}"));
    for name in [&eve, &rich] {
        help.desk.somebody(name, "Viewer");
    }
    colleague(&help, &eve).await;
    let grant = of_everybody(help.grant(Template::LicenceDesk));
    help.give(&grant).await;
    // A token of somebody who administers nothing, deposited for another plane of the same grant.
    let (secret, host) = ("a-token".into(), "https://tcm.example".to_owned());
    let owner = help.id_of(&rich);
    let credential = NewCredential { tenant, owner, host, secret: &secret, now: now() };
    let credential = house.store.keep_credential(credential).await.unwrap();
    let deposit = NewDeposit {
        tenant,
        credential,
        grants: vec![grant.id],
        site: Some(Uuid::now_v7().into()),
        owner,
        by: "Rich".to_owned(),
        now: now(),
        until: now().plus_seconds(600),
    };
    house.store.deposit(deposit).await.unwrap();
    let own = help.desk.caller.user().unwrap();
    let olga = house.operations.person(&help.desk.caller, &own).await.unwrap().person.user_name;
    assert!(house.world().set_role(&olga, &help.desk.site.to_string(), Some("Viewer")));
    let dana = help.dana().await;
    let names = [eve, rich, olga].join("\n");
    let plan = house.operations.plan_many(&dana, role(&names, help.desk.site, "Explorer")).await.unwrap();
    let rows = steps(house, &dana, plan).await;
    let rules: Vec<_> = rows.iter().map(|row| (row.verdict, rule_of(row))).collect();
    let expected = [Rule::AccountPerson, Rule::CredentialOwnerPerson, Rule::AdministratorPerson];
    assert_eq!(rules, expected.map(|rule| (Verdict::Refused, Some(rule))));
}

#[tokio::test]
async fn content_goes_neither_to_the_helper_nor_to_another_and_strangers_look_like_nobody() {
    let (help, _) = HelpDesk::with(Template::SiteSteward).await;
    let house = &help.desk.house;
    let names = ["leaver", "own", "eve", "heir"].map(|word| format!("{word}@{DOMAIN}"));
    names.iter().for_each(|name| _ = help.desk.somebody(name, "Viewer"));
    let [leaver, own, eve, heir] = &names;
    help.desk.somebody("out@elsewhere.example", "Viewer");
    colleague(&help, eve).await;
    let linked = std::slice::from_ref(own);
    assert!(house.store.link_member(help.desk.caller.tenant(), help.dana.id, linked).await.unwrap());
    let dana = help.dana().await;
    let to = async |heir: &str| {
        let form = SiteUsersForm {
            site: help.desk.site,
            change: "remove".to_owned(),
            names: leaver.clone(),
            ids: Vec::new(),
            role: String::new(),
            sign_in: String::new(),
            assets_to: heir.to_owned(),
        };
        house.operations.plan_site_users(&dana, form).await
    };
    let rule = async |heir: &str| rule_of(&steps(house, &dana, to(heir).await.unwrap()).await[0]);
    assert_eq!(rule(own).await, Some(Rule::RecipientYourself));
    assert_eq!(rule(eve).await, Some(Rule::RecipientOutOfScope));
    assert_eq!(rule(heir).await, None);
    let there = to("out@elsewhere.example").await.unwrap_err();
    let missing = to("nobody@elsewhere.example").await.unwrap_err();
    assert_eq!(there, missing, "who is out of scope is not there");
    assert_eq!((there.code, there.about.as_deref()), (ProblemCode::FieldWrong, Some("assets-to")));
}

/// A run of ten rows, six of which are with Tableau, whose jobs take as long as the test lets them.
async fn under_way(help: &HelpDesk) -> (Caller, RunSheet, Worker) {
    let house = &help.desk.house;
    let names = help.people(10);
    house.world().set_job_pace(Duration::from_secs(600), Duration::ZERO);
    let dana = help.dana().await;
    let form = role(&names.join("\n"), help.desk.site, "Explorer");
    let plan = house.operations.plan_many(&dana, form).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    house.operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let has_job = |sheet: &RunSheet| sheet.rows.rows.iter().filter(|row| row.job.is_some()).count();
    let seen = until_so(house, &help.desk.caller, plan, |sheet| has_job(sheet) == 6).await;
    (dana, seen, worker)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_taken_back_in_the_middle_of_a_run_stops_the_rows_that_wait() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let house = &help.desk.house;
    let (_, seen, worker) = under_way(&help).await;
    let tenant: TenantId = help.desk.caller.tenant();
    assert!(house.store.revoke_grant(tenant, grant.id, now()).await.unwrap());
    house.world().advance(Duration::from_secs(3_600));
    let owner = &help.desk.caller;
    let ended = until(house, owner, seen.run.id, RunState::Paused).await;
    let by_rule = |row: &&RunRow| row.code.as_deref() == Some("rule.grant-revoked");
    let rows = &ended.rows.rows;
    assert_eq!((ended.run.counts.refused, rows.iter().filter(by_rule).count()), (4, 4), "{:?}", ended.run);
    // What was with Tableau by then nobody lends a credential for: somebody who has one of their own looks after it.
    assert_eq!((ended.run.counts.sent, ended.run.code.as_deref()), (6, Some("nothing-deposited")));
    house.operations.steer_run(owner, &seen.run.id, Turn::Resume, ticket()).await.unwrap();
    let over = until(house, owner, seen.run.id, RunState::Over).await;
    assert_eq!((over.run.counts.done, over.run.counts.refused), (6, 4), "{:?}", over.rows.rows);
    worker.stop().await;
}

#[tokio::test]
async fn a_suspended_owner_lends_nothing_any_more() {
    let (help, _) = HelpDesk::with(Template::LicenceDesk).await;
    let house = &help.desk.house;
    let names = help.people(1);
    let dana = help.dana().await;
    let form = || role(&names[0], help.desk.site, "Explorer");
    let plan = house.operations.plan_many(&dana, form()).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    house.operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    let owner = help.desk.caller.account.id;
    assert!(house.store.suspend_administrator(help.desk.caller.tenant(), owner, Some(now())).await.unwrap());
    let later = help.dana().await;
    let refused = house.operations.plan_many(&later, form()).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::NothingDeposited);
    let worker = Worker::start(&house.in_a_hurry());
    let paused = until(house, &help.desk.caller, plan, RunState::Paused).await;
    assert_eq!(paused.run.code.as_deref(), Some("nothing-deposited"), "{:?}", paused.run);
    assert_eq!(help.role_of(&names[0]), "Viewer");
    let changes = house.world().changes();
    assert!(
        !changes.iter().any(|change| change.kind.starts_with("user.") && change.object.contains(&names[0]))
    );
    worker.stop().await;
}
