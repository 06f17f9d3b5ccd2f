//! The pages of people as HTML: the list with its filters, one person, the forms that make plans, files, and bad input.

mod forms;

use model::ProblemCode::{self, *};
use reqwest::StatusCode;
use simulator::PersonFacts;

use crate::house::{Answer, House, Visitor, escape};

const NOBODY: &str = "0190f3a0-0000-7000-8000-000000000000";

/// The names in the rows of the list, in their order.
fn names(page: &Answer) -> Vec<String> {
    let rows = page.body.split("<th scope=\"row\"").skip(1);
    rows.map(|row| {
        let link = row.split_once("<a href=\"/people/").unwrap().1;
        let name = link.split_once('>').unwrap().1.split_once("</a>").unwrap().0;
        name.replace("<!>", "").replace("&#x27;", "'").replace("&amp;", "&")
    })
    .collect()
}

/// How many people the page says that match.
#[track_caller]
fn matching(page: &Answer) -> usize {
    let words = page.words();
    let before = words.split(" of 300 people").next().unwrap_or_default();
    let found =
        if words.contains(" of 300 people") { before } else { words.split(" people").next().unwrap() };
    found.rsplit(' ').next().unwrap().replace(',', "").parse().unwrap_or_else(|_| panic!("{words}"))
}

async fn list(visitor: &Visitor, query: &str) -> Answer {
    let page = visitor.get(&format!("/people{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.words());
    page
}

#[tokio::test]
async fn the_list_shows_a_page_of_everyone_with_its_age_and_total() {
    let house = House::start().await;
    let page = list(&house.sign_in().await, "").await;
    assert_eq!((names(&page).len(), matching(&page)), (25, 300));
    for words in ["1–25 of 300", "As of", "Export 300:", "Change people…", "Everyone in the tenant (300)"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
}

#[tokio::test]
async fn a_search_minds_neither_case_nor_accents_and_keeps_every_sign() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let accented = house.world().everyone().into_iter().find(|it| it.display_name.contains('Å')).unwrap();
    let typed = accented.display_name.to_lowercase().replace('å', "a");
    let page = list(&visitor, &format!("?q={}", escape(&typed))).await;
    assert!(names(&page).contains(&accented.display_name), "{typed}: {:?}", names(&page));
    let page = list(&visitor, &format!("?q={}", escape(&accented.id))).await;
    assert_eq!(names(&page), [accented.display_name]);
    let odd = "a+b & c, d%";
    let page = list(&visitor, &format!("?q={}", escape(odd))).await;
    assert!(page.body.contains("value=\"a+b &amp; c, d%\""), "{}", page.body);
    assert!(page.says("Nobody matches. 300 people are hidden by the filters."), "{}", page.words());
}

#[tokio::test]
async fn filters_combine_and_are_told() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let on_site = |it: &PersonFacts| it.roles.iter().any(|role| role.site_id == site.id);
    let everyone = house.world().everyone();
    let count = |is: &dyn Fn(&PersonFacts) -> bool| everyone.iter().filter(|it| is(it)).count();
    let page = list(&visitor, &format!("?site={}", site.id)).await;
    assert_eq!(matching(&page), count(&on_site));
    assert!(page.says(&format!("Site: {}", site.name)) && page.says("Clear all"), "{}", page.words());
    let page = list(&visitor, &format!("?site={}&status=ACTIVE&last=never", site.id)).await;
    let is = |it: &PersonFacts| on_site(it) && it.status == "ACTIVE" && it.last_sign_in.is_none();
    assert_eq!(matching(&page), count(&is));
    assert_eq!(matching(&list(&visitor, "?tenant=any").await), count(&|it| it.tenant_role.is_some()));
    assert_eq!(matching(&list(&visitor, "?site=none").await), count(&|it| it.roles.is_empty()));
    let usual = matching(&list(&visitor, "?last=60").await);
    let own_number = list(&visitor, "?last=61").await;
    assert!(matching(&own_number) <= usual && own_number.says("Over 61 days ago"));
}

#[tokio::test]
async fn order_pages_and_columns_come_from_the_address() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let up = list(&visitor, "?sort=email&columns=email,language&size=250").await;
    let down = list(&visitor, "?sort=email&columns=email&columns=language&direction=down&size=250").await;
    assert_eq!((names(&up).len(), names(&down).len()), (250, 250));
    assert!(up.body.contains("aria-sort=\"ascending\"") && down.body.contains("aria-sort=\"descending\""));
    assert!(
        up.says("Language") && !up.body.contains("aria-label=\"People, table\"><table><thead>Highest role")
    );
    let last = list(&visitor, "?page=99").await;
    assert!(last.says("276–300 of 300"), "{}", last.words());
}

