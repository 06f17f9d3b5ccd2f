//! Passkeys are asked after the password and for a step-up. Whatever is wrong with an answer is refused, counted and
//! written down.

use model::{ProblemCode, accounts::Standing, audit::ActState};
use operations::{AccountForm, Entry, Fresh, Proof};

use crate::{
    device::Device,
    hall::{DANA, Hall, ORIGIN, PHRASE, code, fresh},
    house::{now, ticket},
};

#[tokio::test]
async fn only_a_right_password_of_an_account_with_a_passkey_leads_on_and_all_else_is_answered_alike() {
    let hall = Hall::open().await;
    let dana = hall.join(DANA, &Device::new(ORIGIN)).await;
    hall.join_with_app("eve@quillmere.example").await;
    for (email, password) in [
        ("nobody@quillmere.example", PHRASE),
        (DANA, "another phrase of otters"),
        ("eve@quillmere.example", PHRASE),
        ("eve@quillmere.example", "another phrase of otters"),
        ("", PHRASE),
    ] {
        let refused = hall.operations.enter_half_way(&fresh(), email, &password.into()).await;
        assert_eq!(code(refused), Err(ProblemCode::EntryRefused), "{email} {password}");
    }
    // No code is right for an account that has passkeys alone.
    let entry = Entry { email: DANA.to_owned(), password: PHRASE.into(), code: "123456".into() };
    assert_eq!(code(hall.operations.enter(&fresh(), &entry).await).unwrap_err(), ProblemCode::EntryRefused);
    // Suspended in between, or too slow.
    let half = hall.half_way(&dana).await;
    let late = Fresh { now: now().plus_seconds(301), ..fresh() };
    let asked = hall.operations.ask_to_enter(&late, &half, "browser").await;
    assert_eq!(code(asked), Err(ProblemCode::PasskeyOver));
    let (from, to) = (Standing::Active, Standing::Suspended);
    assert!(hall.house.store.turn_member(hall.owner.tenant(), dana.account.id, from, to).await.unwrap());
    let asked = hall.operations.ask_to_enter(&fresh(), &half, "browser").await;
    assert_eq!(code(asked), Err(ProblemCode::PasskeyOver));
}

#[tokio::test]
async fn an_answer_counts_once_and_only_in_the_browser_and_for_the_purpose_that_it_was_asked_for() {
    let hall = Hall::open().await;
    let mut device = Device::new(ORIGIN);
    let dana = hall.join(DANA, &device).await;
    let half = hall.half_way(&dana).await;
    let question = hall.ask(&half).await;
    let answer = device.prove(&question);
    let elsewhere = hall.operations.enter_by_passkey(&fresh(), &half, "another browser", &answer).await;
    assert_eq!(code(elsewhere), Err(ProblemCode::PasskeyOver));
    let caller = hall.caller(&dana, now()).await;
    let for_another = hall.operations.step_up_by_passkey(&caller, "browser", &answer).await;
    assert_eq!(code(for_another), Err(ProblemCode::PasskeyOver));
    hall.enter(&half, &answer).await.unwrap();
    assert_eq!(hall.enter(&half, &answer).await.unwrap_err(), ProblemCode::PasskeyOver, "replayed");
    // Another replica knows nothing of its own: the question is in the database.
    let question = hall.ask(&half).await;
    let replica = hall.house.at(ORIGIN);
    let entered = replica.enter_by_passkey(&fresh(), &half, "browser", &device.prove(&question)).await;
    assert_eq!(entered.unwrap().id, dana.account.id);
    // A newer question ends the earlier one.
    let (first, second) = (hall.ask(&half).await, hall.ask(&half).await);
    assert_eq!(hall.enter(&half, &device.prove(&first)).await.unwrap_err(), ProblemCode::PasskeyRefused);
    assert_eq!(hall.enter(&half, &device.prove(&second)).await.unwrap_err(), ProblemCode::PasskeyOver);
    // Two at once with one answer: one comes in.
    let question = hall.ask(&half).await;
    let answer = device.prove(&question);
    let both = tokio::join!(hall.enter(&half, &answer), hall.enter(&half, &answer));
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
}

#[tokio::test]
async fn answers_of_other_pages_other_keys_other_people_and_unverified_ones_are_refused_and_written_down() {
    let hall = Hall::open().await;
    let device = Device::new(ORIGIN);
    let dana = hall.join(DANA, &device).await;
    let eves = Device::new(ORIGIN);
    hall.join("eve@quillmere.example", &eves).await;
    let forged = Device { id: device.id.clone(), ..Device::new(ORIGIN) };
    let half = hall.half_way(&dana).await;
    for (what, mut device) in [
        (
            "a page that looks alike",
            Device { origin: "https://steward.example.org".to_owned(), ..device.clone() },
        ),
        ("another port", Device { origin: format!("{ORIGIN}:8443"), ..device.clone() }),
        ("no TLS", Device { origin: "http://steward.example.com".to_owned(), ..device.clone() }),
        ("not verified", Device { verifies: false, ..device.clone() }),
        ("somebody else's", eves),
        ("a key of nobody's", Device::new(ORIGIN)),
        ("another key by the same name", forged),
    ] {
        let question = hall.ask(&half).await;
        let refused = hall.enter(&half, &device.prove(&question)).await;
        assert_eq!(refused.unwrap_err(), ProblemCode::PasskeyRefused, "{what}");
    }
    hall.ask(&half).await;
    assert_eq!(hall.enter(&half, "{}").await.unwrap_err(), ProblemCode::PasskeyRefused);
    let refusals = hall.log("account.passkey-refuse").await;
    assert_eq!(refusals.len(), 8);
    assert!(refusals.iter().all(|row| row.state == ActState::Failed && row.who == "Dana Reed"));
    // Nothing of it keeps the right one out.
    let question = hall.ask(&half).await;
    hall.enter(&half, &device.clone().prove(&question)).await.unwrap();
}

