//! How names are compared: without case and without accents.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Adds a text in the form in which it is searched.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        // Letters that Unicode does not take apart, though people type them without their stroke.
        match letter {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            letter if is_combining_mark(letter) => {}
            letter => out.push(letter),
        }
    }
}

/// A text in the form in which it is searched.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count_and_everything_else_does() {
        assert_eq!(fold("Björn Åkesson"), "bjorn akesson");
        assert_eq!(fold("Elif Şahin İnce Yılmaz"), "elif sahin ince yilmaz");
        assert_eq!(fold("Straße & Łódź, a+b@x"), "strasse & lodz, a+b@x");
        assert_eq!(fold("田中"), "田中");
    }
}
