//! Grants, deposits and the pause.

mod requests;

use std::collections::BTreeSet;

use model::{
    CredentialId, GrantId, Moment, Permission, SiteId, TenantId,
    delegation::{Ceiling, Conditions, Delegation, Groups, Limits, Pause, People, Scope, Sites, Standing},
};
use secrecy::SecretString;
use store::{NewCredential, NewDeposit};
use uuid::Uuid;

use crate::house::{House, noon, on_each, tenant, user};

pub const DAY: i64 = 86_400;

pub fn account(number: u128) -> Uuid {
    Uuid::from_u128(500 + number)
}

pub fn grant(number: u128) -> Delegation {
    Delegation {
        id: GrantId::from(Uuid::from_u128(900 + number)),
        name: "First line".to_owned(),
        account: account(1),
        verbs: BTreeSet::from([Permission::SeePeople]),
        scope: Scope { sites: Sites::All, people: People::Everybody, groups: Groups::All },
        ceiling: Ceiling::Viewer,
        touches: None,
        limits: Limits::default(),
        conditions: Conditions::default(),
        marks: BTreeSet::new(),
        from: noon(),
        until: noon().plus_seconds(30 * DAY),
        eligible: false,
        by: "Olga".to_owned(),
        revoked: None,
    }
}

pub async fn token(house: &House) -> CredentialId {
    let secret = SecretString::from("a-deposited-token");
    let host = "https://cloudmanager.tableau.com".to_owned();
    let new = NewCredential { tenant: tenant(), owner: user(), host, secret: &secret, now: noon() };
    house.store.keep_credential(new).await.unwrap()
}

async fn deposit(house: &House, credential: CredentialId, grants: Vec<GrantId>, until: Moment) {
    let new = NewDeposit {
        tenant: tenant(),
        credential,
        grants,
        site: None,
        owner: user(),
        by: "Olga".to_owned(),
        now: noon(),
        until,
    };
    house.store.deposit(new).await.unwrap();
}

fn another_tenant() -> TenantId {
    Uuid::from_u128(77).into()
}

#[tokio::test]
async fn a_grant_counts_from_its_beginning_to_its_end_unless_it_is_taken_back() {
    on_each(async |house| {
        let store = &house.store;
        let kept = Delegation { from: noon().plus_seconds(60), ..grant(1) };
        store.keep_grant(tenant(), &kept, noon()).await.unwrap();
        let standing = async |at: Moment| {
            let held = store.grants_of(tenant(), account(1), at).await.unwrap();
            held.first().map(|held| held.standing)
        };
        assert_eq!(standing(noon()).await, Some(Standing::Future));
        assert_eq!(standing(noon().plus_seconds(60)).await, Some(Standing::Active));
        assert_eq!(standing(noon().plus_seconds(30 * DAY)).await, Some(Standing::Expired));
        assert!(store.revoke_grant(tenant(), kept.id, noon().plus_seconds(90)).await.unwrap());
        assert!(!store.revoke_grant(tenant(), kept.id, noon().plus_seconds(91)).await.unwrap());
        assert_eq!(standing(noon().plus_seconds(100)).await, Some(Standing::Revoked));
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        assert_eq!(standing(noon().plus_seconds(100)).await, Some(Standing::Revoked), "an edit revives it");
    })
    .await;
}

#[tokio::test]
async fn a_grant_of_another_tenant_or_account_is_not_there() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        assert!(store.grants_of(tenant(), account(2), noon()).await.unwrap().is_empty());
        assert!(store.grant(another_tenant(), grant(1).id, noon()).await.unwrap().is_none());
        assert!(!store.revoke_grant(another_tenant(), grant(1).id, noon()).await.unwrap());
        let stolen = Delegation { name: "Mine".to_owned(), account: account(2), ..grant(1) };
        store.keep_grant(tenant(), &stolen, noon()).await.unwrap();
        store
            .keep_grant(another_tenant(), &Delegation { account: account(1), ..stolen }, noon())
            .await
            .unwrap();
        let held = store.grant(tenant(), grant(1).id, noon()).await.unwrap().unwrap();
        assert_eq!((held.delegation.name.as_str(), held.delegation.account), ("First line", account(1)));
    })
    .await;
}

#[tokio::test]
async fn an_eligible_grant_counts_while_it_is_activated() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &Delegation { eligible: true, ..grant(1) }, noon()).await.unwrap();
        let standing =
            async |at: Moment| store.grant(tenant(), grant(1).id, at).await.unwrap().unwrap().standing;
        assert_eq!(standing(noon()).await, Standing::Eligible);
        assert!(store.activate_grant(tenant(), grant(1).id, noon().plus_seconds(60)).await.unwrap());
        assert_eq!(standing(noon()).await, Standing::Active);
        assert_eq!(standing(noon().plus_seconds(60)).await, Standing::Eligible);
    })
    .await;
}

