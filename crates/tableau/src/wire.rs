//! The line to one Tableau Cloud Manager and to its sites: addresses, one HTTP client, the table of operations.

use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

use http::HeaderValue;
use reqwest::{Client, Url, redirect, retry};

use crate::{
    Result as Asked, Session, Table, Tag,
    error::Cause,
    manager::{Change, Manager, Read, activity::LogHosts},
    pace::Paces,
    rest::host::{Hosts, SiteHost},
    witness::{Limits, Watch, Witness},
};

/// The longest time to open a connection. It lies below every sensible deadline, so that a host that
/// does not answer is known as "never sent" and not as "fate unknown".
const CONNECT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept. Load balancers close theirs after a minute or so; a change
/// written to a connection that is just being closed would end with an unknown fate.
const KEEP_IDLE: Duration = Duration::from_secs(20);

/// How to reach Tableau Cloud Manager.
#[derive(Debug, Clone)]
pub struct WireSettings {
    /// The address, such as `https://cloudmanager.tableau.com`; plain `http` only on this machine.
    pub base: String,
    /// The longest that a read takes, repeats and further pages included; also the longest for one change.
    /// A file to import may take four times as long.
    pub deadline: Duration,
    /// The operations and their addresses.
    pub table: Table,
    /// The first word of the user agent, such as `Steward/0.1.0`.
    pub product: String,
    /// Hosts of sites beside the vendor's own, such as `tableau.example.com`; a site's token goes to no other.
    pub site_hosts: Vec<String>,
    /// Hosts of activity log files beside the vendor's own store, such as `logs.example.com`.
    pub log_hosts: Vec<String>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The address is not a URL.
    #[error("the address of Tableau Cloud Manager is not a URL")]
    Unreadable(#[source] Cause),
    /// The address is not `https`, nor on this machine.
    #[error("the address of Tableau Cloud Manager must start with https:// (http:// only on this machine)")]
    Insecure,
    /// The address has a user, a path, a query or a fragment.
    #[error("the address of Tableau Cloud Manager must have nothing but scheme, host and port")]
    TooMuch,
    /// There is no time to wait for an answer.
    #[error("the deadline for Tableau's answers must be longer than zero")]
    NoTime,
    /// The product cannot stand in a header.
    #[error("the product name cannot stand in a header")]
    Product,
    /// A host of sites is not a plain name.
    #[error("a host of sites must be a name such as tableau.example.com, and nothing more")]
    SiteHost,
    /// A host of log files is not a plain name.
    #[error("a host of log files must be a name such as logs.example.com, and nothing more")]
    LogHost,
    /// The HTTP client cannot be built, for example because the system has no root certificates.
    #[error("the HTTP client cannot be built")]
    Client(#[source] Cause),
}

/// The line to one Tableau Cloud Manager. Cloning shares it. Somebody may watch what a clone sends.
#[derive(Clone)]
pub struct Wire(Arc<Inside>, Option<Witness>);

struct Inside {
    client: Client,
    url: Url,
    base: String,
    deadline: Duration,
    table: Table,
    product: String,
    hosts: Hosts,
    paces: Paces,
    log_hosts: LogHosts,
    limits: Limits,
}

impl Wire {
    /// A line by these settings. Nothing is sent yet.
    pub fn new(settings: WireSettings) -> Result<Self, SettingsError> {
        let url = address(&settings.base)?;
        if settings.deadline.is_zero() {
            return Err(SettingsError::NoTime);
        }
        if HeaderValue::from_str(&settings.product).is_err() || settings.product.trim().is_empty() {
            return Err(SettingsError::Product);
        }
        let hosts = Hosts::new(&url, &settings.site_hosts).ok_or(SettingsError::SiteHost)?;
        let log_hosts = LogHosts::new(&url, &settings.log_hosts).ok_or(SettingsError::LogHost)?;
        let client = client(&url, settings.deadline)?;
        let base = url.as_str().trim_end_matches('/').to_owned();
        let WireSettings { deadline, table, product, .. } = settings;
        let (paces, limits) = (Paces::default(), Limits::default());
        let inside = Inside { client, url, base, deadline, table, product, hosts, paces, log_hosts, limits };
        Ok(Self(Arc::new(inside), None))
    }

    /// The address, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.0.base
    }

    /// The operations and their addresses.
    pub fn table(&self) -> &Table {
        &self.0.table
    }

    /// The same line, and a witness of everything that is sent by it and by clients made of it.
    pub fn witnessed(&self) -> (Self, Witness) {
        let witness = Witness::default();
        (Self(self.0.clone(), Some(witness.clone())), witness)
    }

    /// How often a limit was met on this line, by whomever.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Tells the witness, if there is one.
    pub(crate) fn saw(&self, watch: Watch) {
        if let Some(witness) = &self.1 {
            witness.note(watch);
        }
    }

    /// A client that can only read.
    pub fn reader(&self, session: &Session, tag: Tag) -> Manager<Read> {
        Manager::new(self.clone(), session.clone(), tag)
    }

    /// A client that can change things. Only `Begun` of `operations` may call this: it holds the proof
    /// that the change was allowed and written down first.
    pub fn changer(&self, session: &Session, tag: Tag) -> Manager<Change> {
        Manager::new(self.clone(), session.clone(), tag)
    }

    /// A host of sites, from a name or an `https` address such as Tableau Cloud Manager gives for a site. Hosts that
    /// are neither the vendor's nor in the settings are refused, so that no token of a site goes astray.
    pub fn site_host(&self, text: &str) -> Asked<SiteHost> {
        self.0.hosts.read(text)
    }

    /// The address of a host that this line knows. One that was made by another line is looked at again.
    pub(crate) fn known<'a>(&self, host: &'a SiteHost) -> Asked<&'a Url> {
        self.0.hosts.check(host)
    }

    pub(crate) fn paces(&self) -> &Paces {
        &self.0.paces
    }

    /// The address of a log file, as the vendor gave it, if files may be fetched from there.
    pub(crate) fn log_address(&self, text: &str) -> Asked<Url> {
        self.0.log_hosts.check(text)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.0.client
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0.url
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.0.deadline
    }

    pub(crate) fn product(&self) -> &str {
        &self.0.product
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Wire").field("base", &self.0.base).finish_non_exhaustive()
    }
}

