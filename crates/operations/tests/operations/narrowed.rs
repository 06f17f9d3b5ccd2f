//! What a grant allows holds at every moment: across plans, and for plans that were made while it allowed more.

use std::collections::BTreeSet;

use model::{
    ProblemCode,
    delegation::{Conditions, Delegation, Limits, Mark, Rule, Template},
    plan::Verdict,
    runs::{RowState, RunState},
};

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
    let mut done = 0;
    let mut refused = Vec::new();
    for plan in plans {
        let over = until(house, &dana, plan, RunState::Over).await;
        done += over.run.counts.done;
        refused.extend(over.rows.rows.into_iter().filter(|row| row.state == RowState::Refused));
    }
    let codes: Vec<_> = refused.iter().map(|row| row.code.clone()).collect();
    assert_eq!((done, refused.len()), (60, 40), "{codes:?}");
    assert!(refused.iter().all(|row| row.code.as_deref() == Some("rule.too-many-this-hour")), "{refused:?}");
    let raised = names.iter().filter(|name| help.role_of(name) == "Explorer").count();
    assert_eq!(raised, 60, "no more were sent than an hour allows");
    worker.stop().await;
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
