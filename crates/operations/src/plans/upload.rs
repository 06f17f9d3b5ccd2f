//! An uploaded file as rows of wishes. Nothing of the file itself is ever sent on: Steward writes its own.

use std::collections::HashMap;

use model::{
    PlanId, Problem, ProblemCode, SiteId,
    plan::{Why, Wish},
    roles::SignInType,
    sites::Site,
};

use super::{Row, Who};
use crate::{
    Caller, Operations,
    sheets::{
        layout::{self, Layout, Sheet, read_sheet},
        text::{FileProblem, read_text},
    },
};

/// The form that uploads a file.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The file's name, for the plan's page.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The site that rows without one are for; empty for none.
    pub site: String,
    /// How people sign in whose row does not say; empty for no change.
    pub sign_in: String,
}

impl Operations {
    /// A plan of a file's rows.
    pub async fn plan_upload(&self, caller: &Caller, upload: Upload) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        caller.must(model::Permission::ImportFiles)?;
        if upload.bytes.is_empty() {
            return Err(caller.problem(ProblemCode::FileMissing));
        }
        let sites = Sites::of(self.all_sites(caller).await?);
        let home = match upload.site.trim() {
            "" => None,
            id => Some(SiteId::parse(id).map_err(|_| caller.problem(ProblemCode::FieldWrong))?),
        };
        let sign_in = match upload.sign_in.trim() {
            "" => None,
            word => {
                Some(SignInType::parse_offered(word).ok_or_else(|| caller.problem(ProblemCode::FieldWrong))?)
            }
        };
        let (bytes, name) = (upload.bytes, shown(&upload.name));
        let tenant = self.tenant(caller, model::Freshness::Recent).await.ok().and_then(|aged| aged.value.uri);
        let read = tokio::task::spawn_blocking(move || {
            let sheet = read_text(&bytes).and_then(|text| read_sheet(&text))?;
            let rows = sheet
                .rows
                .iter()
                .flat_map(|row| wishes(row, &sheet, &sites, home, &sign_in, tenant.as_deref()));
            let rows: Vec<Row> = rows.collect();
            Ok::<_, FileProblem>((told(&sheet), rows))
        });
        let read = read.await.map_err(|_| caller.problem(ProblemCode::Internal))?;
        let (told, rows) = read.map_err(|problem| caller.problem(code(&problem)))?;
        if rows.is_empty() {
            return Err(caller.problem(ProblemCode::FileEmpty));
        }
        self.make_plan(caller, format!("Import of {name}"), format!("{name}: {told}"), rows).await
    }
}

/// How the file was read, in a few words.
pub(crate) fn told(sheet: &Sheet) -> String {
    let header = if sheet.had_header { "with headings" } else { "without headings" };
    let ignored = match sheet.ignored.len() {
        0 => String::new(),
        _ => format!(", columns left aside: {}", sheet.ignored.join(", ")),
    };
    let empty = match sheet.empty_lines {
        0 => String::new(),
        lines => format!(", {lines} empty lines"),
    };
    format!("{}, {header}, {}{ignored}{empty}", sheet.layout.words(), sheet.encoding.words())
}

pub(crate) fn shown(name: &str) -> String {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
    if name.trim().is_empty() { "a file".to_owned() } else { name }
}

pub(crate) fn code(problem: &FileProblem) -> ProblemCode {
    match problem {
        FileProblem::Empty => ProblemCode::FileEmpty,
        FileProblem::TooLarge => ProblemCode::TooLarge,
        FileProblem::TooManyRows => ProblemCode::TooManyRows,
        FileProblem::Bomb | FileProblem::BrokenGzip | FileProblem::Binary | FileProblem::TooWide => {
            ProblemCode::FileUnreadable
        }
    }
}

/// The tenant's sites by every word that a file may name them with.
struct Sites(HashMap<String, Named>);

/// What a word names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    One(SiteId),
    /// The name of one is the name or the address of another.
    Several,
}

impl Sites {
    fn of(sites: Vec<Site>) -> Self {
        let mut known: HashMap<String, Named> = HashMap::new();
        for site in sites {
            let words =
                [site.name.trim().to_lowercase(), site.id.to_string(), site.content_url.to_lowercase()];
            for word in words.into_iter().filter(|word| !word.is_empty()) {
                let this = Named::One(site.id);
                let named = known.entry(word).or_insert(this);
                if *named != this {
                    *named = Named::Several;
                }
            }
        }
        Self(known)
    }

