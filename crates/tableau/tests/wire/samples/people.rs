//! The samples of people and of changes of them.

use model::{
    Moment, SiteId, UserId,
    people::{LastSignIn, Person, Place, TenantRole},
    roles::{SignInType, SiteRole},
};
use serde_json::Value;
use tableau::PeopleFilter;

use super::{ID, only_known_fields};
use crate::{
    people_changes::{delta, every_change, somebody, user},
    raw::Raw,
};

pub async fn take_people(name: &str, sample: &Value, raw: &Raw) {
    let manager = raw.reader();
    match name {
        "person" => {
            let asked = UserId::parse(ID).unwrap();
            assert_eq!(manager.person(&asked).await.unwrap(), Some(sample_person()));
        }
        "people" => assert_eq!(manager.people_by_id(&[user()]).await.unwrap(), [sample_person()]),
        "resources" => {
            let resources = manager.resources_of("string").await.unwrap();
            assert_eq!((resources[0].kind.as_str(), resources[0].state.as_str()), ("SITE", "string"));
        }
        "accepted" | "accepted with a person" => {
            for (call, outcome) in every_change(&raw.changer()).await {
                let accepted = outcome.unwrap();
                assert!(accepted.job.is_some(), "{call}");
                assert_eq!(accepted.user, (name != "accepted").then(user), "{call}");
            }
            assert!(manager.list_people(&PeopleFilter::default(), None).await.is_err());
        }
        "asked: ids" => {
            manager.people_by_id(&[user()]).await.unwrap_err();
            raw.changer().delete_people(&[user()]).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a person" => {
            raw.changer().create_person(&somebody()).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a change" => {
            raw.changer().update_person(&user(), &delta()).await.unwrap();
            only_known_fields(raw, sample);
        }
        other => panic!("{other} is not tried"),
    }
}

/// The person of the vendor's sample, who is the same wherever people are told.
fn sample_person() -> Person {
    let text = || "string".to_owned();
    let site = SiteId::parse("60189e9c-7d12-438c-b9ca-6998d9c364b1").unwrap();
    let (role, sign_in) = (SiteRole::SiteAdministratorExplorer, Some(SignInType::OpenId));
    Person {
        id: user(),
        user_name: text(),
        display_name: text(),
        email: text(),
        status: "ACTIVE".to_owned(),
        highest: Some(role.clone()),
        tenant_roles: vec![TenantRole {
            role: "LINK_ADMIN".to_owned(),
            status: "INVITED".to_owned(),
            sign_in: Some(SignInType::Other(text())),
        }],
        places: Some(vec![Place { site, role, sign_in, site_user: None }]),
        // The sample counts none, although it has one.
        site_count: 0,
        last_sign_in: LastSignIn::At(Moment::parse("2019-08-24T14:15:22Z").unwrap()),
        language: "DE_DE".to_owned(),
        locale: "ar_AE".to_owned(),
    }
}
