//! Single acts of a helper that wait for somebody else's word: suspending a site, and what a group gives.

mod bad_days;
mod kinds;

use model::{
    ApprovalId, Notice, Permission, ProblemCode,
    audit::{ActState, AuditRow},
    delegation::{About, Approval, ApprovalState, Delegation, HeldAct, MarkReason, People, Scope, Template},
};
use operations::{Account, Caller, DecideForm, SuspendForm, Who};
use store::{Joined, NewFactor, NewInvitation};

use crate::{
    helpers::{HelpDesk, with},
    house::{now, ticket},
};

pub const REASON: &str = "Audit week";

pub fn decide(approval: &Approval, approves: bool) -> DecideForm {
    DecideForm {
        approval: approval.id,
        hash: approval.hash.clone(),
        approves,
        answer: "Seen".to_owned(),
        ticket: ticket(),
    }
}

/// A grant for everybody on the connected site, with more than a template holds.
pub fn of_everybody(help: &HelpDesk, template: Template, more: &[Permission]) -> Delegation {
    let grant = with(&help.grant(template), more);
    let scope = Scope { people: People::Everybody, ..grant.scope.clone() };
    Delegation { scope, ..grant }
}

/// A help desk where Dana may suspend the connected site, and what else she is given.
pub async fn desk(more: &[Permission]) -> (HelpDesk, Delegation) {
    let help = HelpDesk::open().await;
    let grant = of_everybody(&help, Template::Viewer, &[Permission::SuspendSite, Permission::ReactivateSite]);
    let grant = with(&grant, more);
    help.give(&grant).await;
    (help, grant)
}

impl HelpDesk {
    fn site_facts(&self) -> simulator::SiteFacts {
        let id = self.desk.site.to_string();
        self.desk.house.world().sites().into_iter().find(|site| site.id == id).unwrap()
    }

    pub fn status(&self) -> String {
        self.site_facts().status
    }

    pub fn suspension(&self) -> SuspendForm {
        let typed = Some(self.site_facts().name);
        SuspendForm { site: self.desk.site, ticket: ticket(), reason: REASON.to_owned(), typed }
    }

    /// The newest request, as the owner sees it.
    pub async fn newest(&self) -> Approval {
        let inbox = self.desk.house.operations.approvals(&self.desk.caller).await.unwrap();
        inbox.seen.into_iter().next().unwrap()
    }

    pub async fn state_of(&self, id: &ApprovalId) -> ApprovalState {
        self.desk.house.operations.approval(&self.desk.caller, id).await.unwrap().state
    }

    /// Dana asks to suspend the site.
    pub async fn asks(&self) -> Approval {
        let dana = self.dana().await;
        let asked = self.desk.house.operations.suspend_site(&dana, self.suspension()).await.unwrap();
        assert_eq!(asked, Notice::ApprovalAsked);
        self.newest().await
    }

    pub async fn approves(&self, approval: &Approval) -> Result<Notice, ProblemCode> {
        let decided = self.desk.house.operations.decide_approval(&self.desk.caller, decide(approval, true));
        decided.await.map_err(|problem| problem.code)
    }

    /// The entries of one kind, the newest first.
    pub async fn entries(&self, verb: &str) -> Vec<AuditRow> {
        let log = self.desk.house.log(&self.desk.caller).await;
        log.into_iter().filter(|entry| entry.verb == verb).collect()
    }

    /// Mia, with a grant of her own.
    pub async fn mia(&self, grant: &Delegation) -> Caller {
        let (store, tenant) = (&self.desk.house.store, self.desk.caller.tenant());
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
        let account = Account { id: member.id, name: member.name, who, ..self.dana.clone() };
        let id = uuid::Uuid::now_v7().into();
        self.give(&Delegation { id, account: account.id.uuid(), ..grant.clone() }).await;
        self.signed_in(&account, now()).await
    }
}

