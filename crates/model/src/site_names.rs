//! Names and addresses for new sites: what the vendor takes, what it rewrites, and what it may refuse.
//!
//! The same rules are looked at while somebody types, and again before anything is sent.

/// The longest name, in characters.
///
/// Vendor: Site Methods, create a site: "between 1 and 80 characters long".
pub const NAME_AT_MOST: usize = 80;

/// The vendor's list of words that a name must not contain.
pub const RESERVED: [&str; 18] = [
    "default",
    "system",
    "admin",
    "administrator",
    "all",
    "guest",
    "public",
    "internal",
    "private",
    "protected",
    "root",
    "service",
    "services",
    "tableau",
    "user",
    "users",
    "web",
    "www",
];

/// Characters that a name must not contain. The backslash is lost in the text at hand, and is inferred.
const FORBIDDEN: &str = "/\\*?%:|\"<>";

/// Something about a name or an address that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Whether the vendor would refuse it; else it may, or will change it.
    pub refused: bool,
    /// What it is, in words.
    pub words: String,
}

fn refused(words: impl Into<String>) -> Flaw {
    Flaw { refused: true, words: words.into() }
}

fn doubtful(words: impl Into<String>) -> Flaw {
    Flaw { refused: false, words: words.into() }
}

/// What is to be known of a name for a site. Nothing where all is well.
pub fn flaws_of_name(name: &str) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let length = name.chars().count();
    if name.is_empty() {
        return vec![refused("A site needs a name.")];
    }
    if length > NAME_AT_MOST {
        flaws.push(refused(format!("It has {length} characters; Tableau takes {NAME_AT_MOST} at most.")));
    } else if name.encode_utf16().count() > NAME_AT_MOST {
        // Whether the vendor counts characters or the units of its own text is not documented.
        flaws.push(doubtful(format!(
            "It has {length} characters, but Tableau may count {} for it: emoji often count twice.",
            name.encode_utf16().count()
        )));
    }
    if name.starts_with(' ') || name.ends_with(' ') {
        flaws.push(refused("It begins or ends with a space."));
    }
    if name.chars().any(char::is_control) {
        flaws.push(refused("It contains a control character, such as a tab or a line break."));
    }
    let mut bad: Vec<String> = name.chars().filter(|at| FORBIDDEN.contains(*at)).map(String::from).collect();
    bad.sort_unstable();
    bad.dedup();
    if !bad.is_empty() {
        flaws.push(refused(format!("It contains what no name may contain: {}", bad.join(" "))));
    }
    flaws.extend(reserved(name));
    flaws
}

/// Tableau's page says that a name must not "contain" these words. Read to the letter that would forbid "Small", which
/// has "all" in it; so it is told and not refused.
fn reserved(name: &str) -> Option<Flaw> {
    let small = name.to_lowercase();
    let whole = |word: &str| small.split(|at: char| !at.is_alphanumeric()).any(|part| part == word);
    if let Some(word) = RESERVED.iter().find(|word| whole(word)) {
        return Some(doubtful(format!(
            "\u{201c}{word}\u{201d} is a reserved word: Tableau will probably refuse the name."
        )));
    }
    let inside = RESERVED.iter().find(|word| small.contains(**word))?;
    Some(doubtful(format!(
        "It has the reserved word \u{201c}{inside}\u{201d} in it: Tableau may refuse the name."
    )))
}

/// An address as Tableau will write it: other characters than letters, digits, hyphens and underscores are left out.
///
/// Vendor: Site Methods, create a site: `test.site` becomes `testsite`.
pub fn rewritten(address: &str) -> String {
    address.chars().filter(|at| at.is_ascii_alphanumeric() || matches!(at, '-' | '_')).collect()
}

/// What is to be known of an address for a site. Nothing where all is well.
pub fn flaws_of_address(address: &str) -> Vec<Flaw> {
    let kept = rewritten(address);
    if address.is_empty() {
        return vec![refused("A site needs an address.")];
    }
    if kept.is_empty() {
        return vec![refused(
            "Nothing would be left of it: it takes letters, digits, hyphens and underscores.",
        )];
    }
    let mut flaws = Vec::new();
    if kept != address {
        flaws.push(doubtful(format!(
            "Tableau leaves out what cannot stand in an address. It becomes: {kept}"
        )));
    }
    flaws
}

/// An address that suits a name.
pub fn suggested(name: &str) -> String {
    rewritten(&name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(name: &str) -> bool {
        flaws_of_name(name).iter().any(|flaw| flaw.refused)
    }

    #[test]
    fn what_the_vendor_refuses_is_refused() {
        for good in ["A", "New market", &"x".repeat(80), "Käse & Wein", "日本", "a.b-c_d", &"😀".repeat(80)]
        {
            assert!(!is_refused(good), "{good}");
        }
        for bad in [
            "",
            &"x".repeat(81),
            " a",
            "a ",
            "a\tb",
            "a\u{7}",
            "a/b",
            "a\\b",
            "a*b",
            "a?",
            "50%",
            "a:b",
            "a|b",
            "\"a\"",
            "<a>",
            &"😀".repeat(81),
        ] {
            assert!(is_refused(bad), "{bad}");
        }
    }

    #[test]
    fn a_reserved_word_and_twice_counted_characters_are_told_and_not_refused() {
        for doubtful in ["Guest", "our public site", "Small", &"😀".repeat(80)] {
            let flaws = flaws_of_name(doubtful);
            assert_eq!((flaws.len(), flaws[0].refused), (1, false), "{doubtful}: {flaws:?}");
        }
        assert!(flaws_of_name("Small")[0].words.contains("\u{201c}all\u{201d}"));
        assert!(flaws_of_name("Finance").is_empty());
    }

    #[test]
    fn an_address_is_shown_as_it_will_be() {
        assert_eq!(rewritten("test.site"), "testsite");
        assert_eq!(suggested("Käse & Wein 7"), "ksewein7");
        assert!(flaws_of_address("test-site_1").is_empty());
        assert!(flaws_of_address("test.site")[0].words.ends_with("testsite"));
        for bad in ["", "...", "日本"] {
            assert!(flaws_of_address(bad)[0].refused, "{bad}");
        }
    }
}
