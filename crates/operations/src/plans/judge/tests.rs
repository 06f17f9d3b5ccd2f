//! Reasons that need a state which no form leads to: whoever asks is not the owner of the credential, or Tableau told
//! only half of somebody.

use model::{
    TenantId,
    people::{CLOUD_ADMINISTRATOR, LastSignIn, Place, TenantRole},
};
use uuid::Uuid;

use super::*;

fn site_id() -> SiteId {
    SiteId::from(Uuid::from_u128(7))
}

fn owner() -> UserId {
    UserId::from(Uuid::from_u128(1))
}

fn somebody(id: UserId) -> Person {
    let role = |role: &str| TenantRole { role: role.to_owned(), status: "ACTIVE".to_owned(), sign_in: None };
    Person {
        id,
        user_name: "ada@example.com".to_owned(),
        display_name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        status: "ACTIVE".to_owned(),
        highest: Some(SiteRole::Creator),
        tenant_roles: vec![role(CLOUD_ADMINISTRATOR)],
        places: Some(vec![Place {
            site: site_id(),
            role: SiteRole::Creator,
            sign_in: None,
            site_user: None,
        }]),
        site_count: 1,
        last_sign_in: LastSignIn::Unknown,
        language: String::new(),
        locale: String::new(),
    }
}

fn facts(status: SiteStatus) -> Facts {
    let site = Site {
        id: site_id(),
        tenant: TenantId::from(Uuid::from_u128(9)),
        name: "Here".to_owned(),
        content_url: "here".to_owned(),
        status,
        instance: None,
        location: None,
        migration: None,
        limits: Default::default(),
        storage_used: None,
        storage_quota: None,
        created: None,
        updated: None,
        suspended: None,
    };
    Facts {
        you: vec![UserId::from(Uuid::from_u128(2))],
        owner: owner(),
        grants: vec![Grant::Administrator],
        sites: HashMap::from([(site_id(), site)]),
        protected: HashSet::new(),
    }
}

fn role(role: SiteRole) -> Wish {
    Wish::Role { site: site_id(), role, sign_in: None }
}

#[test]
fn nobody_takes_rights_away_from_the_owner_of_the_credential_in_use() {
    let facts = facts(SiteStatus::Active);
    let refused = |wish: &Wish, id: UserId| {
        let judged = judge(wish, Some(&somebody(id)), "ada@example.com", false, &facts);
        (judged.verdict == Verdict::Refused, judged.why.contains(&Why::CredentialOwner))
    };
    let taking =
        [Wish::Delete, Wish::StopAdministering, Wish::Leave { site: site_id() }, role(SiteRole::Unlicensed)];
    for wish in taking {
        assert_eq!(refused(&wish, owner()), (true, true), "{wish:?}");
        // The same is anybody else's own risk.
        assert_eq!(refused(&wish, UserId::from(Uuid::from_u128(3))), (false, false), "{wish:?}");
    }
    assert_eq!(refused(&role(SiteRole::SiteAdministratorCreator), owner()), (false, false));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let half = Person { places: None, ..somebody(UserId::from(Uuid::from_u128(3))) };
    for wish in [role(SiteRole::Viewer), Wish::Leave { site: site_id() }] {
        let judged = judge(&wish, Some(&half), "ada@example.com", false, &facts(SiteStatus::Active));
        assert_eq!(judged.verdict, Verdict::Refused, "{wish:?}");
        assert!(judged.why.contains(&Why::NotToldWhole), "{:?}", judged.why);
        assert_eq!(judged.before, none::TOLD);
    }
}

#[test]
fn a_site_in_any_state_but_active_is_left_alone() {
    for status in [SiteStatus::Suspended, SiteStatus::Other("Moved".to_owned())] {
        let person = somebody(UserId::from(Uuid::from_u128(3)));
        let judged = judge(&role(SiteRole::Viewer), Some(&person), "ada@example.com", false, &facts(status));
        assert_eq!(judged.verdict, Verdict::Refused);
        assert!(judged.why.contains(&Why::SiteNotActive), "{:?}", judged.why);
    }
}
