//! How the vendor names the next page: by a token, under either of two names.

use serde::Deserialize;

use super::loose;

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
