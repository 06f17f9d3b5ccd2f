//! What a run does, as lists and files tell it: its kind, and the file of the rows that somebody should look at.

use model::{
    PageRequest, PlanId, UserId,
    act::Turn,
    people::PeopleQuery,
    plan::Wish,
    runs::{AgainFile, RowsQuery, RunKind, RunSheet, RunState, RunsQuery},
};
use operations::{Caller, EditForm, ManyForm, Reality, RunDownload, Upload, Whom};

use crate::{
    house::{House, ticket},
    plans::{active_site, apply, file, people_on, role, sheet, steps},
    runs::{Worker, until},
};

/// A plan that was applied and stopped before anything was sent: all of its rows need a look.
async fn stopped(house: &House, caller: &Caller, plan: PlanId) -> RunSheet {
    let form = apply(&sheet(house, caller, plan).await);
    house.operations.apply_plan(caller, form).await.unwrap();
    house.operations.steer_run(caller, &plan, Turn::Stop, ticket()).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let over = until(house, caller, plan, RunState::Over).await;
    worker.stop().await;
    assert_eq!(over.run.counts.stopped, over.run.counts.all());
    over
}

async fn again(house: &House, caller: &Caller, plan: PlanId) -> (String, String) {
    let file = house.operations.run_file(caller, &plan, RunDownload::Again).await.unwrap();
    (file.name, String::from_utf8(file.bytes).unwrap())
}

async fn viewers(house: &House, caller: &Caller) -> Vec<String> {
    let (site, _) = active_site(house);
    let people = people_on(house, caller, site).await;
    people.into_iter().filter(|row| row.1 == "Viewer").map(|row| row.0).collect()
}

async fn id(house: &House, caller: &Caller, name: &str) -> UserId {
    let query = PeopleQuery { search: name.to_owned(), ..PeopleQuery::default() };
    house.operations.list_people(caller, &query, model::Freshness::Recent).await.unwrap().page.rows[0].id
}

fn change(names: &[String], what: &str) -> ManyForm {
    ManyForm {
        whom: Whom { names: names.join("\n"), ..Whom::default() },
        change: what.to_owned(),
        ..ManyForm::default()
    }
}

#[tokio::test]
async fn what_an_import_can_say_comes_as_an_import_with_its_email() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let name = viewers(&house, &caller).await.swap_remove(0);
    let form = EditForm {
        user: id(&house, &caller, &name).await,
        language: "SV_SE".to_owned(),
        locale: String::new(),
        email: "another@example.com".to_owned(),
        tenant: String::new(),
        places: Vec::new(),
    };
    let plan = house.operations.plan_edit(&caller, form).await.unwrap();
    let over = stopped(&house, &caller, plan).await;
    assert_eq!((over.kind, over.again), (RunKind::People, AgainFile::Import));
    let (file_name, text) = again(&house, &caller, plan).await;
    assert!(file_name.ends_with("-again.csv"), "{file_name}");
    // Imported, it asks for the very same.
    let upload = Upload { bytes: text.into_bytes(), ..file("") };
    let plan = house.operations.plan_upload(&caller, upload).await.unwrap();
    let wished = steps(&house, &caller, plan).await.swap_remove(0);
    let expected = Wish::Details {
        language: Some("SV_SE".to_owned()),
        locale: None,
        email: Some("another@example.com".to_owned()),
    };
    assert_eq!((wished.user_name, wished.wish), (name, Some(expected)));
}

#[tokio::test]
async fn what_an_import_cannot_say_comes_as_names_to_paste() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let names: Vec<String> = viewers(&house, &caller).await.into_iter().take(3).collect();
    let leave = ManyForm { site: site.to_string(), ..change(&names, "leave") };
    for (form, kind) in [(leave, RunKind::People), (change(&names, "delete"), RunKind::Deletion)] {
        let plan = house.operations.plan_many(&caller, form).await.unwrap();
        let over = stopped(&house, &caller, plan).await;
        assert_eq!((over.kind, over.again), (kind, AgainFile::Names));
        let (file_name, text) = again(&house, &caller, plan).await;
        assert!(file_name.ends_with("-names.txt"), "{file_name}");
        assert_eq!(text.lines().collect::<Vec<_>>(), names);
        // Pasted, it names the same people.
        let pasted = change(&[text], "delete");
        let plan = house.operations.plan_many(&caller, pasted).await.unwrap();
        let told: Vec<String> =
            steps(&house, &caller, plan).await.into_iter().map(|step| step.user_name).collect();
        assert_eq!(told, names);
    }
    // A tenant role beside a language: half of it could be imported, so the file is of names, each once.
    let name = &names[0];
    let form = EditForm {
        user: id(&house, &caller, name).await,
        language: "SV_SE".to_owned(),
        locale: String::new(),
        email: String::new(),
        tenant: "administer".to_owned(),
        places: Vec::new(),
    };
    let plan = house.operations.plan_edit(&caller, form).await.unwrap();
    let over = stopped(&house, &caller, plan).await;
    assert_eq!((over.run.counts.all(), over.again), (2, AgainFile::Names));
    assert_eq!(again(&house, &caller, plan).await.1, format!("{name}\n"));
}

#[tokio::test]
async fn runs_are_found_by_what_they_do() {
    kinds(House::start(Reality::Pretend).await).await;
}

#[tokio::test]
async fn and_so_they_are_on_postgresql() {
    if let Some(house) = House::on_postgres().await {
        kinds(house).await;
    }
}

async fn kinds(house: House) {
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let names: Vec<String> = viewers(&house, &caller).await.into_iter().take(2).collect();
    let roles = role(&names.join("\n"), site, "Explorer");
    let roles = house.operations.plan_many(&caller, roles).await.unwrap();
    stopped(&house, &caller, roles).await;
    let deletion = house.operations.plan_many(&caller, change(&names, "delete")).await.unwrap();
    stopped(&house, &caller, deletion).await;
    let found = async |kind: &str| {
        let query = RunsQuery { kind: kind.to_owned(), ..RunsQuery::default() };
        house.operations.list_runs(&caller, &query).await
    };
    let ids = async |kind: &str| {
        let page = found(kind).await.unwrap();
        assert_eq!(page.of, 2);
        page.rows.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("people").await, [roles]);
    assert_eq!(ids("deletion").await, [deletion]);
    for nothing in ["site-users", "groups", "limits"] {
        assert!(ids(nothing).await.is_empty(), "{nothing}");
    }
    assert_eq!(ids("").await.len(), 2);
    assert_eq!(found("x").await.unwrap_err().code, model::ProblemCode::MalformedQuery);
    // What a run does is told by the run, not by the rows that a page happens to show.
    let none = RowsQuery {
        state: "done".to_owned(),
        page: PageRequest { number: 1, size: 25 },
        ..RowsQuery::default()
    };
    let empty = house.operations.run(&caller, &deletion, &none).await.unwrap();
    assert!(empty.rows.rows.is_empty());
    assert_eq!((empty.kind, empty.again), (RunKind::Deletion, AgainFile::Names));
}
