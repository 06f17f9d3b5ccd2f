//! What is sent to change something on a site, byte by byte.

use bytes::Bytes;
use model::{
    groups::GrantMode,
    roles::{SignInType, SiteRole},
};
use secrecy::SecretString;
use tableau::{
    Change, DirectoryGroup, Error, Fate, GroupUpdate, ImportErrors, ImportSignIn, LocalGroup,
    LocalGroupUpdate, MinimumRole, NewGroup, NewSiteUser, SiteApi, SiteImport, SiteSignIn, Unfit, UserUpdate,
    When,
};

use super::{GROUP, JOB, OTHER, SET, USER, asked, changer, group, job, other, said, set, user};
use crate::raw::Raw;

pub fn somebody() -> NewSiteUser {
    NewSiteUser {
        name: "ann@example.com".to_owned(),
        role: SiteRole::ExplorerCanPublish,
        sign_in: Some(SiteSignIn::Setting(SignInType::Saml)),
        identity_pool: None,
    }
}

pub fn file() -> SiteImport {
    SiteImport {
        file_name: "people.csv".to_owned(),
        csv: Bytes::from_static(b"ann@example.com,,Ann,Viewer,None,false\r\n"),
        people: Vec::new(),
        errors: ImportErrors::Unsaid,
    }
}

pub fn local(name: &str) -> NewGroup {
    NewGroup::Local(LocalGroup { name: name.to_owned(), ..LocalGroup::default() })
}

fn message(inside: &str) -> String {
    format!("<tsRequest>{inside}</tsRequest>")
}

#[tokio::test]
async fn people_are_added_and_changed() {
    let whole = NewSiteUser { identity_pool: Some("Pool".to_owned()), ..somebody() };
    let inside = "<user name=\"ann@example.com\" siteRole=\"ExplorerCanPublish\" authSetting=\"SAML\" \
                  identityPoolName=\"Pool\"/>";
    let wanted = ("POST …/users".to_owned(), message(inside));
    assert_eq!(asked(async |api| api.add_user(&whole).await).await, wanted);
    let configured = NewSiteUser { sign_in: Some(SiteSignIn::Configuration("c-1".to_owned())), ..somebody() };
    let (_, body) = asked(async |api| api.add_user(&configured).await).await;
    assert!(body.contains(" idpConfigurationId=\"c-1\"") && !body.contains("authSetting"), "{body}");
    let update = UserUpdate {
        role: Some(SiteRole::Unlicensed),
        sign_in: Some(SiteSignIn::Setting(SignInType::Default)),
        ..UserUpdate::default()
    };
    let inside = "<user siteRole=\"Unlicensed\" authSetting=\"ServerDefault\"/>";
    let wanted = (format!("PUT …/users/{USER}"), message(inside));
    assert_eq!(asked(async |api| api.update_user(&user(), &update).await).await, wanted);
    let update = UserUpdate {
        full_name: Some("Ann".to_owned()),
        email: Some("a@example.com".to_owned()),
        password: Some(SecretString::from("p&<")),
        ..UserUpdate::default()
    };
    let inside = "<user fullName=\"Ann\" email=\"a@example.com\" password=\"p&amp;&lt;\"/>";
    assert_eq!(asked(async |api| api.update_user(&user(), &update).await).await.1, message(inside));
}

#[tokio::test]
async fn people_are_removed_with_or_without_an_heir() {
    let wanted = (format!("DELETE …/users/{USER}"), String::new());
    assert_eq!(asked(async |api| api.remove_user(&user(), None).await).await, wanted);
    let wanted = (format!("DELETE …/users/{USER}?mapAssetsTo={OTHER}"), String::new());
    assert_eq!(asked(async |api| api.remove_user(&user(), Some(&other())).await).await, wanted);
}

