//! Every door × caller × object. The list is compared with the registered server functions and routes, so a new door
//! without its line here fails.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use model::ProblemCode::{self, *};
use reqwest::Method;
use uuid::Uuid;

use crate::house::{Answer, House, Visitor, escape};

/// What a door takes from the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Nothing that belongs to anybody.
    Nothing,
    Site,
    SuspendedSite,
    Job,
    Act,
    LostAct,
    Operation,
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
    /// A connected site.
    Plane,
    /// Something on a connected site, as `site/id`.
    OnPlane(Inner),
}

/// What a site has inside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    User,
    Group,
    Set,
    Job,
}

struct Door {
    method: &'static str,
    /// The path as it is registered; `{id}` or `{act}` stands for the object.
    path: &'static str,
    takes: Takes,
    /// The problem for what is not there and for what is not the caller's: the same.
    missing: ProblemCode,
    /// The query of a read, or the form of a change; `{}` stands for the object.
    with: &'static str,
}

const fn page(path: &'static str, takes: Takes, missing: ProblemCode) -> Door {
    Door { method: "GET", path, takes, missing, with: "" }
}

const fn read(path: &'static str, takes: Takes, missing: ProblemCode, with: &'static str) -> Door {
    Door { method: "GET", path, takes, missing, with }
}

const fn change(path: &'static str, takes: Takes, missing: ProblemCode, with: &'static str) -> Door {
    Door { method: "POST", path, takes, missing, with }
}

