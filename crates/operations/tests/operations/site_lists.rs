//! Lists of a site: narrowed and sorted, quick on a large site, whole where the site cannot filter; and ids that belong
//! elsewhere.

use std::time::Duration;

use model::{
    Direction, Freshness, GroupId, GroupSetId, PageRequest, Problem, ProblemCode, SiteId, SiteUserId,
    site_plane::{PlaneList, PlaneQuery, PlaneSort},
    site_users::SiteUser,
};
use operations::{GroupSetForm, MembersForm};
use simulator::Fault;

use crate::{house::ticket, members::Desk};

impl Desk {
    async fn try_list(&self, query: &PlaneQuery) -> Result<PlaneList<SiteUser>, Problem> {
        self.house.operations.site_users(&self.caller, &self.site, query, Freshness::Recent).await
    }

    async fn list(&self, query: PlaneQuery) -> PlaneList<SiteUser> {
        let page = PageRequest { number: query.page.number, size: 250 };
        self.try_list(&PlaneQuery { page, ..query }).await.unwrap()
    }

    /// The site, connected too, and one of its people who is not on this one.
    async fn elsewhere(&self) -> (SiteId, SiteUserId) {
        let world = self.house.world();
        let other = world.sites().into_iter().filter(|site| site.status == "Active").nth(1).unwrap();
        self.house.connect(&self.caller, &other).await;
        world.add_person("elsewhere@example.com", "Elsewhere");
        assert!(world.set_role("elsewhere@example.com", &other.id, Some("Viewer")));
        let person = world.person("elsewhere@example.com").unwrap();
        (SiteId::parse(&other.id).unwrap(), SiteUserId::parse(&person.roles[0].site_user_id).unwrap())
    }
}

fn names(list: &PlaneList<SiteUser>) -> Vec<&str> {
    list.page.rows.iter().map(|user| user.name.as_str()).collect()
}

#[tokio::test]
async fn users_are_narrowed_by_role_way_and_last_sign_in_and_sorted_by_each_column() {
    let desk = Desk::open().await;
    desk.somebody("never.here@example.com", "Viewer");
    let all = desk.list(PlaneQuery::default()).await;
    let of = all.page.of;
    assert!(all.choices.len() > 2 && !all.being_read);
    let viewers = desk.list(PlaneQuery { only: "Viewer".to_owned(), ..PlaneQuery::default() }).await;
    let counted = all.choices.iter().find(|(role, ..)| role == "Viewer").unwrap().2;
    assert_eq!((viewers.page.total, viewers.page.of), (counted, of));
    for way in ["SAML", "TableauIDWithMFA"] {
        let some = desk.list(PlaneQuery { sign_in: way.to_owned(), ..PlaneQuery::default() }).await;
        let is_it = |user: &SiteUser| user.sign_in.as_ref().is_some_and(|own| own.code() == way);
        assert_eq!(some.page.total, all.page.rows.iter().filter(|user| is_it(user)).count() as u64);
        assert!(some.page.rows.iter().all(is_it));
    }
    let before = desk.list(PlaneQuery { last: "90".to_owned(), ..PlaneQuery::default() }).await;
    let never = desk.list(PlaneQuery { last: "never".to_owned(), ..PlaneQuery::default() }).await;
    let long_ago = |user: &SiteUser| {
        user.last_login.is_none_or(|last| last.seconds_until(desk.caller.now) > 90 * 86_400)
    };
    assert!(before.page.total > never.page.total && before.page.rows.iter().all(long_ago));
    assert!(never.page.total > 0 && never.page.rows.iter().all(|user| user.last_login.is_none()));
    // Who never signed in has not done so for ninety days either, as in the list of people.
    let told = |user: &&SiteUser| user.last_login.is_none();
    assert_eq!(before.page.rows.iter().filter(told).count() as u64, never.page.total);
    for bad in ["0", "-3", "soon", "99999"] {
        let problem = desk.try_list(&PlaneQuery { last: bad.to_owned(), ..PlaneQuery::default() }).await;
        assert_eq!(problem.unwrap_err().code, ProblemCode::MalformedQuery, "{bad}");
    }

    let sorted =
        async |sort, direction| desk.list(PlaneQuery { sort, direction, ..PlaneQuery::default() }).await;
    let ranks = |list: &PlaneList<SiteUser>| {
        list.page.rows.iter().map(|user| user.site_role.rank()).collect::<Vec<_>>()
    };
    let rising = ranks(&sorted(PlaneSort::Role, Direction::Up).await);
    assert!(rising.is_sorted() && rising.first() < rising.last());
    let last = sorted(PlaneSort::Last, Direction::Down).await;
    let times: Vec<_> = last.page.rows.iter().map(|user| user.last_login).collect();
    assert!(times.iter().rev().is_sorted() && times[0].is_some());
    // Beyond the end is the end.
    let end = PlaneQuery { page: PageRequest { number: 900, size: 25 }, ..PlaneQuery::default() };
    let end = desk.try_list(&end).await.unwrap();
    assert_eq!((end.page.at.number, end.page.total), (end.page.last(), of));
}

