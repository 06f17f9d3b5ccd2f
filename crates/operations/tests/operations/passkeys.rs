//! Passkeys are set up with an invitation or later, kept once, and never all removed.

use model::{Notice, ProblemCode, audit::ActState};
use operations::{JoinForm, PasskeyForm};

use crate::{
    device::{Device, public_key},
    hall::{DANA, Hall, ORIGIN, PHRASE, code, fresh, join_form},
    house::{now, ticket},
};

#[tokio::test]
async fn an_invited_person_sets_a_passkey_up_and_signs_in_with_password_and_passkey() {
    let hall = Hall::open().await;
    let mut device = Device { counter: 1, ..Device::new(ORIGIN) };
    let dana = hall.join(DANA, &device).await;
    assert_eq!(dana.codes.len(), 10, "recovery codes belong to either second factor");
    let account = hall.sign_in(&dana, &mut device).await.unwrap();
    assert_eq!(account.id, dana.account.id);
    let caller = hall.caller(&dana, now()).await;
    let factors = hall.operations.own_factors(&caller).await.unwrap();
    assert!(!factors.app && factors.fit && factors.codes == 10);
    assert_eq!(factors.passkeys.len(), 1);
    assert!(factors.passkeys[0].used.is_some());
    // The passkey alone asks nobody: the password comes first.
    let question = public_key(&hall.ask(&hall.half_way(&dana).await).await);
    assert_eq!(
        (&question["rpId"], &question["userVerification"]),
        (&"steward.example.com".into(), &"required".into())
    );
    assert_eq!(question["allowCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(hall.log("account.join").await[0].state, ActState::Done);
    // A recovery code takes its place, once.
    let half = hall.half_way(&dana).await;
    let by_code =
        async || code(hall.operations.enter_by_code(&fresh(), &half, &dana.codes[0].as_str().into()).await);
    assert_eq!(by_code().await.unwrap().id, dana.account.id);
    assert_eq!(by_code().await.unwrap_err(), ProblemCode::ProofRefused);
}

#[tokio::test]
async fn people_add_and_remove_passkeys_of_their_own_but_never_the_last_factor() {
    let hall = Hall::open().await;
    let mut first = Device::new(ORIGIN);
    let dana = hall.join(DANA, &first).await;
    let caller = hall.caller(&dana, now()).await;
    let only = hall.keys(&caller).await[0];
    let remove = async |key| code(hall.operations.remove_passkey(&caller, key, ticket()).await);
    assert_eq!(remove(only).await, Err(ProblemCode::LastFactor));
    for bad in ["", "  ", "a\u{7}b", &"x".repeat(61)] {
        let refused = hall.add(&caller, bad, &Device::new(ORIGIN)).await;
        assert_eq!(refused, Err(ProblemCode::PasskeyNameWrong), "{bad:?}");
    }
    assert_eq!(hall.add(&caller, "Twice", &first).await, Err(ProblemCode::PasskeyTaken));
    let wrong = Device { origin: "https://steward.example.org".to_owned(), ..Device::new(ORIGIN) };
    assert_eq!(hall.add(&caller, "Elsewhere", &wrong).await, Err(ProblemCode::PasskeyRefused));
    let unverified = Device { verifies: false, ..Device::new(ORIGIN) };
    assert_eq!(hall.add(&caller, "Weak", &unverified).await, Err(ProblemCode::PasskeyRefused));
    let mut second = Device::new(ORIGIN);
    assert_eq!(hall.add(&caller, " Laptop ", &second).await, Ok(Notice::PasskeyAdded));
    assert_eq!(hall.operations.own_factors(&caller).await.unwrap().passkeys[1].name, "Laptop");
    hall.sign_in(&dana, &mut second).await.unwrap();
    // Asked before it was removed, answered after.
    let half = hall.half_way(&dana).await;
    let question = hall.ask(&half).await;
    assert_eq!(remove(only).await, Ok(Notice::PasskeyRemoved));
    assert_eq!(remove(only).await, Err(ProblemCode::AccountChanged));
    assert_eq!(hall.enter(&half, &first.prove(&question)).await.unwrap_err(), ProblemCode::PasskeyRefused);
    assert_eq!(hall.sign_in(&dana, &mut first).await.unwrap_err(), ProblemCode::PasskeyRefused);
    hall.sign_in(&dana, &mut second).await.unwrap();
    for number in 2..=10 {
        hall.add(&caller, &format!("Key {number}"), &Device::new(ORIGIN)).await.unwrap();
    }
    assert_eq!(hall.add(&caller, "One more", &Device::new(ORIGIN)).await, Err(ProblemCode::PasskeysFull));
    // What belongs to somebody else is not there.
    let eve = hall.join("eve@quillmere.example", &Device::new(ORIGIN)).await;
    let eves = hall.caller(&eve, now()).await;
    assert_eq!(remove(hall.keys(&eves).await[0]).await, Err(ProblemCode::AccountChanged));
    let states = async |verb| hall.log(verb).await.into_iter().map(|row| row.state).collect::<Vec<_>>();
    assert_eq!(states("account.passkey-add").await, vec![ActState::Done; 10]);
    assert_eq!(states("account.passkey-remove").await, [ActState::Done, ActState::Failed]);
    // A sign-in of long ago adds and removes nothing.
    let stale = hall.caller(&dana, now().plus_seconds(600)).await;
    assert_eq!(hall.add(&stale, "Late", &Device::new(ORIGIN)).await, Err(ProblemCode::StepUpNeeded));
    let late = hall.operations.remove_passkey(&stale, hall.keys(&stale).await[0], ticket()).await;
    assert_eq!(code(late), Err(ProblemCode::StepUpNeeded));
}

#[tokio::test]
async fn an_invitation_is_taken_up_with_a_right_passkey_or_not_at_all() {
    let hall = Hall::open().await;
    let first = Device::new(ORIGIN);
    hall.join("eve@quillmere.example", &first).await;
    let key = hall.invite(DANA).await;
    let join = async |device: &Device, password: &'static str| {
        let question = hall.operations.ask_to_join(&fresh(), &key).await.unwrap();
        let again = password.into();
        let passkey = device.make(&question);
        let form = JoinForm { passkey, password: password.into(), again, ..join_form(&key) };
        let joined = code(hall.operations.join(&fresh(), &form).await).map(drop);
        (joined, form.passkey)
    };
    let wrong = Device { origin: "https://steward.example.org".to_owned(), ..Device::new(ORIGIN) };
    assert_eq!(join(&wrong, PHRASE).await.0, Err(ProblemCode::PasskeyRefused));
    assert_eq!(join(&first, PHRASE).await.0, Err(ProblemCode::PasskeyTaken));
    // A password that is not taken leaves the answer good.
    let (refused, passkey) = join(&Device::new(ORIGIN), "password1234").await;
    assert_eq!(refused, Err(ProblemCode::PasswordCommon));
    let form = JoinForm { passkey, ..join_form(&key) };
    hall.operations.join(&fresh(), &form).await.unwrap();
    assert_eq!(code(hall.operations.ask_to_join(&fresh(), &key).await), Err(ProblemCode::InvitationOver));
    assert_eq!(code(hall.operations.ask_to_join(&fresh(), "x").await), Err(ProblemCode::InvitationOver));
}

#[tokio::test]
async fn at_an_address_without_a_name_passkeys_are_not_offered_and_an_app_does() {
    let hall = Hall::open_at("http://127.0.0.1:8080").await;
    let key = hall.invite(DANA).await;
    assert!(!hall.operations.invitation(&fresh(), &key, "").await.unwrap().fit);
    assert_eq!(code(hall.operations.ask_to_join(&fresh(), &key).await), Err(ProblemCode::PasskeysUnfit));
    let eve = hall.join_with_app("eve@quillmere.example").await;
    let caller = hall.caller(&eve, now()).await;
    assert!(!hall.operations.own_factors(&caller).await.unwrap().fit);
    let asked = hall.operations.ask_to_add(&caller, "browser").await;
    assert_eq!(code(asked), Err(ProblemCode::PasskeysUnfit));
    let form = PasskeyForm { name: "Phone".to_owned(), answer: "{}".to_owned(), ticket: ticket() };
    let added = hall.operations.add_passkey(&caller, &form, "browser").await;
    assert_eq!(code(added), Err(ProblemCode::PasskeysUnfit));
}
