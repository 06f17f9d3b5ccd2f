//! A file of people, and the form in which it travels.

use std::fmt;

use bytes::Bytes;
use model::{SiteId, roles::SignInType};

use crate::{
    Result,
    transport::{Content, Part},
};

/// A file of people to be imported.
#[derive(Clone, PartialEq, Eq)]
pub struct Import {
    /// The name of the file; the vendor's example ends in `.csv.gz`.
    pub file_name: String,
    /// The table without a header row, as CSV, compressed with gzip.
    pub csv_gz: Bytes,
    /// The site they are imported to. Dangerous without: the vendor then makes them people of the tenant itself.
    pub site: Option<SiteId>,
    /// How they sign in.
    pub sign_in: SignInType,
}

/// Without the file, which is full of names and addresses.
impl fmt::Debug for Import {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Import")
            .field("bytes", &self.csv_gz.len())
            .field("site", &self.site)
            .field("sign_in", &self.sign_in)
            .finish_non_exhaustive()
    }
}

impl Import {
    /// The parts in the order of the vendor's example for curl, which sends such a file as plain bytes.
    pub(super) fn form(&self) -> Result<Content> {
        let site = self.site.map(|site| site.to_string());
        let (name, kind) = ("file", "application/octet-stream");
        let file = Part::File { name, file_name: &self.file_name, kind, bytes: &self.csv_gz };
        let site = site.as_deref().map(|value| Part::Text { name: "siteId", value });
        let sign_in = Part::Text { name: "idp", value: self.sign_in.code() };
        let parts: Vec<_> = [Some(file), site, Some(sign_in)].into_iter().flatten().collect();
        Content::form(&parts)
    }
}
