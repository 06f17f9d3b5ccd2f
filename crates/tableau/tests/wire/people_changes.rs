//! What is sent to change people, byte by byte.

use std::time::Duration;

use model::{SiteId, UserId, roles::SignInType, roles::SiteRole};
use serde_json::{Value, json};
use tableau::{
    Accepted, Change, DeltaOp, Import, Manager, NewPerson, NewPlace, NewTenantRole, PersonDelta, PlaceDelta,
    Result, Table,
};

use crate::raw::{Raw, TENANT, session};
use crate::vendor::{tag, wire};

pub const USER: &str = "2c4a230c-5085-4924-a3e1-25fb4fc5965b";
const OTHER: &str = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
const SITE: &str = "60189e9c-7d12-438c-b9ca-6998d9c364b1";
pub const JOB: &str = "9d222c6d-893e-4e79-8201-3c9ca16a0f39";

pub fn user() -> UserId {
    UserId::parse(USER).unwrap()
}

fn site() -> SiteId {
    SiteId::parse(SITE).unwrap()
}

pub fn somebody() -> NewPerson {
    NewPerson {
        user_name: "ann@example.com".to_owned(),
        email: Some("ann.mail@example.com".to_owned()),
        language: Some("DE_DE".to_owned()),
        locale: Some("de_AT".to_owned()),
        tenant_role: Some(NewTenantRole { sign_in: Some(SignInType::OpenId), notify: Some(true) }),
        places: vec![
            NewPlace {
                site: site(),
                role: SiteRole::ExplorerCanPublish,
                sign_in: Some(SignInType::Saml),
                notify: Some(false),
            },
            NewPlace { site: site(), role: SiteRole::Viewer, sign_in: None, notify: None },
        ],
    }
}

pub fn delta() -> PersonDelta {
    PersonDelta {
        language: Some("FR_FR".to_owned()),
        locale: Some("fr_CH".to_owned()),
        email: Some("new@example.com".to_owned()),
        tenant_role: Some((DeltaOp::Update, Some(SignInType::TableauIdWithMfa))),
        places: vec![
            PlaceDelta {
                site: site(),
                op: DeltaOp::Add,
                role: Some(SiteRole::Creator),
                sign_in: Some(SignInType::Default),
            },
            PlaceDelta { site: site(), op: DeltaOp::Update, role: None, sign_in: Some(SignInType::OpenId) },
            PlaceDelta { site: site(), op: DeltaOp::Delete, role: None, sign_in: None },
        ],
    }
}

pub fn file(bytes: &[u8]) -> Import {
    Import {
        file_name: "people.csv.gz".to_owned(),
        csv_gz: bytes.to_vec().into(),
        site: Some(site()),
        sign_in: SignInType::Default,
    }
}

pub async fn every_change(manager: &Manager<Change>) -> Vec<(&'static str, Result<Accepted>)> {
    vec![
        ("create", manager.create_person(&somebody()).await),
        ("update", manager.update_person(&user(), &delta()).await),
        ("delete", manager.delete_person(&user()).await),
        ("delete some", manager.delete_people(&[user()]).await),
        ("import", manager.import_people(&file(b"\x1f\x8b")).await),
    ]
}

