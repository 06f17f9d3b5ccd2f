//! Files, plans and runs, as a person brings them about.

use model::{PlanId, TenantId, plan::Plan};
use reqwest::{
    Method,
    header::{ACCEPT, CONTENT_TYPE, ORIGIN, REFERER},
};
use server::program::work;
use store::ApplyPlan;
use uuid::Uuid;

use super::{Answer, House, Sent, Visitor, until};

/// The page with the form that uploads a file.
pub const IMPORT: &str = "/people/import";
const BOUNDARY: &str = "----steward-test-boundary";

/// One part of a multipart form: its name, the name of its file, and what is in it.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// The body of a multipart form.
pub fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Visitor {
    /// Sends a body to the import as a form does.
    pub async fn send_file(&self, kind: &str, body: Vec<u8>) -> Answer {
        self.send_file_to("/import", IMPORT, kind, body).await
    }

    /// Sends a body to one of the doors for files, as the form on a page does.
    pub async fn send_file_to(&self, door: &str, page: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self
            .bare(Method::POST, door)
            .header(ACCEPT, "text/html")
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(REFERER, format!("{}{page}", self.origin))
            .header(CONTENT_TYPE, kind)
            .body(body);
        self.send(request).await
    }

    /// Uploads a multipart form to a door.
    pub async fn send_parts(&self, door: &str, parts: &[Part<'_>]) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_file_to(door, "/", &kind, multipart(parts)).await
    }

    /// Uploads a multipart form.
    pub async fn upload(&self, parts: &[Part<'_>]) -> Answer {
        self.send_file(&format!("multipart/form-data; boundary={BOUNDARY}"), multipart(parts)).await
    }

    /// Uploads a multipart form to one of the doors for files, and shows the page that it leads to.
    pub async fn upload_to(&self, door: &str, page: &str, parts: &[Part<'_>]) -> Sent {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let post = self.send_file_to(door, page, &kind, multipart(parts)).await;
        assert!(post.status.is_redirection(), "{} {}", post.status, post.words());
        let page = self.open(post.location()).await;
        Sent { post, page }
    }

    /// Uploads a file and shows the page that it leads to.
    pub async fn import(&self, content: &[u8]) -> Sent {
        let post = self
            .upload(&[("file", Some("people.csv"), content), ("site", None, b""), ("sign_in", None, b"")])
            .await;
        assert!(post.status.is_redirection(), "{} {}", post.status, post.words());
        let page = self.open(post.location()).await;
        Sent { post, page }
    }

    /// Uploads a file that becomes a plan, and gives the plan's id.
    pub async fn plan(&self, content: &str) -> String {
        let sent = self.import(content.as_bytes()).await;
        let id = sent.post.location().strip_prefix("/plans/").map(str::to_owned);
        id.unwrap_or_else(|| panic!("no plan: {}", sent.page.words()))
    }

    /// Applies a plan from its page, with more fields than the hidden ones.
    pub async fn apply(&self, plan: &str, more: &[(&str, &str)]) -> Sent {
        let path = format!("/plans/{plan}");
        let page = self.get(&path).await;
        let (hash, ticket) = (page.field("hash"), page.field("ticket"));
        let mut fields = vec![("plan", plan), ("hash", hash.as_str()), ("ticket", ticket.as_str())];
        fields.extend_from_slice(more);
        self.submit(&path, "/api/plans/apply", &fields).await
    }

    /// Opens a run's page until it says something.
    pub async fn run_says(&self, run: &str, words: &str) -> Answer {
        let path = format!("/runs/{run}");
        until(words, async || self.get(&path).await.says(words)).await;
        self.get(&path).await
    }
}

impl House {
    /// Starts the worker that carries runs out.
    pub fn work(&self) {
        tokio::spawn(work(self.web.clone(), self.stop.subscribe()));
    }

    /// A file with one row: a new person on some active site.
    pub fn one_new_person(&self) -> String {
        format!("Username,Site,Role\nnew.one@example.com,{},Unlicensed\n", self.active_site().name)
    }

    /// A file that somebody who signed in converted.
    pub async fn own_conversion(&self) -> String {
        let site = self.active_site().id;
        let parts: [Part<'_>; 3] = [
            ("file", Some("people.csv"), b"new.one@example.com,,,Viewer,None,No,,\n"),
            ("into", None, b"tenant"),
            ("site", None, site.as_bytes()),
        ];
        let sent = self.sign_in().await.upload_to("/convert", "/people/convert", &parts).await;
        sent.post.location().strip_prefix("/people/convert/").unwrap().to_owned()
    }

    /// A file of somebody else in the same tenant.
    pub async fn foreign_conversion(&self) -> String {
        let id = self.own_conversion().await;
        let other = Uuid::now_v7().simple().to_string();
        self.sql(&format!("UPDATE conversion SET owner = x'{other}'")).await;
        id
    }

    /// A plan of somebody who signed in.
    pub async fn own_plan(&self) -> String {
        self.sign_in().await.plan(&self.one_new_person()).await
    }

    /// A run whose one row somebody should look at.
    pub async fn own_run(&self) -> String {
        let visitor = self.sign_in().await;
        let plan = visitor.plan(&self.one_new_person()).await;
        visitor.apply(&plan, &[]).await.leads_to(&format!("/runs/{plan}"));
        self.sql("UPDATE run_row SET state = 'failed'").await;
        plan
    }

    /// The same, with nothing more to come.
    pub async fn ended_run(&self) -> String {
        let run = self.own_run().await;
        self.sql("UPDATE run SET state = 'over', ended = began").await;
        run
    }

    /// The hash of a plan; for what is no plan some text.
    pub async fn hash_of(&self, plan: &str) -> String {
        let Ok(id) = PlanId::parse(plan) else { return "x".to_owned() };
        self.store.plan(self.tenant(), id).await.unwrap().map_or_else(|| "x".to_owned(), |plan| plan.hash)
    }

    /// A plan of another tenant.
    pub async fn foreign_plan(&self) -> String {
        self.plan_of_another().await.id.to_string()
    }

    async fn plan_of_another(&self) -> Plan {
        let own = PlanId::parse(&self.own_plan().await).unwrap();
        let mut plan = self.store.plan(self.tenant(), own).await.unwrap().unwrap();
        let steps = self.store.all_steps(self.tenant(), own, None).await.unwrap();
        plan.id = PlanId::from(Uuid::now_v7());
        plan.tenant = TenantId::from(Uuid::now_v7());
        self.store.keep_plan(&plan, &steps).await.unwrap();
        plan
    }

    /// A run of another tenant.
    pub async fn foreign_run(&self) -> String {
        let plan = self.plan_of_another().await;
        let applied = self.store.apply_plan(ApplyPlan {
            tenant: plan.tenant,
            plan: plan.id,
            hash: &plan.hash,
            include: &[],
            by: &plan.by,
            by_id: plan.by_id,
            account: "{}",
            reason: None,
            now: plan.made,
        });
        assert!(applied.await.is_ok());
        plan.id.to_string()
    }
}
