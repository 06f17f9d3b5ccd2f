//! The forms about people: each makes a plan, and comes back with what was wrong.

use model::ProblemCode::*;
use reqwest::StatusCode;
use simulator::PersonFacts;

use super::{Mistake, NOBODY, list, names};
use crate::house::{Answer, House, Visitor};

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
