//! News to receivers that lead elsewhere, hang, fail or come back.

use std::time::Duration;

use model::licences::news::{NewsState, PAUSES, Try};
use operations::Hooks;

use super::{Manner, Receiver, SETTINGS, now};
use crate::house::House;

#[tokio::test]
async fn an_address_that_leads_elsewhere_since_it_was_set_is_not_reached() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Takes).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    // Once its operator no longer names the host, what was set is not reached either.
    let strict = house.with_hooks(Hooks::new("Steward/test", Vec::new()));
    house.creators(&visitor, 90, 100).await;
    strict.send_news(now()).await;
    assert!(receiver.came().is_empty());
    assert_eq!(house.news().await[0].tries[0].outcome, Try::NotAllowed);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_counts_as_not_taken() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Redirects).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    house.creators(&visitor, 90, 100).await;
    house.send(0).await;
    let news = house.news().await.remove(0);
    assert_eq!(news.tries[0].outcome, Try::Redirected(307));
    assert_eq!(news.state, NewsState::Waiting);
    assert!(visitor.get(SETTINGS).await.says("points elsewhere (status 307); not followed"));
}

#[tokio::test]
async fn one_that_hangs_is_given_up_on_for_now_and_holds_nothing_else_up() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Hangs).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    house.creators(&visitor, 90, 100).await;
    let hooks = Hooks::new("Steward/test", vec!["127.0.0.1".to_owned()]);
    let hasty = house.with_hooks(hooks.hasty(Duration::from_millis(200)));
    hasty.send_news(now()).await;
    let news = house.news().await.remove(0);
    assert_eq!((news.tries[0].outcome, news.state), (Try::TimedOut, NewsState::Waiting));
    assert_eq!(visitor.get("/licences").await.status.as_u16(), 200);
}

#[tokio::test]
async fn what_fails_waits_longer_and_longer_over_restarts_and_is_given_up_at_last() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Fails).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    house.creators(&visitor, 90, 100).await;
    let mut at = 0;
    for (tries, pause) in (1..).zip(PAUSES) {
        // Another process each time, as after a restart.
        house.restarted().send_news(now().plus_seconds(at)).await;
        assert_eq!(receiver.came().len(), tries);
        house.restarted().send_news(now().plus_seconds(at + pause - 20)).await;
        assert_eq!(receiver.came().len(), tries, "not before {pause} seconds have passed");
        at += pause + 20;
    }
    house.restarted().send_news(now().plus_seconds(at)).await;
    let news = house.news().await.remove(0);
    assert_eq!((news.state, news.tries.len()), (NewsState::GivenUp, PAUSES.len() + 1));
    house.restarted().send_news(now().plus_seconds(at + 999_999)).await;
    assert_eq!(receiver.came().len(), PAUSES.len() + 1);
    let ids: Vec<String> = receiver
        .came()
        .iter()
        .map(|(headers, _)| headers["steward-delivery"].to_str().unwrap().to_owned())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "the other side can tell that it is the same message");
}

#[tokio::test]
async fn what_failed_is_taken_later_and_not_sent_again() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Fails).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    house.creators(&visitor, 90, 100).await;
    house.send(0).await;
    receiver.becomes(Manner::Takes);
    house.send(40).await;
    house.send(9_999).await;
    assert_eq!((receiver.came().len(), house.news().await[0].state), (2, NewsState::Taken));
}
