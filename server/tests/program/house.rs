//! A whole program for one test: the pretend Tableau, Steward on a port of its own, and an empty database.

pub mod accounts;
mod answer;
pub mod children;
mod database;
mod delegation;
mod foreign;
mod planes;
pub mod planning;
pub mod provider;
mod visitor;

use std::{net::SocketAddr, time::Duration};

use model::{
    PageRequest, TenantId,
    audit::{ActState, AuditQuery, AuditRow},
};
use operations::{MailSettings, Mailer, Outside, Reality, Table, Wire, WireSettings};
use server::{
    origin::Origin,
    program::{Parts, Web},
    routes,
    settings::AccessArgs,
};
use simulator::{Running, SiteFacts, World};
use store::{DatabaseUrl, Keys, Store, StoreSettings};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use answer::{Answer, Sent};
pub use visitor::{Visitor, escape};

/// How a house is built.
pub struct Plan {
    pub reality: Reality,
    pub deadline: Duration,
    pub tries: u32,
    pub idle_minutes: u32,
    pub sign_in_minutes: u32,
    pub hint: Option<app::DemoHint>,
    pub people: usize,
    pub provider: Option<provider::ByPlan>,
    pub mail: Option<String>,
    pub proxies: Vec<std::net::IpAddr>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            reality: Reality::Pretend,
            deadline: Duration::from_secs(15),
            tries: 1_000,
            idle_minutes: 20,
            sign_in_minutes: 480,
            hint: None,
            people: 300,
            provider: None,
            mail: None,
            proxies: Vec::new(),
        }
    }
}

