//! Acts: begun once, one at a time on one thing, ended once.

use futures::future::join_all;
use model::{
    Moment,
    audit::{ActState, AuditQuery},
};
use store::{BeginError, Error};

use crate::house::{finish, noon, on_each, suspension, tenant, user};

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_acts_keep_the_chain_whole() {
    on_each(async |house| {
        let acts: Vec<_> = (0..50).map(|number| suspension(&format!("Site {number}"))).collect();
        let begun = acts.iter().map(|act| house.store.audit_begin(act));
        assert!(join_all(begun).await.iter().all(Result::is_ok));
        let report = house.store.audit_verify().await.unwrap();
        assert_eq!((report.records, report.broken_at), (50, None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_begins_one_act_under_twenty_parallel_tries() {
    on_each(async |house| {
        let act = suspension("Sales");
        let tries = join_all((0..20).map(|_| house.store.audit_begin(&act))).await;
        assert_eq!(tries.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(
            tries
                .iter()
                .filter_map(|result| result.as_ref().err())
                .all(|e| matches!(e, BeginError::FormUsed))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_forms_for_one_site_one_begins() {
    on_each(async |house| {
        let acts: Vec<_> = (0..20).map(|_| suspension("Sales")).collect();
        let tries = join_all(acts.iter().map(|act| house.store.audit_begin(act))).await;
        assert_eq!(tries.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(
            tries
                .iter()
                .filter_map(|result| result.as_ref().err())
                .all(|e| matches!(e, BeginError::UnderWay))
        );
    })
    .await;
}

#[tokio::test]
async fn an_act_keeps_others_away_from_its_object_until_it_ends_or_ten_minutes_pass() {
    on_each(async |house| {
        let first = suspension("Sales");
        house.store.audit_begin(&first).await.unwrap();
        let second = suspension("Sales");
        assert!(matches!(house.store.audit_begin(&second).await, Err(BeginError::UnderWay)));
        let mut elsewhere = suspension("Sales");
        elsewhere.tenant = uuid::Uuid::from_u128(9).into();
        house.store.audit_begin(&elsewhere).await.unwrap();
        let mut later = suspension("Sales");
        later.at = noon().plus_seconds(601);
        house.store.audit_begin(&later).await.unwrap();
        house.store.audit_finish(first.act, &finish(ActState::Done)).await.unwrap();
        house.store.audit_finish(later.act, &finish(ActState::Done)).await.unwrap();
        house.store.audit_begin(&second).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_people_sign_in_to_one_tenant_at_the_same_time() {
    on_each(async |house| {
        for _ in 0..2 {
            let mut act = suspension("tenant");
            act.verb = "sign-in".to_owned();
            house.store.audit_begin(&act).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn what_somebody_did_lately_is_told_only_where_it_is_done_by_them_and_the_very_same() {
    on_each(async |house| {
        let (tenant, own) = (tenant(), user().to_string());
        let sales = ("site.suspend", "site", "id-of-Sales");
        let before = noon().plus_seconds(-1);
        let known = async |who: &str, what: (&str, &str, &str), since: Moment| {
            house.store.has_done_since(tenant, who, what, since).await.unwrap()
        };
        let act = suspension("Sales");
        house.store.audit_begin(&act).await.unwrap();
        assert!(!known(&own, sales, before).await, "it has no end yet");
        house.store.audit_finish(act.act, &finish(ActState::Done)).await.unwrap();
        assert!(known(&own, sales, before).await);
        assert!(!known(&own, sales, noon()).await, "too long ago");
        assert!(!known("somebody else", sales, before).await);
        assert!(!known(&own, ("site.suspend", "site", "id-of-Ops"), before).await);
        assert!(!known(&own, ("site.reactivate", "site", "id-of-Sales"), before).await);
        let elsewhere = uuid::Uuid::from_u128(9).into();
        assert!(!house.store.has_done_since(elsewhere, &own, sales, before).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_act_ends_once() {
    on_each(async |house| {
        let act = house.done("Sales").await;
        let again = house.store.audit_finish(act, &finish(ActState::Failed)).await;
        assert!(matches!(again, Err(Error::Finished)));
        let entry = house.store.audit_entry(tenant(), act).await.unwrap().unwrap();
        assert_eq!((entry.state, entry.after.as_deref()), (ActState::Done, Some("Suspended")));
        assert_eq!(house.store.audit_verify().await.unwrap().records, 2);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_act_is_settled_once() {
    on_each(async |house| {
        let act = suspension("Sales");
        house.store.audit_begin(&act).await.unwrap();
        house.store.audit_finish(act.act, &finish(ActState::Unknown)).await.unwrap();
        house.store.audit_finish(act.act, &finish(ActState::Done)).await.unwrap();
        let again = house.store.audit_finish(act.act, &finish(ActState::Done)).await;
        assert!(matches!(again, Err(Error::Finished)));
        assert_eq!(house.count("audit_record WHERE kind = 'settled'").await, 1);
        let report = house.store.audit_verify().await.unwrap();
        assert_eq!((report.records, report.broken_at), (3, None));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_never_began_does_not_end() {
    on_each(async |house| {
        let act = suspension("Sales");
        let ended = house.store.audit_finish(act.act, &finish(ActState::Done)).await;
        assert!(matches!(ended, Err(Error::NotBegun)));
        house.store.audit_begin(&act).await.unwrap();
        for state in [ActState::Started, ActState::Denied] {
            let ended = house.store.audit_finish(act.act, &finish(state)).await;
            assert!(matches!(ended, Err(Error::NotAnOutcome)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_recorded_each_time_even_for_the_same_form() {
    on_each(async |house| {
        let act = suspension("Sales");
        house.store.audit_deny(&act, "not-allowed").await.unwrap();
        house.store.audit_deny(&act, "not-allowed").await.unwrap();
        let page = house.store.audit_page(tenant(), &AuditQuery::default()).await.unwrap();
        assert_eq!(page.total, 2);
        for row in &page.rows {
            assert_eq!((row.state, row.code.as_deref()), (ActState::Denied, Some("not-allowed")));
            assert_eq!(row.ended, Some(noon()));
        }
        let refused = house.store.audit_finish(act.act, &finish(ActState::Done)).await;
        assert!(matches!(refused, Err(Error::Finished)));
        assert_eq!(house.store.audit_verify().await.unwrap().broken_at, None);
    })
    .await;
}

#[tokio::test]
async fn an_act_whose_process_died_becomes_unknown_and_can_be_settled() {
    on_each(async |house| {
        let (old, mut young) = (suspension("Old"), suspension("Young"));
        young.at = noon().plus_seconds(500);
        house.store.audit_begin(&old).await.unwrap();
        house.store.audit_begin(&young).await.unwrap();
        let ended = house.done("Ended").await;
        assert_eq!(house.store.audit_orphans(noon().plus_seconds(700), 600).await.unwrap(), 1);
        assert_eq!(house.store.audit_orphans(noon().plus_seconds(700), 600).await.unwrap(), 0);
        let mut states = Vec::new();
        for act in [old.act, young.act, ended] {
            states.push(house.store.audit_entry(tenant(), act).await.unwrap().unwrap().state);
        }
        assert_eq!(states, [ActState::Unknown, ActState::Started, ActState::Done]);
        house.store.audit_finish(old.act, &finish(ActState::Failed)).await.unwrap();
        assert_eq!(house.store.audit_verify().await.unwrap().broken_at, None);
    })
    .await;
}
