//! Following an invitation: a name, a password and a second factor, set at once or not at all.

use model::{Act, ActId, Problem, ProblemCode, account_acts::AccountChange, accounts::Member};
use secrecy::{ExposeSecret, SecretString};
use store::{Joined, NewFactor};
use uuid::Uuid;

use super::{
    act, codes,
    passkeys::{Asked, NewKey},
    password, second,
};
use crate::{Account, Caller, Fresh, Operations, gate::Outcome};

/// The longest name.
const NAME_AT_MOST: usize = 100;
/// What a passkey is called that was made with the account.
const FIRST_PASSKEY: &str = "First passkey";

/// What an invited person sees before they fill the form in.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The address they will sign in with.
    pub email: String,
    /// Who invited them.
    pub by: String,
    /// The secret of the second factor as a picture.
    pub picture: String,
    /// The same as text.
    pub text: String,
    /// The same, sealed: the form brings it back.
    pub sealed: String,
    /// Whether passkeys work at the address that people open.
    pub fit: bool,
}

/// What the form of an invited person carries.
#[derive(Debug)]
pub struct JoinForm {
    /// The key in the link.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Their password, twice.
    pub password: SecretString,
    /// The second time.
    pub again: SecretString,
    /// The sealed secret of the second factor.
    pub sealed: String,
    /// A code that their app made of it.
    pub code: String,
    /// The network address that it comes from.
    pub from: String,
    /// The answer of a device that made a passkey; then no app is set up.
    pub passkey: String,
}

/// A second factor that was proved.
enum Chosen {
    App { secret: SecretString, step: i64 },
    Passkey(NewKey),
}

impl Chosen {
    fn as_new(&self) -> NewFactor<'_> {
        match self {
            Self::App { secret, step } => NewFactor::App { secret, step: *step },
            Self::Passkey(new) => NewFactor::Passkey(new.named(FIRST_PASSKEY)),
        }
    }
}

/// Somebody who has just joined.
#[derive(Debug, Clone)]
pub struct Welcome {
    /// Signed in.
    pub account: Account,
    /// Their recovery codes, shown this once.
    pub codes: Vec<String>,
}

impl Operations {
    /// What stands on the page of an invitation. `sealed` is the secret that an earlier try of the form brought back,
    /// so that nobody has to scan twice.
    pub async fn invitation(&self, fresh: &Fresh, key: &str, sealed: &str) -> Result<Enrolment, Problem> {
        let member = self.invited(fresh, key).await?;
        let secret = match self.0.store.open_enrolment(&member, sealed) {
            Ok(secret) if !sealed.is_empty() => secret,
            _ => second::new_secret(fresh)?,
        };
        let sealed = self.0.store.seal_enrolment(&member, &secret);
        let sealed = sealed.map_err(|error| fresh.log_problem(&error))?;
        let shown = second::show(&secret, &member.email);
        let shown = shown.ok_or_else(|| fresh.problem(ProblemCode::Internal))?;
        Ok(Enrolment {
            email: member.email,
            by: member.created_by,
            picture: shown.picture,
            text: shown.text,
            sealed,
            fit: self.passkeys_fit(),
        })
    }

    /// Takes an invitation up. The person is signed in by it.
    pub async fn join(&self, fresh: &Fresh, form: &JoinForm) -> Result<Welcome, Problem> {
        let member = self.invited(fresh, &form.key).await?;
        let name = form.name.trim();
        if name.is_empty() || name.chars().count() > NAME_AT_MOST || name.chars().any(char::is_control) {
            return Err(fresh.problem(ProblemCode::NameMissing));
        }
        password::check(&form.password, &[&member.email, name]).map_err(|code| fresh.problem(code))?;
        if form.password.expose_secret() != form.again.expose_secret() {
            return Err(fresh.problem(ProblemCode::PasswordsDiffer));
        }
        // The last thing that is looked at: what a device was asked counts once.
        let second = self.chosen(fresh, &member, form).await?;
        let hash = self.0.hasher.hash(&form.password).await;
        let hash = hash.map_err(|_| fresh.problem(ProblemCode::Internal))?;
        let codes = codes::new_codes().map_err(|problem| problem.with_reference(&fresh.request))?;

        let account = self.account_of_member(fresh, &Member { name: name.to_owned(), ..member.clone() });
        let caller = Caller::of(account.clone(), fresh.request.clone(), fresh.now);
        let joining = act(member.id, &member.email, AccountChange::Join);
        let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &joining, Some("invited")).await?;
        let factor = second.as_new();
        let joined = Joined { name, password: &hash, factor, codes: &codes };
        let joined = self.0.store.join_member(&form.key, joined, fresh.now).await;
        // Somebody else may have been faster with the same link.
        let problem = match joined {
            Ok(Some(_)) => None,
            Ok(None) => Some(fresh.problem(ProblemCode::InvitationOver)),
            Err(error) => Some(fresh.log_problem(&error)),
        };
        if let Some(problem) = problem {
            begun.finish(Outcome::failed(problem.clone())).await?;
            return Err(problem);
        }
        // A link may have been passed on: whoever invited sees from where it was used.
        begun.finish(Outcome::done(&format!("active, from {}", form.from))).await?;
        let sign_in = Act::SignIn { tenant: member.tenant };
        let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &sign_in, None).await?;
        begun.finish(Outcome::done("signed in")).await?;
        Ok(Welcome { account, codes: codes.iter().map(|code| codes::shown(code)).collect() })
    }

    /// The second factor that somebody chose, proved.
    async fn chosen(&self, fresh: &Fresh, member: &Member, form: &JoinForm) -> Result<Chosen, Problem> {
        if !form.passkey.is_empty() {
            let new = self.made(fresh, Asked::Join(&form.key), member.id, &form.passkey).await?;
            return Ok(Chosen::Passkey(new));
        }
        let secret = self.0.store.open_enrolment(member, &form.sealed);
        let secret = secret.map_err(|_| fresh.problem(ProblemCode::MalformedForm))?;
        let step = second::step_of(&secret, &form.code, fresh.now);
        let step = step.ok_or_else(|| fresh.problem(ProblemCode::CodeRefused))?;
        Ok(Chosen::App { secret, step })
    }

    /// Whom a key invites. Used, revoked, run out and made up are told alike; the log tells them apart.
    pub(super) async fn invited(&self, fresh: &Fresh, key: &str) -> Result<Member, Problem> {
        if !codes::is_key(key) {
            return Err(fresh.problem(ProblemCode::InvitationOver));
        }
        let found = self.0.store.invited_by(key, fresh.now).await;
        let found = found.map_err(|error| fresh.log_problem(&error))?;
        found.ok_or_else(|| {
            self.note_dead_invitation(fresh, key);
            fresh.problem(ProblemCode::InvitationOver)
        })
    }
}
