//! Grants that count at some hours and from some networks alone, and those that want a ticket.

use std::collections::BTreeSet;

use model::{
    ProblemCode,
    delegation::{Conditions, Day, Delegation, Hours, Rule, Template, TicketPattern},
    runs::RunState,
};
use operations::{ApplyForm, GrantForm};

use crate::{
    helpers::HelpDesk,
    house::now,
    plans::{apply, role, sheet},
    runs::{Worker, until},
};

/// Every day but today and its neighbours, so that no clock anywhere is within.
fn other_days() -> Option<Hours> {
    let today = usize::from(time::OffsetDateTime::now_utc().weekday().number_days_from_monday());
    let days = BTreeSet::from([Day::ALL[(today + 3) % 7]]);
    Some(Hours { days, from: 0, until: 0, zone: "Europe/Berlin".to_owned() })
}

fn only(grant: &Delegation, conditions: Conditions) -> Delegation {
    Delegation { conditions, ..grant.clone() }
}

#[tokio::test]
async fn outside_its_hours_a_grant_opens_nothing_and_stops_what_was_not_sent() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let house = &help.desk.house;
    let names = help.people(1);
    let always = Some(Hours { days: Day::ALL.into(), from: 0, until: 0, zone: "Asia/Kathmandu".to_owned() });
    help.give(&only(&grant, Conditions { hours: always, ..Conditions::default() })).await;
    let dana = help.dana().await;
    let form = || role(&names[0], help.desk.site, "Explorer");
    let plan = house.operations.plan_many(&dana, form()).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    house.operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    help.give(&only(&grant, Conditions { hours: other_days(), ..Conditions::default() })).await;
    let dana = help.dana().await;
    let refused = house.operations.plan_many(&dana, form()).await.unwrap_err();
    let rule = Rule::OutsideHours;
    assert_eq!((refused.code, refused.about.clone()), (ProblemCode::RefusedByRule, Some(rule.word())));
    assert_eq!(refused.explain().meaning, rule.words());
    assert_eq!(house.operations.sites_to_choose(&dana).await.unwrap_err().about, Some(rule.word()));
    // Her page of grants still tells when it counts.
    let own = house.operations.grants(&dana).await.unwrap();
    assert!(own[0].cannot.iter().any(|said| said.contains("Europe/Berlin")), "{:?}", own[0].cannot);
    assert_eq!(own[0].held.standing.words(), "outside its hours");
    let worker = Worker::start(&house.in_a_hurry());
    let over = until(house, &help.desk.caller, plan, RunState::Over).await;
    assert_eq!(over.rows.rows[0].code.as_deref(), Some(&*rule.code()));
    assert_eq!(help.role_of(&names[0]), "Viewer");
    worker.stop().await;
}

#[tokio::test]
async fn a_grant_for_a_network_counts_from_there_and_a_run_from_where_it_was_handed_in() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let house = &help.desk.house;
    let names = help.people(1);
    let networks = BTreeSet::from(["10.0.0.0/8".parse().unwrap()]);
    help.give(&only(&grant, Conditions { networks, ..Conditions::default() })).await;
    let form = || role(&names[0], help.desk.site, "Explorer");
    for elsewhere in [None, Some("192.0.2.7"), Some("::1")] {
        let dana = help.dana_at(elsewhere).await;
        let refused = house.operations.plan_many(&dana, form()).await.unwrap_err();
        assert_eq!(refused.about, Some(Rule::OtherNetwork.word()), "{elsewhere:?}");
    }
    let dana = help.dana_at(Some("::ffff:10.1.2.3")).await;
    let plan = house.operations.plan_many(&dana, form()).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    house.operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    let worker = Worker::start(&house.in_a_hurry());
    let over = until(house, &help.desk.caller, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 1, "{:?}", over.rows.rows);
    assert_eq!(help.role_of(&names[0]), "Explorer");
    worker.stop().await;
}

