//! Workers take, keep and end runs; people pause, resume and stop them.

use futures::future::join_all;
use model::runs::{RowState, RunState};
use uuid::Uuid;

use crate::{
    house::{noon, on_each, tenant},
    working::{apply, change, changes, end},
};

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_workers_one_takes_a_run_and_the_next_gets_a_higher_number() {
    on_each(async |house| {
        let id = house.planned(&changes(1..=1)).await;
        house.store.apply_plan(apply(id)).await.unwrap();
        let tries = (0..10).map(|_| house.store.take_run(tenant(), id, Uuid::now_v7(), 60));
        let taken: Vec<_> = join_all(tries).await.into_iter().filter_map(Result::unwrap).collect();
        let [first] = taken[..] else { panic!("{taken:?}") };
        house.store.keep_run(id, first, 60).await.unwrap();
        assert!(house.store.take_run(tenant(), id, Uuid::now_v7(), 60).await.unwrap().is_none());
        house.store.release_run(id, first).await.unwrap();
        assert!(house.taken(id).await > first);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_runs_out_of_time_keeps_its_run_while_nobody_else_takes_it() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=1).await;
        house.store.keep_run(id, fence, 60).await.unwrap();
        assert!(house.store.take_run(tenant(), id, Uuid::now_v7(), 60).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_run_ends_when_every_row_has_its_end() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1)]).await.unwrap();
        house.store.finish_rows(id, fence, &[end(2, RowState::Refused)]).await.unwrap();
        assert!(!house.store.end_run(id, fence, noon()).await.unwrap());
        house.store.finish_rows(id, fence, &[end(1, RowState::Done)]).await.unwrap();
        for _ in 0..2 {
            assert!(house.store.end_run(id, fence, noon().plus_seconds(9)).await.unwrap());
        }
        let run = house.store.run(tenant(), id).await.unwrap().unwrap();
        assert_eq!((run.state, run.ended), (RunState::Over, Some(noon().plus_seconds(9))));
        assert!(house.store.take_run(tenant(), id, Uuid::now_v7(), 60).await.unwrap().is_none());
        assert!(house.store.unfinished_runs().await.unwrap().is_empty());
        assert!(!house.store.pause_run(tenant(), id, None).await.unwrap());
        assert!(!house.store.stop_run(tenant(), id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_paused_run_sends_nothing_new_until_somebody_resumes_it() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1)]).await.unwrap();
        assert!(house.store.pause_run(tenant(), id, Some("sign-in-over")).await.unwrap());
        assert!(!house.store.pause_run(tenant(), id, None).await.unwrap());
        let run = house.store.run(tenant(), id).await.unwrap().unwrap();
        assert_eq!((run.state, run.code.as_deref()), (RunState::Paused, Some("sign-in-over")));
        assert!(house.store.unfinished_runs().await.unwrap().is_empty());
        assert!(house.store.begin_rows(tenant(), id, fence, &[change(2)]).await.unwrap().is_empty());
        assert_eq!(house.store.finish_rows(id, fence, &[end(1, RowState::Done)]).await.unwrap(), [1]);
        let bob = Uuid::from_u128(3).into();
        assert!(house.store.resume_run(tenant(), id, "bob's", "Bob", bob).await.unwrap());
        assert!(!house.store.resume_run(tenant(), id, "eve's", "Eve", bob).await.unwrap());
        let run = house.store.run(tenant(), id).await.unwrap().unwrap();
        assert_eq!((run.state, run.code, run.by.as_str(), run.by_id), (RunState::Waiting, None, "Bob", bob));
        assert_eq!(house.store.run_account(tenant(), id).await.unwrap().as_deref(), Some("bob's"));
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &[change(2)]).await.unwrap(), [2]);
    })
    .await;
}

#[tokio::test]
async fn a_paused_run_is_taken_up_as_long_as_something_is_under_way_and_somebody_can_look() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1)]).await.unwrap();
        house.store.release_run(id, fence).await.unwrap();
        house.store.pause_run(tenant(), id, None).await.unwrap();
        assert_eq!(house.store.unfinished_runs().await.unwrap(), [(tenant(), id)]);
        let fence = house.taken(id).await;
        assert_eq!(house.store.run_state(id).await.unwrap(), Some(RunState::Paused));
        // What its worker finds while it looks after that row is told; only a sign-in that is over keeps it from looking.
        for (code, looks) in [("vendor-down", true), ("sign-in-over", false)] {
            assert!(house.store.pause_run(tenant(), id, Some(code)).await.unwrap());
            let run = house.store.run(tenant(), id).await.unwrap().unwrap();
            assert_eq!((run.state, run.code.as_deref()), (RunState::Paused, Some(code)));
            assert_eq!(!house.store.unfinished_runs().await.unwrap().is_empty(), looks, "{code}");
        }
        house.store.pause_run(tenant(), id, Some("vendor-down")).await.unwrap();
        house.store.finish_rows(id, fence, &[end(1, RowState::Done)]).await.unwrap();
        assert!(house.store.unfinished_runs().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_run_resumed_while_its_worker_is_at_it_runs() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=1).await;
        house.store.keep_run(id, fence, 60).await.unwrap();
        house.store.pause_run(tenant(), id, None).await.unwrap();
        house.store.resume_run(tenant(), id, "", "Bob", Uuid::from_u128(3).into()).await.unwrap();
        assert_eq!(house.store.run_state(id).await.unwrap(), Some(RunState::Running));
        assert_eq!(house.store.run_state(Uuid::now_v7().into()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_stopped_run_leaves_out_what_waits_and_looks_after_what_is_sent() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=3).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1)]).await.unwrap();
        assert_eq!(house.store.stop_rows(id, fence, noon()).await.unwrap(), 0);
        house.store.pause_run(tenant(), id, None).await.unwrap();
        assert!(house.store.stop_run(tenant(), id).await.unwrap());
        assert!(!house.store.stop_run(tenant(), id).await.unwrap());
        assert_eq!(house.store.unfinished_runs().await.unwrap(), [(tenant(), id)]);
        assert!(house.store.begin_rows(tenant(), id, fence, &[change(2)]).await.unwrap().is_empty());
        assert_eq!(house.store.stop_rows(id, fence, noon()).await.unwrap(), 2);
        assert_eq!(house.row_states(id).await, [RowState::Sent, RowState::Stopped, RowState::Stopped]);
        assert_eq!(house.rows(id).await[1].ended, Some(noon()));
        house.store.finish_rows(id, fence, &[end(1, RowState::Done)]).await.unwrap();
        assert!(house.store.end_run(id, fence, noon()).await.unwrap());
    })
    .await;
}
