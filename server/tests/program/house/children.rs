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
    words: Vec<String>,
}

impl Serving {
    /// Starts it against a Tableau and waits until it may be given work.
    pub async fn against(tableau: &str) -> Self {
        Self::on(tableau, None).await
    }

    /// The same, with a database on a PostgreSQL server if an address is given.
    pub async fn on(tableau: &str, postgres: Option<&str>) -> Self {
        Self::built(tableau, postgres, |command| command).await
    }

    /// The same, with the command changed before it starts.
    pub async fn under(tableau: &str, change: impl FnOnce(Command) -> Command) -> Self {
        Self::built(tableau, None, change).await
    }

    async fn built(tableau: &str, postgres: Option<&str>, change: impl FnOnce(Command) -> Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_address().await;
        let origin = format!("http://{address}");
        let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let mut words: Vec<String> = Vec::new();
        let mut say = |name: &str, value: String| words.extend([name.to_owned(), value]);
        say("--listen", address);
        say("--public-origin", origin.clone());
        say("--tableau-url", tableau.to_owned());
        say("--data", place("data"));
        say("--key-file", place("steward.key"));
        if let Some(url) = postgres {
            std::fs::write(folder.path().join("postgres"), url).unwrap();
            say("--postgres-file", place("postgres"));
        }
        let child = serve(change(steward(&["serve"])), &words);
        let serving = Self { child, origin, folder, words };
        serving.ready().await;
        serving
    }

    /// Another replica on the same database with the same key, at an address of its own.
    pub async fn beside(&self) -> Self {
        let address = free_address().await;
        let origin = format!("http://{address}");
        let mut words = self.words.clone();
        for (name, value) in [("--listen", address), ("--public-origin", origin.clone())] {
            let at = words.iter().position(|word| word == name).unwrap();
            words[at + 1] = value;
        }
        let child = serve(steward(&["serve"]), &words);
        let other = Self { child, origin, folder: tempfile::tempdir().unwrap(), words };
        other.ready().await;
        other
    }

    /// Starts it once more at the same address, with the same files, after it ended.
    pub async fn again(&mut self) {
        self.child = serve(steward(&["serve"]), &self.words);
        self.ready().await;
    }

    /// Kills it without a word, as a power cut does.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    async fn ready(&self) {
        let visitor = self.visitor();
        until("the program to be ready", async || {
            let asked = visitor.bare(reqwest::Method::GET, "/health/ready").send().await;
            asked.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.origin)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs another command on the same database and key.
    pub async fn run(&self, words: &[&str]) -> Output {
        let mut words = words.to_vec();
        let postgres = self.file("postgres").to_str().unwrap().to_owned();
        if self.file("postgres").exists() {
            words.extend(["--postgres-file", &postgres]);
        }
        run_on(&self.file("data"), &self.file("steward.key"), &words).await
    }

    /// Asks it to stop, as a service manager does.
    pub async fn terminate(&self) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    }
}

fn serve(mut command: Command, words: &[String]) -> Child {
    command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
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
