//! A running simulator and a client for it.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use simulator::{Options, Running, World};
use tokio::net::TcpListener;

pub struct House {
    pub running: Running,
    pub client: Client,
}

/// What came back, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The vendor's error body, with nothing missing.
    pub fn refuses(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let body = self.json();
        for key in ["message", "reason", "errorCode"] {
            assert!(body[key].is_string(), "{key} is missing in {body}");
        }
    }
}

impl House {
    pub async fn start() -> Self {
        Self::with(Options { users: 300, ..Options::default() }).await
    }

    pub async fn with(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = simulator::start(options, listener).await.unwrap();
        let client =
            Client::builder().timeout(Duration::from_secs(30)).user_agent("tests/1").build().unwrap();
        Self { running, client }
    }

    pub fn world(&self) -> &World {
        self.running.world()
    }

    pub fn pat(&self) -> String {
        self.running.details().tcm_pat.clone()
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.running.details().tcm_url))
    }

    pub async fn try_sign_in(&self, secret: &str) -> Answer {
        let body = serde_json::json!({ "token": secret });
        send(self.request(Method::POST, "/api/v1/pat/login").json(&body)).await
    }

    /// A session of the demo administrator.
    pub async fn sign_in(&self) -> Visitor<'_> {
        let answer = self.try_sign_in(&self.pat()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let token = answer.json()["sessionToken"].as_str().unwrap().to_owned();
        Visitor { house: self, token }
    }

    pub async fn control(&self, method: Method, path: &str, body: Value) -> Answer {
        send(self.request(method, &format!("/control{path}")).json(&body)).await
    }
}

pub struct Visitor<'house> {
    pub house: &'house House,
    pub token: String,
}

impl Visitor<'_> {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.house.request(method, path).header("x-tableau-session-token", &self.token)
    }

    pub async fn ask(&self, method: Method, path: &str) -> Answer {
        send(self.request(method, path)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).await
    }

    /// The JSON of a read that must succeed.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// A path below the tenant.
    pub fn tenant(&self, path: &str) -> String {
        format!("/api/v1/tenants/{}{path}", self.house.running.details().tenant_id)
    }

    pub fn site(&self, name: &str, path: &str) -> String {
        let site = self.house.world().site(name).unwrap();
        self.tenant(&format!("/sites/{}{path}", site.id))
    }

    /// Everyone, page after page.
    pub async fn everyone(&self, query: &str) -> Vec<Value> {
        self.pages(&self.tenant(&format!("/users?{query}")), "users", "nextPageToken").await
    }

    /// The rows of every page under this key, following the token under that key.
    pub async fn pages(&self, path: &str, rows: &str, next: &str) -> Vec<Value> {
        let mut page = self.read(path).await;
        let mut all = Vec::new();
        loop {
            all.extend(page[rows].as_array().unwrap().iter().cloned());
            let Some(token) = page[next].as_str() else { return all };
            // Tokens hold characters that mean something else in a query.
            let token = token.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
            page = self.read(&format!("{path}&pageToken={token}")).await;
        }
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}
