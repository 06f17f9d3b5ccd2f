//! Passwords: which are taken, how they are hashed, and how they are compared without telling whether anybody is there.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use model::{
    ProblemCode,
    accounts::{PASSWORD_AT_LEAST, PASSWORD_AT_MOST},
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

/// Hashing takes 19 MiB and all of a core: more at once would let strangers take the machine.
const AT_ONCE: usize = 2;
/// Letters of a password beside names and addresses.
const BESIDE_NAMES: usize = 8;
/// The hash of a password that nobody has, with the same cost as all others.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3Rld2FyZC1ub2JvZHk$4YxuFeBz1jFWXg5MhZKaPj2dX2sVvV0mYwRNxw1Ni1k";

/// Hashes and compares passwords, so many at once.
pub(crate) struct Hasher(Semaphore);

/// Hashing did not come about.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub(crate) struct NotHashed;

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }

    /// Argon2id with a salt of its own.
    pub(crate) async fn hash(&self, password: &SecretString) -> Result<String, NotHashed> {
        let password = prepared(password);
        self.work(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(|_| NotHashed)
    }

    /// Whether it is the password behind a hash. Without a hash it takes as long, and is not.
    pub(crate) async fn is(&self, password: &SecretString, hash: Option<&str>) -> Result<bool, NotHashed> {
        let (password, known) = (prepared(password), hash.is_some());
        let hash = hash.unwrap_or(NOBODYS).to_owned();
        let same =
            self.work(move || Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok());
        Ok(same.await? && known)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotHashed> {
        let _turn = self.0.acquire().await.map_err(|_| NotHashed)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| NotHashed)
    }
}

/// The same letters typed on two keyboards may be other bytes.
fn prepared(password: &SecretString) -> Zeroizing<String> {
    // What is longer than any password that was taken need not be hashed whole.
    Zeroizing::new(password.expose_secret().nfkc().take(PASSWORD_AT_MOST * 4).collect())
}

/// What is wrong with a new password. `about` are words that somebody would guess first.
///
/// Length decides, and no rule about kinds of letters. zxcvbn has the 30,000 most common passwords, and sees through
/// the ways in which people stretch them.
pub(crate) fn check(password: &SecretString, about: &[&str]) -> Result<(), ProblemCode> {
    let text = prepared(password);
    let letters = text.chars().count();
    if letters < PASSWORD_AT_LEAST {
        return Err(ProblemCode::PasswordTooShort);
    }
    if letters > PASSWORD_AT_MOST || text.chars().any(char::is_control) {
        return Err(ProblemCode::PasswordTooLong);
    }
    let mut near: Vec<&str> = about.iter().flat_map(|word| word.split(['@', '.', ' ', '-', '_'])).collect();
    near.extend(about);
    near.extend(["steward", "tableau"]);
    near.retain(|word| word.chars().count() > 2);
    // What is left beside such words must be worth something by itself.
    let mut rest = text.to_lowercase();
    near.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    near.iter().for_each(|word| rest = rest.replace(&word.to_lowercase(), ""));
    if rest.chars().count() < BESIDE_NAMES || zxcvbn(&text, &near).score() < Score::Three {
        return Err(ProblemCode::PasswordCommon);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(password: &str) -> Result<(), ProblemCode> {
        check(&password.to_owned().into(), &["dana.reed@quillmere.example", "Dana Reed"])
    }

    #[test]
    fn common_passwords_and_what_is_made_of_them_are_refused() {
        for common in [
            "password1234",
            "qwertyuiop12",
            "123456789012",
            "1q2w3e4r5t6y",
            "unbelievable",
            "Passw0rd!Passw0rd!",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "quillmere2026",
            "DanaReed2026",
            "dana.reed@quillmere",
            "steward-tableau",
            "iloveyou1234",
        ] {
            assert_eq!(said(common), Err(ProblemCode::PasswordCommon), "{common}");
        }
    }

    #[test]
    fn a_long_phrase_in_any_language_is_taken_and_length_has_two_ends() {
        for good in [
            "correct horse battery staple",
            "Grüne Möwen zählen Zwiebeln",
            "月が綺麗ですね今夜は散歩しましょう",
        ] {
            assert_eq!(said(good), Ok(()), "{good}");
        }
        assert_eq!(said("Kq8#vT2!mZx"), Err(ProblemCode::PasswordTooShort));
        assert_eq!(said("Kq8#vT2!mZxw"), Ok(()));
        assert_eq!(said(&"vwx Kq8#".repeat(33)), Err(ProblemCode::PasswordTooLong));
        assert_eq!(said("Kq8#vT2!m\u{0}Zxw"), Err(ProblemCode::PasswordTooLong));
    }

    #[tokio::test]
    async fn a_hash_is_good_for_its_password_alone_and_nobodys_hash_for_none() {
        let hasher = Hasher::new();
        let password: SecretString = "correct horse battery staple".to_owned().into();
        let hash = hasher.hash(&password).await.unwrap();
        assert!(hasher.is(&password, Some(&hash)).await.unwrap());
        assert!(!hasher.is(&"another".to_owned().into(), Some(&hash)).await.unwrap());
        assert!(!hasher.is(&password, None).await.unwrap());
        assert_ne!(hash, hasher.hash(&password).await.unwrap(), "each has a salt of its own");
        // An account that is not there must cost as much as one that is.
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(&hash), cost(NOBODYS));
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODYS).is_ok());
    }

    #[tokio::test]
    async fn the_same_letters_in_other_bytes_are_the_same_password() {
        let hasher = Hasher::new();
        let hash = hasher.hash(&"Grüne Möwen zählen".nfc().collect::<String>().into()).await.unwrap();
        let decomposed: String = "Grüne Möwen zählen".nfd().collect();
        assert!(hasher.is(&decomposed.into(), Some(&hash)).await.unwrap());
    }
}
