//! The main job from the first page to the last: sign in, look, suspend, read the log, reactivate, sign out.

use model::{ProblemCode, audit::ActState};
use reqwest::StatusCode;

use crate::house::House;

/// A number as pages write it.
fn number(value: u32) -> String {
    match value {
        0..1_000 => value.to_string(),
        _ => format!("{},{:03}", value / 1_000, value % 1_000),
    }
}

#[tokio::test]
async fn the_overview_tells_the_tenant_and_its_seats_as_tableau_counts_them() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let page = visitor.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("Quillmere Holdings") && page.says("Tenant Active"), "{}", page.words());
    let of = house.world().tenant_licences();
    for (tier, people) in [
        ("Creator", of.creators),
        ("Explorer", of.explorers),
        ("Viewer", of.viewers),
        ("Unlicensed", of.unlicensed),
    ] {
        let told = format!("{tier} {}", number(people));
        assert!(page.says(&told), "{told}: {}", page.words());
    }
    for site in house.world().sites() {
        let people = house.world().site_licences(&site.id).unwrap();
        // A seat with a role limit is shown beside it: `5 of 17`, or `full 2 of 2`.
        let seat = |seat: u32, limit: Option<u32>| match limit {
            Some(limit) if seat >= limit => format!("full {seat} of {limit}"),
            Some(limit) => format!("{seat} of {limit}"),
            None => seat.to_string(),
        };
        let line = format!(
            "{} {} {} {} {} {}",
            site.name,
            site.status,
            seat(people.creators, site.limits.creator),
            seat(people.explorers, site.limits.explorer),
            seat(people.viewers, site.limits.viewer),
            people.unlicensed
        );
        assert!(page.says(&line), "{line}: {}", page.words());
    }
}

#[tokio::test]
async fn a_site_is_suspended_read_back_written_down_and_reactivated() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let list = visitor.get("/sites").await;
    assert!(list.says(&site.name), "{}", list.words());

    let people = house.world().site_licences(&site.id).unwrap();
    let form = visitor.get(&format!("/sites/{}/suspend", site.id)).await;
    let everyone = people.users;
    assert!(form.says(&format!("{} people lose access at once", number(everyone))), "{}", form.words());

    let sent = visitor.suspend(&site, "Bills unpaid, ticket 4711").await;
    sent.leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
    assert!(sent.page.says("The site is suspended. Tableau was asked again"), "{}", sent.page.words());
    assert!(sent.page.says("This site is suspended"), "{}", sent.page.words());
    assert_eq!(house.status_of(&site), "Suspended");
    assert_eq!(house.world().applied("site.suspend"), 1);
    for page in ["/sites?size=250", "/"] {
        let page = visitor.get(page).await;
        let row = page.words();
        let row = &row[row.find(&site.name).unwrap()..];
        assert!(row[..200].contains("Suspended"), "{row}");
    }

    let act = house.audit().await.swap_remove(0);
    assert_eq!((act.verb.as_str(), act.state), ("site.suspend", ActState::Done));
    let log = visitor.get("/audit").await;
    let administrator = &act.who;
    for told in
        [administrator.as_str(), &format!("Suspend site {}", site.name), "Bills unpaid, ticket 4711", "done"]
    {
        assert!(log.says(told), "{told}: {}", log.words());
    }
    let entry = visitor.get(&format!("/audit/{}", act.act)).await;
    for told in
        ["Before Active", "After, read back Suspended", "Bills unpaid, ticket 4711", sent.post.reference()]
    {
        assert!(entry.says(told), "{told}: {}", entry.words());
    }

    let sent = visitor.reactivate(&site, "Paid").await;
    sent.leads_to(&format!("/sites/{}?notice=site-reactivated", site.id));
    assert_eq!(house.status_of(&site), "Active");
    assert_eq!(house.world().applied("site.reactivate"), 1);
    assert_eq!(house.states_of("site.reactivate").await, [ActState::Done]);
    assert!(house.store.audit_verify().await.unwrap().broken_at.is_none());
}

#[tokio::test]
async fn the_browser_half_gets_the_same_by_json() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let ticket = visitor.ticket(&site.id, "suspend").await;
    let fields =
        [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", site.name.as_str())];
    let answer = visitor.api(reqwest::Method::POST, "/api/sites/suspend", &fields).await;
    assert_eq!(answer.location(), format!("/sites/{}?notice=site-suspended", site.id));
    assert!(answer.headers.contains_key("serverfnredirect"));
    assert_eq!(house.status_of(&site), "Suspended");
    let again = visitor.api(reqwest::Method::POST, "/api/sites/suspend", &fields).await;
    again.explains(ProblemCode::FormUsed);
}

#[tokio::test]
async fn signing_out_leaves_nothing_of_the_token_behind() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.get("/").await;
    assert_eq!((house.count("credential").await, house.count("vendor_session").await), (1, 1));
    let sessions = house.world().manager_sessions();
    let cookie = visitor.cookie();
    assert!(cookie.is_some());

    let left = visitor.sign_out().await;
    assert_eq!(left.location(), "/login?notice=signed-out");
    assert_eq!(visitor.cookie(), None, "the browser is told to forget the cookie");
    assert!(visitor.get(left.location()).await.says("You are signed out"));
    assert_eq!(house.world().manager_sessions(), sessions - 1);
    for table in ["credential", "vendor_session", "lease", "sign_in"] {
        assert_eq!(house.count(table).await, 0, "{table}");
    }
    assert_eq!(house.states_of("sign-out").await, [ActState::Done]);

    // The back button: a browser that kept the cookie gets the sign-in page.
    visitor.set_cookie(cookie);
    assert_eq!(visitor.get("/sites").await.location(), "/login?next=%2Fsites");
    visitor.api(reqwest::Method::GET, "/api/frame", &[]).await.explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn a_refused_token_is_explained_and_nothing_is_kept() {
    let house = House::start().await;
    house.world().add_pat("expired-token", "old", house.world().now());
    for token in ["wrong", "expired-token", "x\ty"] {
        let visitor = house.stranger();
        let sent = visitor.submit("/login", "/login", &[("token", token)]).await;
        sent.explains(ProblemCode::TokenRefused);
        assert_eq!(visitor.cookie(), None);
    }
    let sent = house.stranger().submit("/login", "/login", &[("token", " ")]).await;
    sent.explains(ProblemCode::TokenMissing);
    for table in ["credential", "vendor_session", "sign_in", "audit_record"] {
        assert_eq!(house.count(table).await, 0, "{table}");
    }
}
