//! The directory grows old: it is given at once and read anew behind, it tells its age while Tableau is down, and whoever
//! asks for it gets it as it is now.

use model::{
    Freshness, PageRequest, ProblemCode,
    people::{PeoplePage, PeopleQuery},
};
use operations::{Caller, Reality};
use simulator::Fault;

use crate::house::{House, ask_until};

async fn list(house: &House, caller: &Caller, freshness: Freshness) -> PeoplePage {
    let query = PeopleQuery { page: PageRequest { number: 1, size: 250 }, ..PeopleQuery::default() };
    house.operations.list_people(caller, &query, freshness).await.unwrap()
}

/// Waits until the list is as it should be.
async fn until_so(house: &House, caller: &Caller, is_so: impl Fn(&PeoplePage) -> bool) -> PeoplePage {
    ask_until("the list", || list(house, caller, Freshness::Recent), is_so).await
}

/// A directory that was whole once; somebody came to the tenant afterwards, and more than five minutes went by.
async fn grown_old() -> (House, Caller, Caller, PeoplePage) {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let first = until_so(&house, &caller, |page| page.loading.complete && !page.loading.running).await;
    assert_eq!(first.page.total, 100);
    assert!(house.world().add_person("late.comer@example.com", "Late Comer"));
    let later = Caller { now: first.page.as_of.plus_seconds(301), ..caller.clone() };
    (house, caller, later, first)
}

fn lists(house: &House) -> usize {
    house.world().requests().iter().filter(|it| it.path.ends_with("/users")).count()
}

#[tokio::test]
async fn an_old_directory_is_given_at_once_and_read_anew_behind_it() {
    let (house, caller, later, first) = grown_old().await;
    let before = lists(&house);
    let still = Caller { now: caller.now.plus_seconds(200), ..caller.clone() };
    assert_eq!(list(&house, &still, Freshness::Recent).await.page.total, 100);
    assert_eq!(lists(&house), before, "what is young enough is not read again");
    let old = list(&house, &later, Freshness::Recent).await;
    assert_eq!((old.page.total, old.page.as_of), (100, first.page.as_of));
    assert!(old.loading.running && old.loading.complete && old.stale.is_none());
    let new = until_so(&house, &later, |page| !page.loading.running).await;
    assert_eq!((new.page.total, new.stale), (101, None));
    assert!(lists(&house) > before);
}

#[tokio::test]
async fn while_tableau_is_down_the_list_tells_its_age_and_is_not_tried_with_every_look() {
    let (house, _, later, first) = grown_old().await;
    house.world().inject(Fault::status(500).on("GET", "/users"));
    list(&house, &later, Freshness::Recent).await;
    let old = until_so(&house, &later, |page| !page.loading.running).await;
    assert_eq!((old.page.total, old.page.as_of), (100, first.page.as_of));
    assert_eq!(old.stale.map(|problem| problem.code), Some(ProblemCode::VendorDown));
    let tried = lists(&house);
    for _ in 0..5 {
        list(&house, &later, Freshness::Recent).await;
    }
    assert_eq!(lists(&house), tried);
    // A little later it is tried again, and Tableau is back.
    house.world().clear_faults();
    let back = Caller { now: later.now.plus_seconds(31), ..later.clone() };
    list(&house, &back, Freshness::Recent).await;
    let new = until_so(&house, &back, |page| !page.loading.running).await;
    assert_eq!((new.page.total, new.stale), (101, None));
}

#[tokio::test]
async fn whoever_refreshes_gets_everyone_as_they_are_now() {
    let (house, caller, ..) = grown_old().await;
    assert_eq!(list(&house, &caller, Freshness::Recent).await.page.total, 100);
    list(&house, &caller, Freshness::Now).await;
    let new = until_so(&house, &caller, |page| !page.loading.running).await;
    assert_eq!((new.page.total, new.stale), (101, None));
}
