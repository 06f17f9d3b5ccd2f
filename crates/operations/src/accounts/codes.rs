//! What is made at random and shown once: keys of invitations and recovery codes.

use model::{Problem, ProblemCode, accounts::RECOVERY_CODES};

/// Letters and digits that nobody takes for another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters of a recovery code, five bits each.
const CODE_LETTERS: usize = 16;

/// A new key for an invitation's link: 256 bits.
pub(crate) fn new_key() -> Result<String, Problem> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether something can be such a key.
pub(crate) fn is_key(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|letter| letter.is_ascii_digit() || ('a'..='f').contains(&letter))
}

/// New recovery codes, as they are kept.
pub(crate) fn new_codes() -> Result<Vec<String>, Problem> {
    (0..RECOVERY_CODES).map(|_| new_code()).collect()
}

fn new_code() -> Result<String, Problem> {
    // 32 divides 256, so every letter is as likely as any other.
    Ok(random::<CODE_LETTERS>()?.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

/// A code as it is shown: in groups of four.
pub(crate) fn shown(code: &str) -> String {
    let groups: Vec<_> = code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join("-")
}

/// A recovery code as it was typed, in the form that is kept; `None` when it cannot be one.
pub(crate) fn read(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            letter => letter,
        })
        .collect();
    let fits = code.len() == CODE_LETTERS && code.bytes().all(|byte| LETTERS.contains(&byte));
    fits.then_some(code)
}

fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new(ProblemCode::Internal))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_as_people_type_it() {
        let codes = new_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        for code in &codes {
            assert_eq!(read(&shown(code)).as_deref(), Some(code.as_str()));
            assert_eq!(read(&format!("  {} ", shown(code).to_uppercase())).as_deref(), Some(code.as_str()));
        }
        assert_eq!(read("oiL0-1111-2222-3333").as_deref(), Some("0110111122223333"));
        for bad in ["", "123456", "0110-1111-2222-333", "0110-1111-2222-333u", "0110-1111-2222-33333"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn keys_are_long_and_never_the_same() {
        let (one, other) = (new_key().unwrap(), new_key().unwrap());
        assert!(is_key(&one) && is_key(&other) && one != other);
        assert!(!is_key("") && !is_key(&one.to_uppercase()[..63]));
    }
}
