//! Real answers of the site API, as the vendor's own open-source client keeps them.

use std::path::PathBuf;

use model::{
    PageRequest,
    roles::{SignInType, SiteRole},
    site_jobs::SiteJobStatus,
};
use secrecy::ExposeSecret;
use tableau::{ApiVersion, Error, Unreadable, rest};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/vendor-answers");

/// All of them; a new one must get its reader and its test.
const KNOWN: [&str; 11] = [
    "auth_sign_in.xml",
    "auth_sign_in_error.xml",
    "group_get.xml",
    "group_get_all_fields.xml",
    "server_info_get.xml",
    "server_info_wrong_site.html",
    "user_add.xml",
    "user_get.xml",
    "user_get_all_fields.xml",
    "user_get_by_id.xml",
    "users_bulk_add_job.xml",
];

/// The recorded answer, where the folder is present.
fn recorded(name: &str) -> Option<Vec<u8>> {
    let answer = std::fs::read(PathBuf::from(FOLDER).join(name)).ok();
    if answer.is_none() {
        eprintln!("skipped: {name} is not here");
    }
    answer
}

#[test]
fn every_recorded_answer_is_known_by_name() {
    let Ok(folder) = std::fs::read_dir(FOLDER) else {
        eprintln!("skipped: the recorded answers are not here");
        return;
    };
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "README.md").collect();
    names.sort_unstable();
    assert_eq!(names, KNOWN);
}

fn first() -> PageRequest {
    PageRequest { number: 1, size: 100 }
}

#[test]
fn recorded_lists_of_people_are_read_with_old_roles_and_with_prefixes() {
    let (Some(old), Some(new)) = (recorded("user_get.xml"), recorded("user_get_all_fields.xml")) else {
        return;
    };
    let page = rest::users::read_page(&old, first()).unwrap();
    let people = page.rows;
    assert_eq!((people.len(), page.total), (2, 2));
    assert_eq!((people[0].name.as_str(), people[0].site_role.code()), ("alice", "Publisher"));
    assert_eq!(people[0].last_login.unwrap().machine(), "2016-08-16T23:17:06Z");
    assert_eq!((people[1].site_role.code(), people[1].last_login), ("Interactor", None));
    let people = rest::users::read_page(&new, first()).unwrap().rows;
    assert_eq!(people[0].site_role, SiteRole::SiteAdministratorCreator);
    assert_eq!(people[1].sign_in, Some(SignInType::TableauIdWithMfa));
    assert_eq!(people[1].email.as_deref(), Some("alice@example.com"));
    assert_eq!(people[1].domain.as_deref(), Some("TABID_WITH_MFA"));
    assert_eq!((people[1].language.as_deref(), &people[1].locale), (Some("en"), &None));
    assert_eq!(people[1].idp_configuration.as_deref(), Some("22222222-2222-2222-2222-222222222222"));
}

#[test]
fn recorded_single_people_are_read() {
    let (Some(added), Some(asked)) = (recorded("user_add.xml"), recorded("user_get_by_id.xml")) else {
        return;
    };
    let cassie = rest::users::read_one(&added).unwrap();
    assert_eq!(
        (cassie.name.as_str(), &cassie.site_role, &cassie.email),
        ("Cassie", &SiteRole::Viewer, &None)
    );
    let alice = rest::users::read_one(&asked).unwrap();
    assert_eq!((alice.full_name.as_str(), &alice.sign_in), ("Alice", &Some(SignInType::Default)));
    assert_eq!((alice.domain.as_deref(), alice.external_id), (Some("local"), None));
}

