//! People of a site by its own API: what is refused beforehand, what Tableau does instead of what was asked, and who
//! gets the content of those who leave.

use std::time::Duration;

use model::{
    PlanId, ProblemCode, SiteUserId,
    audit::ActState,
    plan::{Verdict, Why},
    runs::{RowState, RunRow, RunState},
};
use operations::{RunDownload, SiteUsersForm};
use simulator::{Fault, FaultKind, Purchased, SiteLimits};

use crate::{
    house::{ticket, wait_for},
    members::Desk,
    plans::{sheet, steps},
    runs::{Worker, until},
};

impl Desk {
    pub fn asked(&self, change: &str, names: &str) -> SiteUsersForm {
        SiteUsersForm {
            site: self.site,
            change: change.to_owned(),
            names: names.to_owned(),
            ids: Vec::new(),
            role: String::new(),
            sign_in: String::new(),
            assets_to: String::new(),
        }
    }

    pub fn role(&self, names: &str, role: &str) -> SiteUsersForm {
        SiteUsersForm { role: role.to_owned(), ..self.asked("role", names) }
    }

    pub fn add(&self, names: &str, role: &str) -> SiteUsersForm {
        SiteUsersForm { role: role.to_owned(), ..self.asked("add", names) }
    }

    pub async fn users(&self, form: SiteUsersForm) -> PlanId {
        self.house.operations.plan_site_users(&self.caller, form).await.unwrap()
    }

    /// Plans, applies with everything dangerous included, and carries out.
    async fn done(&self, form: SiteUsersForm) -> Vec<RunRow> {
        let plan = self.users(form).await;
        self.apply(plan).await;
        self.carried_out(plan).await
    }

    async fn carried_out(&self, plan: PlanId) -> Vec<RunRow> {
        let worker = Worker::start(&self.house.in_a_hurry());
        let over = until(&self.house, &self.caller, plan, RunState::Over).await;
        worker.stop().await;
        over.rows.rows
    }

    fn role_of(&self, name: &str) -> Option<String> {
        let person = self.house.world().person(name)?;
        let here = person.roles.into_iter().find(|it| it.site_id == self.site.to_string());
        here.map(|it| it.role)
    }
}

fn told(row: &RunRow) -> (RowState, Option<&str>, Option<&str>) {
    (row.state, row.code.as_deref(), row.found.as_deref())
}

#[tokio::test]
async fn an_addition_says_who_is_new_who_is_there_and_who_is_there_with_another_role() {
    let desk = Desk::open().await;
    desk.somebody("same@example.com", "Viewer");
    desk.somebody("other@example.com", "Explorer");
    assert!(desk.house.world().add_person("known@example.com", "Known"));
    let names = "new@example.com\nknown@example.com\nsame@example.com\nother@example.com\nnot-an-address";
    let plan = desk.users(desk.add(names, "Viewer")).await;
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    let told: Vec<_> = seen.steps.rows.iter().map(|row| (row.verdict, row.before.as_str())).collect();
    assert_eq!(
        told,
        [
            (Verdict::Create, "not on the site"),
            (Verdict::Create, "not on the site"),
            (Verdict::Nothing, "Viewer"),
            (Verdict::Refused, "Explorer"),
            (Verdict::Refused, "not on the site"),
        ]
    );
    let rows = &seen.steps.rows;
    assert!(rows[0].why.contains(&Why::Invites) && !rows[1].why.contains(&Why::Invites));
    assert_eq!(
        (rows[3].why.as_slice(), rows[4].why.as_slice()),
        ([Why::AlreadyOnSite].as_slice(), [Why::NotAnAddress].as_slice())
    );
    assert_eq!((seen.plan.seats.viewers, seen.plan.seats.at_most), (2, false));
    assert!(rows[0].why.contains(&Why::TakesViewer));
}

#[tokio::test]
async fn people_are_added_read_back_and_recorded() {
    let desk = Desk::open().await;
    let form = SiteUsersForm { sign_in: "SAML".to_owned(), ..desk.add("new@example.com", "Viewer") };
    let rows = desk.done(form).await;
    assert_eq!(told(&rows[0]), (RowState::Done, None, Some("Viewer, SAML")), "{:?}", rows[0]);
    let person = desk.house.world().person("new@example.com").unwrap();
    assert_eq!(rows[0].site_user, Some(SiteUserId::parse(&person.roles[0].site_user_id).unwrap()));
    let entry = &desk.house.log(&desk.caller).await[0];
    assert_eq!((entry.verb.as_str(), entry.state), ("site-user.add", ActState::Done));
    assert_eq!(
        (entry.before.as_deref(), entry.object_name.as_str()),
        (Some("not on the site"), "new@example.com")
    );
}

