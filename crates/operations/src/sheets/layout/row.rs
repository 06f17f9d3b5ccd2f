//! One row of a file: every cell is checked, and everything that is wrong is told.

use model::{
    people::{LANGUAGES, LOCALES},
    roles::SignInType,
};

use crate::sheets::{
    cells::{is_address, is_control, unescaped},
    layout::{Field, MOST_LETTERS, Row, RowProblem, columns::Columns, records::Record, role},
};

/// Reads a row.
pub(super) fn read(record: &Record<'_>, columns: &Columns) -> Row {
    let mut cells = Cells { record, columns, problems: Vec::new() };
    cells.check_shape();
    let site = cells.read(Field::Site);
    let user_name = cells.user_name();
    let password_given = cells.password();
    let display_name = cells.filled(Field::DisplayName);
    let role = cells.role();
    let email = cells.email();
    let sign_in = cells.sign_in();
    let language = cells.listed(Field::Language, LANGUAGES, RowProblem::UnknownLanguage);
    let locale = cells.listed(Field::Locale, LOCALES.split(' '), RowProblem::UnknownLocale);
    let action = cells.action();
    let Cells { problems, .. } = cells;
    Row {
        line: record.line,
        site,
        user_name,
        display_name,
        role,
        sign_in,
        email,
        language,
        locale,
        password_given,
        action,
        problems,
    }
}

struct Cells<'a> {
    record: &'a Record<'a>,
    columns: &'a Columns,
    problems: Vec<RowProblem>,
}

impl Cells<'_> {
    fn check_shape(&mut self) {
        if self.record.filled() > self.columns.width() {
            self.problems.push(RowProblem::TooManyColumns);
        }
        if self.record.swallows {
            self.problems.push(RowProblem::OpenQuotation);
        }
    }

    /// A cell cut to what is taken at most; `None` without such a column, empty where it is blank.
    fn read(&mut self, field: Field) -> Option<String> {
        let place = self.columns.place(field)?;
        let cell = self.record.cell(place).unwrap_or_default();
        if cell.chars().any(is_control) {
            self.problems.push(RowProblem::ControlCharacter(field));
        }
        match cell.char_indices().nth(MOST_LETTERS) {
            None => Some(cell.to_owned()),
            Some((end, _)) => {
                self.problems.push(RowProblem::FieldTooLong(field));
                Some(cell[..end].to_owned())
            }
        }
    }

    fn filled(&mut self, field: Field) -> Option<String> {
        self.read(field).filter(|cell| !cell.is_empty())
    }

    fn user_name(&mut self) -> String {
        let name = self.read(Field::UserName).unwrap_or_default();
        if name.is_empty() {
            self.problems.push(RowProblem::MissingUserName);
        } else if !is_address(&name) {
            self.problems.push(RowProblem::NotAnAddress);
        }
        unescaped(&name)
    }

    /// The password itself goes no further than here.
    fn password(&mut self) -> bool {
        let cell = self.columns.place(Field::Password).and_then(|place| self.record.cell(place));
        let Some(password) = cell.filter(|cell| !cell.is_empty()) else { return false };
        // A line break means that the lines below have been taken for a part of it.
        if password.chars().any(is_control) {
            self.problems.push(RowProblem::ControlCharacter(Field::Password));
        }
        let misplaced = is_address(password);
        self.problems.push(if misplaced { RowProblem::AddressAsPassword } else { RowProblem::PasswordGiven });
        true
    }

    fn role(&mut self) -> role::Asked {
        let word = self.read(Field::Role).unwrap_or_default();
        let level = self.read(Field::Administrator).unwrap_or_default();
        let publishing = self.read(Field::Publishing).unwrap_or_default();
        role::read(&word, &level, &publishing, &mut self.problems)
    }

    fn email(&mut self) -> Option<String> {
        let email = self.filled(Field::Email)?;
        if !is_address(&email) {
            self.problems.push(RowProblem::EmailNotAnAddress);
        }
        Some(unescaped(&email))
    }

    fn sign_in(&mut self) -> Option<Result<SignInType, String>> {
        let word = self.filled(Field::SignIn)?;
        let known = sign_in_type(&word);
        if known.is_none() {
            self.problems.push(RowProblem::UnknownSignIn(word.clone()));
        }
        Some(known.ok_or(word))
    }

    fn listed(
        &mut self,
        field: Field,
        list: impl IntoIterator<Item = &'static str>,
        unknown: fn(String) -> RowProblem,
    ) -> Option<String> {
        let word = self.filled(field)?;
        // People write `de-DE` as often as `de_DE`.
        let sought = word.replace('-', "_");
        let found = list.into_iter().find(|known| known.eq_ignore_ascii_case(&sought));
        if found.is_none() {
            self.problems.push(unknown(word));
        }
        found.map(str::to_owned)
    }

    fn action(&mut self) -> Option<String> {
        let word = self.filled(Field::Action)?;
        let harmless = ["add", "create", "import", "invite", "update", "change", "set"];
        if !harmless.iter().any(|known| known.eq_ignore_ascii_case(&word)) {
            self.problems.push(RowProblem::OtherAction(word.clone()));
        }
        Some(word)
    }
}

/// The vendor's word, our words, or what the site's own API calls the default.
fn sign_in_type(word: &str) -> Option<SignInType> {
    let plain = |word: &str| -> String {
        word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let sought = plain(word);
    if sought == "serverdefault" {
        return Some(SignInType::Default);
    }
    SignInType::OFFERED.into_iter().find(|kind| plain(kind.code()) == sought || plain(kind.words()) == sought)
}
