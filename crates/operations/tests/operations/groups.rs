//! Groups and group sets of a connected site: changed one by one, each read back.

use model::{
    Freshness, GroupId, Notice, ProblemCode, SiteId, audit::ActState, roles::SiteRole, site_plane::PlaneQuery,
};
use operations::{Caller, GroupCame, GroupForm, GroupSetForm, Reality};
use simulator::{Deployment, Fault, FaultKind, SiteFacts};

use crate::house::{House, ticket, wait_for};

struct Ready {
    house: House,
    caller: Caller,
    site: SiteId,
    facts: SiteFacts,
}

async fn ready() -> Ready {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let facts = house.connected(&caller).await;
    Ready { site: SiteId::parse(&facts.id).unwrap(), house, caller, facts }
}

impl Ready {
    fn form(&self, group: Option<GroupId>, change: &str) -> GroupForm {
        GroupForm {
            site: self.site,
            group,
            change: change.to_owned(),
            name: String::new(),
            role: String::new(),
            on_demand: String::new(),
            domain: String::new(),
            grant: String::new(),
            as_job: String::new(),
            typed: String::new(),
            reason: String::new(),
            ticket: ticket(),
        }
    }

    async fn change(&self, form: GroupForm) -> Result<(Notice, GroupCame), ProblemCode> {
        self.house.operations.change_group(&self.caller, form).await.map_err(|problem| problem.code)
    }

    async fn create(&self, name: &str) -> GroupId {
        let form = GroupForm { name: name.to_owned(), ..self.form(None, "create") };
        let (notice, group) = self.change(form).await.unwrap();
        assert_eq!(notice, Notice::GroupCreated);
        let GroupCame::Group(group) = group else { panic!("{group:?}") };
        group
    }

    async fn set(&self, form: GroupSetForm) -> Result<Option<model::GroupSetId>, ProblemCode> {
        let changed = self.house.operations.change_group_set(&self.caller, form).await;
        changed.map(|(_, set)| set).map_err(|problem| problem.code)
    }

    fn set_form(&self, set: Option<model::GroupSetId>, change: &str) -> GroupSetForm {
        let (change, name) = (change.to_owned(), String::new());
        GroupSetForm { site: self.site, set, change, name, group: None, ticket: ticket() }
    }

    async fn groups(&self, search: &str) -> Vec<model::groups::Group> {
        let query = PlaneQuery { search: search.to_owned(), ..PlaneQuery::default() };
        let listed = self.house.operations.site_groups(&self.caller, &self.site, &query, Freshness::Now);
        listed.await.unwrap().page.rows
    }

    async fn newest(&self) -> (String, ActState) {
        let entry = self.house.log(&self.caller).await.swap_remove(0);
        (entry.verb, entry.state)
    }
}

#[tokio::test]
async fn a_group_is_made_renamed_given_a_role_and_deleted_each_seen_by_reading_back() {
    let ready = ready().await;
    let group = ready.create("Field \"Sales\" <&> 🦊").await;
    assert_eq!(ready.newest().await, ("group.create".to_owned(), ActState::Done));
    let rename = GroupForm { name: "Field sales".to_owned(), ..ready.form(Some(group), "rename") };
    assert_eq!(ready.change(rename).await.unwrap(), (Notice::GroupChanged, GroupCame::Group(group)));
    let role = GroupForm { role: "Viewer".to_owned(), ..ready.form(Some(group), "minimum-role") };
    ready.change(role).await.unwrap();
    let found = ready.groups("field").await.swap_remove(0);
    assert_eq!((found.name.as_str(), found.minimum_role), ("Field sales", Some(SiteRole::Viewer)));
    assert!(found.grant.is_some(), "a minimum role is given at sign-in");
    ready.change(ready.form(Some(group), "minimum-role")).await.unwrap();
    assert_eq!(ready.groups("field").await.swap_remove(0).minimum_role, None);
    let wrong = GroupForm { typed: "Field".to_owned(), ..ready.form(Some(group), "delete") };
    assert_eq!(ready.change(wrong).await, Err(ProblemCode::WrongName));
    let delete = GroupForm { typed: "Field sales".to_owned(), ..ready.form(Some(group), "delete") };
    assert_eq!(ready.change(delete).await.unwrap(), (Notice::GroupDeleted, GroupCame::Nowhere));
    assert!(ready.groups("field").await.is_empty());
    assert_eq!(ready.newest().await, ("group.delete".to_owned(), ActState::Done));
    assert_eq!(ready.change(ready.form(Some(group), "minimum-role")).await, Err(ProblemCode::GroupNotFound));
}

