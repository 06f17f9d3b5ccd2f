//! What came back: the status, the headers, and the page as a person reads it.

use app::failure::Failure;
use leptos::server_fn::error::ServerFnUrlError;
use model::{Problem, ProblemCode};
use reqwest::{StatusCode, header::HeaderMap};

/// One answer of the program.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// A form that was sent, and the page that the browser showed afterwards.
#[derive(Debug)]
pub struct Sent {
    pub post: Answer,
    pub page: Answer,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where a redirect leads, without the origin.
    pub fn location(&self) -> &str {
        let to = self.header("location");
        match to.strip_prefix("http://") {
            Some(rest) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => to,
        }
    }

    /// The id of this request, which every explained problem shows.
    pub fn reference(&self) -> &str {
        self.header("x-request-id")
    }

    /// The page as text.
    pub fn words(&self) -> String {
        words(&self.body)
    }

    pub fn says(&self, text: &str) -> bool {
        self.words().contains(text)
    }

    /// The value of a hidden field of the form on this page.
    pub fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no field {name}: {}", self.words()));
        let tag = &self.body[self.body[..at].rfind('<').unwrap()..];
        let tag = &tag[..tag.find('>').unwrap()];
        let (_, value) = tag.split_once("value=\"").unwrap();
        unescape(value.split('"').next().unwrap())
    }

    /// The problem that the answer explains, as page or as JSON, or takes along in an address to a page.
    pub fn problem(&self) -> Option<Problem> {
        if self.status.is_redirection() {
            let url = reqwest::Url::parse(&format!("http://steward{}", self.location())).ok()?;
            let told =
                |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, told)| told);
            // Doors before and around the pages write it out.
            if let Some(code) = told("problem").and_then(|word| ProblemCode::parse(&word)) {
                return Some(Problem::new(code));
            }
            let Failure(problem) = ServerFnUrlError::<Failure>::decode_err(&told("__err")?);
            return Some(problem);
        }
        if self.header("content-type").starts_with("application/json") || self.body.starts_with("{\"code\"") {
            return serde_json::from_str(&self.body).ok();
        }
        let (_, rest) = self.body.split_once("data-problem=\"")?;
        let code = ProblemCode::parse(rest.split('"').next()?)?;
        let text = words(rest);
        let reference = text
            .split_once("· reference ")
            .map(|(_, rest)| rest.split_whitespace().next().unwrap().trim_end_matches('<').to_owned());
        Some(Problem { code, about: None, reference, whom: None })
    }

    /// The answer explains this problem: right code, right status, and the reference of this very request.
    #[track_caller]
    pub fn explains(&self, code: ProblemCode) {
        self.explains_as(code, self.reference());
    }

    #[track_caller]
    fn explains_as(&self, code: ProblemCode, reference: &str) {
        let problem =
            self.problem().unwrap_or_else(|| panic!("no {code:?}: {} {}", self.status, self.words()));
        assert_eq!(problem.code, code, "{}", self.words());
        assert_eq!(self.status.as_u16(), code.status(), "status of {code:?}");
        assert!(!reference.is_empty());
        assert_eq!(problem.reference.as_deref(), Some(reference), "reference of {code:?}");
    }
}

impl Sent {
    /// The form came back with this problem, under the reference of the sending.
    #[track_caller]
    pub fn explains(&self, code: ProblemCode) {
        assert!(self.post.status.is_redirection(), "a form goes back to its page: {:?}", self.post);
        self.page.explains_as(code, self.post.reference());
    }

    #[track_caller]
    pub fn leads_to(&self, path: &str) {
        assert_eq!(self.post.location(), path, "{}", self.page.words());
        assert_eq!(self.page.status, StatusCode::OK, "{}", self.page.words());
    }
}

/// The text of a page: no tags, no comments, single spaces.
pub fn words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (tag, ending) = match rest {
            comment if comment.starts_with("<!--") => ("", "-->"),
            script if script.starts_with("<script") => (" ", "</script>"),
            // Leptos parts two texts by an empty comment; every other tag parts words.
            marker if marker.starts_with("<!>") => ("", ">"),
            _ => (" ", ">"),
        };
        text.push_str(tag);
        rest = rest.find(ending).map_or("", |end| &rest[end + ending.len()..]);
    }
    text.push_str(rest);
    unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescape(text: &str) -> String {
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
