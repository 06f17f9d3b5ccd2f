//! A deposit is its owner's consent: to the terms of a grant as they stood, and to nothing once it has ended.

use std::collections::BTreeSet;

use model::{
    Freshness, PageRequest, Permission, ProblemCode,
    delegation::{Delegation, Template},
    people::PeopleQuery,
};
use operations::{Account, Caller, DepositForm, ExportAs, GrantForm, SeenGrant, Who};
use uuid::Uuid;

use crate::{
    helpers::{DOMAIN, HelpDesk, seen, with},
    house::{now, ticket},
};

fn everybody() -> PeopleQuery {
    PeopleQuery { page: PageRequest { number: 1, size: 250 }, ..PeopleQuery::default() }
}

/// A form that makes a grant reach up to a role.
fn form(help: &HelpDesk, grant: &Delegation, ceiling: &str) -> GrantForm {
    GrantForm {
        grant: Some(grant.id),
        account: grant.account.to_string(),
        name: grant.name.clone(),
        verbs: grant.verbs.iter().map(|verb| verb.word()).collect(),
        sites_mode: "these".to_owned(),
        sites: vec![help.desk.site.to_string()],
        people_mode: "those".to_owned(),
        domains: DOMAIN.to_owned(),
        managed_mode: "all".to_owned(),
        ceiling: ceiling.to_owned(),
        until: now().plus_seconds(86_400).machine()[..10].to_owned(),
        ..GrantForm::default()
    }
}

/// Another administrator of the tenant, who just proved who they are.
fn otto(help: &HelpDesk) -> Caller {
    let owner = &help.desk.caller;
    let credential = owner.credential().unwrap();
    let who = Who::Administrator { user: Uuid::from_u128(4711).into(), credential };
    let account = Account {
        id: Uuid::from_u128(4712).into(),
        name: "Otto".to_owned(),
        who,
        proved: owner.now,
        ..owner.account.clone()
    };
    Caller { account, ..owner.clone() }
}

#[tokio::test]
async fn a_grant_that_somebody_else_widens_has_to_be_agreed_to_anew() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let operations = &help.desk.house.operations;
    let (own, notice) =
        operations.save_grant(&help.desk.caller, &form(&help, &grant, "Viewer"), ticket()).await.unwrap();
    assert_eq!((own, notice.code()), (grant.id, "grant-changed"));
    assert_eq!(operations.deposits(&help.desk.caller).await.unwrap().len(), 2, "they agreed themselves");
    let (_, notice) =
        operations.save_grant(&otto(&help), &form(&help, &grant, "Creator"), ticket()).await.unwrap();
    assert_eq!(notice.code(), "grant-changed-deposits-ended");
    assert!(operations.deposits(&help.desk.caller).await.unwrap().is_empty());
    let found = help.desk.house.store.deposit_for(help.desk.caller.tenant(), grant.id, None, now()).await;
    assert!(found.unwrap().is_none());
    let log = help.desk.house.log(&help.desk.caller).await;
    let edit = log.iter().find(|entry| entry.verb == "grant.edit").unwrap();
    assert_eq!(edit.who, "Otto");
    assert!(edit.after.as_ref().unwrap().ends_with("2 deposits of others ended"), "{:?}", edit.after);
}

#[tokio::test]
async fn nobody_signs_terms_that_changed_while_the_form_was_open() {
    let help = HelpDesk::open().await;
    let (house, owner) = (&help.desk.house, &help.desk.caller);
    let grant = help.grant(Template::LicenceDesk);
    house.store.keep_grant(owner.tenant(), &grant, now()).await.unwrap();
    let shown = house.operations.grant(owner, &grant.id).await.unwrap();
    let shown = SeenGrant { grant: grant.id, terms: shown.terms };
    assert_eq!(shown, seen(&grant));
    let deposit = async |seen: SeenGrant| {
        let form = DepositForm {
            grants: vec![seen],
            site: None,
            token: house.simulator.details().tcm_pat.clone().into(),
            until: now().plus_seconds(86_400 * 2).machine()[..10].to_owned(),
            ticket: ticket(),
        };
        house.operations.deposit(owner, form).await.map_err(|problem| problem.code)
    };
    let unsigned = SeenGrant::read(&grant.id.to_string()).unwrap();
    assert_eq!(deposit(unsigned).await, Err(ProblemCode::GrantTermsChanged), "a form that showed no terms");
    house.operations.save_grant(&otto(&help), &form(&help, &grant, "Creator"), ticket()).await.unwrap();
    house.world().clear_ledger();
    assert_eq!(deposit(shown.clone()).await, Err(ProblemCode::GrantTermsChanged));
    assert!(house.operations.deposits(owner).await.unwrap().is_empty());
    assert!(house.world().requests().iter().all(|it| it.method == "GET"), "the token is not even tried");
    // The form shows them anew, and what it brings back then counts. It is what a value of a form holds, too.
    let shown = SeenGrant { terms: house.operations.grant(owner, &grant.id).await.unwrap().terms, ..shown };
    assert_eq!(SeenGrant::read(&shown.value()).unwrap(), shown);
    deposit(shown).await.unwrap();
    assert_eq!(house.operations.deposits(owner).await.unwrap().len(), 1);
}

