//! A person with a browser, with JavaScript switched off or on.

use std::sync::{Arc, Mutex};

use futures::StreamExt;
use reqwest::{
    Client, Method, RequestBuilder,
    header::{ACCEPT, COOKIE, ORIGIN, REFERER, SET_COOKIE},
    redirect,
};

use super::{Answer, Sent};

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// A browser with its one cookie. Clones share it, as tabs do.
#[derive(Debug, Clone)]
pub struct Visitor {
    client: Client,
    pub(super) origin: String,
    cookie: Arc<Mutex<Option<String>>>,
    transcript: Arc<Mutex<Vec<Answer>>>,
}

impl Visitor {
    pub fn new(origin: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
        Self { client, origin: origin.to_owned(), cookie: Arc::default(), transcript: Arc::default() }
    }

    /// Another browser, nobody's, whose answers are kept with these.
    pub fn stranger(&self) -> Self {
        Self { cookie: Arc::default(), ..self.clone() }
    }

    /// The cookie as `name=value`, if there is one.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    pub fn set_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    /// The address people open.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A request with the cookie and nothing else.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.origin));
        match self.cookie() {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    /// Sends a request and keeps what the answer says about the cookie. By hand, because the cookie is for TLS alone
    /// and a library's jar would not send it to a test.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(set) = headers.get(SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let gone = set.to_str().unwrap().contains("Max-Age=0") || pair.ends_with('=');
            self.set_cookie((!gone).then(|| pair.to_owned()));
        }
        let body = String::from_utf8_lossy(&response.bytes().await.unwrap_or_default()).into_owned();
        let answer = Answer { status, headers, body };
        self.transcript.lock().unwrap().push(answer.clone());
        answer
    }

    /// Every answer so far.
    pub fn transcript(&self) -> Vec<Answer> {
        self.transcript.lock().unwrap().clone()
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.bare(Method::GET, path).header(ACCEPT, HTML).header("sec-fetch-site", "same-origin"))
            .await
    }

    /// Opens a page and goes where it leads, a few times at most.
    pub async fn open(&self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            if !answer.status.is_redirection() {
                break;
            }
            answer = self.get(answer.location()).await;
        }
        answer
    }

    /// A form as a browser without JavaScript sends it, from the page that shows it.
    pub fn form(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.bare(Method::POST, action)
            .header(ACCEPT, HTML)
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(REFERER, format!("{}{page}", self.origin))
            .form(fields)
    }

    pub async fn post(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(page, action, fields)).await
    }

    /// Sends a form and shows the page that it leads to.
    pub async fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Sent {
        let post = self.post(page, action, fields).await;
        assert!(post.status.is_redirection(), "{} {}", post.status, post.words());
        let page = self.open(post.location()).await;
        Sent { post, page }
    }

    /// A server function as the browser half calls it: GET for reads, POST with a form for changes.
    pub async fn api(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .bare(method.clone(), path)
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(REFERER, format!("{}/", self.origin));
        let request = if method == Method::POST { request.form(fields) } else { request };
        self.send(request).await
    }

    /// The names of all server-sent events until the stream ends.
    pub async fn events(&self, path: &str) -> Vec<String> {
        let response = self.bare(Method::GET, path).header(ACCEPT, "text/event-stream").send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let (mut text, mut stream) = (String::new(), response.bytes_stream());
        while let Some(piece) = stream.next().await {
            text.push_str(&String::from_utf8_lossy(&piece.unwrap()));
        }
        text.lines().filter_map(|line| line.strip_prefix("event: ")).map(str::to_owned).collect()
    }

    pub async fn try_sign_in(&self, token: &str) -> Answer {
        self.post("/login", "/login", &[("token", token), ("next", "")]).await
    }

    pub async fn sign_out(&self) -> Answer {
        self.post("/", "/logout", &[]).await
    }

    /// Opens the page that suspends a site and takes the form's ticket.
    pub async fn ticket(&self, site: &str, turn: &str) -> String {
        self.get(&format!("/sites/{site}/{turn}")).await.field("ticket")
    }

    /// Suspends a site the way a person does, from its form.
    pub async fn suspend(&self, site: &simulator::SiteFacts, reason: &str) -> Sent {
        let ticket = self.ticket(&site.id, "suspend").await;
        self.suspend_with(site, &ticket, reason).await
    }

    /// Sends the form with a ticket that was taken earlier.
    pub async fn suspend_with(&self, site: &simulator::SiteFacts, ticket: &str, reason: &str) -> Sent {
        let page = format!("/sites/{}/suspend", site.id);
        let fields =
            [("site", site.id.as_str()), ("ticket", ticket), ("reason", reason), ("typed", &site.name)];
        self.submit(&page, "/api/sites/suspend", &fields).await
    }

    pub async fn reactivate(&self, site: &simulator::SiteFacts, reason: &str) -> Sent {
        let ticket = self.ticket(&site.id, "reactivate").await;
        let page = format!("/sites/{}/reactivate", site.id);
        let fields = [("site", site.id.as_str()), ("ticket", &ticket), ("reason", reason)];
        self.submit(&page, "/api/sites/reactivate", &fields).await
    }
}

/// Escapes a text for a query.
pub fn escape(text: &str) -> String {
    server::guard::escape(text)
}
