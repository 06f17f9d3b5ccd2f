//! Counted tries: guesses in parallel are not free, and time alone gives them back.

use futures::future::join_all;
use store::{Allowed, TriesOf};

use crate::house::on_each;

const FIVE: Allowed = Allowed { at_most: 5, in_seconds: 600 };

fn dana() -> TriesOf {
    TriesOf::Account("dana@example.com".to_owned())
}

#[tokio::test]
async fn guesses_in_parallel_are_counted_one_by_one() {
    on_each(async |house| {
        let (store, of) = (&house.store, dana());
        let tries = join_all((0..20).map(|_| store.count_try(&of, FIVE))).await;
        let refused: Vec<u64> = tries.into_iter().filter_map(Result::unwrap).collect();
        assert_eq!(refused.len(), 15);
        assert!(refused.iter().all(|wait| (1..=601).contains(wait)), "{refused:?}");
        // Another account and an address of the same spelling count for themselves.
        let address = TriesOf::Address("dana@example.com".to_owned());
        assert_eq!(store.count_try(&address, FIVE).await.unwrap(), None);
        store.forget_tries(&of).await.unwrap();
        assert_eq!(store.count_try(&of, FIVE).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_stretch_that_is_over_begins_anew_and_so_does_a_clock_that_was_set_back() {
    on_each(async |house| {
        let (store, of) = (&house.store, dana());
        for moved in ["- 600000000", "+ 3600000000"] {
            for _ in 0..5 {
                assert_eq!(store.count_try(&of, FIVE).await.unwrap(), None);
            }
            assert!(store.count_try(&of, FIVE).await.unwrap().is_some());
            house.sql(&[&format!("UPDATE tried SET since = since {moved}")]).await;
            assert_eq!(store.count_try(&of, FIVE).await.unwrap(), None, "{moved}");
            store.forget_tries(&of).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn counts_that_are_long_over_are_swept() {
    on_each(async |house| {
        house.store.count_try(&dana(), FIVE).await.unwrap();
        assert_eq!(house.store.sweep_tries().await.unwrap(), 0);
        house.sql(&["UPDATE tried SET since = since - 90000000000"]).await;
        assert_eq!(house.store.sweep_tries().await.unwrap(), 1);
    })
    .await;
}
