//! What voids a request, what leaves it open, and two who approve at once.

use model::{
    Notice, Permission, ProblemCode,
    accounts::Standing,
    audit::ActState,
    delegation::{ApprovalState, Template},
};
use operations::Caller;
use simulator::{Fault, FaultKind};

use super::{decide, desk, of_everybody};
use crate::{helpers::HelpDesk, house::now};

async fn is_void(help: &HelpDesk, approval: &model::delegation::Approval) {
    assert_eq!(help.approves(approval).await, Err(ProblemCode::ApprovalDrifted));
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Void);
    assert_eq!(help.desk.house.world().applied("site.suspend"), 0);
    let said = help.entries("approval.approve").await.swap_remove(0);
    assert_eq!((said.state, said.code.as_deref()), (ActState::Failed, Some("approval-drifted")));
    assert_eq!(help.approves(approval).await, Err(ProblemCode::ApprovalClosed));
}

#[tokio::test]
async fn a_site_in_another_state_voids_the_request() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    assert!(help.desk.house.world().set_site_status(&help.desk.site.to_string(), "Suspended"));
    is_void(&help, &approval).await;
    assert!(help.entries("site.suspend").await.is_empty(), "it was never begun");
}

#[tokio::test]
async fn a_site_under_another_name_voids_the_request() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    assert!(help.desk.house.world().set_site_name(&help.desk.site.to_string(), "Something else"));
    is_void(&help, &approval).await;
    assert_eq!(help.status(), "Active");
}

#[tokio::test]
async fn after_a_day_nobody_approves_it_any_more() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    let late = now().plus_seconds(25 * 60 * 60);
    let caller = Caller { now: late, ..help.desk.caller.clone() };
    let operations = &help.desk.house.operations;
    let problem = operations.decide_approval(&caller, decide(&approval, true)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::ApprovalClosed);
    let told = operations.approvals(&caller).await.unwrap().seen.swap_remove(0);
    assert_eq!(told.state_at(late), ApprovalState::Void);
    assert_eq!(help.status(), "Active");
}

#[tokio::test]
async fn of_two_who_approve_at_once_one_counts_and_it_is_sent_once() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    let strong = of_everybody(&help, Template::Viewer, &[Permission::Approve, Permission::SuspendSite]);
    let mia = help.mia(&strong).await;
    let operations = &help.desk.house.operations;
    let one = operations.decide_approval(&help.desk.caller, decide(&approval, true));
    let other = operations.decide_approval(&mia, decide(&approval, true));
    let (one, other) = tokio::join!(one, other);
    let both = [one, other];
    assert_eq!(both.iter().filter(|decided| decided.is_ok()).count(), 1, "{both:?}");
    let lost = both.into_iter().find_map(Result::err).unwrap();
    let told = [ProblemCode::ApprovalClosed, ProblemCode::ChangeUnderWay];
    assert!(told.contains(&lost.code), "{lost:?}");
    assert_eq!(help.desk.house.world().applied("site.suspend"), 1);
    assert_eq!(help.entries("site.suspend").await.len(), 1);
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Approved);
}

#[tokio::test]
async fn a_grant_taken_back_meanwhile_voids_the_request_and_the_log_names_the_rule() {
    let (help, grant) = desk(&[]).await;
    let approval = help.asks().await;
    let tenant = help.desk.caller.tenant();
    assert!(help.desk.house.store.revoke_grant(tenant, grant.id, now()).await.unwrap());
    is_void(&help, &approval).await;
    assert_eq!(help.status(), "Active");
    let denied = help.entries("site.suspend").await;
    assert_eq!(denied.len(), 1);
    assert_eq!((denied[0].who.as_str(), denied[0].state), ("Dana", ActState::Denied));
    assert_eq!(denied[0].code.as_deref(), Some("rule.grant-revoked"));
}

#[tokio::test]
async fn a_site_that_left_the_grants_scope_voids_the_request() {
    let (help, grant) = desk(&[]).await;
    let approval = help.asks().await;
    let mut narrower = grant.clone();
    // Whoever shuts a site shuts out everybody on it: a grant for some people is not enough.
    narrower.scope.people = help.grant(Template::Viewer).scope.people;
    let tenant = help.desk.caller.tenant();
    assert!(help.desk.house.store.revoke_grant(tenant, grant.id, now()).await.unwrap());
    narrower.id = uuid::Uuid::now_v7().into();
    help.give(&narrower).await;
    is_void(&help, &approval).await;
}

#[tokio::test]
async fn a_suspended_account_has_nothing_carried_out_in_its_name() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    let (house, tenant) = (&help.desk.house, help.desk.caller.tenant());
    let (from, to) = (Standing::Active, Standing::Suspended);
    assert!(house.store.turn_member(tenant, help.dana.id, from, to).await.unwrap());
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalDrifted));
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Void);
    assert_eq!(help.status(), "Active");
}

#[tokio::test]
async fn a_bad_moment_of_tableau_voids_nothing() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    help.desk.house.world().inject(Fault::status(500).on("GET", "/sites"));
    let problem = help.approves(&approval).await.unwrap_err();
    assert!(problem.status() >= 500, "{problem:?}");
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Waiting);
    let said = help.entries("approval.approve").await.swap_remove(0);
    assert_eq!(said.state, ActState::Failed);
    help.desk.house.world().clear_faults();
    assert_eq!(help.approves(&approval).await, Ok(Notice::ActApproved));
    assert_eq!(help.status(), "Suspended");
}

#[tokio::test]
async fn what_tableau_made_of_an_approved_act_is_told_as_it_is_and_it_is_not_sent_again() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    help.desk.house.world().inject(Fault::new(FaultKind::Reset).on("DELETE", "/sites/").times(1));
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::FateUnknown));
    assert_eq!(help.entries("site.suspend").await.swap_remove(0).state, ActState::Unknown);
    assert_eq!(help.entries("approval.approve").await.swap_remove(0).state, ActState::Done);
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Approved);
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalClosed));
    assert_eq!(help.status(), "Active");
}