/// Doors behind the guard: only for those who signed in.
const GUARDED: &[Door] = &[
    page("/", Takes::Nothing, PageNotFound),
    page("/sites", Takes::Nothing, PageNotFound),
    page("/sites/new", Takes::Nothing, PageNotFound),
    page("/sites/{id}", Takes::Site, SiteNotFound),
    page("/sites/{id}/project", Takes::Site, SiteNotFound),
    page("/sites/{id}/suspend", Takes::Site, SiteNotFound),
    page("/sites/{id}/reactivate", Takes::Site, SiteNotFound),
    page("/sites/{id}/connect", Takes::Site, SiteNotFound),
    page("/sites/{id}/users", Takes::Plane, SiteNotFound),
    page("/sites/{id}/users/import", Takes::Plane, SiteNotFound),
    page("/sites/{id}/users/{user}", Takes::OnPlane(Inner::User), SiteNotFound),
    page("/sites/{id}/users/{user}/move", Takes::OnPlane(Inner::User), SiteNotFound),
    page("/sites/{id}/groups", Takes::Plane, SiteNotFound),
    page("/sites/{id}/groups/new", Takes::Plane, SiteNotFound),
    page("/sites/{id}/groups/{group}", Takes::OnPlane(Inner::Group), SiteNotFound),
    page("/sites/{id}/sets", Takes::Plane, SiteNotFound),
    page("/sites/{id}/sets/{set}", Takes::OnPlane(Inner::Set), SiteNotFound),
    page("/sites/{id}/jobs", Takes::Plane, SiteNotFound),
    page("/sites/{id}/jobs/{job}", Takes::OnPlane(Inner::Job), SiteNotFound),
    page("/connection/sites", Takes::Nothing, PageNotFound),
    page("/tenant", Takes::Nothing, PageNotFound),
    page("/tokens", Takes::Nothing, PageNotFound),
    page("/sign-on", Takes::Nothing, PageNotFound),
    page("/limits", Takes::Nothing, PageNotFound),
    page("/activity", Takes::Nothing, PageNotFound),
    page("/activity/events", Takes::Nothing, PageNotFound),
    page("/activity/compare", Takes::Nothing, PageNotFound),
    page("/people", Takes::Nothing, PageNotFound),
    page("/people/import", Takes::Nothing, PageNotFound),
    page("/people/convert", Takes::Nothing, PageNotFound),
    page("/people/convert/{id}", Takes::Conversion, ConversionNotFound),
    page("/people/new", Takes::Nothing, PageNotFound),
    page("/people/change", Takes::Nothing, PageNotFound),
    page("/people/{id}", Takes::Person, PersonNotFound),
    page("/people/{id}/edit", Takes::Person, PersonNotFound),
    page("/people/{id}/delete", Takes::Person, PersonNotFound),
    page("/plans/{id}", Takes::Plan, PlanNotFound),
    page("/runs/{id}", Takes::Run, RunNotFound),
    page("/licences", Takes::Nothing, PageNotFound),
    page("/licences/settings", Takes::Nothing, PageNotFound),
    page("/licences/idle", Takes::Nothing, PageNotFound),
    page("/licences/people/{id}", Takes::Person, PersonNotFound),
    page("/jobs", Takes::Nothing, PageNotFound),
    page("/jobs/open", Takes::Nothing, PageNotFound),
    page("/jobs/{id}", Takes::Job, JobNotFound),
    page("/audit", Takes::Nothing, PageNotFound),
    page("/audit/{act}", Takes::Act, EntryNotFound),
    page("/connection", Takes::Nothing, PageNotFound),
    page("/doctor", Takes::Nothing, PageNotFound),
    page("/codes", Takes::Nothing, PageNotFound),
    page("/codes/{code}", Takes::Nothing, CodeNotFound),
    read("/api/doctor/get", Takes::Nothing, PageNotFound, "round=now"),
    read("/api/codes/get", Takes::Nothing, PageNotFound, "path=/codes"),
    read("/codes/file", Takes::Nothing, PageNotFound, "format=text"),
    read("/api/frame", Takes::Nothing, PageNotFound, ""),
    read("/api/tenant/get", Takes::Nothing, PageNotFound, "freshness=recent"),
    read("/api/licences/tenant", Takes::Nothing, PageNotFound, "freshness=recent"),
    read("/api/sites/list", Takes::Nothing, PageNotFound, "query[search]=&freshness=recent"),
    read("/api/sites/get", Takes::Site, SiteNotFound, "site={}"),
    read("/api/jobs/get", Takes::Job, JobNotFound, "job={}&outcome=all&page[number]=1&page[size]=25"),
    read("/api/jobs/list", Takes::Nothing, PageNotFound, "query[whose]="),
    read("/api/people/list", Takes::Nothing, PageNotFound, "url=?q%3Da&again=false"),
    read("/api/people/fields", Takes::Nothing, PageNotFound, ""),
    read("/api/people/get", Takes::Person, PersonNotFound, "user={}"),
    read("/api/people/form", Takes::Person, PersonNotFound, "form=edit&user={}"),
    read("/people/export", Takes::Nothing, PageNotFound, "format=csv"),
    read("/api/licences/get", Takes::Nothing, PageNotFound, "path=/licences/idle"),
    read("/api/licences/passed", Takes::Nothing, PageNotFound, ""),
    read("/licences/export", Takes::Nothing, PageNotFound, "days=30"),
    read("/api/imports/get", Takes::Nothing, PageNotFound, ""),
    read("/api/imports/convert", Takes::Conversion, ConversionNotFound, "id={}"),
    read("/convert/{id}/file", Takes::Conversion, ConversionNotFound, "which=notes"),
    read("/api/plans/get", Takes::Plan, PlanNotFound, "plan={}&query[search]="),
    read("/api/runs/get", Takes::Run, RunNotFound, "run={}&query[search]="),
    read("/api/audit/list", Takes::Nothing, PageNotFound, "query[search]="),
    read("/api/audit/get", Takes::Act, EntryNotFound, "act={}"),
    read("/api/connection/get", Takes::Nothing, PageNotFound, ""),
    read("/api/sites/new", Takes::Nothing, PageNotFound, ""),
    read("/api/tenancy/get", Takes::Nothing, PageNotFound, "path=/tenant"),
    read("/activity/export", Takes::Nothing, PageNotFound, ""),
    read("/activity/file", Takes::Nothing, PageNotFound, "path={log}"),
    read("/api/plane/get", Takes::Plane, SiteNotFound, "path=/sites/{}/groups"),
    read("/api/jobs/{id}/events", Takes::Job, JobNotFound, ""),
    read("/api/runs/{id}/events", Takes::EndedRun, RunNotFound, ""),
    read("/import/template", Takes::Nothing, PageNotFound, "kind=tenant"),
    read("/plans/{id}/file", Takes::Plan, PlanNotFound, "rows=create"),
    read("/runs/{id}/file", Takes::Run, RunNotFound, "rows=again"),
    read("/jobs/{id}/file", Takes::Job, JobNotFound, "rows=look"),
    change(
        "/api/people/protect",
        Takes::Person,
        PersonNotFound,
        "user={}&ticket={ticket}&reason=Test&wanted=protected",
    ),
    change(
        "/api/people/plan",
        Takes::Nothing,
        PageNotFound,
        "whom=names&names=a@b.example&what[change]=delete",
    ),
    change("/api/people/edit", Takes::Person, PersonNotFound, "user={}&language=DE_DE"),
    change("/api/people/create", Takes::Nothing, PageNotFound, "user_name=a@b.example"),
    change("/api/people/delete", Takes::Person, PersonNotFound, "user={}"),
    change("/api/licences/count", Takes::Nothing, PageNotFound, "days=30"),
    change("/api/licences/purchased", Takes::Nothing, PageNotFound, "ticket={ticket}&creators=10"),
    change("/api/licences/thresholds", Takes::Nothing, PageNotFound, "ticket={ticket}&thresholds=50"),
    change("/licences/hook", Takes::Nothing, PageNotFound, ""),
    change("/api/licences/hook/test", Takes::Hook, HookNotSet, ""),
    change("/api/licences/hook/end", Takes::Hook, HookNotSet, "ticket={ticket}"),
    change(
        "/api/licences/exclude",
        Takes::Person,
        PersonNotFound,
        "user={}&ticket={ticket}&reason=Test&wanted=protected",
    ),
    change("/api/licences/lower", Takes::SeatHolder, NothingToLower, "whom=ticked&ids[0]={}&to=unlicensed"),
    change("/import", Takes::Nothing, PageNotFound, ""),
    change("/import/site", Takes::Nothing, PageNotFound, ""),
    change("/convert", Takes::Nothing, PageNotFound, ""),
    change("/api/plans/apply", Takes::Plan, PlanNotFound, "plan={}&hash={hash}&ticket={ticket}"),
    change("/api/plans/discard", Takes::Plan, PlanNotFound, "plan={}"),
    change("/api/plans/anew", Takes::Plan, PlanNotFound, "plan={}"),
    change("/api/runs/steer", Takes::Run, RunNotFound, "run={}&turn=pause&ticket={ticket}"),
    change("/api/runs/again", Takes::Run, RunNotFound, "run={}"),
    change(
        "/api/sites/suspend",
        Takes::Site,
        SiteNotFound,
        "site={}&ticket={ticket}&reason=Test&typed={name}",
    ),
    change(
        "/api/sites/reactivate",
        Takes::SuspendedSite,
        SiteNotFound,
        "site={}&ticket={ticket}&reason=Test",
    ),
    change(
        "/api/sites/create",
        Takes::Nothing,
        PageNotFound,
        "ticket={ticket}&name=Door {ticket}&address={ticket}&region={region}",
    ),
    change(
        "/api/sites/project",
        Takes::Site,
        SiteNotFound,
        "site={}&ticket={ticket}&owner=milo.brandt@example.com",
    ),
    change("/api/limits/plan", Takes::Site, SiteNotFound, "sites[0]={}&creators=own&creators_number=5"),
    change("/api/tenant/terms", Takes::Nothing, PageNotFound, "ticket={ticket}&checked=yes"),
    change("/api/tokens/revoke", Takes::Token, TokenNotFound, "token={}&ticket={ticket}&checked=yes"),
    change("/tokens/create", Takes::Nothing, PageNotFound, ""),
    change("/tokens/swap", Takes::Nothing, PageNotFound, ""),
    change(
        "/api/sign-on/change",
        Takes::Nothing,
        PageNotFound,
        "ticket={ticket}&provider=Google&enabled=yes&typed=Quillmere Holdings&checked=yes",
    ),
    change(
        "/api/sign-on/delete",
        Takes::Nothing,
        PageNotFound,
        "ticket={ticket}&typed=Quillmere Holdings&checked=yes",
    ),
    change("/api/sites/settle", Takes::LostAct, EntryNotFound, "act={}"),
    change(
        "/api/plane/connect",
        Takes::Site,
        SiteNotFound,
        "site={}&ticket={ticket}&token_name={token_name}&token={token}",
    ),
    change("/api/plane/disconnect", Takes::Plane, SiteNotConnected, "site={}&ticket={ticket}"),
    change("/api/plane/retry", Takes::Plane, SiteNotConnected, "site={}"),
    change(
        "/api/plane/group",
        Takes::Plane,
        SiteNotConnected,
        "site={}&ticket={ticket}&change=create&name={ticket}",
    ),
    change(
        "/api/plane/set",
        Takes::Plane,
        SiteNotConnected,
        "site={}&ticket={ticket}&change=create&name={ticket}",
    ),
    change(
        "/api/plane/members",
        Takes::OnPlane(Inner::Group),
        SiteNotConnected,
        "site={}&group={inner}&mode=add&names=a@b.example",
    ),
    change(
        "/api/plane/users",
        Takes::Plane,
        SiteNotConnected,
        "site={}&change=role&role=Viewer&names=a@b.example",
    ),
    change(
        "/api/plane/cancel",
        Takes::OnPlane(Inner::Job),
        SiteNotConnected,
        "site={}&job={inner}&ticket={ticket}",
    ),
    change(
        "/api/plane/move",
        Takes::OnPlane(Inner::User),
        SiteNotConnected,
        "site={}&user={inner}&to={other}&ticket={ticket}",
    ),
    change(
        "/api/connection/unlock",
        Takes::Operation,
        OperationNotFound,
        "operation={}&ticket={ticket}&checked=yes",
    ),
    change("/logout", Takes::Nothing, PageNotFound, ""),
];

