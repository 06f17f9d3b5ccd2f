//! Seats used in vain: who is listed with which evidence, who is left out, and what a plan from there really frees.

use model::{
    PlanId, ProblemCode, UserId,
    audit::ActState,
    plan::{Plan, SeatSum, Why},
};
use simulator::PersonFacts;
use uuid::Uuid;

use crate::house::{House, Sent, Visitor};

const LIST: &str = "/licences/idle";

impl House {
    /// Somebody who administers nothing and has exactly these roles on sites of their own choice, by its order.
    fn with_roles(&self, user_name: &str, roles: &[&str]) -> PersonFacts {
        assert!(self.world().add_person(user_name, "Zed Idle"));
        for (site, role) in self.world().sites().iter().zip(roles) {
            assert!(self.world().set_role(user_name, &site.id, Some(role)));
        }
        self.world().person(user_name).unwrap()
    }

    async fn plan_at(&self, location: &str) -> Plan {
        let id = location.strip_prefix("/plans/").unwrap_or_else(|| panic!("no plan: {location}"));
        self.store.plan(self.tenant(), PlanId::parse(id).unwrap()).await.unwrap().unwrap()
    }

    async fn reasons(&self, plan: &Plan) -> Vec<Why> {
        let steps = self.store.all_steps(self.tenant(), plan.id, None).await.unwrap();
        steps.into_iter().flat_map(|step| step.why).collect()
    }

    async fn exclude(&self, visitor: &Visitor, user: &str, wanted: &str, reason: &str) -> Sent {
        let ticket = Uuid::now_v7().to_string();
        let fields = [("user", user), ("ticket", ticket.as_str()), ("wanted", wanted), ("reason", reason)];
        visitor.submit(&format!("/licences/people/{user}"), "/api/licences/exclude", &fields).await
    }
}

async fn lower(visitor: &Visitor, user: &str, to: &str, site: &str) -> Sent {
    let fields = [("whom", "ticked"), ("ids[0]", user), ("to", to), ("site", site)];
    visitor.submit(LIST, "/api/licences/lower", &fields).await
}

#[tokio::test]
async fn a_seat_that_two_sites_hold_up_is_freed_only_when_both_let_go() {
    let house = House::start().await;
    let person = house.with_roles("zed.idle@example.com", &["Creator", "Creator", "Viewer"]);
    let visitor = house.sign_in().await;
    let sites = house.world().sites();
    let one =
        house.plan_at(lower(&visitor, &person.id, "unlicensed", &sites[0].id).await.post.location()).await;
    assert_eq!(one.seats, SeatSum::default(), "the other site holds the seat up");
    assert!(house.reasons(&one).await.contains(&Why::KeepsSeat));
    let all = house.plan_at(lower(&visitor, &person.id, "unlicensed", "").await.post.location()).await;
    assert_eq!(all.seats, SeatSum { creators: -1, ..SeatSum::default() });
    assert_eq!(all.counts.change, 3);
    assert!(house.reasons(&all).await.contains(&Why::FreesCreator));
    let viewer = house.plan_at(lower(&visitor, &person.id, "viewer", "").await.post.location()).await;
    assert_eq!(viewer.seats, SeatSum { creators: -1, viewers: 1, ..SeatSum::default() });
    assert_eq!((viewer.counts.change, viewer.counts.nothing), (2, 0), "a Viewer stays as they are");
    assert_eq!(house.world().changes().len(), 0, "nothing is sent before a plan is applied");
}

#[tokio::test]
async fn the_page_of_one_person_says_what_frees_their_seat() {
    let house = House::start().await;
    let person = house.with_roles("zed.idle@example.com", &["Creator", "Explorer", "Unlicensed"]);
    let visitor = house.sign_in().await;
    let names: Vec<String> = house.world().sites().into_iter().map(|site| site.name).collect();
    let page = visitor.get(&format!("/licences/people/{}", person.id)).await;
    assert!(
        page.says("The Creator seat is free when the role on one site goes down below Creator"),
        "{}",
        page.words()
    );
    assert!(page.says("Then they still take a seat of the kind Explorer"));
    assert!(page.says(&format!("{}, {}", names[0], names[1])), "the next step names both sites");
    assert!(page.says("holds the seat up") && page.says("needs no seat"));
    assert!(visitor.get(&format!("/people/{}", person.id)).await.says("What frees the seat?"));
}