#[tokio::test]
async fn a_deposit_opens_one_plane_of_the_named_grants_until_its_end() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        store.keep_grant(tenant(), &grant(2), noon()).await.unwrap();
        let credential = token(house).await;
        deposit(house, credential, vec![grant(1).id], noon().plus_seconds(DAY)).await;
        let found = async |grant: GrantId, site: Option<SiteId>, at: Moment| {
            let found = store.deposit_for(tenant(), grant, site, at).await.unwrap();
            found.map(|deposit| deposit.credential)
        };
        assert_eq!(found(grant(1).id, None, noon()).await, Some(credential));
        assert_eq!(found(grant(2).id, None, noon()).await, None, "a grant that was not named");
        assert_eq!(found(grant(1).id, Some(Uuid::from_u128(5).into()), noon()).await, None, "another plane");
        assert_eq!(found(grant(1).id, None, noon().plus_seconds(DAY)).await, None, "after its end");
        let held = store.grant(tenant(), grant(1).id, noon()).await.unwrap().unwrap();
        assert!(held.planes.tenant && held.planes.sites.is_empty());
        store.revoke_grant(tenant(), grant(1).id, noon()).await.unwrap();
        assert_eq!(found(grant(1).id, None, noon()).await, None, "a grant that was taken back");
    })
    .await;
}

#[tokio::test]
async fn other_terms_by_somebody_else_end_what_was_deposited_for_the_old_ones() {
    on_each(async |house| {
        let store = &house.store;
        let other = model::UserId::from(Uuid::from_u128(4711));
        let found = async || store.deposit_for(tenant(), grant(1).id, None, noon()).await.unwrap();
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        let credential = token(house).await;
        deposit(house, credential, vec![grant(1).id], noon().plus_seconds(DAY)).await;
        let named = Delegation { name: "Front desk".to_owned(), by: "Otto".to_owned(), ..grant(1) };
        assert_eq!(store.change_grant(tenant(), &named, other, noon()).await.unwrap(), 0);
        assert!(found().await.is_some(), "another name opens nothing more");
        let wider = Delegation { ceiling: Ceiling::Creator, ..named };
        assert_eq!(store.change_grant(tenant(), &wider, user(), noon()).await.unwrap(), 0);
        assert!(found().await.is_some(), "the owner agreed to it themselves");
        let widest = Delegation { verbs: BTreeSet::from([Permission::PlanPeople]), ..wider };
        assert_eq!(store.change_grant(another_tenant(), &widest, other, noon()).await.unwrap(), 0);
        assert!(found().await.is_some());
        assert_eq!(store.change_grant(tenant(), &widest, other, noon()).await.unwrap(), 1);
        assert!(found().await.is_none());
        assert!(
            store.open_credential(credential).await.unwrap().is_none(),
            "nobody needs the token any more"
        );
        let held = store.grant(tenant(), grant(1).id, noon()).await.unwrap().unwrap();
        assert_eq!(held.delegation.verbs, widest.verbs);
    })
    .await;
}

#[tokio::test]
async fn a_pause_forgets_every_deposited_token_and_stops_every_grant() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        let (deposited, own) = (token(house).await, token(house).await);
        deposit(house, deposited, vec![grant(1).id], noon().plus_seconds(DAY)).await;
        let pause = Pause { by: "Olga".to_owned(), at: noon() };
        assert_eq!(store.pause_delegation(tenant(), &pause).await.unwrap(), [deposited]);
        assert!(store.open_credential(deposited).await.unwrap().is_none());
        assert!(store.open_credential(own).await.unwrap().is_some(), "nobody deposited this one");
        assert_eq!(store.delegation_pause(tenant()).await.unwrap(), Some(pause));
        let standing = async || store.grant(tenant(), grant(1).id, noon()).await.unwrap().unwrap();
        assert_eq!(standing().await.standing, Standing::Paused);
        assert!(store.resume_delegation(tenant()).await.unwrap());
        let held = standing().await;
        assert_eq!(held.standing, Standing::Active);
        assert!(!held.planes.tenant, "what was forgotten does not come back");
    })
    .await;
}

#[tokio::test]
async fn a_deposited_token_outlives_the_sign_in_and_ends_with_its_deposit() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        let credential = token(house).await;
        deposit(house, credential, vec![grant(1).id], noon().plus_seconds(DAY)).await;
        let later = noon().plus_seconds(DAY - 1);
        assert!(store.expired_credentials(later).await.unwrap().is_empty(), "a sweep took a deposited token");
        assert_eq!(store.sweep_deposits(later).await.unwrap(), 0);
        let over = noon().plus_seconds(DAY);
        assert_eq!(store.sweep_deposits(over).await.unwrap(), 1);
        assert_eq!(store.expired_credentials(over).await.unwrap(), [credential], "nobody erases it");
    })
    .await;
}

#[tokio::test]
async fn ending_a_deposit_erases_its_token_once_no_other_grant_works_by_it() {
    on_each(async |house| {
        let store = &house.store;
        store.keep_grant(tenant(), &grant(1), noon()).await.unwrap();
        store.keep_grant(tenant(), &grant(2), noon()).await.unwrap();
        let credential = token(house).await;
        deposit(house, credential, vec![grant(1).id, grant(2).id], noon().plus_seconds(DAY)).await;
        assert!(store.end_deposit(tenant(), grant(1).id, None).await.unwrap());
        assert!(store.open_credential(credential).await.unwrap().is_some());
        assert!(!store.end_deposit(another_tenant(), grant(2).id, None).await.unwrap());
        assert!(store.end_deposit(tenant(), grant(2).id, None).await.unwrap());
        assert!(store.open_credential(credential).await.unwrap().is_none());
    })
    .await;
}