pub fn held(approval: &Approval) -> &HeldAct {
    match &approval.about {
        About::Act(held) => held,
        About::Plan { .. } => panic!("{approval:?} is about a plan"),
    }
}

#[tokio::test]
async fn a_helpers_suspension_waits_for_somebody_else_and_then_goes_once_in_their_name() {
    let (help, grant) = desk(&[]).await;
    let operations = &help.desk.house.operations;
    let approval = help.asks().await;
    assert_eq!(help.status(), "Active", "nothing was sent");
    assert!(help.entries("site.suspend").await.is_empty(), "nor written down as begun or refused");
    let told = held(&approval);
    assert_eq!((told.before.as_str(), told.after.as_str()), ("Active", "Suspended"));
    assert_eq!(approval.title, format!("Suspend site {}", help.site_facts().name));
    assert_eq!((approval.asked_name.as_str(), approval.reason.as_deref()), ("Dana", Some(REASON)));
    assert_eq!(approval.why, [MarkReason::Suspension]);
    let asked = help.entries("approval.ask").await.swap_remove(0);
    assert_eq!(
        (asked.who.as_str(), asked.state, asked.reason.as_deref()),
        ("Dana", ActState::Done, Some(REASON))
    );
    assert_eq!((asked.object_kind.as_str(), asked.object), ("request", approval.id.to_string()));

    assert_eq!(help.approves(&approval).await, Ok(Notice::ActApproved));
    assert_eq!(help.status(), "Suspended");
    let sent = help.entries("site.suspend").await;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].who.as_str(), sent[0].who_id.as_str()), ("Dana", &*help.dana.id.to_string()));
    assert_eq!((sent[0].state, sent[0].reason.as_deref()), (ActState::Done, Some(REASON)));
    assert_eq!((sent[0].before.as_deref(), sent[0].after.as_deref()), (Some("Active"), Some("Suspended")));
    let approver = &help.desk.caller.account.name;
    let via = format!("{} ({}), approved by {approver}", grant.name, grant.id);
    assert_eq!(sent[0].via.as_deref(), Some(&*via));
    let said = help.entries("approval.approve").await.swap_remove(0);
    assert_eq!((&said.who, said.state, said.reason.as_deref()), (approver, ActState::Done, Some("Seen")));
    let ended = operations.approval(&help.dana().await, &approval.id).await.unwrap();
    assert_eq!((ended.state, ended.decided_name.as_ref()), (ApprovalState::Approved, Some(approver)));

    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalClosed));
    assert_eq!(help.desk.house.world().applied("site.suspend"), 1);
    assert_eq!(help.desk.house.store.audit_verify().await.unwrap().broken_at, None);
}

#[tokio::test]
async fn nobody_approves_what_they_asked_for_themselves() {
    let (help, _) = desk(&[Permission::Approve]).await;
    let approval = help.asks().await;
    let dana = help.dana().await;
    for approves in [true, false] {
        let own = help.desk.house.operations.decide_approval(&dana, decide(&approval, approves)).await;
        assert_eq!(own.unwrap_err().code, ProblemCode::ApprovalOwn);
    }
    assert_eq!(
        (help.status().as_str(), help.state_of(&approval.id).await),
        ("Active", ApprovalState::Waiting)
    );
}

