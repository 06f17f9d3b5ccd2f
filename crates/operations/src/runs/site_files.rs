//! Many people of a site by one file, written by Steward: sent once, looked after, and read back row by row.

use std::{collections::HashMap, time::Duration};

use model::{
    ProblemCode, SiteId, SiteJobId,
    plan::SiteWish,
    roles::SiteRole,
    runs::{RowState, RunJob, RunRow},
};
use store::RowEnd;
use tableau::{ApiVersion, Change, ImportErrors, SiteApi, SiteImport};

use super::{
    held::{Held, LetGo},
    on_site::{found_of, got_no_seat, site_end},
    site_notes,
    site_send::Said,
    site_watch::{Everyone, JobEnd},
    site_written::{line, ways_to_sign_in},
    ways::{Call, IMPORT_FROM},
};
use crate::{Caller, Operations, sheets::write};

/// The first version that tells all errors of an import.
///
/// Vendor: Users and Groups Methods, "Import Users to Site from CSV", `isVerbose`.
const VERBOSE_SINCE: ApiVersion = ApiVersion::new(3, 22);
/// The site's code for somebody who owns content: they stay, and lose the licence.
///
/// Vendor: Users and Groups Methods, "Remove User from Site", 409003.
const OWNS_CONTENT: &str = "409003";

/// What is known of a file once its answer came, or its job ended.
enum FileEnd {
    /// The site took it, and no job tells more.
    Taken,
    /// Nobody knows whether the site took it.
    Lost,
    /// The site refused it as a whole.
    Refused(String),
    /// Its job is over, well or not, and says these codes of single rows.
    Over { failed: Option<String>, rows: HashMap<u32, String> },
    /// Its job cannot be watched any longer.
    Unwatched(ProblemCode),
}

/// A file that is written down and about to be sent.
struct Ready {
    /// By what right it goes.
    caller: Caller,
    call: Call,
    /// Everybody of the site before.
    everyone: Everyone,
    version: ApiVersion,
}

impl Operations {
    /// Sends rows as one file of the site's own import, and watches its job.
    pub(super) async fn import_on_site(&self, held: &Held, site: SiteId, call: Call) -> Result<(), LetGo> {
        let Some(Ready { caller, call, everyone, version }) = self.before_file(held, site, call).await?
        else {
            return Ok(());
        };
        let lines: Vec<write::ImportLine> = call.rows.iter().filter_map(line).collect();
        // Names that no file can hold never come here; see `ways`.
        let csv = write::site_csv(&lines).map_err(|_| caller.problem(ProblemCode::Internal))?;
        let import = SiteImport {
            file_name: "people.csv".to_owned(),
            csv: csv.into(),
            people: ways_to_sign_in(&call.rows, &everyone, version),
            errors: if version >= VERBOSE_SINCE { ImportErrors::All } else { ImportErrors::Unsaid },
        };
        let send = |api: SiteApi<Change>| {
            let import = import.clone();
            async move { api.import_users(&import).await }
        };
        let end = match self.change_site(&caller, &site, send).await {
            Err(why) => return self.not_sent(held, site, &numbers(&call.rows), why).await,
            Ok(Err(said)) => FileEnd::of(said),
            Ok(Ok(job)) => self.job_of_file(held, site, job.id, &call.rows).await?,
        };
        self.end_file(held, site, call.rows, end).await
    }

    /// Sends rows as one file of people to be off the site. The vendor answers without a job.
    pub(super) async fn remove_by_file(&self, held: &Held, site: SiteId, call: Call) -> Result<(), LetGo> {
        let Some(Ready { caller, call, .. }) = self.before_file(held, site, call).await? else {
            return Ok(());
        };
        let csv = write::names_csv(call.rows.iter().map(|row| row.user_name.as_str()));
        let csv = csv.map_err(|_| caller.problem(ProblemCode::Internal))?;
        let send = |api: SiteApi<Change>| {
            let csv = csv.clone();
            async move { api.delete_users("people.csv", &csv).await }
        };
        let end = match self.change_site(&caller, &site, send).await {
            Err(why) => return self.not_sent(held, site, &numbers(&call.rows), why).await,
            Ok(Err(said)) => FileEnd::of(said),
            Ok(Ok(Some(job))) => self.job_of_file(held, site, job.id, &call.rows).await?,
            Ok(Ok(None)) => FileEnd::Taken,
        };
        self.end_file(held, site, call.rows, end).await
    }

    /// Everything that comes before a file is sent, and the people of the site as they are then.
    async fn before_file(&self, held: &Held, site: SiteId, call: Call) -> Result<Option<Ready>, LetGo> {
        let caller = held.caller();
        if self.connected(held, &caller, &site, &call.rows).await?.is_none() {
            return Ok(None);
        }
        if self.wait_for_site(held, &site).await? {
            return Ok(None);
        }
        // Asked before anything is written down: what fails here was never sent.
        let version = self.site_session(&caller, &site).await?.access.version();
        let everyone = self.everyone_on(&caller, &site).await?;
        let found = call.rows.iter().map(|row| found_of(row, everyone.find(row))).collect();
        let ready = self.ready(held, &caller, call, found).await?;
        Ok(ready.map(|(caller, call)| Ready { caller, call, everyone, version }))
    }

