//! Rows of a run: written down before they are sent, ended once, by the worker who has the run.

use model::{
    SiteUserId,
    audit::{ActState, AuditRow},
    plan::{OnSite, SiteWish, Step, Verdict, Wish},
    roles::SiteRole,
    runs::{RowState, RunJob},
};
use store::{AtMost, Error, Fence, RowEnd, Store};
use uuid::Uuid;

use crate::{
    house::{House, finish, noon, on_each, tenant},
    working::{apply, change, change_at, end, person, step},
};

async fn log_of(house: &House, number: u32) -> Vec<AuditRow> {
    house.store.audit_of(tenant(), "person", &person(number).to_string(), 9).await.unwrap()
}

#[tokio::test]
async fn rows_are_in_the_log_before_they_are_sent_and_end_with_their_acts() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=7).await;
        let acts: Vec<_> = (1..=6).map(change).collect();
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(log_of(house, 3).await[0].state, ActState::Started);
        let row = house.rows(id).await.remove(2);
        assert_eq!((row.state, row.attempt, row.act), (RowState::Sent, 1, Some(acts[2].1.act)));
        use RowState::{Differs, Done, Failed, Refused, Stopped, Unknown};
        let states = [Done, Differs, Failed, Unknown, Refused, Stopped, Refused];
        let ends: Vec<_> = (1..).zip(states).map(|(number, state)| end(number, state)).collect();
        let finished = house.store.finish_rows(id, fence, &ends).await.unwrap();
        assert_eq!(finished, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(house.row_states(id).await, states);
        let mut told = Vec::new();
        for number in 1..=7 {
            told.extend(log_of(house, number).await.into_iter().map(|act| act.state));
        }
        let failed = ActState::Failed;
        assert_eq!(told, [ActState::Done, failed, failed, ActState::Unknown, failed, failed]);
        let act = log_of(house, 2).await.remove(0);
        assert_eq!((act.after.as_deref(), act.code.as_deref()), (Some("Viewer"), Some("row-not-done")));
        let row = house.rows(id).await.remove(6);
        assert_eq!((row.attempt, row.act, row.ended), (0, None, Some(noon().plus_seconds(5))));
        house.whole(12).await;
    })
    .await;
}

#[tokio::test]
async fn a_row_begins_once_and_ends_once() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=3).await;
        let begin = async |numbers: &[u32]| {
            let acts: Vec<_> = numbers.iter().copied().map(change).collect();
            house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap()
        };
        assert_eq!(begin(&[1, 1, 99]).await, [1]);
        assert_eq!(begin(&[1]).await, [0; 0]);
        let mut done = end(1, RowState::Done);
        done.user = Some(person(77));
        let ends = [done, end(1, RowState::Failed), end(99, RowState::Done)];
        assert_eq!(house.store.finish_rows(id, fence, &ends).await.unwrap(), [1]);
        assert_eq!(house.store.finish_rows(id, fence, &[end(1, RowState::Failed)]).await.unwrap(), [0; 0]);
        assert_eq!(begin(&[1]).await, [0; 0]);
        let row = house.rows(id).await.remove(0);
        assert_eq!((row.state, row.user, row.attempt), (RowState::Done, Some(person(77)), 1));
        let unsent = house.store.finish_rows(id, fence, &[end(2, RowState::Unknown)]).await;
        assert!(matches!(unsent, Err(Error::NotBegun)));
        let open = house.store.finish_rows(id, fence, &[end(2, RowState::Waiting)]).await;
        assert!(matches!(open, Err(Error::NotAnOutcome)));
        house.whole(2).await;
    })
    .await;
}

