//! Reading the log: search, filters, pages, and nothing of another tenant.

use model::{
    PageRequest, TenantId,
    audit::{ActState, AuditQuery},
};
use uuid::Uuid;

use crate::house::{House, finish, noon, on_each, suspension, tenant};

async fn names(house: &House, query: AuditQuery) -> Vec<String> {
    let page = house.store.audit_page(tenant(), &query).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.object_name).collect()
}

fn search(text: &str) -> AuditQuery {
    AuditQuery { search: text.to_owned(), ..AuditQuery::default() }
}

#[tokio::test]
async fn a_search_looks_at_who_what_why_and_the_reference() {
    on_each(async |house| {
        let mut act = suspension("Zürich Office");
        act.who = "Émile".to_owned();
        act.object = "3fa85f64".to_owned();
        act.reason = Some("Audit 2026".to_owned());
        act.reference = "REQ-77".to_owned();
        house.store.audit_begin(&act).await.unwrap();
        house.done("Other").await;
        for text in ["ZÜRICH", "zürich o", "émile", "ÉMILE", "3FA8", "audit 2026", "req-77", "  req-77 "]
        {
            assert_eq!(names(house, search(text)).await, ["Zürich Office"], "{text}");
        }
        assert!(names(house, search("nowhere")).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn percent_underscore_and_backslash_are_ordinary_characters() {
    on_each(async |house| {
        for name in ["100% cotton", "snake_case", r"back\slash", "plain 'quoted'"] {
            house.done(name).await;
        }
        for (text, name) in
            [("%", "100% cotton"), ("_", "snake_case"), (r"\", r"back\slash"), ("'", "plain 'quoted'")]
        {
            assert_eq!(names(house, search(text)).await, [name]);
        }
        assert!(names(house, search("1%n")).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn filters_go_by_the_verb_and_the_state_an_act_has_now() {
    on_each(async |house| {
        house.done("Done").await;
        let (open, settled) = (suspension("Open"), suspension("Settled"));
        let mut woken = suspension("Woken");
        woken.verb = "site.reactivate".to_owned();
        for act in [&open, &settled, &woken] {
            house.store.audit_begin(act).await.unwrap();
        }
        house.store.audit_finish(settled.act, &finish(ActState::Unknown)).await.unwrap();
        house.store.audit_finish(settled.act, &finish(ActState::Failed)).await.unwrap();
        let state = |state: &str| AuditQuery { state: state.to_owned(), ..AuditQuery::default() };
        assert_eq!(names(house, state("started")).await, ["Woken", "Open"]);
        assert_eq!(names(house, state("failed")).await, ["Settled"]);
        assert!(names(house, state("unknown")).await.is_empty());
        assert!(names(house, state("no-such-word")).await.is_empty());
        let verb = AuditQuery { verb: "site.reactivate".to_owned(), ..AuditQuery::default() };
        assert_eq!(names(house, verb.clone()).await, ["Woken"]);
        assert!(names(house, AuditQuery { state: "done".to_owned(), ..verb }).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn pages_run_from_the_newest_to_the_oldest() {
    on_each(async |house| {
        for number in 0..30 {
            house.done(&format!("Site {number}")).await;
        }
        let page = |number| AuditQuery { page: PageRequest { number, size: 25 }, ..AuditQuery::default() };
        let first = house.store.audit_page(tenant(), &page(1)).await.unwrap();
        assert_eq!((first.rows.len(), first.total, first.of), (25, 30, 30));
        assert_eq!(first.rows[0].object_name, "Site 29");
        let last = house.store.audit_page(tenant(), &page(99)).await.unwrap();
        assert_eq!((last.rows.len(), last.at.number), (5, 2));
        assert_eq!(last.rows[4].object_name, "Site 0");
        let found = house.store.audit_page(tenant(), &search("site 1")).await.unwrap();
        assert_eq!((found.total, found.of), (11, 30));
    })
    .await;
}

#[tokio::test]
async fn an_entry_tells_the_whole_act() {
    on_each(async |house| {
        let id = house.done("Sales").await;
        let row = house.store.audit_entry(tenant(), id).await.unwrap().unwrap();
        let told = suspension("Sales");
        assert_eq!((row.act, row.number, row.at), (id, 1, told.at));
        assert_eq!((row.who, row.who_id, row.verb), (told.who, told.who_id, told.verb));
        assert_eq!(
            (row.object_kind, row.object, row.object_name),
            (told.object_kind, told.object, told.object_name)
        );
        assert_eq!((row.reason, row.before, row.reference), (told.reason, told.before, told.reference));
        let end = finish(ActState::Done);
        assert_eq!(
            (row.state, row.code, row.after, row.ended),
            (end.state, end.code, end.after, Some(end.at))
        );
    })
    .await;
}

#[tokio::test]
async fn another_tenant_sees_nothing_of_ours() {
    on_each(async |house| {
        let act = house.done("Sales").await;
        let stranger = TenantId::from(Uuid::from_u128(77));
        assert!(house.store.audit_entry(stranger, act).await.unwrap().is_none());
        assert!(house.store.audit_of(stranger, "site", "id-of-Sales", 9).await.unwrap().is_empty());
        let page = house.store.audit_page(stranger, &AuditQuery::default()).await.unwrap();
        assert_eq!((page.rows.len(), page.total, page.of), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn the_acts_on_one_thing_come_newest_first() {
    on_each(async |house| {
        let first = house.done("Sales").await;
        house.done("Other").await;
        let second = house.done("Sales").await;
        let acts =
            |rows: Vec<model::audit::AuditRow>| rows.into_iter().map(|row| row.act).collect::<Vec<_>>();
        let all = house.store.audit_of(tenant(), "site", "id-of-Sales", 9).await.unwrap();
        assert_eq!(acts(all), [second, first]);
        let one = house.store.audit_of(tenant(), "site", "id-of-Sales", 1).await.unwrap();
        assert_eq!(acts(one), [second]);
    })
    .await;
}

#[tokio::test]
async fn pairs_narrow_a_search_to_their_field_and_to_whole_days() {
    on_each(async |house| {
        let mut act = suspension("Zürich Office");
        act.who = "Dana Ito".to_owned();
        act.reason = Some("Finance asked".to_owned());
        act.via = Some("grant First line".to_owned());
        house.store.audit_begin(&act).await.unwrap();
        let mut other = suspension("Finance");
        other.who = "Olga".to_owned();
        other.actor = "4f2a6c10-0000-4000-8000-00000000beef".to_owned();
        house.store.audit_begin(&other).await.unwrap();
        for (text, wanted) in [
            ("who:dana", "Zürich Office"),
            ("on:finance", "Finance"),
            ("reason:FINANCE", "Zürich Office"),
            ("via:\"first line\"", "Zürich Office"),
            ("who:olga verb:site outcome:started", "Finance"),
            ("on:Zürich who:\"Dana Ito\"", "Zürich Office"),
            ("who:4f2a6c10-0000-4000-8000-00000000beef", "Finance"),
            ("4F2A6C10-0000-4000-8000-00000000BEEF", "Finance"),
        ] {
            assert_eq!(names(house, search(text)).await, [wanted], "{text}");
        }
        let day = noon().machine()[..10].to_owned();
        assert_eq!(names(house, search(&format!("from:{day} to:{day}"))).await.len(), 2);
        assert!(names(house, search(&format!("to:{day} who:nobody"))).await.is_empty());
        let before = AuditQuery {
            to: noon().plus_seconds(-86_400).machine()[..10].to_owned(),
            ..AuditQuery::default()
        };
        assert!(names(house, before).await.is_empty());
        let (all, is_whole) = house.store.audit_all(tenant(), &search("verb:site"), 1).await.unwrap();
        assert_eq!((all.len(), is_whole, all[0].object_name.as_str()), (1, false, "Finance"));
    })
    .await;
}
