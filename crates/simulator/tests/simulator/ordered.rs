//! Changes that tests order, and what came of them.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::PersonFacts;

use crate::house::{Answer, House, Visitor, send};

/// Somebody whom every test may make.
pub const ANNA: &str = "anna+bi@example.com";
/// A site without limits of its own.
pub const SITE: &str = "Finance";

impl House {
    /// A simulator whose jobs are done as soon as they are ordered.
    pub async fn quick() -> Self {
        let house = Self::start().await;
        house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
        house
    }

    pub fn site_id(&self, name: &str) -> String {
        self.world().site(name).unwrap().id
    }

    /// Makes Anna, with this role on Finance.
    pub fn anna(&self, role: &str) -> PersonFacts {
        assert!(self.world().add_person(ANNA, "Anna Bell"));
        assert!(self.world().set_role(ANNA, &self.site_id(SITE), Some(role)));
        self.world().person(ANNA).unwrap()
    }

    /// Anna's role on a site.
    pub fn role(&self, site: &str) -> Option<String> {
        role_of(self, ANNA, site)
    }
}

/// Somebody's role on a site.
pub fn role_of(house: &House, user_name: &str, site: &str) -> Option<String> {
    let site = house.site_id(site);
    let roles = house.world().person(user_name)?.roles;
    roles.into_iter().find(|role| role.site_id == site).map(|role| role.role)
}

impl Visitor<'_> {
    pub async fn order(&self, method: Method, path: &str, body: Value) -> Answer {
        send(self.request(method, path).json(&body)).await
    }

    /// The job of an order that must be accepted, with its rows.
    pub async fn job(&self, answer: &Answer) -> Value {
        assert_eq!(answer.status, 200, "{}", answer.text);
        let id = answer.json()["jobId"].as_str().unwrap().to_owned();
        self.read(&format!("/api/v1/users/jobs/{id}?showDetailed=true")).await
    }

    pub async fn create(&self, body: Value) -> Value {
        let answer = self.order(Method::POST, &self.tenant("/users"), body).await;
        self.job(&answer).await
    }

    pub async fn update(&self, user: &str, body: Value) -> Value {
        let answer = self.order(Method::PATCH, &self.tenant(&format!("/users/{user}")), body).await;
        self.job(&answer).await
    }

    /// One change of a role on Finance or elsewhere.
    pub async fn change_role(&self, user: &str, site: &str, operation: &str, role: Option<&str>) -> Value {
        let site = self.house.site_id(site);
        let mut change = json!({ "siteId": site, "siteOp": operation });
        if let Some(role) = role {
            change["siteRole"] = role.into();
        }
        self.update(user, json!({ "siteRoles": [change] })).await
    }

    pub async fn delete_some(&self, users: &[&str]) -> Value {
        let path = self.tenant("/bulk/users/delete");
        let answer = self.order(Method::POST, &path, json!({ "userIds": users })).await;
        self.job(&answer).await
    }

    /// The job of an import, by the name of its site.
    pub async fn import(&self, csv: &str, site: Option<&str>) -> Value {
        let answer = self.send_file(&packed(&format!("\u{feff}{csv}")), site).await;
        self.job(&answer).await
    }

    pub async fn send_file(&self, file: &[u8], site: Option<&str>) -> Answer {
        let mut body = part("file\"; filename=\"people.csv.gz", file);
        if let Some(site) = site {
            body.extend(part("siteId", self.house.site_id(site).as_bytes()));
        }
        body.extend(part("idp", b"TableauIDWithMFA"));
        self.send_form(body).await
    }

    pub async fn send_form(&self, mut body: Vec<u8>) -> Answer {
        body.extend(b"--border--\r\n");
        let request = self.request(Method::POST, &self.tenant("/bulk/users/import"));
        send(request.header("content-type", "multipart/form-data; boundary=border").body(body)).await
    }
}

pub fn part(name: &str, value: &[u8]) -> Vec<u8> {
    let head = format!("--border\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
    [head.as_bytes(), value, b"\r\n"].concat()
}

pub fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

/// State and code of each row of a job.
pub fn outcomes(job: &Value) -> Vec<(&str, &str)> {
    let rows = job["items"].as_array().unwrap().iter();
    rows.map(|row| (row["status"].as_str().unwrap(), row["opCode"].as_str().unwrap_or_default())).collect()
}

/// State and code of the only row.
pub fn outcome(job: &Value) -> (&str, &str) {
    let outcomes = outcomes(job);
    assert_eq!(outcomes.len(), 1, "{job}");
    outcomes[0]
}

pub const DONE: &str = "SUCCESSFUL";
pub const FAILED: &str = "FAILED";
pub const ALREADY: (&str, &str) = (DONE, "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE");
pub const NOT_FOUND: (&str, &str) = (FAILED, "E_404_USR_SVC_2020");
