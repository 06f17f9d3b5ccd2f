//! Lists of the site API: pages, filters, orders and fields.

use std::collections::HashSet;
use std::time::Duration;

use crate::house::House;
use crate::ordered::{ANNA, SITE};
use crate::site::{refuses, tree};

#[tokio::test]
async fn pages_hold_what_they_promise_and_everyone_once() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let everyone = house.world().site_licences(&desk.site).unwrap().users as usize;
    let first = desk.read("/users").await;
    let pagination = first.child("pagination");
    let told = ["pageNumber", "pageSize", "totalAvailable"].map(|name| pagination.get(name).to_owned());
    assert_eq!(told, ["1".to_owned(), "100".to_owned(), everyone.to_string()]);
    let mut seen = HashSet::new();
    for page in 1..=everyone.div_ceil(7) {
        let page = desk.read(&format!("/users?pageSize=7&pageNumber={page}")).await;
        seen.extend(page.child("users").each("id").into_iter().map(str::to_owned));
    }
    assert_eq!(seen.len(), everyone);
    let beyond = everyone.div_ceil(7) + 1;
    refuses(&desk.get(&format!("/users?pageSize=7&pageNumber={beyond}")).await, 400, "400006");
}

#[tokio::test]
async fn bad_pages_are_refused_in_every_list() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let group = house.new_group("Empty");
    let lists = [
        "/users".to_owned(),
        "/groups".to_owned(),
        "/groupsets".to_owned(),
        "/jobs".to_owned(),
        format!("/groups/{}/users", group.id),
        format!("/users/{}/groups", house.anna_there().site_user_id),
    ];
    for list in lists {
        for number in ["0", "-1", "x", "99"] {
            refuses(&desk.get(&format!("{list}?pageNumber={number}")).await, 400, "400006");
        }
        for size in ["0", "-1", "x", ""] {
            refuses(&desk.get(&format!("{list}?pageSize={size}")).await, 400, "400007");
        }
        refuses(&desk.get(&format!("{list}?pageSize=1001")).await, 403, "403014");
        assert_eq!(desk.get(&format!("{list}?pageSize=1000&pageNumber=1")).await.status, 200, "{list}");
        refuses(&desk.ask(reqwest::Method::PATCH, &list).await, 405, "405000");
    }
}

#[tokio::test]
async fn people_are_filtered_by_every_field_that_the_table_names() {
    let house = House::start().await;
    house.anna("SiteAdministratorExplorer");
    let desk = house.desk(SITE).await;
    house.world().signs_in(ANNA, &desk.site);
    let all = desk.rows("users", "/users").await;
    let names = async |filter: &str| {
        let rows = desk.rows("users", &format!("/users?filter={filter}")).await;
        rows.iter().map(|row| row.get("name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("name:eq:anna%2Bbi@example.com").await, [ANNA]);
    assert_eq!(names("name:eq:anna+bi@example.com").await, [""; 0], "a plus sign means a space");
    assert_eq!(names("name:eq:ANNA%2Bbi@example.com").await, [""; 0]);
    assert_eq!(names("name:cieq:ANNA%2Bbi@example.com").await, [ANNA]);
    assert_eq!(names("name:in:[nobody,anna%2Bbi@example.com]").await, [ANNA]);
    assert_eq!(names("friendlyName:eq:Anna%20Bell").await, [ANNA]);
    assert_eq!(names(&format!("luid:eq:{}", house.anna_there().site_user_id)).await, [ANNA]);
    assert_eq!(names("isLocal:eq:true").await, [""; 0]);
    assert_eq!(names("isLocal:eq:false").await.len(), all.len());
    let by = |name: &str, value: &str| all.iter().filter(|row| row.get(name) == value).count();
    let viewers = names("siteRole:eq:Viewer").await.len();
    assert_eq!((viewers, viewers > 0), (by("siteRole", "Viewer"), true));
    let two = names("siteRole:in:[Viewer,SiteAdministratorExplorer]").await.len();
    assert_eq!(two, viewers + by("siteRole", "SiteAdministratorExplorer"));
    let domain = all.iter().filter(|row| row.child("domain").get("name") == "external").count();
    assert_eq!(names("domainName:eq:external").await.len(), domain);
    let an_hour_ago = simulator::Stamp(house.world().now() - time::Duration::hours(1)).to_string();
    assert_eq!(names(&format!("lastLogin:gt:{an_hour_ago}")).await, [ANNA]);
    let with_date = all.iter().filter(|row| row.attributes.contains_key("lastLogin")).count();
    assert_eq!(names(&format!("lastLogin:lte:{an_hour_ago}")).await.len(), with_date - 1);
}

#[tokio::test]
async fn conditions_add_up_and_the_last_one_on_a_field_wins() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let count = async |filter: &str| desk.rows("users", &format!("/users?filter={filter}")).await.len();
    assert_eq!(count("name:eq:anna%2Bbi@example.com,siteRole:eq:Creator").await, 1);
    assert_eq!(count("name:eq:anna%2Bbi@example.com,siteRole:eq:Viewer").await, 0);
    assert_eq!(count("siteRole:eq:Viewer,siteRole:eq:Creator").await, count("siteRole:eq:Creator").await);
    // An encoded comma or ampersand is one all the same.
    refuses(&desk.get("/groups?filter=name:eq:R%26D").await, 400, "400000");
    refuses(&desk.get("/users?filter=name:eq:Bell%2C%20Anna").await, 400, "400000");
    let bad =
        ["name", "name:eq", "age:eq:7", "name:gt:a", "Name:eq:a", "lastLogin:gt:yesterday", "name:in:a", ""];
    for filter in bad {
        refuses(&desk.get(&format!("/users?filter={filter}")).await, 400, "400000");
    }
}

#[tokio::test]
async fn lists_are_sorted_as_asked() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let rows = desk.rows("users", "/users?sort=siteRole:desc,name:asc").await;
    let told: Vec<_> = rows.iter().map(|row| (row.get("siteRole"), row.get("name").to_lowercase())).collect();
    let mut sorted = told.clone();
    sorted.sort_by(|one, other| other.0.cmp(one.0).then_with(|| one.1.cmp(&other.1)));
    assert_eq!(told, sorted);
    for sort in ["name", "name:up", "email:asc", ""] {
        refuses(&desk.get(&format!("/users?sort={sort}")).await, 400, "400000");
    }
}

#[tokio::test]
async fn fields_are_told_by_default_all_or_by_name() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let anna = async |fields: &str| {
        let below = format!("/users?filter=name:eq:anna%2Bbi@example.com&fields={fields}");
        desk.rows("users", &below).await.remove(0)
    };
    let usual = anna("_default_").await;
    assert_eq!(usual, anna("").await);
    assert_eq!(usual.child("domain").get("name"), "TABID_WITH_MFA");
    let all = anna("_all_").await;
    assert_eq!(all.attributes.len(), usual.attributes.len() + 1);
    assert_eq!(all.get("idpConfigurationId").len(), 36);
    let named = anna("user.id,email").await;
    assert_eq!((named.attribute_names(), named.children.len()), (vec!["email", "id"], 0));
    assert_eq!(anna("_default_,user.idpConfigurationId").await, all);
    refuses(&desk.get("/users?fields=user.shoeSize").await, 400, "400000");
}