#[tokio::test]
async fn a_counter_that_goes_back_is_taken_for_a_copy_even_when_both_are_asked_at_once() {
    let hall = Hall::open().await;
    let mut device = Device { counter: 1, ..Device::new(ORIGIN) };
    let dana = hall.join(DANA, &device).await;
    let copy = device.clone();
    hall.sign_in(&dana, &mut device).await.unwrap();
    hall.sign_in(&dana, &mut device).await.unwrap();
    let half = hall.half_way(&dana).await;
    let question = hall.ask(&half).await;
    assert_eq!(
        hall.enter(&half, &copy.prove_again(&question)).await.unwrap_err(),
        ProblemCode::PasskeyCopied
    );
    let refusal = hall.log("account.passkey-refuse").await.remove(0);
    assert_eq!((refusal.state, refusal.who.as_str()), (ActState::Failed, "Dana Reed"));
    // Both questions were asked before either was answered, so both knew the same count.
    let mut copy = device.clone();
    let first = hall.operations.ask_to_enter(&fresh(), &half, "one").await.unwrap();
    let second = hall.operations.ask_to_enter(&fresh(), &half, "two").await.unwrap();
    let answers = (device.prove(&first), copy.prove(&second));
    let (fresh, operations) = (fresh(), &hall.operations);
    let both = tokio::join!(
        operations.enter_by_passkey(&fresh, &half, "one", &answers.0),
        operations.enter_by_passkey(&fresh, &half, "two", &answers.1),
    );
    let both = [code(both.0), code(both.1)];
    assert_eq!(both.iter().filter(|it| it.is_ok()).count(), 1, "{both:?}");
    assert!(both.contains(&Err(ProblemCode::PasskeyCopied)), "{both:?}");
}

#[tokio::test]
async fn guesses_at_password_code_and_passkey_are_counted_together() {
    let hall = Hall::open().await;
    let mut device = Device::new(ORIGIN);
    let dana = hall.join(DANA, &device).await;
    let half = hall.half_way(&dana).await;
    let question = hall.ask(&half).await;
    let right = device.prove(&question);
    let wrong_password =
        hall.operations.enter_half_way(&fresh(), DANA, &"wrong phrase of otters".into()).await;
    assert_eq!(code(wrong_password), Err(ProblemCode::EntryRefused));
    let wrong_code = hall.operations.enter_by_code(&fresh(), &half, &"123456".into()).await;
    assert_eq!(code(wrong_code).unwrap_err(), ProblemCode::ProofRefused);
    let caller = hall.caller(&dana, now()).await;
    let wrong_proof = hall.operations.step_up(&caller, &Proof("wrong phrase of otters".into())).await;
    assert_eq!(code(wrong_proof).unwrap_err(), ProblemCode::ProofRefused);
    // Six more of ten: the password that led half way was the first.
    for _ in 0..6 {
        let wrong = hall.operations.enter_by_passkey(&fresh(), &half, "another", "{}").await;
        assert_eq!(code(wrong).unwrap_err(), ProblemCode::PasskeyOver);
    }
    assert_eq!(hall.enter(&half, &right).await.unwrap_err(), ProblemCode::TooManySignIns);
    let step_up = hall.operations.step_up_by_passkey(&caller, "browser", &right).await;
    assert_eq!(code(step_up).unwrap_err(), ProblemCode::TooManySignIns);
    let entry = hall.operations.enter_half_way(&fresh(), DANA, &PHRASE.into()).await;
    assert_eq!(code(entry), Err(ProblemCode::TooManySignIns));
}

#[tokio::test]
async fn a_passkey_is_a_step_up_and_an_app_may_stand_beside_it() {
    let hall = Hall::open().await;
    let eve = hall.join_with_app("eve@quillmere.example").await;
    let caller = hall.caller(&eve, now()).await;
    let none = hall.operations.ask_to_step_up(&caller, "browser").await;
    assert_eq!(code(none), Err(ProblemCode::PasskeyNotUsed));
    let mut device = Device::new(ORIGIN);
    hall.add(&caller, "Phone", &device).await.unwrap();
    let stale = hall.caller(&eve, now().plus_seconds(600)).await;
    assert_eq!(stale.must_be_fresh().unwrap_err().code, ProblemCode::StepUpNeeded);
    let question = hall.operations.ask_to_step_up(&stale, "browser").await.unwrap();
    let answer = device.prove(&question);
    let proved = hall.operations.step_up_by_passkey(&stale, "browser", &answer).await.unwrap();
    assert_eq!(proved.proved, stale.now);
    let again = hall.operations.step_up_by_passkey(&stale, "browser", &answer).await;
    assert_eq!(code(again).unwrap_err(), ProblemCode::PasskeyOver);
    assert_eq!(hall.log("account.step-up").await.len(), 1);
    // The last passkey may go, because the app is still there.
    let caller = hall.caller(&eve, now()).await;
    let key = hall.keys(&caller).await[0];
    hall.operations.remove_passkey(&caller, key, ticket()).await.unwrap();
    // A new invitation erases what there was.
    hall.add(&caller, "Phone", &device).await.unwrap();
    let form = AccountForm { account: eve.account.id, ticket: ticket() };
    hall.operations.invite_again(&hall.owner, &form).await.unwrap();
    assert!(hall.house.store.passkeys_of(eve.account.id).await.unwrap().is_empty());
}