/// An id that nothing has.
const NOBODY: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

/// Doors open to everybody.
const OPEN: &[(&str, &str)] = &[
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/pkg/{*name}"),
];

impl House {
    /// Somebody with a seat who administers nothing.
    fn seat_holder(&self) -> simulator::PersonFacts {
        let plain = |role: &str| !role.starts_with("SiteAdministrator");
        let fits = |it: &simulator::PersonFacts| {
            it.tenant_role.is_none()
                && it.roles.iter().all(|place| plain(&place.role))
                && it.roles.iter().any(|place| place.role != "Unlicensed")
        };
        // Not the first: other doors protect that one.
        self.world().everyone().into_iter().rfind(fits).unwrap()
    }

    /// Sets an address for news; there is one for the tenant.
    async fn with_hook(&self) -> String {
        let ticket = Uuid::now_v7().to_string();
        let fields = [("url", "http://127.0.0.1:9/never"), ("ticket", ticket.as_str())];
        let set = self.sign_in().await.post("/licences/settings", "/licences/hook", &fields).await;
        assert_eq!(set.status.as_u16(), 200, "{}", set.words());
        String::new()
    }

    /// A connected site and something on it, as `site/id`.
    async fn on_a_site(&self, inner: Inner) -> String {
        let site = self.connected_site().await.id;
        let world = self.world();
        let group =
            world.groups(&site).into_iter().find(|group| group.members > 0 && group.name != "All Users");
        let inner = match inner {
            Inner::Group => group.unwrap().id,
            Inner::User => {
                // Somebody who is on every site, and another connected site.
                let other = self.active_sites().swap_remove(1);
                let (name, secret) = self.site_token(&other.id);
                self.sign_in().await.connect_site(&other.id, &name, &secret).await;
                self.first_on(&site, "users?q=milo.brandt").await
            }
            Inner::Set => {
                let visitor = self.sign_in().await;
                let sets = format!("/sites/{site}/sets");
                let ticket = visitor.get(&sets).await.field("ticket");
                let fields =
                    [("site", site.as_str()), ("ticket", &ticket), ("change", "create"), ("name", &ticket)];
                let sent = visitor.submit(&sets, "/api/plane/set", &fields).await;
                let path = sent.post.location().split('?').next().unwrap().to_owned();
                path.rsplit('/').next().unwrap().to_owned()
            }
            Inner::Job => self.first_on(&site, "jobs").await,
        };
        format!("{site}/{inner}")
    }

