//! Plans of who is in a group: the difference and its refusals, before anything is sent.

mod dangers;

use model::{
    GroupId, PlanId, ProblemCode, SiteId, SiteUserId,
    plan::{Verdict, Why},
};
use operations::{Caller, MembersForm, Reality};

use crate::{
    house::{House, now},
    plans::{apply, sheet, steps},
};

/// A site that is connected, and who works on it.
pub struct Desk {
    pub house: House,
    pub caller: Caller,
    pub site: SiteId,
}

impl Desk {
    pub async fn open() -> Self {
        Self::open_in(House::start(Reality::Pretend).await).await
    }

    pub async fn open_in(house: House) -> Self {
        let caller = house.administrator().await;
        let site = house.connected(&caller).await;
        Self { site: SiteId::parse(&site.id).unwrap(), house, caller }
    }

    /// Somebody whose whole life is this site.
    pub fn somebody(&self, name: &str, role: &str) -> SiteUserId {
        self.house.world().add_person(name, name.split('@').next().unwrap());
        assert!(self.house.world().set_role(name, &self.site.to_string(), Some(role)));
        let person = self.house.world().person(name).unwrap();
        SiteUserId::parse(&person.roles[0].site_user_id).unwrap()
    }

    pub fn people(&self, count: usize, word: &str) -> Vec<String> {
        let names: Vec<String> = (0..count).map(|number| format!("{word}{number}@example.com")).collect();
        names.iter().for_each(|name| _ = self.somebody(name, "Viewer"));
        names
    }

    /// An empty group.
    pub fn group(&self, name: &str) -> GroupId {
        GroupId::parse(&self.house.world().add_group(&self.site.to_string(), name).unwrap()).unwrap()
    }

    pub fn join(&self, name: &str, group: &GroupId) {
        assert!(self.house.world().join_group(name, &group.to_string()));
    }

    pub fn members(&self, group: &GroupId) -> Vec<String> {
        let mut members = self.house.world().group_members(&group.to_string());
        members.sort_unstable();
        members
    }

    pub async fn plan(&self, group: GroupId, mode: &str, names: &str) -> PlanId {
        let form = form(self.site, group, mode, names);
        self.house.operations.plan_members(&self.caller, form).await.unwrap()
    }

    pub async fn apply(&self, plan: PlanId) {
        let seen = sheet(&self.house, &self.caller, plan).await;
        self.house.operations.apply_plan(&self.caller, apply(&seen)).await.unwrap();
    }

    /// Plans and applies, with everything dangerous included.
    pub async fn applied(&self, group: GroupId, mode: &str, names: &str) -> PlanId {
        let plan = self.plan(group, mode, names).await;
        self.apply(plan).await;
        plan
    }

    /// Requests of this method whose path ends so.
    pub fn sent(&self, method: &str, end: &str) -> usize {
        let requests = self.house.world().requests();
        requests.iter().filter(|it| it.method == method && it.path.ends_with(end)).count()
    }
}

fn form(site: SiteId, group: GroupId, mode: &str, names: &str) -> MembersForm {
    MembersForm { site, group, mode: mode.to_owned(), names: names.to_owned(), ids: Vec::new() }
}

#[tokio::test]
async fn the_difference_says_who_joins_who_leaves_and_who_stays_and_sends_nothing() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let [anna, bob, eve] = ["anna@example.com", "bob@example.com", "eve@example.com"];
    let ids = [anna, bob, eve].map(|name| desk.somebody(name, "Viewer"));
    desk.join(anna, &group);
    desk.join(eve, &group);
    let changes = desk.house.world().changes().len();
    let told = async |mode: &str| {
        let plan = desk.plan(group, mode, &format!("{anna}, BOB@example.com")).await;
        let rows = steps(&desk.house, &desk.caller, plan).await;
        let words = rows.into_iter().map(|row| (row.site_user.unwrap(), row.verdict, row.before, row.after));
        words.collect::<Vec<_>>()
    };
    let (into, out) = ("in Table".to_owned(), "not in Table".to_owned());
    let stays = (ids[0], Verdict::Nothing, into.clone(), into.clone());
    let joins = (ids[1], Verdict::Change, out.clone(), into.clone());
    let leaves = |id| (id, Verdict::Change, into.clone(), out.clone());
    assert_eq!(told("add").await, [stays.clone(), joins.clone()]);
    assert_eq!(told("remove").await, [leaves(ids[0]), (ids[1], Verdict::Nothing, out.clone(), out.clone())]);
    assert_eq!(told("exactly").await, [stays, joins, leaves(ids[2])]);
    assert_eq!(desk.house.world().changes().len(), changes);
    let wrong = form(desk.site, group, "perhaps", anna);
    let problem = desk.house.operations.plan_members(&desk.caller, wrong).await.unwrap_err();
    assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some("mode")));
}

