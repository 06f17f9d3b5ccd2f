//! Faults: bad days of the vendor, ordered beforehand and dealt out to matching requests.

pub(crate) mod answers;

use serde::{Deserialize, Serialize};

/// A bad day: which requests it hits, how often, and what goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which requests are hit; the default is every one.
    #[serde(default, rename = "match")]
    pub matching: FaultMatch,
    /// How many requests are hit; nothing means until the faults are cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub after: u32,
    /// What goes wrong.
    pub kind: FaultKind,
    /// The status of the answer; 503 when nothing is said. Some kinds ignore it.
    #[serde(default)]
    pub status: Option<u16>,
    /// The `Retry-After` header: seconds or an HTTP date.
    #[serde(default)]
    pub retry_after: Option<String>,
    /// Whether the change is made although its answer is lost.
    #[serde(default)]
    pub apply: bool,
    /// The body of the answer, instead of the one that would be made up.
    #[serde(default)]
    pub body: Option<String>,
    /// For a slow body: the milliseconds between two pieces; one second when nothing is said.
    #[serde(default)]
    pub delay_ms: Option<u64>,
}

/// Which requests a fault hits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultMatch {
    /// The HTTP method, in any case.
    #[serde(default)]
    pub method: Option<String>,
    /// A part of path and query.
    #[serde(default)]
    pub path: Option<String>,
}

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// A refusal with a status and the vendor's error body.
    Status,
    /// No answer at all for two minutes.
    Hang,
    /// The answer comes, but in small pieces.
    SlowBody,
    /// The connection ends without an answer.
    Reset,
    /// The connection ends in the middle of the body.
    Truncated,
    /// A body that is neither JSON nor XML.
    Malformed,
    /// A success without a body.
    Empty,
    /// A gateway's page instead of the API's answer.
    Html,
    /// The session ends early: 401 now, and for this token from now on.
    ExpiredSession,
}

impl Fault {
    /// A fault of this kind that hits every request until it is cleared.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            matching: FaultMatch::default(),
            times: None,
            after: 0,
            kind,
            status: None,
            retry_after: None,
            apply: false,
            body: None,
            delay_ms: None,
        }
    }

    /// A refusal with this status.
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::new(FaultKind::Status) }
    }

    /// Hits only requests of this method whose path and query contain this part.
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.matching.method = Some(method.to_owned());
        self.matching.path = Some(path.to_owned());
        self
    }

    /// Hits this many requests, then never again.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Lets this many matching requests pass first.
    pub fn after(mut self, passing: u32) -> Self {
        self.after = passing;
        self
    }

    /// Adds the `Retry-After` header.
    pub fn retry_after(mut self, value: &str) -> Self {
        self.retry_after = Some(value.to_owned());
        self
    }

    /// Makes the change although its answer is lost.
    pub fn applied(mut self) -> Self {
        self.apply = true;
        self
    }

    /// Answers with this body.
    pub fn body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        self
    }

    fn hits(&self, method: &str, path_and_query: &str) -> bool {
        let FaultMatch { method: wanted, path } = &self.matching;
        wanted.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path.as_deref().is_none_or(|part| path_and_query.contains(part))
    }
}

/// The faults that wait for their requests, in the order in which they were ordered.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue {
    waiting: Vec<Fault>,
}

impl FaultQueue {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The fault that hits this request, if any, counted down.
    pub(crate) fn next(&mut self, method: &str, path_and_query: &str) -> Option<Fault> {
        let mut chosen = None;
        for fault in &mut self.waiting {
            if !fault.hits(method, path_and_query) || fault.times == Some(0) {
                continue;
            }
            if fault.after > 0 {
                fault.after -= 1;
                continue;
            }
            if let Some(times) = &mut fault.times {
                *times -= 1;
            }
            chosen = Some(fault.clone());
            break;
        }
        self.waiting.retain(|fault| fault.times != Some(0));
        chosen
    }
}
