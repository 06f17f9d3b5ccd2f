//! What waits for somebody else's word, and grants that are activated for a while.

use model::{
    Permission, ProblemCode,
    act::GrantTurn,
    audit::ActState,
    delegation::{Approval, ApprovalState, Delegation, MarkReason, Rule, Template},
    plan::Verdict,
    runs::RunState,
};
use operations::{Account, Applied, Caller, DecideForm, Who};
use simulator::Fault;
use store::{Joined, NewFactor, NewInvitation};

use crate::{
    helpers::HelpDesk,
    house::{now, ticket},
    plans::{apply, role, sheet, steps},
    runs::{Worker, until},
};

fn decide(approval: &Approval, approves: bool) -> DecideForm {
    DecideForm {
        approval: approval.id,
        hash: approval.hash.clone(),
        approves,
        answer: "Seen".to_owned(),
        ticket: ticket(),
    }
}

/// Dana asks to take somebody out of the tenant.
async fn asked(help: &HelpDesk, name: &str) -> (Caller, Approval) {
    let operations = &help.desk.house.operations;
    let dana = help.dana().await;
    let plan = operations.plan_delete(&dana, help.id_of(name)).await.unwrap();
    let seen = sheet(&help.desk.house, &dana, plan).await;
    let applied = operations.apply_plan(&dana, apply(&seen)).await.unwrap();
    let Applied::Asked(id) = applied else { panic!("it was sent without anybody's word") };
    let approval = operations.approval(&dana, &id).await.unwrap();
    assert_eq!(approval.why, [MarkReason::OutOfTenant]);
    (dana, approval)
}

#[tokio::test]
async fn a_removal_waits_for_somebody_else_and_then_goes_in_the_name_of_who_asked() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let operations = &help.desk.house.operations;
    let own = operations.decide_approval(&dana, decide(&approval, true)).await.unwrap_err();
    assert_eq!(own.code, ProblemCode::NotAllowed, "the template does not let its holder approve");
    assert!(help.desk.house.world().person(&names[0]).is_some());
    operations.decide_approval(&help.desk.caller, decide(&approval, true)).await.unwrap();
    let worker = Worker::start(&help.desk.house.in_a_hurry());
    let over = until(&help.desk.house, &dana, approval.plan().unwrap(), RunState::Over).await;
    assert_eq!(over.run.counts.done, 1, "{:?}", over.rows.rows);
    assert!(help.desk.house.world().person(&names[0]).is_none());
    let log = help.desk.house.log(&help.desk.caller).await;
    let entry = log.iter().find(|entry| entry.verb == "person.delete").unwrap();
    let via = entry.via.clone().unwrap();
    assert_eq!(entry.who, "Dana");
    assert!(via.starts_with("Leaver desk (") && via.contains(", approved by "), "{via}");
    let again = operations.decide_approval(&help.desk.caller, decide(&approval, true)).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::ApprovalClosed);
    worker.stop().await;
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_is_told_that_it_is_decided() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (_, approval) = asked(&help, &names[0]).await;
    let operations = &help.desk.house.operations;
    let one = operations.decide_approval(&help.desk.caller, decide(&approval, true));
    let other = operations.decide_approval(&help.desk.caller, decide(&approval, true));
    let (one, other) = tokio::join!(one, other);
    assert_eq!([&one, &other].iter().filter(|decided| decided.is_ok()).count(), 1, "{one:?} {other:?}");
}

#[tokio::test]
async fn drift_voids_a_request() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let site = help.desk.site.to_string();
    assert!(help.desk.house.world().set_role(&names[0], &site, Some("Explorer")));
    let operations = &help.desk.house.operations;
    let problem = operations.decide_approval(&help.desk.caller, decide(&approval, true)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::ApprovalDrifted);
    let now = operations.approval(&dana, &approval.id).await.unwrap();
    assert_eq!(now.state, ApprovalState::Void);
    assert!(help.desk.house.world().person(&names[0]).is_some());
}