#[tokio::test]
async fn a_request_is_seen_and_approved_by_whoever_could_do_it_themselves_and_nobody_else() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    let operations = &help.desk.house.operations;
    let weak = of_everybody(&help, Template::Viewer, &[Permission::Approve]);
    let mia = help.mia(&weak).await;
    assert_eq!(operations.approvals(&mia).await.unwrap(), operations::Inbox::default());
    let unseen = operations.decide_approval(&mia, decide(&approval, true)).await.unwrap_err();
    assert_eq!(unseen.code, ProblemCode::ApprovalNotFound);
    // Those who may suspend only where they may not approve do not hold the authority either.
    let apart = of_everybody(&help, Template::Viewer, &[Permission::SuspendSite]);
    let account = mia.account.id.uuid();
    help.give(&Delegation { account, id: uuid::Uuid::now_v7().into(), ..apart }).await;
    let both = help.signed_in(&mia.account, now()).await;
    assert!(operations.approvals(&both).await.unwrap().seen.is_empty());
    let strong = of_everybody(&help, Template::Viewer, &[Permission::Approve, Permission::SuspendSite]);
    help.give(&Delegation { account, id: uuid::Uuid::now_v7().into(), ..strong }).await;
    let mia = help.signed_in(&mia.account, now()).await;
    assert_eq!(operations.approvals(&mia).await.unwrap().seen.len(), 1);
    operations.decide_approval(&mia, decide(&approval, true)).await.unwrap();
    assert_eq!(help.status(), "Suspended");
    let via = help.entries("site.suspend").await.swap_remove(0).via.unwrap();
    assert!(via.ends_with(", approved by Mia"), "{via}");
}

#[tokio::test]
async fn a_refusal_says_why_and_nothing_is_sent() {
    let (help, _) = desk(&[]).await;
    let approval = help.asks().await;
    let operations = &help.desk.house.operations;
    let refused = operations.decide_approval(&help.desk.caller, decide(&approval, false)).await.unwrap();
    assert_eq!(refused, Notice::ActRefused);
    let ended = operations.approval(&help.dana().await, &approval.id).await.unwrap();
    assert_eq!((ended.state, ended.answer.as_deref()), (ApprovalState::Refused, Some("Seen")));
    assert_eq!(help.entries("approval.refuse").await.len(), 1);
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalClosed));
    assert_eq!(help.status(), "Active");
}

#[tokio::test]
async fn a_request_is_withdrawn_and_asking_once_more_replaces_it() {
    let (help, _) = desk(&[]).await;
    let operations = &help.desk.house.operations;
    let first = help.asks().await;
    let second = help.asks().await;
    assert_eq!(help.state_of(&first.id).await, ApprovalState::Void);
    let dana = help.dana().await;
    operations.withdraw_approval(&dana, &second.id, ticket()).await.unwrap();
    assert_eq!(help.state_of(&second.id).await, ApprovalState::Void);
    for request in [&first, &second] {
        assert_eq!(help.approves(request).await, Err(ProblemCode::ApprovalClosed));
    }
    assert_eq!(help.status(), "Active");
    // The same form counts once.
    let form = help.suspension();
    operations.suspend_site(&dana, form.clone()).await.unwrap();
    let again = operations.suspend_site(&dana, form).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::FormUsed);
}

#[tokio::test]
async fn nobody_is_asked_about_what_would_be_refused_anyway() {
    let (help, _) = desk(&[]).await;
    let (operations, dana) = (&help.desk.house.operations, help.dana().await);
    let wrong = SuspendForm { typed: Some("Another".to_owned()), ..help.suspension() };
    assert_eq!(operations.suspend_site(&dana, wrong).await.unwrap_err().code, ProblemCode::WrongName);
    let stale = help.signed_in(&help.dana, now()).await;
    let stale = Caller { now: now().plus_seconds(600), ..stale };
    let problem = operations.suspend_site(&stale, help.suspension()).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::StepUpNeeded);
    let other = help
        .desk
        .house
        .world()
        .sites()
        .into_iter()
        .find(|site| site.status == "Active" && site.id != help.desk.site.to_string());
    let elsewhere = SuspendForm {
        site: model::SiteId::parse(&other.unwrap().id).unwrap(),
        typed: None,
        ..help.suspension()
    };
    assert_eq!(operations.suspend_site(&dana, elsewhere).await.unwrap_err().code, ProblemCode::SiteNotFound);
    let inbox = operations.approvals(&help.desk.caller).await.unwrap();
    assert!(inbox.seen.is_empty());
}
