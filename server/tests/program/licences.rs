//! Seats over time: counted by itself with the token of whoever is signed in, counted when asked for, and honest gaps.

use model::{
    Moment, ProblemCode,
    audit::ActState,
    licences::{
        Seats,
        history::{CountOf, DAY_SECONDS, Missed, SeatCount, TURN_SECONDS},
    },
};
use operations::{Operations, Reality, Table, Wire, WireSettings};
use simulator::Fault;
use store::CountRound;
use time::OffsetDateTime;

use crate::house::House;

const PAGE: &str = "/licences";
const SETTINGS: &str = "/licences/settings";

fn now() -> Moment {
    Moment::from(OffsetDateTime::now_utc())
}

fn fresh_ticket() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl House {
    /// What the simulator counts in the whole tenant.
    fn true_seats(&self) -> Seats {
        let used = self.world().tenant_licences();
        Seats {
            creators: used.creators.into(),
            explorers: used.explorers.into(),
            viewers: used.viewers.into(),
            unlicensed: used.unlicensed.into(),
        }
    }

    async fn counted(&self) -> Vec<Seats> {
        let counts = self.store.seat_counts(self.tenant(), CountOf::Tenant, Moment::from_seconds(0)).await;
        counts.unwrap().into_iter().map(|count| count.seats).collect()
    }

    async fn missed(&self, at: Moment) -> Option<Missed> {
        self.store.seat_turn(self.tenant(), at).await.unwrap().unwrap().missed
    }

    /// Counts of so many days that end yesterday, one a day, each with one viewer more.
    pub async fn past_of(&self, days: i64, viewers: u64) {
        let round = |back: i64| CountRound {
            at: now().plus_seconds(-back * DAY_SECONDS),
            by: "Ada".to_owned(),
            counts: vec![SeatCount {
                of: CountOf::Tenant,
                seats: Seats { viewers: viewers - back as u64, ..Seats::default() },
            }],
            sites: Vec::new(),
        };
        let past: Vec<CountRound> = (1..=days).rev().map(round).collect();
        self.store.keep_past_seats(self.tenant(), &past).await.unwrap();
    }
}

#[tokio::test]
async fn seats_are_counted_once_in_six_hours_with_the_token_of_whoever_is_signed_in() {
    let house = House::start().await;
    let tenant = house.tenant();
    house.sign_in().await;
    house.web.operations.count_when_due(tenant, now()).await;
    assert_eq!(house.counted().await, [house.true_seats()]);
    let sites = house.store.last_seats(tenant).await.unwrap().unwrap().1.len();
    assert_eq!(sites, house.world().sites().len() + 1, "the tenant and each site");
    let asked = house.asked("GET", "/aggregates/licenses");
    house.web.operations.count_when_due(tenant, now()).await;
    assert_eq!(house.asked("GET", "/aggregates/licenses"), asked, "this turn has its count");
    house.web.operations.count_when_due(tenant, now().plus_seconds(TURN_SECONDS)).await;
    assert_eq!(house.counted().await.len(), 2);
}

#[tokio::test]
async fn two_replicas_at_once_count_once() {
    let house = House::start().await;
    house.sign_in().await;
    let wire = WireSettings {
        base: house.simulator.details().tcm_url.clone(),
        deadline: std::time::Duration::from_secs(15),
        table: Table::default(),
        product: "Steward/other".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    };
    let other = Operations::new(house.store.clone(), Wire::new(wire).unwrap(), Reality::Pretend);
    let (tenant, at) = (house.tenant(), now());
    futures::join!(
        house.web.operations.count_when_due(tenant, at),
        other.count_when_due(tenant, at),
        house.web.operations.count_when_due(tenant, at),
    );
    assert_eq!(house.counted().await.len(), 1);
}

