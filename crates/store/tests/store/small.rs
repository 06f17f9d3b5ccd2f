//! Accounts, unlocked operations and remembered jobs.

use model::{
    TenantId,
    jobs::{JobStatus, KnownJob},
};
use uuid::Uuid;

use crate::house::{noon, on_each, tenant, user};

#[tokio::test]
async fn a_person_has_one_account_per_tenant() {
    on_each(async |house| {
        let first = house.store.account_of(tenant(), user(), "Ada", noon()).await.unwrap();
        let again = house.store.account_of(tenant(), user(), "Ada Lovelace", noon()).await.unwrap();
        let elsewhere =
            house.store.account_of(Uuid::from_u128(9).into(), user(), "Ada", noon()).await.unwrap();
        assert_eq!(first, again);
        assert_ne!(first, elsewhere);
        assert_eq!(house.count("account WHERE name = 'Ada Lovelace'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_unlock_names_its_address_and_the_first_who_gave_it() {
    on_each(async |house| {
        let later = noon().plus_seconds(60);
        house.store.unlock(tenant(), "site.suspend", "POST a", "Ada", noon()).await.unwrap();
        house.store.unlock(tenant(), "site.suspend", "POST a", "Bob", later).await.unwrap();
        house.store.unlock(tenant(), "site.suspend", "POST b", "Bob", later).await.unwrap();
        let unlocks = house.store.unlocks(tenant()).await.unwrap();
        let told: Vec<_> =
            unlocks.iter().map(|(_, address, by)| (address.as_str(), by.by.as_str(), by.at)).collect();
        assert_eq!(told, [("POST a", "Ada", noon()), ("POST b", "Bob", later)]);
        assert!(house.store.unlocks(TenantId::from(Uuid::from_u128(9))).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_is_remembered_as_it_was_seen_last() {
    on_each(async |house| {
        let job = |id: u128, status: &str, after| KnownJob {
            id: Uuid::from_u128(id).into(),
            operation: "ADD_USERS".to_owned(),
            status: JobStatus::from(status.to_owned()),
            seen: noon().plus_seconds(after),
        };
        for known in [job(1, "NEW", 0), job(2, "A_NEW_WORD", 1), job(1, "SUCCESSFUL", 2)] {
            house.store.remember_job(tenant(), &known).await.unwrap();
        }
        let jobs = house.store.known_jobs(tenant(), 10).await.unwrap();
        assert_eq!(jobs, [job(1, "SUCCESSFUL", 2), job(2, "A_NEW_WORD", 1)]);
        assert_eq!(house.store.known_jobs(tenant(), 1).await.unwrap().len(), 1);
        assert!(house.store.known_jobs(Uuid::from_u128(9).into(), 10).await.unwrap().is_empty());
    })
    .await;
}
