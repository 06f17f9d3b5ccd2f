//! Accounts of Steward's own: invitations that count once, codes that count once, sign-ins that end at once.

use futures::future::join_all;
use model::{AccountId, Moment, accounts::Standing};
use secrecy::{ExposeSecret, SecretString};
use store::{Binding, Joined, NewFactor, NewInvitation, SignIns, Store, sign_in_key};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};
use uuid::Uuid;

use crate::house::{noon, on_each, tenant};

const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

async fn invite(store: &Store, email: &str, key: &str) -> Option<AccountId> {
    let until = noon().plus_seconds(3600);
    let new = NewInvitation { tenant: tenant(), email, by: "Ada", key, until, now: noon() };
    store.invite_member(new).await.unwrap()
}

async fn join(store: &Store, key: &str, now: Moment) -> Option<AccountId> {
    let totp: SecretString = TOTP.to_owned().into();
    let codes = ["one".to_owned(), "two".to_owned()];
    let joined = Joined {
        name: "Dana",
        password: "$hash",
        factor: NewFactor::App { secret: &totp, step: 7 },
        codes: &codes,
    };
    store.join_member(key, joined, now).await.unwrap().map(|member| member.id)
}

/// Signs somebody in, at this moment.
async fn sign_in(store: &Store, account: AccountId, address: &str) -> Id {
    let now = Moment::from(time::OffsetDateTime::now_utc());
    let ends = now.plus_seconds(600);
    let mut record = Record { id: Id::default(), data: Default::default(), expiry_date: ends.time() };
    SignIns::new(store.clone()).create(&mut record).await.unwrap();
    let (address, browser) = (address.to_owned(), "Firefox on Linux".to_owned());
    let binding = Binding { account, credential: None, ends, began: now, address, browser };
    store.bind_sign_in(&record.id, &binding).await.unwrap();
    record.id
}

