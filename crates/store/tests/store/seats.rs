//! Seats over time: counts under a lease, thinning, thresholds that are told once, and news on their way.

use futures::future::join_all;
use model::{
    Moment,
    licences::{
        RoleLimits, Seats, Tier,
        history::{CountOf, CountedSite, DAY_SECONDS, Missed, SeatCount, TURN_SECONDS},
        idle::Exclusion,
        keeping::{Purchased, Set, Thresholds},
        news::{NewsKind, NewsState, Tried, Try},
    },
};
use secrecy::{ExposeSecret, SecretString};
use store::{CountRound, Error, NewHook, NewNews};
use uuid::Uuid;

use crate::house::{House, noon, on_each, tenant, user};

fn site() -> CountOf {
    CountOf::Site(Uuid::from_u128(7).into())
}

/// A count of the tenant and one site.
fn round(at: Moment, creators: u64) -> CountRound {
    let seats = Seats { creators, explorers: 2, viewers: 3, unlicensed: 4 };
    let name = "Sales".to_owned();
    CountRound {
        at,
        by: "Ada".to_owned(),
        counts: vec![SeatCount { of: CountOf::Tenant, seats }, SeatCount { of: site(), seats }],
        sites: vec![CountedSite {
            site: Uuid::from_u128(7).into(),
            name,
            limits: RoleLimits::default(),
            seen: at,
        }],
    }
}

