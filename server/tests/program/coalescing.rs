//! Many who ask the same are answered by one question to Tableau.

use futures::future::join_all;

use crate::house::House;

#[tokio::test]
async fn a_hundred_openings_of_a_cold_list_are_one_listing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().set_latency(std::time::Duration::from_millis(20));
    let pages = join_all((0..100).map(|_| visitor.get("/sites"))).await;
    assert!(pages.iter().all(|page| page.status.is_success() && page.says(&house.active_site().name)));
    let listings = house.asked("GET", &format!("/tenants/{}/sites", house.tenant()));
    assert_eq!((listings, house.asked("GET", "/aggregates/sites")), (1, 1));
    assert_eq!(house.vendor_sign_ins(), 1);
}

#[tokio::test]
async fn what_one_token_read_is_not_shown_to_another() {
    let house = House::start().await;
    let (one, other) = (house.sign_in().await, house.sign_in().await);
    one.get("/sites").await;
    other.get("/sites").await;
    assert_eq!(house.asked("GET", &format!("/tenants/{}/sites", house.tenant())), 2);
}
