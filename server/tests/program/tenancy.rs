//! The pages of the tenant itself as a person without JavaScript meets them: nothing typed is lost, and secrets stay put.

use model::ProblemCode;
use reqwest::StatusCode;

use crate::house::{House, Visitor};

async fn ticket(visitor: &Visitor, page: &str) -> String {
    visitor.get(page).await.field("ticket")
}

#[tokio::test]
async fn a_site_is_made_by_a_plain_form_and_what_was_typed_comes_back() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let page = visitor.get("/sites/new").await;
    for words in
        ["New site", "How many more it may have is not known", "Frankfurt", "50° N, 9° E", "No region"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert!(page.body.contains("<svg") && page.body.contains("class=\"map\""));
    let (region, ticket) = (house.world().region_ids()[0].clone(), page.field("ticket"));
    let fields = |name: &'static str, region: &str| {
        let pairs = [("name", name), ("address", "new.market"), ("region", region), ("ticket", &ticket)];
        pairs.map(|(name, value)| (name, value.to_owned()))
    };
    let send = async |fields: [(&'static str, String); 4]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.submit("/sites/new", "/api/sites/create", &fields).await
    };
    let bad = send(fields("a/b", &region)).await;
    bad.explains(ProblemCode::SiteNameUnfit);
    for kept in ["value=\"a/b\"", "value=\"new.market\"", "It becomes: newmarket"] {
        assert!(bad.page.body.contains(kept), "{kept}");
    }
    send(fields("New market", "")).await.explains(ProblemCode::SitePlaceUnfit);
    assert_eq!(house.world().applied("site.create"), 0);
    let made = send(fields("New market", &region)).await;
    let site = house.world().site("New market").unwrap();
    made.leads_to(&format!("/sites/{}?notice=site-created", site.id));
    assert!(made.page.says("as it was asked for") && made.page.says("newmarket"), "{}", made.page.words());
    send(fields("New market", &region)).await.explains(ProblemCode::FormUsed);
}

#[tokio::test]
async fn the_secret_of_a_token_is_on_one_page_and_nowhere_else() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let ticket = ticket(&visitor, "/tokens").await;
    let fields = [("ticket", ticket.as_str()), ("token_name", "second"), ("days", "30")];
    let made = visitor.post("/tokens", "/tokens/create", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.words());
    let secret = made.body.split("id=\"secret\"").nth(1).unwrap();
    let secret = secret.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(secret.len() > 20 && made.says("this once"), "{}", made.words());
    assert_eq!(made.header("cache-control"), "no-store");
    let policy = made.header("content-security-policy");
    assert!(policy.contains("script-src 'nonce-") && !policy.contains("unsafe"), "{policy}");
    // The same form once more makes no second token, and tells no secret again.
    let again = visitor.submit("/tokens", "/tokens/create", &fields).await;
    again.explains(ProblemCode::FormUsed);
    for path in ["/tokens", "/audit", "/connection", "/"] {
        assert!(!visitor.get(path).await.body.contains(&secret), "{path}");
    }
    assert!(visitor.try_sign_in(&secret).await.status.is_redirection());
    let bad = [("ticket", ticket.as_str()), ("token_name", "third"), ("days", "400")];
    let bad = visitor.submit("/tokens", "/tokens/create", &bad).await;
    bad.explains(ProblemCode::TokenDaysUnfit);
    assert!(bad.page.body.contains("value=\"third\"") && bad.page.body.contains("value=\"400\""));
}

#[tokio::test]
async fn a_swap_shows_its_steps_and_the_old_token_is_revoked_from_there() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let ticket = ticket(&visitor, "/tokens").await;
    let fields = [("ticket", ticket.as_str()), ("token_name", "second"), ("days", "30")];
    let made = visitor.post("/tokens", "/tokens/swap", &fields).await;
    for words in
        ["The new token is in use", "Tried", "Last step: revoke the old token", "Revoke steward-demo"]
    {
        assert!(made.says(words), "{words}: {}", made.words());
    }
    let revoke = [("token", made.field("token")), ("ticket", made.field("ticket"))];
    let revoke: Vec<(&str, &str)> = revoke.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = visitor.submit("/tokens", "/api/tokens/revoke", &revoke).await;
    sent.leads_to("/tokens?notice=token-revoked");
    assert!(sent.page.says("second") && !sent.page.says("steward-demo"), "{}", sent.page.words());
    house.world().expire_sessions();
    assert_eq!(visitor.get("/tokens").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_that_ends_soon_is_told_on_every_page() {
    let house = House::start().await;
    let later = |days: u64| house.world().now() + std::time::Duration::from_secs(days * 86_400 + 600);
    house.world().add_pat("short==:secret", "short", later(6));
    let visitor = house.sign_in().await;
    for path in ["/", "/sites", "/audit"] {
        let page = visitor.get(path).await;
        assert!(page.says("Your token ends in 6 days.") && page.says("Swap it this week"), "{path}");
    }
}

#[tokio::test]
async fn what_was_typed_into_limits_and_sign_in_comes_back_with_the_problem() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let fields = [("sites[0]", site.id.as_str()), ("creators", "own"), ("creators_number", "-1")];
    let sent = visitor.submit("/limits", "/api/limits/plan", &fields).await;
    sent.explains(ProblemCode::LimitUnfit);
    assert!(sent.page.body.contains("value=\"-1\""));
    let fields = [("sites[0]", site.id.as_str()), ("creators", "own"), ("creators_number", "0")];
    let sent = visitor.submit("/limits", "/api/limits/plan", &fields).await;
    assert!(sent.page.says("below what is in use"), "{}", sent.page.words());
    assert!(sent.page.says("Creator 0"), "{}", sent.page.words());
    let ticket = ticket(&visitor, "/sign-on").await;
    let fields = [
        ("ticket", ticket.as_str()),
        ("provider", "Salesforce"),
        ("enabled", "yes"),
        ("typed", "Quillmere Holdings"),
        ("checked", "yes"),
    ];
    let sent = visitor.submit("/sign-on", "/api/sign-on/change", &fields).await;
    sent.explains(ProblemCode::DomainMissing);
    assert!(sent.page.body.contains("value=\"Salesforce\""));
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn files_of_the_log_are_downloaded_checked_and_read() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let text = "{\"eventTime\":\"2026-11-21T07:00:00Z\",\"initiatingUserEmail\":\"zoe@example.com\"}\n";
    house.world().add_log_file("merge_tenant", house.world().now(), text.to_owned());
    let page = visitor.get("/activity?kind=merge_tenant").await;
    assert!(page.says("1 file") && page.says("merge tenant"), "{}", page.words());
    let path = house.world().log_paths().into_iter().find(|path| path.contains("merge_tenant")).unwrap();
    let file = visitor.get(&format!("/activity/file?path={}", crate::house::escape(&path))).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, text));
    assert!(file.header("content-disposition").starts_with("attachment; filename=\""));
    let page = visitor.get("/activity/events?kind=merge_tenant").await;
    assert!(page.says("zoe@example.com"), "{}", page.words());
    for (path, code) in [
        ("/activity?from=yesterday", ProblemCode::LogRangeUnfit),
        ("/activity/file?path=tenant/nothing", ProblemCode::LogFileGone),
        ("/activity/events?page=0", ProblemCode::MalformedQuery),
    ] {
        visitor.get(path).await.explains(code);
    }
}
