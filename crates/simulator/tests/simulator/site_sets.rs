//! Group sets.

use reqwest::Method;

use crate::house::House;
use crate::ordered::SITE;
use crate::site::{Desk, NOBODY, refuses, tree};

/// The id of a new set.
async fn new_set(desk: &Desk<'_>, name: &str) -> String {
    let answer = desk.post("/groupsets/", &format!("<groupSet name='{name}' />")).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let root = tree(&answer);
    let set = root.child("groupSet");
    assert_eq!((set.get("name"), set.get("groupCount"), set.children.len()), (name, "0", 0));
    assert_eq!(answer.headers["location"], desk.path(&format!("/groupsets/{}", set.get("id"))).as_str());
    set.get("id").to_owned()
}

#[tokio::test]
async fn a_set_is_made_filled_renamed_told_and_deleted() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let set = new_set(&desk, "marketing-group").await;
    let (one, two) = (house.new_group("Internal"), house.new_group("External"));
    for group in [&one, &two, &one] {
        let answer = desk.ask(Method::PUT, &format!("/groupsets/{set}/groups/{}", group.id)).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
    }
    let told = desk.read(&format!("/groupsets/{set}")).await;
    let told = told.child("groupSet");
    assert_eq!(told.attribute_names(), ["id", "name"], "the vendor's sample counts nothing here");
    assert_eq!(told.each("name"), ["Internal", "External"]);
    for path in [format!("/groupsets/{set}"), format!("/group-set/{set}")] {
        let answer = desk.put(&path, "<groupSet name=\"Researchers-one\"/>").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let root = tree(&answer);
        let renamed = root.child("groupSet");
        assert_eq!((renamed.get("name"), renamed.get("groupCount")), ("Researchers-one", "2"));
        assert_eq!(renamed.each("id"), [&one.id, &two.id]);
    }
    let answer = desk.delete(&format!("/groupsets/{set}/groups/{}", one.id)).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(house.world().group_sets(&desk.site)[0].groups, [two.id]);
    assert_eq!(desk.delete(&format!("/groupsets/{set}")).await.status, 204);
    assert!(house.world().group_sets(&desk.site).is_empty());
    assert!(house.world().group(&desk.site, "External").is_some(), "the groups stay");
    let kinds = ["create", "join", "update", "leave", "delete"];
    let counts = kinds.map(|kind| house.world().applied(&format!("set.{kind}")));
    assert_eq!(counts, [1, 3, 2, 1, 1]);
}

#[tokio::test]
async fn sets_are_listed_with_or_without_their_groups() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let (first, _) = (new_set(&desk, "B set").await, new_set(&desk, "A set").await);
    let group = house.new_group("Internal");
    desk.ask(Method::PUT, &format!("/groupsets/{first}/groups/{}", group.id)).await;
    for query in ["", "&resultlevel=members"] {
        let sets = desk.rows("groupSets", &format!("/groupsets?sort=name:asc{query}")).await;
        let told: Vec<_> =
            sets.iter().map(|set| (set.get("name"), set.get("groupCount"), set.children.len())).collect();
        assert_eq!(told, [("A set", "0", 0), ("B set", "1", 1)]);
    }
    let sets = desk.rows("groupSets", "/groupsets?resultlevel=local&filter=name:in:[B%20set]").await;
    assert_eq!((sets.len(), sets[0].get("groupCount"), sets[0].children.len()), (1, "1", 0));
    refuses(&desk.get("/groupsets?resultlevel=all").await, 400, "400000");
    refuses(&desk.get("/groupsets?filter=owner:eq:x").await, 400, "400000");
}

#[tokio::test]
async fn sets_are_refused_as_the_tables_say() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let (set, other) = (new_set(&desk, "One").await, new_set(&desk, "Two").await);
    let group = house.new_group("G");
    let elsewhere = house.world().groups(&house.site_id("Marketing EU")).remove(0).id;
    for asked in ["", "<groupSet/>", "<groupSet name=\"\"/>", "<groupset name=\"x\"/>"] {
        refuses(&desk.post("/groupsets", asked).await, 400, "400000");
        refuses(&desk.put(&format!("/groupsets/{set}"), asked).await, 400, "400000");
    }
    refuses(&desk.post("/groupsets", "<groupSet name=\"oNE\"/>").await, 409, "409121");
    refuses(&desk.put(&format!("/groupsets/{other}"), "<groupSet name=\"ONE\"/>").await, 409, "409121");
    assert_eq!(desk.put(&format!("/groupsets/{set}"), "<groupSet name=\"ONE\"/>").await.status, 200);
    let lost = format!("/groupsets/{NOBODY}");
    refuses(&desk.get(&lost).await, 409, "409120");
    refuses(&desk.put(&lost, "<groupSet name=\"x\"/>").await, 409, "409120");
    refuses(&desk.delete(&lost).await, 409, "409120");
    for method in [Method::PUT, Method::DELETE] {
        refuses(&desk.ask(method.clone(), &format!("{lost}/groups/{}", group.id)).await, 409, "409120");
        for unknown in [NOBODY, &elsewhere] {
            let path = format!("/groupsets/{set}/groups/{unknown}");
            refuses(&desk.ask(method.clone(), &path).await, 404, "404012");
        }
    }
    refuses(&desk.delete(&format!("/groupsets/{set}/groups/{}", group.id)).await, 400, "400032");
    refuses(&desk.ask(Method::POST, &format!("/groupsets/{set}/groups/{}", group.id)).await, 405, "405000");
}

#[tokio::test]
async fn some_sites_begin_with_a_set() {
    let house = House::start().await;
    let desk = house.desk("Marketing EU").await;
    let sets = desk.rows("groupSets", "/groupsets").await;
    assert_eq!((sets.len(), sets[0].get("name"), sets[0].get("groupCount")), (1, "Regular visitors", "2"));
    let known: Vec<_> = house.world().groups(&desk.site).into_iter().map(|group| group.id).collect();
    assert!(sets[0].each("id").into_iter().all(|id| known.iter().any(|known| known == id)));
}

#[tokio::test]
async fn sets_came_with_a_version_and_belong_to_one_site() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let set = new_set(&desk, "Mine").await;
    let old = desk.in_version("3.21");
    refuses(&old.get("/groupsets").await, 404, "404003");
    refuses(&old.post("/groupsets", "<groupSet name=\"x\"/>").await, 404, "404003");
    refuses(&old.delete(&format!("/groupsets/{set}")).await, 404, "404003");
    assert_eq!(desk.in_version("3.22").get("/groupsets").await.status, 200);
    let other = house.desk("Sales APAC").await;
    assert_eq!(other.rows("groupSets", "/groupsets").await.len(), 0);
    refuses(&other.get(&format!("/groupsets/{set}")).await, 409, "409120");
    assert_eq!(other.post("/groupsets", "<groupSet name=\"Mine\"/>").await.status, 201);
}
