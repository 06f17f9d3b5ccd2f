//! The operations, a pretend Tableau, and somebody who asks.

use std::{fmt::Debug, future::ready, time::Duration};

use model::{ActId, Moment, PageRequest, SiteId, audit::AuditQuery, audit::AuditRow};
use operations::{
    Account, Caller, ConnectForm, Fresh, Operations, Outside, Reality, Rhythm, SuspendForm, Table, Who, Wire,
    WireSettings,
};
use sea_orm::{
    ConnectionTrait, Database,
    sqlx::{AssertSqlSafe, query},
};
use secrecy::ExposeSecret;
use simulator::{Running, SiteFacts, World};
use store::{DatabaseUrl, Keys, Queue, Store, StoreSettings};
use tokio::{
    net::TcpListener,
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

/// How often something is asked for before a test gives up, and the pause between: a minute in all.
const TRIES: usize = 6_000;
const BETWEEN: Duration = Duration::from_millis(10);

/// What a test needs.
pub struct House {
    pub simulator: Running,
    pub store: Store,
    pub operations: Operations,
    settings: StoreSettings,
}

impl House {
    pub async fn start(reality: Reality) -> Self {
        Self::with_table(reality, Table::default()).await
    }

    pub async fn with_table(reality: Reality, table: Table) -> Self {
        // The whole suite may run with every house on PostgreSQL.
        let url = match std::env::var("STEWARD_TEST_ON").as_deref() {
            Ok("postgres") => postgres().await.expect("scripts/postgres gives an address"),
            _ => DatabaseUrl::Memory,
        };
        Self::built(reality, table, url).await
    }

    /// On a database of its own in PostgreSQL, where the tests are given one.
    pub async fn on_postgres() -> Option<Self> {
        Some(Self::built(Reality::Pretend, Table::default(), postgres().await?).await)
    }

    async fn built(reality: Reality, table: Table, url: DatabaseUrl) -> Self {
        let options = simulator::Options { users: 100, ..simulator::Options::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = simulator::start(options, listener).await.unwrap();
        let settings = StoreSettings { url, key: Keys::random().unwrap() };
        let store = Store::open(&settings).await.unwrap();
        let operations = Operations::new(store.clone(), wire(&simulator, table), reality);
        Self { simulator, store, operations, settings }
    }

    /// The same at an address that people open.
    pub fn at(&self, origin: &str) -> Operations {
        let wire = wire(&self.simulator, Table::default());
        let outside = Outside { origin: origin.to_owned(), ..Outside::default() };
        Operations::with_outside(self.store.clone(), wire, Reality::Pretend, outside)
    }

    /// The same database and Tableau under other settings, as after a restart.
    pub fn restarted(&self, table: Table) -> Operations {
        Operations::new(self.store.clone(), wire(&self.simulator, table), Reality::Real)
    }

    /// The same after a restart, with a worker that is in a hurry.
    pub fn in_a_hurry(&self) -> Operations {
        self.with_rhythm(hurry())
    }

    /// The same in a process that may die: the connections to PostgreSQL that it opens die with its runtime, and must
    /// not be those of others. SQLite in memory has the one connection, which no runtime holds.
    pub fn in_a_process(&self) -> impl Future<Output = Operations> + Send + use<> {
        let (settings, shared) = (self.settings.clone(), self.store.clone());
        let wire = wire(&self.simulator, Table::default());
        async move {
            let store = match settings.url {
                DatabaseUrl::Postgres(_) => Store::open(&settings).await.unwrap(),
                DatabaseUrl::File(_) | DatabaseUrl::Memory => shared,
            };
            Operations::with_rhythm(store, wire, Reality::Pretend, hurry())
        }
    }

    /// The same after a restart, in another rhythm.
    pub fn with_rhythm(&self, rhythm: Rhythm) -> Operations {
        let wire = wire(&self.simulator, Table::default());
        Operations::with_rhythm(self.store.clone(), wire, Reality::Pretend, rhythm)
    }

    /// The same with little patience for Tableau.
    pub fn hasty(&self, deadline: Duration) -> Operations {
        let wire = wire_within(&self.simulator, Table::default(), deadline);
        Operations::new(self.store.clone(), wire, Reality::Pretend)
    }

    /// The way to Tableau, without a database.
    pub fn way(&self) -> Wire {
        wire(&self.simulator, Table::default())
    }

    /// Changes the database behind the back of the operations.
    pub async fn sql(&self, statement: &'static str) {
        match (self.store.queue::<u8>("none"), &self.settings.url) {
            (Queue::Sqlite(storage), _) => {
                query(AssertSqlSafe(statement)).execute(storage.pool()).await.unwrap();
            }
            (Queue::Postgres(_), DatabaseUrl::Postgres(url)) => {
                let intruder = Database::connect(url.expose_secret()).await.unwrap();
                intruder.execute_unprepared(statement).await.unwrap();
                intruder.close().await.unwrap();
            }
            (Queue::Postgres(_), url) => unreachable!("{url:?} is not PostgreSQL"),
        }
    }

    pub fn world(&self) -> &World {
        self.simulator.world()
    }

    /// The administrator, signed in.
    pub async fn administrator(&self) -> Caller {
        let fresh = Fresh { request: "req-sign-in".to_owned(), now: now(), lasts_seconds: 28_800 };
        let token = self.simulator.details().tcm_pat.clone().into();
        let account: Account = self.operations.sign_in(&fresh, &token).await.unwrap();
        Caller::administrator(account, "req-1".to_owned(), now())
    }

    /// Somebody with an account of Steward's own, who was given something.
    pub async fn member(&self, grants: Vec<model::Grant>, linked: Vec<model::UserId>) -> Caller {
        let of = self.administrator().await.account;
        let account =
            Account { id: Uuid::now_v7().into(), who: Who::Member { linked, names: Vec::new() }, ..of };
        Caller::member(account, grants, "req-member".to_owned(), now())
    }

    /// Somebody who signed in and was given nothing.
    pub async fn nobody(&self) -> Caller {
        Caller { grants: Vec::new(), request: "req-nobody".to_owned(), ..self.administrator().await }
    }

    pub fn site(&self, status: &str) -> SiteFacts {
        self.world().sites().into_iter().find(|site| site.status == status).unwrap()
    }

    /// Connects an active site as the caller, with its pretend token.
    pub async fn connected(&self, caller: &Caller) -> SiteFacts {
        let site = self.site("Active");
        self.connect(caller, &site).await;
        site
    }

    /// Connects a site as the caller, with its pretend token.
    pub async fn connect(&self, caller: &Caller, site: &SiteFacts) {
        let (name, secret) = self.world().site_token(&site.content_url).unwrap();
        self.operations.connect_site(caller, connect_form(site, &name, &secret)).await.unwrap();
    }

    /// Requests other than reads that reached Tableau, signing in and out aside.
    pub fn sent_changes(&self) -> usize {
        let requests = self.world().requests();
        requests.iter().filter(|it| it.method != "GET" && it.path.contains("/sites/")).count()
    }

    /// The log, newest first.
    pub async fn log(&self, caller: &Caller) -> Vec<AuditRow> {
        let query = AuditQuery { page: PageRequest { number: 1, size: 250 }, ..AuditQuery::default() };
        self.store.audit_page(caller.tenant(), &query).await.unwrap().rows
    }
}

fn hurry() -> Rhythm {
    Rhythm {
        lease_seconds: 1,
        look_out_every: Duration::from_millis(200),
        watch_at_most: Duration::from_secs(3),
        settle_at_most: Duration::from_secs(3),
        busy_pause: Duration::from_millis(300),
        whole_wait: Duration::from_secs(3),
        ..Rhythm::default()
    }
}

fn wire(simulator: &Running, table: Table) -> Wire {
    wire_within(simulator, table, Duration::from_secs(15))
}

fn wire_within(simulator: &Running, table: Table, deadline: Duration) -> Wire {
    let base = simulator.details().tcm_url.clone();
    Wire::new(WireSettings {
        base,
        deadline,
        table,
        product: "Steward/test".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    })
    .unwrap()
}

/// Asks again and again until the answer is as it should be.
pub async fn ask_until<Answer: Debug, Asked: Future<Output = Answer>>(
    what: &str,
    ask: impl Fn() -> Asked,
    is_so: impl Fn(&Answer) -> bool,
) -> Answer {
    let mut turns = interval(BETWEEN);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut answer = ask().await;
    for _ in 0..TRIES {
        if is_so(&answer) {
            return answer;
        }
        turns.tick().await;
        answer = ask().await;
    }
    panic!("it never came to be: {what}: {answer:?}");
}

/// Waits until something is so in the pretend world.
pub async fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    ask_until(what, || ready(is_so()), |so| *so).await;
}

pub fn now() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}

pub fn ticket() -> ActId {
    ActId::from(Uuid::now_v7())
}

/// The form that connects a site.
pub fn connect_form(site: &SiteFacts, token_name: &str, secret: &str) -> ConnectForm {
    ConnectForm {
        site: SiteId::parse(&site.id).unwrap(),
        token_name: token_name.to_owned(),
        secret: secret.to_owned().into(),
        expires: String::new(),
        ticket: ticket(),
    }
}

/// A database of its own in PostgreSQL, where the tests are given one.
async fn postgres() -> Option<DatabaseUrl> {
    let server = std::env::var("STEWARD_TEST_POSTGRES").ok()?;
    let name = format!("operations_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (front, options) = server.split_once('?').unwrap_or((&server, ""));
    let (front, _) = front.rsplit_once('/').unwrap();
    Some(DatabaseUrl::Postgres(format!("{front}/{name}?{options}").into()))
}

/// The form that suspends or reactivates a site.
pub fn form(site: &SiteFacts) -> SuspendForm {
    let id = SiteId::parse(&site.id).unwrap();
    SuspendForm { site: id, ticket: ticket(), reason: "Test".to_owned(), typed: Some(site.name.clone()) }
}
