//! Runs and their rows as lists.

use model::{
    PageRequest, PlanId, TenantId, UserId,
    runs::{RowState, RowsQuery, RunState, RunsQuery},
};
use store::ApplyPlan;
use uuid::Uuid;

use crate::{
    house::{House, noon, on_each, tenant, user},
    working::{apply, change, changes, end},
};

fn bob() -> UserId {
    Uuid::from_u128(3).into()
}

async fn listed(house: &House, whose: &str, state: &str) -> Vec<PlanId> {
    let query = RunsQuery { whose: whose.to_owned(), state: state.to_owned(), ..RunsQuery::default() };
    let page = house.store.runs(tenant(), &query, bob()).await.unwrap();
    assert_eq!((page.total, page.of), (page.rows.len() as u64, 3));
    page.rows.into_iter().map(|run| run.id).collect()
}

#[tokio::test]
async fn runs_are_listed_from_the_newest_by_whose_they_are_and_how_they_stand() {
    on_each(async |house| {
        let mut ids = Vec::new();
        for (seconds, by_id) in [(60, user()), (30, bob()), (90, bob())] {
            let id = house.planned(&changes(1..=2)).await;
            let now = noon().plus_seconds(seconds);
            house.store.apply_plan(ApplyPlan { by_id, now, ..apply(id) }).await.unwrap();
            ids.push(id);
        }
        assert_eq!(listed(house, "", "").await, [ids[2], ids[0], ids[1]]);
        assert_eq!(listed(house, "mine", "").await, [ids[2], ids[1]]);
        house.taken(ids[1]).await;
        assert_eq!(listed(house, "mine", "running").await, [ids[1]]);
        assert_eq!(listed(house, "", "waiting").await, [ids[2], ids[0]]);
        assert!(listed(house, "", "no-such-word").await.is_empty());
        let query = RunsQuery { page: PageRequest { number: 2, size: 2 }, ..RunsQuery::default() };
        let page = house.store.runs(tenant(), &query, bob()).await.unwrap();
        assert_eq!((page.total, page.at.number, page.rows.len()), (3, 2, 1));
        assert_eq!((page.rows[0].state, page.rows[0].counts.waiting), (RunState::Running, 2));
        assert_eq!(house.store.unfinished_runs().await.unwrap()[0], (tenant(), ids[1]));
    })
    .await;
}

#[tokio::test]
async fn rows_are_found_by_state_by_need_and_by_name() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=5).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1), change(2), change(3)]).await.unwrap();
        let ends = [end(1, RowState::Done), end(2, RowState::Failed), end(4, RowState::Refused)];
        house.store.finish_rows(id, fence, &ends).await.unwrap();
        assert_eq!(house.found_rows(id, "", "").await, [1, 2, 3, 4, 5]);
        assert_eq!(house.found_rows(id, "look", "").await, [2, 4]);
        assert_eq!(house.found_rows(id, "sent", "").await, [3]);
        assert_eq!(house.found_rows(id, "no-such-word", "").await, [0; 0]);
        assert_eq!(house.found_rows(id, "", "ÉMILE 4").await, [4]);
        assert_eq!(house.found_rows(id, "look", "person.2@").await, [2]);
        let two = house.store.all_rows(tenant(), id, &[RowState::Sent, RowState::Waiting]).await.unwrap();
        assert_eq!(two.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 5]);
        let query = RowsQuery { page: PageRequest { number: 2, size: 2 }, ..RowsQuery::default() };
        let page = house.store.run_rows(tenant(), id, &query).await.unwrap();
        assert_eq!((page.total, page.of, page.rows[0].number), (5, 5, 3));
        let counts = house.store.run(tenant(), id).await.unwrap().unwrap().counts;
        assert_eq!((counts.all(), counts.to_look_at(), counts.sent, counts.waiting), (5, 2, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn another_tenant_sees_and_steers_nothing_of_ours() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=1).await;
        let (stranger, store) = (TenantId::from(Uuid::from_u128(9)), &house.store);
        assert!(store.run(stranger, id).await.unwrap().is_none());
        assert!(store.run_account(stranger, id).await.unwrap().is_none());
        assert!(store.all_rows(stranger, id, &[]).await.unwrap().is_empty());
        assert!(store.run_jobs(stranger, id).await.unwrap().is_empty());
        assert_eq!(store.run_rows(stranger, id, &RowsQuery::default()).await.unwrap().of, 0);
        assert_eq!(store.runs(stranger, &RunsQuery::default(), user()).await.unwrap().of, 0);
        assert!(store.take_run(stranger, id, Uuid::now_v7(), 9).await.unwrap().is_none());
        assert!(store.begin_rows(stranger, id, fence, &[change(1)]).await.is_err());
        assert!(!store.pause_run(stranger, id, None).await.unwrap());
        assert!(!store.stop_run(stranger, id).await.unwrap());
        assert_eq!(store.run_state(id).await.unwrap(), Some(RunState::Running));
    })
    .await;
}
