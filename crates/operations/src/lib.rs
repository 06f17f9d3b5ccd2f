//! Everything a person can do: may they, do it, check it, write it down.

mod accounts;
mod activity;
mod audit;
mod caller;
mod connection;
mod conversions;
mod delegation;
mod directory;
mod doctor;
mod gate;
mod housekeeping;
mod jobs;
mod licences;
mod people;
mod plans;
mod problems;
mod reach;
mod remembered;
mod renewal;
mod runs;
pub mod sheets;
mod signin;
mod site_plane;
mod sites;
mod tenancy;
mod tenant;

use std::sync::Arc;

use model::{
    CredentialId,
    groups::Group,
    licences::{Seats, SiteSeats},
    site_users::SiteUser,
    sites::Site,
    tenant::Tenant,
};
use store::Store;
use tokio::sync::watch;

pub use accounts::{
    AccountForm, ByProvider, Enrolment, Entry, HalfWay, Invitation, InviteForm, JoinForm, Letter,
    PasskeyForm, PasswordForm, Proof, Welcome,
};
pub use activity::{LogDownload, LogLimits};
pub use caller::{Account, Caller, FRESH_SECONDS, SignInKey, Who};
pub use conversions::{ConvertForm, ConvertedFile};
pub use delegation::{
    Approved, DecideForm, DepositForm, GrantChoices, GrantForm, GrantPage, GroupsToChoose, Inbox, Lent,
    Right, SeenGrant, WhatCan, WhatCanRow,
};
pub use doctor::{examine, inferred_changes};
pub use gate::ticket;
pub use hooks::{Hooks, sign as sign_news};
pub use jobs::JobFeed;
pub use licences::{ExcludeForm, HookForm, LowerForm, PurchasedForm};
pub use outside::{
    mail::{MailError, MailSettings, Mailer},
    oidc::{Departure, OidcError, OidcSettings, Provider},
};
pub use people::{ExportAs, Exported, ProtectForm, Wanted};
pub use plans::{
    Applied, ApplyForm, DownloadOf, EditForm, LimitsForm, ManyForm, MembersForm, NewPersonForm, PlaceForm,
    SiteFile, SiteUsersForm, Upload, Whom,
};
pub use reach::reach;
pub use runs::{Rhythm, RunDownload, RunFeed};
pub use signin::Fresh;
pub use site_plane::{ConnectForm, GroupCame, GroupForm, GroupSetForm};
pub use sites::SuspendForm;
/// The way to Tableau. The program builds it from its settings and hands it in; only this room uses it.
pub use tableau::{Table, Wire, WireSettings};
pub use tenancy::{MadeToken, NewSiteForm, OidcForm, ProjectForm, Revoked, TokenForm};

use crate::{
    jobs::{Watchers, WholeJobs},
    remembered::Remembered,
};

/// Whether the other side is a real tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reality {
    /// A real tenant: changing operations with inferred addresses stay locked until somebody checked them.
    Real,
    /// The bundled simulator in this very process.
    Pretend,
}

/// What Steward reaches beside Tableau and the database.
#[derive(Default)]
pub struct Outside {
    /// The address people open, for links in letters and for passkeys.
    pub origin: String,
    /// The mail server.
    pub mailer: Option<Mailer>,
    /// The identity provider.
    pub provider: Option<ByProvider>,
}

/// Everything a person can do.
#[derive(Clone)]
pub struct Operations(Arc<Inner>);

struct Inner {
    store: Store,
    wire: Wire,
    reality: Reality,
    renewals: moka::future::Cache<CredentialId, Arc<tokio::sync::Mutex<()>>>,
    tenants: Remembered<Tenant>,
    tenant_seats: Remembered<Seats>,
    site_seats: Remembered<Vec<SiteSeats>>,
    sites: Remembered<Vec<Site>>,
    regions: Remembered<Vec<(String, String)>>,
    tokens: Remembered<Vec<model::tenant::Token>>,
    readings: activity::Readings,
    site_users: Remembered<Arc<Vec<SiteUser>>>,
    site_groups: Remembered<Arc<Vec<Group>>>,
    watchers: Watchers,
    jobs: WholeJobs,
    sights: delegation::Sights,
    directories: directory::Directories,
    rounds: doctor::Rounds,
    rhythm: Rhythm,
    hasher: accounts::Hasher,
    party: accounts::Party,
    outside: Outside,
    /// How fast runs go in the tenant.
    pace: tableau::Pace,
    bells: runs::Bells,
    /// Held while a call may end somebody's administration of the tenant.
    administrators: tokio::sync::Mutex<()>,
    /// Runs in the hands of this process.
    held: watch::Sender<usize>,
    /// The way to addresses outside, set once at the start.
    hooks: std::sync::OnceLock<Hooks>,
    /// Rings when there are news to be sent.
    news_bell: tokio::sync::Notify,
    /// Turns true when no new call may begin.
    halted: watch::Sender<bool>,
}

impl Operations {
    /// Joins the database with the way to Tableau.
    pub fn new(store: Store, wire: Wire, reality: Reality) -> Self {
        Self::with_outside(store, wire, reality, Outside::default())
    }

    /// The same with what lies beyond the two.
    pub fn with_outside(store: Store, wire: Wire, reality: Reality, outside: Outside) -> Self {
        let mut rhythm = Rhythm::default();
        if reality == Reality::Pretend {
            // The pretend tenant is small and next door: its people are worth the wait.
            rhythm.whole_wait *= 10;
        }
        Self::built(store, wire, reality, rhythm, outside)
    }

    /// The same with another patience.
    pub fn with_rhythm(store: Store, wire: Wire, reality: Reality, rhythm: Rhythm) -> Self {
        Self::built(store, wire, reality, rhythm, Outside::default())
    }

    fn built(store: Store, wire: Wire, reality: Reality, rhythm: Rhythm, outside: Outside) -> Self {
        Self(Arc::new(Inner {
            store,
            wire,
            reality,
            renewals: moka::future::Cache::new(10_000),
            tenants: Remembered::new(),
            tenant_seats: Remembered::new(),
            site_seats: Remembered::new(),
            sites: Remembered::new(),
            regions: Remembered::new(),
            tokens: Remembered::new(),
            readings: activity::readings(),
            site_users: Remembered::new(),
            site_groups: Remembered::new(),
            watchers: Watchers::new(),
            jobs: WholeJobs::new(),
            sights: delegation::Sights::new(),
            directories: directory::Directories::default(),
            rounds: doctor::Rounds::new(),
            rhythm,
            pace: runs::of_the_tenant(),
            hasher: accounts::Hasher::new(),
            party: accounts::Party::of(&outside.origin),
            outside,
            bells: runs::Bells::default(),
            held: watch::channel(0).0,
            administrators: tokio::sync::Mutex::default(),
            hooks: std::sync::OnceLock::new(),
            news_bell: tokio::sync::Notify::new(),
            halted: watch::channel(false).0,
        }))
    }

    /// Sets the way to addresses outside, once, before anything is served. Without it no private host is reached.
    pub fn open_hooks(&self, hooks: Hooks) {
        if self.0.hooks.set(hooks).is_err() {
            tracing::warn!("The way to addresses outside was set before; the first one counts");
        }
    }

    /// Forgets what was read before a change, for everyone: a suspended site looks suspended everywhere.
    fn forget_what_was_read(&self) {
        self.0.sites.forget_all();
        self.0.site_seats.forget_all();
        self.0.tenant_seats.forget_all();
        self.0.tenants.forget_all();
    }
}