#[tokio::test]
async fn administrators_protected_and_excluded_people_are_left_out_of_list_and_plan() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let person = house.with_roles("zed.idle@example.com", &["Viewer"]);
    let there = format!("{LIST}?q=zed.idle&refresh=1");
    assert!(visitor.get(&there).await.says("Zed Idle"));
    house.exclude(&visitor, &person.id, "protected", " ").await.explains(ProblemCode::ReasonMissing);
    house.exclude(&visitor, &person.id, "protected", "Works in Desktop").await;
    assert!(visitor.get(&there).await.says("Nobody is like this"));
    let left_out = visitor.get(&format!("{LIST}?q=zed.idle&only=excluded")).await;
    assert!(left_out.says("Works in Desktop (by"), "{}", left_out.words());
    lower(&visitor, &person.id, "unlicensed", "").await.explains(ProblemCode::NothingToLower);
    house.exclude(&visitor, &person.id, "free", "").await;
    assert!(visitor.get(&there).await.says("Zed Idle"));
    assert_eq!(house.states_of("licences.exclude").await, [ActState::Done]);
    assert_eq!(house.states_of("licences.include").await, [ActState::Done]);
    // A site administrator, a cloud administrator and whoever asks cannot be put into a plan by a crafted form.
    let administrator = house.with_roles("ada.site@example.com", &["SiteAdministratorExplorer"]);
    let cloud = house.world().everyone().into_iter().find(|it| it.tenant_role.is_some()).unwrap();
    for id in [&administrator.id, &cloud.id] {
        lower(&visitor, id, "unlicensed", "").await.explains(ProblemCode::NothingToLower);
    }
    let user = UserId::parse(&person.id).unwrap();
    let ticket = Uuid::now_v7().to_string();
    let fields = [
        ("user", person.id.as_str()),
        ("ticket", ticket.as_str()),
        ("reason", "Chief"),
        ("wanted", "protected"),
    ];
    visitor.submit(&format!("/people/{user}"), "/api/people/protect", &fields).await;
    assert!(visitor.get(&there).await.says("Nobody is like this"));
}

#[tokio::test]
async fn never_and_long_ago_are_told_apart_and_recent_people_are_not_listed() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.with_roles("zed.idle@example.com", &["Creator"]);
    let never = visitor.get(&format!("{LIST}?q=zed.idle&only=never&refresh=1")).await;
    assert!(never.says("weak evidence") && never.says("Zed Idle"), "{}", never.words());
    assert!(visitor.get(&format!("{LIST}?q=zed.idle&only=long")).await.says("Nobody is like this"));
    let recent = house.world().everyone().into_iter().find(|it| {
        it.last_sign_in.is_some_and(|at| at.0 > time::OffsetDateTime::now_utc() - time::Duration::days(20))
            && it.tenant_role.is_none()
    });
    let recent = recent.unwrap();
    let page = visitor.get(&format!("{LIST}?q={}", recent.user_name.replace('+', "%2B"))).await;
    assert!(page.says("Nobody is like this"), "{}", page.words());
}

#[tokio::test]
async fn everyone_in_the_list_is_planned_as_the_list_shows_them() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let page = visitor.get(&format!("{LIST}?seat=viewer&only=long&refresh=1")).await;
    let told = page.words();
    let (before, _) = told.split_once(" Viewer in the tenant.").unwrap();
    let viewers: i64 = before.rsplit(' ').next().unwrap().parse().unwrap();
    assert!(viewers > 0);
    let fields = [
        ("whom", "shown"),
        ("query[seat]", "viewer"),
        ("query[only]", "long"),
        ("query[sort]", "last"),
        ("to", "unlicensed"),
    ];
    let plan =
        house.plan_at(visitor.submit(LIST, "/api/licences/lower", &fields).await.post.location()).await;
    assert_eq!(plan.seats, SeatSum { viewers: -viewers, ..SeatSum::default() });
    assert_eq!(plan.counts.refused + plan.counts.dangerous, 0);
}

#[tokio::test]
async fn words_in_the_address_that_cannot_be_are_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for query in
        ["days=0", "days=x", "only=colour", "seat=king", "seat=unlicensed", "sort=x", "page=0", "site=x"]
    {
        visitor.get(&format!("{LIST}?{query}")).await.explains(ProblemCode::MalformedQuery);
    }
    let person = house.person().id;
    lower(&visitor, &person, "creator", "").await.explains(ProblemCode::FieldWrong);
    let nobody = visitor.submit(LIST, "/api/licences/lower", &[("whom", "ticked"), ("to", "viewer")]).await;
    nobody.explains(ProblemCode::NobodyChosen);
}
