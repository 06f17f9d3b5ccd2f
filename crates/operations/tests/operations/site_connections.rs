//! Connecting sites: one session for each token, and a stop where something else uses the token.

use std::time::Duration;

use model::{
    ProblemCode, SiteId, SiteUserId,
    audit::ActState,
    site_connections::{Standing, Trouble},
    site_plane::PlaneQuery,
};
use operations::{Caller, Reality, Who};
use simulator::SiteFacts;
use store::NewSiteConnection;

use crate::house::{House, connect_form, ticket};

fn id(site: &SiteFacts) -> SiteId {
    SiteId::parse(&site.id).unwrap()
}

fn sign_ins(house: &House) -> usize {
    house.world().requests().iter().filter(|it| it.path.ends_with("/auth/signin")).count()
}

/// Asks the site something that is never remembered.
async fn ask(house: &House, caller: &Caller, site: &SiteFacts) -> Result<(), model::Problem> {
    house.operations.site_group_sets(caller, &id(site), &PlaneQuery::default()).await.map(|_| ())
}

#[tokio::test]
async fn a_connected_site_is_told_with_who_where_and_until_when() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.site("Active");
    let sheet = house.operations.connect_sheet(&caller, &id(&site)).await.unwrap();
    assert!(sheet.row.connection.is_none() && sheet.base_url.is_some());
    let none = ask(&house, &caller, &site).await.unwrap_err();
    assert_eq!(none.code, ProblemCode::SiteNotConnected);

    let (name, secret) = house.world().site_token(&site.content_url).unwrap();
    let mut form = connect_form(&site, &name, &secret);
    form.expires = "2099-12-31".to_owned();
    house.operations.connect_site(&caller, form).await.unwrap();
    let list = house.operations.site_connections(&caller).await.unwrap();
    let connected: Vec<_> = list.rows.into_iter().filter_map(|row| row.connection).collect();
    assert_eq!(connected.len(), 1);
    let connection = &connected[0];
    assert_eq!((connection.site, connection.token_name.as_str()), (id(&site), name.as_str()));
    assert!(
        connection.who.contains('@') && connection.role.starts_with("SiteAdministrator"),
        "{connection:?}"
    );
    assert_eq!(connection.standing(caller.now), Standing::Connected);
    assert_eq!(connection.expires.unwrap().day(), "31 Dec 2099");
    assert_eq!(sign_ins(&house), 1, "the session of the trial is the session that is used");
    ask(&house, &caller, &site).await.unwrap();
    assert_eq!(sign_ins(&house), 1);
    let entry = house.log(&caller).await.swap_remove(0);
    assert_eq!((entry.verb.as_str(), entry.state), ("site.connect", ActState::Done));
}

#[tokio::test]
async fn what_cannot_open_the_site_is_not_kept() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.site("Active");
    let (name, secret) = house.world().site_token(&site.content_url).unwrap();
    let suspended = house.site("Suspended");
    let (suspended_name, suspended_secret) = house.world().site_token(&suspended.content_url).unwrap();
    let past = || {
        let mut form = connect_form(&site, &name, &secret);
        form.expires = "2001-01-01".to_owned();
        form
    };
    for (form, code) in [
        (connect_form(&site, "", &secret), ProblemCode::TokenNameMissing),
        (connect_form(&site, &name, " "), ProblemCode::TokenMissing),
        (connect_form(&site, &name, "wrong"), ProblemCode::SiteTokenRefused),
        (connect_form(&site, "wrong", &secret), ProblemCode::SiteTokenRefused),
        (connect_form(&suspended, &suspended_name, &suspended_secret), ProblemCode::SiteTokenRefused),
        (past(), ProblemCode::FieldWrong),
    ] {
        let problem = house.operations.connect_site(&caller, form).await.unwrap_err();
        assert_eq!(problem.code, code);
    }
    assert!(house.store.site_connections(caller.tenant(), caller.user().unwrap()).await.unwrap().is_empty());
    // One token serves one connection: with two, each would end the other's session.
    house.connect(&caller, &site).await;
    let other = house.world().sites().into_iter().filter(|it| it.status == "Active").nth(1).unwrap();
    let sent = sign_ins(&house);
    let taken =
        house.operations.connect_site(&caller, connect_form(&other, &name, &secret)).await.unwrap_err();
    assert_eq!((taken.code, sign_ins(&house)), (ProblemCode::SiteTokenTaken, sent));
    // The same site once more is a new connection in place of the old.
    house.connect(&caller, &site).await;
    assert_eq!(house.store.site_connections(caller.tenant(), caller.user().unwrap()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_that_somebody_else_connected_is_in_use_and_ones_own_may_be_renewed() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let mut other = caller.clone();
    let user = model::UserId::from(uuid::Uuid::now_v7());
    other.account.who = Who::Administrator { user, credential: caller.credential().unwrap() };
    let (name, secret) = house.world().site_token(&site.content_url).unwrap();
    // With a token of their own first, and without one: each would sign the other out.
    let own = NewSiteConnection {
        tenant: other.tenant(),
        owner: user,
        site: id(&site),
        content_url: site.content_url.clone(),
        host: "https://example.com".to_owned(),
        version: "3.24".to_owned(),
        token_name: "another".to_owned(),
        secret: &"another secret".to_owned().into(),
        site_user: SiteUserId::from(uuid::Uuid::now_v7()),
        who: "other@example.com".to_owned(),
        role: String::new(),
        expires: None,
        now: other.now,
    };
    let sent = sign_ins(&house);
    for earlier in [None, Some(own)] {
        if let Some(earlier) = earlier {
            house.store.connect_site(earlier).await.unwrap();
        }
        let form = connect_form(&site, &name, &secret);
        let taken = house.operations.connect_site(&other, form).await.unwrap_err();
        assert_eq!((taken.code, sign_ins(&house)), (ProblemCode::SiteTokenTaken, sent));
    }
    let kept = house.store.site_connection(caller.tenant(), user, id(&site)).await.unwrap().unwrap();
    assert_eq!(kept.token_name, "another", "what they had stays as it was");
    house.connect(&caller, &site).await;
    ask(&house, &caller, &site).await.unwrap();
}

#[tokio::test]
async fn nobody_else_uses_it_and_without_a_grant_nobody_connects() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let mut other = caller.clone();
    let user = model::UserId::from(uuid::Uuid::now_v7());
    other.account.who = Who::Administrator { user, credential: caller.credential().unwrap() };
    assert_eq!(ask(&house, &other, &site).await.unwrap_err().code, ProblemCode::SiteNotConnected);
    let nobody = house.nobody().await;
    let (name, secret) = house.world().site_token(&site.content_url).unwrap();
    let refused = house.operations.connect_site(&nobody, connect_form(&site, &name, &secret)).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::NotAllowed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_after_the_session_ran_out_sign_in_once() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    house.world().clear_ledger();
    // Three hours later, by both clocks.
    house.world().advance(Duration::from_secs(3 * 3_600));
    let later = Caller { now: caller.now.plus_seconds(3 * 3_600), ..caller.clone() };
    let asked = (0..200).map(|_| ask(&house, &later, &site));
    for answer in futures::future::join_all(asked).await {
        answer.unwrap();
    }
    assert_eq!(sign_ins(&house), 1);
    let connection =
        house.store.site_connection(caller.tenant(), caller.user().unwrap(), id(&site)).await.unwrap();
    assert_eq!(connection.unwrap().surprised, None, "running out by the clock is nobody's doing");
}

