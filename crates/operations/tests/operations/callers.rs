//! Callers: administrators with a token of their own, and members without one.

use model::{ActId, Freshness, Grant, PlanId, ProblemCode, act::Turn, audit::ActState, runs::RunsQuery};
use operations::{Caller, Reality, Who};
use uuid::Uuid;

use crate::house::{House, form, ticket};

fn everything() -> Vec<Grant> {
    vec![Grant::Administrator]
}

#[tokio::test]
async fn a_member_without_grants_is_refused_and_the_log_names_their_account() {
    let house = House::start(Reality::Pretend).await;
    let member = house.member(Vec::new(), Vec::new()).await;
    let site = house.site("Active");
    let refused = house.operations.suspend_site(&member, form(&site)).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::NotAllowed);
    assert_eq!(house.sent_changes(), 0);
    let entry = house.log(&member).await.swap_remove(0);
    assert_eq!((entry.state, entry.who_id), (ActState::Denied, member.account.id.to_string()));
}

#[tokio::test]
async fn without_a_deposit_nothing_opens_tableau_for_a_member() {
    let house = House::start(Reality::Pretend).await;
    let member = house.member(everything(), Vec::new()).await;
    let before = house.world().requests().len();
    let site = house.site("Active");
    let id = model::SiteId::parse(&site.id).unwrap();
    let problems = [
        house.operations.tenant(&member, Freshness::Now).await.map(drop),
        house.operations.site_connections(&member).await.map(drop),
        house.operations.connection(&member).await.map(drop),
    ];
    for problem in problems {
        assert_eq!(problem.unwrap_err().code, ProblemCode::NothingDeposited);
    }
    // A site that is in no grant looks like one that is not there.
    let hidden = house.operations.suspend_site(&member, form(&site)).await.map(drop);
    assert_eq!(hidden.unwrap_err().code, ProblemCode::SiteNotFound);
    let hidden = house.operations.new_group_sheet(&member, &id).await.map(drop);
    assert_eq!(hidden.unwrap_err().code, ProblemCode::SiteNotFound);
    assert_eq!(house.world().requests().len(), before);
    // What Steward itself knows is theirs to see, and their own runs are found by their account.
    let mine = RunsQuery { whose: "mine".to_owned(), ..RunsQuery::default() };
    assert!(house.operations.list_runs(&member, &mine).await.unwrap().rows.is_empty());
    assert!(house.operations.frame(&member).await.session_ends.is_none());
}

#[tokio::test]
async fn a_member_signs_out_without_a_token_to_erase() {
    let house = House::start(Reality::Pretend).await;
    let member = house.member(Vec::new(), Vec::new()).await;
    house.operations.sign_out(&member).await.unwrap();
    assert_eq!(house.log(&member).await[0].verb, "sign-out");
}

#[tokio::test]
async fn both_kinds_of_callers_survive_being_written_down() {
    let house = House::start(Reality::Pretend).await;
    let administrator = house.administrator().await;
    let user = administrator.user().unwrap();
    let member = house.member(everything(), vec![user]).await;
    for caller in [administrator, member] {
        let kept = serde_json::to_string(&caller.account).unwrap();
        let account: operations::Account = serde_json::from_str(&kept).unwrap();
        assert_eq!(account, caller.account);
        assert_eq!(account.identities(), [user]);
        let again = Caller::of(account, "req".to_owned(), caller.now);
        let is_member = matches!(again.account.who, Who::Member { .. });
        assert_eq!(
            again.grants.is_empty(),
            is_member,
            "what a member was given is not part of their sign-in"
        );
    }
}

#[tokio::test]
async fn only_a_proof_of_the_last_five_minutes_is_fresh() {
    let house = House::start(Reality::Pretend).await;
    let mut caller = house.administrator().await;
    for (ago, fresh) in [(0, true), (299, true), (301, false), (-1, false), (-299, false)] {
        caller.account.proved = caller.now.plus_seconds(-ago);
        let said = caller.must_be_fresh().map_err(|problem| problem.code);
        assert_eq!(said, if fresh { Ok(()) } else { Err(ProblemCode::StepUpNeeded) }, "{ago} seconds ago");
    }
}

#[tokio::test]
async fn a_member_cannot_lend_a_run_what_they_do_not_have() {
    let house = House::start(Reality::Pretend).await;
    let member = house.member(Vec::new(), Vec::new()).await;
    let run = PlanId::from(Uuid::now_v7());
    let ticket: ActId = ticket();
    let refused = house.operations.steer_run(&member, &run, Turn::Resume, ticket).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::NotAllowed);
}
