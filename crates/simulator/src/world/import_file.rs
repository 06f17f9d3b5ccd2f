//! The file of an import: unpacked, read line by line, and turned into orders.
//!
//! The columns are those of the vendor's help, "CSV import file guidelines": tenant or site URI, user name,
//! password, display name, licence, administrator, publishing, e-mail, authentication.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use flate2::read::MultiGzDecoder;
use uuid::Uuid;

use super::State;
use super::csv::{self, Line};
use super::jobs::Row;
use super::orders::{Grant, Order};
use super::register::Newcomer;
use super::roles::SiteRole;
use super::words::{Idp, is_address};

/// More than this is no list of people.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
const MOST_COLUMNS: usize = 9;
const LONGEST_FIELD: usize = 255;

const CANNOT_READ: &str = "E_400_USR_SVC_4020";
const WRONG_FORMAT: &str = "E_400_USR_SVC_4001";

/// The vendor's help asks for UTF-8 with this mark.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The bytes of a packed file.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(packed).take(MOST_BYTES).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|_| CANNOT_READ)
}

/// What the file asks for, and how many empty lines were skipped.
pub(crate) struct Orders {
    pub(crate) rows: Vec<(Row, Order)>,
    pub(crate) skipped: u32,
}

/// Where the rows of a file belong.
pub(crate) struct Target {
    /// The site that the request named.
    pub(crate) site: Option<Uuid>,
    /// How everyone signs in whose line says nothing else.
    pub(crate) idp: Idp,
}

impl Orders {
    pub(crate) fn read(bytes: &[u8], target: &Target, state: &State) -> Result<Self, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| WRONG_FORMAT)?;
        if text.is_empty() {
            return Err(CANNOT_READ);
        }
        let text = text.strip_prefix(BYTE_ORDER_MARK).ok_or(WRONG_FORMAT)?;
        let (lines, skipped) = csv::lines(text);
        if lines.is_empty() {
            return Err(CANNOT_READ);
        }
        let mut seen = HashSet::new();
        let rows = lines.iter().map(|line| order(line, target, state, &mut seen)).collect();
        Ok(Self { rows, skipped })
    }
}

impl Orders {
    /// The file of a site's import: the columns without the first, and the mark may be missing.
    ///
    /// Vendor help, "CSV import file guidelines", for a site; that the mark may be missing is inferred from
    /// scripts that send none.
    pub(crate) fn read_for_site(
        bytes: &[u8],
        site: Uuid,
        ways: &SignInWays,
        state: &State,
    ) -> Result<Self, &'static str> {
        let (mut lines, skipped) = site_lines(bytes)?;
        for line in &mut lines {
            line.fields.insert(0, String::new());
            ways.fill_in(line);
        }
        let target = Target { site: Some(site), idp: Idp::Default };
        let mut seen = HashSet::new();
        let rows = lines.iter().map(|line| order(line, &target, state, &mut seen)).collect();
        Ok(Self { rows, skipped })
    }

    /// The file of a site's deletion, of which only the first column counts.
    pub(crate) fn read_departures(bytes: &[u8], site: Uuid, state: &State) -> Result<Self, &'static str> {
        let (lines, skipped) = site_lines(bytes)?;
        let rows = lines.iter().map(|line| departure(line, site, state)).collect();
        Ok(Self { rows, skipped })
    }
}

/// How people of a site's import sign in whose line does not say it.
#[derive(Debug, Default)]
pub(crate) struct SignInWays {
    /// For everyone who is not named.
    pub(crate) default: String,
    /// By user name in small letters.
    pub(crate) named: HashMap<String, String>,
}

impl SignInWays {
    /// Vendor: "If the auth setting for a user is defined in both, the setting in the .csv will take
    /// precedence."
    fn fill_in(&self, line: &mut Line) {
        let name = line.fields.get(1).map(|name| name.trim().to_lowercase()).unwrap_or_default();
        if name.is_empty() || line.fields.len() > MOST_COLUMNS {
            return;
        }
        line.fields.resize(MOST_COLUMNS, String::new());
        if line.fields[MOST_COLUMNS - 1].trim().is_empty() {
            line.fields[MOST_COLUMNS - 1] = self.named.get(&name).unwrap_or(&self.default).clone();
        }
    }
}

fn site_lines(bytes: &[u8]) -> Result<(Vec<Line>, u32), &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| WRONG_FORMAT)?;
    let (lines, skipped) = csv::lines(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text));
    if lines.is_empty() { Err(CANNOT_READ) } else { Ok((lines, skipped)) }
}

fn departure(line: &Line, site: Uuid, state: &State) -> (Row, Order) {
    let name = line.fields.first().map(|name| name.trim().replace(r"\0x40", "@")).unwrap_or_default();
    let known = state.register.name(&name).map(|person| state.people[person].id);
    let mut row = Row::asking("DELETE_SITE_ROLE");
    (row.line, row.site, row.user, row.user_name) = (line.number, Some(site), known, Some(name));
    (row, if known.is_some() { Order::Leave } else { Order::Refuse("USER_NOT_FOUND") })
}

/// Names that came before, each with its site or the tenant.
type Seen = HashSet<(Option<Uuid>, String)>;

fn order(line: &Line, target: &Target, state: &State, seen: &mut Seen) -> (Row, Order) {
    let mut row = Row { line: line.number, site: target.site, ..Row::asking("CREATE_USER_SITE_ROLE") };
    let order = line_order(line, target, state, seen, &mut row);
    (row, order.unwrap_or_else(Order::Refuse))
}

