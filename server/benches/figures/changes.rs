//! Ten thousand role changes at eighty milliseconds, against the same change one call at a time.

use std::time::{Duration, Instant};

use model::{
    ActId, PageRequest, PlanId, SiteId, UserId,
    plan::StepsQuery,
    runs::{RowsQuery, RunState},
};
use operations::{ApplyForm, Caller, ManyForm, Whom};
use uuid::Uuid;

use crate::{house::House, since, tell};

const CHANGES: usize = 10_000;
const LATENCY: Duration = Duration::from_millis(80);
/// Single calls that are timed; the rest is reckoned from them.
const SINGLE: u32 = 50;

pub async fn many(house: &House, caller: &Caller) {
    let operations = &house.web.operations;
    let (site, viewers) = crowd(house);
    let changes = viewers.len();
    house.world().set_latency(LATENCY);
    let one_at_a_time = one_by_one(house, caller, &site, &viewers).await * changes as u32;
    let ids = viewers.iter().map(|(id, _)| UserId::parse(id).unwrap()).collect();
    house.world().clear_ledger();
    let began = Instant::now();
    let form = ManyForm {
        whom: Whom { ids, ..Whom::default() },
        change: "role".to_owned(),
        site: site.clone(),
        role: "Unlicensed".to_owned(),
        ..ManyForm::default()
    };
    let plan = operations.plan_many(caller, form).await.unwrap();
    tell("changes: people in the plan, made at 80 ms in", format!("{changes} / {}", since(began)));
    apply(house, caller, plan).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = operations.clone();
    let working = tokio::spawn(async move { worker.work(async move { _ = stopped.await }).await });
    let counts = loop {
        let query = RowsQuery { page: PageRequest { number: 1, size: 25 }, ..RowsQuery::default() };
        let run = operations.run(caller, &plan, &query).await.unwrap().run;
        if run.state == RunState::Over {
            break run.counts;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let took = began.elapsed();
    drop(stop);
    working.await.unwrap();
    let requests = house.world().requests();
    tell("changes: planned, sent, verified and recorded in", since(began));
    tell("changes: calls to Tableau", requests.len().to_string());
    tell(
        "changes: rows done, and changes Tableau made",
        format!("{} / {}", counts.done, house.world().applied("user.role")),
    );
    tell("one call at a time, without looking at any job", format!("{:.0} s", one_at_a_time.as_secs_f64()));
    tell("ratio", format!("{:.1} : 1", one_at_a_time.as_secs_f64() / took.as_secs_f64()));
    let report = house.store.audit_verify().await.unwrap();
    tell(
        "audit: records, and the first that does not fit",
        format!("{} / {:?}", report.records, report.broken_at),
    );
    house.world().set_latency(Duration::ZERO);
}

async fn apply(house: &House, caller: &Caller, plan: PlanId) {
    let operations = &house.web.operations;
    let sheet = operations.plan(caller, &plan, &StepsQuery::default()).await.unwrap();
    let form = ApplyForm {
        plan,
        hash: sheet.plan.hash,
        include: Vec::new(),
        typed: sheet.type_to_confirm.unwrap_or_default(),
        reason: String::new(),
        ticket: ActId::from(Uuid::now_v7()),
    };
    operations.apply_plan(caller, form).await.unwrap();
}

/// The site with the most Viewers, and ten thousand of them.
fn crowd(house: &House) -> (String, Vec<(String, String)>) {
    let everyone = house.world().everyone();
    let viewers = |site: &str| {
        let is = |person: &&simulator::PersonFacts| {
            person.roles.iter().any(|role| role.site_id == site && role.role == "Viewer")
        };
        everyone.iter().filter(is).map(|it| (it.id.clone(), it.user_name.clone())).collect::<Vec<_>>()
    };
    let sites = house.active_sites();
    let (site, mut found) = sites
        .iter()
        .map(|site| (site.id.clone(), viewers(&site.id)))
        .max_by_key(|(_, found)| found.len())
        .unwrap();
    found.truncate(CHANGES);
    SiteId::parse(&site).unwrap();
    (site, found)
}

/// How long one change takes by the vendor's call for one person, the next sent when the last is answered.
async fn one_by_one(house: &House, caller: &Caller, site: &str, viewers: &[(String, String)]) -> Duration {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let base = &house.simulator.details().tcm_url;
    let login =
        client.post(format!("{base}/api/v1/pat/login")).json(&serde_json::json!({ "token": house.token() }));
    let session: serde_json::Value = login.send().await.unwrap().json().await.unwrap();
    let token = session["sessionToken"].as_str().unwrap().to_owned();
    let people: Vec<_> = viewers.iter().rev().take(SINGLE as usize).collect();
    let began = Instant::now();
    for (id, _) in &people {
        // The same role once more: the world stays as it is for the other half of the comparison.
        let delta = serde_json::json!({ "siteRoles": [{ "siteId": site, "siteOp": "UPDATE_SITE_ROLE", "siteRole": "Viewer" }] });
        let address = format!("{base}/api/v1/tenants/{}/users/{id}", caller.tenant());
        let answer = client
            .patch(address)
            .header("x-tableau-session-token", &token)
            .json(&delta)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }
    let each = began.elapsed() / SINGLE;
    // Their jobs must be over before the same people are imported.
    tokio::time::sleep(Duration::from_secs(3)).await;
    each
}
