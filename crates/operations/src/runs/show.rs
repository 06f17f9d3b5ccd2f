//! Reading and steering runs: the list, one run with a page of its rows, files of them, pause, resume and stop.

use std::collections::HashSet;

use model::{
    Act, ActId, Notice, Page, Permission, PlanId, Problem, ProblemCode,
    act::Turn,
    codes,
    delegation::Rule,
    page::SIZES,
    plan::{OnSite, SiteWish, Wish},
    runs::{AgainFile, RowState, RowsQuery, Run, RunKind, RunRow, RunSheet, RunState, RunsQuery},
};

use super::Carrier;
use crate::{Caller, Exported, Operations, gate::Outcome, sheets};

/// Which rows a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunDownload {
    /// All of them, with their outcome.
    All,
    /// Those that need a look: in the columns that an import reads where it can say them all, else the names of the
    /// people, to be pasted.
    Again,
}

const HEADS: [&str; 10] =
    ["Row", "Line", "Username", "Name", "Site", "Before", "Asked for", "Outcome", "Found", "Explanation"];
const HEADS_AGAIN: [&str; 9] = [
    "Username",
    "Display name",
    "Site",
    "Role",
    "Authentication",
    "Language",
    "Locale",
    "Email",
    "Explanation",
];

impl Operations {
    /// Runs of the tenant, newest first.
    pub async fn list_runs(&self, caller: &Caller, query: &RunsQuery) -> Result<Page<Run>, Problem> {
        caller.must_see_runs()?;
        // A member sees the runs of their own plans.
        let own = RunsQuery { whose: "mine".to_owned(), ..query.clone() };
        let query = if caller.is_member() { &own } else { query };
        let known = (query.state.is_empty() || RunState::parse(&query.state).is_some())
            && (query.kind.is_empty() || RunKind::parse(&query.kind).is_some());
        let whose = matches!(query.whose.as_str(), "" | "mine");
        if !known || !whose || !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let runs = self.0.store.runs(caller.tenant(), query, caller.account.author()).await;
        runs.map_err(|error| caller.store_problem(&error))
    }

    /// A run with a page of its rows.
    pub async fn run(&self, caller: &Caller, id: &PlanId, query: &RowsQuery) -> Result<RunSheet, Problem> {
        caller.must_see_runs()?;
        let known = matches!(query.state.as_str(), "" | "look") || RowState::parse(&query.state).is_some();
        if !known || !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let run = self.read_run(caller, id).await?;
        let kind = self.0.store.run_kind(caller.tenant(), *id).await;
        let kind = kind.map_err(|error| caller.store_problem(&error))?;
        let kind = kind.ok_or_else(|| caller.problem(ProblemCode::RunNotFound))?;
        let rows = self.0.store.run_rows(caller.tenant(), *id, query).await;
        let jobs = self.0.store.run_jobs(caller.tenant(), *id).await;
        Ok(RunSheet {
            site: self.site_of_plan(caller, id).await?,
            again: self.again_file(caller, &run, kind).await?,
            kind,
            run,
            rows: rows.map_err(|error| caller.store_problem(&error))?,
            jobs: jobs.map_err(|error| caller.store_problem(&error))?,
            now: caller.now,
        })
    }

    async fn again_file(&self, caller: &Caller, run: &Run, kind: RunKind) -> Result<AgainFile, Problem> {
        match kind {
            RunKind::Limits => Ok(AgainFile::Nothing),
            RunKind::Deletion | RunKind::Groups => Ok(AgainFile::Names),
            RunKind::People | RunKind::SiteUsers if run.counts.to_look_at() == 0 => Ok(AgainFile::Import),
            RunKind::People | RunKind::SiteUsers => {
                let whole = self.0.store.rows_can_be_imported(caller.tenant(), run.id, &to_look_at()).await;
                let whole = whole.map_err(|error| caller.store_problem(&error))?;
                Ok(if whole { AgainFile::Import } else { AgainFile::Names })
            }
        }
    }

    /// A run without its rows.
    pub(crate) async fn read_run(&self, caller: &Caller, id: &PlanId) -> Result<Run, Problem> {
        let run = self.0.store.run(caller.tenant(), *id).await;
        let run = run.map_err(|error| caller.store_problem(&error))?;
        let is_seen = |run: &Run| !caller.is_member() || run.by_id == caller.account.author();
        run.filter(is_seen).ok_or_else(|| caller.problem(ProblemCode::RunNotFound))
    }

