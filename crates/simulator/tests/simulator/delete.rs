//! People are deleted, unless they own something.

use reqwest::Method;
use serde_json::json;

use crate::house::House;
use crate::ordered::{ANNA, DONE, FAILED, NOT_FOUND, SITE, outcome, outcomes, role_of};

const DELETED: (&str, &str) = (DONE, "SITE_ROLE_REMOVED_USER_DELETED");

#[tokio::test]
async fn somebody_who_owns_nothing_leaves_the_tenant() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let before = house.world().tenant_licences();
    let anna = house.anna("Creator");
    let path = visitor.tenant(&format!("/users/{}", anna.id));
    let answer = visitor.ask(Method::DELETE, &path).await;
    let told = answer.json();
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["jobId"]);
    let job = visitor.job(&answer).await;
    assert_eq!((outcome(&job), &job["items"][0]["userName"]), (DELETED, &ANNA.into()));
    visitor.get(&path).await.refuses(404);
    visitor.ask(Method::DELETE, &path).await.refuses(404);
    assert_eq!(visitor.everyone("").await.len(), 300);
    assert!(visitor.everyone("userName=anna%2Bbi%40example.com").await.is_empty());
    assert_eq!((house.world().people(), house.world().tenant_licences()), (300, before));
    let gone = house.world().changes().remove(0);
    assert_eq!((gone.kind.as_str(), gone.object), ("user.delete", anna.id.clone()));
    let again = house.anna("Viewer");
    assert_ne!(again.id, anna.id);
}

#[tokio::test]
async fn an_owner_is_unlicensed_where_something_is_owned_and_stays_in_the_tenant() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Creator");
    house.world().set_role(ANNA, &house.site_id("Sales Americas"), Some("Viewer"));
    house.world().set_owned(ANNA, &house.site_id(SITE), 1);
    house.world().set_tenant_role(ANNA, Some("ACTIVE"));
    for _ in 0..2 {
        let job = visitor.delete_some(&[&anna.id]).await;
        assert_eq!(
            (outcome(&job), &job["failedOpsCount"]),
            ((DONE, "USER_UNLICENSED_OWNS_CONTENT"), &0.into())
        );
        assert_eq!((house.role(SITE).as_deref(), house.role("Sales Americas")), (Some("Unlicensed"), None));
    }
    assert_eq!(house.world().person(ANNA).unwrap().tenant_role.as_deref(), Some("ACTIVE"));
    assert_eq!((house.world().applied("user.unlicense"), house.world().applied("user.delete")), (1, 0));
    house.world().set_owned(ANNA, &house.site_id(SITE), 0);
    assert_eq!(outcome(&visitor.delete_some(&[&anna.id]).await), DELETED);
}

#[tokio::test]
async fn one_batch_may_end_in_every_way() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let dana = house.world().person("dana.ito@example.com").unwrap();
    let nobody = house.running.details().tenant_id.clone();
    house.world().add_person("resting@example.com", "Resting");
    house.world().set_role("resting@example.com", &house.site_id("Legacy Reports"), Some("Viewer"));
    let resting = house.world().person("resting@example.com").unwrap();
    let job = visitor.delete_some(&[&anna.id, &dana.id, &nobody, &resting.id]).await;
    let expected = [DELETED, (FAILED, "E_405_USR_SVC_2025"), NOT_FOUND, (FAILED, "E_400_USR_SVC_2006")];
    assert_eq!(outcomes(&job), expected);
    assert_eq!((&job["operation"], &job["status"]), (&"BULK_USER_DELETE".into(), &DONE.into()));
    assert_eq!((&job["expectedOpsCount"], &job["failedOpsCount"]), (&4.into(), &3.into()));
    assert_eq!((&job["items"][2]["userId"], &job["items"][2]["lineNumber"]), (&nobody.into(), &"3".into()));
    assert!(house.world().person("dana.ito@example.com").is_some());
    assert_eq!(role_of(&house, "resting@example.com", "Legacy Reports").as_deref(), Some("Viewer"));
}

#[tokio::test]
async fn a_batch_names_each_person_once_and_not_too_many() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer").id;
    let many: Vec<_> = (0..1_001).map(|number| format!("00000000-0000-4000-8000-{number:012}")).collect();
    for body in [
        json!({}),
        json!({ "userIds": [] }),
        json!({ "userIds": ["anna"] }),
        json!({ "userIds": [anna, anna] }),
        json!({ "userIds": many }),
    ] {
        visitor.order(Method::POST, &visitor.tenant("/bulk/users/delete"), body).await.refuses(400);
    }
    assert!(house.world().person(ANNA).is_some());
}

#[tokio::test]
async fn an_administrator_who_is_deleted_cannot_sign_in_any_more() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    for site in house.world().sites() {
        house.world().set_site_status(&site.id, "Active");
        house.world().set_owned("milo.brandt@example.com", &site.id, 0);
    }
    assert_eq!(outcome(&visitor.delete_some(&[&milo.id]).await), DELETED);
    let site = house.running.details().sites[0].clone();
    assert!(crate::rest::sign_in(&house, &site).await.is_err());
}
