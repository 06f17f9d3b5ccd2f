//! `steward doctor`: checks settings, key, database, audit chain and the way to Tableau, and says what is wrong. With a
//! token it tries everything that can be read, as the page *Connection doctor* does.

use std::path::Path;

use anyhow::{Context, Result, bail};
use app::doctor::told;
use model::{
    doctor::{Outcome, Report, Tried},
    explain,
    vendor::Unlocked,
};
use operations::{Wire, examine, inferred_changes, reach};
use secrecy::SecretString;
use store::Store;

use crate::{
    origin::Origin,
    program::{open_existing_store, open_wire},
    settings::ServeSettings,
};

/// The lines, and how many of them tell of something wrong.
#[derive(Default)]
struct Lines {
    wrong: u64,
}

impl Lines {
    fn tell(&mut self, what: &str, found: Result<String, String>) {
        match found {
            Ok(good) => println!("ok     {what}: {good}"),
            Err(bad) => {
                self.wrong += 1;
                println!("WRONG  {what}: {bad}");
            }
        }
    }

    /// Something to know that is neither right nor wrong.
    fn note(&self, what: &str, words: &str) {
        println!("note   {what}: {words}");
    }
}

/// Checks one thing after the other and prints a line for each.
pub async fn examine_all(settings: ServeSettings, token_file: Option<&Path>) -> Result<()> {
    let mut lines = Lines::default();
    let origin = settings.public_origin.as_deref().unwrap_or_default();
    lines.tell(
        "public origin",
        Origin::parse(origin).map(|it| it.as_str().to_owned()).map_err(|error| error.to_string()),
    );
    let mut unlocked = Vec::new();
    match open_existing_store(&settings.store).await {
        Ok(store) => {
            lines.tell("key and database", Ok("open".to_owned()));
            let chain = store.audit_verify().await.map_err(|error| error.to_string());
            lines.tell(
                "audit chain",
                chain.and_then(|report| match report.broken_at {
                    None => Ok(format!("{} records", report.records)),
                    Some(number) => Err(format!("record {number} does not fit")),
                }),
            );
            match unlocks(&store).await {
                Ok(found) => unlocked = found,
                Err(error) => lines.tell("unlocks", Err(error.to_string())),
            }
            store.close().await;
        }
        Err(error) => lines.tell("key and database", Err(format!("{error:#}"))),
    }
    match open_wire(&settings) {
        Ok(wire) => {
            tableau(&mut lines, &wire, token_file).await;
            changes(&lines, &wire, &unlocked);
        }
        Err(error) => lines.tell("Tableau", Err(format!("{error:#}"))),
    }
    if lines.wrong > 0 {
        bail!("{} of the checks failed", lines.wrong);
    }
    Ok(())
}

async fn tableau(lines: &mut Lines, wire: &Wire, token_file: Option<&Path>) {
    let (watched, witness) = wire.witnessed();
    lines.tell("Tableau", reach(&watched).await);
    let ahead = witness.take().into_iter().filter_map(|seen| seen.ahead).next_back();
    match token_file {
        None => {
            clocks(lines, ahead);
            lines.note("addresses", "give a token with --token-file to try them; nothing is changed");
        }
        Some(file) => match token(file) {
            Ok(token) => tell(lines, &examine(wire, &token).await),
            Err(error) => lines.tell("--token-file", Err(format!("{error:#}"))),
        },
    }
    lines.note("sites", "connected sites are tried on the page, where the sign-in is whose they are");
}

/// Which operations somebody unlocked at which address, and who.
async fn unlocks(store: &Store) -> store::Result<Vec<(String, String, Unlocked)>> {
    let mut all = Vec::new();
    for tenant in store.tenants().await? {
        all.extend(store.unlocks(tenant).await?);
    }
    Ok(all)
}

/// Changes whose address is only inferred are never tried: each is named, and whether somebody unlocked it.
fn changes(lines: &Lines, wire: &Wire, unlocked: &[(String, String, Unlocked)]) {
    for row in inferred_changes(wire) {
        let address = format!("{} {}", row.method, row.path);
        let found = unlocked.iter().find(|(name, checked, _)| *name == row.name && *checked == address);
        let state = match found {
            Some((_, _, unlocked)) => format!("unlocked by {} on {}", unlocked.by, unlocked.at.day()),
            None => "locked on a real tenant until somebody has checked it".to_owned(),
        };
        lines.note(&row.name, &format!("{address} is inferred; {state}"));
    }
}

/// Every try as a line, then what is true of all of them.
fn tell(lines: &mut Lines, report: &Report) {
    for tried in &report.manager {
        tell_one(lines, &tried.operation.name, tried);
    }
    for server in &report.servers {
        tell_one(lines, &format!("{} of {}", server.tried.operation.name, server.host), &server.tried);
    }
    clocks(lines, report.ahead);
    lines.note("limits", &told::limits(&report.limits));
    lines.note("reads", &told::verdict(report).1);
}

fn tell_one(lines: &mut Lines, what: &str, tried: &Tried) {
    let (words, next) = told::words(tried);
    let known = match (tried.operation.overridden, tried.operation.certainty) {
        (true, _) => "from your settings",
        (false, model::vendor::Certainty::Confirmed) => "confirmed",
        (false, model::vendor::Certainty::Inferred) => "inferred",
    };
    let figures = format!("{}, {known}", told::figures(tried));
    match &tried.outcome {
        Outcome::Answered(_) => lines.tell(what, Ok(format!("{words} ({figures})"))),
        Outcome::Failed(code, _) => {
            let next = next.unwrap_or_default();
            lines.tell(what, Err(format!("{words} {next} ({}, {figures})", code.word())));
        }
        // What is left out for a reason of Tableau's is no good news either.
        Outcome::Left(why) if why.is_wanted() => lines.tell(what, Err(words)),
        Outcome::Left(_) => lines.note(what, &words),
    }
}

fn clocks(lines: &mut Lines, ahead: Option<i64>) {
    let said = told::clocks(ahead);
    match ahead {
        None => lines.note("clocks", &said),
        Some(ahead) if ahead.abs() >= model::doctor::CLOCKS_DIFFER => {
            lines.tell("clocks", Err(format!("{said} {}", explain::clocks(ahead))));
        }
        Some(_) => lines.tell("clocks", Ok(said)),
    }
}

/// The token, from a file that nobody else may read. It is used once and goes nowhere else.
fn token(file: &Path) -> Result<SecretString> {
    let name = || format!("{} cannot be read", file.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(file).with_context(name)?;
        if about.is_file() && about.permissions().mode() & 0o077 != 0 {
            bail!("{} may be read by others; take that right away (chmod 600)", file.display());
        }
    }
    let text = std::fs::read_to_string(file).with_context(name)?;
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        bail!("{} does not hold one token alone", file.display());
    }
    Ok(SecretString::from(text.to_owned()))
}
