//! Roles of people on a site: what is refused, what is dangerous, and what a role costs.

use model::{
    ProblemCode,
    plan::{Verdict, Why},
    runs::RowState,
};
use simulator::SiteLimits;

use super::told;
use crate::{
    house::ticket,
    members::Desk,
    plans::{sheet, steps},
};

#[tokio::test]
async fn roles_of_oneself_are_refused_and_those_of_administrators_and_protected_people_dangerous() {
    let desk = Desk::open().await;
    desk.somebody("boss@example.com", "SiteAdministratorExplorer");
    desk.somebody("chief@example.com", "Explorer");
    let user = model::UserId::parse(&desk.house.world().person("chief@example.com").unwrap().id).unwrap();
    let protect = operations::ProtectForm {
        user,
        ticket: ticket(),
        reason: "Chief".to_owned(),
        wanted: operations::Wanted::Protected,
    };
    desk.house.operations.protect(&desk.caller, protect).await.unwrap();
    let names = "milo.brandt@example.com\nboss@example.com\nchief@example.com";
    let plan = desk.users(desk.role(names, "Viewer")).await;
    let rows = steps(&desk.house, &desk.caller, plan).await;
    let told: Vec<_> = rows.iter().map(|row| row.verdict).collect();
    assert_eq!(told, [Verdict::Refused, Verdict::Dangerous, Verdict::Dangerous]);
    assert!(rows[0].why.contains(&Why::OwnRole));
    assert!(rows[1].why.contains(&Why::DemotesSiteAdministrator));
    assert!(rows[2].why.contains(&Why::Protected));
    let plan = desk.users(desk.asked("remove", names)).await;
    let rows = steps(&desk.house, &desk.caller, plan).await;
    assert!(rows[0].why.contains(&Why::Yourself) && rows[0].verdict == Verdict::Refused);
    assert!(rows[1].why.contains(&Why::DemotesSiteAdministrator) && rows[1].verdict == Verdict::Dangerous);
}

#[tokio::test]
async fn whom_a_group_holds_up_cannot_be_unlicensed_and_the_groups_are_named() {
    let desk = Desk::open().await;
    let [finance, sales, plain] = ["Finance2", "Sales2", "Plain2"].map(|name| desk.group(name));
    for group in [finance, sales] {
        assert!(desk.house.world().set_group_role(&group.to_string(), Some("Viewer")));
    }
    for name in ["held@example.com", "free@example.com"] {
        desk.somebody(name, "Explorer");
        desk.join(name, &plain);
    }
    desk.join("held@example.com", &sales);
    desk.join("held@example.com", &finance);
    let names = "held@example.com\nfree@example.com";
    let plan = desk.users(desk.role(names, "Unlicensed")).await;
    let rows = steps(&desk.house, &desk.caller, plan).await;
    assert_eq!((rows[0].verdict, rows[0].note.as_str()), (Verdict::Refused, "Finance2, Sales2"));
    assert!(rows[0].why.contains(&Why::HeldByGroup));
    assert_eq!((rows[1].verdict, rows[1].note.as_str()), (Verdict::Change, ""));
    assert!(rows[1].why.contains(&Why::FreesExplorer));
    // As low as the group says is no matter.
    let plan = desk.users(desk.role("held@example.com", "Viewer")).await;
    let row = &steps(&desk.house, &desk.caller, plan).await[0];
    assert_eq!((row.verdict, row.note.as_str()), (Verdict::Change, ""));
    // Who joins such a group after the plan is refused by the site itself, and told so.
    let plan = desk.users(desk.role("free@example.com", "Unlicensed")).await;
    desk.apply(plan).await;
    desk.join("free@example.com", &sales);
    let rows = desk.carried_out(plan).await;
    assert_eq!(told(&rows[0]), (RowState::Failed, Some("400012"), Some("Explorer")));
}

#[tokio::test]
async fn a_role_below_that_of_a_group_says_that_the_group_raises_it_again() {
    let desk = Desk::open().await;
    let group = desk.group("Raising");
    assert!(desk.house.world().set_group_role(&group.to_string(), Some("Explorer")));
    desk.somebody("up@example.com", "Creator");
    desk.join("up@example.com", &group);
    let plan = desk.users(desk.role("up@example.com", "Viewer")).await;
    let row = &steps(&desk.house, &desk.caller, plan).await[0];
    assert_eq!((row.verdict, row.note.as_str()), (Verdict::Change, "Raising"));
    assert!(row.why.contains(&Why::LowersRole));
}

#[tokio::test]
async fn a_role_is_changed_and_who_changed_meanwhile_is_left_alone() {
    let desk = Desk::open().await;
    let [first, second] = ["first@example.com", "second@example.com"];
    [first, second].iter().for_each(|name| _ = desk.somebody(name, "Explorer"));
    let plan = desk.users(desk.role(&format!("{first}\n{second}"), "Viewer")).await;
    desk.apply(plan).await;
    assert!(desk.house.world().set_role(second, &desk.site.to_string(), Some("Creator")));
    let rows = desk.carried_out(plan).await;
    assert_eq!(told(&rows[0]), (RowState::Done, None, Some("Viewer")));
    let drifted = ProblemCode::RowDrifted.word();
    assert_eq!(told(&rows[1]), (RowState::Refused, Some(drifted.as_str()), Some("Creator")));
    assert_eq!(
        (desk.role_of(first).as_deref(), desk.role_of(second).as_deref()),
        (Some("Viewer"), Some("Creator"))
    );
    let entry = &desk.house.log(&desk.caller).await[0];
    assert_eq!(
        (entry.verb.as_str(), entry.before.as_deref(), entry.after.as_deref()),
        ("site-user.role", Some("Explorer"), Some("Viewer"))
    );
}

#[tokio::test]
async fn roles_over_the_limit_of_the_site_are_dangerous() {
    let desk = Desk::open().await;
    desk.somebody("one@example.com", "Unlicensed");
    desk.somebody("two@example.com", "Unlicensed");
    let used = desk.house.world().site_licences(&desk.site.to_string()).unwrap();
    let limits = SiteLimits { creator: None, explorer: None, viewer: Some(used.viewers + 1) };
    assert!(desk.house.world().set_site_limits(&desk.site.to_string(), limits));
    let plan = desk.users(desk.role("one@example.com\ntwo@example.com", "Viewer")).await;
    let rows = steps(&desk.house, &desk.caller, plan).await;
    assert_eq!([rows[0].verdict, rows[1].verdict], [Verdict::Change, Verdict::Dangerous]);
    assert!(rows[1].why.contains(&Why::OverLimit));
}

#[tokio::test]
async fn a_seat_that_another_site_needs_is_not_freed() {
    let desk = Desk::open().await;
    desk.somebody("both@example.com", "Explorer");
    let other = desk.house.world().sites().into_iter().filter(|it| it.status == "Active").nth(1).unwrap().id;
    assert!(desk.house.world().set_role("both@example.com", &other, Some("Explorer")));
    let plan = desk.users(desk.role("both@example.com", "Viewer")).await;
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    assert!(seen.steps.rows[0].why.contains(&Why::KeepsSeat));
    assert_eq!((seen.plan.seats.explorers, seen.plan.seats.viewers), (0, 0));
}