#[tokio::test]
async fn what_a_site_would_refuse_is_refused_before_it_is_sent() {
    let ready = ready().await;
    ready.create("Analysts").await;
    let sent = ready.house.sent_changes();
    let named = |name: &str| GroupForm { name: name.to_owned(), ..ready.form(None, "create") };
    assert_eq!(ready.change(named("ANALYSTS")).await, Err(ProblemCode::GroupNameTaken));
    for name in ["", "  ", "a\u{7}b", &"x".repeat(257)] {
        assert_eq!(ready.change(named(name)).await, Err(ProblemCode::FieldWrong), "{name:?}");
    }
    let king = GroupForm { name: "Kings".to_owned(), role: "King".to_owned(), ..ready.form(None, "create") };
    assert_eq!(ready.change(king).await, Err(ProblemCode::FieldWrong));
    assert_eq!(ready.change(ready.form(None, "dance")).await, Err(ProblemCode::MalformedForm));
    let everybody = ready.groups("all users").await.swap_remove(0).id;
    let rename = GroupForm { name: "Some users".to_owned(), ..ready.form(Some(everybody), "rename") };
    assert_eq!(ready.change(rename).await, Err(ProblemCode::GroupLocked));
    assert_eq!(ready.house.sent_changes(), sent);
    let nobody = ready.house.nobody().await;
    let refused = ready.house.operations.change_group(&nobody, named("Others")).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::NotAllowed);
    assert_eq!(ready.house.log(&ready.caller).await[0].state, ActState::Denied);
}

#[tokio::test]
async fn a_lost_answer_is_never_sent_again_and_reading_back_tells_what_is_true() {
    let ready = ready().await;
    let path = format!("/sites/{}/groups", ready.facts.id);
    let lost = || Fault::new(FaultKind::Reset).on("POST", &path).times(1);
    let named = |name: &str| GroupForm { name: name.to_owned(), ..ready.form(None, "create") };
    ready.house.world().inject(lost().applied());
    assert_eq!(ready.change(named("Took")).await.unwrap().0, Notice::GroupCreated);
    assert_eq!(ready.newest().await.1, ActState::Done, "the site shows it, so it is so");
    ready.house.world().inject(lost());
    assert_eq!(ready.change(named("Lost")).await, Err(ProblemCode::FateUnknown));
    assert_eq!(ready.newest().await.1, ActState::Unknown);
    assert!(ready.house.world().group(&ready.facts.id, "Lost").is_none());
    let posts = ready.house.world().requests();
    let posts = posts.iter().filter(|it| it.method == "POST" && it.path.ends_with("/groups")).count();
    assert_eq!(posts, 2, "each form was sent once");
}

#[tokio::test]
async fn a_group_deleted_behind_ones_back_and_a_form_sent_twice_are_explained() {
    let ready = ready().await;
    let group = ready.create("Brief").await;
    let form = GroupForm { name: "Briefer".to_owned(), ..ready.form(Some(group), "rename") };
    ready.change(form.clone()).await.unwrap();
    assert_eq!(ready.change(form).await, Err(ProblemCode::FormUsed));
    ready.house.world().remove_group(&group.to_string());
    let form = GroupForm { name: "Gone".to_owned(), ..ready.form(Some(group), "rename") };
    assert_eq!(ready.change(form).await, Err(ProblemCode::GroupNotFound));
    let all = PlaneQuery::default();
    let sheet = ready.house.operations.site_group(&ready.caller, &ready.site, &group, &all);
    assert_eq!(sheet.await.unwrap_err().code, ProblemCode::GroupNotFound);
}

#[tokio::test]
async fn a_group_set_is_made_filled_and_emptied_and_tells_whom_it_covers() {
    let ready = ready().await;
    let (one, two) = (ready.create("Set one").await, ready.create("Set two").await);
    let all = PlaneQuery::default();
    let users = ready.house.operations.site_users(&ready.caller, &ready.site, &all, Freshness::Recent);
    let users = users.await.unwrap().page.rows;
    let (both, first) = (&users[0], &users[1]);
    for (name, group) in [(&both.name, one), (&both.name, two), (&first.name, one)] {
        assert!(ready.house.world().join_group(name, &group.to_string()));
    }
    let named = GroupSetForm { name: "Both".to_owned(), ..ready.set_form(None, "create") };
    let set = ready.set(named.clone()).await.unwrap().unwrap();
    let again = GroupSetForm { ticket: ticket(), name: "BOTH".to_owned(), ..named };
    assert_eq!(ready.set(again).await, Err(ProblemCode::GroupNameTaken));
    for group in [one, two] {
        let add = GroupSetForm { group: Some(group), ..ready.set_form(Some(set), "add") };
        assert_eq!(ready.set(add).await, Ok(Some(set)));
    }
    let sheet =
        async || ready.house.operations.site_group_set(&ready.caller, &ready.site, &set).await.unwrap();
    let covered = sheet().await.covered.unwrap();
    assert_eq!(covered.iter().map(|user| &user.name).collect::<Vec<_>>(), [&both.name]);
    let out = GroupSetForm { group: Some(two), ..ready.set_form(Some(set), "take-out") };
    ready.set(out).await.unwrap();
    assert_eq!(sheet().await.covered.unwrap().len(), 2);
    let rename = GroupSetForm { name: "Only one".to_owned(), ..ready.set_form(Some(set), "rename") };
    ready.set(rename).await.unwrap();
    assert_eq!(sheet().await.set.name, "Only one");
    ready.set(ready.set_form(Some(set), "delete")).await.unwrap();
    let gone = ready.house.operations.site_group_set(&ready.caller, &ready.site, &set).await;
    assert_eq!(gone.unwrap_err().code, ProblemCode::GroupSetNotFound);
    assert_eq!(ready.newest().await, ("group-set.delete".to_owned(), ActState::Done));
}

