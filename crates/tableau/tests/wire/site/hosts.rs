//! A site's token goes to the hosts of sites and to no others.

use std::time::Duration;

use secrecy::SecretString;
use tableau::{Error, Fate, HIGHEST_TESTED, SiteAccess, Table, Unfit, Wire, WireSettings};

use super::{TOKEN, changer, job, line, reader, said, site, user};
use crate::raw::{Raw, answer};
use crate::vendor::tag;

fn settings(base: &str, hosts: &[&str]) -> WireSettings {
    WireSettings {
        base: base.to_owned(),
        deadline: Duration::from_secs(5),
        table: Table::default(),
        product: "Steward/0.1.0".to_owned(),
        site_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        log_hosts: Vec::new(),
    }
}

#[tokio::test]
async fn hosts_of_the_settings_are_taken_and_others_refused() {
    let line = Wire::new(settings("https://cloudmanager.tableau.com", &["tableau.example.com"])).unwrap();
    assert_eq!(line.site_host("tableau.example.com").unwrap().as_str(), "https://tableau.example.com");
    assert!(line.site_host("https://10ax.online.tableau.com").is_ok());
    for text in ["http://tableau.example.com", "example.com", "http://127.0.0.1:80", "evil.example"] {
        let error = line.site_host(text).unwrap_err();
        assert!(matches!(error, Error::Unfit { source: Unfit::Host }), "{text}: {error:?}");
        assert_eq!(error.fate(), Fate::NotSent);
    }
}

#[tokio::test]
async fn a_host_of_another_line_is_not_asked() {
    let raw = said("").await;
    let host = line(&raw).site_host(&raw.base).unwrap();
    let other = Wire::new(settings("http://127.0.0.1:1", &[])).unwrap();
    let access = SiteAccess::new(host, HIGHEST_TESTED, SecretString::from(TOKEN), site());
    let error = other.site_reader(&access, tag()).user(&user()).await.unwrap_err();
    assert!(matches!(error, Error::Unfit { source: Unfit::Host }), "{error:?}");
    assert!(raw.heard().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_stays() {
    let elsewhere = said("").await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let raw = Raw::start([answer(status, &format!("location: {}/x\r\n", elsewhere.base), "")]).await;
        let number: u16 = status[..3].parse().unwrap();
        let error = reader(&raw).user(&user()).await.unwrap_err();
        assert!(matches!(error, Error::Redirected { status } if status == number), "{error:?}");
        let error = changer(&raw).create_group_set("a").await.unwrap_err();
        assert!(matches!(error, Error::Redirected { status } if status == number), "{error:?}");
        assert_eq!(error.fate(), Fate::Unknown);
        assert!(changer(&raw).cancel_job(&job()).await.is_err());
        assert_eq!(raw.heard().len(), 3);
    }
    assert_eq!(elsewhere.heard(), Vec::<String>::new());
}

#[test]
fn every_call_can_be_made_from_a_web_server() {
    fn is_send<Value: Send>(_: &Value) {}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _inside = runtime.enter();
    let line = Wire::new(settings("https://cloudmanager.tableau.com", &[])).unwrap();
    let host = line.site_host("10ax.online.tableau.com").unwrap();
    let access = SiteAccess::new(host, HIGHEST_TESTED, SecretString::from(TOKEN), site());
    let (api, listing) = (line.site_changer(&access, tag()), tableau::Listing::default());
    is_send(&api.all_users(&listing));
    is_send(&api.all_group_users(&super::group()));
    is_send(&api.update_group_set(&super::set(), "a"));
    is_send(&api.upload_credentials(&user(), &[], &[]));
    is_send(&api.switch_site("a"));
    is_send(&api.sign_out());
    is_send(&line.server_info(access.host(), &tag()));
    is_send(&(api.clone(), access.clone()));
}
