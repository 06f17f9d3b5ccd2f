//! A dashboard at an address with a name, and people with passkeys.

use model::{Moment, Notice, PasskeyId, Problem, ProblemCode, audit::AuditRow};
use operations::{Account, Caller, Fresh, HalfWay, InviteForm, JoinForm, Operations, PasskeyForm, Reality};
use secrecy::ExposeSecret;
use totp_rs::{Builder, Secret};

use crate::{
    device::Device,
    house::{House, now, ticket},
};

pub const ORIGIN: &str = "https://steward.example.com";
pub const PHRASE: &str = "seven quiet otters paint a fence";
pub const DANA: &str = "dana@quillmere.example";

/// A dashboard that people open under a name.
pub struct Hall {
    pub house: House,
    pub operations: Operations,
    pub owner: Caller,
}

/// Somebody with an account.
pub struct Person {
    pub email: String,
    pub account: Account,
    pub codes: Vec<String>,
}

impl Hall {
    pub async fn open() -> Self {
        Self::open_at(ORIGIN).await
    }

    pub async fn open_at(origin: &str) -> Self {
        let house = House::start(Reality::Pretend).await;
        let owner = house.administrator().await;
        let operations = house.at(origin);
        Self { house, operations, owner }
    }

    pub async fn invite(&self, email: &str) -> String {
        let form = InviteForm { email: email.to_owned(), ticket: ticket() };
        self.operations.invite(&self.owner, &form).await.unwrap().key.expose_secret().to_owned()
    }

    /// Somebody who sets a passkey up with the invitation, and no app.
    pub async fn join(&self, email: &str, device: &Device) -> Person {
        let key = self.invite(email).await;
        let question = self.operations.ask_to_join(&fresh(), &key).await.unwrap();
        let form = JoinForm { passkey: device.make(&question), ..join_form(&key) };
        let welcome = self.operations.join(&fresh(), &form).await.unwrap();
        Person { email: email.to_owned(), account: welcome.account, codes: welcome.codes }
    }

    /// Somebody who sets an app up.
    pub async fn join_with_app(&self, email: &str) -> Person {
        let key = self.invite(email).await;
        let page = self.operations.invitation(&fresh(), &key, "").await.unwrap();
        let secret = page.text.replace(' ', "");
        let totp = Builder::new().with_secret(Secret::try_from_base32(&secret).unwrap()).build().unwrap();
        let code = totp.generate(u64::try_from(now().seconds()).unwrap()).to_string();
        let form = JoinForm { sealed: page.sealed, code, ..join_form(&key) };
        let welcome = self.operations.join(&fresh(), &form).await.unwrap();
        Person { email: email.to_owned(), account: welcome.account, codes: welcome.codes }
    }

    pub async fn half_way(&self, person: &Person) -> HalfWay {
        self.operations.enter_half_way(&fresh(), &person.email, &PHRASE.into()).await.unwrap()
    }

    /// The question to the passkeys of somebody half way, in one browser.
    pub async fn ask(&self, half: &HalfWay) -> String {
        self.operations.ask_to_enter(&fresh(), half, "browser").await.unwrap()
    }

    pub async fn enter(&self, half: &HalfWay, answer: &str) -> Result<Account, ProblemCode> {
        code(self.operations.enter_by_passkey(&fresh(), half, "browser", answer).await)
    }

    /// The whole way in.
    pub async fn sign_in(&self, person: &Person, device: &mut Device) -> Result<Account, ProblemCode> {
        let half = self.half_way(person).await;
        let question = self.ask(&half).await;
        self.enter(&half, &device.prove(&question)).await
    }

    pub async fn caller(&self, person: &Person, at: Moment) -> Caller {
        self.operations
            .caller_of(person.account.clone(), "req-person".to_owned(), at, None)
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn add(&self, caller: &Caller, name: &str, device: &Device) -> Result<Notice, ProblemCode> {
        let question = code(self.operations.ask_to_add(caller, "browser").await)?;
        let form = PasskeyForm { name: name.to_owned(), answer: device.make(&question), ticket: ticket() };
        code(self.operations.add_passkey(caller, &form, "browser").await)
    }

    pub async fn keys(&self, caller: &Caller) -> Vec<PasskeyId> {
        let factors = self.operations.own_factors(caller).await.unwrap();
        factors.passkeys.iter().map(|key| key.id).collect()
    }

    pub async fn log(&self, verb: &str) -> Vec<AuditRow> {
        self.house.log(&self.owner).await.into_iter().filter(|row| row.verb == verb).collect()
    }
}

pub fn fresh() -> Fresh {
    Fresh { request: "req-fresh".to_owned(), now: now(), lasts_seconds: 28_800 }
}

pub fn join_form(key: &str) -> JoinForm {
    JoinForm {
        key: key.to_owned(),
        name: "Dana Reed".to_owned(),
        password: PHRASE.into(),
        again: PHRASE.into(),
        sealed: String::new(),
        code: String::new(),
        from: "192.0.2.1".to_owned(),
        passkey: String::new(),
    }
}

pub fn code<T>(outcome: Result<T, Problem>) -> Result<T, ProblemCode> {
    outcome.map_err(|problem| problem.code)
}
