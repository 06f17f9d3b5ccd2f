//! People of a site by its own API: who comes, how they sign in, and who gets the content of those who leave.

mod bad_days;
mod roles;

use model::{
    PlanId, ProblemCode, SiteUserId,
    audit::ActState,
    plan::{Verdict, Why},
    runs::{RowState, RunRow, RunState},
};
use operations::{RunDownload, SiteUsersForm};
use simulator::Purchased;

use crate::{
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
