//! Grants and requests for approval, of this tenant and of others.

use std::collections::BTreeSet;

use model::{
    ApprovalId, GrantId, Moment, Permission, TenantId,
    delegation::{
        About, Approval, ApprovalState, Ceiling, Conditions, Delegation, Groups, Limits, People, Scope, Sites,
    },
};
use store::{NewApproval, NewCredential, NewDeposit};
use uuid::Uuid;

use super::House;

fn now() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}

impl House {
    /// The account that holds a grant; nobody's id for what is no grant.
    pub async fn holder_of(&self, grant: &str) -> Uuid {
        let Ok(grant) = GrantId::parse(grant) else { return Uuid::nil() };
        let held = self.store.grant(self.tenant(), grant, now()).await.unwrap();
        held.map_or(Uuid::nil(), |held| held.delegation.account)
    }

    /// The fingerprint of a grant's terms.
    pub async fn terms_of(&self, grant: &str) -> String {
        let Ok(grant) = GrantId::parse(grant) else { return "none".to_owned() };
        let held = self.store.grant(self.tenant(), grant, now()).await.unwrap();
        held.map_or("none".to_owned(), |held| store::fingerprint_of_terms(&held.delegation).unwrap())
    }

    /// A grant in a tenant.
    pub async fn grant_in(&self, tenant: TenantId) -> String {
        let account = self.account_standing("active").await;
        let grant = Delegation {
            id: GrantId::from(Uuid::now_v7()),
            name: "Viewer".to_owned(),
            account: Uuid::parse_str(&account).unwrap(),
            verbs: BTreeSet::from([Permission::SeePeople]),
            scope: Scope { sites: Sites::All, people: People::Everybody, groups: Groups::All },
            ceiling: Ceiling::Viewer,
            touches: None,
            limits: Limits::default(),
            conditions: Conditions::default(),
            marks: BTreeSet::new(),
            from: now(),
            until: now().plus_seconds(86_400),
            eligible: false,
            by: "Olga".to_owned(),
            revoked: None,
        };
        self.store.keep_grant(tenant, &grant, now()).await.unwrap();
        grant.id.to_string()
    }

    /// A grant for which a token of the tenant is deposited.
    pub async fn grant_with_deposit(&self) -> String {
        let id = self.grant_in(self.tenant()).await;
        let owner = Uuid::now_v7().into();
        let (secret, host) = ("a-deposited-token".into(), "https://tcm.example".to_owned());
        let new = NewCredential { tenant: self.tenant(), owner, host, secret: &secret, now: now() };
        let credential = self.store.keep_credential(new).await.unwrap();
        let new = NewDeposit {
            tenant: self.tenant(),
            credential,
            grants: vec![GrantId::parse(&id).unwrap()],
            site: None,
            owner,
            by: "Olga".to_owned(),
            now: now(),
            until: now().plus_seconds(86_400),
        };
        self.store.deposit(new).await.unwrap();
        id
    }

    /// A request that somebody makes about a plan that is not there.
    pub fn request(&self, by: Uuid) -> Approval {
        Approval {
            id: ApprovalId::from(Uuid::now_v7()),
            about: About::Plan { plan: Uuid::now_v7().into(), include: Vec::new() },
            title: "Out of the tenant".to_owned(),
            hash: "abc".to_owned(),
            reason: None,
            why: Vec::new(),
            asked_by: by,
            asked_name: "Dana".to_owned(),
            asked: now(),
            until: now().plus_seconds(86_400),
            state: ApprovalState::Waiting,
            decided_by: None,
            decided_name: None,
            decided: None,
            answer: None,
        }
    }

    /// A request that somebody made in a tenant.
    pub async fn approval_in(&self, tenant: TenantId, by: Uuid) -> String {
        let approval = self.request(by);
        let new = NewApproval { tenant, approval: &approval, account: "{}" };
        self.store.ask_approval(new).await.unwrap();
        approval.id.to_string()
    }

    /// A request of the administrator's own.
    pub async fn own_approval(&self) -> String {
        let signed_in = self.audit().await.into_iter().find(|entry| entry.verb == "sign-in").unwrap();
        let user = model::UserId::parse(&signed_in.who_id).unwrap();
        let account = self.store.account_of(self.tenant(), user, "Admin", now()).await.unwrap();
        self.approval_in(self.tenant(), account.uuid()).await
    }
}
