//! A deposit is consent to the terms that its owner saw.

use std::collections::BTreeSet;

use model::{
    GrantId, Permission,
    delegation::{Ceiling, Conditions, Delegation, Limits, Mark, Scope, Sites},
};
use store::{NewDeposit, fingerprint_of_terms};

use crate::{
    delegation::{DAY, account, grant, token},
    house::{noon, on_each, tenant, user},
};

#[tokio::test]
async fn a_deposit_counts_for_the_terms_that_were_seen_and_for_no_others() {
    on_each(async |house| {
        let store = &house.store;
        let credential = token(house).await;
        for number in [1, 2] {
            store.keep_grant(tenant(), &grant(number), noon()).await.unwrap();
        }
        let terms = [1, 2].map(|number| (grant(number).id, fingerprint_of_terms(&grant(number)).unwrap()));
        let give = async |seen: &[(GrantId, String)]| {
            let new = NewDeposit {
                tenant: tenant(),
                credential,
                grants: seen.iter().map(|(grant, _)| *grant).collect(),
                site: None,
                owner: user(),
                by: "Olga".to_owned(),
                now: noon(),
                until: noon().plus_seconds(DAY),
            };
            store.deposit_as_seen(new, seen).await.unwrap()
        };
        let wider = Delegation { ceiling: Ceiling::Creator, ..grant(2) };
        store.change_grant(tenant(), &wider, user(), noon()).await.unwrap();
        assert!(!give(&terms).await, "the second is another one now");
        assert!(store.deposits(tenant()).await.unwrap().is_empty(), "nothing for the first one either");
        // What it is called opens nothing.
        let named = Delegation { name: "Front desk".to_owned(), by: "Otto".to_owned(), ..grant(1) };
        store.change_grant(tenant(), &named, user(), noon()).await.unwrap();
        assert!(give(&terms[..1]).await);
        assert_eq!(store.deposits(tenant()).await.unwrap().len(), 1);
        assert!(give(&[(wider.id, fingerprint_of_terms(&wider).unwrap())]).await);
        store.revoke_grant(tenant(), named.id, noon()).await.unwrap();
        assert!(!give(&terms[..1]).await, "it was taken back");
    })
    .await;
}

#[test]
fn everything_that_a_grant_opens_is_in_the_fingerprint() {
    let known = fingerprint_of_terms(&grant(1)).unwrap();
    let others = [
        Delegation { verbs: BTreeSet::from([Permission::SeeGroups]), ..grant(1) },
        Delegation { scope: Scope { sites: Sites::These(BTreeSet::new()), ..grant(1).scope }, ..grant(1) },
        Delegation { ceiling: Ceiling::Explorer, ..grant(1) },
        Delegation { touches: Some(Ceiling::Creator), ..grant(1) },
        Delegation { limits: Limits { rows_in_plan: Some(1), ..Limits::default() }, ..grant(1) },
        Delegation { conditions: Conditions { reason: true, ..Conditions::default() }, ..grant(1) },
        Delegation { marks: BTreeSet::from([Mark::Everything]), ..grant(1) },
        Delegation { until: noon(), ..grant(1) },
        Delegation { eligible: true, ..grant(1) },
        Delegation { account: account(2), ..grant(1) },
    ];
    for other in others {
        assert!(!other.has_terms_of(&grant(1)));
        assert_ne!(fingerprint_of_terms(&other).unwrap(), known, "{other:?}");
    }
}
