//! The rows of a job as a file, each with its code in plain words.

use model::{
    JobId, Problem, codes,
    jobs::{JobItem, Outcome},
};

use super::matches;
use crate::{Caller, Exported, Operations, sheets};

const HEADS: [&str; 10] = [
    "Line",
    "Username",
    "User id",
    "Site id",
    "Asked for",
    "Role",
    "Authentication",
    "Outcome",
    "Code",
    "Explanation",
];

impl Operations {
    /// A job's rows as a file: all of them, or those with one outcome.
    pub async fn job_file(&self, caller: &Caller, id: &JobId, outcome: Outcome) -> Result<Exported, Problem> {
        caller.must_see_all_jobs()?;
        let whole = self.whole_job(caller, *id).await?;
        let cut_off = whole.cut_off;
        let lines = whole.items.iter().filter(|item| matches(item, outcome)).cloned().map(line);
        let bytes = sheets::write::export_csv(&HEADS, lines);
        // Whoever keeps the file must see that it is not the whole.
        let word = if cut_off { "beginning" } else { "all" };
        let word = if outcome == Outcome::All { word } else { "some" };
        let name = format!("job-{}-{word}.csv", &id.to_string()[..8]);
        Ok(Exported { name, media: "text/csv; charset=utf-8", bytes })
    }
}

fn line(item: JobItem) -> Vec<String> {
    let explanation = item.code.as_deref().map_or_else(String::new, |code| {
        let said = codes::explain_manager(code).unwrap_or_else(codes::unknown);
        format!("{} {}", said.meaning, said.next.unwrap_or_default()).trim_end().to_owned()
    });
    vec![
        item.line.unwrap_or_default(),
        item.user_name.unwrap_or_default(),
        item.user.map(|user| user.to_string()).unwrap_or_default(),
        item.site.unwrap_or_default(),
        item.kind.unwrap_or_default(),
        item.site_role.or(item.tenant_role).unwrap_or_default(),
        item.sign_in.unwrap_or_default(),
        item.status,
        item.code.unwrap_or_default(),
        explanation,
    ]
}
