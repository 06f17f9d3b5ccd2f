//! Passkeys: kept once, ten at most, used in order, never the last one removed; and questions that count once.

use futures::future::join_all;
use model::{AccountId, accounts::Standing};
use secrecy::SecretString;
use store::{Added, Joined, NewFactor, NewInvitation, NewPasskey, Removed, Store};

use crate::house::{noon, on_each, tenant};

const fn passkey(credential: &[u8]) -> NewPasskey<'_> {
    NewPasskey { credential, name: "Laptop", key: "{}" }
}

async fn join(store: &Store, email: &str, factor: NewFactor<'_>) -> Option<AccountId> {
    let until = noon().plus_seconds(3600);
    let new = NewInvitation { tenant: tenant(), email, by: "Ada", key: email, until, now: noon() };
    store.invite_member(new).await.unwrap();
    let joined = Joined { name: "Dana", password: "$hash", factor, codes: &["one".to_owned()] };
    store.join_member(email, joined, noon()).await.unwrap().map(|member| member.id)
}

/// Somebody with a passkey, and no app.
async fn dana(store: &Store) -> AccountId {
    join(store, "dana@example.com", NewFactor::Passkey(passkey(b"first"))).await.unwrap()
}

#[tokio::test]
async fn a_passkey_is_kept_once_and_ten_of_them_at_most() {
    on_each(async |house| {
        let store = &house.store;
        let id = dana(store).await;
        assert!(store.is_passkey_known(b"first").await.unwrap());
        assert!(!store.is_passkey_known(b"second").await.unwrap());
        let twice = NewFactor::Passkey(passkey(b"first"));
        assert_eq!(join(store, "eve@example.com", twice).await, None);
        let eve = store.proofs_by_address("eve@example.com").await.unwrap().unwrap();
        assert_eq!((eve.member.standing, eve.password), (Standing::Invited, None), "nothing of it counts");
        let added = store.add_passkey(id, &passkey(b"first"), 10, noon()).await.unwrap();
        assert_eq!(added, Added::Taken);
        let names: Vec<String> = (0..12).map(|number| format!("key {number}")).collect();
        let adding = names
            .iter()
            .map(async |name| store.add_passkey(id, &passkey(name.as_bytes()), 10, noon()).await.unwrap());
        let added = join_all(adding).await;
        assert_eq!(added.iter().filter(|added| **added == Added::Kept).count(), 9);
        assert_eq!(added.iter().filter(|added| **added == Added::Full).count(), 3);
        assert_eq!(store.passkeys_of(id).await.unwrap().len(), 10);
    })
    .await;
}

#[tokio::test]
async fn the_last_second_factor_is_never_removed_even_by_two_at_once() {
    on_each(async |house| {
        let store = &house.store;
        let id = dana(store).await;
        store.add_passkey(id, &passkey(b"second"), 10, noon()).await.unwrap();
        let keys = store.passkeys_of(id).await.unwrap();
        let mut removed = join_all(keys.iter().map(|key| store.remove_passkey(id, key.told.id))).await;
        removed.sort_by_key(|removed| *removed.as_ref().unwrap() == Removed::Last);
        let removed: Vec<_> = removed.into_iter().map(Result::unwrap).collect();
        assert_eq!(removed, [Removed::Gone, Removed::Last]);
        let left = store.passkeys_of(id).await.unwrap();
        assert_eq!(left.len(), 1);
        // Whoever has an app as well may remove them all; what belongs to somebody else is not there.
        let totp: SecretString = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into();
        let app = NewFactor::App { secret: &totp, step: 7 };
        let eve = join(store, "eve@example.com", app).await.unwrap();
        assert_eq!(store.remove_passkey(eve, left[0].told.id).await.unwrap(), Removed::NotThere);
        store.add_passkey(eve, &passkey(b"third"), 10, noon()).await.unwrap();
        let third = store.passkeys_of(eve).await.unwrap().remove(0).told.id;
        assert_eq!(store.remove_passkey(eve, third).await.unwrap(), Removed::Gone);
        assert_eq!(store.remove_passkey(eve, third).await.unwrap(), Removed::NotThere);
    })
    .await;
}

#[tokio::test]
async fn a_counter_only_goes_on_and_one_count_is_used_once() {
    on_each(async |house| {
        let store = &house.store;
        let id = dana(store).await;
        let later = noon().plus_seconds(9);
        let used =
            async |counter| store.passkey_used(id, b"first", counter, "{\"n\":1}", later).await.unwrap();
        // A device that does not count says nothing each time.
        assert!(used(0).await && used(0).await);
        let at_once = join_all((0..5).map(|_| used(4))).await;
        assert_eq!(at_once.into_iter().filter(|used| *used).count(), 1);
        assert!(!used(3).await && !used(0).await && used(5).await);
        let kept = store.passkeys_of(id).await.unwrap().remove(0);
        assert_eq!((kept.told.used, kept.key.as_str()), (Some(later), "{\"n\":1}"));
        assert!(!store.passkey_used(id, b"other", 9, "{}", later).await.unwrap());
        let stranger = uuid::Uuid::from_u128(5).into();
        assert!(!store.passkey_used(stranger, b"first", 9, "{}", later).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_new_invitation_and_a_removal_erase_passkeys() {
    on_each(async |house| {
        let store = &house.store;
        let id = dana(store).await;
        let until = noon().plus_seconds(60);
        assert!(store.invite_member_again(tenant(), id, "again", until).await.unwrap());
        assert_eq!(house.count("passkey").await, 0);
        let joined = Joined {
            name: "Dana",
            password: "$hash",
            factor: NewFactor::Passkey(passkey(b"first")),
            codes: &["one".to_owned()],
        };
        store.join_member("again", joined, noon()).await.unwrap().unwrap();
        assert_eq!(house.count("passkey").await, 1);
        assert!(store.remove_member(tenant(), id).await.unwrap());
        assert_eq!(house.count("passkey").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_question_counts_once_for_what_it_is_bound_to_and_for_a_while() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_question("enter one", "first").await.unwrap();
        store.keep_question("enter one", "second").await.unwrap();
        store.keep_question("enter two", "third").await.unwrap();
        assert_eq!(store.take_question("step-up one", 300).await.unwrap(), None);
        let taken = join_all((0..5).map(|_| store.take_question("enter one", 300))).await;
        let taken: Vec<String> = taken.into_iter().filter_map(|taken| taken.unwrap()).collect();
        assert_eq!(taken, ["second"]);
        // Both a question that is too old and one from the time before a clock was set back are over.
        for moved in ["- 301000000", "+ 60000000"] {
            store.keep_question("enter one", "old").await.unwrap();
            let sql = format!("UPDATE passkey_question SET asked = asked {moved} WHERE state = 'old'");
            house.sql(&[&sql]).await;
            assert_eq!(store.take_question("enter one", 300).await.unwrap(), None, "{moved}");
            assert_eq!(store.take_question("enter one", 300).await.unwrap(), None);
        }
        house.sql(&["UPDATE passkey_question SET asked = asked - 3700000000"]).await;
        assert_eq!(store.sweep_questions().await.unwrap(), 1);
        assert_eq!(house.count("passkey_question").await, 0);
    })
    .await;
}
