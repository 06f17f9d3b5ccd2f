//! Sign-ins: the cookie, its ends, the limits on guesses, and where one is led afterwards.

use futures::future::join_all;
use model::{Moment, ProblemCode};
use time::OffsetDateTime;

use crate::house::{House, Plan, Sent, escape};

#[tokio::test]
async fn the_cookie_is_for_this_host_over_tls_and_not_for_scripts() {
    let house = House::start().await;
    let answer = house.stranger().try_sign_in(house.token()).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-steward="), "{cookie}");
    for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(cookie.contains(flag), "{flag}: {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 1);
}

#[tokio::test]
async fn the_id_changes_at_every_sign_in_and_the_earlier_one_is_dead() {
    let house = House::start().await;
    let visitor = house.stranger();
    // An id that somebody else put into the browser.
    visitor.set_cookie(Some(format!("{}=AAAAAAAAAAAAAAAAAAAAAA", server::routes::COOKIE)));
    visitor.try_sign_in(house.token()).await;
    let first = visitor.cookie().unwrap();
    assert!(!first.contains("AAAAAAAAAAAAAAAAAAAAAA"));
    visitor.try_sign_in(house.token()).await;
    let second = visitor.cookie().unwrap();
    assert_ne!(first, second);
    assert!(visitor.get("/").await.status.is_success());
    let old = house.stranger();
    old.set_cookie(Some(first));
    assert_eq!(old.get("/").await.location(), "/login");
    assert_eq!(house.count("credential").await, 1, "the earlier token is erased");
    assert_eq!(house.world().manager_sessions(), 1, "and its session ended");
}

#[tokio::test]
async fn an_idle_sign_in_ends_and_its_token_is_erased() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.sql("UPDATE sign_in SET seen = seen - 19 * 60 * 1000000").await;
    assert!(visitor.get("/").await.status.is_success(), "19 minutes are fine, and count as seen");
    house.sql("UPDATE sign_in SET seen = seen - 21 * 60 * 1000000").await;
    assert_eq!(visitor.get("/sites").await.location(), "/login?next=%2Fsites");
    // The background work takes the rest away; a very young credential is left for a sign-in in the making.
    let later = Moment::from(OffsetDateTime::now_utc()).plus_seconds(400);
    house.web.operations.tidy_up(later, house.web.idle_seconds).await;
    for table in ["sign_in", "credential", "vendor_session"] {
        assert_eq!(house.count(table).await, 0, "{table}");
    }
    assert_eq!(house.world().manager_sessions(), 0);
}

#[tokio::test]
async fn a_sign_in_ends_however_busy_it_is() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    assert!(visitor.get("/").await.status.is_success());
    house.sql("UPDATE sign_in SET absolute_end = seen").await;
    assert_eq!(visitor.get("/").await.location(), "/login");
}

#[tokio::test]
async fn a_sign_in_that_an_earlier_version_wrote_down_has_ended() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let of_an_earlier_version = r#"{"account":{"id":"0199e0a0-0000-7000-8000-000000000000","name":"Ada"}}"#;
    house.sql(&format!("UPDATE sign_in SET data = '{of_an_earlier_version}'")).await;
    assert_eq!(visitor.get("/sites").await.location(), "/login?next=%2Fsites");
    visitor.api(reqwest::Method::GET, "/api/frame", &[]).await.explains(ProblemCode::NotSignedIn);
    assert_eq!(visitor.try_sign_in(house.token()).await.location(), "/");
    assert!(visitor.get("/sites").await.status.is_success());
}

#[tokio::test]
async fn a_revoked_sign_in_ends_at_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.sql("DELETE FROM sign_in").await;
    assert_eq!(visitor.get("/").await.location(), "/login");
    visitor.api(reqwest::Method::GET, "/api/frame", &[]).await.explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn parallel_guesses_do_not_pass_the_limit() {
    let house = House::built(Plan { tries: 5, ..Plan::default() }).await;
    let guesses = (0..30).map(|guess| {
        let visitor = house.stranger();
        async move { visitor.submit("/login", "/login", &[("token", &format!("guess-{guess}"))]).await }
    });
    let mut refused = 0;
    for sent in join_all(guesses).await {
        match sent.page.problem().unwrap().code {
            ProblemCode::TokenRefused => sent.explains(ProblemCode::TokenRefused),
            _ => {
                sent.explains(ProblemCode::TooManySignIns);
                refused += 1;
            }
        }
    }
    assert_eq!((refused, house.vendor_sign_ins()), (25, 5));
    // A forged header does not make it another address.
    let visitor = house.stranger();
    let form = visitor.form("/login", "/login", &[("token", house.token())]);
    let post = visitor.send(form.header("x-forwarded-for", "192.0.2.9")).await;
    let page = visitor.open(post.location()).await;
    Sent { post, page }.explains(ProblemCode::TooManySignIns);
}

#[tokio::test]
async fn after_signing_in_one_is_led_only_to_own_pages() {
    let house = House::start().await;
    let page = house.stranger().get("/sites?status=Active&page=1").await;
    assert_eq!(page.location(), "/login?next=%2Fsites%3Fstatus%3DActive%26page%3D1");
    let form = house.stranger().get(page.location()).await;
    assert_eq!(form.field("next"), "/sites?status=Active&page=1");
    for (next, leads) in [
        ("/sites?status=Active&page=1", "/sites?status=Active&page=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/api/sites/suspend", "/"),
        ("", "/"),
    ] {
        let answer =
            house.stranger().post("/login", "/login", &[("token", house.token()), ("next", next)]).await;
        assert_eq!(answer.header("location"), leads, "{next}");
    }
    let refused =
        house.stranger().post("/login", "/login", &[("token", "wrong"), ("next", "//evil.example")]).await;
    assert!(!refused.location().contains(&escape("//evil.example")), "{}", refused.location());
}
