//! Plans: the verdicts, and that nothing is sent before they are applied.

mod dangers;

use model::{
    PageRequest, PlanId, ProblemCode, SiteId,
    people::PeopleQuery,
    plan::{PlanSheet, PlanState, Step, StepsQuery, Verdict, Why},
};
use operations::{ApplyForm, Caller, ManyForm, NewPersonForm, PlaceForm, Reality, Upload, Whom};

use crate::house::{House, ticket};

pub async fn sheet(house: &House, caller: &Caller, plan: PlanId) -> PlanSheet {
    let query = StepsQuery { page: PageRequest { number: 1, size: 250 }, ..StepsQuery::default() };
    house.operations.plan(caller, &plan, &query).await.unwrap()
}

pub async fn steps(house: &House, caller: &Caller, plan: PlanId) -> Vec<Step> {
    sheet(house, caller, plan).await.steps.rows
}

/// The form that applies a plan as it stands, with every danger included.
pub fn apply(sheet: &PlanSheet) -> ApplyForm {
    ApplyForm {
        plan: sheet.plan.id,
        hash: sheet.plan.hash.clone(),
        include: sheet.plan.dangers.iter().map(|(why, _)| *why).collect(),
        typed: sheet.type_to_confirm.clone().unwrap_or_default(),
        reason: "Test".to_owned(),
        ticket: ticket(),
    }
}

pub fn active_site(house: &House) -> (SiteId, String) {
    let site = house.site("Active");
    (SiteId::parse(&site.id).unwrap(), site.name)
}

/// Gives people a role on a site.
pub fn role(names: &str, site: SiteId, role: &str) -> ManyForm {
    ManyForm {
        whom: Whom { names: names.to_owned(), ..Whom::default() },
        change: "role".to_owned(),
        site: site.to_string(),
        role: role.to_owned(),
        ..ManyForm::default()
    }
}

pub fn file(text: &str) -> Upload {
    Upload {
        name: "people.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
        site: String::new(),
        sign_in: String::new(),
    }
}

async fn you(house: &House, caller: &Caller) -> String {
    house.operations.person(caller, &caller.user().unwrap()).await.unwrap().person.user_name
}

#[tokio::test]
async fn a_plan_says_create_change_and_nothing_to_do_and_sends_nothing() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, name) = active_site(&house);
    let explorer = explorer_on(&house, &caller, site).await;
    let viewer = people_on(&house, &caller, site).await.into_iter().find(|row| row.1 == "Viewer").unwrap().0;
    let names = format!("{viewer}\n{explorer}\nnew.person@example.com");
    let changes = house.world().changes().len();
    let plan = house.operations.plan_many(&caller, role(&names, site, "Viewer")).await.unwrap();
    let sheet = sheet(&house, &caller, plan).await;
    let found: Vec<_> =
        sheet.steps.rows.iter().map(|it| (it.verdict, it.before.as_str(), it.after.as_str())).collect();
    assert_eq!(
        found,
        [
            (Verdict::Nothing, "Viewer", "Viewer"),
            (Verdict::Change, "Explorer", "Viewer"),
            (Verdict::Create, "not in the tenant", "Viewer"),
        ]
    );
    assert!(sheet.steps.rows.iter().all(|step| step.site_name == name));
    assert!(
        sheet.steps.rows[2].why.contains(&Why::Invites)
            && sheet.steps.rows[2].why.contains(&Why::TakesViewer)
    );
    assert_eq!((sheet.plan.state, sheet.can_apply), (PlanState::Open, true));
    assert_eq!(house.world().changes().len(), changes);
}

/// An Explorer whose whole life is this site.
pub async fn explorer_on(house: &House, caller: &Caller, site: SiteId) -> String {
    let viewer = people_on(house, caller, site).await.into_iter().rfind(|row| row.1 == "Viewer").unwrap().0;
    assert!(house.world().set_role(&viewer, &site.to_string(), Some("Explorer")));
    viewer
}

/// People of a site by user name and role word.
pub async fn people_on(house: &House, caller: &Caller, site: SiteId) -> Vec<(String, String)> {
    let query = PeopleQuery {
        site: site.to_string(),
        page: PageRequest { number: 1, size: 250 },
        ..PeopleQuery::default()
    };
    let page = house.operations.list_people(caller, &query, model::Freshness::Recent).await.unwrap();
    let mut people = Vec::new();
    for row in page.page.rows {
        let person = house.operations.person(caller, &row.id).await.unwrap().person;
        let place = person.place(&site).unwrap();
        // Those whose whole life is this site, so that seats are plain to count.
        if person.site_count == 1 && !place.role.administers() {
            people.push((row.user_name, place.role.words().to_owned()));
        }
    }
    people
}

