//! How the vendor names the next page, and how a reader notices that the pages never end.

use std::collections::HashSet;

use serde::Deserialize;

use super::loose;
use crate::{Result, Unreadable};

/// The token of the next page, if there is one. Public clients have met both names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageToken {
    #[serde(default, deserialize_with = "loose::text")]
    page_token: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    next_page_token: Option<String>,
}

impl PageToken {
    /// The token to ask the next page with; `None` on the last page.
    pub(super) fn next(self) -> Option<String> {
        self.next_page_token.or(self.page_token)
    }
}

/// The way through the pages of a list. A token that comes again would lead in a circle.
pub struct Trail {
    seen: HashSet<String>,
    most: usize,
}

impl Trail {
    /// A way of at most so many pages.
    pub fn of_at_most(pages: usize) -> Self {
        Self { seen: HashSet::new(), most: pages }
    }

    /// Goes on to the next page: hands its token back, or the error that the pages have no end.
    pub fn on_to(&mut self, next: Option<String>) -> Result<Option<String>> {
        let Some(token) = next else { return Ok(None) };
        // The first page has no token, so the tokens are one fewer than the pages.
        if self.seen.len() + 1 >= self.most || !self.seen.insert(token.clone()) {
            return Err(Unreadable::EndlessPages.into());
        }
        Ok(Some(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(pages: usize, tokens: &[&str]) -> bool {
        let mut trail = Trail::of_at_most(pages);
        tokens.iter().all(|token| trail.on_to(Some((*token).to_owned())).is_ok())
            && trail.on_to(None).is_ok_and(|next| next.is_none())
    }

    #[test]
    fn a_way_ends_or_is_called_endless() {
        assert!(ends(3, &["a", "b"]));
        assert!(!ends(3, &["a", "b", "c"]));
        assert!(!ends(9, &["a", "b", "a"]));
    }
}
