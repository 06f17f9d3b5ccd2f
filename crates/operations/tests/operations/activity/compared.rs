//! The vendor's log and our own, compared.

use std::time::Duration;

use model::{
    Freshness,
    activity::{Found, Reconciled},
    audit::ActState,
};
use operations::{Caller, Reality};
use simulator::{Fault, FaultKind};
use uuid::Uuid;

use super::{caller, day, limited, put};
use crate::house::{House, form, now};

#[tokio::test]
async fn our_changes_are_found_by_their_request_even_where_a_clock_is_an_hour_wrong() {
    let house = House::start(Reality::Pretend).await;
    let first = caller(&house).await;
    let site = house.site("Active");
    // Our own clock is an hour behind.
    let now_there = now().plus_seconds(-3_600);
    let account = operations::Account { proved: now_there, ..first.account.clone() };
    let behind = Caller { account, now: now_there, ..first.clone() };
    house.operations.suspend_site(&behind, form(&site)).await.unwrap();
    let told = compared(&house, &first).await;
    assert_eq!(told.found.len(), 1, "{told:?}");
    let Found { act, event, acts } = &told.found[0];
    assert_eq!((*acts, told.numbers.differing), (1, 0));
    assert_eq!((act.verb.as_str(), event.kind.as_str()), ("site.suspend", "suspend_site"));
    assert_eq!(event.request.as_deref(), Some(act.reference.as_str()));
    assert!(told.missing.is_empty(), "{:?}", told.missing);
    assert_eq!(act.state, ActState::Done);
}

#[tokio::test]
async fn changes_that_steward_did_not_make_stand_out() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    let you = caller.user().unwrap();
    let event = |agent: &str| {
        format!(
            "{{\"eventTime\":\"{}\",\"initiatingUserId\":\"{you}\",\"initiatingUserAgent\":\"{agent}\"}}\n",
            now().machine()
        )
    };
    let foreign = event(&format!("Steward/0.1.0 (req={}; act=x)", Uuid::now_v7()));
    put(&house, &format!("{}{foreign}", event("curl/8")));
    let told = compared(&house, &caller).await;
    assert!(told.unmarked.iter().any(|row| row.kind == "merge_tenant" && row.agent == "curl/8"), "{told:?}");
    assert_eq!(told.foreign.iter().filter(|row| row.kind == "merge_tenant").count(), 1);
}

#[tokio::test]
async fn a_change_that_is_not_in_the_log_yet_is_missing() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    house.world().set_log_delay(Duration::from_secs(7_200));
    house.operations.suspend_site(&caller, form(&house.site("Active"))).await.unwrap();
    let told = compared(&house, &caller).await;
    assert_eq!((told.missing.len(), told.found.len()), (1, 0));
    assert_eq!(told.numbers.missing, Some(1));
}

#[tokio::test]
async fn nothing_is_missing_while_the_log_is_still_read() {
    let house = House::start(Reality::Pretend).await;
    let caller = caller(&house).await;
    house.operations.suspend_site(&caller, form(&house.site("Active"))).await.unwrap();
    house.world().inject(Fault::new(FaultKind::Hang).on("GET", "/object-store"));
    let hasty = limited(&house, |log| log.patience = Duration::from_millis(50));
    let (told, progress) = hasty.reconcile(&later(&caller), &day(), Freshness::Recent).await.unwrap();
    assert!(!progress.over && told.missing.is_empty());
    assert_eq!(told.numbers.missing, None);
}

#[tokio::test]
async fn beyond_our_own_log_nothing_is_judged() {
    let house = House::start(Reality::Pretend).await;
    let first = caller(&house).await;
    for _ in 0..4 {
        let caller = Caller { request: Uuid::now_v7().to_string(), ..first.clone() };
        house.operations.suspend_site(&caller, form(&house.site("Active"))).await.unwrap();
    }
    let whole = compared(&house, &first).await;
    assert_eq!((whole.found.len(), whole.numbers.foreign, whole.judged_since), (4, 0, None));
    let short = limited(&house, |log| log.acts = 2);
    let (told, _) = short.reconcile(&later(&first), &day(), Freshness::Recent).await.unwrap();
    // Two of the four may not be known here; they are not called somebody else's.
    assert!(told.judged_since.is_some() && told.found.len() < 4, "{told:?}");
    assert_eq!((told.numbers.foreign, told.numbers.missing), (0, Some(0)));
}

async fn compared(house: &House, caller: &Caller) -> Reconciled {
    house.operations.reconcile(&later(caller), &day(), Freshness::Recent).await.unwrap().0
}

/// Somebody who looks later, in another request.
fn later(caller: &Caller) -> Caller {
    Caller { request: Uuid::now_v7().to_string(), now: now(), ..caller.clone() }
}
