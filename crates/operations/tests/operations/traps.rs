//! The vendor's traps, as far as they touch the people of a tenant: each is seen before anything is sent, or told after.

use model::{
    SiteId, UserId,
    licences::Tier,
    people::PeopleQuery,
    plan::{Verdict, Why},
    runs::{RowState, RunState},
};
use operations::{Caller, EditForm, PlaceForm, PurchasedForm, Reality, Upload};
use simulator::{Purchased, SiteLimits};

use crate::{
    house::House,
    plans::{active_site, apply, explorer_on, file, people_on, role, sheet, steps},
    runs::{Worker, until, until_so},
};

async fn start() -> (House, Caller, SiteId, String) {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let content_url = house.site("Active").content_url;
    (house, caller, site, content_url)
}

async fn find(house: &House, caller: &Caller, name: &str) -> UserId {
    let query = PeopleQuery { search: name.to_owned(), ..PeopleQuery::default() };
    house.operations.list_people(caller, &query, model::Freshness::Recent).await.unwrap().page.rows[0].id
}

#[tokio::test]
async fn an_import_that_would_demote_a_site_administrator_says_so() {
    let (house, caller, _, content_url) = start().await;
    let text = format!("{content_url},milo.brandt@example.com,,,Viewer,None,No,,\n");
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!(row.verdict, Verdict::Dangerous);
    assert!(row.why.contains(&Why::DemotesSiteAdministrator));
    assert_eq!((row.before.as_str(), row.after.as_str()), ("Site Administrator Creator", "Viewer"));
}

#[tokio::test]
async fn the_tenants_own_address_in_the_site_column_makes_a_cloud_administrator_too() {
    let (house, caller, ..) = start().await;
    let uri = house.operations.tenant(&caller, model::Freshness::Now).await.unwrap().value.uri.unwrap();
    let text = format!("{uri},eve@example.com,,Eve,Viewer,None,No,,\n");
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!(row.verdict, Verdict::Dangerous);
    assert!(row.why.contains(&Why::MakesAdministrator));
}

#[tokio::test]
async fn what_is_sent_is_written_by_us_and_names_the_site_in_every_row() {
    let (house, caller, site, content_url) = start().await;
    let mut text = "Username;Site role;Display name\n".to_owned();
    for number in 0..30 {
        text.push_str(&format!("csv{number}@example.com;Unlicensed;\"=cmd('{number}')\"\n"));
    }
    let upload = Upload { site: site.to_string(), ..file(&text) };
    let plan = house.operations.plan_upload(&caller, upload).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!(seen.plan.counts.create, 30);
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(run.run.counts.done, 30);
    let sent = house.world().imports();
    assert_eq!(sent.len(), 1);
    let csv = sent[0].csv.strip_prefix('\u{feff}').unwrap();
    assert_eq!(csv.lines().count(), 30);
    assert!(csv.lines().all(|line| line.starts_with(&format!("{content_url},"))), "{csv}");
    assert!(!csv.contains("Username"));
    worker.stop().await;
}

