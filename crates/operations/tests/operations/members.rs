//! Plans of who is in a group: the difference, its refusals and dangers, before anything is sent.

use std::time::Duration;

use model::{
    GroupId, PlanId, ProblemCode, SiteId, SiteUserId,
    plan::{Verdict, Why},
    roles::SiteRole,
};
use operations::{Caller, MembersForm, Reality, Table, Wire, WireSettings};
use simulator::Deployment;
use tableau::{ApiVersion, DirectoryGroup, Made, NewGroup, SitePat, Tag, When};

use crate::{
    house::{House, now, ticket},
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
