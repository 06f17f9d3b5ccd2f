//! Settings of the line, and addresses replaced by the operator.

use std::time::Duration;

use model::SiteId;
use tableau::{NewPerson, PeopleFilter, SettingsError, Table, Wire, WireSettings};

use crate::raw::{Raw, TENANT, answer, session};
use crate::vendor::{tag, wire};

fn settings(base: &str) -> WireSettings {
    WireSettings {
        base: base.to_owned(),
        deadline: Duration::from_secs(15),
        table: Table::default(),
        product: "Steward/0.1.0".to_owned(),
        site_hosts: Vec::new(),
        log_hosts: Vec::new(),
    }
}

#[tokio::test]
async fn the_address_is_kept_without_a_slash() {
    let line = Wire::new(settings("https://cloudmanager.tableau.com/")).unwrap();
    assert_eq!(line.base(), "https://cloudmanager.tableau.com");
    assert_eq!(line.table().rows().count(), 39);
}

#[tokio::test]
async fn unusable_settings_are_refused() {
    let nothing = WireSettings { deadline: Duration::ZERO, ..settings("https://host") };
    assert!(matches!(Wire::new(nothing), Err(SettingsError::NoTime)));
    let product = WireSettings { product: "a\nb".to_owned(), ..settings("https://host") };
    assert!(matches!(Wire::new(product), Err(SettingsError::Product)));
    assert!(matches!(Wire::new(settings("http://host")), Err(SettingsError::Insecure)));
    let hosts = WireSettings { site_hosts: vec!["https://a.example".to_owned()], ..settings("https://host") };
    assert!(matches!(Wire::new(hosts), Err(SettingsError::SiteHost)));
}

#[tokio::test]
async fn a_replaced_address_is_the_one_that_is_asked() {
    let raw = Raw::start([answer("200 OK", "", "")]).await;
    let table = Table::with_overrides(
        r#"{"site.suspend":{"method":"PUT","path":"/api/v1/tenants/{tenantId}/sites/{siteId}/suspend"}}"#,
    );
    let line = wire(&raw.base, Duration::from_secs(5), table.unwrap());
    let site = SiteId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap();
    line.changer(&session(), tag()).suspend_site(&site).await.unwrap();
    let wanted = format!("PUT /api/v1/tenants/{TENANT}/sites/{site}/suspend HTTP/1.1\r\n");
    assert!(raw.heard()[0].starts_with(&wanted), "{}", raw.heard()[0]);
}

#[test]
fn every_call_can_be_made_from_a_web_server() {
    fn is_send<Value: Send>(_: Value) {}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _inside = runtime.enter();
    let line = Wire::new(settings("https://host")).unwrap();
    let site = SiteId::parse(TENANT).unwrap();
    is_send(line.reader(&session(), tag()).list_sites());
    is_send(line.changer(&session(), tag()).suspend_site(&site));
    is_send(line.reader(&session(), tag()).list_people(&PeopleFilter::default(), None));
    is_send(line.reader(&session(), tag()).people_by_id(&[]));
    is_send(line.changer(&session(), tag()).create_person(&NewPerson::default()));
    is_send(line.sign_in(&secrecy::SecretString::from("p"), &tag()));
    is_send((line.reader(&session(), tag()), line));
}
