//! Puts the rooms together from the settings, and runs them until it is told to stop.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use app::{Assets, DemoHint};
use model::Moment;
use operations::{
    ByProvider, Hooks, MailSettings, Mailer, OidcSettings, Operations, Outside, Provider, Reality, Table,
    Wire, WireSettings,
};
use secrecy::SecretString;
use store::{DatabaseUrl, Keys, Store, StoreSettings};
use time::OffsetDateTime;
use tokio::{net::TcpListener, sync::watch};
use tracing::{info, warn};

use crate::{
    assets,
    origin::Origin,
    routes,
    settings::{AccessArgs, ServeSettings, StoreArgs},
};

/// What Steward calls itself in Tableau's log.
pub const PRODUCT: &str = concat!("Steward/", env!("CARGO_PKG_VERSION"));
/// The file of the SQLite database in its folder.
const DATABASE: &str = "steward.db";
/// The longest a page may wait for Tableau.
const DEADLINE: Duration = Duration::from_secs(15);
/// How often things are tidied up.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// How long requests in flight get when the program is told to stop.
const GRACE: Duration = Duration::from_secs(8);

/// What the layers and handlers share.
pub type Web = Arc<Shared>;

/// What the layers and handlers share.
pub struct Shared {
    /// The built browser half.
    pub assets: Assets,
    /// The address people open.
    pub origin: Origin,
    /// Everything a person can do.
    pub operations: Operations,
    /// What survives a restart.
    pub store: Store,
    /// How many sign-ins one network address may try in five minutes.
    pub sign_in_tries: u32,
    /// Proxies whose forwarded headers count.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long a sign-in may be idle.
    pub idle_seconds: i64,
    /// How long a sign-in lasts at most.
    pub sign_in_seconds: i64,
    /// Turns true when the program is told to stop.
    pub stopping: watch::Receiver<bool>,
    /// How to sign in, in the demo alone.
    pub hint: Option<DemoHint>,
}

/// What differs between the demo and a real tenant.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The way to Tableau.
    pub wire: Wire,
    /// Whether the other side is real.
    pub reality: Reality,
    /// The address people open.
    pub origin: Origin,
    /// Rules for people.
    pub access: AccessArgs,
    /// How to sign in, in the demo alone.
    pub hint: Option<DemoHint>,
    /// The mail server and the identity provider.
    pub outside: Outside,
}

impl Parts {
    /// What the layers and handlers share.
    pub fn share(self, stopping: watch::Receiver<bool>) -> Web {
        let access = self.access;
        let operations = Operations::with_outside(self.store.clone(), self.wire, self.reality, self.outside);
        operations.open_hooks(Hooks::new(PRODUCT, access.hook_hosts));
        Arc::new(Shared {
            assets: assets::built(),
            origin: self.origin,
            operations,
            store: self.store,
            sign_in_tries: access.sign_in_tries,
            trusted_proxies: access.trusted_proxies,
            idle_seconds: i64::from(access.idle_minutes) * 60,
            sign_in_seconds: i64::from(access.sign_in_minutes) * 60,
            stopping,
            hint: self.hint,
        })
    }
}

/// Opens the database that the settings name, as it is: a wrong folder must not look like an empty log.
pub async fn open_existing_store(args: &StoreArgs) -> Result<Store> {
    let file = args.data.join(DATABASE);
    if args.postgres_file.is_none() && !file.exists() {
        bail!("--data: there is no database at {}", file.display());
    }
    if !args.key_file.exists() {
        bail!("--key-file: there is no key at {}", args.key_file.display());
    }
    open_store(args).await
}

/// Opens the database that the settings name; it and its key are made when they are missing.
pub async fn open_store(args: &StoreArgs) -> Result<Store> {
    let key = if args.key_file.exists() {
        Keys::from_file(&args.key_file)
    } else {
        Keys::create_file(&args.key_file)
    };
    let key = key.with_context(|| format!("--key-file {}", args.key_file.display()))?;
    let url = match &args.postgres_file {
        Some(file) => DatabaseUrl::Postgres(read_secret(file).context("--postgres-file")?),
        None => DatabaseUrl::File(args.data.join(DATABASE)),
    };
    Store::open(&StoreSettings { url, key }).await.context("the database cannot be opened")
}

/// The way to Tableau that the settings name.
pub fn open_wire(settings: &ServeSettings) -> Result<Wire> {
    let table = match &settings.operations_file {
        Some(file) => {
            let json = std::fs::read_to_string(file)
                .with_context(|| format!("--operations-file {}", file.display()))?;
            Table::with_overrides(&json).with_context(|| format!("--operations-file {}", file.display()))?
        }
        None => Table::default(),
    };
    wire_to(&settings.tableau_url, table, settings.site_hosts.clone(), settings.log_hosts.clone())
}