#[tokio::test]
async fn a_row_without_a_site_would_make_a_cloud_administrator_and_is_left_out() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let content_url = house.site("Active").content_url;
    let text = format!(
        ",eve@example.com,,Eve,Viewer,None,No,,\n{content_url},ada@example.com,,Ada,Viewer,None,No,,\n"
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let sheet = sheet(&house, &caller, plan).await;
    let rows: Vec<_> = sheet.steps.rows.iter().map(|it| (it.line, it.verdict)).collect();
    assert_eq!(rows, [(Some(1), Verdict::Dangerous), (Some(2), Verdict::Create)]);
    assert_eq!(sheet.plan.dangers, [(Why::MakesAdministrator, 1)]);
    // Nobody includes it by accident: even one dangerous row asks for a typed number.
    assert_eq!(sheet.type_to_confirm.as_deref(), Some("1"));
}

#[tokio::test]
async fn every_row_of_a_file_is_checked_and_every_fault_told_with_its_line() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (_, site) = active_site(&house);
    let text = format!(
        "Username,Site,Role\nnot-an-address,{site},Viewer\na@example.com,Nowhere,Viewer\nb@example.com,{site},Emperor\n\
         c@example.com,{site},Viewer\nc@example.com,{site},Viewer\nd@example.com,{site},Viewer\nd@example.com,{site},Creator\n"
    );
    let plan = house.operations.plan_upload(&caller, file(&text)).await.unwrap();
    let steps = steps(&house, &caller, plan).await;
    let told: Vec<_> = steps.iter().map(|it| (it.line.unwrap(), it.verdict)).collect();
    use Verdict::{Create, Refused};
    assert_eq!(
        told,
        [(2, Refused), (3, Refused), (4, Refused), (5, Create), (6, Refused), (7, Refused), (8, Refused)]
    );
    assert!(steps[1].why.contains(&Why::NoSuchSite));
    assert!(steps[2].after.contains("Emperor"), "{}", steps[2].after);
    assert!(steps[4].why.contains(&Why::Duplicate) && steps[5].why.contains(&Why::Contradiction));
}

#[tokio::test]
async fn a_plan_counts_once_and_only_as_it_was_seen() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let plan = house.operations.plan_many(&caller, role("zoe@example.com", site, "Viewer")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    let wrong = ApplyForm { hash: "0".repeat(64), ..apply(&seen) };
    let problem = house.operations.apply_plan(&caller, wrong).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanChanged);
    let late = Caller { now: seen.plan.until.plus_seconds(1), ..caller.clone() };
    let problem = house.operations.apply_plan(&late, apply(&seen)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanRunOut);
    house.operations.apply_plan(&caller, apply(&seen)).await.unwrap();
    let problem = house.operations.apply_plan(&caller, apply(&seen)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanNotOpen);
    let other = house.operations.plan_many(&caller, role("zoe@example.com", site, "Viewer")).await.unwrap();
    house.operations.discard_plan(&caller, &other).await.unwrap();
    assert_eq!(
        house.operations.discard_plan(&caller, &other).await.unwrap_err().code,
        ProblemCode::PlanNotOpen
    );
}

#[tokio::test]
async fn many_people_are_sent_only_after_their_number_was_typed() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let names: String = (0..30).map(|number| format!("new{number}@example.com\n")).collect();
    let plan = house.operations.plan_many(&caller, role(&names, site, "Unlicensed")).await.unwrap();
    let seen = sheet(&house, &caller, plan).await;
    assert_eq!(seen.type_to_confirm.as_deref(), Some("30"));
    let problem = house
        .operations
        .apply_plan(&caller, ApplyForm { typed: "3".to_owned(), ..apply(&seen) })
        .await
        .unwrap_err();
    assert_eq!((problem.code, problem.field()), (ProblemCode::WrongCount, Some("typed")));
}

#[tokio::test]
async fn a_new_person_is_planned_with_all_their_roles_in_one_form() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let sites: Vec<_> =
        house.world().sites().into_iter().filter(|site| site.status == "Active").take(2).collect();
    let place = |at: usize, role: &str| PlaceForm {
        site: sites[at].id.clone(),
        role: role.to_owned(),
        sign_in: String::new(),
    };
    let form = NewPersonForm {
        user_name: "ada.new@example.com".to_owned(),
        language: "EN_US".to_owned(),
        places: vec![place(0, "Viewer"), place(1, "Creator"), PlaceForm::default()],
        ..NewPersonForm::default()
    };
    let plan = house.operations.plan_new_person(&caller, form).await.unwrap();
    let sheet = sheet(&house, &caller, plan).await;
    assert_eq!((sheet.plan.counts.create, sheet.plan.counts.all()), (3, 3));
    // One person takes one seat, at the highest role.
    assert_eq!((sheet.plan.seats.creators, sheet.plan.seats.viewers), (1, 0));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_explained() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let cases: [(&[u8], ProblemCode); 4] = [
        (b"", ProblemCode::FileMissing),
        (b"\n\n", ProblemCode::FileEmpty),
        (b"\x1f\x8b\x08\x00broken", ProblemCode::FileUnreadable),
        (b"a@x.org\0", ProblemCode::FileUnreadable),
    ];
    for (bytes, code) in cases {
        let upload = Upload { bytes: bytes.to_vec(), ..file("") };
        let problem = house.operations.plan_upload(&caller, upload).await.unwrap_err();
        assert_eq!(problem.code, code, "{bytes:?}");
    }
    assert!(!you(&house, &caller).await.is_empty());
}
