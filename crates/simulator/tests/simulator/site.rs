//! A session of the site API, and its answers as trees.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use reqwest::{Method, RequestBuilder};
use simulator::{GroupFacts, RoleFacts};

use crate::house::{Answer, House, send};
use crate::ordered::{ANNA, SITE};
use crate::rest;

/// An element of an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    /// The value of an attribute that must be there.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{name} is missing in {self:?}"))
    }

    /// The only child of this name.
    pub fn child(&self, name: &str) -> &Self {
        let found: Vec<_> = self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:?}");
        found[0]
    }

    /// The names of the attributes, in alphabetical order.
    pub fn attribute_names(&self) -> Vec<&str> {
        self.attributes.keys().map(String::as_str).collect()
    }

    /// This attribute of every child.
    pub fn each(&self, name: &str) -> Vec<&str> {
        self.children.iter().map(|child| child.get(name)).collect()
    }
}

/// The content of an answer, which must be in the vendor's namespace.
pub fn tree(answer: &Answer) -> Node {
    assert_eq!(answer.headers["content-type"], "application/xml;charset=utf-8", "{}", answer.text);
    let mut reader = quick_xml::Reader::from_str(&answer.text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(begun(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
            Event::End(_) => {
                let node = open.pop().unwrap();
                open.last_mut().unwrap().children.push(node);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
            Event::Eof => break,
            _ => {}
        }
    }
    let root = open[0].child("tsResponse").clone();
    assert_eq!(root.get("xmlns"), "http://tableau.com/api");
    root
}

fn begun(start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    Node { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Node::default() }
}

/// A site administrator at work.
pub struct Desk<'house> {
    pub house: &'house House,
    pub token: String,
    pub site: String,
    pub version: &'static str,
}

impl House {
    /// A session on this site, in the version of the vendor's samples.
    pub async fn desk(&self, site: &str) -> Desk<'_> {
        let details = self.running.details().sites.iter().find(|known| known.name == site).unwrap();
        let token = rest::sign_in(self, details).await.unwrap();
        Desk { house: self, token, site: details.site_id.clone(), version: "3.24" }
    }

    /// A session of Anna, who then has this role, on Finance.
    pub async fn desk_of_anna(&self, role: &str) -> Desk<'_> {
        self.anna(role);
        let in_a_year = self.world().now() + time::Duration::days(365);
        assert!(self.world().add_site_token(ANNA, "finance", ("hers", "hers==:secret"), in_a_year));
        let details = self.running.details().sites.iter().find(|known| known.name == SITE).unwrap();
        let hers = simulator::SiteDetails {
            pat_name: "hers".to_owned(),
            pat_secret: "hers==:secret".to_owned(),
            ..details.clone()
        };
        let token = rest::sign_in(self, &hers).await.unwrap();
        Desk { house: self, token, site: details.site_id.clone(), version: "3.24" }
    }

    /// What Anna is on Finance.
    pub fn anna_there(&self) -> RoleFacts {
        let site = self.site_id(SITE);
        let roles = self.world().person(ANNA).unwrap().roles;
        roles.into_iter().find(|role| role.site_id == site).unwrap()
    }

    /// A group on Finance, made for a test.
    pub fn new_group(&self, name: &str) -> GroupFacts {
        let site = self.site_id(SITE);
        self.world().add_group(&site, name).unwrap();
        self.world().group(&site, name).unwrap()
    }
}

impl<'house> Desk<'house> {
    /// The same session in another version of the API.
    pub fn in_version(&self, version: &'static str) -> Desk<'house> {
        Desk { house: self.house, token: self.token.clone(), site: self.site.clone(), version }
    }

    pub fn path(&self, below: &str) -> String {
        format!("/api/{}/sites/{}{below}", self.version, self.site)
    }

    pub fn request(&self, method: Method, below: &str) -> RequestBuilder {
        self.house.request(method, &self.path(below)).header("X-Tableau-Auth", &self.token)
    }

    pub async fn ask(&self, method: Method, below: &str) -> Answer {
        send(self.request(method, below)).await
    }

    pub async fn get(&self, below: &str) -> Answer {
        self.ask(Method::GET, below).await
    }

    /// The tree of a read that must succeed.
    pub async fn read(&self, below: &str) -> Node {
        let answer = self.get(below).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        tree(&answer)
    }

    /// Sends what stands within `tsRequest`.
    pub async fn order(&self, method: Method, below: &str, content: &str) -> Answer {
        let body = format!("<tsRequest>{content}</tsRequest>");
        send(self.request(method, below).header("content-type", "text/xml").body(body)).await
    }

    pub async fn post(&self, below: &str, content: &str) -> Answer {
        self.order(Method::POST, below, content).await
    }

    pub async fn put(&self, below: &str, content: &str) -> Answer {
        self.order(Method::PUT, below, content).await
    }

    pub async fn delete(&self, below: &str) -> Answer {
        self.ask(Method::DELETE, below).await
    }

    /// Every list in pages of a thousand; only the rows.
    pub async fn rows(&self, list: &str, below: &str) -> Vec<Node> {
        let mark = if below.contains('?') { '&' } else { '?' };
        let page = self.read(&format!("{below}{mark}pageSize=1000")).await;
        page.child(list).children.clone()
    }
}

/// The vendor's error form, with this status and code.
pub fn refuses(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let root = tree(answer);
    let error = root.child("error");
    assert_eq!(error.get("code"), code, "{}", answer.text);
    assert!(!error.child("summary").text.is_empty() && !error.child("detail").text.is_empty());
}

/// An id that nothing has.
pub const NOBODY: &str = "9f9e9d9c-8b8a-4f8e-9d7c-7b7a6f6d6e6d";