/// A running program and what a test needs around it.
pub struct House {
    pub simulator: Running,
    pub store: Store,
    pub web: Web,
    /// The address people open.
    pub origin: String,
    pub folder: TempDir,
    /// Tells the program that it is to stop.
    pub stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl House {
    /// A house as the demo has it.
    pub async fn start() -> Self {
        Self::built(Plan::default()).await
    }

    /// A house that waits for Tableau only so long.
    pub async fn hasty(deadline: Duration) -> Self {
        Self::built(Plan { deadline, ..Plan::default() }).await
    }

    /// A house by plan.
    pub async fn built(plan: Plan) -> Self {
        let options = simulator::Options { users: plan.people, ..simulator::Options::default() };
        let pretend = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = simulator::start(options, pretend).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::File(folder.path().join("data/steward.db"));
        let store = Store::open(&StoreSettings { url, key: Keys::random().unwrap() }).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let origin = format!("http://{address}");
        let wire = WireSettings {
            base: simulator.details().tcm_url.clone(),
            deadline: plan.deadline,
            table: Table::default(),
            product: server::program::PRODUCT.to_owned(),
            site_hosts: Vec::new(),
            log_hosts: Vec::new(),
        };
        let parts = Parts {
            store: store.clone(),
            wire: Wire::new(wire).unwrap(),
            reality: plan.reality,
            origin: Origin::parse(&origin).unwrap(),
            access: AccessArgs {
                sign_in_minutes: plan.sign_in_minutes,
                idle_minutes: plan.idle_minutes,
                sign_in_tries: plan.tries,
                trusted_proxies: plan.proxies,
                hook_hosts: vec!["127.0.0.1".to_owned()],
            },
            hint: plan.hint,
            outside: Outside {
                origin: origin.clone(),
                provider: plan.provider.map(|provider| provider.at(&origin)),
                mailer: plan.mail.map(|server| {
                    let from = "Steward <steward@quillmere.example>".to_owned();
                    Mailer::new(MailSettings { server, user: None, password: None, from }).unwrap()
                }),
            },
        };
        let (stop, stopping) = watch::channel(false);
        let web = parts.share(stopping);
        let service = routes::router(web.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { simulator, store, web, origin, folder, stop, serving }
    }

    /// Another process on the same database and the same Tableau; gives a browser that talks to it.
    pub async fn replica(&self) -> Visitor {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let wire = WireSettings {
            base: self.simulator.details().tcm_url.clone(),
            deadline: Duration::from_secs(15),
            table: Table::default(),
            product: server::program::PRODUCT.to_owned(),
            site_hosts: Vec::new(),
            log_hosts: Vec::new(),
        };
        let parts = Parts {
            store: self.store.clone(),
            wire: Wire::new(wire).unwrap(),
            reality: Reality::Pretend,
            origin: Origin::parse(&origin).unwrap(),
            access: AccessArgs {
                sign_in_minutes: 480,
                idle_minutes: 20,
                sign_in_tries: 1_000,
                trusted_proxies: Vec::new(),
                hook_hosts: Vec::new(),
            },
            hint: None,
            outside: Outside::default(),
        };
        let web = parts.share(self.stop.subscribe());
        let service = routes::router(web).into_make_service_with_connect_info::<SocketAddr>();
        // It ends with the runtime of the test.
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Visitor::new(&origin)
    }

    pub fn world(&self) -> &World {
        self.simulator.world()
    }

    /// The secret of the token that opens the pretend tenant.
    pub fn token(&self) -> &str {
        &self.simulator.details().tcm_pat
    }

    pub fn tenant(&self) -> TenantId {
        TenantId::parse(&self.simulator.details().tenant_id).unwrap()
    }

    /// A browser that nobody has signed in with.
    pub fn stranger(&self) -> Visitor {
        Visitor::new(&self.origin)
    }

    /// A browser in which the administrator has signed in.
    pub async fn sign_in(&self) -> Visitor {
        self.sign_in_with(self.token()).await
    }

    pub async fn sign_in_with(&self, token: &str) -> Visitor {
        let visitor = self.stranger();
        let answer = visitor.try_sign_in(token).await;
        assert_eq!(answer.location(), "/", "{}", answer.body);
        visitor
    }

    /// Some active site.
    pub fn active_site(&self) -> SiteFacts {
        self.active_sites().swap_remove(0)
    }

    /// Somebody who is neither a cloud administrator nor without a site.
    pub fn person(&self) -> simulator::PersonFacts {
        let is_plain = |it: &simulator::PersonFacts| it.tenant_role.is_none() && !it.roles.is_empty();
        self.world().everyone().into_iter().find(is_plain).unwrap()
    }

    pub fn active_sites(&self) -> Vec<SiteFacts> {
        self.world().sites().into_iter().filter(|site| site.status == "Active").collect()
    }

    pub fn status_of(&self, site: &SiteFacts) -> String {
        self.world().site(&site.name).unwrap().status
    }

    /// Changes that Tableau really made.
    pub fn applied(&self) -> usize {
        self.world().changes().len()
    }

    /// Requests to change something that reached Tableau, whatever became of them.
    pub fn sent_changes(&self) -> usize {
        let is_change = |entry: &&simulator::RequestEntry| {
            entry.path.contains("/sites/") && (entry.method == "DELETE" || entry.method == "POST")
        };
        self.world().requests().iter().filter(is_change).count()
    }

    /// How often somebody signed in to Tableau.
    pub fn vendor_sign_ins(&self) -> usize {
        self.asked("POST", "/pat/login")
    }

    /// How often Tableau was asked for a path that ends so.
    pub fn asked(&self, method: &str, ending: &str) -> usize {
        let requests = self.world().requests();
        requests.iter().filter(|entry| entry.method == method && entry.path.ends_with(ending)).count()
    }

    /// The acts in the audit log, newest first.
    pub async fn audit(&self) -> Vec<AuditRow> {
        let query = AuditQuery { page: PageRequest { number: 1, size: 250 }, ..AuditQuery::default() };
        self.store.audit_page(self.tenant(), &query).await.unwrap().rows
    }

    /// The states of the acts of one kind, newest first.
    pub async fn states_of(&self, verb: &str) -> Vec<ActState> {
        self.audit().await.into_iter().filter(|act| act.verb == verb).map(|act| act.state).collect()
    }
}

/// Waits until something is so. Bounded, so that a wrong program ends the test and does not hang it.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    // Long enough for a slow machine; only what never comes takes it all.
    for _ in 0..1_200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never came to be: {what}");
}
