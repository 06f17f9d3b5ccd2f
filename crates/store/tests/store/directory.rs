//! The directory over restarts, and protected people.

use model::{
    TenantId,
    people::{LastSignIn, Person, Place, Protection, TenantRole},
    roles::SiteRole,
};
use uuid::Uuid;

use crate::{
    house::{noon, on_each, tenant},
    working::person,
};

fn somebody(number: u32, name: &str) -> Person {
    let role = TenantRole { role: "LINK_ADMIN".to_owned(), status: "ACTIVE".to_owned(), sign_in: None };
    let place = Place {
        site: Uuid::from_u128(77).into(),
        role: SiteRole::from("CREATOR".to_owned()),
        sign_in: None,
        site_user: None,
    };
    Person {
        id: person(number),
        user_name: format!("person.{number}@example.com"),
        display_name: name.to_owned(),
        email: String::new(),
        status: "ACTIVE".to_owned(),
        highest: Some(SiteRole::from("CREATOR".to_owned())),
        tenant_roles: vec![role],
        places: Some(vec![place]),
        site_count: 1,
        last_sign_in: LastSignIn::At(noon()),
        language: "EN_GB".to_owned(),
        locale: "en_GB".to_owned(),
    }
}

fn stranger() -> TenantId {
    Uuid::from_u128(9).into()
}

#[tokio::test]
async fn the_directory_comes_back_as_it_was_saved_last() {
    on_each(async |house| {
        let store = &house.store;
        assert!(store.directory(tenant()).await.unwrap().is_none());
        let people: Vec<_> = (1..=1234).map(|number| somebody(number, "Ada")).collect();
        store.save_directory(tenant(), noon(), false, &people, &[]).await.unwrap();
        assert_eq!(store.directory(tenant()).await.unwrap(), Some((noon(), false, people.clone())));
        let later = noon().plus_seconds(60);
        let changed = [somebody(2, "Bob"), somebody(1235, "New")];
        store.save_directory(tenant(), later, true, &changed, &[person(1), person(9999)]).await.unwrap();
        let mut expected = people;
        expected[1] = somebody(2, "Bob");
        expected.push(somebody(1235, "New"));
        expected.remove(0);
        assert_eq!(store.directory(tenant()).await.unwrap(), Some((later, true, expected)));
        assert!(store.directory(stranger()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn somebody_told_twice_is_kept_once_as_told_last() {
    on_each(async |house| {
        let people = [somebody(1, "Ada"), somebody(2, "Bob"), somebody(1, "Ada Lovelace")];
        house.store.save_directory(tenant(), noon(), true, &people, &[]).await.unwrap();
        let (_, _, people) = house.store.directory(tenant()).await.unwrap().unwrap();
        assert_eq!(people, [somebody(1, "Ada Lovelace"), somebody(2, "Bob")]);
    })
    .await;
}

#[tokio::test]
async fn whoever_cannot_be_read_any_more_is_left_out_and_the_directory_is_not_whole() {
    on_each(async |house| {
        let people = [somebody(1, "Ada"), somebody(2, "Bob")];
        house.store.save_directory(tenant(), noon(), true, &people, &[]).await.unwrap();
        house.sql(&["UPDATE directory_person SET record = '{\"old\":1}' WHERE record LIKE '%Bob%'"]).await;
        let (_, complete, people) = house.store.directory(tenant()).await.unwrap().unwrap();
        assert_eq!((complete, people), (false, vec![somebody(1, "Ada")]));
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_directory_leaves_nothing_behind() {
    on_each(async |house| {
        for tenant in [tenant(), stranger()] {
            house.store.save_directory(tenant, noon(), true, &[somebody(1, "Ada")], &[]).await.unwrap();
        }
        house.store.forget_directory(tenant()).await.unwrap();
        assert!(house.store.directory(tenant()).await.unwrap().is_none());
        assert!(house.store.directory(stranger()).await.unwrap().is_some());
        assert_eq!(house.count("directory_person").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_person_is_protected_until_somebody_ends_it() {
    on_each(async |house| {
        let protection = |number, reason: &str| Protection {
            user: person(number),
            reason: reason.to_owned(),
            by: "Ada".to_owned(),
            at: noon().plus_seconds(i64::from(number)),
        };
        for one in [protection(2, "Boss"), protection(1, "Service"), protection(2, "Still the boss")] {
            house.store.protect(tenant(), &one).await.unwrap();
        }
        let told = house.store.protections(tenant()).await.unwrap();
        assert_eq!(told, [protection(1, "Service"), protection(2, "Still the boss")]);
        house.store.unprotect(stranger(), person(1)).await.unwrap();
        house.store.unprotect(tenant(), person(2)).await.unwrap();
        house.store.unprotect(tenant(), person(3)).await.unwrap();
        assert_eq!(house.store.protections(tenant()).await.unwrap(), [protection(1, "Service")]);
        assert!(house.store.protections(stranger()).await.unwrap().is_empty());
    })
    .await;
}

/// On a first load in a release build: `cargo nextest run --release -p store --run-ignored all hundred_thousand`.
#[tokio::test]
#[ignore = "a measurement"]
async fn a_hundred_thousand_people_are_kept_and_read_within_seconds() {
    on_each(async |house| {
        let people: Vec<_> = (1..=100_000).map(|number| somebody(number, "Ada")).collect();
        let begin = std::time::Instant::now();
        house.store.save_directory(tenant(), noon(), true, &people, &[]).await.unwrap();
        let kept = begin.elapsed();
        let (_, _, read) = house.store.directory(tenant()).await.unwrap().unwrap();
        println!("postgres: {}, kept {kept:?}, read {:?}", house.is_postgres(), begin.elapsed() - kept);
        assert_eq!(read.len(), people.len());
    })
    .await;
}
