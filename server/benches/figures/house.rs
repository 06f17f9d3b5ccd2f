//! A whole program to measure: the pretend Tableau, Steward on a port of its own, and an empty database.

use std::{net::SocketAddr, time::Duration};

use model::{Freshness, people::PeopleQuery};
use operations::{Caller, Reality, Table, Wire, WireSettings};
use server::{
    origin::Origin,
    program::{Parts, Web},
    routes,
    settings::AccessArgs,
};
use simulator::{Running, SiteFacts, World};
use store::{DatabaseUrl, Keys, Store, StoreSettings};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::watch};

/// What the measurements need.
pub struct House {
    pub simulator: Running,
    pub store: Store,
    pub web: Web,
    pub origin: String,
    _folder: TempDir,
    _stop: watch::Sender<bool>,
}

impl House {
    /// A pretend tenant with so many people. It counts as a real one: the demo's is waited for longer.
    pub async fn start(users: usize) -> Self {
        let options = simulator::Options { users, ..simulator::Options::default() };
        let pretend = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let simulator = simulator::start(options, pretend).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::File(folder.path().join("data/steward.db"));
        let store = Store::open(&StoreSettings { url, key: Keys::random().unwrap() }).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let parts = Parts {
            store: store.clone(),
            wire: wire(&simulator),
            reality: Reality::Real,
            origin: Origin::parse(&origin).unwrap(),
            access: AccessArgs {
                sign_in_minutes: 480,
                idle_minutes: 480,
                sign_in_tries: 1_000,
                trusted_proxies: Vec::new(),
                hook_hosts: Vec::new(),
            },
            hint: None,
            outside: operations::Outside::default(),
        };
        let (stop, stopping) = watch::channel(false);
        let web = parts.share(stopping);
        let service = routes::router(web.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { simulator, store, web, origin, _folder: folder, _stop: stop }
    }

    /// Waits until the directory has everyone, so that nothing else is at work while pages are measured.
    pub async fn know_everyone(&self, caller: &Caller) {
        loop {
            let page =
                self.web.operations.list_people(caller, &PeopleQuery::default(), Freshness::Recent).await;
            if page.is_ok_and(|page| page.loading.complete && !page.loading.running) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub fn world(&self) -> &World {
        self.simulator.world()
    }

    /// The secret of the token that opens the pretend tenant.
    pub fn token(&self) -> &str {
        &self.simulator.details().tcm_pat
    }

    pub fn active_sites(&self) -> Vec<SiteFacts> {
        self.world().sites().into_iter().filter(|site| site.status == "Active").collect()
    }

    /// The cookie of a browser in which the administrator has signed in.
    pub async fn cookie(&self) -> String {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let form = [("token", self.token()), ("next", "")];
        let login = client.post(format!("{}/login", self.origin)).header("origin", &self.origin).form(&form);
        let answer = login.send().await.unwrap();
        let set = answer.headers().get("set-cookie").expect("signing in sets a cookie");
        set.to_str().unwrap().split(';').next().unwrap().to_owned()
    }
}

/// The way to the pretend Tableau.
pub fn wire(simulator: &Running) -> Wire {
    let settings = WireSettings {
        base: simulator.details().tcm_url.clone(),
        deadline: Duration::from_secs(60),
        table: Table::default(),
        product: "bench".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    };
    Wire::new(settings).unwrap()
}