    /// The first row of a list of a site.
    async fn first_on(&self, site: &str, list: &str) -> String {
        let page = self.sign_in().await.get(&format!("/sites/{site}/{list}")).await;
        let mark = format!("/sites/{site}/{}/", list.split('?').next().unwrap());
        let found = page.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no {list}: {}", page.words()));
        found.split('"').next().unwrap().to_owned()
    }
}

impl Door {
    fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    async fn knock(&self, house: &House, visitor: &Visitor, object: &str) -> Answer {
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
        let fill = |part: &str| {
            part.replace("{}", object)
                .replace("{hash}", &hash)
                .replace("{ticket}", &Uuid::now_v7().to_string())
                .replace("{name}", &name)
                .replace("{inner}", inner)
                .replace("{other}", &house.active_sites()[1].id)
                .replace("{region}", &house.world().region_ids()[0])
                .replace("{log}", &house.world().log_paths()[0])
                .replace("{token_name}", &token.pat_name)
                .replace("{token}", &token.pat_secret)
        };
        let pairs = self.with.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(&str, String)> = pairs.map(|(name, value)| (name, fill(value))).collect();
        match (self.method, self.is_api()) {
            ("POST", true) => {
                let fields: Vec<(&str, &str)> =
                    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
                visitor.api(Method::POST, &path, &fields).await
            }
            ("POST", false) => visitor.post("/", &path, &[]).await,
            (_, is_api) => {
                let query: Vec<String> =
                    pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
                let path = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
                if is_api { visitor.api(Method::GET, &path, &[]).await } else { visitor.get(&path).await }
            }
        }
    }

