//! People leave a site, and what they own keeps some there.

use reqwest::Method;

use crate::house::{House, send};
use crate::ordered::{ANNA, SITE};
use crate::site::{Desk, NOBODY, refuses};

fn below(house: &House) -> String {
    format!("/users/{}", house.anna_there().site_user_id)
}

#[tokio::test]
async fn whoever_owns_nothing_goes_and_the_last_site_takes_the_person_along() {
    let house = House::start().await;
    house.anna("Viewer");
    let elsewhere = house.site_id("Marketing EU");
    house.world().set_role(ANNA, &elsewhere, Some("Viewer"));
    let desk = house.desk(SITE).await;
    let answer = desk.delete(&below(&house)).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!((house.role(SITE), house.role("Marketing EU")), (None, Some("Viewer".to_owned())));
    assert_eq!(house.world().applied("user.role"), 1);
    let there = house.world().person(ANNA).unwrap().roles[0].site_user_id.clone();
    let desk = house.desk("Marketing EU").await;
    assert_eq!(desk.delete(&format!("/users/{there}")).await.status, 204);
    assert!(house.world().person(ANNA).is_none());
    assert_eq!(house.world().applied("user.delete"), 1);
    refuses(&desk.delete(&format!("/users/{there}")).await, 404, "404002");
}

#[tokio::test]
async fn an_administrator_of_the_tenant_stays_in_it() {
    let house = House::start().await;
    house.anna("Viewer");
    house.world().set_tenant_role(ANNA, Some("ACTIVE"));
    let desk = house.desk(SITE).await;
    assert_eq!(desk.delete(&below(&house)).await.status, 204);
    assert!(house.world().person(ANNA).unwrap().roles.is_empty());
}

#[tokio::test]
async fn an_owner_is_refused_and_has_lost_the_licence_already() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    house.world().set_owned(ANNA, &desk.site, 3);
    refuses(&desk.delete(&below(&house)).await, 409, "409003");
    assert_eq!((house.anna_there().role.as_str(), house.anna_there().owned), ("Unlicensed", 3));
    assert_eq!(house.world().applied("user.role"), 1);
    refuses(&desk.delete(&below(&house)).await, 409, "409003");
    assert_eq!(house.world().changes().len(), 1, "there was nothing left to take away");
}

#[tokio::test]
async fn what_somebody_owns_goes_to_an_heir() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    house.world().set_owned(ANNA, &desk.site, 3);
    house.world().add_person("heir@example.com", "Heir");
    house.world().set_role("heir@example.com", &desk.site, Some("Creator"));
    let heir = || house.world().person("heir@example.com").unwrap().roles[0].clone();
    let own = house.anna_there().site_user_id;
    let mapped = |heir: &str| format!("/users/{own}?mapAssetsTo={heir}");
    refuses(&desk.delete(&mapped(NOBODY)).await, 404, "404002");
    refuses(&desk.delete(&mapped(&own)).await, 400, "400000");
    assert_eq!(house.anna_there().role, "Creator", "a refused heir leaves everything as it was");
    assert_eq!(desk.delete(&mapped(&heir().site_user_id)).await.status, 204);
    assert_eq!(heir().owned, 3);
    assert!(house.world().person(ANNA).is_none());
}

#[tokio::test]
async fn removing_is_refused_as_the_table_says() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let own = milo.roles.iter().find(|role| role.site_id == desk.site).unwrap();
    refuses(&desk.delete(&format!("/users/{}", own.site_user_id)).await, 400, "400000");
    refuses(&desk.delete(&format!("/users/{NOBODY}")).await, 404, "404002");
    // The vendor's table gives this code the status 403 here, and 404 everywhere else.
    let elsewhere = Desk { site: NOBODY.to_owned(), ..desk.in_version("3.24") };
    refuses(&elsewhere.delete(&format!("/users/{NOBODY}")).await, 403, "404000");
    refuses(&elsewhere.get(&format!("/users/{NOBODY}")).await, 404, "404000");
    let group = format!("/groups/{NOBODY}/users/{NOBODY}");
    refuses(&elsewhere.delete(&group).await, 404, "404000");
    refuses(&send(desk.request(Method::POST, &format!("/users/{NOBODY}"))).await, 405, "405000");
}