#[tokio::test]
async fn a_plan_that_was_discarded_is_approved_by_nobody() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let operations = &help.desk.house.operations;
    operations.discard_plan(&dana, &approval.plan().unwrap()).await.unwrap();
    let problem = operations.decide_approval(&help.desk.caller, decide(&approval, true)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::ApprovalClosed);
    assert_eq!(operations.approval(&dana, &approval.id).await.unwrap().state, ApprovalState::Void);
    assert!(help.desk.house.world().person(&names[0]).is_some());
}

#[tokio::test]
async fn a_request_is_withdrawn_once_and_stands_in_the_log() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let operations = &help.desk.house.operations;
    let others = operations.withdraw_approval(&help.desk.caller, &approval.id, ticket()).await.unwrap_err();
    assert_eq!(others.code, ProblemCode::NotAllowed);
    operations.withdraw_approval(&dana, &approval.id, ticket()).await.unwrap();
    assert_eq!(operations.approval(&dana, &approval.id).await.unwrap().state, ApprovalState::Void);
    let again = operations.withdraw_approval(&dana, &approval.id, ticket()).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::ApprovalClosed);
    let late = operations.decide_approval(&help.desk.caller, decide(&approval, true)).await.unwrap_err();
    assert_eq!(late.code, ProblemCode::ApprovalClosed);
    let log = help.desk.house.log(&help.desk.caller).await;
    let withdrawn: Vec<_> = log.iter().filter(|entry| entry.verb == "approval.withdraw").collect();
    assert_eq!(withdrawn.len(), 1);
    assert_eq!((withdrawn[0].who.as_str(), withdrawn[0].state), ("Dana", ActState::Done));
    assert_eq!(withdrawn[0].object, approval.plan().unwrap().to_string());
}

#[tokio::test]
async fn nobody_approves_by_another_account_what_they_asked_for() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (_, approval) = asked(&help, &names[0]).await;
    let house = &help.desk.house;
    // Dana turns out to be the administrator, by the name that the administrator signs in to Tableau with.
    let user = help.desk.caller.user().unwrap();
    let name = house.world().person_by_id(&user.to_string()).unwrap().user_name;
    assert!(house.store.link_member(help.desk.caller.tenant(), help.dana.id, &[name]).await.unwrap());
    for approves in [true, false] {
        let own = house.operations.decide_approval(&help.desk.caller, decide(&approval, approves)).await;
        assert_eq!(own.unwrap_err().code, ProblemCode::ApprovalOwn);
    }
    assert!(house.world().person(&names[0]).is_some());
}

#[tokio::test]
async fn a_refusal_says_why_and_nothing_is_sent() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let operations = &help.desk.house.operations;
    let silent = DecideForm { answer: " ".to_owned(), ..decide(&approval, false) };
    let problem = operations.decide_approval(&help.desk.caller, silent).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::ReasonMissing);
    operations.decide_approval(&help.desk.caller, decide(&approval, false)).await.unwrap();
    let ended = operations.approval(&dana, &approval.id).await.unwrap();
    assert_eq!((ended.state, ended.answer.as_deref()), (ApprovalState::Refused, Some("Seen")));
    assert!(help.desk.house.world().person(&names[0]).is_some());
}