    async fn own(&self, house: &House) -> String {
        let by_status = |status: &str| house.world().sites().into_iter().find(|site| site.status == status);
        match self.takes {
            Takes::Nothing => self.prepare(house),
            Takes::Token => {
                let name = Uuid::now_v7().to_string();
                let later = house.world().now() + std::time::Duration::from_secs(86_400);
                house.world().add_pat(&name, &name, later);
                house.world().manager_pat_id(&name).unwrap()
            }
            Takes::Site => by_status("Active").unwrap().id,
            Takes::SuspendedSite => by_status("Suspended").unwrap().id,
            Takes::Job => house.world().job("import-partial").unwrap(),
            Takes::Act => house.audit().await.swap_remove(0).act.to_string(),
            Takes::LostAct => house.lost_act(house.tenant(), &house.active_site().id, 0).await.to_string(),
            Takes::Operation => "site.suspend".to_owned(),
            Takes::Plan => house.own_plan().await,
            Takes::Conversion => house.own_conversion().await,
            Takes::Run => house.own_run().await,
            Takes::EndedRun => house.ended_run().await,
            Takes::Person => house.person().id,
            Takes::SeatHolder => house.seat_holder().id,
            Takes::Hook => house.with_hook().await,
            Takes::Plane => house.connected_site().await.id,
            Takes::OnPlane(inner) => house.on_a_site(inner).await,
        }
    }

    /// Some changes need something to change.
    fn prepare(&self, house: &House) -> String {
        match self.path {
            "/api/tenant/terms" => house.world().forget_terms(),
            "/api/sign-on/change" => {
                house.world().set_oidc(r#"{"enabled":false,"knownProviderAlias":"Google"}"#);
            }
            "/api/sign-on/delete" => {
                house.world().set_oidc(r#"{"enabled":true,"knownProviderAlias":"Google"}"#);
            }
            _ => {}
        }
        String::new()
    }

    async fn foreign(&self, house: &House) -> String {
        match self.takes {
            Takes::Nothing => String::new(),
            Takes::Site | Takes::SuspendedSite | Takes::Plane | Takes::OnPlane(_) => {
                house.foreign_site().await
            }
            Takes::Job => house.foreign_job().await,
            Takes::Act | Takes::LostAct => house.foreign_act().await,
            Takes::Token => house.world().manager_pat_id("licence-report").unwrap(),
            Takes::Operation => "pat.login".to_owned(),
            Takes::Plan => house.foreign_plan().await,
            Takes::Conversion => house.foreign_conversion().await,
            Takes::Run | Takes::EndedRun => house.foreign_run().await,
            // Tableau tells of the people of its own tenant alone, and names no tenant with them.
            Takes::Person | Takes::SeatHolder => Uuid::now_v7().to_string(),
            Takes::Hook => String::new(),
        }
    }
}

#[tokio::test]
async fn every_door_stands_in_the_list() {
    let listed: BTreeSet<(String, String)> = GUARDED
        .iter()
        .map(|door| (door.method.to_owned(), door.path.to_owned()))
        .chain(OPEN.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())))
        .collect();
    let functions: BTreeSet<(String, String)> =
        server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())).collect();
    let pages: BTreeSet<(String, String)> = generate_route_list(app::App)
        .iter()
        .flat_map(|route| {
            route.methods().map(|method| (format!("{method:?}").to_uppercase(), route.path().to_owned()))
        })
        .collect();
    let missing: Vec<_> = functions.union(&pages).filter(|door| !listed.contains(*door)).collect();
    assert!(missing.is_empty(), "doors without a line in this file: {missing:?}");
    // The doors of `routes.rs` itself have no list to ask, so they are read out of its text.
    let source = include_str!("../../src/routes.rs");
    for path in source.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(listed.iter().any(|(_, known)| known.as_str() == path), "{path} has no line in this file");
    }
    let gone: Vec<_> = listed
        .iter()
        .filter(|door| !functions.contains(*door) && !pages.contains(*door))
        .filter(|(_, path)| !source.contains(path.as_str()) && !path.starts_with("/pkg/"))
        .collect();
    assert!(gone.is_empty(), "lines without a door: {gone:?}");
    let changes: Vec<_> = functions.iter().filter(|(method, _)| method != "GET").collect();
    assert_eq!(changes.len(), GUARDED.iter().filter(|door| door.is_api() && door.method == "POST").count());
}