#[tokio::test]
async fn a_grant_that_wants_a_ticket_wants_it_in_the_reason() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let house = &help.desk.house;
    let names = help.people(1);
    let ticket_like = TicketPattern::parse("INC#");
    help.give(&only(&grant, Conditions { ticket: ticket_like, ..Conditions::default() })).await;
    let dana = help.dana().await;
    let plan = house.operations.plan_many(&dana, role(&names[0], help.desk.site, "Explorer")).await.unwrap();
    let seen = sheet(house, &dana, plan).await;
    assert!(seen.wants_reason);
    let because = |reason: &str| ApplyForm { reason: reason.to_owned(), ..apply(&seen) };
    let refused = house.operations.apply_plan(&dana, because(" ")).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::ReasonMissing);
    let refused = house.operations.apply_plan(&dana, because("She asked")).await.unwrap_err();
    assert_eq!(refused.about, Some(Rule::TicketNeeded.word()));
    house.operations.apply_plan(&dana, because("She asked in inc12")).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_as_hours_networks_or_a_ticket_is_said_field_by_field() {
    let help = HelpDesk::open().await;
    let operations = &help.desk.house.operations;
    let form = GrantForm {
        account: help.dana.id.to_string(),
        name: "Desk".to_owned(),
        verbs: vec!["see-people".to_owned()],
        sites_mode: "all".to_owned(),
        people_mode: "everybody".to_owned(),
        managed_mode: "all".to_owned(),
        ceiling: "Viewer".to_owned(),
        until: now().plus_seconds(86_400 * 2).machine()[..10].to_owned(),
        ..GrantForm::default()
    };
    let draft = async |form: GrantForm| operations.draft_grant(&help.desk.caller, &form).await;
    assert_eq!(draft(form.clone()).await.unwrap().held.delegation.conditions, Conditions::default());
    let workdays = || vec!["monday".to_owned(), "friday".to_owned()];
    let hours = |from: &str, until: &str| GrantForm {
        days: workdays(),
        hours_from: from.to_owned(),
        hours_until: until.to_owned(),
        ..form.clone()
    };
    let networks = |text: &str| GrantForm { networks: text.to_owned(), ..form.clone() };
    for (wrong, field) in [
        (GrantForm { days: workdays(), ..form.clone() }, "hours_from"),
        (hours("08:00", ""), "hours_until"),
        (hours("8", "18:00"), "hours_from"),
        (hours("08:00", "24:00"), "hours_until"),
        (GrantForm { days: Vec::new(), ..hours("08:00", "18:00") }, "days"),
        (GrantForm { days: vec!["someday".to_owned()], ..hours("08:00", "18:00") }, "days"),
        (GrantForm { zone: "Europe/Atlantis".to_owned(), ..hours("08:00", "18:00") }, "zone"),
        (networks("10.0.0.0/33"), "networks"),
        (networks("10.0.0.0/8\noffice"), "networks"),
        (GrantForm { ticket: "INC".to_owned(), ..form.clone() }, "ticket"),
    ] {
        let problem = draft(wrong).await.unwrap_err();
        assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some(field)));
        let general = model::explain::explain(ProblemCode::FieldWrong);
        assert_ne!(problem.explain().meaning, general.meaning, "{field} has words of its own");
    }
    let told = draft(GrantForm {
        zone: " Europe/Berlin ".to_owned(),
        ticket: "INC#".to_owned(),
        networks: "10.1.2.3/8, 2001:db8::1".to_owned(),
        ..hours("22:00", "06:00")
    });
    let told = told.await.unwrap();
    let kept = &told.held.delegation.conditions;
    let networks: Vec<String> = kept.networks.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["10.0.0.0/8", "2001:db8::1/128"]);
    for said in ["Monday and Friday, 22:00 to 06:00 on the day after, Europe/Berlin", "10.0.0.0/8", "INC#"] {
        assert!(told.cannot.iter().any(|line| line.contains(said)), "{said}: {:?}", told.cannot);
    }
}