#[tokio::test]
async fn with_nobody_signed_in_nothing_is_counted_and_the_page_says_why() {
    let house = House::start().await;
    let tenant = house.tenant();
    let visitor = house.sign_in().await;
    let first = now().plus_seconds(-3 * TURN_SECONDS);
    house.web.operations.count_when_due(tenant, first).await;
    visitor.post("/", "/logout", &[]).await;
    for turns in [2, 1] {
        let at = now().plus_seconds(-turns * TURN_SECONDS);
        house.web.operations.count_when_due(tenant, at).await;
        assert_eq!(house.missed(at).await, Some(Missed::NobodySignedIn));
    }
    assert_eq!(house.counted().await.len(), 1);
    let visitor = house.sign_in().await;
    let page = visitor.get(PAGE).await;
    assert!(page.says("Times without a count"), "{}", page.words());
    assert!(page.says("No administrator was signed in, so there was no token to ask Tableau with."));
    // As soon as somebody is there, the turn is made good.
    house.web.operations.count_when_due(tenant, now()).await;
    assert_eq!(house.missed(now()).await, None);
}

#[tokio::test]
async fn a_count_of_which_a_part_does_not_come_is_none() {
    let house = House::start().await;
    let tenant = house.tenant();
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(500).on("GET", "/aggregates/sites"));
    house.web.operations.count_when_due(tenant, now()).await;
    assert!(house.counted().await.is_empty());
    assert_eq!(house.missed(now()).await, Some(Missed::Problem(ProblemCode::VendorDown)));
    let asked = house.asked("GET", "/aggregates/licenses");
    house.web.operations.count_when_due(tenant, now().plus_seconds(60)).await;
    assert_eq!(house.asked("GET", "/aggregates/licenses"), asked, "Tableau is left alone for a while");
    visitor.submit(PAGE, "/api/licences/count", &[("days", "90")]).await.explains(ProblemCode::VendorDown);
    assert!(visitor.get(PAGE).await.says("Tableau has a failure of its own"));
    house.world().clear_faults();
    house.web.operations.count_when_due(tenant, now().plus_seconds(400)).await;
    assert_eq!(house.counted().await.len(), 1);
}

#[tokio::test]
async fn whoever_asks_gets_a_count_and_a_double_press_counts_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    assert!(visitor.get(PAGE).await.says("Nothing is counted yet"));
    let sent = visitor.submit(PAGE, "/api/licences/count", &[("days", "30")]).await;
    assert!(sent.post.location().starts_with("/licences?days=30&notice="), "{}", sent.post.location());
    visitor.submit(PAGE, "/api/licences/count", &[("days", "30")]).await;
    assert_eq!(house.counted().await.len(), 1);
    let page = visitor.get(PAGE).await;
    assert!(page.body.contains("<svg") && !page.body.contains("style=\""), "{}", page.words());
    let viewers = house.true_seats().viewers;
    assert!(page.body.contains("Viewer from") && page.body.contains(&format!("{viewers} at last")));
}

#[tokio::test]
async fn the_page_stands_when_tableau_does_not_answer() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.submit(PAGE, "/api/licences/count", &[]).await;
    house.world().inject(Fault::status(500));
    let page = visitor.get(PAGE).await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.words());
    assert!(page.says("What lies ahead"));
}

#[tokio::test]
async fn the_file_has_every_count_and_no_formula() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.submit(PAGE, "/api/licences/count", &[]).await;
    let mut evil = house.store.seat_sites(house.tenant()).await.unwrap();
    evil.truncate(1);
    evil[0].name = "=HYPERLINK(\"http://evil.example\")".to_owned();
    let counts = vec![SeatCount { of: CountOf::Site(evil[0].site), seats: Seats::default() }];
    let fence = house.store.lease_seats(house.tenant(), uuid::Uuid::now_v7(), 60).await.unwrap().unwrap();
    let round = CountRound { at: now(), by: String::new(), counts, sites: evil };
    house.store.save_seats(house.tenant(), fence, &round).await.unwrap();
    let file = visitor.get("/licences/export?days=30").await;
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"licences-30-days-"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Time,Of,Site id,Creator,Explorer,Viewer,Unlicensed");
    assert_eq!(lines.len(), 1 + 1 + house.world().sites().len() + 1);
    assert!(file.body.contains("\"'=HYPERLINK"), "{}", file.body);
    let one = visitor.get("/licences/export?days=30&of=tenant").await;
    assert_eq!(one.body.lines().count(), 2);
    visitor.get("/licences/export?days=31").await.explains(ProblemCode::MalformedQuery);
    visitor.get("/licences/export?of=x").await.explains(ProblemCode::MalformedId);
}

