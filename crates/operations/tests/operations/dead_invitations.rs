//! A dead invitation that somebody tries stands in the audit log with its reason, and never with its key.

use model::{ProblemCode, accounts::DeadInvitation, audit::AuditRow};
use operations::{AccountForm, Fresh, JoinForm};

use crate::{
    device::Device,
    hall::{DANA, Hall, ORIGIN, code, fresh, join_form},
    house::{ask_until, now, ticket},
};

/// The refusals there are once there is one for this reason, that one first. They are written beside the answer, so that
/// tries at the same moment may write one more.
async fn refusals(hall: &Hall, reason: DeadInvitation) -> Vec<AuditRow> {
    let is_it = |row: &AuditRow| row.code.as_deref() == Some(reason.code());
    let log =
        ask_until("refused invitations", || hall.log("account.join-refuse"), |log| log.iter().any(is_it));
    let mut log = log.await;
    log.sort_by_key(|row| !is_it(row));
    log
}

async fn account_of(hall: &Hall, email: &str) -> model::AccountId {
    hall.house.store.proofs_by_address(email).await.unwrap().unwrap().member.id
}

/// Follows a link that does not count, by its page, its form and its passkey.
async fn tried(hall: &Hall, key: &str, fresh: &Fresh) {
    let form = JoinForm { key: key.to_owned(), ..join_form(key) };
    let operations = &hall.operations;
    let over = Err(ProblemCode::InvitationOver);
    assert_eq!(code(operations.invitation(fresh, key, "").await).map(drop), over);
    assert_eq!(code(operations.join(fresh, &form).await).map(drop), over);
    assert_eq!(code(operations.ask_to_join(fresh, key).await).map(drop), over);
}

#[tokio::test]
async fn each_way_in_which_an_invitation_dies_is_told_apart_in_the_log_alone() {
    let hall = Hall::open().await;
    let used = hall.invite(DANA).await;
    let question = hall.operations.ask_to_join(&fresh(), &used).await.unwrap();
    let form = JoinForm { passkey: Device::new(ORIGIN).make(&question), ..join_form(&used) };
    hall.operations.join(&fresh(), &form).await.unwrap();
    tried(&hall, &used, &fresh()).await;
    let log = refusals(&hall, DeadInvitation::Used).await;
    assert_eq!((log[0].object_name.as_str(), log[0].code.as_deref()), (DANA, Some("invitation.used")));
    assert_eq!(log[0].who, "somebody with the link", "nobody knows who it was");
    assert_eq!(log[0].object, account_of(&hall, DANA).await.to_string());

    let withdrawn = hall.invite("with@quillmere.example").await;
    let account = account_of(&hall, "with@quillmere.example").await;
    let form = AccountForm { account, ticket: ticket() };
    hall.operations.revoke_invitation(&hall.owner, &form).await.unwrap();
    tried(&hall, &withdrawn, &fresh()).await;
    assert_eq!(
        refusals(&hall, DeadInvitation::Withdrawn).await[0].code.as_deref(),
        Some(DeadInvitation::Withdrawn.code())
    );

    let expired = hall.invite("late@quillmere.example").await;
    let late = Fresh { now: now().plus_seconds(73 * 3600), ..fresh() };
    tried(&hall, &expired, &late).await;
    let log = refusals(&hall, DeadInvitation::Expired).await;
    assert_eq!(log[0].code.as_deref(), Some(DeadInvitation::Expired.code()));
    let told = format!("{log:?}");
    for key in [used, withdrawn, expired] {
        assert!(!told.contains(&key), "{told}");
    }
}

#[tokio::test]
async fn a_dead_link_that_is_tried_again_and_again_does_not_fill_the_log_and_a_guess_leaves_nothing() {
    let hall = Hall::open().await;
    let dead = hall.invite(DANA).await;
    let form = AccountForm { account: account_of(&hall, DANA).await, ticket: ticket() };
    hall.operations.revoke_invitation(&hall.owner, &form).await.unwrap();
    for _ in 0..5 {
        tried(&hall, &dead, &fresh()).await;
        tried(&hall, &"0f".repeat(32), &fresh()).await;
        tried(&hall, "x", &fresh()).await;
    }
    refusals(&hall, DeadInvitation::Withdrawn).await;
    // Another one comes later than all of the first, and they are in the log in this order.
    let other = hall.invite("other@quillmere.example").await;
    let late = Fresh { now: now().plus_seconds(73 * 3600), ..fresh() };
    tried(&hall, &other, &late).await;
    let log = ask_until(
        "the other refusal",
        || hall.log("account.join-refuse"),
        |log: &Vec<AuditRow>| log.iter().any(|it| it.object_name.starts_with("other")),
    );
    let mut names: Vec<String> = log.await.into_iter().map(|it| it.object_name).collect();
    // Those of one moment may each find none before them; fifteen tries one after the other do not add up.
    assert!(names.len() <= 4, "{names:?}");
    names.dedup();
    assert_eq!(names, ["other@quillmere.example", DANA]);
}
