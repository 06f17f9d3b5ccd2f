//! The second factor: codes of an authenticator app, by RFC 6238.

use model::{Moment, Problem};
use qrcode::{QrCode, render::svg};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};

use crate::Fresh;

/// What the apps call us.
const ISSUER: &str = "Steward";
/// RFC 4226 asks for 128 bits at least and recommends 160.
const SECRET_BYTES: usize = 20;

/// A secret that is shown while it is set up.
pub(crate) struct Shown {
    /// As a picture, for the camera of a phone.
    pub(crate) picture: String,
    /// The same as text, in groups of four.
    pub(crate) text: String,
}

/// A new secret, as base32.
pub(crate) fn new_secret(fresh: &Fresh) -> Result<SecretString, Problem> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| fresh.problem(model::ProblemCode::Internal))?;
    Ok(Secret::from(bytes).to_base32().into())
}

/// The secret as it is shown to the person whose it is.
pub(crate) fn show(secret: &SecretString, email: &str) -> Option<Shown> {
    let url = totp(secret, email)?.to_url().ok()?;
    let picture = QrCode::new(url.as_bytes()).ok()?;
    let picture = picture.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    let picture = picture.split_once("?>").map_or(picture.as_str(), |(_, svg)| svg).to_owned();
    let text = secret.expose_secret().as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>();
    Some(Shown { picture, text: text.join(" ") })
}

/// The step that a code belongs to, if it is right at this time. A phone may be half a minute off.
pub(crate) fn step_of(secret: &SecretString, code: &str, now: Moment) -> Option<i64> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = totp(secret, "")?.check(&code, now.seconds().try_into().ok()?)?;
    step.try_into().ok()
}

fn totp(secret: &SecretString, email: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret.expose_secret()).ok()?;
    // A colon divides issuer and account in the address that the picture holds.
    let email = email.replace(':', " ");
    Builder::new().with_secret(secret).with_account_name(email).with_issuer(Some(ISSUER)).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_specification() {
        // RFC 6238, appendix B, the last six of the eight digits.
        let secret: SecretString = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Moment::from_seconds(seconds);
            assert_eq!(step_of(&secret, code, now), Some(seconds / 30), "{seconds}");
            assert_eq!(step_of(&secret, code, now.plus_seconds(30)), Some(seconds / 30), "a phone is behind");
            assert_eq!(step_of(&secret, code, now.plus_seconds(90)), None);
            assert_eq!(step_of(&secret, code, now.plus_seconds(-90)), None);
        }
        assert_eq!(step_of(&secret, "287 082", Moment::from_seconds(59)), Some(1));
        for bad in ["", "287083", "28708", "94287082", "abcdef", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(&secret, bad, Moment::from_seconds(59)), None, "{bad}");
        }
    }

    #[test]
    fn the_picture_is_an_svg_without_script_or_style() {
        let secret: SecretString = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned().into();
        let shown = show(&secret, "dana@quillmere.example").unwrap();
        assert!(shown.picture.trim_start().starts_with("<svg"), "{}", &shown.picture[..80]);
        assert!(!shown.picture.contains("style") && !shown.picture.contains("script"));
        assert_eq!(shown.text, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