fn address(base: &str) -> Result<Url, SettingsError> {
    let url = Url::parse(base.trim()).map_err(|error| SettingsError::Unreadable(error.into()))?;
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        "https" if !host.is_empty() => {}
        "http" if is_this_machine(host) => {}
        _ => return Err(SettingsError::Insecure),
    }
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if bare { Ok(url) } else { Err(SettingsError::TooMuch) }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// One client for all calls. No proxy is taken from the environment: a variable must not decide
/// where a token goes. Redirects are not followed, since our session header would travel along, and the
/// library's own repeats are off, since only `transport` knows what may be repeated.
fn client(url: &Url, deadline: Duration) -> Result<Client, SettingsError> {
    Client::builder()
        .https_only(url.scheme() == "https")
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(CONNECT.min(deadline / 2))
        .pool_idle_timeout(KEEP_IDLE)
        .build()
        .map_err(|error| SettingsError::Client(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_and_safe_address_is_taken() {
        for good in [
            "https://cloudmanager.tableau.com",
            "https://acme.cloudmanager.tableau.com/",
            "http://127.0.0.1:8765",
            "http://[::1]:1",
            "http://localhost:2",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for insecure in ["http://cloudmanager.tableau.com", "ftp://localhost", "http://127.0.0.1.example.com"]
        {
            assert!(matches!(address(insecure), Err(SettingsError::Insecure)), "{insecure}");
        }
        for more in ["https://u:p@host", "https://host/api", "https://host/?q", "https://host/#f"] {
            assert!(matches!(address(more), Err(SettingsError::TooMuch)), "{more}");
        }
        assert!(matches!(address("cloudmanager"), Err(SettingsError::Unreadable(_))));
    }
}
