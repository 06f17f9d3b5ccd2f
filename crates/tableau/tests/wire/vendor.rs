//! The pretend vendor, with a client that is signed in.

use std::{fmt::Debug, time::Duration};

use secrecy::SecretString;
use simulator::{Fault, Options, Running, World};
use tableau::{Change, Fate, Manager, Read, Result, Session, Table, Tag, Wire, WireSettings};
use tokio::net::TcpListener;

/// A running simulator and the line to it.
pub struct Vendor {
    pub running: Running,
    pub wire: Wire,
    pub session: Session,
}

impl Vendor {
    /// A small world, a client with patience.
    pub async fn start() -> Self {
        Self::with(Options { users: 200, ..Options::default() }, Duration::from_secs(15)).await
    }

    /// A client that gives up soon.
    pub async fn impatient() -> Self {
        Self::with(Options { users: 200, ..Options::default() }, Duration::from_millis(400)).await
    }

    pub async fn with(options: Options, deadline: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = simulator::start(options, listener).await.unwrap();
        let wire = wire(&running.details().tcm_url, deadline, Table::default());
        let patient = self::wire(&running.details().tcm_url, Duration::from_secs(15), Table::default());
        let signed_in = patient.sign_in(&pat(&running), &tag()).await.unwrap();
        running.world().clear_ledger();
        Self { session: signed_in.session(), wire, running }
    }

    pub fn world(&self) -> &World {
        self.running.world()
    }

    pub fn reader(&self) -> Manager<Read> {
        self.wire.reader(&self.session, tag())
    }

    pub fn changer(&self) -> Manager<Change> {
        self.wire.changer(&self.session, tag())
    }

    pub fn inject(&self, fault: Fault) {
        self.world().inject(fault);
    }

    /// Orders a fault, and makes changes into it: each is sent once, meets this fate, and changes nothing.
    pub async fn meets<Answer: Debug>(
        &self,
        fault: Fault,
        fate: Fate,
        every_change: impl AsyncFn(&Manager<Change>) -> Vec<(&'static str, Result<Answer>)>,
    ) {
        self.world().clear_ledger();
        self.world().clear_faults();
        self.inject(fault.clone());
        let outcomes = every_change(&self.changer()).await;
        assert_eq!(self.requests(), outcomes.len(), "{fault:?}");
        for (name, outcome) in outcomes {
            let error = outcome.unwrap_err();
            assert_eq!(error.fate(), fate, "{name} {fault:?}: {error:?}");
        }
        assert_eq!(self.world().changes(), [], "{fault:?}");
    }

    /// How many requests came since the sign-in.
    pub fn requests(&self) -> usize {
        self.world().requests().len()
    }
}

pub fn pat(running: &Running) -> SecretString {
    SecretString::from(running.details().tcm_pat.clone())
}

pub fn tag() -> Tag {
    Tag::new("request-1", "actor-1")
}

pub fn wire(base: &str, deadline: Duration, table: Table) -> Wire {
    let product = "Steward/0.1.0".to_owned();
    let base = base.to_owned();
    Wire::new(WireSettings { base, deadline, table, product, site_hosts: Vec::new(), log_hosts: Vec::new() })
        .unwrap()
}
