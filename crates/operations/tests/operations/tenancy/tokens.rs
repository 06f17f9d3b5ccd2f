//! Tokens of the caller: made, swapped for the one in use, and revoked.

use model::{Notice, ProblemCode, TokenId, audit::ActState, tenancy::InUse};
use operations::{MadeToken, Reality, Revoked, TokenForm};
use secrecy::ExposeSecret;
use simulator::{Fault, FaultKind};

use super::{last, token};
use crate::house::{House, ticket};

#[tokio::test]
async fn a_swap_makes_tries_and_uses_a_token_and_the_old_one_can_go() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let MadeToken { token: made, secret, swapped, others, elsewhere } =
        house.operations.swap_token(&caller, token("second")).await.unwrap();
    assert!(swapped && others.len() == 1 && elsewhere == 0);
    let kept = house.store.open_credential(caller.credential().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.secret.expose_secret(), secret.expose_secret());
    let sheet = house.operations.tokens_sheet(&caller).await.unwrap();
    let used: Vec<_> = sheet.tokens.iter().map(|row| (row.token.name.as_str(), row.in_use)).collect();
    assert_eq!(used, [("second", InUse::Yes), ("steward-demo", InUse::No)]);
    let old = others[0].id.unwrap();
    let revoked = house.operations.revoke_token(&caller, old, false, ticket()).await.unwrap();
    assert_eq!(revoked, Revoked::Other(Notice::TokenRevoked));
    assert_eq!(house.world().manager_pats(), ["licence-report", "second"]);
    // The sign-in lives on with the new one, also when its session ends.
    house.world().expire_sessions();
    assert_eq!(house.operations.tokens_sheet(&caller).await.unwrap().tokens[0].token.id, made.id);
    assert_eq!(last(&house, &caller).await.0, "token.revoke");
}

#[tokio::test]
async fn a_token_that_does_not_sign_in_is_not_swapped() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::status(401).on("POST", "/pat/login"));
    let problem = house.operations.swap_token(&caller, token("second")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::TokenNotTried);
    house.world().clear_faults();
    let kept = house.store.open_credential(caller.credential().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.secret.expose_secret(), house.simulator.details().tcm_pat);
    let (verb, state, problem) = last(&house, &caller).await;
    assert_eq!((&*verb, state, problem.as_deref()), ("token.swap", ActState::Done, Some("token-not-tried")));
    assert!(house.world().manager_pats().contains(&"second".to_owned()), "it is there, and the log says so");
}

#[tokio::test]
async fn a_token_that_another_browser_may_use_is_not_said_to_be_free() {
    let house = House::start(Reality::Pretend).await;
    let (caller, _elsewhere) = (house.administrator().await, house.administrator().await);
    let made = house.operations.swap_token(&caller, token("second")).await.unwrap();
    assert_eq!(made.elsewhere, 1);
    let sheet = house.operations.tokens_sheet(&caller).await.unwrap();
    let used: Vec<_> = sheet.tokens.iter().map(|row| (row.token.name.as_str(), row.in_use)).collect();
    assert_eq!(used, [("second", InUse::Yes), ("steward-demo", InUse::Perhaps)]);
    let old = made.others[0].id.unwrap();
    let problem = house.operations.revoke_token(&caller, old, false, ticket()).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotConfirmed);
}

#[tokio::test]
async fn tokens_that_cannot_be_are_refused_and_a_lost_secret_is_told() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let make = async |name: &str, days: &str| {
        let form = TokenForm { name: name.to_owned(), days: days.to_owned(), ticket: ticket() };
        house.operations.create_token(&caller, form).await.map(drop).map_err(|problem| problem.code)
    };
    for (name, days, code) in [
        ("", "30", ProblemCode::TokenNameUnfit),
        ("a\tb", "30", ProblemCode::TokenNameUnfit),
        (&*"x".repeat(81), "30", ProblemCode::TokenNameUnfit),
        ("a", "0", ProblemCode::TokenDaysUnfit),
        ("a", "366", ProblemCode::TokenDaysUnfit),
        ("a", "-1", ProblemCode::TokenDaysUnfit),
        ("a", "ten", ProblemCode::TokenDaysUnfit),
        ("steward-demo", "30", ProblemCode::TokenNameTaken),
    ] {
        assert_eq!(make(name, days).await, Err(code), "{name} {days}");
    }
    assert_eq!(house.world().applied("pat.create"), 0);
    house.world().inject(Fault::new(FaultKind::Truncated).on("POST", "/api/v1/pat").applied().times(1));
    assert_eq!(make("lost", "30").await, Err(ProblemCode::TokenLost));
    assert!(house.world().manager_pats().contains(&"lost".to_owned()));
    assert_eq!(last(&house, &caller).await.2.as_deref(), Some("token-lost"));
}

#[tokio::test]
async fn revoking_the_token_in_use_needs_a_word_and_ends_the_sign_in() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let own = TokenId::parse(&house.world().manager_pat_id("steward-demo").unwrap()).unwrap();
    let foreign = TokenId::parse(&house.world().manager_pat_id("licence-report").unwrap()).unwrap();
    let revoke = async |token: TokenId, checked: bool| {
        house.operations.revoke_token(&caller, token, checked, ticket()).await
    };
    assert_eq!(revoke(foreign, true).await.unwrap_err().code, ProblemCode::TokenNotFound);
    assert_eq!(revoke(own, false).await.unwrap_err().code, ProblemCode::NotConfirmed);
    assert_eq!(house.world().applied("pat.revoke"), 0);
    assert_eq!(revoke(own, true).await.unwrap(), Revoked::Own(Notice::OwnTokenRevoked));
    assert!(house.store.open_credential(caller.credential().unwrap()).await.unwrap().is_none());
    assert_eq!(last(&house, &caller).await.1, ActState::Done);
}
