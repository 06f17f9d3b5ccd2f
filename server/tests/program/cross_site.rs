//! What another website causes, and what was led here by a foreign name, is refused at every door.

use model::ProblemCode;
use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, COOKIE, HOST, ORIGIN},
};
use uuid::Uuid;

use crate::house::{House, Visitor};

/// Every door that is not a GET.
const CHANGING: [&str; 6] = [
    "/login",
    "/logout",
    "/api/sites/suspend",
    "/api/sites/reactivate",
    "/api/sites/settle",
    "/api/connection/unlock",
];

fn form(house: &House, visitor: &Visitor, path: &str) -> RequestBuilder {
    let site = house.active_site();
    let ticket = Uuid::now_v7().to_string();
    let fields = [
        ("site", site.id.as_str()),
        ("ticket", &ticket),
        ("reason", "Test"),
        ("typed", &site.name),
        ("token", house.token()),
        ("operation", "site.suspend"),
        ("checked", "yes"),
        ("act", &ticket),
    ];
    visitor.bare(Method::POST, path).header(ACCEPT, "text/html").form(&fields)
}

#[tokio::test]
async fn a_form_that_another_website_sent_is_refused_at_every_door() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let (cookie, sign_ins) = (visitor.cookie(), house.vendor_sign_ins());
    let own = house.origin.as_str();
    let other_port = "http://127.0.0.1:1";
    let caused: [&[(&str, &str)]; 9] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", other_port)],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", own), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        &[("referer", own)],
    ];
    for path in CHANGING {
        for headers in caused {
            let request = headers
                .iter()
                .fold(form(&house, &visitor, path), |form, (name, value)| form.header(*name, *value));
            let answer = visitor.send(request).await;
            assert_eq!(answer.status.as_u16(), 403, "{path} {headers:?}");
            answer.explains(ProblemCode::CrossSite);
        }
    }
    assert_eq!((house.sent_changes(), house.applied(), house.vendor_sign_ins()), (0, 0, sign_ins));
    assert_eq!(visitor.cookie(), cookie);
    assert!(visitor.get("/").await.status.is_success(), "still signed in");
    assert_eq!(house.audit().await.len(), 1, "nothing but the sign-in");
}

#[tokio::test]
async fn a_foreign_host_is_served_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let cookie = visitor.cookie().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for host in ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "steward.example.com"] {
        for path in ["/", "/login", "/sites", "/api/frame", "/pkg/x.js"] {
            let request = client.get(format!("{}{path}", house.origin)).header(HOST, host);
            let request = request.header(COOKIE, &cookie).header(ACCEPT, "text/html");
            visitor.send(request).await.explains(ProblemCode::WrongHost);
        }
        let form =
            form(&house, &visitor, "/api/sites/suspend").header(HOST, host).header(ORIGIN, &house.origin);
        visitor.send(form).await.explains(ProblemCode::WrongHost);
    }
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
    let health = client.get(format!("{}/health/live", house.origin)).header(HOST, "10.0.0.1");
    assert_eq!(visitor.send(health).await.status.as_u16(), 200, "machines know only the network address");
}

#[tokio::test]
async fn a_problem_never_goes_back_to_a_foreign_page() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let own = house.origin.as_str();
    for referer in ["https://evil.example/sites", &format!("{own}.evil.example/"), "javascript:alert(1)"] {
        let fields = [("site", "x"), ("ticket", "x"), ("reason", ""), ("typed", "")];
        let request = visitor
            .bare(Method::POST, "/api/sites/suspend")
            .header(ACCEPT, "text/html")
            .header(ORIGIN, own)
            .header("referer", referer)
            .form(&fields);
        let answer = visitor.send(request).await;
        let to = answer.header("location");
        assert!(to.starts_with(&format!("{own}/")) || to.starts_with("/?"), "{referer}: {to}");
    }
}
