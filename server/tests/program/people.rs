//! The pages of people as HTML: the list with its filters, one person, the forms that make plans, files, and bad input.

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

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Sends a form and takes the plan it leads to.
async fn planned(visitor: &Visitor, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let sent = visitor.submit(page, action, fields).await;
    assert!(sent.post.location().starts_with("/plans/"), "{} {}", sent.post.location(), sent.page.words());
    assert_eq!(sent.page.status, StatusCode::OK, "{}", sent.page.words());
    sent.page
}

#[tokio::test]
async fn people_ticked_people_who_match_and_a_pasted_list_become_plans() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let off_site = |whom: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let what = [("what[change]", "leave"), ("what[site]", site.id.as_str())];
        whom.iter().chain(&what).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let everyone = house.world().everyone();
    let fields = off_site(&[("whom", "ticked"), ("ids[]", &everyone[4].id), ("ids[]", &everyone[5].id)]);
    let page = planned(&visitor, "/people", "/api/people/plan", &borrowed(&fields)).await;
    assert!(page.says(&format!("Off {}: 2 people", site.name)), "{}", page.words());

    let fields = off_site(&[("whom", "matching"), ("query[site]", &site.id)]);
    let page = planned(&visitor, "/people", "/api/people/plan", &borrowed(&fields)).await;
    let on_site = |it: &&PersonFacts| it.roles.iter().any(|role| role.site_id == site.id);
    let there = everyone.iter().filter(on_site).count();
    assert!(page.says(&format!("Off {}: {there} people", site.name)), "{}", page.words());

    let names =
        format!("{}\r\nAda <{}>; {}", everyone[4].user_name, everyone[5].user_name, everyone[4].user_name);
    let fields = off_site(&[("whom", "names"), ("names", &names)]);
    let page = planned(&visitor, "/people/change", "/api/people/plan", &borrowed(&fields)).await;
    assert!(page.says(&format!("Off {}: 2 people", site.name)), "{}", page.words());
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn a_list_of_ten_thousand_names_is_taken_and_an_endless_one_is_not() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let names: Vec<String> = (0..10_000).map(|at| format!("somebody-whom-nobody-knows-{at}")).collect();
    let names = names.join("\n");
    let fields = [("whom", "names"), ("names", &names), ("what[change]", "delete")];
    let page = planned(&visitor, "/people/change", "/api/people/plan", &fields).await;
    assert!(page.says("Out of the tenant: 10000 people"), "{}", page.words());
    let endless = "x".repeat(3 * 1024 * 1024);
    let fields = [("whom", "names"), ("names", endless.as_str()), ("what[change]", "delete")];
    visitor.post("/people/change", "/api/people/plan", &fields).await.explains(TooLarge);
}

#[tokio::test]
async fn one_person_is_edited_created_and_taken_out_by_plans() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let person = house.person();
    let elsewhere = |it: &simulator::SiteFacts| person.roles.iter().all(|role| role.site_id != it.id);
    let site = house.active_sites().into_iter().find(elsewhere).unwrap();
    let page = format!("/people/{}", person.id);
    let fields = [
        ("user", person.id.as_str()),
        ("language", "JA_JP"),
        ("email", &person.email),
        ("places[0][site]", &person.roles[0].site_id),
        ("places[0][role]", "leave"),
        ("places[0][sign_in]", ""),
        ("places[7][site]", &site.id),
        ("places[7][role]", "Viewer"),
        ("places[7][sign_in]", "SAML"),
    ];
    let plan = planned(&visitor, &format!("{page}/edit"), "/api/people/edit", &fields).await;
    for words in [format!("Edit {}", person.display_name), site.name.clone(), "JA_JP".to_owned()] {
        assert!(plan.says(&words), "{words}: {}", plan.words());
    }
    let fields =
        [("user_name", "ada@example.com"), ("places[0][site]", &site.id), ("places[0][role]", "Viewer")];
    let plan = planned(&visitor, "/people/new", "/api/people/create", &fields).await;
    assert!(plan.says("Create ada@example.com"), "{}", plan.words());
    let delete = visitor.get(&format!("{page}/delete")).await;
    assert!(delete.says("Who owns content is not removed."), "{}", delete.words());
    let plan =
        planned(&visitor, &format!("{page}/delete"), "/api/people/delete", &[("user", &person.id)]).await;
    assert!(plan.says(&format!("Take {} out of the tenant", person.display_name)), "{}", plan.words());
    assert_eq!(house.applied(), 0);
}