#[tokio::test]
async fn nothing_is_shown_any_more_once_the_deposit_has_ended() {
    let help = HelpDesk::open().await;
    let grant = with(&help.grant(Template::Viewer), &[Permission::ExportLists]);
    help.give(&grant).await;
    help.people(2);
    help.read_everyone().await;
    let operations = &help.desk.house.operations;
    let page = operations.list_people(&help.dana().await, &everybody(), Freshness::Recent).await.unwrap();
    assert_eq!(page.page.total, 2);
    operations.end_deposit(&help.desk.caller, &grant.id, None, ticket()).await.unwrap();
    let dana = help.dana().await;
    let listed = operations.list_people(&dana, &everybody(), Freshness::Recent).await.unwrap_err();
    assert_eq!(listed.code, ProblemCode::NothingDeposited);
    let file = operations.export_people(&dana, &everybody(), ExportAs::Csv).await.unwrap_err();
    assert_eq!(file.code, ProblemCode::NothingDeposited);
    let id = help.id_of(&format!("p0@{DOMAIN}"));
    assert_eq!(operations.person(&dana, &id).await.unwrap_err().code, ProblemCode::NothingDeposited);
    // Nor is the directory of the others spoilt by it.
    let page = operations.list_people(&help.desk.caller, &everybody(), Freshness::Recent).await.unwrap();
    assert_eq!(page.stale, None);
}

#[tokio::test]
async fn what_is_lent_to_one_grant_shows_nothing_of_what_another_one_is_about() {
    let (help, _) = HelpDesk::with(Template::Viewer).await;
    help.people(1);
    let other = "out@elsewhere.example".to_owned();
    help.desk.somebody(&other, "Viewer");
    help.read_everyone().await;
    let mut named = help.grant(Template::Viewer);
    named.scope.people = model::delegation::People::Those {
        groups: BTreeSet::new(),
        domains: BTreeSet::new(),
        named: [other].into(),
    };
    let (store, tenant) = (&help.desk.house.store, help.desk.caller.tenant());
    store.keep_grant(tenant, &named, now()).await.unwrap();
    let operations = &help.desk.house.operations;
    let page = operations.list_people(&help.dana().await, &everybody(), Freshness::Recent).await.unwrap();
    let names: Vec<&str> = page.page.rows.iter().map(|row| row.user_name.as_str()).collect();
    assert_eq!(names, ["p0@desk.example"], "nobody lends anything for the second grant");
    help.give(&named).await;
    let page = operations.list_people(&help.dana().await, &everybody(), Freshness::Recent).await.unwrap();
    assert_eq!(page.page.total, 2);
}

#[tokio::test]
async fn a_member_whose_round_of_reading_fails_leaves_nothing_behind_for_the_others() {
    let (help, _) = HelpDesk::with(Template::Viewer).await;
    help.people(1);
    let operations = &help.desk.house.operations;
    // Let in a moment before the switch was thrown: the round begins, and its first question is refused.
    let dana = help.dana().await;
    operations.pause_delegation(&help.desk.caller, ticket()).await.unwrap();
    _ = operations.list_people(&dana, &everybody(), Freshness::Now).await;
    let page = operations.list_people(&help.desk.caller, &everybody(), Freshness::Recent).await.unwrap();
    assert_eq!(page.stale, None);
    assert!(page.page.total > 0);
}