/// Fills the row with what the line says, up to its first mistake.
fn line_order(
    line: &Line,
    target: &Target,
    state: &State,
    seen: &mut Seen,
    row: &mut Row,
) -> Result<Order, &'static str> {
    check_form(line)?;
    let column = |place: usize| line.fields.get(place).map_or("", |field| field.trim());
    let user_name = user_name(column(1)).ok_or("USER_INVALID_USER_NAME")?;
    row.user_name = Some(user_name.clone());
    row.site = place(column(0), target, state)?;
    let idp = match column(8) {
        "" => target.idp,
        word => Idp::in_file(word).ok_or("INVALID_IDP")?,
    };
    row.idp = idp.chosen().unwrap_or(row.idp);
    let newcomer = newcomer(&user_name, column(3), column(7))?;
    let role = row.site.map(|_| role(column(4), column(5), column(6))).transpose()?;
    if !seen.insert((row.site, user_name.to_lowercase())) {
        return Err("DUPLICATE_RECORD");
    }
    if role.is_none() {
        // The other columns are not looked at: an empty first cell is all it takes to make an administrator.
        (row.operation, row.link_role) = ("CREATE_USER_LINK_ROLE", Some("LINK_ADMIN"));
        return Ok(Order::Invite { newcomer: Some(newcomer), idp: idp.chosen() });
    }
    row.site_role = role;
    Ok(Order::Import { newcomer, grant: Grant { role, idp: idp.chosen(), quiet: false } })
}

/// Empty cells say nothing about the person.
fn newcomer(user_name: &str, display_name: &str, email: &str) -> Result<Newcomer, &'static str> {
    if !email.is_empty() && !is_address(email) {
        return Err("USER_INVALID_EMAIL_ADDRESS");
    }
    let said = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let (display_name, email) = (said(display_name), said(email));
    Ok(Newcomer { display_name, email, ..Newcomer::named(user_name) })
}

fn check_form(line: &Line) -> Result<(), &'static str> {
    let fields = &line.fields;
    if fields.iter().all(|field| field.trim().is_empty()) {
        return Err("BLANK_CSV_RECORD");
    }
    if fields.len() > MOST_COLUMNS {
        return Err("BAD_REQUEST");
    }
    if fields.iter().any(|field| field.chars().count() > LONGEST_FIELD) {
        return Err("USER_CSV_PARAMETER_TOO_LONG");
    }
    if fields.iter().any(|field| field.chars().any(char::is_control)) {
        return Err("USER_CSV_PARAM_NOT_TEXT");
    }
    Ok(())
}

/// A name to sign in with. Vendor: another `@` than that of the domain is written `\0x40`.
fn user_name(cell: &str) -> Option<String> {
    is_address(cell).then(|| cell.replace(r"\0x40", "@"))
}

/// The site of a line, or nothing for the tenant itself. Whether the first column counts beside `siteId` is
/// not documented; here it must agree with it or be empty. Without `siteId` an empty cell means the tenant.
fn place(cell: &str, target: &Target, state: &State) -> Result<Option<Uuid>, &'static str> {
    let named = state.sites.iter().find(|site| site.content_url.eq_ignore_ascii_case(cell));
    match (target.site, named) {
        (Some(asked), _) if cell.is_empty() => Ok(Some(asked)),
        (Some(asked), Some(named)) if named.id == asked => Ok(Some(asked)),
        (None, Some(named)) => Ok(Some(named.id)),
        (None, None) if cell.is_empty() || cell == state.tenant.encode_uri => Ok(None),
        _ => Err("SITE_NOT_FOUND"),
    }
}

/// The seven combinations that mean a role; an empty cell means the least.
fn role(licence: &str, administrator: &str, publishing: &str) -> Result<SiteRole, &'static str> {
    let licence = licence.to_lowercase();
    if !["", "creator", "explorer", "viewer", "unlicensed"].contains(&&*licence) {
        return Err("USER_CSV_INVALID_LICENSE");
    }
    let administers = match &*administrator.to_lowercase() {
        "site" => true,
        "" | "none" | "no" => false,
        // `System` is for Tableau Server only.
        _ => return Err("USER_CSV_INVALID_ADMIN_LEVEL"),
    };
    let publishes = match &*publishing.to_lowercase() {
        "yes" | "true" | "1" => true,
        "" | "no" | "false" | "0" => false,
        _ => return Err("USER_CSV_INVALID_PUBLISHER"),
    };
    match (&*licence, administers, publishes) {
        ("creator", true, true) => Ok(SiteRole::SiteAdministratorCreator),
        ("creator", false, true) => Ok(SiteRole::Creator),
        ("explorer", true, true) => Ok(SiteRole::SiteAdministratorExplorer),
        ("explorer", false, true) => Ok(SiteRole::ExplorerCanPublish),
        ("explorer", false, false) => Ok(SiteRole::Explorer),
        ("viewer", false, false) => Ok(SiteRole::Viewer),
        ("" | "unlicensed", false, false) => Ok(SiteRole::Unlicensed),
        ("creator" | "explorer", true, false) => Err("WRONG_PARAMS_FOR_ADMIN"),
        ("viewer", _, _) => Err("WRONG_PARAMS_FOR_VIEWER"),
        ("" | "unlicensed", _, _) => Err("WRONG_PARAMS_FOR_UNLICENSED"),
        _ => Err("INVALID_LICENSE_COMBINATION"),
    }
}