#[tokio::test]
async fn who_gets_no_seat_is_told_as_different_though_tableau_calls_it_a_success() {
    let desk = Desk::open().await;
    let used = desk.house.world().tenant_licences();
    desk.house.world().set_purchased(Purchased {
        creator: used.creators,
        explorer: used.explorers,
        viewer: used.viewers,
    });
    let plan = desk.users(desk.add("noseat@example.com", "Creator")).await;
    desk.apply(plan).await;
    let rows = desk.carried_out(plan).await;
    let code = ProblemCode::NoSeatLeft.word();
    assert_eq!(told(&rows[0]), (RowState::Differs, Some(code.as_str()), Some("Unlicensed")));
    let entry = &desk.house.log(&desk.caller).await[0];
    assert_eq!((entry.state, entry.after.as_deref()), (ActState::Failed, Some("Unlicensed")));
    // Planned again, it says that they are on the site by now.
    let again = desk.house.operations.plan_again(&desk.caller, plan).await.unwrap();
    assert_eq!(steps(&desk.house, &desk.caller, again).await[0].why, [Why::AlreadyOnSite]);
    let file = desk.house.operations.run_file(&desk.caller, &plan, RunDownload::Again).await.unwrap();
    let file = String::from_utf8(file.bytes).unwrap();
    assert!(file.contains("noseat@example.com") && file.contains("Creator"), "{file}");
}

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

#[tokio::test]
async fn who_owns_content_stays_and_may_lose_the_licence_and_the_row_says_so() {
    let desk = Desk::open().await;
    let [owner, other] = ["owner@example.com", "other@example.com"];
    [owner, other].iter().for_each(|name| _ = desk.somebody(name, "Explorer"));
    assert!(desk.house.world().set_owned(owner, &desk.site.to_string(), 3));
    let plan = desk.users(desk.asked("remove", &format!("{owner}\n{other}"))).await;
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    assert!(seen.steps.rows.iter().all(|row| row.why.contains(&Why::MayOwnContentHere)));
    assert_eq!(seen.type_to_confirm.as_deref(), Some("2"), "a removal is never one click");
    desk.apply(plan).await;
    let rows = desk.carried_out(plan).await;
    assert_eq!(told(&rows[0]), (RowState::Differs, Some("409003"), Some("Unlicensed")));
    assert_eq!(told(&rows[1]), (RowState::Done, None, Some("not on the site")));
    assert_eq!((desk.role_of(owner).as_deref(), desk.role_of(other)), (Some("Unlicensed"), None));
    let file = desk.house.operations.run_file(&desk.caller, &plan, RunDownload::All).await.unwrap();
    let file = String::from_utf8(file.bytes).unwrap();
    assert!(file.contains("The user owns content"), "{file}");
}

#[tokio::test]
async fn content_goes_to_somebody_else_where_one_is_named() {
    let desk = Desk::open().await;
    let [owner, heir] = ["owner@example.com", "heir@example.com"];
    let [_, heir_id] = [owner, heir].map(|name| desk.somebody(name, "Creator"));
    assert!(desk.house.world().set_owned(owner, &desk.site.to_string(), 3));
    let form = SiteUsersForm { assets_to: heir.to_uppercase(), ..desk.asked("remove", owner) };
    let plan = desk.users(form.clone()).await;
    let row = &steps(&desk.house, &desk.caller, plan).await[0];
    assert_eq!(
        (row.verdict, row.after.as_str()),
        (Verdict::Change, "not on the site, content to heir@example.com")
    );
    assert!(row.why.contains(&Why::HandsOver));
    desk.apply(plan).await;
    let rows = desk.carried_out(plan).await;
    assert_eq!(told(&rows[0]), (RowState::Done, None, Some("not on the site")));
    let heir_now = desk.house.world().person(heir).unwrap();
    assert_eq!(heir_now.roles[0].owned, 3);
    // Nobody inherits who leaves as well, and nobody who is not there.
    let both = SiteUsersForm {
        names: format!("{heir}\nmilo.brandt@example.com"),
        assets_to: heir_id.to_string(),
        ..form.clone()
    };
    let plan = desk.users(both).await;
    assert!(steps(&desk.house, &desk.caller, plan).await[0].why.contains(&Why::Heir));
    let unknown = SiteUsersForm { assets_to: "nobody@example.com".to_owned(), ..form };
    let problem = desk.house.operations.plan_site_users(&desk.caller, unknown).await.unwrap_err();
    assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some("assets-to")));
}