#[tokio::test]
async fn a_row_for_a_site_gives_its_person_an_id_there_and_none_in_the_tenant() {
    on_each(async |house| {
        let change = SiteWish::Add { role: SiteRole::Viewer, sign_in: None };
        let wish = Wish::OnSite(OnSite { site: Uuid::from_u128(77).into(), change });
        let row = Step { user: None, wish: Some(wish), ..step(1, Verdict::Create, &[]) };
        let id = house.planned(&[row]).await;
        house.store.apply_plan(apply(id)).await.unwrap();
        let fence = house.taken(id).await;
        let here = SiteUserId::from(Uuid::from_u128(99));
        let done = RowEnd { site_user: Some(here), ..end(1, RowState::Done) };
        assert_eq!(house.store.finish_rows(id, fence, &[done]).await.unwrap(), [1]);
        let row = house.rows(id).await.remove(0);
        assert_eq!((row.user, row.site_user), (None, Some(here)));
    })
    .await;
}

#[tokio::test]
async fn a_row_whose_person_somebody_else_is_changing_waits() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=3).await;
        let (_, other) = change(2);
        house.store.audit_begin(&other).await.unwrap();
        let acts: Vec<_> = (1..=3).map(change).collect();
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap(), [1, 3]);
        assert_eq!(house.row_states(id).await, [RowState::Sent, RowState::Waiting, RowState::Sent]);
        let again = [change(2)];
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &again).await.unwrap(), [0; 0]);
        house.store.audit_finish(other.act, &finish(ActState::Done)).await.unwrap();
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &again).await.unwrap(), [2]);
        house.whole(5).await;
    })
    .await;
}

#[tokio::test]
async fn two_rows_of_one_person_begin_together_and_an_old_act_keeps_nobody_away() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=3).await;
        let of_person_1 = |number| (number, change(1).1);
        let both = [of_person_1(1), of_person_1(2)];
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &both).await.unwrap(), [1, 2]);
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &[of_person_1(3)]).await.unwrap(), [0; 0]);
        let later = (3, change_at(1, noon().plus_seconds(601)).1);
        assert_eq!(house.store.begin_rows(tenant(), id, fence, &[later]).await.unwrap(), [3]);
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_proved_not_to_be_sent_wait_again_and_count_their_attempts() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2).await;
        let acts = [change(1), change(2)];
        house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap();
        house.store.back_to_waiting(id, fence, &[1, 99], "vendor-busy", noon()).await.unwrap();
        assert_eq!(house.row_states(id).await, [RowState::Waiting, RowState::Sent]);
        let act = log_of(house, 1).await.remove(0);
        assert_eq!((act.state, act.code.as_deref()), (ActState::Failed, Some("vendor-busy")));
        let again = change(1);
        assert_eq!(
            house.store.begin_rows(tenant(), id, fence, std::slice::from_ref(&again)).await.unwrap(),
            [1]
        );
        let row = house.rows(id).await.remove(0);
        assert_eq!((row.attempt, row.act), (2, Some(again.1.act)));
        house.whole(4).await;
    })
    .await;
}

#[tokio::test]
async fn rows_carry_the_job_that_carries_them_out() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=5).await;
        let acts: Vec<_> = (1..=4).map(change).collect();
        house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap();
        let job = |number: u128| RunJob::OfTenant(Uuid::from_u128(number).into());
        house.store.rows_have_job(id, fence, &[3, 4, 5], job(7)).await.unwrap();
        house.store.rows_have_job(id, fence, &[1, 2], job(8)).await.unwrap();
        assert_eq!(house.store.run_jobs(tenant(), id).await.unwrap(), [job(8), job(7)]);
        let jobs: Vec<_> = house.rows(id).await.into_iter().map(|row| row.job).collect();
        assert_eq!(jobs, [Some(job(8)), Some(job(8)), Some(job(7)), Some(job(7)), None]);
    })
    .await;
}

async fn is_fenced(store: &Store, id: model::PlanId, fence: Fence) {
    let fenced = |outcome: store::Result<()>| assert!(matches!(outcome, Err(Error::Fenced)), "{outcome:?}");
    fenced(store.begin_rows(tenant(), id, fence, &[change(2)]).await.map(drop));
    fenced(store.finish_rows(id, fence, &[end(1, RowState::Done)]).await.map(drop));
    fenced(store.back_to_waiting(id, fence, &[1], "vendor-busy", noon()).await);
    fenced(store.rows_have_job(id, fence, &[1], RunJob::OfTenant(Uuid::now_v7().into())).await);
    fenced(store.keep_run(id, fence, 60).await);
    fenced(store.stop_rows(id, fence, noon()).await.map(drop));
    fenced(store.end_run(id, fence, noon()).await.map(drop));
}

