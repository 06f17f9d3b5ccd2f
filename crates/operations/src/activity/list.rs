//! Which files the log has for a time: asked in parts of seven days, page after page.

use std::collections::HashSet;

use model::{
    Freshness, Moment, Page, PageRequest, Permission, Problem, ProblemCode,
    activity::{LogFileRow, LogFiles, LogQuery, VENDOR_DAYS},
    page::SIZES,
};
use tableau::{LogFile, Manager, Read, Trail};

use super::{check_range, scope, words::place_of};
use crate::{Caller, Operations};

/// More pages than a week of a busy tenant has.
const PAGES_AT_MOST: usize = 500;
/// Files that are listed at most.
const FILES_AT_MOST: usize = 50_000;

impl Operations {
    /// The files of a part of the log.
    pub async fn log_files(
        &self,
        caller: &Caller,
        query: &LogQuery,
        at: PageRequest,
    ) -> Result<LogFiles, Problem> {
        caller.must(Permission::SeeActivity)?;
        if !SIZES.contains(&at.size) || at.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        check_range(caller, query)?;
        let (files, sites) =
            futures::join!(self.all_log_files(caller, query), self.sites_as(caller, Freshness::Recent));
        let files = files?;
        let size = files.iter().filter_map(|file| file.size).sum();
        let of = files.len() as u64;
        Ok(LogFiles {
            page: Page::cut(files, of, at, caller.now),
            size,
            parts: parts(query).len() as u64,
            sites: sites.unwrap_or_default().into_iter().map(|site| (site.id, site.name)).collect(),
        })
    }

    /// All files of a part of the log, newest first, each once.
    pub(super) async fn all_log_files(
        &self,
        caller: &Caller,
        query: &LogQuery,
    ) -> Result<Vec<LogFileRow>, Problem> {
        let mut seen = HashSet::new();
        let mut files = Vec::new();
        for times in parts(query) {
            for file in self.files_of_part(caller, query, times).await? {
                // An hour at the border belongs to both parts.
                if seen.insert(file.path.clone()) {
                    files.push(row(file));
                }
            }
            if files.len() > FILES_AT_MOST {
                return Err(caller.problem(ProblemCode::LogFileTooLarge));
            }
        }
        files.sort_by(|left, right| right.hour.cmp(&left.hour).then_with(|| left.path.cmp(&right.path)));
        Ok(files)
    }

    async fn files_of_part(
        &self,
        caller: &Caller,
        query: &LogQuery,
        times: (Moment, Moment),
    ) -> Result<Vec<LogFile>, Problem> {
        let mut files = Vec::new();
        let mut trail = Trail::of_at_most(PAGES_AT_MOST);
        let mut token: Option<String> = None;
        loop {
            let ask = |manager: Manager<Read>| {
                let (scope, kind, token) = (scope(query.site), query.kind.clone(), token.clone());
                async move {
                    let kind = Some(kind.as_str()).filter(|kind| !kind.is_empty());
                    manager.log_files(scope, times, kind, token.as_deref()).await
                }
            };
            self.0.pace.turn().await;
            let (some, next) = self.ask(caller, ask).await?;
            files.extend(some);
            let next = trail.on_to(next).map_err(|error| caller.vendor_problem(&error))?;
            let Some(next) = next else { return Ok(files) };
            token = Some(next);
        }
    }
}

fn row(file: LogFile) -> LogFileRow {
    let (kind, hour) = place_of(&file.path);
    LogFileRow { path: file.path, kind, hour, size: file.size }
}

/// The time in parts that the vendor takes, oldest first.
pub(super) fn parts(query: &LogQuery) -> Vec<(Moment, Moment)> {
    let mut parts = Vec::new();
    let mut from = query.from;
    while from < query.to {
        let to = from.plus_seconds(VENDOR_DAYS * 86_400).min(query.to);
        parts.push((from, to));
        from = to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_time_is_asked_for_in_parts_of_seven_days() {
        let day = |days: i64| Moment::from_seconds(days * 86_400);
        let parts = |to| parts(&LogQuery { site: None, from: day(0), to, kind: String::new() });
        assert_eq!(parts(day(7)), [(day(0), day(7))]);
        assert_eq!(parts(day(8)), [(day(0), day(7)), (day(7), day(8))]);
        assert_eq!(parts(day(90)).len(), 13);
    }
}