const DOMAIN: &str = "quillmere.example";

impl Ready {
    fn directory_form(&self, group: Option<GroupId>, change: &str, as_job: &str) -> GroupForm {
        GroupForm {
            name: "Finance Team".to_owned(),
            role: "Viewer".to_owned(),
            domain: DOMAIN.to_owned(),
            grant: "onSync".to_owned(),
            as_job: as_job.to_owned(),
            ..self.form(group, change)
        }
    }
}

#[tokio::test]
async fn groups_of_a_directory_are_for_a_server_alone() {
    let ready = ready().await;
    let sheet = async || ready.house.operations.new_group_sheet(&ready.caller, &ready.site).await.unwrap();
    assert!(!sheet().await.on_server);
    let sent = ready.house.sent_changes();
    let refused = ready.change(ready.directory_form(None, "import", "")).await.unwrap_err();
    assert_eq!((refused, ready.house.sent_changes()), (ProblemCode::OnlyOnServer, sent));
    ready.house.world().set_deployment(Deployment::Server);
    ready.house.world().add_directory_group(DOMAIN, "Other Team", &[]);
    assert!(sheet().await.on_server);
    for (form, about) in [
        (GroupForm { domain: " ".to_owned(), ..ready.directory_form(None, "import", "") }, "domain"),
        (GroupForm { grant: "never".to_owned(), ..ready.directory_form(None, "import", "") }, "grant"),
        (GroupForm { role: "King".to_owned(), ..ready.directory_form(None, "import", "") }, "role"),
    ] {
        let problem = ready.house.operations.change_group(&ready.caller, form).await.unwrap_err();
        assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some(about)));
    }
    let unknown = ready.change(ready.directory_form(None, "import", "")).await.unwrap_err();
    assert_eq!(unknown, ProblemCode::VendorNotFound, "the directory knows no such group");
}

#[tokio::test]
async fn a_group_of_a_directory_comes_at_once_or_in_a_job_and_is_synchronised() {
    let ready = ready().await;
    let world = ready.house.world();
    world.set_deployment(Deployment::Server);
    world.add_directory_group(DOMAIN, "Finance Team", &["new@example.com"]);
    let (notice, came) = ready.change(ready.directory_form(None, "import", "")).await.unwrap();
    let GroupCame::Group(group) = came else { panic!("{came:?}") };
    assert_eq!(
        (notice, ready.newest().await),
        (Notice::GroupCreated, ("group.import".to_owned(), ActState::Done))
    );
    let all = PlaneQuery::default();
    let sheet = ready.house.operations.site_group(&ready.caller, &ready.site, &group, &all).await.unwrap();
    assert!(sheet.can_follow && sheet.locked.is_some());
    assert_eq!(sheet.members.total, 1);

    world.add_directory_group(DOMAIN, "Finance Team", &["new@example.com", "more@example.com"]);
    let (notice, came) = ready.change(ready.directory_form(Some(group), "synchronise", "yes")).await.unwrap();
    let GroupCame::Job(job) = came else { panic!("{came:?}") };
    assert_eq!(notice, Notice::GroupFollows);
    assert_eq!(ready.newest().await, ("group.synchronise".to_owned(), ActState::Done));
    let job = ready.house.operations.site_job(&ready.caller, &ready.site, &job).await.unwrap();
    assert_eq!(job.job.kind, "GroupSync");
    wait_for("the directory to be read", || world.group_members(&group.to_string()).len() == 2).await;

    let own = ready.create("Own").await;
    let refused = ready.change(ready.directory_form(Some(own), "synchronise", "")).await.unwrap_err();
    assert_eq!(refused, ProblemCode::GroupLocked, "a group of the site's own follows nobody");
}