#[tokio::test]
async fn after_a_kill_the_next_worker_sees_what_was_sent_and_the_old_one_can_write_no_more() {
    on_each(async |house| {
        let (id, old) = house.running(1..=3).await;
        house.store.begin_rows(tenant(), id, old, &[change(1)]).await.unwrap();
        let again = Store::open(&house.settings).await.unwrap();
        assert_eq!(again.unfinished_runs().await.unwrap(), [(tenant(), id)]);
        let new = again.take_run(tenant(), id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        assert!(new > old);
        let sent = again.all_rows(tenant(), id, &[RowState::Sent]).await.unwrap();
        assert_eq!(sent.iter().map(|row| row.number).collect::<Vec<_>>(), [1]);
        is_fenced(&house.store, id, old).await;
        house.store.release_run(id, old).await.unwrap();
        assert!(house.store.take_run(tenant(), id, Uuid::now_v7(), 60).await.unwrap().is_none());
        assert_eq!(house.row_states(id).await, [RowState::Sent, RowState::Waiting, RowState::Waiting]);
        again.finish_rows(id, new, &[end(1, RowState::Unknown)]).await.unwrap();
        house.whole(2).await;
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn acts_of_rows_on_their_way_are_no_orphans_until_their_run_is_over() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2).await;
        house.store.begin_rows(tenant(), id, fence, &[change(1), change(2)]).await.unwrap();
        let (_, orphan) = change(9);
        house.store.audit_begin(&orphan).await.unwrap();
        let late = noon().plus_seconds(7_000);
        assert_eq!(house.store.audit_orphans(late, 600).await.unwrap(), 1);
        assert_eq!(log_of(house, 9).await[0].state, ActState::Unknown);
        assert_eq!(log_of(house, 1).await[0].state, ActState::Started);
        let ends = [end(1, RowState::Done), end(2, RowState::Done)];
        house.store.finish_rows(id, fence, &ends).await.unwrap();
        assert_eq!(log_of(house, 1).await[0].state, ActState::Done);
        assert_eq!(house.store.audit_orphans(late, 600).await.unwrap(), 0);
        house.whole(6).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_rows_at_once_beside_other_acts_keep_the_chain_whole() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=2_000).await;
        let rows = async |numbers: std::ops::RangeInclusive<u32>| {
            let acts: Vec<_> = numbers.clone().map(change).collect();
            let begun = house.store.begin_rows(tenant(), id, fence, &acts).await.unwrap();
            assert_eq!(begun.len(), 1_000);
            let ends: Vec<_> = numbers.map(|number| end(number, RowState::Done)).collect();
            assert_eq!(house.store.finish_rows(id, fence, &ends).await.unwrap().len(), 1_000);
        };
        let others = async {
            for number in 0..10 {
                house.done(&format!("Site {number}")).await;
            }
        };
        tokio::join!(rows(1..=1_000), rows(1_001..=2_000), others);
        assert_eq!(house.store.run(tenant(), id).await.unwrap().unwrap().counts.done, 2_000);
        house.whole(4_020).await;
    })
    .await;
}

#[tokio::test]
async fn no_more_rows_begin_than_somebody_may_begin_within_the_time() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=5).await;
        let acts: Vec<_> = (1..=5).map(change).collect();
        let begin = async |rows: u32, since| {
            let at_most = Some(AtMost { rows, since });
            house.store.begin_rows_within(tenant(), id, fence, &acts, at_most).await.unwrap()
        };
        let since = noon().plus_seconds(-60);
        assert_eq!(begin(2, since).await, [1, 2]);
        assert_eq!(begin(2, since).await, [0; 0], "the rest waits");
        assert_eq!(begin(3, since).await, [3]);
        // What was begun before the time counts no more.
        assert_eq!(begin(1, noon().plus_seconds(60)).await, [4]);
    })
    .await;
}
