//! A listener that says exactly what it is told, one answer per connection, and keeps what it heard.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::TenantId;
use secrecy::SecretString;
use tableau::{Change, Manager, Read, Session, Table};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::vendor::{tag, wire};

pub const TENANT: &str = "f97df110-f4de-492e-8849-4a6af68026b0";
pub const SESSION_TOKEN: &str = "session-token-of-the-test";

/// The listener. The last answer is repeated for ever.
pub struct Raw {
    pub base: String,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

impl Raw {
    pub async fn start<Answer: Into<Vec<u8>>>(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, answers, Arc::clone(&heard)));
        Self { base, heard, task }
    }

    /// A success with this JSON.
    pub async fn json(json: &str) -> Self {
        Self::start([answer("200 OK", "content-type: application/json\r\n", json)]).await
    }

    /// What came, head and body as text.
    pub fn heard(&self) -> Vec<String> {
        self.heard_bytes().iter().map(|heard| String::from_utf8_lossy(heard).into_owned()).collect()
    }

    /// What came, byte by byte.
    pub fn heard_bytes(&self) -> Vec<Vec<u8>> {
        self.heard.lock().unwrap().clone()
    }

    /// The first line and the body of each request.
    pub fn asked(&self) -> Vec<(String, String)> {
        let split = |heard: String| {
            let (head, body) = heard.split_once("\r\n\r\n").unwrap();
            (head.lines().next().unwrap().to_owned(), body.to_owned())
        };
        self.heard().into_iter().map(split).collect()
    }

    pub fn reader(&self) -> Manager<Read> {
        wire(&self.base, Duration::from_secs(10), Table::default()).reader(&session(), tag())
    }

    pub fn changer(&self) -> Manager<Change> {
        wire(&self.base, Duration::from_secs(10), Table::default()).changer(&session(), tag())
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub fn session() -> Session {
    Session::new(SecretString::from(SESSION_TOKEN), TenantId::parse(TENANT).unwrap())
}

/// An answer with its length.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

async fn serve(listener: TcpListener, answers: Vec<Vec<u8>>, heard: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut number = 0;
    while let Ok((mut stream, _)) = listener.accept().await {
        let request = hear(&mut stream).await;
        heard.lock().unwrap().push(request);
        let answer = &answers[number.min(answers.len() - 1)];
        number += 1;
        // A client that has heard enough may be gone already.
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
    }
}

async fn hear(stream: &mut TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let length = stream.read(&mut piece).await.unwrap_or(0);
        request.extend_from_slice(&piece[..length]);
        if length == 0 || is_whole(&request) {
            return request;
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let (head, body) = (String::from_utf8_lossy(&request[..end]), &request[end + 4..]);
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}