#[tokio::test]
async fn an_invitation_counts_once_however_many_follow_it() {
    on_each(async |house| {
        let store = &house.store;
        let id = invite(store, "Dana@Example.com", "key").await.unwrap();
        assert_eq!(store.invited_by("key", noon()).await.unwrap().unwrap().id, id);
        assert!(store.invited_by("other", noon()).await.unwrap().is_none());
        let joined = join_all((0..5).map(|_| join(store, "key", noon()))).await;
        assert_eq!(joined.iter().flatten().collect::<Vec<_>>(), [&id]);
        assert!(store.invited_by("key", noon()).await.unwrap().is_none());
        assert_eq!(
            store.once_invited_by("key").await.unwrap().map(|it| it.id),
            Some(id),
            "the log knows whose"
        );
        assert!(!store.revoke_invitation(tenant(), id).await.unwrap(), "there is nothing to take back");
        let member = store.member(tenant(), id).await.unwrap().unwrap();
        assert_eq!((member.standing, member.name.as_str()), (Standing::Active, "Dana"));
        assert_eq!(store.recovery_codes_left(id).await.unwrap(), 2);
        let elsewhere = Uuid::from_u128(9).into();
        assert!(store.member(elsewhere, id).await.unwrap().is_none());
        assert!(!store.remove_member(elsewhere, id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_that_ran_out_or_was_revoked_or_replaced_is_nobodys() {
    on_each(async |house| {
        let store = &house.store;
        let id = invite(store, "dana@example.com", "first").await.unwrap();
        let late = noon().plus_seconds(3600);
        assert!(store.invited_by("first", late).await.unwrap().is_none());
        assert!(join(store, "first", late).await.is_none());
        assert!(store.invite_member_again(tenant(), id, "second", late).await.unwrap());
        assert!(join(store, "first", noon()).await.is_none());
        assert!(store.revoke_invitation(tenant(), id).await.unwrap());
        assert!(!store.revoke_invitation(tenant(), id).await.unwrap());
        assert!(join(store, "second", noon()).await.is_none());
        assert!(store.invited_by("second", noon()).await.unwrap().is_none());
        // The log may still tell whose it was; of one that was replaced nothing is left.
        let whose = store.once_invited_by("second").await.unwrap().unwrap();
        assert_eq!((whose.id, whose.standing, whose.invited_until), (id, Standing::Invited, None));
        assert!(store.once_invited_by("first").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_address_has_one_account_however_it_is_spelled() {
    on_each(async |house| {
        let store = &house.store;
        assert!(invite(store, "dana@example.com", "a").await.is_some());
        assert!(invite(store, " DANA@Example.com ", "b").await.is_none());
        assert!(store.invited_by("b", noon()).await.unwrap().is_none());
        assert_eq!(store.members(tenant()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_app_and_a_recovery_code_count_once() {
    on_each(async |house| {
        let store = &house.store;
        let id = invite(store, "dana@example.com", "key").await.unwrap();
        join(store, "key", noon()).await.unwrap();
        assert!(!store.use_totp_step(id, 7).await.unwrap(), "used when the account was set up");
        let used = join_all((0..5).map(|_| store.use_totp_step(id, 8))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
        assert!(!store.use_totp_step(id, 7).await.unwrap(), "an earlier one is over too");
        let used = join_all((0..5).map(|_| store.use_recovery_code(id, "one"))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
        assert!(!store.use_recovery_code(id, "three").await.unwrap());
        store.renew_recovery_codes(id, &["four".to_owned()]).await.unwrap();
        assert!(!store.use_recovery_code(id, "two").await.unwrap());
        assert!(store.use_recovery_code(id, "four").await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_second_factor_is_sealed_for_its_own_row() {
    on_each(async |house| {
        let store = &house.store;
        let (dana, eve) = (
            invite(store, "dana@example.com", "a").await.unwrap(),
            invite(store, "eve@example.com", "b").await.unwrap(),
        );
        join(store, "a", noon()).await.unwrap();
        join(store, "b", noon()).await.unwrap();
        let proofs = store.proofs_by_address("DANA@example.com").await.unwrap().unwrap();
        assert_eq!(proofs.totp.unwrap().expose_secret(), TOTP);
        assert_eq!(house.count(&format!("member WHERE names LIKE '%{TOTP}%'")).await, 0);
        let swap = "UPDATE member SET totp = (SELECT totp FROM member WHERE folded = 'dana@example.com') WHERE folded = 'eve@example.com'";
        house.sql(&[swap]).await;
        assert!(store.proofs_of(eve).await.is_err());
        assert!(store.proofs_of(dana).await.is_ok());
        // What is on its way through a form opens for the same account alone, and not as a kept secret.
        let members = store.members(tenant()).await.unwrap();
        let secret: SecretString = TOTP.to_owned().into();
        let sealed = store.seal_enrolment(&members[0], &secret).unwrap();
        assert_eq!(store.open_enrolment(&members[0], &sealed).unwrap().expose_secret(), TOTP);
        assert!(store.open_enrolment(&members[1], &sealed).is_err());
        assert!(store.open_enrolment(&members[0], "zz").is_err());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_suspended_removed_or_invited_anew_is_signed_out_in_the_same_moment() {
    on_each(async |house| {
        let store = &house.store;
        let id = invite(store, "dana@example.com", "key").await.unwrap();
        join(store, "key", noon()).await.unwrap();
        let other = AccountId::from(Uuid::from_u128(5));
        sign_in(store, other, "192.0.2.9").await;
        sign_in(store, id, "192.0.2.1").await;
        assert!(store.turn_member(tenant(), id, Standing::Active, Standing::Suspended).await.unwrap());
        assert!(!store.turn_member(tenant(), id, Standing::Active, Standing::Suspended).await.unwrap());
        assert_eq!(house.count("sign_in").await, 1);
        assert!(store.turn_member(tenant(), id, Standing::Suspended, Standing::Active).await.unwrap());
        sign_in(store, id, "192.0.2.1").await;
        assert!(store.invite_member_again(tenant(), id, "again", noon().plus_seconds(60)).await.unwrap());
        assert_eq!(house.count("sign_in").await, 1);
        let proofs = store.proofs_of(id).await.unwrap().unwrap();
        assert!(proofs.password.is_none() && proofs.totp.is_none());
        assert_eq!(store.recovery_codes_left(id).await.unwrap(), 0);
        sign_in(store, id, "192.0.2.1").await;
        assert!(store.remove_member(tenant(), id).await.unwrap());
        assert_eq!((house.count("sign_in").await, house.count("member").await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn sign_ins_are_listed_with_their_place_and_ended_one_by_one_or_all_but_one() {
    on_each(async |house| {
        let store = &house.store;
        let id = AccountId::from(Uuid::from_u128(5));
        let mine = sign_in_key(&sign_in(store, id, "192.0.2.1").await);
        let second = sign_in_key(&sign_in(store, id, "192.0.2.2").await);
        sign_in(store, id, "192.0.2.3").await;
        let other = sign_in_key(&sign_in(store, AccountId::from(Uuid::from_u128(6)), "192.0.2.9").await);
        let now = Moment::from(time::OffsetDateTime::now_utc());
        let listed = store.sign_ins_of(id, &mine, now).await.unwrap();
        assert_eq!(listed.len(), 3);
        assert_eq!(listed.iter().filter(|row| row.this && row.address == "192.0.2.1").count(), 1);
        // Nobody ends a sign-in of somebody else by its key.
        store.end_sign_ins(id, Some(&other), &mine).await.unwrap();
        assert_eq!(house.count("sign_in").await, 4);
        store.end_sign_ins(id, Some(&second), &mine).await.unwrap();
        assert_eq!(store.sign_ins_of(id, &mine, now).await.unwrap().len(), 2);
        store.end_sign_ins(id, None, &mine).await.unwrap();
        let left = store.sign_ins_of(id, &mine, now).await.unwrap();
        assert_eq!(left.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), [mine.as_str()]);
        let counts = store.sign_ins_by_account(now).await.unwrap();
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<u64>(), 2);
    })
    .await;
}