#[test]
fn recorded_groups_are_read_with_and_without_counts() {
    let (Some(plain), Some(all)) = (recorded("group_get.xml"), recorded("group_get_all_fields.xml")) else {
        return;
    };
    let page = rest::groups::read_page(&plain, first()).unwrap();
    let groups = page.rows;
    assert_eq!((groups.len(), page.total, groups[0].user_count), (3, 3, None));
    assert!(groups[0].is_all_users() && groups[0].is_local() && !groups[1].is_all_users());
    assert!(!groups[0].grants_licences());
    let groups = rest::groups::read_page(&all, first()).unwrap().rows;
    assert_eq!(groups.iter().map(|group| group.user_count).collect::<Vec<_>>(), [Some(2), Some(1), Some(0)]);
}

#[test]
fn a_recorded_job_tells_no_outcome_before_its_end() {
    let Some(answer) = recorded("users_bulk_add_job.xml") else { return };
    let job = rest::jobs::read(&answer).unwrap();
    assert_eq!((job.kind.as_str(), job.progress), ("UserImport", Some(0)));
    assert_eq!((job.finish_code.as_deref(), &job.status), (Some("1"), &SiteJobStatus::Pending));
    assert!(!job.is_over() && !job.has_failed());
    assert_eq!(job.created.unwrap().machine(), "2024-06-27T03:21:02Z");
}

#[test]
fn a_recorded_sign_in_is_read() {
    let Some(answer) = recorded("auth_sign_in.xml") else { return };
    let session = rest::session::read(&answer).unwrap();
    assert_eq!(session.token.expose_secret(), "eIX6mvFsqyansa4KqEI1UwOpS8ggRs2l");
    assert_eq!(session.site.to_string(), "6b7179ba-b82b-4f0f-91ed-812074ac5da6");
    assert_eq!(session.user.to_string(), "1a96d216-e9b8-497b-a82a-0b899a965e01");
    assert_eq!(session.content_url, "Samples");
    assert!(!format!("{session:?}").contains("eIX6"));
    assert!(rest::errors::read(&answer).is_err());
}

#[test]
fn a_recorded_refusal_is_read() {
    let Some(answer) = recorded("auth_sign_in_error.xml") else { return };
    let refusal = rest::errors::read(&answer).unwrap();
    assert_eq!((refusal.code.as_str(), refusal.summary.as_str()), ("401001", "Signin Error"));
    assert_eq!(refusal.detail, "Error signing in to Tableau Server");
    assert!(rest::session::read(&answer).is_err());
}

#[test]
fn a_recorded_server_info_is_read() {
    let Some(answer) = recorded("server_info_get.xml") else { return };
    let info = rest::server_info::read(&answer).unwrap();
    assert_eq!(info.product, "10.1.0");
    assert_eq!(info.build, "10100.16.1024.2100");
    assert_eq!(info.api, ApiVersion::new(3, 10));
    assert_eq!(info.usable(), info.api);
}

#[test]
fn a_recorded_web_page_is_not_taken_for_an_answer() {
    let Some(answer) = recorded("server_info_wrong_site.html") else { return };
    for error in [
        rest::server_info::read(&answer).unwrap_err(),
        rest::session::read(&answer).unwrap_err(),
        rest::errors::read(&answer).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Garbled { source: Unreadable::WebPage }), "{error:?}");
    }
}

#[test]
fn prefixes_new_fields_and_empty_texts_do_no_harm() {
    let answer =
        br#"<?xml version="1.0"?><t:tsResponse xmlns:t="http://tableau.com/api"><t:error code="404003">
        <t:summary/><t:detail>gone</t:detail><t:more a="b"/></t:error></t:tsResponse>"#;
    let refusal = rest::errors::read(answer).unwrap();
    assert_eq!(
        (refusal.code.as_str(), refusal.summary.as_str(), refusal.detail.as_str()),
        ("404003", "", "gone")
    );
}

#[test]
fn a_document_type_is_refused() {
    let bomb = br#"<!DOCTYPE t [<!ENTITY a "b">]><tsResponse><error code="1"><detail>&a;</detail></error></tsResponse>"#;
    let error = rest::errors::read(bomb).unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::ForbiddenXml }), "{error:?}");
    assert!(rest::errors::read(b"\xff\xfe").is_err());
}