#[tokio::test]
async fn strangers_pass_no_guarded_door() {
    let house = House::start().await;
    for door in GUARDED {
        let object = door.own(house_with_an_act(&house).await).await;
        let (sent, applied) = (house.world().requests().len(), house.applied());
        for visitor in [house.stranger(), forger(&house)] {
            let answer = door.knock(&house, &visitor, &object).await;
            if door.is_api() || door.method != "GET" {
                assert_eq!(answer.status.as_u16(), 401, "{}", door.path);
                answer.explains(NotSignedIn);
            } else {
                assert!(answer.location().starts_with("/login"), "{}: {}", door.path, answer.location());
                assert!(!answer.body.contains("Quillmere"), "{}", door.path);
            }
        }
        assert_eq!(house.world().requests().len(), sent, "{} asked Tableau for a stranger", door.path);
        assert_eq!(house.applied(), applied, "{} changed something for a stranger", door.path);
    }
}

/// A browser with a cookie that somebody made up.
fn forger(house: &House) -> Visitor {
    let visitor = house.stranger();
    visitor.set_cookie(Some(format!("{}=AAAAAAAAAAAAAAAAAAAAAA", server::routes::COOKIE)));
    visitor
}

async fn house_with_an_act(house: &House) -> &House {
    if house.audit().await.is_empty() {
        house.lost_act(house.tenant(), &house.active_site().id, 0).await;
    }
    house
}

#[tokio::test]
async fn those_who_signed_in_pass_with_what_is_theirs() {
    let house = House::start().await;
    for door in GUARDED {
        let visitor = house.sign_in().await;
        let object = door.own(&house).await;
        let answer = door.knock(&house, &visitor, &object).await;
        let fine = answer.status.is_success() || answer.status.is_redirection();
        assert!(fine || door.path == "/jobs/open", "{} {}: {}", door.method, door.path, answer.words());
        assert!(answer.problem().is_none() || door.path == "/jobs/open", "{}: {}", door.path, answer.words());
    }
}

#[tokio::test]
async fn what_is_not_theirs_and_what_is_not_there_look_the_same_and_change_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for door in GUARDED.iter().filter(|door| door.takes != Takes::Nothing) {
        let missing =
            if door.takes == Takes::Operation { "nope".to_owned() } else { Uuid::now_v7().to_string() };
        for object in [missing, door.foreign(&house).await] {
            let answer = door.knock(&house, &visitor, &object).await;
            let code = answer.problem().map(|problem| problem.code);
            assert_eq!(code, Some(door.missing), "{} {}: {}", door.path, object, answer.words());
            answer.explains(door.missing);
        }
    }
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
    assert!(house.audit().await.iter().all(|act| act.verb == "sign-in"));
}

#[tokio::test]
async fn malformed_ids_stop_at_every_door() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for door in
        GUARDED.iter().filter(|door| !matches!(door.takes, Takes::Nothing | Takes::Operation | Takes::Hook))
    {
        for object in ["x", "0190f3a0-0000-7000-8000-00000000000g"] {
            let answer = door.knock(&house, &visitor, object).await;
            let code = answer.problem().map(|problem| problem.code);
            assert_eq!(code, Some(MalformedId), "{} {}: {}", door.path, object, answer.words());
            answer.explains(MalformedId);
        }
    }
    let fields = [("operation", "site.suspend"), ("ticket", "x"), ("checked", "yes")];
    visitor.api(Method::POST, "/api/connection/unlock", &fields).await.explains(MalformedId);
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
}

#[tokio::test]
async fn the_open_doors_are_open_and_tell_nothing() {
    let house = House::start().await;
    let visitor = house.stranger();
    for path in ["/login", "/health/live", "/health/ready"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        assert!(!answer.body.contains("Quillmere"), "{path}");
    }
    house.on_every_connection("DROP TABLE IF EXISTS audit_head").await;
    assert_eq!(visitor.get("/health/ready").await.status.as_u16(), 503);
    assert_eq!(visitor.get("/health/live").await.status.as_u16(), 200);
    house.stop.send_replace(true);
    assert_eq!(visitor.get("/health/ready").await.words(), "stopping");
}
