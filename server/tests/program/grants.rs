//! Grants as their owner gives them, and whom they stop serving at once.

use std::net::Ipv4Addr;

use model::{
    ProblemCode,
    delegation::{Rule, Standing, Template},
};
use reqwest::header::ACCEPT;

use crate::{
    house::{Answer, House, Plan, Visitor, accounts::Member},
    matrix::desk::{Desk, Kind},
};

const PEOPLE: &str = "/api/people/list?url=&again=false";

#[tokio::test]
async fn whoever_is_suspended_is_nobody_at_once() {
    let house = House::start().await;
    let member: Member = house.member("dana@steward.example").await;
    assert!(member.visitor.get("/api/frame").await.problem().is_none());
    let owner = house.sign_in().await;
    member.turned_by(&owner, "suspend").await;
    for path in ["/api/frame", PEOPLE] {
        let answer = member.visitor.get(path).await;
        assert_eq!(answer.problem().map(|problem| problem.code), Some(ProblemCode::NotSignedIn));
    }
}

/// The form of a grant, as the page shows it, with some fields as they are typed.
async fn send(owner: &Visitor, grant: &str, account: &str, typed: &[(&str, &str)]) -> crate::house::Sent {
    let page = format!("/grants/{grant}/edit");
    let form = owner.get(&page).await;
    let (ticket, until) = (form.field("ticket"), form.field("until"));
    let mut fields = vec![
        ("ticket", ticket.as_str()),
        ("grant", grant),
        ("account", account),
        ("name", "Looks"),
        ("verbs[]", "see-people"),
        ("sites_mode", "all"),
        ("people_mode", "everybody"),
        ("managed_mode", "all"),
        ("ceiling", "Viewer"),
        ("until", until.as_str()),
    ];
    fields.extend_from_slice(typed);
    owner.submit(&page, "/api/delegation/grant", &fields).await
}

/// Asks from an address, as a proxy tells it.
async fn from(visitor: &Visitor, address: &str) -> Answer {
    let asks = visitor.bare(reqwest::Method::GET, PEOPLE).header(ACCEPT, "application/json");
    visitor.send(asks.header("x-forwarded-for", address)).await
}

#[tokio::test]
async fn a_grant_counts_from_its_networks_as_the_trusted_proxy_tells_them() {
    let house = House::built(Plan { proxies: vec![Ipv4Addr::LOCALHOST.into()], ..Plan::default() }).await;
    let desk = Desk::open_in(house, Standing::Active, &[Kind::Template(Template::Viewer)]).await;
    let holder = &desk.holders[0];
    let (grant, account) = (holder.grant.to_string(), holder.account.id.to_string());
    let owner = desk.house.sign_in().await;
    let wrong = send(&owner, &grant, &account, &[("networks", "10.0.0.0/8\nthe office")]).await;
    wrong.explains(ProblemCode::FieldWrong);
    assert!(wrong.page.says("One of the networks cannot be read."), "{}", wrong.page.words());
    let wrong = send(&owner, &grant, &account, &[("days[]", "monday"), ("hours_from", "08:00")]).await;
    assert!(wrong.page.says("Hours need both a beginning and an end"), "{}", wrong.page.words());
    assert!(from(&holder.visitor, "203.0.113.9").await.problem().is_none(), "nothing was changed");

    let given = send(&owner, &grant, &account, &[("networks", "203.0.113.0/24")]).await;
    assert!(given.page.says("Cannot use any of this but from 203.0.113.0/24."), "{}", given.page.words());
    assert!(from(&holder.visitor, "203.0.113.9").await.problem().is_none());
    // Whatever somebody writes in front of what the proxy saw counts for nothing.
    for elsewhere in ["192.0.2.7", "203.0.113.9, 192.0.2.7", "nonsense"] {
        let refused = from(&holder.visitor, elsewhere).await;
        refused.explains(ProblemCode::RefusedByRule);
        assert_eq!(refused.problem().unwrap().about, Some(Rule::OtherNetwork.word()), "{elsewhere}");
    }
    let page = holder.visitor.get("/people").await;
    assert!(
        page.says(Rule::OtherNetwork.words()) && page.says(Rule::OtherNetwork.next()),
        "{}",
        page.words()
    );
    assert!(holder.visitor.get(&format!("/grants/{grant}")).await.says("203.0.113.0/24"));
}

#[tokio::test]
async fn a_grant_counts_within_its_hours_and_its_page_names_them() {
    let desk = Desk::open(Standing::Active, &[Kind::Template(Template::Viewer)]).await;
    let holder = &desk.holders[0];
    let (grant, account) = (holder.grant.to_string(), holder.account.id.to_string());
    let owner = desk.house.sign_in().await;
    let today = time::OffsetDateTime::now_utc().weekday();
    let far = today.next().next().next().to_string().to_lowercase();
    let all_day = [("hours_from", "00:00"), ("hours_until", "00:00"), ("zone", "Asia/Kathmandu")];
    let hours = [&[("days[]", far.as_str())], all_day.as_slice()].concat();
    send(&owner, &grant, &account, &hours).await;
    let refused = holder.visitor.get(PEOPLE).await;
    assert_eq!(refused.problem().unwrap().about, Some(Rule::OutsideHours.word()));
    let told = holder.visitor.get(&format!("/grants/{grant}")).await;
    assert!(
        told.says("00:00 to 00:00, Asia/Kathmandu") && told.says("outside its hours"),
        "{}",
        told.words()
    );
    let form = owner.get(&format!("/grants/{grant}/edit")).await;
    assert_eq!(form.field("zone"), "Asia/Kathmandu");
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let days: Vec<(&str, &str)> = days.into_iter().map(|day| ("days[]", day)).collect();
    send(&owner, &grant, &account, &[days.as_slice(), all_day.as_slice()].concat()).await;
    assert!(holder.visitor.get(PEOPLE).await.problem().is_none());
}