#[tokio::test]
async fn a_query_that_cannot_be_is_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let long = format!("q={}", "a".repeat(201));
    for query in [
        "page=x",
        "page=0",
        "size=7",
        "sort=colour",
        "direction=x",
        "site=7",
        "last=soon",
        "last=0",
        "mark=x",
        "columns=colour",
        &long,
    ] {
        let page = visitor.get(&format!("/people?{query}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(page.problem().unwrap().code, MalformedQuery, "{query}");
        let file = visitor.get(&format!("/people/export?format=csv&{query}")).await;
        let matters =
            !query.starts_with("columns") && !query.starts_with("page") && !query.starts_with("size");
        if matters {
            assert_eq!(file.problem().map(|it| it.code), Some(MalformedQuery), "{query}");
        }
    }
}

#[tokio::test]
async fn a_file_holds_everyone_who_matches_and_is_never_shown() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let file = visitor.get("/people/export?format=csv&tenant=any").await;
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"people-"));
    assert!(file.header("content-type").starts_with("text/csv"));
    let administrators = house.world().everyone().into_iter().filter(|it| it.tenant_role.is_some());
    assert_eq!(file.body.lines().count(), administrators.count() + 1, "{}", file.body);
    let file = visitor.get("/people/export?format=json").await;
    let people: Vec<serde_json::Value> = serde_json::from_str(&file.body).unwrap();
    assert_eq!(people.len(), 300);
    visitor.get("/people/export").await.explains(MalformedQuery);
}

#[tokio::test]
async fn a_person_page_tells_who_they_are_their_seat_and_what_they_can_reach() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let person = house.person();
    let page = visitor.get(&format!("/people/{}", person.id)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    for words in
        [&person.display_name, &person.user_name, &person.id, "Roles on sites", "seat", "Not protected"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    for role in &person.roles {
        let site = house.world().sites().into_iter().find(|site| site.id == role.site_id).unwrap();
        assert!(page.says(&site.name), "{}", site.name);
    }
}

#[tokio::test]
async fn ids_that_are_none_and_people_who_are_not_there_are_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for ending in ["", "/edit", "/delete"] {
        visitor.get(&format!("/people/x{ending}")).await.explains(MalformedId);
        visitor.get(&format!("/people/{NOBODY}{ending}")).await.explains(PersonNotFound);
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn a_link_fills_the_forms_in_and_changes_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let link = format!("email={}&site={}&role=Viewer", escape("ada+1@example.com"), site.id);
    let page = visitor.get(&format!("/people/new?{link}")).await;
    assert!(page.body.contains("value=\"ada+1@example.com\""), "{}", page.body);
    // What the page carries for its script holds the form once more, so only the tags themselves count.
    let is_chosen = |option: &&str| option.split('>').next().is_some_and(|tag| tag.contains(" selected"));
    let chosen: Vec<&str> = page.body.split("<option ").filter(is_chosen).collect();
    assert_eq!(chosen.len(), 2, "{chosen:?}");
    assert!(chosen[0].contains(&site.id) && chosen[1].contains("Viewer"), "{chosen:?}");
    assert_eq!(house.audit().await.len(), 1, "the sign-in alone");
    assert_eq!(house.applied(), 0);
}

/// Where the form stands, what it asks for, its fields, and what is wrong with them.
type Mistake<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], ProblemCode);
