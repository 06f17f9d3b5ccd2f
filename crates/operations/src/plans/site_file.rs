//! Plans of an uploaded file for one site: people to place on it, or people to take off it. Nothing of the file itself is
//! ever sent on: Steward writes its own.

use model::{
    Permission, PlanId, Problem, ProblemCode, SiteId,
    plan::{SiteWish, Why},
    roles::{SignInType, SiteRole},
};

use super::{
    asked::{field, sign_in},
    on_site::{SiteRow, SiteWho},
    upload::{code, shown, told},
};
use crate::{
    Caller, Operations,
    sheets::{
        Field, Layout, RowProblem, Sheet, layout,
        text::{FileProblem, read_text},
    },
};

/// The form that uploads a file for one site. Words as the form sends them; empty means "not asked".
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// The site.
    pub site: SiteId,
    /// `import` or `remove`.
    pub change: String,
    /// The file's name, for the plan's page.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The role of rows that name none, in the vendor's word.
    pub role: String,
    /// How people sign in whose row does not say, in the vendor's word.
    pub sign_in: String,
}

impl Operations {
    /// A plan of the rows of a file for one site.
    pub async fn plan_site_file(&self, caller: &Caller, file: SiteFile) -> Result<PlanId, Problem> {
        caller.must(Permission::PlanPeople)?;
        caller.must(Permission::ImportFiles)?;
        let removes = match file.change.as_str() {
            "import" => false,
            "remove" => true,
            _ => return Err(field(caller, "change")),
        };
        if file.bytes.is_empty() {
            return Err(caller.problem(ProblemCode::FileMissing));
        }
        let role = match file.role.trim() {
            "" => None,
            word => Some(SiteRole::parse_assignable(word).ok_or_else(|| field(caller, "role"))?),
        };
        let sign_in = sign_in(caller, &file.sign_in)?;
        let now = self.site_now(caller, file.site).await?;
        let asked = Asked { removes, role, sign_in, site_words: now.site_words() };
        let (bytes, name) = (file.bytes, shown(&file.name));
        let read = tokio::task::spawn_blocking(move || {
            let sheet = read_text(&bytes).and_then(|text| layout::read_sheet(&text))?;
            let rows: Vec<SiteRow> = sheet.rows.iter().map(|row| asked.row(row, &sheet)).collect();
            Ok::<_, FileProblem>((asked.told(&sheet), rows))
        });
        let read = read.await.map_err(|_| caller.problem(ProblemCode::Internal))?;
        let (told, rows) = read.map_err(|problem| caller.problem(code(&problem)))?;
        let title = if removes { "Removal from" } else { "Import to" };
        let title = format!("{title} {}: {name}", now.site_name());
        self.make_site_plan(caller, now, title, format!("{name}: {told}"), rows).await
    }
}

/// What the form asks for, beside the file.
struct Asked {
    removes: bool,
    role: Option<SiteRole>,
    sign_in: Option<SignInType>,
    site_words: Vec<String>,
}

impl Asked {
    /// What one row asks for, or why it cannot be read.
    fn row(&self, row: &layout::Row, sheet: &Sheet) -> SiteRow {
        let base = SiteRow {
            line: Some(row.line),
            who: SiteWho::named(row.user_name.clone()),
            display_name: row.display_name.clone().unwrap_or_default(),
            change: None,
            troubles: Vec::new(),
            said: String::new(),
        };
        let wrong = self.wrong(row);
        if !wrong.is_empty() {
            return SiteRow { said: wrong.join("; "), ..base };
        }
        if let Some((why, said)) = self.elsewhere(row, sheet) {
            return SiteRow { troubles: vec![why], said, ..base };
        }
        if self.removes {
            return SiteRow { change: Some(SiteWish::Remove { assets_to: None }), ..base };
        }
        let role = row.role.role().or(self.role.as_ref()).cloned();
        let sign_in = match &row.sign_in {
            Some(Ok(way)) => Some(way.clone()),
            _ => self.sign_in.clone(),
        };
        match (role, sign_in) {
            (Some(role), sign_in) => SiteRow { change: Some(SiteWish::Place { role, sign_in }), ..base },
            (None, Some(sign_in)) => SiteRow { change: Some(SiteWish::SignIn { sign_in }), ..base },
            // Tableau itself would take the licence of whoever stands in a row without a role.
            (None, None) => {
                let said = "names neither a role nor a way to sign in".to_owned();
                SiteRow { troubles: vec![Why::NothingAsked], said, ..base }
            }
        }
    }

    /// What is wrong with the row itself. Of a removal only the user name counts, as on the vendor's page "Delete Users
    /// from Site with CSV"; but a row that may have been cut in the wrong places is never taken.
    fn wrong(&self, row: &layout::Row) -> Vec<String> {
        if !self.removes {
            let wrong = row.problems.iter().filter(|problem| problem.refuses());
            return wrong.map(RowProblem::words).collect();
        }
        let counts = |problem: &&RowProblem| {
            matches!(
                problem,
                RowProblem::MissingUserName
                    | RowProblem::OpenQuotation
                    | RowProblem::TooManyColumns
                    | RowProblem::AddressAsPassword
                    | RowProblem::FieldTooLong(Field::UserName)
                    | RowProblem::ControlCharacter(_)
            )
        };
        let mut wrong: Vec<String> = row.problems.iter().filter(counts).map(RowProblem::words).collect();
        let leaves = ["", "delete", "remove"];
        let action = row.action.as_deref().unwrap_or_default();
        if !leaves.iter().any(|word| word.eq_ignore_ascii_case(action)) {
            wrong.push(format!("“{action}” is asked for, but this list only takes people off the site"));
        }
        wrong
    }

    /// Why the row is not for this site.
    fn elsewhere(&self, row: &layout::Row, sheet: &Sheet) -> Option<(Why, String)> {
        match row.site.as_deref().map(str::trim) {
            None => None,
            Some("") if sheet.layout == Layout::Tcm && !self.removes => {
                Some((Why::BlankSite, "the site is blank".to_owned()))
            }
            Some("") => None,
            Some(word) if self.site_words.contains(&word.to_lowercase()) => None,
            Some(word) => Some((Why::OtherSite, format!("site “{word}”"))),
        }
    }

    /// How the file was read, and which of its columns a site has no use for.
    fn told(&self, sheet: &Sheet) -> String {
        let useless = |field: &Field| match field {
            Field::Email | Field::Language | Field::Locale => !self.removes,
            Field::UserName | Field::Site | Field::Action => false,
            _ => self.removes,
        };
        let useless = sheet.columns.iter().filter(|(_, field)| useless(field));
        let useless: Vec<&str> = useless.map(|(_, field)| field.words()).collect();
        let unused = match useless.as_slice() {
            [] => String::new(),
            fields => format!(", not used here: {}", fields.join(", ")),
        };
        format!("{}{unused}", told(sheet))
    }
}
