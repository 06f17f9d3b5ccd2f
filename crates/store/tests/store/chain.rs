//! The chain: whatever is done to the records behind our back is found and named.

use crate::house::{House, finish, noon, on_each, suspension, tenant};
use model::audit::ActState;

/// Three ended acts, one open and one refused: eight records.
async fn fill(house: &House) {
    for name in ["Sales", "Marketing", "Finance"] {
        house.done(name).await;
    }
    house.store.audit_begin(&suspension("Support")).await.unwrap();
    house.store.audit_deny(&suspension("Legal"), "not-allowed").await.unwrap();
    let names = ["audit_record", "audit_head", "act"];
    let copies: Vec<_> =
        names.iter().map(|t| format!("CREATE TABLE kept_{t} AS SELECT * FROM {t}")).collect();
    house.sql(&copies.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

async fn restore(house: &House) {
    for table in ["audit_record", "audit_head", "act"] {
        let empty = format!("DELETE FROM {table}");
        let fill = format!("INSERT INTO {table} SELECT * FROM kept_{table}");
        house.sql(&[&empty, &fill]).await;
    }
    assert_eq!(house.store.audit_verify().await.unwrap().broken_at, None);
}

async fn broken_at(house: &House, statements: &[&str]) -> Option<i64> {
    house.sql(statements).await;
    let report = house.store.audit_verify().await.unwrap();
    restore(house).await;
    report.broken_at
}

#[tokio::test]
async fn an_untouched_chain_is_whole_and_names_its_head() {
    on_each(async |house| {
        let empty = house.store.audit_verify().await.unwrap();
        assert_eq!((empty.records, empty.head.as_str(), empty.broken_at), (0, &*"0".repeat(64), None));
        fill(house).await;
        let report = house.store.audit_verify().await.unwrap();
        assert_eq!((report.records, report.head.len(), report.broken_at), (8, 64, None));
    })
    .await;
}

#[tokio::test]
async fn a_change_to_any_field_of_a_record_is_found() {
    on_each(async |house| {
        fill(house).await;
        for field in [
            "kind",
            "state",
            "code",
            "after",
            "who",
            "who_id",
            "verb",
            "object_kind",
            "object",
            "object_name",
            "reason",
            "before",
            "reference",
            "via",
            "actor",
        ] {
            let change = format!("UPDATE audit_record SET \"{field}\" = 'x' WHERE number = 3");
            assert_eq!(broken_at(house, &[&change]).await, Some(3), "{field}");
        }
        for change in [
            "at = at + 1",
            "format = 1",
            "format = 2",
            "format = 4",
            "act = tenant",
            "tenant = act",
            "reason = NULL",
            "reason = ''",
        ] {
            let change = format!("UPDATE audit_record SET {change} WHERE number = 3");
            assert_eq!(broken_at(house, &[&change]).await, Some(3), "{change}");
        }
    })
    .await;
}

#[tokio::test]
async fn text_moved_from_one_field_to_the_next_is_found() {
    on_each(async |house| {
        fill(house).await;
        let moved =
            "UPDATE audit_record SET object = 'id-of-Mark', object_name = 'etingMarketing' WHERE number = 3";
        assert_eq!(broken_at(house, &[moved]).await, Some(3));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_record_is_found_wherever_it_stood() {
    on_each(async |house| {
        fill(house).await;
        assert_eq!(broken_at(house, &["DELETE FROM audit_record WHERE number = 1"]).await, Some(1));
        assert_eq!(broken_at(house, &["DELETE FROM audit_record WHERE number = 4"]).await, Some(4));
        assert_eq!(broken_at(house, &["DELETE FROM audit_record WHERE number = 8"]).await, Some(8));
        assert_eq!(broken_at(house, &["DELETE FROM audit_record"]).await, Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_first_link_is_found() {
    on_each(async |house| {
        fill(house).await;
        let cut =
            ["DELETE FROM audit_record WHERE number < 3", "UPDATE audit_record SET number = -(number - 2)"];
        let renumbered = [cut[0], cut[1], "UPDATE audit_record SET number = -number"];
        assert_eq!(broken_at(house, &renumbered).await, Some(1));
    })
    .await;
}

#[tokio::test]
async fn two_swapped_records_are_found() {
    on_each(async |house| {
        fill(house).await;
        let swap = [
            "UPDATE audit_record SET number = 99 WHERE number = 3",
            "UPDATE audit_record SET number = 3 WHERE number = 5",
            "UPDATE audit_record SET number = 5 WHERE number = 99",
        ];
        assert_eq!(broken_at(house, &swap).await, Some(3));
    })
    .await;
}

#[tokio::test]
async fn an_inserted_record_is_found() {
    on_each(async |house| {
        fill(house).await;
        let pick = "CREATE TABLE extra AS SELECT * FROM audit_record WHERE number = 8";
        let add = "INSERT INTO audit_record SELECT * FROM extra";
        for (number, named) in [(9, 9), (0, 0), (40, 9)] {
            let renumber = format!("UPDATE extra SET number = {number}");
            assert_eq!(broken_at(house, &[pick, &renumber, add, "DROP TABLE extra"]).await, Some(named));
        }
        let make_room = [
            "UPDATE audit_record SET number = -(number + 1) WHERE number > 4",
            "UPDATE audit_record SET number = -number WHERE number < 0",
        ];
        let between =
            [pick, make_room[0], make_room[1], "UPDATE extra SET number = 5", add, "DROP TABLE extra"];
        assert_eq!(broken_at(house, &between).await, Some(5));
    })
    .await;
}

#[tokio::test]
async fn a_reversed_chain_is_found() {
    on_each(async |house| {
        fill(house).await;
        let reverse =
            ["UPDATE audit_record SET number = -(9 - number)", "UPDATE audit_record SET number = -number"];
        assert_eq!(broken_at(house, &reverse).await, Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_head_that_does_not_fit_the_records_is_found() {
    on_each(async |house| {
        fill(house).await;
        assert_eq!(broken_at(house, &["UPDATE audit_head SET number = 9"]).await, Some(9));
        assert_eq!(broken_at(house, &["UPDATE audit_head SET number = 6"]).await, Some(7));
        let other = "UPDATE audit_head SET hash = (SELECT hash FROM audit_record WHERE number = 2)";
        assert_eq!(broken_at(house, &[other]).await, Some(8));
        assert_eq!(broken_at(house, &["DELETE FROM audit_head"]).await, Some(9));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_would_tell_another_story_is_found() {
    on_each(async |house| {
        fill(house).await;
        for change in ["state = 'failed'", "who = 'x'", "words = ''", "ended = NULL", "\"after\" = NULL"] {
            let change = format!("UPDATE act SET {change} WHERE number = 3");
            assert_eq!(broken_at(house, &[&change]).await, Some(3), "{change}");
        }
        assert_eq!(broken_at(house, &["DELETE FROM act WHERE number = 7"]).await, Some(7));
        assert_eq!(broken_at(house, &["UPDATE act SET number = 70 WHERE number = 7"]).await, Some(7));
        let more = [
            "CREATE TABLE extra AS SELECT * FROM act WHERE number = 8",
            "UPDATE extra SET number = 90, id = tenant",
            "INSERT INTO act SELECT * FROM extra",
            "DROP TABLE extra",
        ];
        assert_eq!(broken_at(house, &more).await, Some(90));
    })
    .await;
}

#[tokio::test]
async fn a_chain_longer_than_one_reading_is_followed_to_its_end() {
    on_each(async |house| {
        for number in 0..1005 {
            let mut act = suspension(&format!("Site {number}"));
            act.at = noon().plus_seconds(number);
            house.store.audit_begin(&act).await.unwrap();
            if number == 2 {
                house.store.audit_finish(act.act, &finish(ActState::Unknown)).await.unwrap();
            }
        }
        let first = house.store.audit_of(tenant(), "site", "id-of-Site 2", 1).await.unwrap().remove(0);
        house.store.audit_finish(first.act, &finish(ActState::Done)).await.unwrap();
        let report = house.store.audit_verify().await.unwrap();
        assert_eq!((report.records, report.broken_at), (1007, None));
        house.sql(&["UPDATE audit_record SET who = 'x' WHERE number = 1004"]).await;
        assert_eq!(house.store.audit_verify().await.unwrap().broken_at, Some(1004));
    })
    .await;
}