#[tokio::test]
async fn a_slow_site_answers_the_question_itself_while_the_whole_list_is_read() {
    let desk = Desk::open().await;
    desk.somebody("aaa.first@example.com", "Viewer");
    // Everything takes longer than a page waits for the whole.
    desk.house.world().set_latency(Duration::from_millis(1_200));
    let query = PlaneQuery { only: "Viewer".to_owned(), ..PlaneQuery::default() };
    let quick = desk.try_list(&query).await.unwrap();
    assert!(quick.being_read && quick.choices.is_empty());
    assert_eq!(names(&quick)[0], "aaa.first@example.com", "in the site's own order");
    assert!(quick.page.rows.iter().all(|user| user.site_role.code() == "Viewer"));
    desk.house.world().set_latency(Duration::ZERO);
    let whole = desk.list(PlaneQuery { search: "aaa.first".to_owned(), ..query.clone() }).await;
    assert!(!whole.being_read && whole.page.total == 1);
    let again = desk.try_list(&query).await.unwrap();
    assert!(!again.being_read && again.page.total == quick.page.total);
    assert_eq!(
        desk.sent("GET", &format!("/sites/{}/users", desk.site)),
        2,
        "once whole, once by its own page"
    );
}

#[tokio::test]
async fn a_site_that_does_not_filter_is_read_whole() {
    let desk = Desk::open().await;
    let query = PlaneQuery { only: "Viewer".to_owned(), ..PlaneQuery::default() };
    desk.house.world().set_latency(Duration::from_millis(1_200));
    desk.house.world().inject(Fault::status(400).on("GET", "/users?filter").times(1));
    let list = desk.try_list(&query).await.unwrap();
    assert!(!list.being_read && !list.choices.is_empty());
    assert!(list.page.rows.iter().all(|user| user.site_role.code() == "Viewer"));
}

#[tokio::test]
async fn groups_are_sorted_by_their_members() {
    let desk = Desk::open().await;
    let query = PlaneQuery { sort: PlaneSort::Members, direction: Direction::Down, ..PlaneQuery::default() };
    let list = desk.house.operations.site_groups(&desk.caller, &desk.site, &query, Freshness::Recent).await;
    let counts: Vec<_> = list.unwrap().page.rows.iter().map(|group| group.user_count).collect();
    assert!(counts.iter().rev().is_sorted() && counts.len() > 2, "{counts:?}");
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_is_read_once_more() {
    let desk = Desk::open().await;
    let of = desk.list(PlaneQuery::default()).await.page.of;
    let one = SiteUserId::from(uuid::Uuid::now_v7());
    let first = format!(
        "<tsResponse xmlns=\"http://tableau.com/api\"><pagination pageNumber=\"1\" pageSize=\"1000\" \
         totalAvailable=\"1500\"/><users><user id=\"{one}\" name=\"left@example.com\" siteRole=\"Viewer\"/></users></tsResponse>"
    );
    let path = format!("/sites/{}/users?", desk.site);
    desk.house.world().inject(Fault::status(200).on("GET", &path).body(&first).times(1));
    let before = desk.sent("GET", &format!("/sites/{}/users", desk.site));
    let now = Freshness::Now;
    let list = desk.house.operations.site_users(&desk.caller, &desk.site, &PlaneQuery::default(), now).await;
    assert_eq!(list.unwrap().page.of, of, "nobody is missing, and who left is not there");
    // The page that lied, the one past the end, and the whole again.
    assert_eq!(desk.sent("GET", &format!("/sites/{}/users", desk.site)) - before, 3);
}

#[tokio::test]
async fn ids_of_another_site_are_not_found_and_change_nothing() {
    let desk = Desk::open().await;
    let (there, user) = desk.elsewhere().await;
    let world = desk.house.world();
    let foreign = GroupId::parse(&world.add_group(&there.to_string(), "There").unwrap()).unwrap();
    let operations = &desk.house.operations;
    let read = operations.site_user(&desk.caller, &desk.site, &user).await.unwrap_err();
    assert_eq!(read.code, ProblemCode::SiteUserNotFound);
    let query = PlaneQuery::default();
    let read = operations.site_group(&desk.caller, &desk.site, &foreign, &query).await.unwrap_err();
    assert_eq!(read.code, ProblemCode::GroupNotFound);
    let unknown = GroupSetId::from(uuid::Uuid::now_v7());
    let read = operations.site_group_set(&desk.caller, &desk.site, &unknown).await.unwrap_err();
    assert_eq!(read.code, ProblemCode::GroupSetNotFound);
    let changes = world.changes().len();
    let form = MembersForm {
        site: desk.site,
        group: foreign,
        mode: "add".to_owned(),
        names: String::new(),
        ids: vec![user],
    };
    let planned = operations.plan_members(&desk.caller, form).await.unwrap_err();
    assert_eq!(planned.code, ProblemCode::GroupNotFound);
    let set = GroupSetForm {
        site: desk.site,
        set: None,
        change: "create".to_owned(),
        name: "Here".to_owned(),
        group: None,
        ticket: ticket(),
    };
    let (_, made) = operations.change_group_set(&desk.caller, set.clone()).await.unwrap();
    let add =
        GroupSetForm { set: made, change: "add".to_owned(), group: Some(foreign), ticket: ticket(), ..set };
    let added = operations.change_group_set(&desk.caller, add).await.unwrap_err();
    assert_eq!(added.code, ProblemCode::GroupNotFound);
    assert_eq!(world.changes().len() - changes, 1, "the set alone was made");
}

#[tokio::test]
async fn a_group_that_is_deleted_while_its_page_is_open_is_told_when_its_form_is_sent() {
    let desk = Desk::open().await;
    let group = desk.group("Short lived");
    desk.somebody("joins@example.com", "Viewer");
    let all = PlaneQuery::default();
    assert!(desk.house.operations.site_group(&desk.caller, &desk.site, &group, &all).await.is_ok());
    assert!(desk.house.world().remove_group(&group.to_string()));
    let form = MembersForm {
        site: desk.site,
        group,
        mode: "exactly".to_owned(),
        names: "joins@example.com".to_owned(),
        ids: Vec::new(),
    };
    let problem = desk.house.operations.plan_members(&desk.caller, form).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::GroupNotFound);
}

