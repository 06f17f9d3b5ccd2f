//! What every answer tells the browser: a strict policy, no keeping, no leaking.

use model::ProblemCode;
use reqwest::header::ACCEPT;

use crate::house::{Answer, House, Plan};

const ALWAYS: &[(&str, &str)] = &[
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
];

fn nonce(answer: &Answer) -> Option<String> {
    let (_, rest) = answer.header("content-security-policy").split_once("'nonce-")?;
    Some(rest.split('\'').next().unwrap().to_owned())
}

fn is_safe(path: &str, answer: &Answer) {
    for (name, value) in ALWAYS {
        assert_eq!(answer.header(name), *value, "{path} {name}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    assert!(!answer.header("x-request-id").is_empty(), "{path}");
    assert!(!answer.headers.contains_key("server") && !answer.headers.contains_key("x-powered-by"), "{path}");
    // What the policy forbids is not there to begin with.
    for inline in [" style=\"", " onclick=", " onload=", "javascript:", "<style"] {
        assert!(!answer.body.contains(inline), "{path} has {inline}");
    }
}

#[tokio::test]
async fn every_page_has_a_strict_policy_with_a_nonce_of_its_own() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let (site, job) = (house.active_site().id, house.world().job("import-partial").unwrap());
    let act = house.audit().await.swap_remove(0).act;
    let pages = [
        "/",
        "/sites",
        "/jobs",
        "/audit",
        "/connection",
        "/nowhere",
        "/sites/x",
        "/sites?size=7",
        &format!("/sites/{site}"),
        &format!("/sites/{site}/suspend"),
        &format!("/sites/{site}/reactivate"),
        &format!("/jobs/{job}"),
        &format!("/audit/{act}"),
    ];
    let mut nonces = Vec::new();
    for path in pages {
        let answer = visitor.get(path).await;
        is_safe(path, &answer);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let nonce = nonce(&answer).unwrap_or_else(|| panic!("{path} has no nonce"));
        let scripts = answer.body.matches("<script").count();
        let named = answer.body.split("<script").skip(1).filter(|script| {
            let tag = script.split('>').next().unwrap();
            tag.contains(&format!("nonce=\"{nonce}\"")) || tag.contains("type=\"application/json\"")
        });
        assert_eq!(named.count(), scripts, "{path} has a script without the nonce");
        nonces.push(nonce);
    }
    let all = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), all, "a nonce came twice");
}

#[tokio::test]
async fn every_other_answer_is_as_strict() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for path in ["/api/frame", "/api/nowhere", "/api/sites/get?site=x", "/pkg/nope.js", "/health/live"] {
        let answer = visitor.api(reqwest::Method::GET, path, &[]).await;
        is_safe(path, &answer);
        assert!(nonce(&answer).is_none(), "{path}");
    }
    let api = visitor.api(reqwest::Method::GET, "/api/frame", &[]).await;
    assert_eq!(api.header("cache-control"), "no-store");
    is_safe("a stranger", &house.stranger().get("/sites").await);
    let form = visitor.bare(reqwest::Method::POST, "/api/sites/suspend").header(ACCEPT, "text/html");
    let refused = visitor.send(form).await;
    refused.explains(ProblemCode::CrossSite);
    is_safe("a refused form", &refused);
}

#[tokio::test]
async fn the_sign_in_page_has_no_script_and_no_hint_but_in_the_demo() {
    let house = House::start().await;
    for path in ["/login", "/login?next=%2Fsites", "/login?problem=token-refused", "/login?notice=signed-out"]
    {
        let answer = house.stranger().get(path).await;
        is_safe(path, &answer);
        assert!(!answer.body.contains("<script"), "{path}");
        assert!(!answer.header("content-security-policy").contains("script-src"), "{path}");
        assert!(!answer.says("This is the demo") && !answer.body.contains(house.token()), "{path}");
    }
    let hint =
        app::DemoHint { token: "a-demo-token".to_owned(), size: "12 sites".to_owned(), sites: Vec::new() };
    let demo = House::built(Plan { hint: Some(hint), ..Plan::default() }).await;
    let answer = demo.stranger().get("/login").await;
    assert!(answer.says("This is the demo") && answer.says("a-demo-token"));
}

#[tokio::test]
async fn a_crafted_link_can_only_show_our_own_words() {
    let house = House::start().await;
    let evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let visitor = house.sign_in().await;
    for path in [
        format!("/login?problem={evil}&reference={evil}&about={evil}&notice={evil}&next={evil}"),
        format!("/login?problem=token-refused&reference=Call+555-1234&about={evil}"),
        format!("/sites?notice={evil}&q={evil}&status={evil}&region={evil}"),
        format!("/audit?q={evil}"),
        format!("/sites/{evil}"),
        format!("/jobs/open?id={evil}"),
    ] {
        let answer = visitor.get(&path).await;
        assert!(!answer.body.contains("<script>alert"), "{path}");
        assert!(!answer.body.contains("555-1234"), "{path}");
    }
}

#[tokio::test]
async fn built_files_are_kept_for_ever_and_only_they() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let page = visitor.get("/").await;
    // Without a built browser half there is no file to ask for; `cargo xtask build` makes it.
    let built: Vec<&str> =
        page.body.split("\"/pkg/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(!built.is_empty(), house.web.assets.can_wake());
    for file in built {
        let answer = house.stranger().get(&format!("/pkg/{file}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        is_safe(file, &answer);
    }
    for bad in ["/pkg/nope.js", "/pkg/../assets.json", "/pkg/%2e%2e/assets.json", "/assets.json", "/pkg/"] {
        let status = house.stranger().get(bad).await.status.as_u16();
        assert!(status == 404 || status == 303, "{bad}: {status}");
    }
}