/// The way to one address of Tableau, and to the sites of its tenants.
pub fn wire_to(base: &str, table: Table, site_hosts: Vec<String>, log_hosts: Vec<String>) -> Result<Wire> {
    let settings = WireSettings {
        base: base.to_owned(),
        deadline: DEADLINE,
        table,
        product: PRODUCT.to_owned(),
        site_hosts,
        log_hosts,
    };
    Wire::new(settings).context("--tableau-url, --site-host or --log-host")
}

/// The mail server and the identity provider that the settings name.
pub fn open_outside(settings: &ServeSettings, origin: &Origin) -> Result<Outside> {
    let mail = &settings.mail;
    let mailer = match (&mail.mail_server, &mail.mail_from) {
        (Some(server), Some(from)) => {
            let password = mail.mail_password_file.as_deref().map(read_secret).transpose();
            let password = password.context("--mail-password-file")?;
            let (server, from, user) = (server.clone(), from.clone(), mail.mail_user.clone());
            let mailer = Mailer::new(MailSettings { server, user, password, from });
            Some(mailer.context("--mail-server or --mail-from")?)
        }
        _ => None,
    };
    let oidc = &settings.oidc;
    let provider = match (&oidc.oidc_issuer, &oidc.oidc_client, &oidc.oidc_secret_file) {
        (Some(issuer), Some(client), Some(file)) => {
            let provider = Provider::new(OidcSettings {
                issuer: issuer.clone(),
                client: client.clone(),
                secret: read_secret(file).context("--oidc-secret-file")?,
                redirect: format!("{}/login/provider/back", origin.as_str()),
                group_claim: oidc.oidc_group_claim.clone(),
                deadline: DEADLINE,
            });
            Some(ByProvider {
                provider: provider.context("--oidc-issuer")?,
                name: oidc.oidc_name.clone(),
                domains: oidc.oidc_domains.clone(),
                group: oidc.oidc_group.clone(),
            })
        }
        _ => None,
    };
    Ok(Outside { origin: origin.as_str().to_owned(), mailer, provider })
}

fn read_secret(file: &Path) -> Result<SecretString> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(SecretString::from(text.trim().to_owned()))
}

/// Serves until SIGTERM or Ctrl-C, then lets requests in flight end.
pub async fn run(parts: Parts, listener: TcpListener) -> Result<()> {
    let (stop, stopping) = watch::channel(false);
    let web = parts.share(stopping.clone());
    let store = web.store.clone();
    let tidying = tokio::spawn(tidy_up(web.clone(), stopping.clone()));
    let watching = tokio::spawn(watch_seats(web.clone(), stopping.clone()));
    let work = tokio::spawn(work(web.clone(), stopping.clone()));
    let service = routes::router(web).into_make_service_with_connect_info::<SocketAddr>();
    let mut told = stopping.clone();
    let until = async move { _ = told.wait_for(|stopping| *stopping).await };
    let serving = tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(until).into_future());
    asked_to_stop().await;
    info!("Stopping");
    stop.send_replace(true);
    // Requests and runs end side by side, within the same grace.
    let (served, worked) =
        tokio::join!(tokio::time::timeout(GRACE, serving), tokio::time::timeout(GRACE, work));
    match served {
        Ok(served) => served.context("the server failed")?.context("the server failed")?,
        Err(_elapsed) => warn!("Some requests did not end in time"),
    }
    if worked.is_err() {
        warn!("The worker did not end in time; its rows are looked after at the next start");
    }
    tidying.abort();
    watching.abort();
    store.close().await;
    Ok(())
}

/// Carries out the runs of applied plans until the program stops.
pub async fn work(web: Web, mut stopping: watch::Receiver<bool>) {
    let stop = async move { _ = stopping.wait_for(|stopping| *stopping).await };
    web.operations.work(stop).await;
}

/// The background work: open acts of dead processes, run-out sign-ins and their tokens.
async fn tidy_up(web: Web, mut stopping: watch::Receiver<bool>) {
    loop {
        web.operations.tidy_up(Moment::from(OffsetDateTime::now_utc()), web.idle_seconds).await;
        tokio::select! {
            () = tokio::time::sleep(TIDY_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// Counts seats every six hours and sends news about them. What is cut off by a stop is taken up after the next start.
async fn watch_seats(web: Web, mut stopping: watch::Receiver<bool>) {
    tokio::select! {
        () = web.operations.count_by_itself() => {}
        () = web.operations.send_news_by_itself() => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

async fn asked_to_stop() {
    let interrupt = async { _ = tokio::signal::ctrl_c().await };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
