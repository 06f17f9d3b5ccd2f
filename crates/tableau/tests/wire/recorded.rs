//! Real answers of the site API, as the vendor's own open-source client keeps them.

use std::path::PathBuf;

use secrecy::ExposeSecret;
use tableau::{Error, Unreadable, rest};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/vendor-answers");

/// Read by this crate today.
const READ: [&str; 4] =
    ["auth_sign_in.xml", "auth_sign_in_error.xml", "server_info_get.xml", "server_info_wrong_site.html"];

/// Answers about people and groups of a site: their readers come with those operations. Not claimed yet.
const WAITING: [&str; 7] = [
    "group_get.xml",
    "group_get_all_fields.xml",
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
fn every_recorded_answer_is_either_read_or_waits_by_name() {
    let Ok(folder) = std::fs::read_dir(FOLDER) else {
        eprintln!("skipped: the recorded answers are not here");
        return;
    };
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "README.md").collect();
    names.sort_unstable();
    let mut known = [READ.as_slice(), &WAITING].concat();
    known.sort_unstable();
    assert_eq!(names, known);
    eprintln!("read now: {READ:?}; waiting for their readers: {WAITING:?}");
}

#[test]
fn a_recorded_sign_in_is_read() {
    let Some(answer) = recorded("auth_sign_in.xml") else { return };
    let session = rest::signin::read(&answer).unwrap();
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
    assert!(rest::signin::read(&answer).is_err());
}

#[test]
fn a_recorded_server_info_is_read() {
    let Some(answer) = recorded("server_info_get.xml") else { return };
    let info = rest::server_info::read(&answer).unwrap();
    assert_eq!(info.product, "10.1.0");
    assert_eq!(info.build, "10100.16.1024.2100");
    assert_eq!(info.api, "3.10");
}

#[test]
fn a_recorded_web_page_is_not_taken_for_an_answer() {
    let Some(answer) = recorded("server_info_wrong_site.html") else { return };
    for error in [
        rest::server_info::read(&answer).unwrap_err(),
        rest::signin::read(&answer).unwrap_err(),
        rest::errors::read(&answer).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Garbled { source: Unreadable::Xml }), "{error:?}");
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
