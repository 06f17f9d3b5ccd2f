//! Making sites and projects, limits, terms, names, tokens and OpenID Connect: what is sent, and what is made of answers.

use model::{
    SiteId, SiteUserId, TokenId,
    licences::{RoleLimit, RoleLimits},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use simulator::{Fault, FaultKind};
use tableau::{
    Change, Error, Fate, Manager, NameAnswer, NewSite, NewSitePlace, OidcFields, Result, Unreadable,
};

use crate::raw::{Raw, TENANT, answer};
use crate::vendor::{Vendor, tag};

const JSON: &str = "content-type: application/json\r\n";
const SITE: &str = "60189e9c-7d12-438c-b9ca-6998d9c364b1";
const USER: &str = "2c4a230c-5085-4924-a3e1-25fb4fc5965b";
const TOKEN: &str = "9d222c6d-893e-4e79-8201-3c9ca16a0f39";

fn site() -> SiteId {
    SiteId::parse(SITE).unwrap()
}

fn owner() -> SiteUserId {
    SiteUserId::parse(USER).unwrap()
}

fn token() -> TokenId {
    TokenId::parse(TOKEN).unwrap()
}

fn new_site(place: NewSitePlace) -> NewSite {
    NewSite { name: "New market".to_owned(), content_url: "new.market".to_owned(), place }
}

fn google() -> OidcFields {
    OidcFields { enabled: Some(true), provider: Some("Google".to_owned()), domain: None }
}

fn limits() -> RoleLimits {
    let half = RoleLimit { at_most: Some(9), cloud_default: Some(true) };
    RoleLimits { creators: RoleLimit::at_most(0), explorers: RoleLimit::of_the_cloud(), viewers: half }
}

async fn every_change(manager: &Manager<Change>) -> Vec<(&'static str, Result<()>)> {
    let region = NewSitePlace::Region("r".to_owned());
    vec![
        ("create site", manager.create_site(&new_site(region)).await.map(drop)),
        ("limits", manager.update_limits(&site(), &limits()).await),
        ("project", manager.create_project(&site(), &owner()).await.map(drop)),
        ("terms", manager.accept_terms().await),
        ("create token", manager.create_token("t", 30).await.map(drop)),
        ("revoke token", manager.revoke_token(&token()).await),
        ("put oidc", manager.put_oidc(None, &google()).await),
        ("delete oidc", manager.delete_oidc().await),
    ]
}

/// First line and JSON of the last request.
fn sent(raw: &Raw) -> (String, Value) {
    let (line, body) = raw.asked().pop().unwrap();
    (line, serde_json::from_str(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn each_change_is_written_as_the_vendor_wants_it() {
    let whole = format!(r#"{{"siteUUID":"{SITE}","project":{{"name":"Samples"}},"secret":"s"}}"#);
    let raw = Raw::json(&whole).await;
    let manager = raw.changer();
    let tenant = format!("/api/v1/tenants/{TENANT}");
    let own = |number: u64| json!({"isDefaultCloudLimit": false, "capacity": number});
    let default = json!({"isDefaultCloudLimit": true});
    manager.create_site(&new_site(NewSitePlace::Region("r".to_owned()))).await.unwrap();
    let body = json!({"name": "New market", "contentUrl": "new.market", "regionUUID": "r"});
    assert_eq!(sent(&raw), (format!("POST {tenant}/sites HTTP/1.1"), body));
    manager.create_site(&new_site(NewSitePlace::Pod("p".to_owned()))).await.unwrap();
    assert_eq!(sent(&raw).1, json!({"name": "New market", "contentUrl": "new.market", "podUUID": "p"}));
    manager.update_limits(&site(), &limits()).await.unwrap();
    let body = json!({"creatorCapacity": own(0), "explorerCapacity": default, "viewerCapacity": default});
    assert_eq!(sent(&raw), (format!("PATCH {tenant}/sites/{SITE} HTTP/1.1"), body));
    manager.create_project(&site(), &owner()).await.unwrap();
    let line = format!("POST {tenant}/sites/{SITE}/projects HTTP/1.1");
    assert_eq!(sent(&raw), (line, json!({"ownerId": USER})));
    manager.accept_terms().await.unwrap();
    assert_eq!(sent(&raw), (format!("PUT {tenant}/terms-and-conditions HTTP/1.1"), Value::Null));
    manager.create_token("t", 30).await.unwrap();
    let body = json!({"tokenName": "t", "absoluteExpiryInDays": 30});
    assert_eq!(sent(&raw), ("POST /api/v1/pat HTTP/1.1".to_owned(), body));
    manager.revoke_token(&token()).await.unwrap();
    assert_eq!(sent(&raw).0, format!("DELETE /api/v1/pat/{TOKEN} HTTP/1.1"));
    manager.put_oidc(None, &google()).await.unwrap();
    let line = format!("PUT /api/v1/oidc-configurations/{TENANT} HTTP/1.1");
    assert_eq!(sent(&raw), (line, json!({"enabled": true, "knownProviderAlias": "Google"})));
    manager.delete_oidc().await.unwrap();
    assert_eq!(sent(&raw).0, format!("DELETE /api/v1/oidc-configurations/{TENANT} HTTP/1.1"));
}

#[tokio::test]
async fn no_change_of_the_tenant_is_ever_sent_twice() {
    let vendor = Vendor::impatient().await;
    for (fault, fate) in [
        (Fault::status(400), Fate::Refused),
        (Fault::status(403), Fate::Refused),
        (Fault::status(404), Fate::Refused),
        (Fault::status(409), Fate::Refused),
        (Fault::status(429).retry_after("0"), Fate::Refused),
        (Fault::status(409).body(""), Fate::Unknown),
        (Fault::status(503), Fate::Unknown),
        (Fault::new(FaultKind::Reset), Fate::Unknown),
        (Fault::new(FaultKind::Truncated), Fate::Unknown),
        (Fault::new(FaultKind::Malformed), Fate::Unknown),
        (Fault::new(FaultKind::Html), Fate::Unknown),
    ] {
        vendor.meets(fault, fate, every_change).await;
    }
    vendor.world().clear_faults();
    vendor.world().expire_sessions();
    for (name, outcome) in every_change(&vendor.changer()).await {
        assert!(matches!(outcome, Err(Error::SessionEnded { words: Some(_) })), "{name}");
    }
}

#[tokio::test]
async fn a_site_and_its_project_come_to_be() {
    let vendor = Vendor::start().await;
    let region = vendor.reader().locations().await.unwrap().regions.remove(0).id;
    let made = vendor.changer().create_site(&new_site(NewSitePlace::Region(region.clone()))).await.unwrap();
    assert_eq!((made.name.as_str(), made.content_url.as_str()), ("New market", "newmarket"));
    assert_eq!(made.instance.clone().unwrap().region, Some(region));
    assert_eq!(vendor.reader().site(&made.id).await.unwrap(), Some(made));
    let finance = vendor.world().site("Finance").unwrap().id;
    let milo = vendor.world().person("milo.brandt@example.com").unwrap();
    let on_site = milo.roles.into_iter().find(|role| role.site_id == finance).unwrap().site_user_id;
    let owner = SiteUserId::parse(&on_site).unwrap();
    let project = vendor.changer().create_project(&SiteId::parse(&finance).unwrap(), &owner).await.unwrap();
    assert_eq!((project.owner, project.id.is_some()), (Some(owner), true));
    assert_eq!(vendor.world().project_owners(&finance), [on_site]);
}

#[tokio::test]
async fn limits_read_back_are_those_that_were_sent() {
    let vendor = Vendor::start().await;
    let id = SiteId::parse(&vendor.world().site("Finance").unwrap().id).unwrap();
    vendor.changer().update_limits(&id, &limits()).await.unwrap();
    let read = vendor.reader().site(&id).await.unwrap().unwrap().limits;
    let own = [read.creators, read.explorers, read.viewers].map(|limit| limit.own());
    assert_eq!(own, [Some(0), None, None]);
}

#[tokio::test]
async fn terms_and_names_are_told() {
    let vendor = Vendor::start().await;
    vendor.world().forget_terms();
    assert!(!vendor.reader().tenant().await.unwrap().terms.unwrap().accepted);
    vendor.changer().accept_terms().await.unwrap();
    assert!(vendor.reader().tenant().await.unwrap().terms.unwrap().by.is_some());
    let reader = vendor.reader();
    assert_eq!(reader.check_tenant_name("A new / name? 😀").await.unwrap(), NameAnswer::Free);
    assert_eq!(reader.check_tenant_name("acme").await.unwrap(), NameAnswer::Taken);
    assert_eq!(reader.check_tenant_name(&"x".repeat(81)).await.unwrap(), NameAnswer::Refused);
    for (status, body) in [("409 Conflict", ""), ("400 Bad Request", r#"{"message":"m"}"#)] {
        let raw = Raw::start([answer(status, JSON, body)]).await;
        assert!(raw.reader().check_tenant_name("a").await.is_err(), "{status}");
    }
}

#[tokio::test]
async fn a_token_tells_its_secret_once_and_never_prints_it() {
    let vendor = Vendor::start().await;
    let made = vendor.changer().create_token("second", 30).await.unwrap();
    let days = made.token.issued.unwrap().seconds_until(made.token.ends.unwrap()) / 86_400;
    assert_eq!((made.token.name.as_str(), days), ("second", 30));
    assert!(!format!("{made:?}").contains(made.secret.expose_secret()));
    let secret = SecretString::from(made.secret.expose_secret().to_owned());
    assert!(vendor.wire.sign_in(&secret, &tag()).await.is_ok());
    let listed = vendor.reader().tokens().await.unwrap();
    assert!(listed.iter().any(|token| token.id == made.token.id && token.id.is_some()));
    vendor.changer().revoke_token(&made.token.id.unwrap()).await.unwrap();
    assert!(vendor.wire.sign_in(&secret, &tag()).await.is_err());
    let raw = Raw::json(&format!(r#"{{"tokenUUID":"{TOKEN}","tokenName":"t"}}"#)).await;
    let error = raw.changer().create_token("t", 30).await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::Field { field: "secret" } }), "{error:?}");
    assert_eq!(error.fate(), Fate::Unknown);
}

#[tokio::test]
async fn openid_connect_is_written_back_as_it_was_read_but_for_what_changed() {
    let vendor = Vendor::start().await;
    assert_eq!(vendor.reader().oidc().await.unwrap().map(|kept| kept.told()), None);
    let own = r#"{"enabled":true,"knownProviderAlias":"Own","clientId":"c","clientSecret":"s3cr3t","prompt":"login"}"#;
    assert!(vendor.world().set_oidc(own));
    let kept = vendor.reader().oidc().await.unwrap().unwrap();
    assert!(!format!("{kept:?}{:?}", kept.told()).contains("s3cr3t"));
    let deep = r#"{"enabled":true,"knownProviderAlias":"Own","client_secret":"s3cr3t","jwt":{"k":"s3cr3t"},"privateKey":"s3cr3t"}"#;
    let raw = Raw::json(deep).await;
    let told = raw.reader().oidc().await.unwrap().unwrap().told();
    assert!(told.others.len() == 3 && !format!("{told:?}").contains("s3cr3t"), "{told:?}");
    let off = OidcFields { enabled: Some(false), ..OidcFields::default() };
    vendor.changer().put_oidc(Some(&kept), &off).await.unwrap();
    let wanted: Value = serde_json::from_str(&own.replace("true", "false")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&vendor.world().oidc().unwrap()).unwrap(), wanted);
    vendor.changer().delete_oidc().await.unwrap();
    assert!(vendor.reader().oidc().await.unwrap().is_none());
    let raw = Raw::json("{}").await;
    assert!(raw.reader().oidc().await.unwrap().is_none());
    let raw = Raw::json(r#"{"else":1}"#).await;
    assert!(raw.reader().oidc().await.is_err());
}

#[tokio::test]
async fn ways_to_sign_in_are_asked_for_by_a_list_of_ids() {
    let vendor = Vendor::start().await;
    let sites: Vec<_> = vendor.reader().list_sites().await.unwrap().into_iter().map(|site| site.id).collect();
    let ways = vendor.reader().authentications(&sites).await.unwrap();
    assert_eq!(ways[0].resource, vendor.running.details().tenant_id);
    assert!(sites.iter().all(|site| ways.iter().any(|way| way.resource == site.to_string())));
    assert!(ways.iter().any(|way| way.kind == "SAML" && way.name.is_some()));
    let raw = Raw::json(r#"[{"resourceId":"r","authenticationType":"NEW","enabled":null}]"#).await;
    let way = raw.reader().authentications(&[site()]).await.unwrap().remove(0);
    assert_eq!((way.kind.as_str(), way.enabled), ("NEW", None));
    assert_eq!(sent(&raw).1, json!({"resourceIds": [TENANT, SITE], "requireMultipleIDPs": true}));
    let raw = Raw::json(r#"[{"authenticationType":"OIDC"}]"#).await;
    assert!(raw.reader().authentications(&[]).await.is_err());
}