#[tokio::test]
async fn purchased_seats_are_an_act_with_before_and_after_and_nothing_goes_to_tableau() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    // The frame of the first page asks for what every page shows.
    visitor.get(SETTINGS).await;
    let requests = asked(&house);
    let fields = |ticket: &str, creators: &str| {
        [("ticket", ticket.to_owned()), ("creators", creators.to_owned()), ("viewers", "1,200".to_owned())]
    };
    let send = async |creators: &str| {
        let ticket = visitor.get(SETTINGS).await.field("ticket");
        let fields = fields(&ticket, creators);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.submit(SETTINGS, "/api/licences/purchased", &fields).await
    };
    send("240").await.leads_to("/licences/settings?notice=purchased-set");
    for bad in ["-1", "2.5", "many", "10000001", "99999999999999999999999", "+5", "٣"] {
        send(bad).await.explains(ProblemCode::SeatsWrong);
    }
    let page = visitor.get(SETTINGS).await;
    assert!(page.body.contains("value=\"240\"") && page.body.contains("value=\"1200\""), "{}", page.words());
    let acts = house.audit().await;
    let acts: Vec<_> = acts.iter().filter(|act| act.verb == "licences.purchased").collect();
    assert_eq!(acts.len(), 1, "a mistake in typing is no act");
    assert_eq!(acts[0].state, ActState::Done);
    assert_eq!(acts[0].after.as_deref(), Some("240 Creator, no word on Explorer, 1200 Viewer"));
    assert_eq!(asked(&house), requests);
}

/// Requests to Tableau, but for those about tokens, whose ends stand on every page.
fn asked(house: &House) -> usize {
    house.world().requests().iter().filter(|it| !it.path.ends_with("/pat")).count()
}

#[tokio::test]
async fn a_threshold_that_is_passed_is_a_banner_here_and_on_the_overview() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.submit(PAGE, "/api/licences/count", &[]).await;
    assert!(!visitor.get("/").await.says("A limit is near"));
    let used = house.true_seats().explorers;
    let bought = (used * 100 / 85).to_string();
    let ticket = visitor.get(SETTINGS).await.field("ticket");
    let fields = [("ticket", ticket.as_str()), ("explorers", bought.as_str())];
    visitor.submit(SETTINGS, "/api/licences/purchased", &fields).await;
    for page in [PAGE, "/"] {
        let page = visitor.get(page).await;
        assert!(page.says(&format!("Explorer in the tenant: {used} of {bought}")), "{}", page.words());
    }
    let ticket = fresh_ticket();
    let fields = [("ticket", ticket.as_str()), ("thresholds", "99")];
    visitor.submit(SETTINGS, "/api/licences/thresholds", &fields).await;
    assert!(!visitor.get(PAGE).await.says("Explorer in the tenant"));
    let ticket = fresh_ticket();
    let bad = [("ticket", ticket.as_str()), ("thresholds", "0, 300")];
    let sent = visitor.submit(SETTINGS, "/api/licences/thresholds", &bad).await;
    sent.explains(ProblemCode::ThresholdsWrong);
}

#[tokio::test]
async fn a_forecast_names_a_day_only_when_there_is_enough_to_go_by() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.past_of(10, 1_000).await;
    let ticket = fresh_ticket();
    let fields = [("ticket", ticket.as_str()), ("viewers", "1100")];
    visitor.submit(SETTINGS, "/api/licences/purchased", &fields).await;
    assert!(visitor.get(PAGE).await.says("Too early to say"));
    house.past_of(60, 1_000).await;
    let page = visitor.get(PAGE).await;
    // One a day, and about a hundred are left.
    let day = now().plus_seconds(100 * DAY_SECONDS).day();
    assert!(page.says(&format!("About {day}")), "{day}: {}", page.words());
    assert!(page.says("it grows evenly"), "{}", page.words());
}

#[tokio::test]
async fn a_span_and_a_site_that_cannot_be_are_explained() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.get("/licences?days=31").await.explains(ProblemCode::MalformedQuery);
    visitor.get("/licences?days=x").await.explains(ProblemCode::MalformedQuery);
    visitor.get("/licences?site=x").await.explains(ProblemCode::MalformedId);
    let nobody = format!("/licences?site={}", uuid::Uuid::now_v7());
    visitor.get(&nobody).await.explains(ProblemCode::SiteNotFound);
}