    fn find(&self, word: &str) -> Option<Named> {
        self.0.get(&word.trim().to_lowercase()).copied()
    }
}

/// What one row of a file asks for: a role on a site, and details where the file has them.
fn wishes(
    row: &layout::Row,
    sheet: &Sheet,
    sites: &Sites,
    home: Option<SiteId>,
    sign_in: &Option<SignInType>,
    tenant: Option<&str>,
) -> Vec<Row> {
    let who = Who::Name(row.user_name.clone());
    let base = Row {
        line: Some(row.line),
        who,
        display_name: row.display_name.clone().unwrap_or_default(),
        wish: None,
        creates: true,
        troubles: Vec::new(),
        said: row.problems.iter().map(layout::RowProblem::words).collect::<Vec<_>>().join("; "),
    };
    if row.is_refused() {
        return vec![base];
    }
    let sign_in = match &row.sign_in {
        Some(Ok(kind)) => Some(kind.clone()),
        _ => sign_in.clone(),
    };
    let mut rows = Vec::new();
    match place(row, sheet, sites, home, tenant) {
        // The vendor makes a cloud administrator of a row without a site. It is told, and not sent unless meant.
        Place::Tenant => rows.push(Row { wish: Some(Wish::Administer { sign_in }), ..base.clone() }),
        Place::Unclear(word, why) => {
            let said = format!("site \u{201c}{word}\u{201d}");
            rows.push(Row { troubles: vec![why], said, ..base.clone() });
        }
        Place::Site(site) => {
            rows.extend(site_wish(row, site, sign_in).map(|wish| Row { wish: Some(wish), ..base.clone() }))
        }
        Place::None => {}
    }
    let (language, locale) = (row.language.clone(), row.locale.clone());
    // On Tableau Cloud the address is the user name; only another one is worth a change.
    let email = row.email.clone().filter(|email| !email.eq_ignore_ascii_case(&row.user_name));
    if language.is_some() || locale.is_some() || email.is_some() {
        rows.push(Row { wish: Some(Wish::Details { language, locale, email }), ..base.clone() });
    }
    if rows.is_empty() {
        let said = "names neither a role nor anything else to change".to_owned();
        rows.push(Row { troubles: vec![Why::NothingAsked], said, ..base });
    }
    rows
}

enum Place {
    Site(SiteId),
    Tenant,
    /// Words that name no single site, and why not.
    Unclear(String, Why),
    None,
}

fn place(
    row: &layout::Row,
    sheet: &Sheet,
    sites: &Sites,
    home: Option<SiteId>,
    tenant: Option<&str>,
) -> Place {
    let word = row.site.as_deref().map(str::trim);
    match (word, home) {
        (Some(""), Some(site)) if sheet.layout != Layout::Tcm => Place::Site(site),
        (Some(""), _) if sheet.layout == Layout::Tcm => Place::Tenant,
        // A named column that is blank is as dangerous as the vendor's own; without a role it asks for nothing.
        (Some(""), _) if row.role.role().is_some() => Place::Tenant,
        (Some(""), _) => Place::None,
        (Some(word), _) => match sites.find(word) {
            Some(Named::One(site)) => Place::Site(site),
            Some(Named::Several) => Place::Unclear(word.to_owned(), Why::AmbiguousSite),
            None if tenant.is_some_and(|tenant| !tenant.is_empty() && tenant.eq_ignore_ascii_case(word)) => {
                Place::Tenant
            }
            None => Place::Unclear(word.to_owned(), Why::NoSuchSite),
        },
        (None, Some(site)) => Place::Site(site),
        (None, None) if row.role.role().is_some() => {
            Place::Unclear("no site chosen".to_owned(), Why::NoSuchSite)
        }
        (None, None) => Place::None,
    }
}

fn site_wish(row: &layout::Row, site: SiteId, sign_in: Option<SignInType>) -> Option<Wish> {
    match (row.role.role(), sign_in) {
        (Some(role), sign_in) => Some(Wish::Role { site, role: role.clone(), sign_in }),
        (None, Some(sign_in)) => Some(Wish::SignIn { site, sign_in }),
        (None, None) => None,
    }
}
