//! How the names of our own codes become words.

/// The kebab-case word of a variant, the same that serde writes: `SiteNotFound` becomes `site-not-found`.
pub(crate) fn kebab(variant: &impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}
