//! A list of people turned from any layout that is read into one of the vendor's two, with a note for everything that
//! cannot be carried over.

use std::collections::HashMap;

use model::{
    conversions::{LineNote, Target},
    roles::SignInType,
};

use super::{
    cells::begins_formula,
    layout::{Field, Layout, Row, RowProblem, Sheet},
    write::{self, ImportLine, WriteProblem},
};

/// The site that the rows are for.
#[derive(Debug, Clone)]
pub struct Home {
    /// Its name.
    pub name: String,
    /// Its part of the address.
    pub uri: String,
    /// Its id.
    pub id: String,
}

impl Home {
    fn is_called(&self, word: &str) -> bool {
        [&self.name, &self.uri, &self.id].iter().any(|known| known.to_lowercase() == word.to_lowercase())
    }
}

/// A list in its new layout.
#[derive(Debug, Default)]
pub struct Converted {
    lines: Vec<ImportLine>,
    /// Columns that the new layout has no place for.
    pub lost: Vec<String>,
    /// Rows that are not in it.
    pub left_out: Vec<LineNote>,
    /// Rows that are in it without something.
    pub without: Vec<LineNote>,
}

impl Converted {
    /// How many rows were carried over.
    pub fn carried(&self) -> u64 {
        self.lines.len() as u64
    }

    /// The file for Tableau: no headings, and no cell in it that a spreadsheet takes for a formula.
    pub fn for_tableau(&self, target: Target) -> Result<Vec<u8>, WriteProblem> {
        match target {
            Target::Tenant => write::tcm_csv(&self.lines),
            Target::Site => write::site_csv(&self.lines),
        }
    }

    /// The same with headings, for a spreadsheet.
    pub fn for_spreadsheet(&self, target: Target) -> Result<Vec<u8>, WriteProblem> {
        write::with_headings(&self.lines, target)
    }
}

/// Turns a list into another layout. Nothing is compared with Tableau.
pub fn convert(sheet: &Sheet, target: Target, home: &Home) -> Converted {
    let mut converted = Converted { lost: lost(sheet, target, home), ..Converted::default() };
    let mut kept: Vec<(&Row, ImportLine)> = Vec::new();
    for row in &sheet.rows {
        match carried(row, sheet, home) {
            Ok((line, without)) => {
                if !without.is_empty() {
                    converted.without.push(note(row, without.join("; ")));
                }
                kept.push((row, line));
            }
            Err(why) => converted.left_out.push(note(row, why)),
        }
    }
    let mut people: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, (row, _)) in kept.iter().enumerate() {
        people.entry(row.user_name.to_lowercase()).or_default().push(place);
    }
    for (place, (row, line)) in kept.iter().enumerate() {
        let rows = &people[&row.user_name.to_lowercase()];
        let first = &kept[rows[0]];
        let others =
            rows.iter().filter(|other| **other != place).map(|other| kept[*other].0.line.to_string());
        let others: Vec<String> = others.collect();
        let agree = rows.iter().all(|other| is_same(&kept[*other].1, &first.1));
        if !agree {
            let why = format!("asks for something else than line {}", others.join(", "));
            converted.left_out.push(note(row, why));
        } else if rows[0] != place {
            converted.left_out.push(note(row, format!("the same stands on line {}", first.0.line)));
        } else {
            converted.lines.push(line.clone());
        }
    }
    converted.left_out.sort_by_key(|note| note.line);
    let left: Vec<u32> = converted.left_out.iter().map(|note| note.line).collect();
    converted.without.retain(|note| left.binary_search(&note.line).is_err());
    converted
}

/// Whether two lines say the same of the same person, whatever the case of the name.
fn is_same(left: &ImportLine, right: &ImportLine) -> bool {
    ImportLine { user_name: right.user_name.clone(), ..left.clone() } == *right
}

fn note(row: &Row, words: String) -> LineNote {
    LineNote { line: row.line, user_name: row.user_name.clone(), words }
}

/// The line of a row and what it has to do without, or why the row is left out.
fn carried(row: &Row, sheet: &Sheet, home: &Home) -> Result<(ImportLine, Vec<String>), String> {
    // Neither layout has a place for these, so nothing wrong with them counts.
    let counts = |problem: &&RowProblem| {
        problem.refuses() && !matches!(problem, RowProblem::UnknownLanguage(_) | RowProblem::UnknownLocale(_))
    };
    let wrong: Vec<String> = row.problems.iter().filter(counts).map(RowProblem::words).collect();
    if !wrong.is_empty() {
        return Err(wrong.join("; "));
    }
    match row.site.as_deref().map(str::trim) {
        Some("") if sheet.layout == Layout::Tcm => {
            return Err("the site is blank: Tableau would make a cloud administrator of this row".to_owned());
        }
        Some(word) if !word.is_empty() && !home.is_called(word) => {
            return Err(format!("is for another site, “{word}”"));
        }
        _ => {}
    }
    let role = row.role.role().ok_or("names no role: Tableau would take the licence away")?;
    if begins_formula(&row.user_name) || !write::holds_name(&row.user_name) {
        return Err(
            "the user name begins like a formula, or cannot be written so that it is read again".to_owned()
        );
    }
    let mut without = Vec::new();
    let mut safe = |cell: Option<&String>, what: &str| match cell {
        Some(cell) if begins_formula(cell) => {
            without.push(format!("the {what} is left out: it begins like a formula"));
            String::new()
        }
        Some(cell) => cell.clone(),
        None => String::new(),
    };
    let display_name = safe(row.display_name.as_ref(), "display name");
    let mut email = safe(row.email.as_ref(), "e-mail address");
    if !email.is_empty() && !write::holds_name(&email) {
        without
            .push("the e-mail address is left out: it cannot be written so that it is read again".to_owned());
        email = String::new();
    }
    if row.password_given {
        without.push("the password is left out: it is neither kept nor carried over".to_owned());
    }
    let told = [(row.language.is_some(), "language"), (row.locale.is_some(), "locale")];
    without.extend(told.iter().filter(|(is, _)| *is).map(|(_, what)| format!("the {what} is left out")));
    let line = ImportLine {
        site_uri: home.uri.clone(),
        user_name: row.user_name.clone(),
        display_name,
        role: role.clone(),
        email,
        sign_in: row.sign_in.as_ref().and_then(|way| way.as_ref().ok()).cloned(),
    };
    Ok((line, without))
}

/// What holds for the whole file.
fn lost(sheet: &Sheet, target: Target, home: &Home) -> Vec<String> {
    let mut lost = Vec::new();
    let fields = sheet.columns.iter().map(|(heading, field)| (heading, *field));
    for (heading, field) in fields {
        // Of a password column each row tells, where there is anything in it.
        if matches!(field, Field::Language | Field::Locale | Field::Action) {
            lost.push(format!("“{heading}” has no place in {}", target.words()));
        }
    }
    lost.extend(sheet.ignored.iter().map(|heading| format!("“{heading}”: not a column that is known")));
    if target == Target::Site && sheet.columns.iter().any(|(_, field)| *field == Field::Site) {
        lost.push(format!("the site: the new file is for {} alone", home.name));
    }
    let has_default = |row: &Row| matches!(&row.sign_in, Some(Ok(SignInType::Default)));
    if sheet.rows.iter().any(has_default) {
        let word = write::default_word(target);
        lost.push(format!("the site's default way to sign in is written “{word}” there"));
    }
    lost
}