#[tokio::test]
async fn groups_are_made_changed_and_deleted() {
    let whole = LocalGroup {
        name: "marketing-group".to_owned(),
        minimum_role: Some(SiteRole::Viewer),
        on_demand: Some(true),
    };
    let inside =
        "<group name=\"marketing-group\" minimumSiteRole=\"Viewer\" ephemeralUsersEnabled=\"true\"/>";
    let wanted = ("POST …/groups".to_owned(), message(inside));
    assert_eq!(asked(async |api| api.create_group(&NewGroup::Local(whole)).await).await, wanted);
    let inside = "<group name=\"plain\"/>";
    assert_eq!(asked(async |api| api.create_group(&local("plain")).await).await.1, message(inside));
    let cleared =
        LocalGroupUpdate { minimum_role: Some(MinimumRole::Cleared), ..LocalGroupUpdate::default() };
    let wanted = (format!("PUT …/groups/{GROUP}"), message("<group minimumSiteRole=\"UNLICENSED\"/>"));
    let update = GroupUpdate::Local(cleared);
    assert_eq!(asked(async |api| api.update_group(&group(), &update).await).await, wanted);
    let renamed = LocalGroupUpdate {
        name: Some("new".to_owned()),
        minimum_role: Some(MinimumRole::Of(SiteRole::Creator)),
        on_demand: Some(false),
    };
    let inside = "<group name=\"new\" minimumSiteRole=\"Creator\" ephemeralUsersEnabled=\"false\"/>";
    let update = GroupUpdate::Local(renamed);
    assert_eq!(asked(async |api| api.update_group(&group(), &update).await).await.1, message(inside));
    let wanted = (format!("DELETE …/groups/{GROUP}"), String::new());
    assert_eq!(asked(async |api| api.delete_group(&group()).await).await, wanted);
}

#[tokio::test]
async fn groups_of_active_directory_can_be_left_to_a_job() {
    let directory = |when| DirectoryGroup {
        name: "sales".to_owned(),
        domain: "example.com".to_owned(),
        minimum_role: SiteRole::Viewer,
        grant: Some(GrantMode::OnSync),
        when,
    };
    let import = "<import source=\"ActiveDirectory\" domainName=\"example.com\" siteRole=\"Viewer\" \
                  grantLicenseMode=\"onSync\"/>";
    let body = message(&format!("<group name=\"sales\">{import}</group>"));
    let (now, later) = (directory(When::Now), directory(When::AsJob));
    let created = asked(async |api| api.create_group(&NewGroup::ActiveDirectory(now)).await).await;
    assert_eq!(created, ("POST …/groups".to_owned(), body.clone()));
    let update = GroupUpdate::ActiveDirectory(later);
    let updated = asked(async |api| api.update_group(&group(), &update).await).await;
    assert_eq!(updated, (format!("PUT …/groups/{GROUP}?asJob=true"), body));
}

#[tokio::test]
async fn people_are_put_into_groups_and_taken_out() {
    let one = message(&format!("<user id=\"{USER}\"/>"));
    let two = message(&format!("<users><user id=\"{USER}\"/><user id=\"{OTHER}\"/></users>"));
    let add = format!("POST …/groups/{GROUP}/users");
    assert_eq!(asked(async |api| api.add_to_group(&group(), &user()).await).await, (add.clone(), one));
    let both = [user(), other()];
    assert_eq!(asked(async |api| api.add_many_to_group(&group(), &both).await).await, (add, two.clone()));
    let wanted = (format!("DELETE …/groups/{GROUP}/users/{USER}"), String::new());
    assert_eq!(asked(async |api| api.remove_from_group(&group(), &user()).await).await, wanted);
    let wanted = (format!("PUT …/groups/{GROUP}/users/remove"), two);
    assert_eq!(asked(async |api| api.remove_many_from_group(&group(), &both).await).await, wanted);
}

#[tokio::test]
async fn group_sets_are_made_renamed_filled_and_deleted() {
    let named = message("<groupSet name=\"Researchers-one\"/>");
    let wanted = ("POST …/groupsets".to_owned(), named.clone());
    assert_eq!(asked(async |api| api.create_group_set("Researchers-one").await).await, wanted);
    let wanted = (format!("PUT …/groupsets/{SET}"), named);
    assert_eq!(asked(async |api| api.update_group_set(&set(), "Researchers-one").await).await, wanted);
    let bare = |line: String| (line, String::new());
    let wanted = bare(format!("DELETE …/groupsets/{SET}"));
    assert_eq!(asked(async |api| api.delete_group_set(&set()).await).await, wanted);
    let wanted = bare(format!("PUT …/groupsets/{SET}/groups/{GROUP}"));
    assert_eq!(asked(async |api| api.add_group_to_set(&set(), &group()).await).await, wanted);
    let wanted = bare(format!("DELETE …/groupsets/{SET}/groups/{GROUP}"));
    assert_eq!(asked(async |api| api.remove_group_from_set(&set(), &group()).await).await, wanted);
    let wanted = bare(format!("PUT …/jobs/{JOB}"));
    assert_eq!(asked(async |api| api.cancel_job(&job()).await).await, wanted);
}

