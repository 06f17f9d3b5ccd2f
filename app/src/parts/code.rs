//! A code, wherever one is shown: a link to what it means.

use leptos::prelude::*;

/// The longest code that is taken for one.
const LONGEST: usize = 80;

/// The address of a code's page; `None` for what cannot be a code, as it came from elsewhere.
pub fn code_href(code: &str) -> Option<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let is_code = !code.is_empty() && code.len() <= LONGEST && code.chars().all(is_plain);
    is_code.then(|| format!("/codes/{code}"))
}

/// A code as a link to its page.
pub fn code_link(code: String) -> AnyView {
    match code_href(&code) {
        Some(href) => view! { <a class="code" href=href><code>{code}</code></a> }.into_any(),
        None => view! { <code>{code}</code> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_steward_knows_has_an_address() {
        for entry in model::dictionary::entries() {
            assert_eq!(code_href(&entry.code), Some(format!("/codes/{}", entry.code)));
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_no_link() {
        for odd in ["", "../login", "a b", "a/b", "<script>", "E%2F", &"x".repeat(81)] {
            assert_eq!(code_href(odd), None, "{odd}");
        }
    }
}
