//! Who looks at lists of people by what others lent stands in the audit log: which list, by which grant, how much of it.

use model::{
    Freshness, GroupId, ProblemCode,
    audit::{ActState, AuditRow},
    delegation::Template,
    people::PeopleQuery,
    site_plane::PlaneQuery,
};
use operations::Caller;

use crate::helpers::{DOMAIN, HelpDesk};

/// What stands in the log of lists that somebody looked at, the first one first.
async fn looks(help: &HelpDesk) -> Vec<AuditRow> {
    let log = help.desk.house.log(&help.desk.caller).await;
    log.into_iter().filter(|entry| entry.verb == "list.see").rev().collect()
}

async fn group_of(help: &HelpDesk, names: &[String]) -> GroupId {
    let group = help.desk.group("Field");
    names.iter().for_each(|name| help.desk.join(name, &group));
    group
}

async fn people(help: &HelpDesk, caller: &Caller, search: &str) -> Result<u64, ProblemCode> {
    let query = PeopleQuery { search: search.to_owned(), ..PeopleQuery::default() };
    let found = help.desk.house.operations.list_people(caller, &query, Freshness::Recent).await;
    found.map(|found| found.page.total).map_err(|problem| problem.code)
}

#[tokio::test]
async fn each_list_that_a_helper_looks_at_is_written_down_once_in_ten_minutes() {
    let (help, grant) = HelpDesk::with(Template::GroupSteward).await;
    let names = help.people(3);
    let group = group_of(&help, &names[..2]).await;
    help.read_everyone().await;
    let (operations, site, dana) = (&help.desk.house.operations, help.desk.site, help.dana().await);
    let query = PlaneQuery::default();
    for _ in 0..2 {
        assert_eq!(people(&help, &dana, "").await, Ok(3));
        assert_eq!(people(&help, &dana, "p1").await, Ok(1), "another filter is the same list");
        operations.site_users(&dana, &site, &query, Freshness::Recent).await.unwrap();
        operations.site_group(&dana, &site, &group, &query).await.unwrap();
    }
    let log = looks(&help).await;
    let told: Vec<_> = log.iter().map(|entry| entry.after.as_deref().unwrap_or_default()).collect();
    assert_eq!(told, ["3 of 3 rows", "3 of 3 rows", "2 of 2 rows"]);
    let ids = ["people".to_owned(), format!("site-users/{site}"), format!("group-members/{site}/{group}")];
    assert_eq!(log.iter().map(|entry| entry.object.clone()).collect::<Vec<_>>(), ids);
    assert!(log[2].object_name.starts_with("members of group Field on "), "{}", log[2].object_name);
    for entry in &log {
        assert_eq!((entry.who.as_str(), entry.state), ("Dana", ActState::Done));
        assert_eq!(entry.via, Some(format!("{} ({})", grant.name, grant.id)));
        let told = format!("{entry:?}");
        assert!(!told.contains(DOMAIN), "nobody on the list is named: {told}");
    }
    // Later it is another look.
    let later = help.signed_in(&help.dana, dana.now.plus_seconds(601)).await;
    assert_eq!(people(&help, &later, "").await, Ok(3));
    assert_eq!(looks(&help).await.len(), 4);
    assert!(help.desk.house.store.audit_verify().await.unwrap().broken_at.is_none());
}

#[tokio::test]
async fn a_filter_is_told_and_the_words_of_a_search_are_not() {
    let (help, _) = HelpDesk::with(Template::Viewer).await;
    help.people(2);
    help.read_everyone().await;
    let query =
        PeopleQuery { search: "p1@desk".to_owned(), role: "Viewer".to_owned(), ..PeopleQuery::default() };
    let operations = &help.desk.house.operations;
    operations.list_people(&help.dana().await, &query, Freshness::Recent).await.unwrap();
    let log = looks(&help).await;
    let name = &log[0].object_name;
    assert!(name.contains("role: Viewer") && name.contains("search: words that are not kept"), "{name}");
    assert!(!name.contains("p1"), "{name}");
}

#[tokio::test]
async fn what_an_owner_looks_at_and_what_nobody_was_shown_leaves_no_line() {
    let (help, grant) = HelpDesk::with(Template::Viewer).await;
    help.people(1);
    help.read_everyone().await;
    assert_eq!(people(&help, &help.desk.caller, "p0").await, Ok(1));
    let dana = help.dana().await;
    let elsewhere = uuid::Uuid::from_u128(1).into();
    let operations = &help.desk.house.operations;
    let query = PlaneQuery::default();
    assert!(operations.site_users(&dana, &elsewhere, &query, Freshness::Recent).await.is_err());
    help.desk.house.store.revoke_grant(dana.tenant(), grant.id, dana.now).await.unwrap();
    assert!(people(&help, &help.dana().await, "").await.is_err());
    assert!(looks(&help).await.is_empty());
}

#[tokio::test]
async fn without_its_line_in_the_log_no_list_is_shown() {
    let (help, _) = HelpDesk::with(Template::GroupSteward).await;
    let names = help.people(2);
    let group = group_of(&help, &names).await;
    help.read_everyone().await;
    let (operations, site, dana) = (&help.desk.house.operations, help.desk.site, help.dana().await);
    help.desk.house.sql("DROP TABLE audit_head").await;
    let query = PlaneQuery::default();
    let users = operations.site_users(&dana, &site, &query, Freshness::Recent).await.map(drop);
    let members = operations.site_group(&dana, &site, &group, &query).await.map(drop);
    let codes = [users, members].map(|shown| shown.map_err(|problem| problem.code));
    assert_eq!(codes, [Err(ProblemCode::LogUnavailable), Err(ProblemCode::LogUnavailable)]);
    assert_eq!(people(&help, &dana, "").await, Err(ProblemCode::LogUnavailable));
    // Whoever owns what is read needs no line.
    assert!(people(&help, &help.desk.caller, "p0").await.is_ok());
}
