//! Signing in with an account, proving it anew, and everybody who should not get in.

use futures::future::join_all;
use model::{ProblemCode, audit::ActState};
use reqwest::Method;

use crate::house::{
    House, Plan,
    accounts::{PHRASE, enter, lines_on},
    until,
};

const DANA: &str = "dana.reed@quillmere.example";

#[tokio::test]
async fn whatever_is_wrong_at_sign_in_is_answered_alike() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let suspended = house.member("sus@quillmere.example").await;
    suspended.turned_by(&house.sign_in().await, "suspend").await;
    house.invite(&house.sign_in().await, "invited@quillmere.example").await;
    let used = member.used.clone();
    let mut said = Vec::new();
    for (email, password, code) in [
        ("nobody@quillmere.example", PHRASE, member.code(1)),
        ("invited@quillmere.example", PHRASE, member.code(1)),
        (suspended.email.as_str(), PHRASE, suspended.code(1)),
        (DANA, "another phrase of otters", member.code(1)),
        (DANA, PHRASE, "000000".to_owned()),
        (DANA, PHRASE, used),
        (DANA, PHRASE, "0000-0000-0000-0000".to_owned()),
        (DANA, PHRASE, String::new()),
        ("", "", String::new()),
    ] {
        let post = enter(&house.stranger(), email, password, &code).await;
        let location = post.location().replace("%2D", "-");
        let page = house.stranger().open(&location).await;
        assert_eq!(page.problem().unwrap().code, ProblemCode::EntryRefused, "{email} {code}");
        assert_eq!(page.status.as_u16(), 401);
        said.push(location.replace(post.reference(), ""));
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
    assert_eq!(member.enter(&house.stranger(), PHRASE, &member.code(1)).await.location(), "/");
}

/// How sign-ins of one account that were refused stand in the log, the newest first.
async fn refused_entries(house: &House, name: &str) -> Vec<String> {
    let log = house.audit().await;
    let refused = log.into_iter().filter(|act| act.verb == "sign-in" && act.state == ActState::Denied);
    refused.filter(|act| act.who == name).filter_map(|act| act.code).collect()
}

#[tokio::test]
async fn refused_sign_ins_of_an_account_and_passed_limits_stand_in_the_log_and_those_of_nobody_do_not() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let name = house.store.members(house.tenant()).await.unwrap()[0].name.clone();
    enter(&house.stranger(), "nobody@quillmere.example", PHRASE, "000000").await;
    enter(&house.stranger(), DANA, "another phrase of otters", &member.code(1)).await;
    until("the refusal stands in the log", async || {
        refused_entries(&house, &name).await == ["entry-refused"]
    })
    .await;
    for _ in 0..12 {
        enter(&house.stranger(), DANA, PHRASE, "000000").await;
    }
    // Ten were looked at; of those that came too often, one line tells.
    until("all refusals stand in the log", async || {
        let refused = refused_entries(&house, &name).await;
        refused.len() == 11 && refused.iter().filter(|code| *code == "too-many-sign-ins").count() == 1
    })
    .await;
    let refused = house.audit().await.into_iter().filter(|act| act.state == ActState::Denied).count();
    assert_eq!(refused, 11, "nobody's address is in no log");
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_stands_in_the_log() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let code = member.codes[0].to_uppercase();
    let guesses = join_all((0..4).map(|_| {
        let (visitor, member, code) = (house.stranger(), &member, &code);
        async move { member.enter(&visitor, PHRASE, code).await.location() == "/" }
    }))
    .await;
    assert_eq!(guesses.into_iter().filter(|entered| *entered).count(), 1);
    assert_eq!(house.states_of("account.recovery-code").await, [ActState::Done]);
    assert!(member.visitor.get("/account").await.says("9 codes left"));
}

#[tokio::test]
async fn guesses_at_an_account_are_counted_together_whatever_they_guess_at() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let guesses = join_all((0..24).map(|guess: usize| {
        let (visitor, member) = (house.stranger(), &member);
        async move {
            let (password, code) = match guess % 3 {
                0 => ("another phrase of otters", "000000"),
                1 => (PHRASE, "000000"),
                _ => (PHRASE, "0000-0000-0000-0000"),
            };
            let post = member.enter(&visitor, password, code).await;
            visitor.open(post.location()).await.problem().unwrap().code
        }
    }))
    .await;
    let looked_at = guesses.iter().filter(|code| **code == ProblemCode::EntryRefused).count();
    let refused = guesses.iter().filter(|code| **code == ProblemCode::TooManySignIns).count();
    assert_eq!((looked_at, refused), (10, 14));
    // Even what is right is not looked at now, and a step-up counts with the rest.
    let right = member.enter(&house.stranger(), PHRASE, &member.code(1)).await;
    assert!(right.location().replace("%2D", "-").contains("too-many-sign-ins"), "{}", right.location());
    let fields = [("proof", PHRASE), ("next", "/")];
    member.visitor.submit("/step-up", "/step-up", &fields).await.explains(ProblemCode::TooManySignIns);
    // Somebody who is not there is locked in the same way.
    for _ in 0..10 {
        enter(&house.stranger(), "nobody@quillmere.example", PHRASE, "000000").await;
    }
    let nobody = enter(&house.stranger(), "nobody@quillmere.example", PHRASE, "000000").await;
    assert!(nobody.location().replace("%2D", "-").contains("too-many-sign-ins"));
    house.sql("UPDATE tried SET since = since - 901 * 1000000").await;
    assert_eq!(member.enter(&house.stranger(), PHRASE, &member.code(1)).await.location(), "/");
}

