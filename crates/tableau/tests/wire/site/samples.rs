//! The answers that the vendor's page prints. Ids that are none there are replaced, and broken tags closed.

use model::{
    PageRequest,
    groups::GrantMode,
    roles::{SignInType, SiteRole},
    site_jobs::SiteJobStatus,
};
use tableau::{
    DirectoryGroup, GroupUpdate, Listing, LocalGroupUpdate, Made, NewGroup, SetDetail, Usage, UserUpdate,
    When,
};

use super::changes::{local, somebody};
use super::{GROUP, JOB, OTHER, SET, SITE, USER, changer, group, job, other, reader, said, set, user, xml};
use crate::raw::Raw;

fn first() -> PageRequest {
    PageRequest { number: 1, size: 100 }
}

fn role(word: &str) -> Option<SiteRole> {
    SiteRole::parse_assignable(word)
}

#[tokio::test]
async fn people_are_read_as_printed() {
    let inside = format!(
        "<pagination pageNumber=\"1\" pageSize=\"100\" totalAvailable=\"161\"/><users>\
         <user email=\"alex@example.com\" id=\"{USER}\" fullName=\"Alex Smith\" name=\"Alex\" siteRole=\"Viewer\" \
         language=\"en-GB\" locale=\"GB\"><domain name=\"tsi.lan\" /></user>\
         <user email=\"jannaj@example.org\" id=\"{OTHER}\" fullName=\"Janna Johnson\" name=\"Janna\" \
         siteRole=\"Unlicensed\" language=\"en-GB\" locale=\"GB\" ><domain name=\"tsi.lan\" /></user></users>"
    );
    let raw = said(&inside).await;
    let page = reader(&raw).users(first(), &Listing::default()).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (161, 2));
    let alex = &page.rows[0];
    assert_eq!((alex.id, alex.name.as_str(), alex.full_name.as_str()), (user(), "Alex", "Alex Smith"));
    assert_eq!((&alex.site_role, alex.domain.as_deref()), (&SiteRole::Viewer, Some("tsi.lan")));
    assert_eq!((alex.language.as_deref(), alex.locale.as_deref()), (Some("en-GB"), Some("GB")));
    assert_eq!((&alex.email.as_deref(), alex.last_login), (&Some("alex@example.com"), None));
    let raw = said(&inside).await;
    assert_eq!(reader(&raw).group_users(&group(), first()).await.unwrap().rows[1].id, other());
}

#[tokio::test]
async fn one_person_is_read_as_printed() {
    let inside = format!(
        "<user id=\"{USER}\" name=\"Alan\" siteRole=\"ExplorerCanPublish\" fullName=\"Alan Wang\" \
         authSetting=\"ServerDefault\" lastLogin=\"2015-01-05T03:24:36Z\" externalAuthUserId=\"x-1\" language=\"en-GB\" \
         locale=\"GB\" /><domain name=\"user-domain\" />"
    );
    let raw = said(&inside).await;
    let alan = reader(&raw).user(&user()).await.unwrap().unwrap();
    assert_eq!(alan.sign_in, Some(SignInType::Default));
    assert_eq!(alan.last_login.unwrap().machine(), "2015-01-05T03:24:36Z");
    assert_eq!((alan.shown_name(), alan.external_id.as_deref()), ("Alan Wang", Some("x-1")));
}

#[tokio::test]
async fn a_person_who_was_added_may_have_less_than_was_asked_for() {
    let inside =
        format!("<user id=\"{USER}\" name=\"Adam\" siteRole=\"Unlicensed\" authSetting=\"ServerDefault\" />");
    let raw = Raw::start([xml("201 Created", &format!("<tsResponse>{inside}</tsResponse>"))]).await;
    let added = changer(&raw).add_user(&somebody()).await.unwrap();
    assert_eq!((added.id, added.site_role), (user(), SiteRole::Unlicensed));
}

#[tokio::test]
async fn a_person_who_was_changed_has_the_id_of_the_question() {
    let inside = "<user name=\"Adam\" fullName=\"New\" email=\"n@example.com\" siteRole=\"Creator\" \
                  authSetting=\"SAML\" />";
    let raw = said(inside).await;
    let update = UserUpdate { role: Some(SiteRole::Creator), ..UserUpdate::default() };
    let changed = changer(&raw).update_user(&user(), &update).await.unwrap();
    assert_eq!(
        (changed.id, changed.site_role, changed.sign_in),
        (user(), SiteRole::Creator, Some(SignInType::Saml))
    );
}

