//! Lists of people as files: what the page shows, all pages of it, safe to open in a spreadsheet.

use model::{
    Freshness, Permission, Problem,
    people::{LastSignIn, PeopleQuery, Person},
    roles::{SignInType, SiteRole},
    sites::Site,
};
use serde::Serialize;

use crate::{Caller, Operations, audit::taken::said, sheets};

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportAs {
    /// For spreadsheets; cells that would count as formulas are neutralised, and our own import undoes exactly that.
    Csv,
    /// For programs.
    Json,
}

/// A finished file.
#[derive(Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

const HEADS: [&str; 13] = [
    "User id",
    "Username",
    "Display name",
    "E-mail",
    "Status",
    "Highest site role",
    "Tenant role",
    "Sites",
    "Site roles",
    "Sign-in types",
    "Last sign-in",
    "Language",
    "Locale",
];

impl Operations {
    /// Everyone who matches, as a file.
    pub async fn export_people(
        &self,
        caller: &Caller,
        query: &PeopleQuery,
        kind: ExportAs,
    ) -> Result<Exported, Problem> {
        caller.must(Permission::SeePeople)?;
        caller.must(Permission::ExportLists)?;
        let made = self.file_of_people(caller, query, kind);
        self.taken_away(caller, "people", said(query), made).await
    }

    async fn file_of_people(
        &self,
        caller: &Caller,
        query: &PeopleQuery,
        kind: ExportAs,
    ) -> Result<(Exported, usize), Problem> {
        let view = self.directory_for(caller, Freshness::Recent, &[Permission::ExportLists]).await?;
        let (sought, _) = self.sought(caller, query).await?;
        let sites = self.all_sites(caller).await.unwrap_or_default();
        let stamp = view.as_of.machine().replace(':', "");
        let work = move || {
            let found = view.people.find(&sought).all();
            let count = found.len();
            let people = found.into_iter().map(|at| view.people.at(at));
            let bytes = match kind {
                ExportAs::Csv => {
                    sheets::write::export_csv(&HEADS, people.map(|person| line(&person, &sites)))
                }
                ExportAs::Json => {
                    let people: Vec<_> = people.map(|person| record(person, &sites)).collect();
                    serde_json::to_vec_pretty(&people).unwrap_or_default()
                }
            };
            (bytes, count)
        };
        let worked = tokio::task::spawn_blocking(work).await;
        let (bytes, count) = worked.map_err(|_| caller.problem(model::ProblemCode::Internal))?;
        let (ending, media) = match kind {
            ExportAs::Csv => ("csv", "text/csv; charset=utf-8"),
            ExportAs::Json => ("json", "application/json"),
        };
        Ok((Exported { name: format!("people-{stamp}.{ending}"), media, bytes }, count))
    }
}

fn line(person: &Person, sites: &[Site]) -> Vec<String> {
    let places = person.places.as_deref().unwrap_or_default();
    let mut kinds: Vec<&str> =
        places.iter().filter_map(|it| it.sign_in.as_ref()).map(SignInType::code).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut roles: Vec<String> = places
        .iter()
        .map(|place| {
            let site = sites.iter().find(|site| site.id == place.site);
            let site = site.map_or_else(|| place.site.to_string(), |site| site.name.clone());
            format!("{site}: {}", place.role.code())
        })
        .collect();
    roles.sort_unstable();
    vec![
        person.id.to_string(),
        person.user_name.clone(),
        person.display_name.clone(),
        person.email.clone(),
        person.status.clone(),
        person.highest.as_ref().map_or("", SiteRole::code).to_owned(),
        person.administration().map(|role| format!("{} {}", role.role, role.status)).unwrap_or_default(),
        person.site_count.to_string(),
        roles.join("; "),
        kinds.join("; "),
        last(person.last_sign_in),
        person.language.clone(),
        person.locale.clone(),
    ]
}

fn last(last: LastSignIn) -> String {
    match last {
        LastSignIn::Unknown => "unknown".to_owned(),
        LastSignIn::Never => "never".to_owned(),
        LastSignIn::At(at) => at.machine(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    last_sign_in_time: String,
    site_names: Vec<String>,
    #[serde(flatten)]
    person: Person,
}

fn record(person: Person, sites: &[Site]) -> Record {
    let name = |id: &model::SiteId| sites.iter().find(|site| site.id == *id).map(|site| site.name.clone());
    let places = person.places.as_deref().unwrap_or_default();
    Record {
        last_sign_in_time: last(person.last_sign_in),
        site_names: places.iter().filter_map(|place| name(&place.site)).collect(),
        person,
    }
}
