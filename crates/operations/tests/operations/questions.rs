//! "What can Dana do to Sam?", answered by the lock that decides.

use model::{
    accounts::Standing,
    delegation::{Rule, Template},
};
use operations::WhatCanRow;

use crate::helpers::HelpDesk;

fn word_of<'a>(rows: &'a [WhatCanRow], begins: &str) -> &'a str {
    let row = rows.iter().find(|row| row.what.starts_with(begins));
    row.map_or_else(|| panic!("nothing is said about {begins}: {rows:?}"), |row| &row.word)
}

#[tokio::test]
async fn a_leaver_desk_hands_over_with_somebody_elses_word_and_a_suspended_account_does_nothing() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let group = help.desk.group("Finance");
    help.desk.join(&names[0], &group);
    let operations = &help.desk.house.operations;
    let asked = async || operations.what_can(&help.desk.caller, &help.dana.id, &names[0]).await.unwrap().rows;
    let rows = asked().await;
    assert_eq!(word_of(&rows, "Take out of the tenant"), "approval");
    let handed = rows.iter().find(|row| row.what.contains("hand over the content")).unwrap();
    assert_eq!(handed.word, "approval", "{handed:?}");
    assert_eq!(word_of(&rows, "Take out of group Finance"), word_of(&rows, "Put into group Finance"));
    let (store, tenant) = (&help.desk.house.store, help.desk.caller.tenant());
    let turned = store.turn_member(tenant, help.dana.id, Standing::Active, Standing::Suspended).await;
    assert!(turned.unwrap());
    let rows = asked().await;
    assert!(rows.iter().all(|row| row.word == "no" && row.rule == Rule::AccountSuspended.word()), "{rows:?}");
}
