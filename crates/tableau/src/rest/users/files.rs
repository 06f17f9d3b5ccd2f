//! Adding, changing and removing people of a site by a file.

use std::fmt;

use bytes::Bytes;
use model::site_jobs::SiteJob;

use super::SiteSignIn;
use crate::{
    Change, Result, Unfit,
    rest::{
        SiteApi, jobs,
        table::SiteOperation,
        version::ApiVersion,
        write::{self, Element},
    },
    transport::{Content, Part},
};

/// The first version that takes a word about the errors of an import.
const TELLING: ApiVersion = ApiVersion::new(3, 22);
const CSV: &str = "text/csv";

/// A file of people to be imported to a site.
#[derive(Clone, PartialEq, Eq)]
pub struct SiteImport {
    /// The name of the file.
    pub file_name: String,
    /// The table as CSV, without a header row. Here it is not compressed.
    pub csv: Bytes,
    /// How people sign in where the file itself does not tell. Empty: the site decides.
    pub people: Vec<ImportSignIn>,
    /// Which errors are told.
    pub errors: ImportErrors,
}

/// How one person, or everybody without a line of their own, signs in.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportSignIn {
    /// Who, by the name in the file; `None` is everybody else.
    pub name: Option<String>,
    /// How.
    pub sign_in: Option<SiteSignIn>,
}

/// Which errors of an import Tableau Cloud tells; from version 3.22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportErrors {
    /// As the vendor likes.
    #[default]
    Unsaid,
    /// The first three of a batch.
    First,
    /// All.
    All,
}

/// Without the file, which is full of names and addresses.
impl fmt::Debug for SiteImport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SiteImport")
            .field("bytes", &self.csv.len())
            .field("people", &self.people.len())
            .field("errors", &self.errors)
            .finish_non_exhaustive()
    }
}

/// Without the name, which is an address.
impl fmt::Debug for ImportSignIn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ImportSignIn").field("sign_in", &self.sign_in).finish_non_exhaustive()
    }
}

impl SiteApi<Change> {
    /// Adds people, or changes their roles, by a file. The role in the file counts even where it is lower, and even
    /// for administrators.
    ///
    /// Vendor: Users and Groups Methods, "Import Users to Site from CSV". It does not show where its word about errors
    /// stands; that it is part of the address is inferred.
    pub async fn import_users(&self, import: &SiteImport) -> Result<SiteJob> {
        if import.csv.is_empty() {
            return Err(Unfit::Nothing.into());
        }
        let message = write::message(self.people(&import.people)?)?;
        let form = Content::form(&[
            file("tableau_user_import", &import.file_name, &import.csv),
            Part::Kind { name: "request_payload", kind: "text/xml", value: &message },
        ])?;
        let mut ask = self.ask(SiteOperation::UserImport)?;
        if import.errors != ImportErrors::Unsaid {
            self.needs(TELLING)?;
            let all = import.errors == ImportErrors::All;
            ask = ask.query("isVerbose", all.to_string());
        }
        ask.form(form).change::<jobs::wire::OneWire>().await?.job.read()
    }

    /// Takes people off the site by a file, of which only the first column counts.
    ///
    /// The vendor's page speaks of a job, yet its answer is empty: usually nothing can be watched, and only listing
    /// people afresh tells what became of it.
    ///
    /// Vendor: Users and Groups Methods, "Delete Users from Site with CSV".
    pub async fn delete_users(&self, file_name: &str, csv: &[u8]) -> Result<Option<SiteJob>> {
        if csv.is_empty() {
            return Err(Unfit::Nothing.into());
        }
        let form = Content::form(&[file("tableau_user_delete", file_name, csv)])?;
        let ask = self.ask(SiteOperation::UserDeleteByFile)?.form(form);
        ask.perhaps::<jobs::wire::OneWire>().await?.map(|wire| wire.job.read()).transpose()
    }

    /// The people of the message beside the file. The vendor wants an empty one where there is nothing to say.
    fn people(&self, people: &[ImportSignIn]) -> Result<Vec<Element>> {
        if people.is_empty() {
            return Ok(vec![Element::new("user")]);
        }
        let element = |person: &ImportSignIn| {
            self.signing_in(Element::new("user").maybe("name", person.name.as_ref()), person.sign_in.as_ref())
        };
        people.iter().map(element).collect()
    }
}

fn file<'a>(name: &'a str, file_name: &'a str, bytes: &'a [u8]) -> Part<'a> {
    Part::File { name, file_name, kind: CSV, bytes }
}
