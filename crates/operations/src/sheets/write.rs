//! Lists of people as files: for Tableau's own import, as templates to fill in, and as exports for spreadsheets.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use model::roles::{SignInType, SiteRole};

use crate::sheets::{
    cells::{escaped, guarded, is_address, is_control, unescaped},
    layout::{Field, Layout, combination_of},
};

/// Excel reads UTF-8 only with the mark in front, and the vendor asks for it.
const MARK: &str = "\u{feff}";

/// One row for Tableau's import into a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// The site's part of the address.
    pub site_uri: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The name to show; empty to leave it out.
    pub display_name: String,
    /// The role on the site.
    pub role: SiteRole,
    /// Where mail goes; empty to leave it out.
    pub email: String,
    /// How they sign in; `None` leaves it to the vendor.
    pub sign_in: Option<SignInType>,
}

/// Why a file for Tableau is not written. Rows count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum WriteProblem {
    /// Tableau makes a cloud administrator of a row without a site.
    #[error("row {row} names no site by the part of its address")]
    NoSite {
        /// The row.
        row: usize,
    },
    /// The user name, or the e-mail field, is no address.
    #[error("row {row} has no e-mail address for a user name")]
    NotAnAddress {
        /// The row.
        row: usize,
    },
    /// Not one of the seven roles that the file can express.
    #[error("row {row} has a role that cannot be given")]
    UnknownRole {
        /// The row.
        row: usize,
    },
    /// A line break could be read as a new row, and a new row without a site as a cloud administrator.
    #[error("row {row} holds a line break or another control character")]
    ControlCharacter {
        /// The row.
        row: usize,
    },
}

/// The file for Tableau's bulk import into a tenant: no headings, formulas left as they are.
///
/// The site must not be the tenant's own part of the address, which may make a cloud administrator too: the caller
/// knows the sites.
///
/// Vendor: Tableau Cloud Manager help, "CSV import file guidelines".
pub fn tcm_csv(rows: &[ImportLine]) -> Result<Vec<u8>, WriteProblem> {
    let mut file = String::from(MARK);
    for (row, line) in (1..).zip(rows) {
        push_line(&mut file, &import_cells(row, line)?);
    }
    Ok(file.into_bytes())
}

/// The file in the compressed form that the vendor's bulk import takes.
pub fn gzip(file: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packer.write_all(file).and_then(|()| packer.finish());
    packed.expect("memory takes every byte")
}

/// An empty list with headings, to be filled in and uploaded.
pub fn template(layout: Layout) -> Vec<u8> {
    let heads: &[&str] = match layout {
        Layout::Tcm => &TENANT_HEADS,
        Layout::Site => &TENANT_HEADS[1..],
        Layout::Named => &["Site URI", "User name", "Display name", "Role", "Sign-in", "Language", "Locale"],
        Layout::Names => &["User name"],
    };
    export_csv(heads, std::iter::empty())
}

/// The vendor's columns, so that the file without its first line is one for the vendor's own pages.
const TENANT_HEADS: [&str; Field::TCM.len()] = [
    "Site URI",
    "User name",
    "Password (leave empty)",
    "Display name",
    "License level",
    "Administrator level (Site or None)",
    "Publishing (Yes or No)",
    "E-mail",
    "Authentication type",
];

/// A list for spreadsheets. Nothing in it is taken for a formula, and our own reading gives back the same cells.
pub fn export_csv(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut file = String::from(MARK);
    push_line(&mut file, &heads.iter().map(|head| guarded(head)).collect::<Vec<_>>());
    for row in rows {
        push_line(&mut file, &row.iter().map(|cell| guarded(cell)).collect::<Vec<_>>());
    }
    file.into_bytes()
}

fn import_cells(row: usize, line: &ImportLine) -> Result<[String; 9], WriteProblem> {
    let in_address = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    if line.site_uri.is_empty() || !line.site_uri.chars().all(in_address) {
        return Err(WriteProblem::NoSite { row });
    }
    let address = |address: &str| {
        let written = escaped(address);
        // An address that holds the escape itself would come out as another one.
        let kept = is_address(&written) && unescaped(&written) == address;
        if kept { Ok(written) } else { Err(WriteProblem::NotAnAddress { row }) }
    };
    let name = address(&line.user_name)?;
    let email = if line.email.is_empty() { String::new() } else { address(&line.email)? };
    let sign_in = line.sign_in.as_ref().map_or("", SignInType::code);
    if line.display_name.chars().chain(sign_in.chars()).any(is_control) {
        return Err(WriteProblem::ControlCharacter { row });
    }
    let role = combination_of(&line.role).ok_or(WriteProblem::UnknownRole { row })?;
    Ok([
        line.site_uri.clone(),
        name,
        String::new(),
        line.display_name.clone(),
        role.licence.code().to_owned(),
        if role.administers { "Site" } else { "None" }.to_owned(),
        if role.publishes { "True" } else { "False" }.to_owned(),
        email,
        sign_in.to_owned(),
    ])
}

/// One line by RFC 4180. Any delimiter is quoted, so that none but the comma can be found in the file.
fn push_line(file: &mut String, cells: &[impl AsRef<str>]) {
    for (place, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
        if place > 0 {
            file.push(',');
        }
        // A lone empty cell would be an empty line.
        if cell.contains([',', ';', '\t', '|', '"', '\r', '\n']) || (cell.is_empty() && cells.len() == 1) {
            file.push('"');
            file.push_str(&cell.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(cell);
        }
    }
    file.push_str("\r\n");
}
