//! What a grant allows holds at every moment: across plans, and for plans that were made while it allowed more.

use std::collections::BTreeSet;

use model::{
    ProblemCode,
    delegation::{Conditions, Delegation, Limits, Mark, MarkReason, Rule, Template},
    plan::Verdict,
    runs::{RowState, RunState},
};

use operations::{Applied, ApplyForm, Caller};

use crate::{
    helpers::HelpDesk,
    plans::{apply, role, sheet, steps},
    runs::{Worker, until},
};

fn limited(grant: &Delegation, limits: Limits) -> Delegation {
    Delegation { limits, ..grant.clone() }
}

#[tokio::test]
async fn what_an_hour_allows_holds_for_plans_that_were_made_before_either_was_sent() {
    let help = HelpDesk::open().await;
    let limits = Limits { rows_in_hour: Some(60), ..Limits::default() };
    help.give(&limited(&help.grant(Template::LicenceDesk), limits)).await;
    let names = help.people(100);
    help.make_room(500);
    let (house, dana) = (&help.desk.house, help.dana().await);
    let operations = &house.operations;
    let mut plans = Vec::new();
    for part in [&names[..40], &names[40..]] {
        let form = role(&part.join("\n"), help.desk.site, "Explorer");
        plans.push(operations.plan_many(&dana, form).await.unwrap());
    }
    for plan in &plans {
        operations.apply_plan(&dana, apply(&sheet(house, &dana, *plan).await)).await.unwrap();
    }
    let worker = Worker::start(&house.in_a_hurry());
    let (mut done, mut refused) = (0, 0);
    for plan in plans {
        let over = until(house, &dana, plan, RunState::Over).await;
        let of = over.rows.rows.iter().filter(|row| row.state == RowState::Refused);
        assert!(of.into_iter().all(|row| row.code.as_deref() == Some("rule.too-many-this-hour")), "{over:?}");
        done += over.run.counts.done;
        refused += over.run.counts.refused;
    }
    // A row may have given way to one of the other run that Tableau then asked to wait; none is sent beyond the hour.
    assert!((40..=60).contains(&done), "{done} done, {refused} refused");
    assert_eq!(done + refused, 100, "{done} done");
    let raised = names.iter().filter(|name| help.role_of(name) == "Explorer").count();
    assert_eq!(raised as u64, done, "what counts was sent, and nothing else");
    worker.stop().await;
}

/// Somebody whose grant has more than 25 people approved.
async fn counted() -> HelpDesk {
    let help = HelpDesk::open().await;
    let marks = BTreeSet::from([Mark::ManyPeople]);
    help.give(&Delegation { marks, ..help.grant(Template::LicenceDesk) }).await;
    help
}

/// The form that applies a new plan for these people.
async fn planned(help: &HelpDesk, dana: &Caller, names: &[String], word: &str) -> ApplyForm {
    let form = role(&names.join("\n"), help.desk.site, word);
    let plan = help.desk.house.operations.plan_many(dana, form).await.unwrap();
    apply(&sheet(&help.desk.house, dana, plan).await)
}

#[tokio::test]
async fn many_small_plans_within_a_day_need_approval_like_one_large_one() {
    let help = counted().await;
    let names = help.people(27);
    let (house, dana) = (&help.desk.house, help.dana().await);
    let operations = &house.operations;
    let mut plans = Vec::new();
    for part in [&names[..20], &names[20..25]] {
        let form = planned(&help, &dana, part, "Explorer").await;
        plans.push(form.plan);
        assert_eq!(operations.apply_plan(&dana, form).await.unwrap(), Applied::Run);
    }
    let form = planned(&help, &dana, &names[25..26], "Explorer").await;
    let Applied::Asked(id) = operations.apply_plan(&dana, form).await.unwrap() else {
        panic!("the 26th person went without anybody's word");
    };
    assert_eq!(operations.approval(&dana, &id).await.unwrap().why, [MarkReason::ManyPeople]);
    // The same people once more are no more people.
    let worker = Worker::start(&house.in_a_hurry());
    for plan in plans {
        until(house, &dana, plan, RunState::Over).await;
    }
    assert!(names[..25].iter().all(|name| help.role_of(name) == "Explorer"));
    let form = planned(&help, &dana, &names[..3], "Viewer").await;
    let plan = form.plan;
    assert_eq!(operations.apply_plan(&dana, form).await.unwrap(), Applied::Run);
    until(house, &dana, plan, RunState::Over).await;
    // A day later they are forgotten.
    let (tenant, by) = (dana.tenant(), dana.account.author());
    let lately = async |since| house.store.people_lately(tenant, by, since).await.unwrap().names.len();
    assert_eq!(lately(dana.now.plus_seconds(-60)).await, 25);
    assert_eq!(lately(dana.now.plus_seconds(86_400)).await, 0);
    worker.stop().await;
}