    /// Writes the job down, so that another worker finds it, and watches it.
    async fn job_of_file(
        &self,
        held: &Held,
        site: SiteId,
        job: SiteJobId,
        rows: &[RunRow],
    ) -> Result<FileEnd, LetGo> {
        let written =
            self.0.store.rows_have_job(held.run, held.fence, &numbers(rows), RunJob::OfSite(site, job)).await;
        held.stored(written)?;
        self.run_moved(held.run);
        self.watched_file(held, site, job, rows).await
    }

    async fn watched_file(
        &self,
        held: &Held,
        site: SiteId,
        job: SiteJobId,
        rows: &[RunRow],
    ) -> Result<FileEnd, LetGo> {
        Ok(match self.watch_on_site(held, site, job).await? {
            JobEnd::Forgotten => FileEnd::Unwatched(ProblemCode::JobForgotten),
            JobEnd::Endless => FileEnd::Unwatched(ProblemCode::JobEndless),
            JobEnd::Over(job) => {
                let told = site_notes::by_row(&job, rows);
                let error = job.notes.iter().find(|note| note.is_error());
                let error = error.and_then(|note| note.value.clone().or_else(|| note.text.clone()));
                let failed = job.has_failed();
                FileEnd::Over {
                    failed: failed.then(|| error.unwrap_or_else(|| ProblemCode::RowNotDone.word())),
                    rows: told.into_iter().map(|(place, code)| (rows[place].number, code)).collect(),
                }
            }
        })
    }

    /// Rows of a file that an earlier worker sent. Their job is watched where one was told; the rest is read back.
    pub(super) async fn settle_file(
        &self,
        held: &Held,
        site: SiteId,
        job: Option<SiteJobId>,
        rows: Vec<RunRow>,
    ) -> Result<(), LetGo> {
        let end = match job {
            Some(job) => self.watched_file(held, site, job, &rows).await?,
            None => FileEnd::Lost,
        };
        self.end_file(held, site, rows, end).await
    }

    /// Reads everybody back and ends the rows of a file by what is true now.
    async fn end_file(
        &self,
        held: &Held,
        site: SiteId,
        rows: Vec<RunRow>,
        end: FileEnd,
    ) -> Result<(), LetGo> {
        let patience = match end {
            // Nothing else tells when the site is through with it. Fewer rows than a file has went one by one.
            FileEnd::Taken | FileEnd::Lost if rows.len() >= IMPORT_FROM => self.0.rhythm.settle_at_most,
            _ => Duration::ZERO,
        };
        let lags = |row: &RunRow| match &end {
            FileEnd::Refused(_) => false,
            FileEnd::Over { failed, rows } => failed.is_none() && !rows.contains_key(&row.number),
            FileEnd::Taken | FileEnd::Lost | FileEnd::Unwatched(_) => true,
        };
        let everyone = self.everyone_after(held, site, &rows, patience, lags).await?;
        let ends: Vec<RowEnd> = rows.iter().map(|row| end.of_row(row, &everyone)).collect();
        held.stored(self.0.store.finish_rows(held.run, held.fence, &ends).await)?;
        if let Ok(connection) = self.site_connection(&held.caller(), &site).await {
            self.forget_site(&connection).await;
        }
        self.forget_what_was_read();
        Ok(())
    }
}

impl FileEnd {
    fn of(said: Said) -> Self {
        match said {
            Said::Refused(code) => Self::Refused(code),
            Said::Lost => Self::Lost,
            Said::Done => Self::Taken,
        }
    }

    /// How one row ends: what reading back shows decides, and what the file's end says explains the rest.
    fn of_row(&self, row: &RunRow, everyone: &Everyone) -> RowEnd {
        let user = everyone.find(row);
        let found = found_of(row, user);
        let said = match self {
            Self::Taken | Self::Lost | Self::Unwatched(_) => Said::Lost,
            Self::Refused(code) => Said::Refused(code.clone()),
            Self::Over { failed, rows } => match (rows.get(&row.number), failed) {
                (Some(code), _) | (None, Some(code)) => Said::Refused(code.clone()),
                (None, None) => Said::Done,
            },
        };
        let moved = found.now != row.before;
        let mut end = site_end(row, &said, found.now, found.is_met);
        end.site_user = user.map(|user| user.id).or(row.site_user);
        let Some(wish) = row.wish.on_site().filter(|_| end.state != RowState::Done) else { return end };
        if got_no_seat(wish, user) && (moved || end.state == RowState::Differs) {
            (end.state, end.code) = (RowState::Differs, Some(ProblemCode::NoSeatLeft.word()));
        } else if matches!(wish.change, SiteWish::Remove { .. }) && moved && is_unlicensed(user) {
            (end.state, end.code) = (RowState::Differs, Some(OWNS_CONTENT.to_owned()));
        } else if end.state == RowState::Unknown {
            end.code = Some(match self {
                Self::Unwatched(code) => code.word(),
                Self::Taken => ProblemCode::NotVerified.word(),
                _ => ProblemCode::FateUnknown.word(),
            });
        }
        end
    }
}

fn is_unlicensed(user: Option<&model::site_users::SiteUser>) -> bool {
    user.is_some_and(|user| user.site_role == SiteRole::Unlicensed)
}

fn numbers(rows: &[RunRow]) -> Vec<u32> {
    rows.iter().map(|row| row.number).collect()
}