/// Where the form stands, what it asks for, its fields, and what is wrong with them.
type Mistake<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], ProblemCode);

#[tokio::test]
async fn a_form_with_a_mistake_comes_back_and_makes_no_plan() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let (person, site) = (house.person(), house.active_site());
    let (id, site) = (person.id.as_str(), site.id.as_str());
    let edit = format!("/people/{id}/edit");
    let cases: &[Mistake] = &[
        ("/people", "plan", &[("whom", "ticked"), ("what[change]", "delete")], NobodyChosen),
        ("/people", "plan", &[("whom", "ticked"), ("ids[]", "x"), ("what[change]", "delete")], MalformedId),
        ("/people", "plan", &[("whom", "all"), ("what[change]", "delete")], MalformedForm),
        ("/people", "plan", &[("whom", "matching"), ("what[change]", "promote")], FieldWrong),
        ("/people", "plan", &[("whom", "matching"), ("what[change]", "leave")], FieldWrong),
        (
            "/people",
            "plan",
            &[("whom", "matching"), ("query[last]", "soon"), ("what[change]", "delete")],
            MalformedQuery,
        ),
        (&edit, "edit", &[("user", id), ("places[0][site]", site), ("places[0][role]", "King")], FieldWrong),
        (&edit, "edit", &[("user", id), ("tenant", "king")], FieldWrong),
        (&edit, "edit", &[("user", NOBODY)], PersonNotFound),
        ("/people/new", "create", &[("user_name", " ")], FieldWrong),
    ];
    for (page, form, fields, code) in cases {
        let sent = visitor.submit(page, &format!("/api/people/{form}"), fields).await;
        let problem = sent.page.problem().unwrap_or_else(|| panic!("{fields:?}: {}", sent.page.words()));
        assert_eq!(problem.code, *code, "{fields:?}");
        sent.explains(*code);
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn protecting_needs_a_reason_is_written_down_and_ends_again() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let person = house.person();
    let page = format!("/people/{}", person.id);
    let turn = async |wanted: &str, reason: &str| {
        let ticket = visitor.get(&page).await.field("ticket");
        let fields =
            [("user", person.id.as_str()), ("ticket", &ticket), ("reason", reason), ("wanted", wanted)];
        visitor.submit(&page, "/api/people/protect", &fields).await
    };
    let sent = turn("protected", " ").await;
    sent.explains(ReasonMissing);
    assert!(sent.page.body.contains("aria-invalid=\"true\""), "the field says what is wrong");
    let sent = turn("protected", "Runs the nightly extract").await;
    sent.leads_to(&format!("{page}?notice=person-protected"));
    assert!(sent.page.says("“Runs the nightly extract”"), "{}", sent.page.words());
    assert!(sent.page.says(&format!("Protect {}", person.user_name)), "{}", sent.page.words());
    assert_eq!(names(&list(&visitor, "?mark=protected").await), std::slice::from_ref(&person.display_name));
    turn("free", "No longer used").await.leads_to(&format!("{page}?notice=person-unprotected"));
    assert!(list(&visitor, "?mark=protected").await.says("Nobody matches."));
    let verbs: Vec<String> = house.audit().await.into_iter().map(|act| act.verb).collect();
    assert_eq!(verbs, ["person.unprotect", "person.protect", "sign-in"]);
}
