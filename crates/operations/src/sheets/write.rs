//! Lists of people as files: for Tableau's own import, as templates to fill in, and as exports for spreadsheets.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use model::{
    conversions::Target,
    roles::{SignInType, SiteRole},
};

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

/// The file for a site's own import: the columns for a tenant without the first, no headings, formulas left as they are.
///
/// Vendor: Tableau Cloud help, "CSV import file guidelines".
pub fn site_csv(rows: &[ImportLine]) -> Result<Vec<u8>, WriteProblem> {
    let mut file = String::from(MARK);
    for (row, line) in (1..).zip(rows) {
        push_line(&mut file, &person_cells(row, line, Target::Site)?);
    }
    Ok(file.into_bytes())
}

/// The file that takes people off a site: their user names, and nothing else.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Delete Users from Site with CSV".
pub fn names_csv<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, WriteProblem> {
    let mut file = String::from(MARK);
    for (row, name) in (1..).zip(names) {
        push_line(&mut file, &[written_address(row, name)?]);
    }
    Ok(file.into_bytes())
}

/// Whether a file for Tableau can hold a user name so that it comes out as the same one.
pub fn holds_name(name: &str) -> bool {
    written_address(0, name).is_ok()
}

/// The file in the compressed form that the vendor's bulk import takes.
pub fn gzip(file: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packer.write_all(file).and_then(|()| packer.finish());
    packed.expect("memory takes every byte")
}

/// The word for a site's default way to sign in. The two planes have words of their own.
pub fn default_word(target: Target) -> &'static str {
    match target {
        Target::Tenant => SignInType::Default.code(),
        Target::Site => "ServerDefault",
    }
}

/// Rows for Tableau under headings, for a spreadsheet.
pub fn with_headings(rows: &[ImportLine], target: Target) -> Result<Vec<u8>, WriteProblem> {
    let cells = (1..).zip(rows).map(|(row, line)| match target {
        Target::Tenant => import_cells(row, line),
        Target::Site => person_cells(row, line, target).map(Vec::from),
    });
    let cells: Vec<Vec<String>> = cells.collect::<Result<_, _>>()?;
    let heads = match target {
        Target::Tenant => &TENANT_HEADS[..],
        Target::Site => &TENANT_HEADS[1..],
    };
    Ok(export_csv(heads, cells.into_iter()))
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

fn import_cells(row: usize, line: &ImportLine) -> Result<Vec<String>, WriteProblem> {
    let in_address = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    if line.site_uri.is_empty() || !line.site_uri.chars().all(in_address) {
        return Err(WriteProblem::NoSite { row });
    }
    Ok([line.site_uri.clone()].into_iter().chain(person_cells(row, line, Target::Tenant)?).collect())
}

fn written_address(row: usize, address: &str) -> Result<String, WriteProblem> {
    let written = escaped(address);
    // An address that holds the escape itself would come out as another one.
    let kept = is_address(&written) && unescaped(&written) == address;
    if kept { Ok(written) } else { Err(WriteProblem::NotAnAddress { row }) }
}

/// The cells of a person, as both layouts have them.
fn person_cells(row: usize, line: &ImportLine, target: Target) -> Result<[String; 8], WriteProblem> {
    let name = written_address(row, &line.user_name)?;
    let email = if line.email.is_empty() { String::new() } else { written_address(row, &line.email)? };
    let sign_in = match &line.sign_in {
        Some(SignInType::Default) => default_word(target),
        Some(way) => way.code(),
        None => "",
    };
    if line.display_name.chars().chain(sign_in.chars()).any(is_control) {
        return Err(WriteProblem::ControlCharacter { row });
    }
    let role = combination_of(&line.role).ok_or(WriteProblem::UnknownRole { row })?;
    Ok([
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
