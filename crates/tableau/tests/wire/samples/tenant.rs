//! The samples of what belongs to the tenant itself.

use model::{
    Moment, SiteId, SiteUserId,
    licences::{RoleLimit, RoleLimits},
};
use serde_json::Value;
use tableau::{LogScope, NewSite, NewSitePlace, OidcFields};

use super::{ID, only_known_fields};
use crate::raw::Raw;

/// What belongs to the tenant itself; says whether it was that.
pub async fn take_tenant(name: &str, sample: &Value, raw: &Raw) -> bool {
    let (reader, changer) = (raw.reader(), raw.changer());
    let site = SiteId::parse(ID).unwrap();
    let times = (Moment::from_seconds(0), Moment::from_seconds(60));
    match name {
        "new token" => {
            assert_eq!(changer.create_token("MyTokenName", 180).await.unwrap().token.name, "MyTokenName")
        }
        "ways to sign in" => assert_eq!(reader.authentications(&[]).await.unwrap()[0].kind, "OIDC"),
        "openid connect" => {
            let kept = reader.oidc().await.unwrap().unwrap();
            assert_eq!((kept.told().provider.as_str(), kept.told().others.len()), ("Salesforce", 0));
            changer.put_oidc(Some(&kept), &OidcFields::default()).await.unwrap();
        }
        "project" => {
            let owner = SiteUserId::parse(ID).unwrap();
            assert_eq!(changer.create_project(&site, &owner).await.unwrap().name, "string");
        }
        "log files" => {
            let (files, next) = reader.log_files(LogScope::Tenant, times, None, None).await.unwrap();
            assert_eq!((files.len(), next.as_deref()), (1, Some("string")));
        }
        "log addresses" => {
            assert!(reader.log_urls(LogScope::Tenant, &[]).await.unwrap()[0].expires.is_some());
        }
        "asked: a token" => {
            changer.create_token("a", 7).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        "asked: a site" => {
            for place in [NewSitePlace::Region(ID.to_owned()), NewSitePlace::Pod(ID.to_owned())] {
                let site = NewSite { name: "a".to_owned(), content_url: "a".to_owned(), place };
                changer.create_site(&site).await.unwrap_err();
            }
            only_known_fields(raw, sample);
        }
        "asked: limits" => {
            let limits = RoleLimits { creators: RoleLimit::at_most(7), ..RoleLimits::default() };
            changer.update_limits(&site, &limits).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a project" => {
            changer.create_project(&site, &SiteUserId::parse(ID).unwrap()).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        "asked: log addresses" => {
            reader.log_urls(LogScope::Tenant, &["a".to_owned()]).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        // Written as a text by the page's mistake.
        "asked: ways to sign in" => assert!(sample["resourceIds"].is_string()),
        _ => return false,
    }
    true
}