#[tokio::test]
async fn an_eligible_grant_opens_while_it_is_active_and_with_a_reason() {
    let help = HelpDesk::open().await;
    let grant = Delegation { eligible: true, ..help.grant(Template::LicenceDesk) };
    help.give(&grant).await;
    let names = help.people(1);
    let operations = &help.desk.house.operations;
    let dana = help.dana().await;
    let turn = async |turn, hours, reason: &str| {
        operations.turn_grant(&dana, &grant.id, turn, hours, reason, ticket()).await
    };
    let form = || role(&names[0], help.desk.site, "Explorer");
    let refused = operations.plan_many(&dana, form()).await.unwrap_err();
    assert_eq!(refused.about, Some(Rule::GrantNotActivated.word()), "{refused:?}");
    let silent = turn(GrantTurn::Activate, 1, "").await.unwrap_err();
    assert_eq!(silent.code, ProblemCode::ReasonMissing);
    let long = turn(GrantTurn::Activate, 5, "Ticket 7").await.unwrap_err();
    assert_eq!((long.code, long.about.as_deref()), (ProblemCode::FieldWrong, Some("hours")));
    turn(GrantTurn::Activate, 4, "Ticket 7").await.unwrap();
    let active = help.dana().await;
    let plan = operations.plan_many(&active, form()).await.unwrap();
    assert_eq!(steps(&help.desk.house, &active, plan).await[0].verdict, Verdict::Change);
    let seen = sheet(&help.desk.house, &active, plan).await;
    operations.apply_plan(&active, apply(&seen)).await.unwrap();
    // It lapses before anything was sent.
    turn(GrantTurn::Lapse, 0, "").await.unwrap();
    let worker = Worker::start(&help.desk.house.in_a_hurry());
    let over = until(&help.desk.house, &help.desk.caller, plan, RunState::Over).await;
    assert_eq!(over.rows.rows[0].code.as_deref(), Some(&*Rule::GrantNotActivated.code()));
    let later = help.signed_in(&help.dana, now().plus_seconds(5 * 60 * 60)).await;
    let refused = operations.plan_many(&later, form()).await.unwrap_err();
    assert_eq!(refused.about, Some(Rule::GrantNotActivated.word()), "{refused:?}");
    worker.stop().await;
}

/// Mia may approve what a leaver desk asks for.
async fn mia(help: &HelpDesk, verbs: &[Permission]) -> Caller {
    let (store, tenant) = (&help.desk.house.store, help.desk.caller.tenant());
    let invitation = NewInvitation {
        tenant,
        email: "mia@steward.example",
        by: "Olga",
        key: "another-key",
        until: now().plus_seconds(60),
        now: now(),
    };
    store.invite_member(invitation).await.unwrap().unwrap();
    let factor = NewFactor::App { secret: &"a-secret".into(), step: 0 };
    let joined = Joined { name: "Mia", password: "a-hash", factor, codes: &[] };
    let member = store.join_member("another-key", joined, now()).await.unwrap().unwrap();
    let who = Who::Member { linked: Vec::new(), names: Vec::new() };
    let account = Account { id: member.id, name: member.name, who, ..help.dana.clone() };
    let mut grant = help.grant(Template::LeaverDesk);
    grant.account = account.id.uuid();
    grant.verbs.extend(verbs.iter().copied());
    help.give(&grant).await;
    help.signed_in(&account, now()).await
}

#[tokio::test]
async fn an_inbox_asks_nobody_about_what_is_over_and_leaves_out_what_tableau_does_not_tell() {
    let (help, _) = HelpDesk::with(Template::LeaverDesk).await;
    let names = help.people(1);
    let (dana, approval) = asked(&help, &names[0]).await;
    let house = &help.desk.house;
    let mia = mia(&help, &[Permission::Approve]).await;
    let inbox = house.operations.approvals(&mia).await.unwrap();
    assert_eq!((inbox.seen.len(), inbox.left_out), (1, 0));
    house.world().inject(Fault::status(500));
    let inbox = house.operations.approvals(&mia).await.unwrap();
    assert_eq!((inbox.seen.len(), inbox.left_out), (0, 1), "it is left out, and told");
    house.world().clear_faults();
    house.operations.withdraw_approval(&dana, &approval.id, ticket()).await.unwrap();
    let asked = house.world().requests().len();
    let inbox = house.operations.approvals(&mia).await.unwrap();
    assert_eq!((inbox.seen.len(), inbox.left_out), (0, 0));
    assert_eq!(house.world().requests().len(), asked, "Tableau was asked about what is over");
}
