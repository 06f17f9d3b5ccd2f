//! After a run on a site the list of the tenant's people shows what it did, before its own next round.

use model::{Freshness, people::PeopleQuery, runs::RunState};

use crate::{
    members::Desk,
    runs::{Worker, until},
};

#[tokio::test]
async fn the_tenants_list_follows_a_run_on_a_site_at_once() {
    let desk = Desk::open().await;
    for name in ["risen@example.com", "gone@example.com"] {
        desk.somebody(name, "Viewer");
    }
    let operations = desk.house.in_a_hurry();
    let listed = async |name: &str| {
        let query = PeopleQuery { search: name.to_owned(), ..PeopleQuery::default() };
        let page = operations.list_people(&desk.caller, &query, Freshness::Recent).await.unwrap().page;
        (page.as_of, page.rows.into_iter().next().map(|row| (row.role, row.sites)))
    };
    let viewer = Some(("Viewer".to_owned(), 1));
    let (round, risen) = listed("risen@example.com").await;
    assert_eq!((risen, listed("fresh@example.com").await.1), (viewer.clone(), None));
    let worker = Worker::start(&operations);
    for form in [
        desk.role("risen@example.com", "Explorer"),
        desk.asked("remove", "gone@example.com"),
        desk.add("fresh@example.com", "Viewer"),
    ] {
        let plan = desk.users(form).await;
        desk.apply(plan).await;
        until(&desk.house, &desk.caller, plan, RunState::Over).await;
    }
    worker.stop().await;
    assert_eq!(listed("risen@example.com").await.1, Some(("Explorer".to_owned(), 1)));
    // Whoever leaves their last site leaves the tenant too.
    assert_eq!(listed("gone@example.com").await.1, None);
    assert_eq!(listed("fresh@example.com").await, (round, viewer), "and nobody else was read");
}