pub async fn accepting() -> Raw {
    Raw::json(&format!(r#"{{"jobId":"{JOB}"}}"#)).await
}

/// The first line and the JSON of the only request.
fn sent(raw: &Raw) -> (String, Value) {
    let [(line, body)] = raw.asked().try_into().unwrap();
    (line, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn a_new_person_is_written_as_the_vendor_wants_it() {
    let raw = accepting().await;
    raw.changer().create_person(&somebody()).await.unwrap();
    let wanted = json!({
        "userName": "ann@example.com",
        "email": "ann.mail@example.com",
        "language": "DE_DE",
        "locale": "de_AT",
        "linkRoles": [{"linkId": TENANT, "linkRole": "LINK_ADMIN", "notifyUser": true, "idp": "OpenID"}],
        "siteRoles": [
            {"siteId": SITE, "siteRole": "ExplorerCanPublish", "idp": "SAML", "notifyUser": false},
            {"siteId": SITE, "siteRole": "Viewer"}
        ]
    });
    assert_eq!(sent(&raw), (format!("POST /api/v1/tenants/{TENANT}/users HTTP/1.1"), wanted));
    let head = raw.heard().remove(0).to_ascii_lowercase();
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
}

#[tokio::test]
async fn what_is_not_said_of_a_new_person_is_not_sent() {
    let raw = accepting().await;
    let person = NewPerson { user_name: "ann@example.com".to_owned(), ..NewPerson::default() };
    raw.changer().create_person(&person).await.unwrap();
    assert_eq!(sent(&raw).1, json!({"userName": "ann@example.com"}));
    let raw = accepting().await;
    let administrator = NewPerson { tenant_role: Some(NewTenantRole::default()), ..person };
    raw.changer().create_person(&administrator).await.unwrap();
    let wanted =
        json!({"userName": "ann@example.com", "linkRoles": [{"linkId": TENANT, "linkRole": "LINK_ADMIN"}]});
    assert_eq!(sent(&raw).1, wanted);
}

#[tokio::test]
async fn an_update_names_what_changes_and_nothing_else() {
    let line = format!("PATCH /api/v1/tenants/{TENANT}/users/{USER} HTTP/1.1");
    let whole = json!({
        "language": "FR_FR",
        "locale": "fr_CH",
        "email": "new@example.com",
        "linkRoles": [{
            "linkId": TENANT, "linkOp": "UPDATE_LINK_ROLE", "linkRole": "LINK_ADMIN", "idp": "TableauIDWithMFA"
        }],
        "siteRoles": [
            {"siteId": SITE, "siteOp": "ADD_SITE_ROLE", "siteRole": "Creator", "idp": "DEFAULT"},
            {"siteId": SITE, "siteOp": "UPDATE_SITE_ROLE", "idp": "OpenID"},
            {"siteId": SITE, "siteOp": "DELETE_SITE_ROLE"}
        ]
    });
    let administrator = |op, word: &str| {
        let delta = PersonDelta { tenant_role: Some((op, None)), ..PersonDelta::default() };
        (delta, json!({"linkRoles": [{"linkId": TENANT, "linkOp": word, "linkRole": "LINK_ADMIN"}]}))
    };
    let locale = PersonDelta { locale: Some("de_DE".to_owned()), ..PersonDelta::default() };
    for (delta, wanted) in [
        (delta(), whole),
        (locale, json!({"locale": "de_DE"})),
        administrator(DeltaOp::Add, "ADD_LINK_ROLE"),
        administrator(DeltaOp::Delete, "DELETE_LINK_ROLE"),
    ] {
        let raw = accepting().await;
        raw.changer().update_person(&user(), &delta).await.unwrap();
        assert_eq!(sent(&raw), (line.clone(), wanted));
    }
}

#[tokio::test]
async fn people_are_deleted_by_their_ids() {
    let raw = accepting().await;
    raw.changer().delete_person(&user()).await.unwrap();
    let line = format!("DELETE /api/v1/tenants/{TENANT}/users/{USER} HTTP/1.1");
    assert_eq!(raw.asked(), [(line, String::new())]);
    let raw = accepting().await;
    let other = UserId::parse(OTHER).unwrap();
    raw.changer().delete_people(&[user(), other, user()]).await.unwrap();
    let line = format!("POST /api/v1/tenants/{TENANT}/bulk/users/delete HTTP/1.1");
    assert_eq!(sent(&raw), (line, json!({"userIds": [USER, OTHER]})));
}

#[tokio::test]
async fn a_replaced_method_carries_the_same_body() {
    let raw = accepting().await;
    let json = r#"{"user.batch_delete":{"method":"DELETE","path":"/api/v1/tenants/{tenantId}/bulk/users"}}"#;
    let line = wire(&raw.base, Duration::from_secs(5), Table::with_overrides(json).unwrap());
    line.changer(&session(), tag()).delete_people(&[user()]).await.unwrap();
    let line = format!("DELETE /api/v1/tenants/{TENANT}/bulk/users HTTP/1.1");
    assert_eq!(sent(&raw), (line, json!({"userIds": [USER]})));
}

#[tokio::test]
async fn a_file_travels_as_in_the_vendors_example() {
    // The bytes are no text, and look like the end of a part.
    let bytes = b"\x1f\x8b\x00\xff\r\n--\r\n\r\n";
    let raw = accepting().await;
    raw.changer().import_people(&file(bytes)).await.unwrap();
    let heard = raw.heard_bytes().remove(0);
    let head = String::from_utf8_lossy(&heard).into_owned();
    assert!(
        head.starts_with(&format!("POST /api/v1/tenants/{TENANT}/bulk/users/import HTTP/1.1\r\n")),
        "{head}"
    );
    assert!(
        head.contains("\r\naccept: application/json\r\n") && !head.contains("transfer-encoding"),
        "{head}"
    );
    let kind =
        head.lines().find_map(|line| line.strip_prefix("content-type: multipart/form-data; boundary="));
    let border = kind.unwrap();
    let wanted = [
        format!(
            "--{border}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv.gz\"\r\n"
        )
        .as_bytes(),
        b"Content-Type: application/octet-stream\r\n\r\n",
        bytes,
        format!("\r\n--{border}\r\nContent-Disposition: form-data; name=\"siteId\"\r\n\r\n{SITE}").as_bytes(),
        format!("\r\n--{border}\r\nContent-Disposition: form-data; name=\"idp\"\r\n\r\nDEFAULT").as_bytes(),
        format!("\r\n--{border}--\r\n").as_bytes(),
    ]
    .concat();
    assert!(heard.ends_with(&[b"\r\n\r\n", &wanted[..]].concat()), "{head}");
    assert!(head.contains(&format!("\r\ncontent-length: {}\r\n", wanted.len())), "{head}");
}

#[tokio::test]
async fn a_file_without_a_site_names_none() {
    let raw = accepting().await;
    let import = Import { site: None, sign_in: SignInType::OpenId, ..file(b"x") };
    raw.changer().import_people(&import).await.unwrap();
    let heard = raw.heard().remove(0);
    assert!(!heard.contains("siteId") && heard.contains("\r\n\r\nOpenID\r\n"), "{heard}");
}

#[test]
fn nobodys_address_is_printed() {
    let printed = format!("{:?} {:?} {:?}", somebody(), delta(), file(b"ann@example.com"));
    assert!(!printed.contains("example.com") && !printed.contains("people.csv"), "{printed}");
}