#[tokio::test]
async fn a_session_that_somebody_else_ended_is_opened_again_once_and_then_left_alone() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let look = async || {
        let found = house.store.site_connection(caller.tenant(), caller.user().unwrap(), id(&site)).await;
        found.unwrap().unwrap()
    };
    assert!(house.world().end_site_sessions(&site.id));
    ask(&house, &caller, &site).await.unwrap();
    let surprised = look().await;
    assert_eq!((surprised.surprised, surprised.trouble), (Some(caller.now), None));
    let before = sign_ins(&house);
    // Again within minutes: two programs share the token, and each would end the other's session for ever.
    house.world().end_site_sessions(&site.id);
    assert_eq!(ask(&house, &caller, &site).await.unwrap_err().code, ProblemCode::SiteTokenContested);
    assert_eq!(look().await.trouble, Some(Trouble::Contested));
    assert_eq!(ask(&house, &caller, &site).await.unwrap_err().code, ProblemCode::SiteTokenContested);
    assert_eq!(sign_ins(&house), before, "no ping-pong");
    // Somebody looked after the other program.
    house.operations.try_site_again(&caller, &id(&site)).await.unwrap();
    ask(&house, &caller, &site).await.unwrap();
    assert_eq!((look().await.trouble, sign_ins(&house)), (None, before + 1));
    // Minutes later it is tried again without being asked.
    for _ in 0..2 {
        house.world().end_site_sessions(&site.id);
        let _ = ask(&house, &caller, &site).await;
    }
    assert_eq!(look().await.trouble, Some(Trouble::Contested));
    let later = Caller { now: caller.now.plus_seconds(660), ..caller.clone() };
    ask(&house, &later, &site).await.unwrap();
}

#[tokio::test]
async fn a_token_that_lapsed_is_refused_and_told_as_expired() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let days = 16 * 86_400;
    house.world().advance(Duration::from_secs(days));
    let later = Caller { now: caller.now.plus_seconds(days as i64), ..caller.clone() };
    let found = house.store.site_connection(caller.tenant(), caller.user().unwrap(), id(&site)).await;
    assert_eq!(found.unwrap().unwrap().standing(later.now), Standing::Expired);
    assert_eq!(ask(&house, &later, &site).await.unwrap_err().code, ProblemCode::SiteTokenRefused);
    let sent = sign_ins(&house);
    assert_eq!(ask(&house, &later, &site).await.unwrap_err().code, ProblemCode::SiteTokenRefused);
    assert_eq!(sign_ins(&house), sent, "a refused token is not tried over and over");
}

#[tokio::test]
async fn disconnecting_erases_the_token_and_ends_the_session() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    assert_eq!(house.world().site_sessions(), 1);
    let connection = house.store.site_connection(caller.tenant(), caller.user().unwrap(), id(&site)).await;
    let credential = connection.unwrap().unwrap().credential;
    house.operations.disconnect_site(&caller, &id(&site), ticket()).await.unwrap();
    assert_eq!(house.world().site_sessions(), 0);
    assert!(house.store.open_credential(credential).await.unwrap().is_none());
    assert_eq!(ask(&house, &caller, &site).await.unwrap_err().code, ProblemCode::SiteNotConnected);
    let again = house.operations.disconnect_site(&caller, &id(&site), ticket()).await;
    assert_eq!(again.unwrap_err().code, ProblemCode::SiteNotConnected);
}
