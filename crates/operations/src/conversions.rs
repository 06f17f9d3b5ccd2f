//! Files turned from one of Tableau's layouts into another: kept for a day, for whoever uploaded them, and never sent.

use model::{
    ConversionId, Permission, Problem, ProblemCode,
    conversions::{Conversion, Target},
};
use store::{KeptFile, NewConversion};
use uuid::Uuid;

use crate::{
    Caller, Exported, Operations,
    plans::{code, shown, told},
    sheets::{
        convert::{Home, convert},
        export_csv, read,
    },
};

/// The form that uploads a file to be turned into another layout. Words as the form sends them.
#[derive(Debug, Clone)]
pub struct ConvertForm {
    /// `site` or `tenant`.
    pub into: String,
    /// The site that the rows are for.
    pub site: String,
    /// The file's name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Which file of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConvertedFile {
    /// As Tableau's own pages take it: without headings.
    ForTableau,
    /// With headings, for a spreadsheet.
    ForSpreadsheet,
    /// The notes on what was left out.
    Notes,
}

const NOTE_HEADS: [&str; 4] = ["Line", "User name", "Carried over", "Why"];

impl Operations {
    /// Turns a file into another layout and keeps both the file and the notes.
    pub async fn convert_file(&self, caller: &Caller, form: ConvertForm) -> Result<ConversionId, Problem> {
        caller.must(Permission::PlanPeople)?;
        let wrong =
            |name: &str| Problem::about(ProblemCode::FieldWrong, name).with_reference(&caller.request);
        let into = Target::parse(&form.into).ok_or_else(|| wrong("into"))?;
        if form.bytes.is_empty() {
            return Err(caller.problem(ProblemCode::FileMissing));
        }
        let sites = self.all_sites(caller).await?;
        let site = sites.into_iter().find(|site| site.id.to_string() == form.site.trim());
        let site = site.filter(|site| !site.content_url.is_empty()).ok_or_else(|| wrong("site"))?;
        let home = Home { name: site.name, uri: site.content_url, id: site.id.to_string() };
        let (id, made) = (ConversionId::from(Uuid::now_v7()), caller.now);
        let (tenant, owner, file) = (caller.tenant(), caller.account.author(), shown(&form.name));
        let work = move || {
            let sheet = read(&form.bytes).map_err(|problem| code(&problem))?;
            let converted = convert(&sheet, into, &home);
            // What cannot be written was left out before.
            let for_tableau = converted.for_tableau(into).map_err(|_| ProblemCode::Internal)?;
            let for_spreadsheet = converted.for_spreadsheet(into).map_err(|_| ProblemCode::Internal)?;
            let told = Conversion {
                id,
                file,
                read_as: told(&sheet),
                into,
                site: home.name,
                made,
                rows: sheet.rows.len() as u64,
                carried: converted.carried(),
                lost: converted.lost,
                left_out: converted.left_out,
                without: converted.without,
            };
            Ok(NewConversion { tenant, owner, told, for_tableau, for_spreadsheet })
        };
        let converted = tokio::task::spawn_blocking(work).await;
        let converted = converted.map_err(|_| caller.problem(ProblemCode::Internal))?;
        let converted = converted.map_err(|code| caller.problem(code))?;
        let kept = self.0.store.keep_conversion(converted).await;
        kept.map_err(|error| caller.store_problem(&error)).map(|()| id)
    }

    /// What became of a file that the caller uploaded.
    pub async fn conversion(&self, caller: &Caller, id: &ConversionId) -> Result<Conversion, Problem> {
        caller.must(Permission::PlanPeople)?;
        let found = self.0.store.conversion(caller.tenant(), caller.account.author(), *id).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.ok_or_else(|| caller.problem(ProblemCode::ConversionNotFound))
    }

    /// One of the files of a conversion.
    pub async fn converted_file(
        &self,
        caller: &Caller,
        id: &ConversionId,
        which: ConvertedFile,
    ) -> Result<Exported, Problem> {
        let told = self.conversion(caller, id).await?;
        let (word, kept) = match which {
            ConvertedFile::ForTableau => ("for-tableau", Some(KeptFile::ForTableau)),
            ConvertedFile::ForSpreadsheet => ("for-spreadsheet", Some(KeptFile::ForSpreadsheet)),
            ConvertedFile::Notes => ("notes", None),
        };
        let bytes = match kept {
            Some(kept) => {
                let found =
                    self.0.store.converted_file(caller.tenant(), caller.account.author(), *id, kept).await;
                let found = found.map_err(|error| caller.store_problem(&error))?;
                found.ok_or_else(|| caller.problem(ProblemCode::ConversionNotFound))?
            }
            None => notes(&told),
        };
        let name = format!("{}-{}-{word}.csv", told.into.word(), &id.to_string()[..8]);
        Ok(Exported { name, media: "text/csv; charset=utf-8", bytes })
    }
}

fn notes(told: &Conversion) -> Vec<u8> {
    let of = |notes: &[model::conversions::LineNote], carried: &str| {
        let rows = notes.iter().map(|note| {
            vec![note.line.to_string(), note.user_name.clone(), carried.to_owned(), note.words.clone()]
        });
        rows.collect::<Vec<_>>()
    };
    let mut rows = of(&told.left_out, "no");
    rows.extend(of(&told.without, "yes"));
    export_csv(&NOTE_HEADS, rows.into_iter())
}
