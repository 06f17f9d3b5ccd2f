//! A door, and how somebody knocks at it.

use model::ProblemCode;
use reqwest::Method;
use uuid::Uuid;

use crate::house::{Answer, House, Visitor, escape, planning::Part};

/// An id that nothing has.
const NOBODY: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

/// What a door takes from the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing that belongs to anybody.
    Nothing,
    Site,
    SuspendedSite,
    Job,
    Act,
    LostAct,
    Operation,
    /// An account of somebody else.
    Account,
    SuspendedAccount,
    InvitedAccount,
    Plan,
    Conversion,
    Run,
    EndedRun,
    Person,
    /// A token of the caller's.
    Token,
    /// Somebody whose seat can be lowered.
    SeatHolder,
    /// The address for news, of which there is one.
    Hook,
    Grant,
    /// A grant with something deposited for it.
    Deposit,
    /// A request for approval, which the caller can decide.
    Approval,
    /// One that the caller made themselves.
    OwnApproval,
    /// A connected site.
    Plane,
    /// Something on a connected site, as `site/id`.
    OnPlane(Inner),
}

/// What a site has inside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    User,
    Group,
    Set,
    Job,
}

/// A door behind the guard.
pub struct Door {
    pub method: &'static str,
    /// The path as it is registered; `{id}` or `{act}` stands for the object.
    pub path: &'static str,
    pub takes: Takes,
    /// The problem for what is not there and for what is not the caller's: the same.
    pub missing: ProblemCode,
    /// The query of a read, or the form of a change; `{}` stands for the object.
    pub with: &'static str,
}

pub const fn page(path: &'static str, takes: Takes, missing: ProblemCode) -> Door {
    Door { method: "GET", path, takes, missing, with: "" }
}

pub const fn read(path: &'static str, takes: Takes, missing: ProblemCode, with: &'static str) -> Door {
    Door { method: "GET", path, takes, missing, with }
}

pub const fn change(path: &'static str, takes: Takes, missing: ProblemCode, with: &'static str) -> Door {
    Door { method: "POST", path, takes, missing, with }
}

impl Door {
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// Whether it is a form whose problem goes back to a page.
    fn is_form(&self) -> bool {
        self.method == "POST" && !self.is_api()
    }

    /// Whether it is a form about one's own password, codes or passkeys.
    pub fn is_own_form(&self) -> bool {
        let own = self.path.starts_with("/account/") || self.path.starts_with("/step-up");
        self.is_form() && own
    }

    /// The answer refuses with this code, and with the status that belongs to it where it is no way back to a form.
    pub fn refuses(&self, answer: &Answer, code: ProblemCode) {
        if self.is_form() {
            assert_eq!(answer.problem().map(|problem| problem.code), Some(code), "{}", self.path);
        } else {
            answer.explains(code);
        }
    }

    pub async fn knock(&self, house: &House, visitor: &Visitor, object: &str) -> Answer {
        let name = house.world().sites().into_iter().find(|site| site.id == object);
        let name = name.map_or_else(|| "x".to_owned(), |site| site.name);
        let (object, inner) = object.split_once('/').unwrap_or((object, NOBODY));
        let mut path = self.path.replace("{id}", object).replace("{act}", object);
        path = path.replace("{code}", "429000");
        for brace in ["{user}", "{group}", "{set}", "{job}"] {
            path = path.replace(brace, inner);
        }
        let tokens = &house.simulator.details().sites;
        let token = tokens.iter().find(|site| site.site_id == object).unwrap_or(&tokens[0]);
        let hash = if self.takes == Takes::Plan { house.hash_of(object).await } else { String::new() };
        let holder = house.holder_of(object).await.to_string();
        let terms = house.terms_of(object).await;
        let fill = |part: &str| {
            part.replace("{}", object)
                .replace("{hash}", &hash)
                .replace("{ticket}", &Uuid::now_v7().to_string())
                .replace("{name}", &name)
                .replace("{holder}", &holder)
                .replace("{terms}", &terms)
                .replace("{soon}", &soon())
                .replace("{pat}", &house.simulator.details().tcm_pat)
                .replace("{inner}", inner)
                .replace("{other}", &house.active_sites()[1].id)
                .replace("{region}", &house.world().region_ids()[0])
                .replace("{log}", &house.world().log_paths()[0])
                .replace("{token_name}", &token.pat_name)
                .replace("{token}", &token.pat_secret)
                .replace("{active}", &house.active_site().name)
                .replace("{active_id}", &house.active_site().id)
        };
        let pairs = self.with.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(&str, String)> = pairs.map(|(name, value)| (name, fill(value))).collect();
        match (self.method, self.is_api()) {
            ("POST", true) => {
                let fields: Vec<(&str, &str)> =
                    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
                visitor.api(Method::POST, &path, &fields).await
            }
            ("POST", false) if pairs.iter().any(|(name, _)| *name == "file") => {
                let parts: Vec<Part<'_>> = pairs
                    .iter()
                    .map(|(name, value)| (*name, (*name == "file").then_some("people.csv"), value.as_bytes()))
                    .collect();
                visitor.send_parts(&path, &parts).await
            }
            ("POST", false) => {
                let fields: Vec<(&str, &str)> =
                    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
                visitor.post("/", &path, &fields).await
            }
            (_, is_api) => {
                let query: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
                let path = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
                if is_api { visitor.api(Method::GET, &path, &[]).await } else { visitor.get(&path).await }
            }
        }
    }
}

/// A month ahead, as forms write it.
fn soon() -> String {
    let day = time::OffsetDateTime::now_utc() + time::Duration::days(30);
    day.date().to_string()
}