async fn count(house: &House, at: Moment, creators: u64) {
    let fence = house.store.lease_seats(tenant(), Uuid::now_v7(), 60).await.unwrap().unwrap();
    house.store.save_seats(tenant(), fence, &round(at, creators)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_replicas_one_counts_and_one_that_fell_behind_is_refused() {
    on_each(async |house| {
        let asked = join_all((0..20).map(|_| house.store.lease_seats(tenant(), Uuid::now_v7(), 60))).await;
        assert_eq!(asked.into_iter().filter_map(Result::unwrap).count(), 1);
        let other = Uuid::from_u128(99).into();
        let old = house.store.lease_seats(other, Uuid::now_v7(), 0).await.unwrap().unwrap();
        let new = house.store.lease_seats(other, Uuid::now_v7(), 60).await.unwrap().unwrap();
        let late = house.store.save_seats(other, old, &round(noon(), 1)).await;
        assert!(matches!(late, Err(Error::Fenced)), "{late:?}");
        assert!(house.store.last_seats(other).await.unwrap().is_none());
        house.store.save_seats(other, new, &round(noon(), 1)).await.unwrap();
        assert!(house.store.lease_seats(other, Uuid::now_v7(), 60).await.unwrap().is_some(), "given back");
    })
    .await;
}

#[tokio::test]
async fn a_count_is_kept_with_its_turn_and_belongs_to_its_tenant() {
    on_each(async |house| {
        count(house, noon(), 10).await;
        count(house, noon().plus_seconds(TURN_SECONDS), 12).await;
        let counts = house.store.seat_counts(tenant(), site(), noon()).await.unwrap();
        assert_eq!(counts.iter().map(|it| it.seats.creators).collect::<Vec<_>>(), [10, 12]);
        let (at, last) = house.store.last_seats(tenant()).await.unwrap().unwrap();
        assert_eq!((at, last.len()), (noon().plus_seconds(TURN_SECONDS), 2));
        assert_eq!(house.store.first_seats(tenant()).await.unwrap(), Some(noon()));
        assert_eq!(house.store.seat_sites(tenant()).await.unwrap()[0].name, "Sales");
        let turn = house.store.seat_turn(tenant(), noon()).await.unwrap().unwrap();
        assert_eq!((turn.missed, turn.by.as_str()), (None, "Ada"));
        let stranger = Uuid::from_u128(9).into();
        assert!(house.store.seat_counts(stranger, CountOf::Tenant, noon()).await.unwrap().is_empty());
        assert!(house.store.seat_turns(stranger, noon()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_turn_remembers_why_it_brought_nothing_until_it_brings_something() {
    on_each(async |house| {
        let miss = async |why| {
            let fence = house.store.lease_seats(tenant(), Uuid::now_v7(), 60).await.unwrap().unwrap();
            house.store.miss_seats(tenant(), fence, noon(), why, "").await.unwrap();
        };
        let down = Missed::Problem(model::ProblemCode::VendorDown);
        miss(Missed::NobodySignedIn).await;
        miss(down).await;
        let turn = house.store.seat_turn(tenant(), noon()).await.unwrap().unwrap();
        assert_eq!((turn.missed, turn.tries), (Some(down), 2));
        count(house, noon().plus_seconds(60), 1).await;
        miss(down).await;
        let turn = house.store.seat_turn(tenant(), noon()).await.unwrap().unwrap();
        assert_eq!(turn.missed, None, "what was counted stays counted");
    })
    .await;
}

#[tokio::test]
async fn old_counts_are_thinned_to_the_last_of_each_day() {
    on_each(async |house| {
        let old = noon().plus_seconds(-100 * DAY_SECONDS - 12 * 3_600);
        let past: Vec<CountRound> =
            (0..8).map(|turn| round(old.plus_seconds(turn * TURN_SECONDS + 60), turn as u64)).collect();
        house.store.keep_past_seats(tenant(), &past).await.unwrap();
        count(house, noon().plus_seconds(-3_600), 50).await;
        count(house, noon(), 51).await;
        assert_eq!(house.store.thin_seats(tenant(), noon()).await.unwrap(), 6);
        for of in [CountOf::Tenant, site()] {
            let left = house.store.seat_counts(tenant(), of, old).await.unwrap();
            assert_eq!(left.iter().map(|it| it.seats.creators).collect::<Vec<_>>(), [3, 7, 50, 51]);
        }
        assert_eq!(house.store.thin_seats(tenant(), noon()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_people_set_names_them() {
    on_each(async |house| {
        assert_eq!(house.store.seat_settings(tenant()).await.unwrap(), Default::default());
        let value = Purchased { creators: Some(5), ..Purchased::default() };
        let set = Set { value, by: "Ada".to_owned(), at: noon() };
        house.store.set_purchased(tenant(), &set).await.unwrap();
        let later = Set { by: "Bo".to_owned(), at: noon().plus_seconds(1), ..set };
        house.store.set_purchased(tenant(), &later).await.unwrap();
        let value = Thresholds::parse("50").unwrap();
        house.store.set_thresholds(tenant(), &Set { value, by: "Bo".to_owned(), at: noon() }).await.unwrap();
        let kept = house.store.seat_settings(tenant()).await.unwrap();
        assert_eq!(kept.purchased, Some(later));
        assert_eq!(kept.thresholds().percents(), [50]);
    })
    .await;
}

async fn hook(house: &House, secret: &str) -> model::licences::news::Hook {
    let secret = SecretString::from(secret);
    let new = NewHook {
        tenant: tenant(),
        owner: user(),
        by: "Ada".to_owned(),
        url: "https://hooks.example/a".to_owned(),
        host: "hooks.example".to_owned(),
        secret: &secret,
        now: noon(),
    };
    house.store.set_hook(new).await.unwrap()
}

fn news(now: Moment) -> NewNews {
    let (id, told, body) = (Uuid::now_v7(), "Creator in the tenant".to_owned(), "{}".to_owned());
    NewNews { id, kind: NewsKind::Passed, told, body, now }
}

#[tokio::test]
async fn the_secret_of_an_address_is_sealed_and_erased_with_it() {
    on_each(async |house| {
        hook(house, "whsec_first").await;
        hook(house, "whsec_canary").await;
        assert_eq!(house.count("seat_hook").await, 1);
        let (kept, secret) = house.store.open_hook(tenant()).await.unwrap().unwrap();
        assert_eq!((kept.url.as_str(), secret.expose_secret()), ("https://hooks.example/a", "whsec_canary"));
        // Copied beside another address, it does not open.
        house.sql(&["UPDATE seat_hook SET host = 'elsewhere.example'"]).await;
        assert!(matches!(house.store.open_hook(tenant()).await, Err(Error::Broken)));
        if !house.is_postgres() {
            for file in std::fs::read_dir(house.folder.path().join("data")).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                assert!(!bytes.windows(12).any(|part| part == b"whsec_canary"));
            }
        }
        house.store.end_hook(tenant()).await.unwrap();
        assert!(house.store.open_hook(tenant()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_threshold_is_told_once_however_many_look() {
    on_each(async |house| {
        hook(house, "whsec").await;
        let key = (CountOf::Tenant, Tier::Creator);
        let looks =
            (0..10).map(|_| house.store.move_alarm(tenant(), key, (0, 80), Some(news(noon())), noon()));
        let moved = join_all(looks).await.into_iter().filter(|moved| *moved.as_ref().unwrap()).count();
        assert_eq!((moved, house.count("seat_news").await), (1, 1));
        assert_eq!(house.store.seat_alarms(tenant()).await.unwrap()[&key], 80);
        assert!(house.store.move_alarm(tenant(), key, (80, 0), None, noon()).await.unwrap());
        assert!(house.store.move_alarm(tenant(), key, (0, 90), Some(news(noon())), noon()).await.unwrap());
        assert_eq!(house.count("seat_news").await, 2);
    })
    .await;
}

#[tokio::test]
async fn without_an_address_there_are_no_news_but_the_threshold_counts_as_passed() {
    on_each(async |house| {
        let key = (site(), Tier::Viewer);
        assert!(house.store.move_alarm(tenant(), key, (0, 100), Some(news(noon())), noon()).await.unwrap());
        assert_eq!(house.count("seat_news").await, 0);
        assert!(!house.store.hand_in_news(tenant(), news(noon())).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_are_in_one_pair_of_hands_and_each_try_is_on_record() {
    on_each(async |house| {
        hook(house, "whsec").await;
        assert!(house.store.hand_in_news(tenant(), news(noon())).await.unwrap());
        let taken = join_all((0..10).map(|_| house.store.take_news(noon(), 60))).await;
        let mut taken: Vec<_> = taken.into_iter().filter_map(Result::unwrap).collect();
        assert_eq!(taken.len(), 1);
        let due = taken.remove(0);
        let tried = |outcome| Tried { at: noon(), outcome, milliseconds: 12 };
        let next = noon().plus_seconds(30);
        house.store.news_tried(&due, &tried(Try::Refused(500)), Some(next)).await.unwrap();
        let again = house.store.news_tried(&due, &tried(Try::Taken(200)), None).await;
        assert!(again.is_err(), "a try is written down once: {again:?}");
        assert!(house.store.take_news(noon(), 60).await.unwrap().is_none(), "not before its time");
        let due = house.store.take_news(next, 60).await.unwrap().unwrap();
        assert_eq!(due.tried, 1);
        house.store.news_tried(&due, &tried(Try::Taken(204)), None).await.unwrap();
        let kept = house.store.seat_news(tenant(), 10).await.unwrap().remove(0);
        assert_eq!(kept.state, NewsState::Taken);
        let outcomes: Vec<Try> = kept.tries.iter().map(|it| it.outcome).collect();
        assert_eq!(outcomes, [Try::Refused(500), Try::Taken(204)]);
        assert!(house.store.take_news(next.plus_seconds(9_999), 60).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn news_of_a_sender_that_died_are_taken_up_and_its_late_word_is_refused() {
    on_each(async |house| {
        hook(house, "whsec").await;
        house.store.hand_in_news(tenant(), news(noon())).await.unwrap();
        let dead = house.store.take_news(noon(), 0).await.unwrap().unwrap();
        let next = house.store.take_news(noon(), 60).await.unwrap().unwrap();
        let tried = Tried { at: noon(), outcome: Try::Taken(200), milliseconds: 1 };
        assert!(matches!(house.store.news_tried(&dead, &tried, None).await, Err(Error::Fenced)));
        house.store.end_hook(tenant()).await.unwrap();
        assert!(matches!(house.store.news_tried(&next, &tried, None).await, Err(Error::Fenced)));
        assert_eq!(house.store.seat_news(tenant(), 10).await.unwrap()[0].state, NewsState::Dropped);
        assert_eq!(house.store.sweep_news(noon().plus_seconds(1)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_left_out_is_named_with_reason_and_comes_back() {
    on_each(async |house| {
        let exclusion = |reason: &str| Exclusion {
            user: user(),
            reason: reason.to_owned(),
            by: "Ada".to_owned(),
            at: noon(),
        };
        house.store.exclude_seat(tenant(), &exclusion("On leave")).await.unwrap();
        house.store.exclude_seat(tenant(), &exclusion("Works in Desktop")).await.unwrap();
        assert_eq!(house.store.seat_exclusions(tenant()).await.unwrap(), [exclusion("Works in Desktop")]);
        assert!(house.store.seat_exclusions(Uuid::from_u128(9).into()).await.unwrap().is_empty());
        house.store.include_seat(tenant(), user()).await.unwrap();
        assert!(house.store.seat_exclusions(tenant()).await.unwrap().is_empty());
    })
    .await;
}
