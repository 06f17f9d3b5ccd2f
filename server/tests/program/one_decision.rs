//! One command, whichever way it comes: from the page in the browser, from a form without JavaScript, from a file, and
//! through somebody else's approval.

use std::collections::BTreeMap;

use model::{
    PlanId,
    delegation::{Standing, Template},
    plan::{Verdict, Why},
};
use reqwest::Method;
use uuid::Uuid;

use crate::{
    house::{Answer, until},
    matrix::desk::{DOMAIN, Desk, Holder, Kind},
};

/// The ways by which a command becomes a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Page,
    Form,
    File,
}

const WAYS: [Way; 3] = [Way::Page, Way::Form, Way::File];

/// What was decided about a row: its verdict, why, what is said about it, and by which grant it goes.
type Decided = (Verdict, Vec<Why>, String, Option<model::delegation::MarkReason>, bool);

impl Desk {
    fn person_on_site(&self, name: &str, role: &str) {
        assert!(self.house.world().add_person(name, name));
        assert!(self.house.world().set_role(name, &self.site.to_string(), Some(role)));
    }

    fn role_of(&self, name: &str) -> String {
        let person = self.house.world().person(name).unwrap();
        let on = |role: &&simulator::RoleFacts| role.site_id == self.site.to_string();
        person.roles.iter().find(on).unwrap().role.clone()
    }

    /// Makes everybody an Explorer, by one of the ways.
    async fn planned(&self, holder: &Holder, way: Way, names: &[String]) -> PlanId {
        let (site, joined) = (self.site.to_string(), names.join("\n"));
        let fields = [
            ("whom", "names"),
            ("names", joined.as_str()),
            ("what[change]", "role"),
            ("what[site]", &site),
            ("what[role]", "Explorer"),
        ];
        let plan_in = |answer: &Answer| {
            let id = answer.location().strip_prefix("/plans/").map(str::to_owned);
            id.unwrap_or_else(|| panic!("no plan: {} {}", answer.status, answer.words()))
        };
        let id = match way {
            Way::Page => plan_in(&holder.visitor.api(Method::POST, "/api/people/plan", &fields).await),
            Way::Form => plan_in(&holder.visitor.post("/people/change", "/api/people/plan", &fields).await),
            Way::File => {
                let site = self.house.world().sites().into_iter().find(|it| it.id == site).unwrap().name;
                let rows: String = names.iter().map(|name| format!("{name},{site},Explorer\n")).collect();
                holder.visitor.plan(&format!("Username,Site,Role\n{rows}")).await
            }
        };
        PlanId::parse(&id).unwrap()
    }

    async fn decided(&self, plan: PlanId) -> BTreeMap<String, Decided> {
        let steps = self.house.store.all_steps(self.house.tenant(), plan, None).await.unwrap();
        let told = |step: model::plan::Step| {
            let waits = step.permit.as_ref().and_then(|permit| permit.waits.first().copied());
            (step.user_name, (step.verdict, step.why, step.note, waits, step.permit.is_some()))
        };
        steps.into_iter().map(told).collect()
    }
}