#[tokio::test]
async fn success_can_be_a_lie_and_the_row_says_what_came_of_it() {
    let (house, caller, site, _) = start().await;
    let used = house.world().tenant_licences();
    house.world().set_purchased(Purchased {
        creator: used.creators,
        explorer: used.explorers,
        viewer: used.viewers,
    });
    let plan =
        house.operations.plan_many(&caller, role("noseat@example.com", site, "Creator")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    let row = &run.rows.rows[0];
    assert_eq!((row.state, row.found.as_deref()), (RowState::Differs, Some("Unlicensed")));
    assert_eq!(row.code.as_deref(), Some("USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED"));
    worker.stop().await;
}

#[tokio::test]
async fn taking_a_role_away_frees_no_seat_that_another_site_needs() {
    let (house, caller, site, _) = start().await;
    let other = house.world().sites().into_iter().filter(|it| it.status == "Active").nth(1).unwrap().id;
    let name = explorer_on(&house, &caller, site).await;
    assert!(house.world().set_role(&name, &other, Some("Explorer")));
    let plan = house.operations.plan_many(&caller, role(&name, site, "Viewer")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert!(seen.steps.rows[0].why.contains(&Why::KeepsSeat));
    assert_eq!((seen.plan.seats.explorers, seen.plan.seats.viewers), (0, 0));
    assert!(house.world().set_role(&name, &other, None));
    let plan = house.operations.plan_many(&caller, role(&name, site, "Viewer")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert!(seen.steps.rows[0].why.contains(&Why::FreesExplorer));
    assert_eq!((seen.plan.seats.explorers, seen.plan.seats.viewers), (-1, 1));
    assert_eq!(seen.steps.rows[0].seat.to, Some(Tier::Viewer));
}

#[tokio::test]
async fn rows_over_a_sites_role_limit_are_dangerous_and_what_the_plan_frees_counts() {
    let (house, caller, site, _) = start().await;
    let name = explorer_on(&house, &caller, site).await;
    let used = house.world().site_licences(&site.to_string()).unwrap();
    let limits = SiteLimits { creator: None, explorer: Some(used.explorers), viewer: Some(used.viewers + 1) };
    assert!(house.world().set_site_limits(&site.to_string(), limits));
    let plan = house
        .operations
        .plan_many(&caller, role("one@example.com\ntwo@example.com", site, "Viewer"))
        .await
        .unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!([rows[0].verdict, rows[1].verdict], [Verdict::Create, Verdict::Dangerous]);
    assert!(rows[1].why.contains(&Why::OverLimit));
    // The Explorer who becomes a Viewer makes room for another one.
    let name_of_site = house.site("Active").name;
    let text = format!(
        "Username,Site,Role\n{name},{name_of_site},Viewer\nnew@example.com,{name_of_site},Explorer\n"
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert!(rows.iter().all(|row| !row.why.contains(&Why::OverLimit)), "{rows:?}");
}

#[tokio::test]
async fn more_seats_than_somebody_typed_in_as_bought_are_dangerous_and_what_the_plan_frees_counts() {
    let (house, caller, site, _) = start().await;
    let name = explorer_on(&house, &caller, site).await;
    let used = house.world().tenant_licences();
    let form = PurchasedForm {
        creators: String::new(),
        explorers: used.explorers.to_string(),
        viewers: (used.viewers + 1).to_string(),
    };
    house.operations.set_purchased(&caller, operations::ticket(), &form).await.unwrap();
    let two = role("one@example.com\ntwo@example.com", site, "Viewer");
    let plan = house.operations.plan_many(&caller, two).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert_eq!([rows[0].verdict, rows[1].verdict], [Verdict::Create, Verdict::Dangerous]);
    assert!(rows[1].why.contains(&Why::OverPurchased));
    // The Explorer who becomes a Viewer makes room for another one; nobody said how many Creators there are.
    let name_of_site = house.site("Active").name;
    let text = format!(
        "Username,Site,Role\n{name},{name_of_site},Viewer\nnew@example.com,{name_of_site},Explorer\nmore@example.com,{name_of_site},Creator\n"
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let rows = steps(&house, &caller, plan).await;
    assert!(rows.iter().all(|row| !row.why.contains(&Why::OverPurchased)), "{rows:?}");
}

#[tokio::test]
async fn touching_ones_own_account_is_told_even_when_it_takes_nothing_away() {
    let (house, caller, ..) = start().await;
    let form = EditForm {
        user: caller.user().unwrap(),
        language: "DE_DE".to_owned(),
        locale: String::new(),
        email: String::new(),
        tenant: String::new(),
        places: Vec::new(),
    };
    let plan = house.operations.plan_edit(&caller, form).await.unwrap();
    let row = &steps(&house, &caller, plan).await[0];
    assert_eq!((row.verdict, row.why.as_slice()), (Verdict::Dangerous, [Why::TouchesYou].as_slice()));
    assert_eq!((row.before.as_str(), row.after.as_str()), ("EN_US", "DE_DE"));
}

#[tokio::test]
async fn an_edit_sends_deltas_and_leaves_every_other_site_alone() {
    let (house, caller, site, _) = start().await;
    let others: Vec<_> =
        house.world().sites().into_iter().filter(|it| it.status == "Active").skip(1).take(2).collect();
    let name = explorer_on(&house, &caller, site).await;
    assert!(house.world().set_role(&name, &others[0].id, Some("Creator")));
    let user = find(&house, &caller, &name).await;
    let place = |site: &str, role: &str| PlaceForm {
        site: site.to_owned(),
        role: role.to_owned(),
        sign_in: String::new(),
    };
    let form = EditForm {
        user,
        language: "FR_FR".to_owned(),
        locale: "fr_FR".to_owned(),
        email: String::new(),
        tenant: String::new(),
        places: vec![
            place(&site.to_string(), "leave"),
            place(&others[0].id, ""),
            place(&others[1].id, "Viewer"),
        ],
    };
    let plan = house.operations.plan_edit(&caller, form).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!((seen.plan.counts.change, seen.plan.counts.create), (2, 1));
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    assert!(run.rows.rows.iter().all(|row| row.state == RowState::Done), "{:?}", run.rows.rows);
    // One call for all of it, and the site that was not named is as it was.
    assert_eq!(run.jobs.len(), 1);
    let person = house.world().person(&name).unwrap();
    let mut roles: Vec<_> = person.roles.iter().map(|it| it.role.as_str()).collect();
    roles.sort_unstable();
    assert_eq!((roles.as_slice(), person.language.as_str()), (["Creator", "Viewer"].as_slice(), "FR_FR"));
    worker.stop().await;
}

#[tokio::test]
async fn a_group_that_holds_a_role_up_is_told() {
    let (house, caller, site, _) = start().await;
    let group = house.world().groups(&site.to_string()).into_iter().find(|it| it.minimum_role.is_some());
    let group = group.expect("the pretend world has groups with a minimum role");
    let name = people_on(&house, &caller, site).await.into_iter().find(|it| it.1 == "Viewer").unwrap().0;
    assert!(house.world().set_role(&name, &site.to_string(), Some("Explorer")));
    assert!(house.world().join_group(&name, &group.id));
    let plan = house.operations.plan_many(&caller, role(&name, site, "Unlicensed")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    // The tenant's plane knows no groups, so all it can say beforehand is that one may be in the way.
    assert!(seen.steps.rows[0].why.contains(&Why::LowersRole));
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let run = until(&house, &caller, plan, RunState::Over).await;
    let row = &run.rows.rows[0];
    assert_ne!(row.state, RowState::Done);
    assert_eq!(row.code.as_deref(), Some("USER_ROLE_UNCHANGED_GLSI_MIN_ROLE"));
    worker.stop().await;
}

#[tokio::test]
async fn one_poller_looks_at_a_job_however_many_follow_it() {
    let (house, caller, site, _) = start().await;
    house.world().set_job_pace(std::time::Duration::from_secs(3), std::time::Duration::ZERO);
    let plan =
        house.operations.plan_many(&caller, role("polled@example.com", site, "Unlicensed")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let hurried = house.in_a_hurry();
    let worker = Worker::start(&hurried);
    let sent = until_so(&house, &caller, plan, |run| !run.jobs.is_empty()).await;
    let job = sent.jobs[0].of_tenant().unwrap();
    let mut feeds = Vec::new();
    for _ in 0..20 {
        feeds.push(hurried.follow_job(&caller, &job).await.unwrap());
    }
    until(&house, &caller, plan, RunState::Over).await;
    let looks = house.world().requests().iter().filter(|it| it.path.ends_with(&job.to_string())).count();
    assert!(looks < 12, "{looks} looks at one job");
    worker.stop().await;
}
