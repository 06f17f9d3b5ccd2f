use model::{
    SiteId,
    people::{LastSignIn, Place},
    roles::SiteRole,
};
use uuid::Uuid;

use super::*;

fn id(number: u128) -> UserId {
    UserId::from(Uuid::from_u128(number))
}

#[test]
fn rights_are_taken_neither_from_oneself_nor_from_the_owner_of_the_credential() {
    let site = SiteId::from(Uuid::from_u128(7));
    let person = |number| Person {
        id: id(number),
        user_name: "ada@example.com".to_owned(),
        display_name: String::new(),
        email: String::new(),
        status: "ACTIVE".to_owned(),
        highest: Some(SiteRole::Creator),
        tenant_roles: Vec::new(),
        places: Some(vec![Place { site, role: SiteRole::Creator, sign_in: None, site_user: None }]),
        site_count: 1,
        last_sign_in: LastSignIn::Unknown,
        language: String::new(),
        locale: String::new(),
    };
    let (you, owner) = (id(1), id(2));
    let role = |role| Wish::Role { site, role, sign_in: None };
    for wish in [
        Wish::Delete,
        Wish::StopAdministering,
        Wish::Leave { site },
        role(SiteRole::Viewer),
        role(SiteRole::Unlicensed),
    ] {
        let told = [1, 2, 3].map(|number| takes_from(&[you], owner, &wish, &person(number)));
        let expected = [Some(ProblemCode::RowYourself), Some(ProblemCode::RowCredentialOwner), None];
        assert_eq!(told, expected, "{wish:?}");
    }
    for wish in [role(SiteRole::SiteAdministratorCreator), Wish::Administer { sign_in: None }] {
        assert_eq!(takes_from(&[you], owner, &wish, &person(2)), None, "{wish:?}");
    }
}