#[tokio::test]
async fn the_page_of_a_user_names_the_groups_and_the_limits_that_stand_in_the_way() {
    let desk = Desk::open().await;
    let user = desk.somebody("held@example.com", "Viewer");
    let group = desk.group("Holding");
    assert!(desk.house.world().set_group_role(&group.to_string(), Some("Viewer")));
    desk.join("held@example.com", &group);
    let site = desk.site.to_string();
    let used = desk.house.world().site_licences(&site).unwrap();
    let limits = simulator::SiteLimits { creator: Some(used.creators), explorer: None, viewer: None };
    assert!(desk.house.world().set_site_limits(&site, limits));
    let sheet = desk.house.operations.site_user(&desk.caller, &desk.site, &user).await.unwrap();
    let holding = sheet.groups.iter().find(|known| known.id == group).unwrap();
    assert_eq!(holding.minimum_role.as_ref().map(|role| role.code()), Some("Viewer"));
    assert_eq!(sheet.full, [model::licences::Tier::Creator]);
    assert!(!sheet.is_connection);
}

#[tokio::test]
async fn a_pause_that_a_site_asks_for_in_minutes_is_kept_for_reading_too_and_by_that_site_alone() {
    let desk = Desk::open().await;
    let (there, _) = desk.elsewhere().await;
    let sets = async |site: &SiteId| {
        desk.house.operations.site_group_sets(&desk.caller, site, &PlaneQuery::default()).await.map(|_| ())
    };
    sets(&desk.site).await.unwrap();
    let detail = "Too many requests. Please try again in 2 minutes.";
    let body = format!(
        "<tsResponse xmlns=\"http://tableau.com/api\"><error code=\"429000\"><summary>Too Many Requests</summary><detail>{detail}</detail></error></tsResponse>"
    );
    desk.house.world().inject(Fault::status(429).on("GET", "/groupsets").body(&body).times(1));
    let told = sets(&desk.site).await.unwrap_err();
    assert_eq!((told.code, told.wait_seconds()), (ProblemCode::VendorBusy, Some(120)));
    let asked = desk.house.world().requests().len();
    let again = sets(&desk.site).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::VendorBusy);
    assert!(again.wait_seconds().is_some_and(|left| left > 60 && left <= 120), "{again:?}");
    assert_eq!(desk.house.world().requests().len(), asked, "nothing was sent meanwhile");
    sets(&there).await.unwrap();
}
