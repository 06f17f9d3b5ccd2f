//! How people sign in to the tenant.

use model::{ProblemCode, audit::ActState};
use operations::{OidcForm, Reality};

use super::{last, oidc};
use crate::house::{House, ticket};

#[tokio::test]
async fn only_what_changed_of_the_sign_in_configuration_is_changed() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let own = r#"{"clientId":"c","clientSecret":"s3cr3t","enabled":true,"knownProviderAlias":"Salesforce","salesforceDomain":"login.salesforce.com"}"#;
    assert!(house.world().set_oidc(own));
    let change = async |form: OidcForm| house.operations.change_oidc(&caller, form).await;
    let same = change(oidc("Salesforce", "login.salesforce.com")).await.unwrap_err();
    assert_eq!(same.code, ProblemCode::NothingChanged);
    change(oidc("Salesforce", "acme.my.salesforce.com")).await.unwrap();
    assert_eq!(house.world().oidc().unwrap(), own.replace("login.", "acme.my."));
    let sheet = house.operations.sign_on_sheet(&caller).await.unwrap();
    assert!(!format!("{sheet:?}").contains("s3cr3t"));
    assert!(sheet.ways.iter().any(|way| way.site.is_none() && way.kind == "OIDC"));
    // Another provider has no domain of Salesforce's.
    change(oidc("Google", "acme.my.salesforce.com")).await.unwrap();
    assert!(!house.world().oidc().unwrap().contains("salesforceDomain"));
    let delete = async |typed: &str, checked: bool| {
        house.operations.delete_oidc(&caller, typed, checked, "", ticket()).await
    };
    assert_eq!(delete("Quillmere", true).await.unwrap_err().code, ProblemCode::WrongName);
    assert_eq!(delete("Quillmere Holdings", false).await.unwrap_err().code, ProblemCode::NotConfirmed);
    delete("Quillmere Holdings", true).await.unwrap();
    assert_eq!(house.world().oidc(), None);
    assert_eq!(delete("Quillmere Holdings", true).await.unwrap_err().code, ProblemCode::NothingChanged);
}

#[tokio::test]
async fn a_configuration_without_what_it_needs_is_never_sent() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    for (form, code) in [
        (oidc("Salesforce", ""), ProblemCode::DomainMissing),
        (oidc(" salesFORCE ", ""), ProblemCode::DomainMissing),
        (oidc("Salesforce", "not a domain"), ProblemCode::DomainMissing),
        (oidc("", ""), ProblemCode::ProviderUnfit),
        (OidcForm { checked: false, ..oidc("Google", "") }, ProblemCode::NotConfirmed),
        (OidcForm { typed: "quillmere".to_owned(), ..oidc("Google", "") }, ProblemCode::WrongName),
    ] {
        let problem = house.operations.change_oidc(&caller, form.clone()).await.unwrap_err();
        assert_eq!(problem.code, code, "{form:?}");
    }
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn a_change_that_cuts_steward_off_is_told_as_that_and_stays_unknown() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().set_sign_on_revokes(true);
    let problem = house.operations.change_oidc(&caller, oidc("Google", "")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::CutOff);
    assert!(house.world().oidc().is_some() && house.world().manager_pats().is_empty());
    let (verb, state, code) = last(&house, &caller).await;
    assert_eq!((verb.as_str(), state, code.as_deref()), ("oidc.change", ActState::Unknown, Some("cut-off")));
}

#[tokio::test]
async fn changing_how_people_sign_in_wants_a_fresh_proof_of_who_asks() {
    let house = House::start(Reality::Pretend).await;
    let mut caller = house.administrator().await;
    caller.account.proved = caller.now.plus_seconds(-3_600);
    let stale = house.operations.change_oidc(&caller, oidc("Google", "")).await.unwrap_err();
    assert_eq!(stale.code, ProblemCode::StepUpNeeded);
    let stale =
        house.operations.delete_oidc(&caller, "Quillmere Holdings", true, "", ticket()).await.unwrap_err();
    assert_eq!(stale.code, ProblemCode::StepUpNeeded);
    assert!(house.world().changes().is_empty());
}