#[tokio::test]
async fn groups_are_read_as_printed() {
    let inside = format!(
        "<pagination pageNumber=\"1\" pageSize=\"100\" totalAvailable=\"3\"/><groups>\
         <group id=\"{GROUP}\" name=\"All Users\"><domain name=\"local\"/></group>\
         <group id=\"{OTHER}\" name=\"active-directory-group-import\"><domain name=\"MYDOMAIN.net\"/>\
         <import domainName=\"MYDOMAIN.net\" siteRole=\"ExplorerCanPublish\" grantLicenseMode=\"onSync\"/></group>\
         <group id=\"{USER}\" name=\"local-group-license-on-login\"><domain name=\"local\"/>\
         <import domainName=\"local\" siteRole=\"ExplorerCanPublish\" grantLicenseMode=\"onLogin\"/></group></groups>"
    );
    let raw = said(&inside).await;
    for groups in [
        reader(&raw).groups(first(), &Listing::default()).await.unwrap().rows,
        reader(&raw).groups_of(&user(), first()).await.unwrap().rows,
        reader(&raw).all_groups_of(&user()).await.unwrap().rows,
    ] {
        assert_eq!(groups.len(), 3);
        assert!(groups[0].is_all_users() && !groups[0].grants_licences());
        assert!(!groups[1].is_local() && groups[2].is_local());
        assert_eq!(groups[1].grant, Some(GrantMode::OnSync));
        assert_eq!(
            (&groups[2].grant, &groups[2].minimum_role),
            (&Some(GrantMode::OnLogin), &role("ExplorerCanPublish"))
        );
    }
}

#[tokio::test]
async fn a_group_that_was_made_is_read_as_printed() {
    let inside = format!(
        "<group id=\"{GROUP}\" name=\"marketing-group\" minimumSiteRole=\"Viewer\" ephemeralUsersEnabled=\"true\" >\
         <import domainName=\"local\" siteRole=\"Viewer\" grantLicenseMode=\"onLogin\" /></group>"
    );
    let raw = said(&inside).await;
    let Made::Group(made) = changer(&raw).create_group(&local("marketing-group")).await.unwrap() else {
        panic!("a job")
    };
    assert_eq!((made.id, made.on_demand, made.minimum_role), (group(), Some(true), Some(SiteRole::Viewer)));
    assert_eq!((made.domain.as_deref(), made.grant), (Some("local"), Some(GrantMode::OnLogin)));
    // Updating a group of Active Directory names the role by another word, and no id.
    let inside = "<group name=\"sales\"><import domainName=\"example.com\" grantLicenseMode=\"onSync\" \
                  minimumSiteRole=\"Creator\" /></group>";
    let raw = said(inside).await;
    let update =
        GroupUpdate::Local(LocalGroupUpdate { name: Some("sales".to_owned()), ..Default::default() });
    let Made::Group(made) = changer(&raw).update_group(&group(), &update).await.unwrap() else {
        panic!("a job")
    };
    assert_eq!(
        (made.id, made.minimum_role, made.domain.as_deref()),
        (group(), role("Creator"), Some("example.com"))
    );
    let inside = format!("<group id=\"{GROUP}\" name=\"plain\" minimumSiteRole=\"UNLICENSED\"/>");
    let raw = said(&inside).await;
    let Made::Group(made) = changer(&raw).update_group(&group(), &update).await.unwrap() else {
        panic!("a job")
    };
    assert!(!made.grants_licences());
}

#[tokio::test]
async fn a_group_can_come_as_a_job() {
    let directory = DirectoryGroup {
        name: "sales".to_owned(),
        domain: "example.com".to_owned(),
        minimum_role: SiteRole::Viewer,
        grant: None,
        when: When::AsJob,
    };
    for kind in ["GroupImport", "GroupSync"] {
        let inside = format!(
            "<job id=\"{JOB}\" mode=\"Asynchronous\" type=\"{kind}\" progress=\"0\" createdAt=\"2024-06-27T03:21:02Z\" />"
        );
        let raw = Raw::start([xml("202 Accepted", &format!("<tsResponse>{inside}</tsResponse>"))]).await;
        let made = match kind {
            "GroupImport" => changer(&raw).create_group(&NewGroup::ActiveDirectory(directory.clone())).await,
            _ => changer(&raw).update_group(&group(), &GroupUpdate::ActiveDirectory(directory.clone())).await,
        };
        let Made::Job(made) = made.unwrap() else { panic!("a group") };
        assert_eq!((made.id, made.kind.as_str(), made.status), (job(), kind, SiteJobStatus::Pending));
    }
    let raw = said("").await;
    assert!(changer(&raw).create_group(&local("a")).await.is_err());
}

