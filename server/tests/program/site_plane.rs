//! The pages of a site's own API: connected by a form, read, and changed by plain forms.

use model::ProblemCode;
use reqwest::StatusCode;

use crate::house::{House, Visitor};

struct Ready {
    house: House,
    visitor: Visitor,
    site: String,
}

async fn ready() -> Ready {
    let house = House::start().await;
    let site = house.connected_site().await.id;
    Ready { visitor: house.sign_in().await, house, site }
}

impl Ready {
    fn at(&self, rest: &str) -> String {
        format!("/sites/{}/{rest}", self.site)
    }
}

#[tokio::test]
async fn a_site_is_connected_looked_at_and_disconnected() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let groups = format!("/sites/{}/groups", site.id);
    let closed = visitor.get(&groups).await;
    assert_eq!(closed.status, StatusCode::OK);
    assert!(closed.says("This site is not connected") && closed.says("Connect"), "{}", closed.words());
    let (name, secret) = house.site_token(&site.id);
    visitor.try_connect(&site.id, &name, "wrong").await.explains(ProblemCode::SiteTokenRefused);
    visitor.try_connect(&site.id, " ", &secret).await.explains(ProblemCode::TokenNameMissing);
    visitor.connect_site(&site.id, &name, &secret).await;
    let page = visitor.get(&format!("/sites/{}/connect", site.id)).await;
    for words in ["connected", "How it stands", &name, "Lapses when nobody uses it", "Disconnect"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    assert!(!page.body.contains(&secret), "the secret is never shown again");
    assert!(visitor.get(&groups).await.says("All Users"));
    let list = visitor.get("/connection/sites").await;
    assert!(list.says("1 of 12 sites connected by you"), "{}", list.words());
    let ticket = page.field("ticket");
    let fields = [("site", site.id.as_str()), ("ticket", &ticket)];
    let path = format!("/sites/{}/connect", site.id);
    let sent = visitor.submit(&path, "/api/plane/disconnect", &fields).await;
    sent.leads_to(&format!("{path}?notice=site-disconnected"));
    assert!(visitor.get(&groups).await.says("This site is not connected"));
}