#[tokio::test]
async fn who_is_named_twice_counts_once_and_ids_count_like_names() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let anna = desk.somebody("anna@example.com", "Viewer");
    let ticked = MembersForm { ids: vec![anna, anna], ..form(desk.site, group, "add", "Anna@example.com") };
    let plan = desk.house.operations.plan_members(&desk.caller, ticked).await.unwrap();
    let rows = steps(&desk.house, &desk.caller, plan).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].user_name.as_str(), rows[0].verdict), ("anna@example.com", Verdict::Change));
    let nobody = form(desk.site, group, "add", " \n ");
    let problem = desk.house.operations.plan_members(&desk.caller, nobody).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NobodyChosen);
}

#[tokio::test]
async fn names_that_are_not_here_and_groups_that_are_locked_are_refused() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    desk.somebody("anna@example.com", "Viewer");
    assert!(desk.house.world().add_person("elsewhere@example.com", "Elsewhere"));
    let names = "nobody@example.com\nelsewhere@example.com\nanna@example.com";
    for mode in ["add", "exactly"] {
        let plan = desk.plan(group, mode, names).await;
        let rows = steps(&desk.house, &desk.caller, plan).await;
        let told: Vec<_> = rows.iter().map(|row| (row.verdict, row.why.as_slice())).collect();
        assert_eq!(
            told,
            [
                (Verdict::Refused, [Why::NoSuchPerson].as_slice()),
                (Verdict::Refused, [Why::NotOnSite].as_slice()),
                (Verdict::Change, [].as_slice()),
            ]
        );
    }
    let everyone = desk.house.world().group(&desk.site.to_string(), "All Users").unwrap();
    let everyone = GroupId::parse(&everyone.id).unwrap();
    let plan = desk.plan(everyone, "remove", "anna@example.com").await;
    let row = &steps(&desk.house, &desk.caller, plan).await[0];
    assert_eq!((row.verdict, row.why.as_slice()), (Verdict::Refused, [Why::AllUsersGroup].as_slice()));
    let unknown = form(desk.site, GroupId::from(uuid::Uuid::now_v7()), "add", "anna@example.com");
    let problem = desk.house.operations.plan_members(&desk.caller, unknown).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::GroupNotFound);
}

#[tokio::test]
async fn a_plan_that_ran_out_is_made_anew_with_what_the_site_tells_now() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(2, "anew");
    let plan = desk.plan(group, "add", &names.join("\n")).await;
    desk.join(&names[0], &group);
    let late = Caller { now: now().plus_seconds(3_600), ..desk.caller.clone() };
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    let problem = desk.house.operations.apply_plan(&late, apply(&seen)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanRunOut);
    let anew = desk.house.operations.plan_anew(&desk.caller, &plan).await.unwrap();
    let verdicts: Vec<_> =
        steps(&desk.house, &desk.caller, anew).await.into_iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Verdict::Nothing, Verdict::Change]);
}

#[tokio::test]
async fn nobody_without_a_grant_plans_anything_and_the_site_is_not_even_asked() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let nobody = desk.house.nobody().await;
    let asked = desk.house.world().requests().len();
    let refused = desk.house.operations.plan_members(&nobody, form(desk.site, group, "add", "a@example.com"));
    assert_eq!(refused.await.unwrap_err().code, ProblemCode::NotAllowed);
    let form = operations::SiteUsersForm {
        site: desk.site,
        change: "remove".to_owned(),
        names: "a@example.com".to_owned(),
        ids: Vec::new(),
        role: String::new(),
        sign_in: String::new(),
        assets_to: String::new(),
    };
    let refused = desk.house.operations.plan_site_users(&nobody, form).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::NotAllowed);
    assert_eq!(desk.house.world().requests().len(), asked);
}