#[tokio::test]
async fn one_address_may_guess_only_so_often_at_whomever() {
    let house = House::built(Plan { tries: 6, ..Plan::default() }).await;
    let guesses = join_all((0..20).map(|guess: usize| {
        let visitor = house.stranger();
        async move {
            let email = format!("person-{guess}@quillmere.example");
            enter(&visitor, &email, PHRASE, "000000")
                .await
                .location()
                .replace("%2D", "-")
                .contains("too-many-sign-ins")
        }
    }))
    .await;
    assert_eq!(guesses.into_iter().filter(|refused| *refused).count(), 14);
    assert_eq!(house.vendor_sign_ins(), 0);
    let token = house.stranger().try_sign_in(house.token()).await;
    assert!(token.location().replace("%2D", "-").contains("too-many-sign-ins"), "tokens count with the rest");
}

#[tokio::test]
async fn a_cookie_replayed_after_signing_out_opens_nothing_on_any_replica() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let cookie = member.visitor.cookie();
    let thief = house.replica().await;
    thief.set_cookie(cookie.clone());
    assert!(thief.get("/account").await.status.is_success(), "replicas share their sign-ins");
    member.visitor.sign_out().await;
    thief.set_cookie(cookie);
    assert_eq!(thief.get("/account").await.location(), "/login?next=%2Faccount");
    thief.api(Method::GET, "/api/frame", &[]).await.explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn another_password_ends_all_other_sign_ins_and_wants_the_one_that_counts() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let elsewhere = house.stranger();
    member.enter(&elsewhere, PHRASE, &member.code(1)).await;
    let new = "nine loud herons mend a kite";
    let send = async |current: &str, password: &str, again: &str| {
        let ticket = member.visitor.get("/account").await.field("ticket");
        let fields =
            [("ticket", ticket.as_str()), ("current", current), ("password", password), ("again", again)];
        member.visitor.submit("/account", "/account/password", &fields).await
    };
    send("wrong", new, new).await.explains(ProblemCode::ProofRefused);
    send(PHRASE, "short", "short").await.explains(ProblemCode::PasswordTooShort);
    send(PHRASE, new, PHRASE).await.explains(ProblemCode::PasswordsDiffer);
    assert!(elsewhere.get("/account").await.status.is_success());
    send(PHRASE, new, new).await.leads_to("/account?notice=password-changed");
    assert_eq!(elsewhere.get("/account").await.location(), "/login?next=%2Faccount");
    let code = member.codes[0].clone();
    assert!(
        member
            .enter(&elsewhere, PHRASE, &code)
            .await
            .location()
            .replace("%2D", "-")
            .contains("entry-refused")
    );
    assert_eq!(member.enter(&elsewhere, new, &code).await.location(), "/");
}

#[tokio::test]
async fn dangerous_acts_on_accounts_want_a_fresh_proof_and_the_cookie_changes_with_it() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let member = house.member(DANA).await;
    house.make_stale().await;
    assert!(owner.get("/accounts").await.says("Show that it is you"));
    member.turned_by(&owner, "suspend").await.explains(ProblemCode::StepUpNeeded);
    let before = owner.cookie();
    let refused = owner.submit("/step-up", "/step-up", &[("proof", "wrong"), ("next", "/accounts")]).await;
    refused.explains(ProblemCode::ProofRefused);
    assert_eq!(owner.cookie(), before);
    let fields = [("proof", house.token()), ("next", "//evil.example")];
    assert_eq!(owner.post("/step-up", "/step-up", &fields).await.location(), "/");
    assert_ne!(owner.cookie(), before);
    let thief = house.stranger();
    thief.set_cookie(before);
    assert_eq!(thief.get("/accounts").await.location(), "/login?next=%2Faccounts");
    assert_eq!(house.vendor_sign_ins(), 2, "a step-up asks nothing of Tableau");
    member.turned_by(&owner, "suspend").await;
    assert!(!owner.get("/accounts").await.says("Show that it is you"));
    assert_eq!(house.states_of("account.step-up").await, [ActState::Done, ActState::Denied]);
    // The token is still theirs: the sign-in goes on.
    house.web.operations.tidy_up(time::OffsetDateTime::now_utc().into(), house.web.idle_seconds).await;
    assert!(owner.get("/sites").await.status.is_success());
}

#[tokio::test]
async fn a_member_steps_up_with_a_code_or_a_recovery_code_and_never_with_the_password() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    house.make_stale().await;
    let fields = [("proof", PHRASE), ("next", "/account")];
    member.visitor.submit("/step-up", "/step-up", &fields).await.explains(ProblemCode::ProofRefused);
    for proof in [member.code(1), member.codes[3].clone()] {
        house.make_stale().await;
        let ticket = member.visitor.get("/account").await.field("ticket");
        let renew = [("ticket", ticket.as_str())];
        let refused = member.visitor.submit("/account", "/account/recovery-codes", &renew).await;
        refused.explains(ProblemCode::StepUpNeeded);
        let fields = [("proof", proof.as_str()), ("next", "/account")];
        assert_eq!(member.visitor.post("/step-up", "/step-up", &fields).await.location(), "/account");
    }
    let ticket = member.visitor.get("/account").await.field("ticket");
    let fields = [("ticket", ticket.as_str())];
    let codes = lines_on(&member.visitor.post("/account", "/account/recovery-codes", &fields).await);
    assert_eq!(codes.len(), 10);
    let old = member.enter(&house.stranger(), PHRASE, &member.codes[5]).await;
    assert!(old.location().replace("%2D", "-").contains("entry-refused"));
    assert_eq!(member.enter(&house.stranger(), PHRASE, &codes[5]).await.location(), "/");
}
