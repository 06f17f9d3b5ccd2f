//! The program as a process of its own, as on a server.

use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

use super::{Visitor, until};

/// Long enough for a slow machine; only a hanging program takes it all.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program with these words behind its name, and none of our own environment.
pub fn steward(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_steward"));
    command.args(words).kill_on_drop(true).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("STEWARD_")) {
        command.env_remove(name);
    }
    command
}

/// Runs a command of the program to its end.
pub async fn run(words: &[&str]) -> Output {
    tokio::time::timeout(PATIENCE, steward(words).output()).await.unwrap().unwrap()
}

/// The first line that a process prints.
pub async fn first_line(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().unwrap()
}

/// `steward serve` at work.
pub struct Serving {
    pub child: Child,
    pub origin: String,
    pub folder: TempDir,
}

impl Serving {
    /// Starts it against a Tableau and waits until it may be given work.
    pub async fn against(tableau: &str) -> Self {
        Self::under(tableau, |command| command).await
    }

    /// The same, with the command changed before it starts.
    pub async fn under(tableau: &str, change: impl FnOnce(Command) -> Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_address().await;
        let origin = format!("http://{address}");
        let (data, key) = (folder.path().join("data"), folder.path().join("steward.key"));
        let mut command = change(steward(&["serve"]));
        command.arg("--listen").arg(&address).arg("--public-origin").arg(&origin);
        command.arg("--tableau-url").arg(tableau).arg("--data").arg(&data).arg("--key-file").arg(&key);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let serving = Self { child, origin, folder };
        let visitor = serving.visitor();
        until("the program to be ready", async || {
            let asked = visitor.bare(reqwest::Method::GET, "/health/ready").send().await;
            asked.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
        serving
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.origin)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs another command on the same database and key.
    pub async fn run(&self, words: &[&str]) -> Output {
        run_on(&self.file("data"), &self.file("steward.key"), words).await
    }

    /// Asks it to stop, as a service manager does.
    pub async fn terminate(&self) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    }
}

/// Runs a command on a database and a key.
pub async fn run_on(data: &Path, key: &Path, words: &[&str]) -> Output {
    let places = ["--data", data.to_str().unwrap(), "--key-file", key.to_str().unwrap()];
    run(&[words, &places].concat()).await
}

/// An address that nobody listens on at the moment.
pub async fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string()
}