#[tokio::test]
async fn a_request_without_a_body_says_how_long_it_is() {
    let raw = said("").await;
    changer(&raw).cancel_job(&job()).await.unwrap();
    let heard = raw.heard().remove(0);
    assert_eq!(heard.matches("content-length: 0\r\n").count(), 1, "{heard}");
    assert!(!heard.contains("content-type") && !heard.contains("transfer-encoding"), "{heard}");
}

#[tokio::test]
async fn a_message_says_that_it_is_xml() {
    let raw = said("").await;
    let _ = changer(&raw).add_user(&somebody()).await;
    let heard = raw.heard().remove(0);
    assert!(heard.contains("\r\ncontent-type: application/xml\r\n"), "{heard}");
    assert!(heard.contains("\r\naccept: application/xml\r\n"), "{heard}");
}

#[tokio::test]
async fn a_file_of_people_travels_in_two_parts() {
    let whole = SiteImport {
        people: vec![
            ImportSignIn { name: None, sign_in: Some(SiteSignIn::Setting(SignInType::OpenId)) },
            ImportSignIn {
                name: Some("jdoe\"<".to_owned()),
                sign_in: Some(SiteSignIn::Configuration("c".to_owned())),
            },
        ],
        ..file()
    };
    let payload = "<tsRequest><user authSetting=\"OpenID\"/>\
                   <user name=\"jdoe&quot;&lt;\" idpConfigurationId=\"c\"/></tsRequest>";
    for (import, payload) in [(file(), "<tsRequest><user/></tsRequest>"), (whole, payload)] {
        let raw = said("").await;
        let _ = changer(&raw).import_users(&import).await;
        let (head, body) = head_and_body(&raw);
        assert!(head.contains("/users/import HTTP/1.1\r\n"), "{head}");
        let border = border(&head);
        let csv = std::str::from_utf8(&import.csv).unwrap();
        assert_eq!(
            body,
            format!(
                "--{border}\r\nContent-Disposition: form-data; name=\"tableau_user_import\"; \
                 filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n{csv}\r\n\
                 --{border}\r\nContent-Disposition: form-data; name=\"request_payload\"\r\n\
                 Content-Type: text/xml\r\n\r\n{payload}\r\n--{border}--\r\n"
            )
        );
    }
    for (errors, word) in [(ImportErrors::First, "false"), (ImportErrors::All, "true")] {
        let import = SiteImport { errors, ..file() };
        let (line, _) = asked(async |api| api.import_users(&import).await).await;
        assert_eq!(line, format!("POST …/users/import?isVerbose={word}"));
    }
}

#[tokio::test]
async fn a_file_of_people_to_remove_travels_alone() {
    let raw = said("").await;
    let _ = changer(&raw).delete_users("gone.csv", b"ann@example.com").await;
    let (head, body) = head_and_body(&raw);
    assert!(head.contains("/users/delete HTTP/1.1\r\n"), "{head}");
    let border = border(&head);
    assert_eq!(
        body,
        format!(
            "--{border}\r\nContent-Disposition: form-data; name=\"tableau_user_delete\"; \
             filename=\"gone.csv\"\r\nContent-Type: text/csv\r\n\r\nann@example.com\r\n--{border}--\r\n"
        )
    );
}

#[tokio::test]
async fn what_asks_for_nothing_is_never_sent() {
    let raw = said("").await;
    let api: SiteApi<Change> = changer(&raw);
    let nothing = GroupUpdate::Local(LocalGroupUpdate::default());
    let outcomes = [
        api.update_user(&user(), &UserUpdate::default()).await.map(drop),
        api.update_group(&group(), &nothing).await.map(drop),
        api.add_many_to_group(&group(), &[]).await.map(drop),
        api.remove_many_from_group(&group(), &[]).await,
        api.import_users(&SiteImport { csv: Bytes::new(), ..file() }).await.map(drop),
        api.delete_users("x.csv", b"").await.map(drop),
        api.upload_credentials(&user(), &[], &[]).await,
    ];
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Unfit { source: Unfit::Nothing }), "{error:?}");
        assert_eq!(error.fate(), Fate::NotSent);
    }
    assert!(raw.heard().is_empty());
}

fn head_and_body(raw: &Raw) -> (String, String) {
    let heard = raw.heard().remove(0);
    let (head, body) = heard.split_once("\r\n\r\n").unwrap();
    (format!("{head}\r\n"), body.to_owned())
}

fn border(head: &str) -> String {
    let kind =
        head.lines().find_map(|line| line.strip_prefix("content-type: multipart/form-data; boundary="));
    kind.unwrap().to_owned()
}