#[tokio::test]
async fn plans_that_were_made_before_either_was_applied_do_not_pass_together() {
    let help = counted().await;
    let names = help.people(40);
    let (operations, dana) = (&help.desk.house.operations, help.dana().await);
    let first = planned(&help, &dana, &names[..20], "Explorer").await;
    let second = planned(&help, &dana, &names[20..], "Explorer").await;
    let (one, other) = futures::join!(
        operations.apply_plan(&dana, first.clone()),
        operations.apply_plan(&dana, second.clone())
    );
    let codes = [one, other].map(|applied| applied.map_err(|problem| problem.code));
    assert!(codes.contains(&Ok(Applied::Run)), "{codes:?}");
    assert!(codes.contains(&Err(ProblemCode::PermitsChanged)), "{codes:?}");
    let left = if codes[0].is_ok() { second.plan } else { first.plan };
    let anew = operations.plan_anew(&dana, &left).await.unwrap();
    let form = apply(&sheet(&help.desk.house, &dana, anew).await);
    assert!(matches!(operations.apply_plan(&dana, form).await, Ok(Applied::Asked(_))));
}

#[tokio::test]
async fn a_plan_is_held_against_what_the_grant_allows_when_it_is_applied() {
    let (help, grant) = HelpDesk::with(Template::LicenceDesk).await;
    let names = help.people(30);
    let (house, site) = (&help.desk.house, help.desk.site);
    let operations = &house.operations;
    let plan =
        operations.plan_many(&help.dana().await, role(&names.join("\n"), site, "Explorer")).await.unwrap();
    let seen = sheet(house, &help.dana().await, plan).await;
    let fewer = Limits { rows_in_plan: Some(5), ..Limits::default() };
    let reason = Conditions { reason: true, ..Conditions::default() };
    let proof = Conditions { step_up: true, ..Conditions::default() };
    let many = BTreeSet::from([Mark::ManyPeople]);
    let narrowed = [
        (Delegation { limits: fewer, ..grant.clone() }, ProblemCode::RefusedByRule, Some("too-many-rows")),
        (Delegation { marks: many, ..grant.clone() }, ProblemCode::PermitsChanged, None),
        (Delegation { conditions: reason, ..grant.clone() }, ProblemCode::ReasonMissing, None),
        (Delegation { conditions: proof, ..grant.clone() }, ProblemCode::StepUpNeeded, None),
    ];
    for (narrowed, code, about) in narrowed {
        help.give(&narrowed).await;
        let mut dana = help.dana().await;
        dana.account.proved = dana.now.plus_seconds(-600);
        let form = operations::ApplyForm { reason: String::new(), ..apply(&seen) };
        let problem = operations.apply_plan(&dana, form).await.unwrap_err();
        assert_eq!((problem.code, problem.about.as_deref()), (code, about));
    }
    // As it was: the plan goes.
    help.give(&grant).await;
    operations.apply_plan(&help.dana().await, apply(&seen)).await.unwrap();
}

#[tokio::test]
async fn a_desk_for_leavers_takes_licences_and_raises_nobody() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let site = help.desk.site;
    assert!(help.desk.house.world().set_role(&names[0], &site.to_string(), Some("Explorer")));
    let dana = help.dana().await;
    let row = async |word: &str| {
        let plan = help.desk.house.operations.plan_many(&dana, role(&names[0], site, word)).await.unwrap();
        steps(&help.desk.house, &dana, plan).await.remove(0)
    };
    let raised = row("ExplorerCanPublish").await;
    assert_eq!(raised.verdict, Verdict::Refused);
    assert!(raised.note.starts_with(Rule::AboveCeiling.words()), "{}", raised.note);
    assert_eq!(row("Unlicensed").await.verdict, Verdict::Change);
}
