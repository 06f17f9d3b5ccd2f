//! What is measured: the operations, the pretend Tableau over loopback, and an empty database in a temporary folder.

use std::time::Duration;

use model::Moment;
use operations::{Caller, Fresh, Operations, Reality, Table, Wire, WireSettings};
use simulator::{Running, World};
use store::{DatabaseUrl, Keys, Store, StoreSettings};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub struct House {
    pub operations: Operations,
    simulator: Running,
    store: Store,
    _folder: TempDir,
}

impl House {
    /// A pretend tenant with so many people.
    pub async fn start(users: usize) -> Self {
        let options = simulator::Options { users, ..simulator::Options::default() };
        let pretend = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let simulator = simulator::start(options, pretend).await.expect("the pretend Tableau starts");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DatabaseUrl::File(folder.path().join("data/steward.db"));
        let key = Keys::random().expect("the system gives random bytes");
        let store = Store::open(&StoreSettings { url, key }).await.expect("an empty database");
        let operations = on(&store, &simulator);
        Self { operations, simulator, store, _folder: folder }
    }

    /// A second program on the same database.
    pub fn restarted(&self) -> Operations {
        on(&self.store, &self.simulator)
    }

    pub fn world(&self) -> &World {
        self.simulator.world()
    }

    /// The administrator, signed in.
    pub async fn caller(&self) -> Caller {
        let now = Moment::from(time::OffsetDateTime::now_utc());
        let fresh = Fresh { request: "bench".to_owned(), now, lasts_seconds: 28_800 };
        let token = self.simulator.details().tcm_pat.clone().into();
        let account = self.operations.sign_in(&fresh, &token).await.expect("the pretend token signs in");
        Caller::administrator(account, "bench".to_owned(), now)
    }
}

/// It counts as a real tenant: the demo's is waited for longer.
fn on(store: &Store, simulator: &Running) -> Operations {
    let settings = WireSettings {
        base: simulator.details().tcm_url.clone(),
        deadline: Duration::from_secs(60),
        table: Table::default(),
        product: "bench".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    };
    Operations::new(store.clone(), Wire::new(settings).expect("the settings fit"), Reality::Real)
}
