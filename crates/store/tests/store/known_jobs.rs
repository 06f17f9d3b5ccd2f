//! Known jobs with the account that started them and the run they are part of.

use model::{
    PlanId, UserId,
    jobs::{JobStatus, KnownJob},
    runs::RunsQuery,
};
use uuid::Uuid;

use crate::house::{House, noon, on_each, tenant, user};

fn job(id: u128, operation: &str, status: &str) -> KnownJob {
    KnownJob {
        id: Uuid::from_u128(id).into(),
        operation: operation.to_owned(),
        status: JobStatus::from(status.to_owned()),
        seen: noon().plus_seconds(i64::try_from(id).unwrap()),
    }
}

fn run() -> PlanId {
    Uuid::from_u128(5).into()
}

async fn fill(house: &House) {
    let bob = UserId::from(Uuid::from_u128(3));
    let jobs = [
        (job(1, "ADD_USERS", "NEW"), Some(user()), Some(run())),
        (job(2, "DELETE_USERS", "NEW"), Some(bob), Some(run())),
        (job(3, "ADD_USERS", "SUCCESSFUL"), None, None),
    ];
    for (job, owner, run) in &jobs {
        house.store.remember_job_of(tenant(), job, *owner, *run).await.unwrap();
    }
}

async fn found(house: &House, whose: &str, state: &str, kind: &str) -> Vec<u128> {
    let words = [whose, state, kind].map(str::to_owned);
    let [whose, state, kind] = words;
    let query = RunsQuery { whose, state, kind, ..RunsQuery::default() };
    let page = house.store.known_jobs_page(tenant(), &query, user()).await.unwrap();
    assert_eq!((page.total, page.of), (page.rows.len() as u64, 3));
    page.rows.into_iter().map(|(job, ..)| job.id.uuid().as_u128()).collect()
}

#[tokio::test]
async fn jobs_are_listed_by_whose_they_are_their_state_and_their_kind() {
    on_each(async |house| {
        fill(house).await;
        assert_eq!(found(house, "", "", "").await, [3, 2, 1]);
        assert_eq!(found(house, "mine", "", "").await, [1]);
        assert_eq!(found(house, "", "NEW", "").await, [2, 1]);
        assert_eq!(found(house, "", "NEW", "ADD_USERS").await, [1]);
        assert_eq!(found(house, "", "GONE", "").await, [0; 0]);
        let jobs = house.store.jobs_of_run(tenant(), run()).await.unwrap();
        assert_eq!(jobs, [job(2, "DELETE_USERS", "NEW"), job(1, "ADD_USERS", "NEW")]);
        assert!(house.store.jobs_of_run(Uuid::from_u128(9).into(), run()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_look_at_a_job_keeps_its_owner_and_its_run() {
    on_each(async |house| {
        fill(house).await;
        house.store.remember_job(tenant(), &job(1, "ADD_USERS", "SUCCESSFUL")).await.unwrap();
        house
            .store
            .remember_job_of(tenant(), &job(3, "ADD_USERS", "FAILED"), None, Some(run()))
            .await
            .unwrap();
        let page = house.store.known_jobs_page(tenant(), &RunsQuery::default(), user()).await.unwrap().rows;
        assert_eq!(page[2], (job(1, "ADD_USERS", "SUCCESSFUL"), Some(user()), Some(run())));
        assert_eq!(page[0], (job(3, "ADD_USERS", "FAILED"), None, Some(run())));
    })
    .await;
}
