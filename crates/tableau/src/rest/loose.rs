//! Values of the site API as it gives them: missing, empty, or as text.

use std::str::FromStr;

use model::{
    Moment,
    ids::{Id, Named},
    roles::{SignInType, SiteRole},
};

use crate::Unreadable;

/// The site API's word for the way to sign in that a server takes by itself.
const SERVER_DEFAULT: &str = "ServerDefault";

/// An id, without which an object means nothing.
pub(super) fn id<Kind: Named>(text: Option<&str>) -> Result<Id<Kind>, Unreadable> {
    text.and_then(|text| Id::parse(text.trim()).ok()).ok_or(Unreadable::Field { field: "id" })
}

/// A text, if it says anything.
pub(super) fn text(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// A time; what cannot be read counts as not told.
pub(super) fn moment(text: Option<&str>) -> Option<Moment> {
    Moment::parse(text?.trim())
}

/// A number; what cannot be read counts as not told.
pub(super) fn number<Number: FromStr>(text: Option<&str>) -> Option<Number> {
    text?.trim().parse().ok()
}

/// Yes or no; what cannot be read counts as not told.
pub(super) fn flag(text: Option<&str>) -> Option<bool> {
    let text = text?.trim();
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    is("true").then_some(true).or_else(|| is("false").then_some(false))
}

/// A role; the vendor writes it in capitals in places. One that was not told is another word, an empty one.
pub(super) fn role(word: Option<String>) -> SiteRole {
    let word = word.unwrap_or_default();
    SiteRole::parse_assignable(&word).unwrap_or_else(|| SiteRole::from(word))
}

/// A way to sign in.
pub(super) fn sign_in(word: String) -> SignInType {
    if word == SERVER_DEFAULT { SignInType::Default } else { SignInType::from(word) }
}

/// The site API's word for a way to sign in.
pub(super) fn sign_in_word(kind: &SignInType) -> &str {
    // Tableau Cloud Manager has another word for it.
    if *kind == SignInType::Default { SERVER_DEFAULT } else { kind.code() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_site_api_go_both_ways() {
        for word in ["SAML", "OpenID", "TableauIDWithMFA", "ServerDefault", "Something"] {
            assert_eq!(sign_in_word(&sign_in(word.to_owned())), word);
        }
        assert_eq!(sign_in("ServerDefault".to_owned()), SignInType::Default);
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_told() {
        assert_eq!(
            (flag(Some("True")), flag(Some("false ")), flag(Some("1")), flag(None)),
            (Some(true), Some(false), None, None)
        );
        assert_eq!(
            (number::<u32>(Some(" 7")), number::<u32>(Some("-7")), number::<u32>(Some(""))),
            (Some(7), None, None)
        );
        assert_eq!(role(Some("UNLICENSED".to_owned())), SiteRole::Unlicensed);
        assert_eq!(role(Some("Interactor".to_owned())), SiteRole::Other("Interactor".to_owned()));
        assert_eq!(moment(Some("")), None);
    }
}
