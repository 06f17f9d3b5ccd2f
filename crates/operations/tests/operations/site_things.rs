//! What else a connected site offers: its jobs, and moving saved credentials to another site.

use model::{
    Freshness, Notice, ProblemCode, SiteId, SiteUserId, audit::ActState, site_jobs::SiteJob,
    site_plane::PlaneQuery,
};
use operations::{Caller, Reality};
use simulator::{Fault, FaultKind, SiteFacts};

use crate::house::{House, ticket};

fn id(site: &SiteFacts) -> SiteId {
    SiteId::parse(&site.id).unwrap()
}

fn two_sites(house: &House) -> (SiteFacts, SiteFacts) {
    let mut active = house.world().sites().into_iter().filter(|site| site.status == "Active");
    (active.next().unwrap(), active.next().unwrap())
}

/// Somebody on a site, by a part of their name.
async fn somebody(house: &House, caller: &Caller, site: &SiteFacts, search: &str) -> SiteUserId {
    let query = PlaneQuery { search: search.to_owned(), ..PlaneQuery::default() };
    let found = house.operations.site_users(caller, &id(site), &query, Freshness::Now).await.unwrap();
    found.page.rows[0].id
}

async fn jobs(house: &House, caller: &Caller, site: &SiteFacts) -> Vec<SiteJob> {
    house.operations.site_jobs(caller, &id(site), &PlaneQuery::default()).await.unwrap().page.rows
}

#[tokio::test]
async fn a_running_job_is_cancelled_where_the_vendor_allows_it_and_nowhere_else() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let all = jobs(&house, &caller, &site).await;
    let running = all.iter().find(|job| !job.is_over()).unwrap();
    let over = all.iter().find(|job| job.is_over()).unwrap();
    let cancel = async |job: &SiteJob| {
        let cancelled = house.operations.cancel_site_job(&caller, &id(&site), &job.id, ticket()).await;
        cancelled.map_err(|problem| problem.code)
    };
    assert_eq!(cancel(over).await, Err(ProblemCode::JobNotCancellable));
    assert_eq!(cancel(running).await, Ok(Notice::JobCancelled));
    let sheet = house.operations.site_job(&caller, &id(&site), &running.id).await.unwrap();
    assert!(sheet.job.is_over());
    assert_eq!(cancel(running).await, Err(ProblemCode::JobNotCancellable));
    let entry = house.log(&caller).await.swap_remove(0);
    assert_eq!((entry.verb.as_str(), entry.state), ("site-job.cancel", ActState::Done));
    let unknown = model::SiteJobId::from(uuid::Uuid::now_v7());
    let problem = house.operations.site_job(&caller, &id(&site), &unknown).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::JobNotFound);
}

#[tokio::test]
async fn saved_credentials_go_from_one_site_to_the_other_and_nothing_of_them_is_kept() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (from, to) = two_sites(&house);
    house.connect(&caller, &from).await;
    let user = somebody(&house, &caller, &from, "milo.brandt").await;
    let there = house.operations.move_sheet(&caller, &id(&from), &user, None).await.unwrap();
    assert!(there.targets.is_empty(), "the other site is not connected yet");
    house.connect(&caller, &to).await;
    let sheet = house.operations.move_sheet(&caller, &id(&from), &user, Some(id(&to))).await.unwrap();
    assert_eq!((sheet.targets.len(), sheet.to), (1, Some(id(&to))));
    assert_eq!((sheet.targets[0].site, sheet.targets[0].there.as_ref().unwrap()), (id(&to), &true));

    let go = async |to: &SiteId| {
        let moved = house.operations.move_credentials(&caller, &id(&from), &user, to, ticket()).await;
        moved.map_err(|problem| problem.code)
    };
    assert_eq!(go(&id(&from)).await, Err(ProblemCode::FieldWrong));
    assert_eq!(go(&id(&to)).await, Ok(Notice::CredentialsMoved));
    assert_eq!(house.world().applied("user.credentials"), 1);
    let entry = house.log(&caller).await.swap_remove(0);
    assert_eq!((entry.verb.as_str(), entry.state), ("credentials.move", ActState::Done));
    // The pretend keychains begin so.
    assert!(!serde_json::to_string(&entry).unwrap().contains("BAD"));

    let path = "/uploadSavedCreds";
    house.world().inject(Fault::new(FaultKind::Reset).on("PUT", path).times(1));
    assert_eq!(go(&id(&to)).await, Err(ProblemCode::FateUnknown));
    assert_eq!(house.log(&caller).await[0].state, ActState::Unknown);
    let uploads = house.world().requests().iter().filter(|it| it.path.ends_with(path)).count();
    assert_eq!(uploads, 2, "what may have arrived is not sent again");
}

