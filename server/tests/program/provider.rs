//! Signing in by an identity provider, and everything that a forged or foreign answer could try.

use model::ProblemCode;
use serde_json::json;

use crate::house::{
    Answer, House, Plan, Visitor,
    provider::{ByPlan, Provider},
};

const DANA: &str = "dana.reed@quillmere.example";

async fn house(provider: &Provider, domains: &[&str], group: Option<&str>) -> House {
    let by = ByPlan {
        issuer: provider.issuer.clone(),
        domains: domains.iter().map(|it| (*it).to_owned()).collect(),
        group: group.map(str::to_owned),
    };
    House::built(Plan { provider: Some(by), ..Plan::default() }).await
}

/// Goes to the provider and comes back to the address that it leads to.
async fn away_and_back(visitor: &Visitor, next: &str) -> Answer {
    let back = away(visitor, &format!("/login/provider?next={next}")).await;
    visitor.get(&back).await
}

/// Goes to the provider; gives the address it leads back to.
async fn away(visitor: &Visitor, path: &str) -> String {
    let left = visitor.get(path).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = client.get(left.header("location")).send().await.unwrap();
    let to = answer.headers()["location"].to_str().unwrap();
    to.strip_prefix(visitor.origin()).unwrap_or_else(|| panic!("leads elsewhere: {to}")).to_owned()
}

async fn refused(visitor: &Visitor, answer: Answer, code: ProblemCode) {
    assert!(answer.location().starts_with("/login?"), "{} {}", answer.location(), answer.words());
    let page = visitor.open(answer.location()).await;
    assert_eq!(page.problem().unwrap().code, code, "{}", page.words());
    assert_eq!(visitor.get("/account").await.location(), "/login?next=%2Faccount");
}

#[tokio::test]
async fn an_invited_person_signs_in_by_the_provider_and_comes_where_they_wanted() {
    let provider = Provider::start().await;
    let house = house(&provider, &["quillmere.example"], Some("desk")).await;
    house.invite(&house.sign_in().await, DANA).await;
    let visitor = house.stranger();
    assert!(visitor.get("/login?way=account").await.says("Sign in with Quillmere"));
    let before = visitor.cookie();
    assert_eq!(away_and_back(&visitor, "/account").await.location(), "/account");
    assert_ne!(visitor.cookie(), before);
    assert!(visitor.get("/account").await.says(DANA));
    assert!(!provider.asked().contains_key("prompt"));
    // The account is theirs now, and has no password that could be guessed.
    let again = house.stranger();
    assert_eq!(away_and_back(&again, "//evil.example").await.location(), "/");
    let guess = crate::house::accounts::enter(&house.stranger(), DANA, "", "").await;
    assert!(guess.location().replace("%2D", "-").contains("entry-refused"));
}

#[tokio::test]
async fn who_was_not_invited_or_is_suspended_or_not_verified_stays_outside() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    let visitor = house.stranger();
    refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::NotInvited).await;
    house.invite(&house.sign_in().await, DANA).await;
    for twist in
        [json!({ "email_verified": false }), json!({ "email_verified": null }), json!({ "email": null })]
    {
        provider.twist(twist);
        refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::AddressNotVerified).await;
    }
    provider.twist(json!({}));
    house.sql("UPDATE member SET invited_until = 1").await;
    refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::NotInvited).await;
    house.sql("UPDATE member SET standing = 'suspended', invited_until = NULL").await;
    refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::NotInvited).await;
}

#[tokio::test]
async fn only_the_allowed_domains_and_the_group_come_in() {
    let provider = Provider::start().await;
    for (domains, group) in
        [(&["elsewhere.example"][..], None), (&["mere.example"][..], None), (&[][..], Some("board"))]
    {
        let house = house(&provider, domains, group).await;
        house.invite(&house.sign_in().await, DANA).await;
        let visitor = house.stranger();
        refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::NotInvited).await;
    }
}

#[tokio::test]
async fn a_token_that_is_not_for_this_sign_in_does_not_count() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    house.invite(&house.sign_in().await, DANA).await;
    let visitor = house.stranger();
    for twist in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "aud": "somebody-else" }),
        json!({ "iss": "https://evil.example" }),
        json!({ "exp": 1_000 }),
    ] {
        provider.twist(twist.clone());
        let answer = away_and_back(&visitor, "").await;
        refused(&visitor, answer, ProblemCode::ProviderRefused).await;
    }
    provider.twist(json!({}));
    provider.sign_with(1, 0);
    refused(&visitor, away_and_back(&visitor, "").await, ProblemCode::ProviderRefused).await;
    // A key that the provider has published meanwhile is found.
    provider.sign_with(1, 1);
    assert_eq!(away_and_back(&visitor, "").await.location(), "/");
}

