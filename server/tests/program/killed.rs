//! The program killed without a word in the middle of a run, and started again: nothing is lost, nothing is done twice.

use std::{collections::HashMap, path::Path, time::Duration};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::house::children::Serving;

const ROWS: usize = 1_000;
const SITES: usize = 5;

/// When it is killed, in milliseconds after it is ready. Each falls into another part of the run: while rows are written
/// down, while a file is on its way, while jobs are watched, while people are read back.
const KILLS: [u64; 6] = [120, 430, 900, 1_700, 2_600, 3_900];

#[tokio::test]
async fn killed_over_and_over_it_loses_nothing_and_doubles_nothing() {
    dies(None).await;
}

#[tokio::test]
async fn nor_does_it_on_postgresql() {
    let Ok(server) = std::env::var("STEWARD_TEST_POSTGRES") else { return };
    let name = format!("killed_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (front, options) = server.split_once('?').unwrap_or((&server, ""));
    let (front, _) = front.rsplit_once('/').unwrap();
    dies(Some(format!("{front}/{name}?{options}"))).await;
}

async fn dies(postgres: Option<String>) {
    let options = simulator::Options { users: 200, ..simulator::Options::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tableau = simulator::start(options, listener).await.unwrap();
    let world = tableau.world();
    world.set_job_pace(Duration::from_millis(900), Duration::from_millis(4));
    let mut serving = Serving::on(&tableau.details().tcm_url, postgres.as_deref()).await;
    let visitor = serving.visitor();
    visitor.try_sign_in(&tableau.details().tcm_pat).await;

    let plan = visitor.plan(&newcomers(&world.sites())).await;
    let typed = ROWS.to_string();
    let form = [("reason", "A new year"), ("typed", typed.as_str())];
    visitor.apply(&plan, &form).await.leads_to(&format!("/runs/{plan}"));

    let database = postgres.unwrap_or_else(|| sqlite(&serving.file("data/steward.db")));
    let mut in_flight = 0;
    for moment in KILLS {
        tokio::time::sleep(Duration::from_millis(moment)).await;
        serving.kill().await;
        let outside = Database::connect(&database).await.unwrap();
        in_flight += count(&outside, "state = 'sent' AND job IS NULL").await;
        // As if the dead worker's lease had run out.
        outside.execute_unprepared("UPDATE run SET lease_until = 0").await.unwrap();
        outside.close().await.unwrap();
        serving.again().await;
    }

    let outside = Database::connect(&database).await.unwrap();
    let mut waited = 0;
    while count(&outside, "state IN ('waiting', 'sent')").await > 0 {
        waited += 1;
        assert!(waited < 1_200, "no end: {}", visitor.get(&format!("/runs/{plan}")).await.words());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let done = count(&outside, "state = 'done'").await;
    let unknown = count(&outside, "state = 'unknown'").await;
    assert_eq!(done + unknown, ROWS, "every row has its end");
    assert!(unknown <= in_flight, "{unknown} unknown, {in_flight} were in flight");
    outside.close().await.unwrap();
    visitor.run_says(&plan, "Finished").await;

    let mut times: HashMap<String, usize> = HashMap::new();
    for change in world.changes().into_iter().filter(|change| change.kind.starts_with("user.")) {
        *times.entry(change.object).or_default() += 1;
    }
    assert!(times.values().all(|times| *times == 1), "nothing is done twice");
    let there = (0..ROWS).filter(|number| world.person(&name(*number)).is_some()).count();
    assert!(done <= there && there == times.len(), "{done} done, {there} are there, {} changes", times.len());
    let verified = serving.run(&["audit", "verify"]).await;
    assert!(verified.status.success(), "{verified:?}");
}

fn name(number: usize) -> String {
    format!("newcomer{number}@example.com")
}

/// New people on several sites, so that there are several files and jobs.
fn newcomers(sites: &[simulator::SiteFacts]) -> String {
    let sites: Vec<_> = sites.iter().filter(|site| site.status == "Active").take(SITES).collect();
    let row = |number: usize| format!("{},{},Unlicensed\n", name(number), sites[number % SITES].name);
    std::iter::once("Username,Site,Role\n".to_owned()).chain((0..ROWS).map(row)).collect()
}

fn sqlite(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

async fn count(database: &DatabaseConnection, rows: &str) -> usize {
    let sql = format!("SELECT count(*) AS n FROM run_row WHERE {rows}");
    let asked = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(asked).await.unwrap().unwrap();
    usize::try_from(row.try_get::<i64>("", "n").unwrap()).unwrap()
}