#[tokio::test]
async fn who_is_not_on_the_other_site_takes_nothing_there() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (from, to) = two_sites(&house);
    house.connect(&caller, &from).await;
    house.connect(&caller, &to).await;
    let here = |site: &str| {
        house.world().everyone().into_iter().find(|person| {
            let mut sites = person.roles.iter().map(|role| role.site_id.as_str());
            sites.clone().any(|on| on == site) && !sites.any(|on| on == to.id)
        })
    };
    let person = here(&from.id).unwrap();
    let user = somebody(&house, &caller, &from, &person.user_name).await;
    let sheet = house.operations.move_sheet(&caller, &id(&from), &user, None).await.unwrap();
    assert_eq!(sheet.targets[0].there, Ok(false));
    let moved = house.operations.move_credentials(&caller, &id(&from), &user, &id(&to), ticket()).await;
    assert_eq!(moved.unwrap_err().code, ProblemCode::SiteUserNotFound);
    assert_eq!(house.world().applied("user.credentials"), 0);
    let nobody = house.nobody().await;
    let refused = house.operations.move_credentials(&nobody, &id(&from), &user, &id(&to), ticket()).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_move_that_fails_says_at_which_of_its_steps() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (from, to) = two_sites(&house);
    house.connect(&caller, &from).await;
    house.connect(&caller, &to).await;
    let user = somebody(&house, &caller, &from, "milo.brandt").await;
    let go = async || {
        let moved = house.operations.move_credentials(&caller, &id(&from), &user, &id(&to), ticket()).await;
        let entry = house.log(&caller).await.swap_remove(0);
        (moved.unwrap_err(), entry)
    };
    for (method, path, step, after) in [
        ("POST", "/retrieveSavedCreds", "retrieve", "not retrieved"),
        ("PUT", "/uploadSavedCreds", "upload", "retrieved, not taken over"),
    ] {
        house.world().inject(Fault::status(403).on(method, path).times(1));
        let (problem, entry) = go().await;
        assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::VendorRefused, Some(step)));
        assert_eq!((entry.state, entry.after.as_deref()), (ActState::Failed, Some(after)));
    }
    assert_eq!(house.world().applied("user.credentials"), 0);
    let none = "<tsResponse xmlns=\"http://tableau.com/api\"><associatedUserLuidList/><encryptedKeychainList/></tsResponse>";
    house.world().inject(Fault::status(200).on("POST", "/retrieveSavedCreds").body(none).times(1));
    let (problem, entry) = go().await;
    assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::NoSavedCredentials, Some("retrieve")));
    assert_eq!(entry.after.as_deref(), Some("none to retrieve"));
}

#[tokio::test]
async fn a_site_of_an_older_version_takes_no_saved_credentials_and_says_so_beforehand() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (from, to) = two_sites(&house);
    house.connect(&caller, &from).await;
    assert!(house.world().set_site_version("3.22"));
    house.connect(&caller, &to).await;
    // The other one goes on with the version that it was connected with.
    assert!(house.world().set_site_version("3.27"));
    let user = somebody(&house, &caller, &from, "milo.brandt").await;
    let sheet = house.operations.move_sheet(&caller, &id(&from), &user, None).await.unwrap();
    assert_eq!(sheet.targets[0].there.as_ref().unwrap_err().code, ProblemCode::SiteTooOld);
    let back = somebody(&house, &caller, &to, "milo.brandt").await;
    let problem = house.operations.move_sheet(&caller, &id(&to), &back, None).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::SiteTooOld);
}

#[tokio::test]
async fn failed_jobs_are_found_among_more_than_the_newest_and_without_the_filter_too() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = house.connected(&caller).await;
    let all = jobs(&house, &caller, &site).await;
    let state = all[0].status.code().to_owned();
    let wanted = all.iter().filter(|job| job.status.code() == state).count();
    let query = PlaneQuery { only: state.clone(), last: "3650".to_owned(), ..PlaneQuery::default() };
    let list = async || house.operations.site_jobs(&caller, &id(&site), &query).await.unwrap();
    assert_eq!(list().await.page.rows.len(), wanted);
    // A site that does not know the filters refuses them, and is asked without.
    house.world().inject(Fault::status(400).on("GET", "/jobs?filter").times(2));
    let rows = list().await.page.rows;
    assert_eq!(rows.len(), wanted);
    assert!(rows.iter().all(|job| job.status.code() == state));
    let ever = PlaneQuery { last: "yesterday".to_owned(), ..PlaneQuery::default() };
    let problem = house.operations.site_jobs(&caller, &id(&site), &ever).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::MalformedQuery);
}