    /// Pauses, resumes or stops a run. Whoever resumes it lends it their own sign-in.
    pub async fn steer_run(
        &self,
        caller: &Caller,
        id: &PlanId,
        turn: Turn,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |title: String| Act::SteerRun { plan: *id, title, turn };
        self.permit(caller, ticket, &act(String::new())).await?;
        let run = self.read_run(caller, id).await?;
        let begun = self.begin(caller, ticket, &act(run.title.clone()), Some(run.state.word())).await?;
        // Whoever goes on with what they began keeps what was approved for them; nobody else gets it.
        let before = self.0.store.run_account(caller.tenant(), *id).await;
        let before = before.map_err(|error| caller.store_problem(&error))?;
        let before = before.and_then(|before| serde_json::from_str::<Carrier>(&before).ok());
        let approved =
            before.filter(|before| before.account.id == caller.account.id).and_then(|it| it.approved);
        let carrier = Carrier { approved, ..Carrier::of(caller) };
        let account = serde_json::to_string(&carrier).unwrap_or_default();
        let tenant = caller.tenant();
        let written = match turn {
            Turn::Pause => self.0.store.pause_run(tenant, *id, None).await,
            Turn::Resume => {
                let (by, by_id) = (&caller.account.name, caller.account.author());
                self.0.store.resume_run(tenant, *id, &account, by, by_id).await
            }
            Turn::Stop => self.0.store.stop_run(tenant, *id).await,
        };
        match written {
            Ok(true) => {
                begun.finish(Outcome::done(turn.word())).await?;
                // A paused run that is stopped needs a worker as well: its remainder is to be written off.
                self.hand_in(tenant, *id).await;
                self.run_moved(*id);
                Ok(match turn {
                    Turn::Pause => Notice::RunPaused,
                    Turn::Resume => Notice::RunResumed,
                    Turn::Stop => Notice::RunStopped,
                })
            }
            Ok(false) => {
                let problem = caller.problem(ProblemCode::RunNotRunning);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }

    /// A run's rows as a file.
    pub async fn run_file(&self, caller: &Caller, id: &PlanId, of: RunDownload) -> Result<Exported, Problem> {
        caller.must_see_runs()?;
        caller.must(Permission::ExportLists)?;
        let run = self.read_run(caller, id).await?;
        let made = self.file_of_run(caller, id, of);
        self.taken_away(caller, "run", run.title, made).await
    }

    async fn file_of_run(
        &self,
        caller: &Caller,
        id: &PlanId,
        of: RunDownload,
    ) -> Result<(Exported, usize), Problem> {
        let states = match of {
            RunDownload::All => RowState::ALL.to_vec(),
            RunDownload::Again => to_look_at(),
        };
        let rows = self.0.store.all_rows(caller.tenant(), *id, &states).await;
        let rows = rows.map_err(|error| caller.store_problem(&error))?;
        let whole = rows.iter().all(|row| row.wish.can_be_imported());
        let count = rows.len();
        let (csv, text) = ("text/csv; charset=utf-8", "text/plain; charset=utf-8");
        let (word, media, bytes) = match of {
            RunDownload::All => {
                ("all.csv", csv, sheets::write::export_csv(&HEADS, rows.into_iter().map(line)))
            }
            RunDownload::Again if whole => {
                let lines = rows.into_iter().map(line_again);
                ("again.csv", csv, sheets::write::export_csv(&HEADS_AGAIN, lines))
            }
            RunDownload::Again => ("names.txt", text, names(&rows).into_bytes()),
        };
        Ok((Exported { name: format!("run-{}-{word}", &id.to_string()[..8]), media, bytes }, count))
    }
}

/// The states of rows that somebody should look at.
fn to_look_at() -> Vec<RowState> {
    RowState::ALL.into_iter().filter(|state| state.needs_a_look()).collect()
}

/// The people of some rows, each once and on a line, as a form takes them.
fn names(rows: &[RunRow]) -> String {
    let mut seen = HashSet::new();
    let once = rows.iter().filter(|row| seen.insert(row.user_name.to_lowercase()));
    once.map(|row| format!("{}\n", row.user_name)).collect()
}

/// A code of a row in one sentence: one of Tableau's, or one of ours.
fn explanation(row: &RunRow) -> String {
    let Some(code) = row.code.as_deref() else { return String::new() };
    if let Some(rule) = Rule::of_code(code) {
        return format!("{} {}", rule.words(), rule.next());
    }
    if let Some(ours) = ProblemCode::parse(code) {
        let said = model::explain::explain(ours);
        return format!("{}. {}", said.title, said.next);
    }
    let said = match row.wish.on_site() {
        Some(wish) => codes::explain_site(wish.change.operation(), code),
        None => codes::explain_manager(code),
    };
    let said = said.unwrap_or_else(codes::unknown);
    format!("{} {} ({code})", said.meaning, said.next.unwrap_or_default())
}

fn line(row: RunRow) -> Vec<String> {
    let explanation = explanation(&row);
    vec![
        row.number.to_string(),
        row.line.map(|line| line.to_string()).unwrap_or_default(),
        row.user_name,
        row.name,
        row.site_name,
        row.before,
        row.after,
        row.state.word().to_owned(),
        row.found.unwrap_or_default(),
        explanation,
    ]
}

/// A row in the columns of our own import.
fn line_again(row: RunRow) -> Vec<String> {
    let explained = format!("{} → {}. {}", row.before, row.after, explanation(&row));
    let (role, sign_in) = match &row.wish {
        Wish::Role { role, sign_in, .. } => (Some(role), sign_in.as_ref()),
        Wish::SignIn { sign_in, .. } => (None, Some(sign_in)),
        Wish::OnSite(OnSite {
            change: SiteWish::Add { role, sign_in } | SiteWish::Place { role, sign_in },
            ..
        }) => (Some(role), sign_in.as_ref()),
        Wish::OnSite(OnSite { change: SiteWish::Role { role }, .. }) => (Some(role), None),
        Wish::OnSite(OnSite { change: SiteWish::SignIn { sign_in }, .. }) => (None, Some(sign_in)),
        _ => (None, None),
    };
    let role = role.map_or_else(String::new, |role| role.code().to_owned());
    let sign_in = sign_in.map_or_else(String::new, |way| way.code().to_owned());
    let (language, locale, email) = match &row.wish {
        Wish::Details { language, locale, email } => (language.clone(), locale.clone(), email.clone()),
        _ => (None, None, None),
    };
    vec![
        row.user_name,
        row.name,
        row.site_name,
        role,
        sign_in,
        language.unwrap_or_default(),
        locale.unwrap_or_default(),
        email.unwrap_or_default(),
        explained,
    ]
}