#[tokio::test]
async fn a_way_back_that_is_forged_or_used_twice_or_in_another_browser_leads_nowhere() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    house.invite(&house.sign_in().await, DANA).await;
    let (visitor, other) = (house.stranger(), house.stranger());
    let back = away(&visitor, "/login/provider").await;
    // Somebody lures another browser, which never left, or left for itself.
    let lured = other.get(&back).await;
    refused(&other, lured, ProblemCode::ProviderRefused).await;
    away(&other, "/login/provider").await;
    let lured = other.get(&back).await;
    refused(&other, lured, ProblemCode::ProviderRefused).await;
    for forged in [
        "/login/provider/back",
        "/login/provider/back?code=x",
        "/login/provider/back?error=access_denied&state=x",
    ] {
        let answer = house.stranger().get(forged).await;
        refused(&house.stranger(), answer, ProblemCode::ProviderRefused).await;
    }
    assert_eq!(visitor.get(&back).await.location(), "/");
    assert!(
        visitor.get(&back).await.location().replace("%2D", "-").contains("provider-refused"),
        "it counts once"
    );
    // Whoever takes too long begins again.
    let late = house.stranger();
    let back = away(&late, "/login/provider").await;
    house
        .sql("UPDATE sign_in SET data = json_set(data, '$.departure.since', 1) WHERE data LIKE '%departure%'")
        .await;
    let answer = late.get(&back).await;
    refused(&late, answer, ProblemCode::ProviderRefused).await;
}

#[tokio::test]
async fn a_step_up_has_the_provider_ask_anew_and_an_old_proof_does_not_count() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    house.invite(&house.sign_in().await, DANA).await;
    let visitor = house.stranger();
    away_and_back(&visitor, "").await;
    house.make_stale().await;
    assert!(visitor.get("/step-up?next=/account").await.says("Quillmere"));
    let old = time::OffsetDateTime::now_utc().unix_timestamp() - 3_600;
    for silent_or_old in [json!({ "auth_time": old }), json!({ "auth_time": null })] {
        provider.twist(silent_or_old);
        let back = away(&visitor, "/login/provider?anew=yes&next=/account").await;
        assert_eq!(
            (provider.asked()["prompt"].as_str(), provider.asked()["max_age"].as_str()),
            ("login", "0")
        );
        assert!(visitor.get(&back).await.location().replace("%2D", "-").contains("provider-refused"));
    }
    provider.twist(json!({}));
    let back = away(&visitor, "/login/provider?anew=yes&next=/account").await;
    assert_eq!(visitor.get(&back).await.location(), "/account");
    assert!(!visitor.get("/account").await.says("Show that it is you"));
}

#[tokio::test]
async fn who_comes_from_a_provider_that_tells_no_time_is_let_in_and_has_proved_nothing_fresh() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    house.invite(&house.sign_in().await, DANA).await;
    let visitor = house.stranger();
    provider.twist(json!({ "auth_time": null }));
    assert_eq!(away_and_back(&visitor, "/account").await.location(), "/account");
    let ticket = uuid::Uuid::now_v7().to_string();
    let renew = [("ticket", ticket.as_str())];
    let refused = visitor.submit("/account", "/account/recovery-codes", &renew).await;
    refused.explains(ProblemCode::StepUpNeeded);
}

#[tokio::test]
async fn a_provider_that_is_away_is_told_and_without_one_there_is_no_such_door() {
    let provider = Provider::start().await;
    let house = house(&provider, &[], None).await;
    drop(provider);
    let visitor = house.stranger();
    let answer = visitor.get("/login/provider").await;
    refused(&visitor, answer, ProblemCode::ProviderUnavailable).await;
    let without = House::start().await;
    assert!(
        without
            .stranger()
            .get("/login/provider")
            .await
            .location()
            .replace("%2D", "-")
            .contains("page-not-found")
    );
    assert!(!without.stranger().get("/login?way=account").await.says("Sign in with Quillmere"));
}
