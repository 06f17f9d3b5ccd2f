//! The signature of a message: HMAC-SHA256 over its time and its bytes.

use hmac::{Hmac, KeyInit, Mac};
use model::Moment;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

/// The header that carries it: `t=1771416000,v1=5f2b…`.
pub const SIGNATURE: &str = "steward-signature";

/// Signs the time and the body. Who receives it computes the same over `t`, a full stop and the bytes as they came,
/// compares in constant time, and refuses a time that is too old.
pub fn sign(secret: &SecretString, now: Moment, body: &str) -> String {
    let time = now.seconds();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("a key for HMAC may have any length");
    mac.update(time.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("t={time},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// A new secret: 244 random bits, from the system, as text to paste.
pub fn new_secret() -> SecretString {
    format!("whsec_{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `openssl dgst -sha256 -hmac secret` says of `1700000000.{"a":1}`.
    #[test]
    fn the_signature_is_the_one_that_others_compute() {
        let signed = sign(&"secret".into(), Moment::from_seconds(1_700_000_000), r#"{"a":1}"#);
        assert_eq!(signed, EXPECTED);
    }

    const EXPECTED: &str = "t=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686";

    #[test]
    fn another_time_another_body_and_another_secret_sign_differently() {
        let at = Moment::from_seconds;
        let one = sign(&"secret".into(), at(1), "body");
        for other in [
            sign(&"secret".into(), at(2), "body"),
            sign(&"secret".into(), at(1), "bodz"),
            sign(&"secreu".into(), at(1), "body"),
        ] {
            assert_ne!(one.split("v1=").nth(1), other.split("v1=").nth(1));
        }
        assert_ne!(new_secret().expose_secret(), new_secret().expose_secret());
    }
}
