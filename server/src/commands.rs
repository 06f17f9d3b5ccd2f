//! What each command of the program does.

use std::{io::Write, path::Path};

use anyhow::{Context, Result, bail};
use app::{DemoHint, codes::file, parts::text::count};
use model::{dictionary, vendor::Effect};
use operations::{Outside, Reality, Table};
use store::{DatabaseUrl, Keys, Store, StoreSettings};
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::{
    doctor,
    origin::Origin,
    past,
    program::{Parts, open_existing_store, open_outside, open_store, open_wire, run, wire_to},
    settings::{AuditCommand, Command, DemoSettings, ServeSettings, StoreArgs, WorldSettings},
};

/// Runs one command.
pub async fn carry_out(command: Command) -> Result<()> {
    match command {
        Command::Serve(settings) => serve(*settings).await,
        Command::Demo(settings) => demo(settings).await,
        Command::Simulate(settings) => simulate(settings).await,
        Command::Doctor { token_file, settings } => {
            doctor::examine_all(*settings, token_file.as_deref()).await
        }
        Command::Codes { code, html } => codes(code.as_deref(), html),
        Command::Audit { command: AuditCommand::Verify(store) } => verify(&store).await,
        Command::Backup { file, store } => backup(&file, &store).await,
    }
}

async fn serve(settings: ServeSettings) -> Result<()> {
    let Some(origin) = &settings.public_origin else {
        bail!("--public-origin is missing: the address people open, such as https://steward.example.com");
    };
    let origin = Origin::parse(origin)?;
    let parts = Parts {
        outside: open_outside(&settings, &origin)?,
        origin,
        wire: open_wire(&settings)?,
        store: open_store(&settings.store).await?,
        reality: Reality::Real,
        access: settings.access,
        hint: None,
    };
    for row in parts.wire.table().rows().filter(|row| row.overridden && row.effect == Effect::Change) {
        warn!(
            "The settings give the address of {}: {} {} ({:?})",
            row.name, row.method, row.path, row.certainty
        );
    }
    let listener = listen(settings.listen).await?;
    info!("Steward listens on {} for {}", listener.local_addr()?, parts.origin.as_str());
    run(parts, listener).await
}

async fn demo(settings: DemoSettings) -> Result<()> {
    let pretend = simulator::start(settings.world.options(), TcpListener::bind("127.0.0.1:0").await?).await?;
    let listener = listen(settings.listen).await?;
    let address = listener.local_addr()?;
    let origin = Origin::parse(&format!("http://{address}"))
        .context("--listen: the demo is for this very machine, such as 127.0.0.1:8080")?;
    let token = pretend.details().tcm_pat.clone();
    let people = pretend.world().people() as u64;
    let of_sites = &pretend.details().sites;
    let size = format!(
        "{} and {}",
        count(of_sites.len() as u64, "site", "sites"),
        count(people, "person", "people")
    );
    let sites = of_sites
        .iter()
        .map(|site| (site.site_id.clone(), site.pat_name.clone(), site.pat_secret.clone()))
        .collect();
    let store = Store::open(&StoreSettings { url: DatabaseUrl::Memory, key: Keys::random()? }).await?;
    past::invent(&store, &pretend).await.context("the pretend past of the demo")?;
    let parts = Parts {
        wire: wire_to(&pretend.details().tcm_url, Table::default(), Vec::new(), Vec::new())?,
        store,
        reality: Reality::Pretend,
        access: settings.access,
        outside: Outside { origin: origin.as_str().to_owned(), ..Outside::default() },
        hint: Some(DemoHint { token: token.clone(), size: size.clone(), sites }),
        origin,
    };
    let jobs = pretend
        .details()
        .jobs
        .iter()
        .map(|job| format!("    {}  {}\n", job.id, job.what))
        .collect::<String>();
    print(&format!(
        "\nSteward runs with its simulator: a pretend tenant with {size}. Nothing is kept.\n\n  \
         Open      http://{address}\n  \
         Sign in   {token}\n\n  \
         Jobs to open by their id:\n{jobs}\n\
         Stop it with Ctrl-C.\n\n"
    ))?;
    run(parts, listener).await
}

async fn simulate(settings: WorldSettings) -> Result<()> {
    let running = simulator::start(settings.world.options(), listen(settings.listen).await?).await?;
    print(&format!("{}\n", serde_json::to_string(running.details())?))?;
    tokio::select! {
        () = running.stopped() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

async fn verify(args: &StoreArgs) -> Result<()> {
    let report = open_existing_store(args).await?.audit_verify().await?;
    if let Some(number) = report.broken_at {
        bail!(
            "The audit chain is broken: record {number} is the first that does not fit ({} records read).",
            report.records
        );
    }
    print(&format!(
        "The audit chain is whole: {} records, the last hash is {}.\nKeep that hash elsewhere: it proves later that nothing was cut off the end.\n",
        report.records, report.head
    ))
}

async fn backup(file: &Path, args: &StoreArgs) -> Result<()> {
    open_existing_store(args).await?.backup(file).await?;
    print(&format!(
        "Copied the database to {}. The key is not in it: keep a copy of the key file elsewhere.\n",
        file.display()
    ))
}

/// Prints what codes mean, without settings, a database or Tableau.
fn codes(code: Option<&str>, html: bool) -> Result<()> {
    let Some(code) = code else {
        return print(&if html { file::html() } else { file::text(None) });
    };
    let found = dictionary::find(code);
    let found = found.with_context(|| format!("{code} is in no list that Steward has"))?;
    print(&file::text(Some(&found)))
}

async fn listen(address: std::net::SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("--listen: {address} cannot be listened on"))
}

/// Standard output may be closed, as by `| head -1`; that is said and not a panic.
fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output is closed")
}
