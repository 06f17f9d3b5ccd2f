//! Reading survives bad days: the last answer is shown with its age, but never after the token was revoked.

use model::{
    Freshness,
    ProblemCode::{SessionEnded, VendorDown},
    sites::SitesQuery,
};
use operations::{Caller, Reality};
use simulator::Fault;

use crate::house::House;

#[tokio::test]
async fn an_old_answer_is_shown_with_its_age_while_tableau_is_down() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let fresh = house.operations.tenant(&caller, Freshness::Recent).await.unwrap();
    assert_eq!((fresh.as_of, fresh.stale.clone()), (caller.now, None));
    house.world().inject(Fault::status(500).on("GET", "/api/v1/tenants"));
    // Half a minute is new enough; after that Tableau is asked, and does not answer.
    let soon = Caller { now: caller.now.plus_seconds(29), ..caller.clone() };
    assert_eq!(house.operations.tenant(&soon, Freshness::Recent).await.unwrap().stale, None);
    let later = Caller { now: caller.now.plus_seconds(3_000), ..caller.clone() };
    let old = house.operations.tenant(&later, Freshness::Recent).await.unwrap();
    assert_eq!((old.value, old.as_of), (fresh.value, caller.now));
    assert_eq!(old.stale.unwrap().code, VendorDown);
    // Never read before, so there is nothing old to show.
    let problem =
        house.operations.list_sites(&later, &SitesQuery::default(), Freshness::Recent).await.unwrap_err();
    assert_eq!(problem.code, VendorDown);
    house.world().clear_faults();
    let new = house.operations.tenant(&later, Freshness::Recent).await.unwrap();
    assert_eq!((new.as_of, new.stale), (later.now, None));
}

#[tokio::test]
async fn nothing_old_is_shown_after_the_token_was_revoked() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.operations.tenant(&caller, Freshness::Recent).await.unwrap();
    house.operations.list_sites(&caller, &SitesQuery::default(), Freshness::Recent).await.unwrap();
    assert!(house.world().revoke_pat(&house.simulator.details().tcm_pat));
    let problem = house.operations.tenant(&caller, Freshness::Now).await.unwrap_err();
    assert_eq!(problem.code, SessionEnded);
    // The other lists as well, although they are only a moment old.
    let query = SitesQuery::default();
    let problem = house.operations.list_sites(&caller, &query, Freshness::Recent).await.unwrap_err();
    assert_eq!(problem.code, SessionEnded);
    let problem = house.operations.tenant(&caller, Freshness::Recent).await.unwrap_err();
    assert_eq!(problem.code, SessionEnded);
}