#[tokio::test]
async fn members_are_read_as_printed() {
    let one = format!("<user id=\"{USER}\" name=\"Adam\" siteRole=\"Explorer\" />");
    let raw = said(&one).await;
    let added = changer(&raw).add_to_group(&group(), &user()).await.unwrap();
    assert_eq!((added.id, added.name.as_str(), added.site_role), (user(), "Adam", SiteRole::Explorer));
    let two = format!("<users>{one}<user id=\"{OTHER}\" name=\"Sadako\" siteRole=\"Explorer\" /></users>");
    let raw = said(&two).await;
    let added = changer(&raw).add_many_to_group(&group(), &[user(), other()]).await.unwrap();
    assert_eq!(added.iter().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Adam", "Sadako"]);
}

#[tokio::test]
async fn a_new_group_set_comes_inside_the_root_of_a_request() {
    let inside = format!("<groupSet id=\"{SET}\" name=\"marketing-group\" groupCount=\"0\" />");
    for root in ["tsRequest", "tsResponse"] {
        let raw = Raw::start([xml("201 Created", &format!("<{root}>{inside}</{root}>"))]).await;
        let made = changer(&raw).create_group_set("marketing-group").await.unwrap();
        assert_eq!((made.id, made.name.as_str(), made.group_count), (set(), "marketing-group", Some(0)));
    }
}

#[tokio::test]
async fn group_sets_are_read_as_printed() {
    let inside = format!(
        "<groupSet id=\"{SET}\"><group id=\"{GROUP}\" name=\"All Users\" groupCount=\"2\"></group>\
         <group id=\"{OTHER}\" name=\"Researchers\" ></group></groupSet>"
    );
    let raw = said(&inside).await;
    let found = reader(&raw).group_set(&set()).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.group_count, found.size()), ("", None, 2));
    assert_eq!((found.groups[0].id, found.groups[1].name.as_str()), (group(), "Researchers"));
    let inside = format!(
        "<pagination pageNumber=\"1\" pageSize=\"100\" totalAvailable=\"2\"/><groupSets>\
         <groupSet id=\"{SET}\" name=\"All Users\" groupCount=\"1\"><group id=\"{GROUP}\" name=\"group-one\"/></groupSet>\
         <groupSet id=\"{OTHER}\" name=\"local-group-license-on-login\"/></groupSets>"
    );
    let raw = said(&inside).await;
    let listed = reader(&raw).all_group_sets(&Listing::default(), SetDetail::Members).await.unwrap();
    assert_eq!((listed.rows.len(), listed.steady), (2, true));
    assert_eq!((listed.rows[0].size(), listed.rows[1].size()), (1, 0));
}

#[tokio::test]
async fn a_site_and_its_ways_to_sign_in_are_read() {
    let inside = format!(
        "<site id=\"{SITE}\" name=\"Acme\" contentUrl=\"acme\" adminMode=\"ContentAndUsers\" state=\"Active\" \
         storageQuota=\"1000\" userQuota=\"20\" tierCreatorCapacity=\"5\" tierExplorerCapacity=\"\" timeZone=\"UTC\">\
         <usage numUsers=\"7\" storage=\"12\"/></site>"
    );
    let raw = said(&inside).await;
    let facts = reader(&raw).site(Usage::With).await.unwrap();
    assert_eq!((facts.name.as_str(), facts.content_url.as_str()), ("Acme", "acme"));
    assert_eq!((facts.people, facts.storage_mb, facts.storage_quota_mb), (Some(7), Some(12), Some(1000)));
    assert_eq!((facts.creator_seats, facts.explorer_seats, facts.viewer_seats), (Some(5), None, None));
    let raw = said(&format!("<site id=\"{SITE}\"/>")).await;
    assert_eq!(reader(&raw).site(Usage::With).await.unwrap().people, None);
    let inside = "<siteAuthConfigurations><siteAuthConfiguration authSetting=\"OIDC\" enabled=\"true\" \
                  idpConfigurationId=\"i-1\" idpConfigurationName=\"Okta\" knownProviderAlias=\"Google\"/>\
                  <siteAuthConfiguration authSetting=\"SAML\" enabled=\"false\" idpConfigurationId=\"i-2\" \
                  idpConfigurationName=\"Entra\"/></siteAuthConfigurations>";
    let raw = said(inside).await;
    let found = reader(&raw).auth_configurations().await.unwrap();
    assert_eq!(
        (&found[0].sign_in, found[0].enabled, found[0].id.as_str()),
        (&SignInType::OpenId, true, "i-1")
    );
    assert_eq!(
        (found[0].known_provider.as_deref(), found[1].known_provider.as_deref()),
        (Some("Google"), None)
    );
    assert_eq!((&found[1].sign_in, found[1].enabled), (&SignInType::Saml, false));
}

#[tokio::test]
async fn prefixes_make_no_difference() {
    let inside = format!(
        "<ns0:pagination totalAvailable=\"1\"/><ns0:users><ns0:user id=\"{USER}\" name=\"ann\"><ns0:domain name=\"d\"/>\
         </ns0:user></ns0:users>"
    );
    let body = format!("<ns0:tsResponse xmlns:ns0=\"http://tableau.com/api\">{inside}</ns0:tsResponse>");
    let raw = Raw::start([xml("200 OK", &body)]).await;
    let people = reader(&raw).all_users(&Listing::default()).await.unwrap();
    assert_eq!(
        (people.rows[0].id, people.rows[0].domain.as_deref(), people.steady),
        (user(), Some("d"), true)
    );
}