#[tokio::test]
async fn the_lists_of_a_site_are_searched_narrowed_and_paged() {
    let ready = ready().await;
    let visitor = &ready.visitor;
    let users = visitor.get(&ready.at("users")).await;
    assert!(users.says("Users of this site") && users.says("Site role"), "{}", users.words());
    let only = visitor.get(&ready.at("users?only=Viewer")).await;
    assert!(only.says("Viewer"), "{}", only.words());
    let none = visitor.get(&ready.at("groups?q=nobody-has-this")).await;
    assert!(none.says("Nothing is like this") && none.says("Show all"), "{}", none.words());
    for bad in ["users?page=0", "groups?size=7", "sets?page=x", "jobs?page=-1"] {
        let answer = visitor.get(&ready.at(bad)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        answer.explains(ProblemCode::MalformedQuery);
    }
    assert_eq!(visitor.get(&ready.at("nowhere")).await.status, StatusCode::NOT_FOUND);
    assert!(visitor.get(&ready.at("jobs")).await.says("Jobs of this site"));
}

#[tokio::test]
async fn a_group_is_made_changed_and_deleted_by_forms_and_a_set_is_filled() {
    let ready = ready().await;
    let visitor = &ready.visitor;
    let new = ready.at("groups/new");
    let ticket = visitor.get(&new).await.field("ticket");
    let name = "Field \"Sales\" <&>";
    let site = ready.site.as_str();
    let fields = [("site", site), ("ticket", &ticket), ("change", "create"), ("name", name)];
    let sent = visitor.submit(&new, "/api/plane/group", &fields).await;
    assert!(sent.page.says("The group is there"), "{}", sent.page.words());
    let path = sent.post.location().split('?').next().unwrap().to_owned();
    let group = path.rsplit('/').next().unwrap();
    let page = visitor.get(&path).await;
    assert!(page.says("Nobody is in this group") && page.says("What it gives"), "{}", page.words());

    let ticket = page.field("ticket");
    let same = [("site", site), ("ticket", &ticket), ("change", "create"), ("name", "FIELD \"SALES\" <&>")];
    visitor.submit(&new, "/api/plane/group", &same).await.explains(ProblemCode::GroupNameTaken);

    let sets = ready.at("sets");
    let ticket = visitor.get(&sets).await.field("ticket");
    let fields = [("site", site), ("ticket", &ticket), ("change", "create"), ("name", "Everyone selling")];
    let sent = visitor.submit(&sets, "/api/plane/set", &fields).await;
    let set = sent.post.location().split('?').next().unwrap().to_owned();
    let ticket = sent.page.field("ticket");
    let id = set.rsplit('/').next().unwrap();
    let fields = [("site", site), ("set", id), ("ticket", &ticket), ("change", "add"), ("group", group)];
    let sent = visitor.submit(&set, "/api/plane/set", &fields).await;
    assert!(sent.page.says("Field \"Sales\" <&>"), "{}", sent.page.words());
    assert!(sent.page.says("Nobody is in every group of the set"), "{}", sent.page.words());

    let ticket = visitor.get(&path).await.field("ticket");
    let fields =
        [("site", site), ("group", group), ("ticket", &ticket), ("change", "delete"), ("typed", name)];
    let sent = visitor.submit(&path, "/api/plane/group", &fields).await;
    sent.leads_to(&format!("{}?notice=group-deleted", ready.at("groups")));
    visitor.get(&path).await.explains(ProblemCode::GroupNotFound);
    let log = visitor.get("/audit?verb=group.create").await;
    assert!(log.says("Create group Field"), "{}", log.words());
}

#[tokio::test]
async fn everybody_and_members_are_shown_and_the_group_of_everybody_is_locked() {
    let ready = ready().await;
    let visitor = &ready.visitor;
    let everybody = ready.house.world().group(&ready.site, "All Users").unwrap().id;
    let page = visitor.get(&ready.at(&format!("groups/{everybody}"))).await;
    assert!(page.says("This group holds everybody of the site by itself"), "{}", page.words());
    assert!(!page.body.contains("action=\"/api/plane/members\""), "nothing to change");
    let link = page.body.split(&ready.at("users/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let user = visitor.get(&ready.at(&format!("users/{link}"))).await;
    assert!(user.says("All Users") && user.says("Id on this site"), "{}", user.words());
}

#[tokio::test]
async fn groups_on_connected_sites_stand_on_the_page_of_the_person() {
    let ready = ready().await;
    let person =
        ready.house.world().everyone().into_iter().find(|person| {
            person.roles.iter().any(|role| role.site_id == ready.site) && person.roles.len() > 1
        });
    let page = ready.visitor.get(&format!("/people/{}", person.unwrap().id)).await;
    for words in ["Groups on sites", "All Users", "Connect the site", "Runs and jobs about them"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
}

#[tokio::test]
async fn a_plan_and_a_run_of_a_site_stand_below_that_site_and_not_below_the_people_of_the_tenant() {
    let ready = ready().await;
    let visitor = &ready.visitor;
    let path = ready.at("users");
    let fields =
        [("site", ready.site.as_str()), ("change", "add"), ("names", "new@example.com"), ("role", "Viewer")];
    let sent = visitor.submit(&path, "/api/plane/users", &fields).await;
    let plan = sent.post.location().strip_prefix("/plans/").unwrap().to_owned();
    let above = |page: &crate::house::Answer| {
        let main = &page.body[page.body.find("<main").unwrap()..];
        main[..main.find("<h1").unwrap()].to_owned()
    };
    let name = ready.house.active_site().name;
    assert!(
        above(&sent.page).contains(&name) && !above(&sent.page).contains("/people"),
        "{}",
        above(&sent.page)
    );
    visitor.apply(&plan, &[]).await.leads_to(&format!("/runs/{plan}"));
    let run = visitor.get(&format!("/runs/{plan}")).await;
    assert!(above(&run).contains(&name) && above(&run).contains("/jobs"), "{}", above(&run));
}

#[tokio::test]
async fn the_form_for_a_directory_stands_on_the_pages_of_a_server_alone() {
    let ready = ready().await;
    let visitor = &ready.visitor;
    let new = ready.at("groups/new");
    assert!(!visitor.get(&new).await.says("Active Directory"));
    let world = ready.house.world();
    world.set_deployment(simulator::Deployment::Server);
    world.add_directory_group("quillmere.example", "Finance Team", &["new@example.com"]);
    let page = visitor.get(&new).await;
    assert!(page.says("A group of Active Directory"), "{}", page.words());
    let ticket = page.field("ticket");
    let fields = [
        ("site", ready.site.as_str()),
        ("ticket", &ticket),
        ("change", "import"),
        ("name", "Finance Team"),
        ("domain", "quillmere.example"),
        ("as_job", "yes"),
    ];
    let sent = visitor.submit(&new, "/api/plane/group", &fields).await;
    assert!(sent.post.location().contains("/jobs/"), "{}", sent.post.location());
    assert!(sent.page.says("The server reads its directory in a job"), "{}", sent.page.words());
    let group = world.group(&ready.site, "Finance Team").unwrap().id;
    let page = visitor.get(&ready.at(&format!("groups/{group}"))).await;
    assert!(page.says("Synchronise with Active Directory") && page.says("🔒"), "{}", page.words());
    world.set_deployment(simulator::Deployment::Cloud);
    let page = visitor.get(&ready.at(&format!("groups/{group}"))).await;
    assert!(!page.says("Synchronise with Active Directory"), "{}", page.words());
}

#[tokio::test]
async fn why_not_is_answered_where_it_arises() {
    let ready = ready().await;
    let world = ready.house.world();
    let group = world.add_group(&ready.site, "Holding").unwrap();
    assert!(world.set_group_role(&group, Some("Viewer")));
    assert!(
        world.add_person("held@example.com", "Held")
            && world.set_role("held@example.com", &ready.site, Some("Viewer"))
    );
    assert!(world.join_group("held@example.com", &group));
    let used = world.site_licences(&ready.site).unwrap();
    let limits = simulator::SiteLimits { creator: Some(used.creators), explorer: None, viewer: None };
    assert!(world.set_site_limits(&ready.site, limits));
    let of = |name: &str| {
        let person = world.person(name).unwrap();
        let here = person.roles.into_iter().find(|role| role.site_id == ready.site).unwrap();
        ready.at(&format!("users/{}", here.site_user_id))
    };
    let page = ready.visitor.get(&of("held@example.com")).await;
    for words in ["400012", "Holding", "at least Viewer", "409014", "No Creator seat is left", "409003"] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let own = ready.visitor.get(&of("milo.brandt@example.com")).await;
    assert!(own.says("403009") && own.says("Nobody changes themselves"), "{}", own.words());
}