#[tokio::test]
async fn page_form_and_file_get_one_decision_for_every_kind_of_row() {
    let desk = Desk::open(Standing::Active, &[Kind::Template(Template::LicenceDesk)]).await;
    let holder = &desk.holders[0];
    let names = ["plain", "rich", "boss", "safe", "own", "eve"].map(|word| format!("{word}@{DOMAIN}"));
    let [_, rich, boss, safe, own, eve] = &names;
    names.iter().for_each(|name| desk.person_on_site(name, "Viewer"));
    let world = desk.house.world();
    assert!(world.set_role(rich, &desk.site.to_string(), Some("Creator")));
    assert!(world.set_tenant_role(boss, Some("ACTIVE")));
    let owner = desk.house.sign_in().await;
    let (ticket, id) = (Uuid::now_v7().to_string(), world.person(safe).unwrap().id);
    let protect = [("user", id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("wanted", "protected")];
    assert!(owner.api(Method::POST, "/api/people/protect", &protect).await.problem().is_none());
    let (tenant, linked) = (desk.house.tenant(), std::slice::from_ref(own));
    assert!(desk.house.store.link_member(tenant, holder.account.id, linked).await.unwrap());
    desk.house.invite(&owner, eve).await;
    let asked: Vec<String> = names
        .iter()
        .cloned()
        .chain(["out@elsewhere.example", "nobody@elsewhere.example"].map(str::to_owned))
        .collect();
    let first = desk.decided(desk.planned(holder, Way::Page, &asked).await).await;
    assert_eq!(first.len(), asked.len());
    let refused = first.values().filter(|(verdict, ..)| *verdict == Verdict::Refused).count();
    assert_eq!(refused, asked.len() - 1, "{first:?}");
    assert_eq!(first["out@elsewhere.example"], first["nobody@elsewhere.example"], "they look alike");
    for way in WAYS {
        assert_eq!(desk.decided(desk.planned(holder, way, &asked).await).await, first, "{way:?}");
    }
}

#[tokio::test]
async fn of_a_hundred_rows_exactly_the_forbidden_one_is_refused_every_way_and_by_approval_too() {
    let desk = Desk::open(Standing::Active, &[Kind::Template(Template::LicenceDesk)]).await;
    let holder = &desk.holders[0];
    let mut names: Vec<String> = (0..99).map(|number| format!("p{number}@{DOMAIN}")).collect();
    names.iter().for_each(|name| desk.person_on_site(name, "Viewer"));
    let out = "out-here@elsewhere.example".to_owned();
    desk.person_on_site(&out, "Viewer");
    names.insert(40, out.clone());
    let room = simulator::SiteLimits { creator: None, explorer: Some(500), viewer: None };
    assert!(desk.house.world().set_site_limits(&desk.site.to_string(), room), "the site has room for them");
    let bought = simulator::Purchased { explorer: 100_000, ..desk.house.world().purchased() };
    desk.house.world().set_purchased(bought);
    // A hundred rows take more seats than the template's 25, and are more than its 25 people.
    desk.without_limits(holder).await;
    let mut plans = Vec::new();
    for way in WAYS {
        let plan = desk.planned(holder, way, &names).await;
        let decided = desk.decided(plan).await;
        let refused: Vec<&String> =
            decided.iter().filter(|(_, row)| row.0 == Verdict::Refused).map(|(name, _)| name).collect();
        assert_eq!((decided.len(), refused), (100, vec![&out]), "{way:?}");
        let waits = decided.values().filter(|row| row.3 == Some(model::delegation::MarkReason::ManyPeople));
        assert_eq!(waits.count(), 99, "{way:?}");
        plans.push((plan, decided));
    }
    assert!(plans.windows(2).all(|pair| pair[0].1 == pair[1].1), "the ways differ");
    // More than 25 people wait for somebody else, who sees and decides the very same plan.
    let plan = plans[1].0.to_string();
    let asked = holder.visitor.apply(&plan, &[("typed", "99"), ("reason", "Test")]).await;
    assert_eq!(
        asked.post.location(),
        format!("/plans/{plan}?notice=approval-asked"),
        "{}",
        asked.page.words()
    );
    assert_eq!(desk.role_of(&names[0]), "Viewer", "nothing is sent before");
    let approval = desk.house.store.approval_of(desk.house.tenant(), plans[1].0).await.unwrap().unwrap();
    let (id, ticket) = (approval.id.to_string(), Uuid::now_v7().to_string());
    let decide = [
        ("approval", id.as_str()),
        ("hash", approval.hash.as_str()),
        ("ticket", ticket.as_str()),
        ("decision", "approve"),
    ];
    let own = holder.visitor.api(Method::POST, "/api/delegation/decide", &decide).await;
    own.explains(model::ProblemCode::NotAllowed);
    let owner = desk.house.sign_in().await;
    let ticket = Uuid::now_v7().to_string();
    let decide = decide.map(|(name, value)| (name, if name == "ticket" { ticket.as_str() } else { value }));
    let approved = owner.submit("/approvals", "/api/delegation/decide", &decide).await;
    assert_eq!(approved.post.location(), "/approvals?notice=plan-approved", "{}", approved.page.words());
    desk.house.work();
    let run = plans[1].0;
    let tenant = desk.house.tenant();
    until("the run is over", async || {
        let run = desk.house.store.run(tenant, run).await.unwrap();
        run.is_some_and(|run| run.state == model::runs::RunState::Over)
    })
    .await;
    let run = desk.house.store.run(tenant, run).await.unwrap().unwrap();
    assert_eq!((run.counts.done, run.counts.all()), (99, 99), "{run:?}");
    assert_eq!(desk.role_of(&out), "Viewer");
    assert!(names.iter().filter(|name| **name != out).all(|name| desk.role_of(name) == "Explorer"));
}
