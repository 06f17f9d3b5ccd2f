//! What is dangerous about changing who is in a group, and groups that a directory keeps.

use std::time::Duration;

use model::{
    GroupId,
    plan::{Verdict, Why},
    roles::SiteRole,
};
use operations::{Table, Wire, WireSettings};
use simulator::Deployment;
use tableau::{ApiVersion, DirectoryGroup, Made, NewGroup, SitePat, Tag, When};

use super::Desk;
use crate::{
    house::ticket,
    plans::{sheet, steps},
};

/// Brings the group of the directory to the site, which Steward itself never does.
async fn staff(desk: &Desk) -> GroupId {
    let details = desk.house.simulator.details();
    let settings = WireSettings {
        base: details.tcm_url.clone(),
        deadline: Duration::from_secs(15),
        table: Table::default(),
        product: "Test".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    };
    let wire = Wire::new(settings).unwrap();
    let (host, tag) =
        (wire.site_host(&details.site_url).unwrap(), Tag { request: "r".into(), actor: "a".into() });
    let known = details.sites.iter().find(|known| known.site_id == desk.site.to_string()).unwrap();
    let (owner, day) = ("milo.brandt@example.com", time::Duration::days(1));
    let until = desk.house.world().now() + day;
    assert!(desk.house.world().add_site_token(owner, &known.content_url, ("other", "other-secret"), until));
    let secret = "other-secret".into();
    let pat = SitePat { name: "other", secret: &secret };
    let version = ApiVersion::new(3, 24);
    let session = wire.site_sign_in(&host, version, pat, &known.content_url, &tag).await.unwrap();
    let group = NewGroup::ActiveDirectory(DirectoryGroup {
        name: "Staff".to_owned(),
        domain: "example.com".to_owned(),
        minimum_role: SiteRole::Viewer,
        grant: None,
        when: When::Now,
    });
    match wire.site_changer(&session.access(&host, version), tag).create_group(&group).await.unwrap() {
        Made::Group(group) => group.id,
        Made::Job(job) => panic!("a job was made instead: {job:?}"),
    }
}

#[tokio::test]
async fn a_group_that_a_directory_keeps_is_refused() {
    let desk = Desk::open().await;
    desk.somebody("anna@example.com", "Viewer");
    let world = desk.house.world();
    world.set_deployment(Deployment::Server);
    world.add_directory_group("example.com", "Staff", &["anna@example.com"]);
    let group = staff(&desk).await;
    for (mode, names) in [("remove", "anna@example.com"), ("add", "milo.brandt@example.com")] {
        let plan = desk.plan(group, mode, names).await;
        let seen = sheet(&desk.house, &desk.caller, plan).await;
        let row = &seen.steps.rows[0];
        assert_eq!(row.verdict, Verdict::Refused);
        assert!(row.why.contains(&Why::DirectoryGroup) && !seen.can_apply, "{row:?}");
    }
}

#[tokio::test]
async fn a_group_that_gives_a_role_is_dangerous_to_join_and_its_seats_are_the_most_there_can_be() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    assert!(desk.house.world().set_group_role(&group.to_string(), Some("Explorer")));
    desk.somebody("viewer@example.com", "Viewer");
    desk.somebody("creator@example.com", "Creator");
    let plan = desk.plan(group, "add", "viewer@example.com\ncreator@example.com").await;
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    let rows = &seen.steps.rows;
    assert_eq!([rows[0].verdict, rows[1].verdict], [Verdict::Dangerous, Verdict::Change]);
    assert!(rows[0].why.contains(&Why::GrantsRole) && rows[0].why.contains(&Why::TakesExplorer));
    assert_eq!(rows[0].note, "at least Explorer");
    assert!(seen.plan.seats.at_most);
    assert_eq!((seen.plan.seats.creators, seen.plan.seats.explorers, seen.plan.seats.viewers), (0, 1, -1));
    assert_eq!(seen.plan.dangers, [(Why::GrantsRole, 1)]);
    // Without such a group nothing is said of seats.
    let plain = desk.plan(desk.group("Plain"), "add", "viewer@example.com").await;
    let seats = sheet(&desk.house, &desk.caller, plain).await.plan.seats;
    assert!(!seats.at_most && seats.explorers == 0);
}

#[tokio::test]
async fn protected_people_and_the_owner_of_the_token_are_dangerous_to_touch() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    desk.somebody("chief@example.com", "Viewer");
    let person = desk.house.world().person("chief@example.com").unwrap();
    let user = model::UserId::parse(&person.id).unwrap();
    let protect = operations::ProtectForm {
        user,
        ticket: ticket(),
        reason: "Chief".to_owned(),
        wanted: operations::Wanted::Protected,
    };
    desk.house.operations.protect(&desk.caller, protect).await.unwrap();
    let plan = desk.plan(group, "add", "chief@example.com\nmilo.brandt@example.com").await;
    let rows = steps(&desk.house, &desk.caller, plan).await;
    assert_eq!((rows[0].user, rows[0].why.as_slice()), (Some(user), [Why::Protected].as_slice()));
    assert_eq!(rows[1].why, [Why::TouchesYou]);
    assert!(rows.iter().all(|row| row.verdict == Verdict::Dangerous));
}

#[tokio::test]
async fn what_would_leave_a_group_empty_is_dangerous_and_a_newcomer_prevents_it() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    for name in ["anna@example.com", "bob@example.com", "new@example.com"] {
        desk.somebody(name, "Viewer");
    }
    desk.join("anna@example.com", &group);
    desk.join("bob@example.com", &group);
    let empties = async |mode: &str, names: &str| {
        let plan = desk.plan(group, mode, names).await;
        let rows = steps(&desk.house, &desk.caller, plan).await;
        rows.iter().filter(|row| row.why.contains(&Why::EmptiesGroup)).count()
    };
    assert_eq!(empties("exactly", "").await, 2);
    // Whoever is refused does not keep the group from being empty.
    assert_eq!(empties("exactly", "nobody@example.com").await, 2);
    assert_eq!(empties("remove", "anna@example.com\nbob@example.com").await, 2);
    assert_eq!(empties("remove", "anna@example.com").await, 0);
    assert_eq!(empties("exactly", "new@example.com").await, 0);
}
