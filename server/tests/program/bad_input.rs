//! Bad input: each has its explained page with the right status, and changes nothing.

use model::ProblemCode;
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use crate::house::House;

const NOBODY: &str = "0190f3a0-0000-7000-8000-000000000000";

#[tokio::test]
async fn a_path_that_leads_nowhere_is_explained_to_those_signed_in_and_hidden_from_strangers() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for path in ["/nowhere", "/sites/a/b/c/d", "/.env", "/index.php"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.problem().unwrap().code, ProblemCode::PageNotFound, "{path}");
        assert!(house.stranger().get(path).await.location().starts_with("/login?next="), "{path}");
    }
    visitor.api(Method::GET, "/api/nowhere", &[]).await.explains(ProblemCode::PageNotFound);
    house.stranger().api(Method::GET, "/api/nowhere", &[]).await.explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn a_wrong_method_is_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for (method, path) in [
        ("DELETE", "/sites"),
        ("POST", "/sites"),
        ("GET", "/api/sites/suspend"),
        ("PUT", "/login"),
        ("GET", "/logout"),
    ] {
        let method: Method = method.parse().unwrap();
        let request =
            visitor.bare(method, path).header("accept", "text/html").header("sec-fetch-site", "same-origin");
        let answer = visitor.send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        answer.explains(ProblemCode::MethodNotAllowed);
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn a_malformed_id_is_explained_on_every_page_that_takes_one() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for id in ["x", "1", "%00", "..%2F..", "0190f3a0000070008000000000000000", "'%20OR%201=1"] {
        for path in ["/sites/{}", "/sites/{}/suspend", "/sites/{}/reactivate", "/jobs/{}", "/audit/{}"] {
            let path = path.replace("{}", id);
            let answer = visitor.get(&path).await;
            assert_eq!(answer.problem().map(|it| it.code), Some(ProblemCode::MalformedId), "{path}");
            answer.explains(ProblemCode::MalformedId);
        }
    }
    assert_eq!(visitor.get("/jobs/open?id=x").await.problem().unwrap().code, ProblemCode::MalformedId);
}

#[tokio::test]
async fn what_is_not_there_is_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for (path, code) in [
        ("/sites/{}", ProblemCode::SiteNotFound),
        ("/sites/{}/suspend", ProblemCode::SiteNotFound),
        ("/sites/{}/reactivate", ProblemCode::SiteNotFound),
        ("/jobs/{}", ProblemCode::JobNotFound),
        ("/audit/{}", ProblemCode::EntryNotFound),
    ] {
        visitor.get(&path.replace("{}", NOBODY)).await.explains(code);
    }
}

#[tokio::test]
async fn a_query_out_of_range_is_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = house.world().job("running").unwrap();
    let mut paths: Vec<String> =
        ["size=7", "size=x", "size=-1", "page=0", "page=-1", "page=99999999999", "sort=x", "direction=x"]
            .iter()
            .map(|query| format!("/sites?{query}"))
            .collect();
    paths.extend(["size=7", "page=0", "verb=x", "state=x"].iter().map(|query| format!("/audit?{query}")));
    paths.extend(["size=7", "page=0", "rows=x"].iter().map(|query| format!("/jobs/{job}?{query}")));
    paths.push(format!("/sites?q={}", "a".repeat(201)));
    for path in paths {
        let answer = visitor.get(&path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.problem().unwrap().code, ProblemCode::MalformedQuery, "{path}");
    }
}

#[tokio::test]
async fn a_form_with_a_mistake_comes_back_with_the_problem_and_changes_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let page = format!("/sites/{}/suspend", site.id);
    let too_long = "x".repeat(501);
    let ticket = visitor.ticket(&site.id, "suspend").await;
    for (reason, typed, code) in [
        ("", site.name.as_str(), ProblemCode::ReasonMissing),
        ("  ", &site.name, ProblemCode::ReasonMissing),
        (&too_long, &site.name, ProblemCode::ReasonTooLong),
        ("Test", "", ProblemCode::WrongName),
        ("Test", &site.name.to_uppercase(), ProblemCode::WrongName),
    ] {
        let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", reason), ("typed", typed)];
        visitor.submit(&page, "/api/sites/suspend", &fields).await.explains(code);
    }
    for (site, ticket) in [("x", ticket.as_str()), (&site.id, "x")] {
        let fields = [("site", site), ("ticket", ticket), ("reason", "Test"), ("typed", "x")];
        visitor.submit(&page, "/api/sites/suspend", &fields).await.explains(ProblemCode::MalformedId);
    }
    let sent = visitor.submit(&page, "/api/sites/suspend", &[("reason", "Test")]).await;
    assert_eq!(sent.page.problem().unwrap().code, ProblemCode::MalformedForm);
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
    assert!(house.states_of("site.suspend").await.is_empty(), "typing mistakes are no acts");
    // A mistake does not use the form up.
    visitor
        .suspend_with(&site, &ticket, &"x".repeat(500))
        .await
        .leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
}

#[tokio::test]
async fn a_site_in_the_wrong_state_is_not_changed() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    house.world().set_site_status(&site.id, "Suspended");
    visitor.suspend_with(&site, &ticket, "Test").await.explains(ProblemCode::SiteNotActive);
    house.world().set_site_status(&site.id, "Active");
    let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test")];
    let page = format!("/sites/{}/reactivate", site.id);
    visitor.submit(&page, "/api/sites/reactivate", &fields).await.explains(ProblemCode::SiteNotSuspended);
    house.world().set_site_status(&site.id, "Migrating");
    visitor.suspend_with(&site, &ticket, "Test").await.explains(ProblemCode::SiteNotActive);
    assert!(visitor.get(&format!("/sites/{}", site.id)).await.says("Migrating"));
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
}

#[tokio::test]
async fn an_oversized_form_is_refused_by_its_length_and_by_its_pieces() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let page = format!("/sites/{}/suspend", site.id);
    let reason = "x".repeat(70_000);
    let fields = [("site", site.id.as_str()), ("ticket", NOBODY), ("reason", &reason), ("typed", &site.name)];
    visitor.post(&page, "/api/sites/suspend", &fields).await.explains(ProblemCode::TooLarge);

    for action in ["/api/sites/suspend", "/login"] {
        let body = format!("site={}&ticket={NOBODY}&typed=x&token=x&reason={reason}", site.id);
        let pieces = body.into_bytes().chunks(10_000).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let pieces = futures::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
        let request = visitor.form(&page, action, &[]).body(reqwest::Body::wrap_stream(pieces));
        let answer = visitor.send(request).await;
        let shown = match answer.status.is_redirection() {
            true => visitor.open(answer.location()).await,
            false => answer,
        };
        let code = shown.problem().unwrap_or_else(|| panic!("{action}: {}", shown.words())).code;
        assert!(matches!(code, ProblemCode::TooLarge | ProblemCode::MalformedForm), "{action}: {code:?}");
    }
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
}

#[tokio::test]
async fn an_act_of_another_kind_cannot_be_settled() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let sign_in = house.audit().await.swap_remove(0);
    for act in [sign_in.act.to_string(), Uuid::now_v7().to_string()] {
        let sent = visitor.submit("/audit", "/api/sites/settle", &[("act", &act)]).await;
        // The list of the log has no form, so nothing of the problem is drawn there; the API tells it.
        assert_eq!(sent.page.status, StatusCode::OK);
        let answer = visitor.api(Method::POST, "/api/sites/settle", &[("act", &act)]).await;
        answer.explains(ProblemCode::EntryNotFound);
    }
}
