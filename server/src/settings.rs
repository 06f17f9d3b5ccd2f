//! Every setting: a flag, a variable, a default and a sentence. `--help` is the reference.

use std::{net::IpAddr, net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// A dashboard for administrators of Tableau Cloud.
#[derive(Debug, Parser)]
#[command(name = "steward", version, about, propagate_version = true)]
pub struct Program {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What to log, in the words of `tracing`: `info`, `steward=debug`, `trace`.
    #[arg(long, env = "STEWARD_LOG", default_value = "info", global = true)]
    pub log: String,
    /// How to log: lines for people, or JSON for machines.
    #[arg(long, env = "STEWARD_LOG_FORMAT", value_enum, default_value = "text", global = true)]
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the dashboard against real Tableau.
    Serve(Box<ServeSettings>),
    /// Serves the dashboard and a pretend Tableau in one process; nothing is kept.
    Demo(DemoSettings),
    /// Serves the pretend Tableau alone; the first line of output is one JSON object with its addresses.
    Simulate(WorldSettings),
    /// Checks settings, key, database, audit chain and the way to Tableau, and says what is wrong.
    Doctor {
        /// A file with a personal access token: everything that can be read is tried with it. Nothing is kept.
        #[arg(long)]
        token_file: Option<PathBuf>,
        /// The settings of the dashboard.
        #[command(flatten)]
        settings: Box<ServeSettings>,
    },
    /// Prints every code that Steward may show, what it means and what to do. Needs no settings and no Tableau.
    Codes {
        /// One code alone.
        code: Option<String>,
        /// As one page of HTML.
        #[arg(long, conflicts_with = "code")]
        html: bool,
    },
    /// Works on the audit log.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Copies the database to a file while the dashboard runs.
    Backup {
        /// The file to write; it must not exist.
        file: PathBuf,
        /// Which database.
        #[command(flatten)]
        store: StoreArgs,
    },
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Checks the chain and names the first bad record.
    Verify(StoreArgs),
}

/// Where Steward keeps what must survive a restart.
#[derive(Debug, Clone, Args)]
pub struct StoreArgs {
    /// The folder of the SQLite database; made if missing, readable by its owner alone.
    #[arg(long, env = "STEWARD_DATA", default_value = "data")]
    pub data: PathBuf,
    /// A file that holds the URL of a PostgreSQL database; then no SQLite is used.
    #[arg(long, env = "STEWARD_POSTGRES_FILE")]
    pub postgres_file: Option<PathBuf>,
    /// The file with the key that seals credentials; made if missing. Keep it apart from the database.
    #[arg(long, env = "STEWARD_KEY_FILE", default_value = "steward.key")]
    pub key_file: PathBuf,
}

/// How the dashboard is served.
#[derive(Debug, Clone, Args)]
pub struct ServeSettings {
    /// Which database and key.
    #[command(flatten)]
    pub store: StoreArgs,
    /// The address to listen on. Put a proxy that speaks TLS in front of it.
    #[arg(long, env = "STEWARD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people open, such as https://steward.example.com. Plain http only on this very machine.
    #[arg(long, env = "STEWARD_PUBLIC_ORIGIN")]
    pub public_origin: Option<String>,
    /// The address of Tableau Cloud Manager, or of your tenant there.
    #[arg(long, env = "STEWARD_TABLEAU_URL", default_value = "https://cloudmanager.tableau.com")]
    pub tableau_url: String,
    /// A JSON file that corrects vendor addresses: operation → method and path.
    #[arg(long, env = "STEWARD_OPERATIONS_FILE")]
    pub operations_file: Option<PathBuf>,
    /// A host where sites answer beside those of online.tableau.com, such as tableau.example.com; may be given again.
    #[arg(long = "site-host", env = "STEWARD_SITE_HOSTS", value_delimiter = ',')]
    pub site_hosts: Vec<String>,
    /// A host from which files of Tableau's activity log are fetched beside Amazon's object store, such as
    /// logs.example.com; may be given again.
    #[arg(long = "log-host", env = "STEWARD_LOG_HOSTS", value_delimiter = ',')]
    pub log_hosts: Vec<String>,
    /// Rules for people who use this dashboard.
    #[command(flatten)]
    pub access: AccessArgs,
    /// The identity provider.
    #[command(flatten)]
    pub oidc: OidcArgs,
    /// The mail server.
    #[command(flatten)]
    pub mail: MailArgs,
}

/// Signing in by an identity provider.
#[derive(Debug, Clone, Args)]
pub struct OidcArgs {
    /// The issuer of an OpenID Connect provider by which invited people may sign in; its way back is /login/provider/back.
    #[arg(long, env = "STEWARD_OIDC_ISSUER", requires_all = ["oidc_client", "oidc_secret_file"])]
    pub oidc_issuer: Option<String>,
    /// Steward's client id at the provider.
    #[arg(long, env = "STEWARD_OIDC_CLIENT", requires = "oidc_issuer")]
    pub oidc_client: Option<String>,
    /// A file with the client's secret.
    #[arg(long, env = "STEWARD_OIDC_SECRET_FILE", requires = "oidc_issuer")]
    pub oidc_secret_file: Option<PathBuf>,
    /// What people call the provider.
    #[arg(long, env = "STEWARD_OIDC_NAME", default_value = "the identity provider")]
    pub oidc_name: String,
    /// Domains of e-mail addresses that may come in, with commas; any, where there are none.
    #[arg(long, env = "STEWARD_OIDC_DOMAINS", value_delimiter = ',')]
    pub oidc_domains: Vec<String>,
    /// The claim that lists a person's groups.
    #[arg(long, env = "STEWARD_OIDC_GROUP_CLAIM", default_value = "groups")]
    pub oidc_group_claim: String,
    /// A group that people must be in to come in.
    #[arg(long, env = "STEWARD_OIDC_GROUP")]
    pub oidc_group: Option<String>,
}

/// Sending invitations by mail.
#[derive(Debug, Clone, Args)]
pub struct MailArgs {
    /// The mail server: smtps://HOST, smtp://HOST?tls=required, or smtp://127.0.0.1:PORT on this very machine.
    #[arg(long, env = "STEWARD_MAIL_SERVER", requires = "mail_from")]
    pub mail_server: Option<String>,
    /// The sender of letters, such as steward@example.com.
    #[arg(long, env = "STEWARD_MAIL_FROM", requires = "mail_server")]
    pub mail_from: Option<String>,
    /// The name to sign in to the mail server with.
    #[arg(long, env = "STEWARD_MAIL_USER", requires = "mail_password_file")]
    pub mail_user: Option<String>,
    /// A file with its password.
    #[arg(long, env = "STEWARD_MAIL_PASSWORD_FILE", requires = "mail_user")]
    pub mail_password_file: Option<PathBuf>,
}

/// How long sign-ins last, and how many may be tried.
#[derive(Debug, Clone, Args)]
pub struct AccessArgs {
    /// How long a sign-in lasts at most, in minutes.
    #[arg(long, env = "STEWARD_SIGN_IN_MINUTES", default_value_t = 480, value_parser = clap::value_parser!(u32).range(5..=1440))]
    pub sign_in_minutes: u32,
    /// How long a sign-in may be idle, in minutes.
    #[arg(long, env = "STEWARD_IDLE_MINUTES", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=480))]
    pub idle_minutes: u32,
    /// How many sign-ins one network address may try in five minutes.
    #[arg(long, env = "STEWARD_SIGN_IN_TRIES", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub sign_in_tries: u32,
    /// The addresses of proxies whose `X-Forwarded-For` counts.
    #[arg(long, env = "STEWARD_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// A host in a private network that news about licences may be sent to all the same, such as hooks.internal; may be
    /// given again. Without it only addresses of the open internet are reached.
    #[arg(long = "hook-host", env = "STEWARD_HOOK_HOSTS", value_delimiter = ',')]
    pub hook_hosts: Vec<String>,
}

/// The size of the pretend Tableau.
#[derive(Debug, Clone, Args)]
pub struct WorldSettings {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// The pretend tenant.
    #[command(flatten)]
    pub world: WorldArgs,
}

/// The pretend tenant.
#[derive(Debug, Clone, Args)]
pub struct WorldArgs {
    /// How many people.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(4..=200_000))]
    pub users: u32,
    /// How many sites.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub sites: u32,
    /// The seed: the same one gives the same world.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How long each answer takes, in milliseconds.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=60_000))]
    pub latency: u64,
}

/// The demo.
#[derive(Debug, Clone, Args)]
pub struct DemoSettings {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The pretend tenant.
    #[command(flatten)]
    pub world: WorldArgs,
    /// Rules for people who use this dashboard.
    #[command(flatten)]
    pub access: AccessArgs,
}

impl WorldArgs {
    /// What the simulator takes.
    pub fn options(&self) -> simulator::Options {
        simulator::Options {
            users: self.users as usize,
            sites: self.sites as usize,
            seed: self.seed,
            latency: std::time::Duration::from_millis(self.latency),
        }
    }
}