#[tokio::test]
async fn groups_are_filtered_and_counted() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let group = house.new_group("Quiet Readers");
    house.world().join_group(ANNA, &group.id);
    house.world().set_group_role(&group.id, Some("Creator"));
    let names = async |filter: &str| {
        let rows = desk.rows("groups", &format!("/groups?filter={filter}")).await;
        rows.iter().map(|row| row.get("name").to_owned()).collect::<Vec<_>>()
    };
    for filter in [
        "name:eq:Quiet%20Readers",
        "name:cieq:quiet%20readers",
        "name:like:iet",
        "name:in:[x,Quiet%20Readers]",
        "minimumSiteRole:eq:Creator",
        &format!("luid:in:[{}]", group.id),
        "userCount:eq:1,name:eq:Quiet%20Readers",
    ] {
        assert_eq!(names(filter).await, ["Quiet Readers"], "{filter}");
    }
    let all = desk.rows("groups", "/groups").await.len();
    assert_eq!(names("isLocal:eq:true").await.len(), all);
    assert_eq!(names("domainName:eq:local,domainNickname:eq:local").await.len(), all);
    assert_eq!(names("isExternalUserEnabled:eq:true").await, [""; 0]);
    assert!(!names("userCount:gt:1").await.contains(&"Quiet Readers".to_owned()));
    let old = desk.in_version("3.21").get(&format!("/groups?filter=luid:eq:{}", group.id)).await;
    refuses(&old, 400, "400000");
    let told = desk.rows("groups", "/groups?filter=name:eq:Quiet%20Readers&fields=_all_").await.remove(0);
    let counted = ["userCount", "minimumSiteRole", "ephemeralUsersEnabled"].map(|name| told.get(name));
    assert_eq!(counted, ["1", "Creator", "false"]);
}

#[tokio::test]
async fn what_is_new_may_be_missing_from_lists_for_a_moment() {
    let house = House::start().await;
    house.world().set_index_lag(Duration::from_secs(60));
    let desk = house.desk(SITE).await;
    let user = desk.post("/users", "<user name=\"new@example.com\" siteRole=\"Viewer\"/>").await;
    let group = desk.post("/groups", "<group name=\"New\"/>").await;
    let set = desk.post("/groupsets", "<groupSet name=\"New\"/>").await;
    let below = format!("/users/{}", tree(&user).child("user").get("id"));
    assert_eq!(
        (group.status.as_u16(), set.status.as_u16(), desk.get(&below).await.status.as_u16()),
        (201, 201, 200)
    );
    let lists =
        [("users", "/users?filter=name:eq:new@example.com"), ("groups", "/groups?filter=name:eq:New")];
    for (list, below) in lists.into_iter().chain([("groupSets", "/groupsets")]) {
        assert_eq!(desk.rows(list, below).await.len(), 0, "{list}");
    }
    house.world().advance(Duration::from_secs(60));
    for (list, below) in lists.into_iter().chain([("groupSets", "/groupsets")]) {
        assert_eq!(desk.rows(list, below).await.len(), 1, "{list}");
    }
}