#[tokio::test]
async fn another_way_to_sign_in_is_read_back() {
    let desk = Desk::open().await;
    desk.somebody("way@example.com", "Viewer");
    let form = SiteUsersForm { sign_in: "SAML".to_owned(), ..desk.asked("sign-in", "way@example.com") };
    let plan = desk.users(form).await;
    let row = &steps(&desk.house, &desk.caller, plan).await[0];
    assert_eq!((row.before.as_str(), row.after.as_str()), ("Tableau with MFA", "SAML"));
    desk.apply(plan).await;
    let rows = desk.carried_out(plan).await;
    assert_eq!(told(&rows[0]), (RowState::Done, None, Some("SAML")));
    assert_eq!(desk.role_of("way@example.com").as_deref(), Some("Viewer"));
}

#[tokio::test]
async fn a_lost_answer_is_never_sent_again_and_reading_back_tells_what_is_true() {
    let desk = Desk::open().await;
    let adding = format!("/sites/{}/users", desk.site);
    desk.house.world().inject(Fault::new(FaultKind::Reset).on("POST", &adding).applied().times(1));
    let took = desk.done(desk.add("took@example.com", "Viewer")).await;
    assert_eq!((told(&took[0]), took[0].attempt), ((RowState::Done, None, Some("Viewer")), 1));
    desk.house.world().inject(Fault::new(FaultKind::Reset).on("POST", &adding).times(1));
    let lost = desk.done(desk.add("lost@example.com", "Viewer")).await;
    let code = ProblemCode::FateUnknown.word();
    assert_eq!(told(&lost[0]), (RowState::Unknown, Some(code.as_str()), Some("not on the site")));
    assert_eq!((lost[0].attempt, desk.role_of("lost@example.com")), (1, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_in_the_middle_changes_nobody_twice() {
    let desk = Desk::open().await;
    let names = desk.people(40, "dies");
    let plan = desk.users(desk.role(&names.join("\n"), "Explorer")).await;
    desk.apply(plan).await;
    let made = desk.house.world().applied("user.role");
    desk.house.world().set_latency(Duration::from_millis(100));
    let worker = Worker::start(&desk.house.in_a_hurry());
    wait_for("some to be changed", || desk.house.world().applied("user.role") >= made + 5).await;
    drop(worker);
    let rows = desk.carried_out(plan).await;
    let done = rows.iter().filter(|row| row.state == RowState::Done).count();
    let unknown = rows.iter().filter(|row| row.state == RowState::Unknown).count();
    assert_eq!(done + unknown, 40, "{rows:?}");
    assert!(unknown <= 6, "only what was in flight may be unknown: {unknown}");
    assert!(rows.iter().all(|row| row.attempt == 1), "nobody is sent twice, and nobody is forgotten");
    let changed = names.iter().filter(|name| desk.role_of(name).as_deref() == Some("Explorer")).count();
    assert_eq!(desk.house.world().applied("user.role") - made, changed);
    assert!(changed >= done);
}

#[tokio::test]
async fn many_single_changes_go_through_a_site_that_wants_pauses_and_none_is_made_twice() {
    let desk = Desk::open().await;
    let names = desk.people(12, "single");
    let updating = format!("/sites/{}/users/", desk.site);
    desk.house.world().inject(Fault::status(429).retry_after("1").on("PUT", &updating).after(3).times(2));
    let made = desk.house.world().applied("user.role");
    let rows = desk.done(desk.role(&names.join("\n"), "Explorer")).await;
    assert!(rows.iter().all(|row| row.state == RowState::Done), "{rows:?}");
    assert_eq!(rows.iter().filter(|row| row.attempt == 2).count(), 2);
    assert_eq!(desk.house.world().applied("user.role") - made, 12);
}

#[tokio::test]
async fn a_form_that_asks_for_nothing_says_which_field() {
    let desk = Desk::open().await;
    for (form, about) in [
        (desk.asked("role", "a@example.com"), "role"),
        (desk.add("a@example.com", "Emperor"), "role"),
        (desk.asked("sign-in", "a@example.com"), "sign-in"),
        (desk.asked("bless", "a@example.com"), "change"),
    ] {
        let problem = desk.house.operations.plan_site_users(&desk.caller, form).await.unwrap_err();
        assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some(about)));
    }
}
