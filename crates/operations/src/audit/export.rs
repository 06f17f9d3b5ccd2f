//! The audit log as a file: every entry that the page's own filters leave, newest first.

use model::{Permission, Problem, audit::AuditQuery, audit::AuditRow};

use super::taken::said;
use crate::{Caller, ExportAs, Exported, Operations, sheets};

/// Entries in one file. Whoever needs more narrows the time.
const AT_MOST: u64 = 50_000;

const HEADS: [&str; 19] = [
    "Began",
    "Who",
    "Who, by id",
    "Actor in Tableau's log",
    "Verb",
    "What",
    "Kind",
    "Object",
    "Object's id",
    "Reason",
    "Via",
    "Before",
    "After",
    "Outcome",
    "Code",
    "Ended",
    "Reference",
    "Act",
    "Number",
];

impl Operations {
    /// Every entry that matches, as a file.
    pub async fn export_audit(
        &self,
        caller: &Caller,
        query: &AuditQuery,
        kind: ExportAs,
    ) -> Result<Exported, Problem> {
        caller.must(Permission::SeeAudit)?;
        super::check(caller, query)?;
        let made = self.file_of_audit(caller, query, kind);
        self.taken_away(caller, "audit log", said(query), made).await
    }

    async fn file_of_audit(
        &self,
        caller: &Caller,
        query: &AuditQuery,
        kind: ExportAs,
    ) -> Result<(Exported, usize), Problem> {
        let (rows, is_whole) = self
            .0
            .store
            .audit_all(caller.tenant(), query, AT_MOST)
            .await
            .map_err(|error| caller.store_problem(&error))?;
        let count = rows.len();
        let work = move || match kind {
            ExportAs::Csv => sheets::write::export_csv(&HEADS, rows.into_iter().map(line)),
            ExportAs::Json => serde_json::to_vec_pretty(&rows).unwrap_or_default(),
        };
        let bytes = tokio::task::spawn_blocking(work).await;
        let bytes = bytes.map_err(|_| caller.problem(model::ProblemCode::Internal))?;
        let (ending, media) = match kind {
            ExportAs::Csv => ("csv", "text/csv; charset=utf-8"),
            ExportAs::Json => ("json", "application/json"),
        };
        // Whoever keeps the file must see that it is not the whole.
        let part = if is_whole { "" } else { "-newest-50000" };
        let stamp = caller.now.machine().replace(':', "");
        Ok((Exported { name: format!("audit-{stamp}{part}.{ending}"), media, bytes }, count))
    }
}

fn line(row: AuditRow) -> Vec<String> {
    let what = row.sentence();
    let or_nothing = Option::unwrap_or_default;
    vec![
        row.at.machine(),
        row.who,
        row.who_id,
        or_nothing(row.actor),
        row.verb,
        what,
        row.object_kind,
        row.object_name,
        row.object,
        or_nothing(row.reason),
        or_nothing(row.via),
        or_nothing(row.before),
        or_nothing(row.after),
        row.state.word().to_owned(),
        or_nothing(row.code),
        row.ended.map(|at| at.machine()).unwrap_or_default(),
        row.reference,
        row.act.to_string(),
        row.number.to_string(),
    ]
}
