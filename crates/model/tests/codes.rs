//! What the table of Tableau's codes promises.

use std::collections::HashSet;
use std::path::Path;

use model::codes::{
    Again, Explained, Group, Refusal, Source, Tone, all, differing, explain, explain_site, unknown,
};

/// Tableau's operation codes and their symbols, as its page lists them.
const OPERATIONS: &str = "
E_400_USR_SVC_2006 USER_SERVICE_UNSUPPORTED_SITE_ROLE_STATUS_TRANSITION
E_400_USR_SVC_2009 USER_SERVICE_UNSUPPORTED_OPERATION
E_400_USR_SVC_2010 USER_SERVICE_REQUEST_HANDLING_FAILED
E_400_USR_SVC_2012 USER_SERVICE_TENANT_STATUS_NOT_ALLOWED
E_400_USR_SVC_2017 USER_SERVICE_DEFAULT_IDP_HANDLING_FAILED
E_403_USR_SVC_2016 USER_SERVICE_REQUEST_FORBIDDEN
E_403_USR_SVC_2017 USER_SERVICE_LICENSE_LIMITS_REACHED
E_403_USR_SVC_2018 USER_SERVICE_SITE_SETTINGS_LIMITS_REACHED
E_403_USR_SVC_2019 USER_SERVICE_HEADER_VALIDATION_FAILED
E_403_USR_SVC_2022 INVALID_CALLER_TO_ADD_SUPPORT_USER
E_403_USR_SVC_2023 UPDATE_TO_SUPPORT_USER_FORBIDDEN
E_404_USR_SVC_2020 ENTITY_NOT_FOUND
E_404_USR_SVC_2022 EXPIRED_ENTITY_FOUND
E_405_USR_SVC_2025 USER_SERVICE_SELF_DELETION_NOT_ALLOWED
E_405_USR_SVC_2024 USER_SERVICE_METHOD_NOT_ALLOWED
E_409_USR_SVC_2025 CONFLICT_IN_OPERATION
E_500_USR_SVC_3901 DYNAMO_DB_OP_FAILED
E_500_USR_SVC_3902 DYNAMO_DB_CONCURRENT_MODIFICATION_EXCEPTION
E_500_USR_SVC_4000 UNKNOWN_ERROR
E_400_USR_SVC_4001 USER_SERVICE_BULK_OP_REQUEST_HANDLING_FAILED
E_400_USR_SVC_4020 USER_SERVICE_BULK_OP_FILE_NOT_FOUND
E_400_USR_SVC_4022 USER_SERVICE_BULK_OP_JOB_NOT_FOUND
E_400_USR_SVC_4016 USER_SERVICE_BULK_JOB_IN_INVALID_STATE
E_400_USR_SVC_4024 USER_SERVICE_BULK_OP_WORK_AREA_RECORD_NOT_FOUND
E_400_USR_SVC_4025 USER_SERVICE_BULK_OP_WORK_AREA_RECORD_IN_INVALID_STATE
E_400_USR_SVC_4026 USER_SERVICE_BULK_OP_STAGE_NOT_FOUND
E_400_USR_SVC_4027 USER_SERVICE_BULK_OP_TYPE_NOT_FOUND
E_404_USR_SVC_4601 TENANT_SERVICE_ENTITY_NOT_FOUND
E_400_USR_SVC_4602 TENANT_SERVICE_VALIDATION_FAILED
E_500_USR_SVC_4603 TENANT_SERVICE_ORCHESTRATION_FAILED
E_404_USR_SVC_4604 TENANT_SERVICE_RESPONSE_NOT_FOUND
E_404_USR_SVC_4701 URS_RESPONSE_NOT_FOUND
E_500_USR_SVC_4702 URS_ORCHESTRATION_FAILED
E_409_USR_SVC_4703 USER_SYNC_ALREADY_IN_PROGRESS
E_500_USR_SVC_4801 ENTITLEMENT_SERVICE_ORCHESTRATION_FAILED
E_404_USR_SVC_4802 ENTITLEMENT_SERVICE_RESPONSE_NOT_FOUND
E_500_USR_SVC_5101 EXTERNAL_SERVICE_RESPONSE_VALIDATION_FAILED
";

/// The word codes of a job's rows by group, as a public client's model lists them.
const OUTCOMES: &[(Group, &str)] = &[
    (
        Group::Done,
        "USER_CREATED_WITH_ASSIGNED_ROLE USER_CREATED_WITH_ASSIGNED_UNLICENSED USER_ADDED_WITH_ASSIGNED_ROLE
        USER_ADDED_WITH_ASSIGNED_UNLICENSED SITE_ROLE_ASSIGNED SITE_ROLE_REMOVED
        SITE_ROLE_REMOVED_USER_DELETED
        USER_IDP_UPDATED USER_EMAIL_UPDATED USER_CREATED_WITH_LINK_ROLE LINK_ROLE_ADDED_TO_USER
        LINK_ROLE_UPDATED_IN_USER LINK_ROLE_DELETED_FROM_USER LANGUAGE_LOCALE_UPDATED_IN_USER
        USER_ADDED_WITH_ASSIGNED_ROLE_EMAIL_UPDATED USER_SITE_ROLE_CHANGED_EMAIL_UPDATED
        USER_SITE_ROLE_UNCHANGED_EMAIL_UPDATED USER_DISPLAY_NAME_ROLE_EMAIL_UPDATED
        USER_DISPLAY_NAME_ROLE_UPDATED_EMAIL_UNCHANGED USER_DISPLAY_NAME_UPDATED_ROLE_EMAIL_UNCHANGED
        USER_SITE_ROLE_UPDATED_EMAIL_UNCHANGED",
    ),
    (Group::NothingToDo, "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE USER_SITE_ROLE_EMAIL_UNCHANGED"),
    (
        Group::NotAsAsked,
        "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED USER_ADDED_AS_UNLICENSED
        USER_ROLE_UNCHANGED_SITE_LICENSE_EXHAUSTED USER_ROLE_UNCHANGED_GLSI_MIN_ROLE
        USER_UNLICENSED_OWNS_CONTENT",
    ),
    (
        Group::DoneWithoutMail,
        "USER_CREATED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED
        USER_CREATED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED
        USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED_WITH_EMAIL_DISABLED
        USER_ADDED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED
        USER_ADDED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED USER_ADDED_AS_UNLICENSED_WITH_EMAIL_DISABLED
        USER_ADDED_DISPLAY_NAME_UPDATED_WITH_EMAIL_DISABLED
        USER_ADDED_UPON_RETRY_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED
        USER_ADDED_UPON_RETRY_AS_UNLICENSED_WITH_EMAIL_DISABLED USER_DISPLAY_NAME_UPDATED_WITH_EMAIL_DISABLED
        USER_DISPLAY_NAME_UPDATED_SITE_ROLE_ASSIGNED_WITH_EMAIL_DISABLED
        SITE_ROLE_ASSIGNED_WITH_EMAIL_DISABLED",
    ),
    (
        Group::Refused(Refusal::Request),
        "BAD_REQUEST METHOD_NOT_ALLOWED USE_CONFLICT DUPLICATE_RECORD INVALID_SITE_ROLE INVALID_IDP
        IDP_FIELDS_ARE_NULL USER_INVALID_AUTHENTICATION_SETTING USER_SERVICE_AUTHENTICATION_SETTING_DISABLED
        USER_SERVICE_UNKNOWN_REQUEST",
    ),
    (
        Group::Refused(Refusal::Rights),
        "NO_AUTHENTICATION_CREDENTIALS NOT_AUTHENTICATED FORBIDDEN LICENSING_UPDATE_ON_SELF_FORBIDDEN
        USER_NOT_SUPPORTED_GUEST_OPERATION",
    ),
    (
        Group::Refused(Refusal::State),
        "RESOURCE_NOT_FOUND SITE_NOT_FOUND USER_NOT_FOUND GROUP_NOT_FOUND USER_ASSET_CONFLICT
        GUEST_USER_CONFLICT LICENSING_CONFLICT USER_CANNOT_ASSIGN_UNLICENSED_ROLE
        USER_SYSTEM_USER_WITH_EMAIL_ADDRESS_ALREADY_EXISTS USER_SERVICE_NO_SITE_ROLE_FOUND
        USER_SERVICE_NO_SITE_ROLE_FOUND_FOR_SITEID USER_SERVICE_SITE_ROLE_NOT_ACTIVE
        USER_SERVICE_USER_CREATE_UPDATE_WITH_BLOCKED_EMAIL_DOMAIN DELETION_FAILED INTERNAL_ERROR",
    ),
    (
        Group::Refused(Refusal::CsvLine),
        "BLANK_CSV_RECORD MISSING_LINE_NUMBER USER_CSV_PARAM_NOT_TEXT USER_CSV_PARAMETER_TOO_LONG
        USER_INVALID_USER_NAME USER_INVALID_EMAIL_ADDRESS USER_CSV_INVALID_LICENSE
        USER_CSV_INVALID_ADMIN_LEVEL
        USER_CSV_INVALID_PUBLISHER WRONG_PARAMS_FOR_ADMIN WRONG_PARAMS_FOR_EXPLORER WRONG_PARAMS_FOR_VIEWER
        WRONG_PARAMS_FOR_UNLICENSED WRONG_PARAMS_FOR_LINK_ADMIN INVALID_LICENSE_COMBINATION",
    ),
    (Group::Undocumented, "E_400_USR_SVC_4023 E_400_USR_SVC_4031 E_400_USR_SVC_4033"),
];

/// The codes with which a new site is refused, as a public client's model lists them.
const REQUESTS: &str =
    "INVALID_PARAM INVALID_SITE_NAME INVALID_SITE_CONTENT_URL SITE_LIMIT_REACHED SITE_NAME_CONFLICT
    SITE_CONTENT_URL_CONFLICT INTERNAL_SERVER_ERROR";

const SITES_ON_VENDOR_PAGE: &str =
    "400000 400003 400006 400007 400012 400013 400019 400032 401002 403004 403009
    403011 403014 403020 403054 403133 404000 404002 404012 404016 404017 405000 409000 409003 409005 409009
    409011 409014 409120 409121 500000";
const SITES_IN_PUBLIC_CLIENTS: &str =
    "400009 400031 401000 401001 403069 403070 403157 404001 404003 409017 429000";

#[test]
fn the_thirty_seven_operation_codes_are_there_with_their_symbols_and_no_other() {
    let expected: HashSet<_> = OPERATIONS.lines().filter_map(|line| line.split_once(' ')).collect();
    let symbols: HashSet<_> = all().filter_map(|found| Some((found.code, found.symbol?))).collect();
    assert_eq!(expected.len(), 37);
    assert_eq!(symbols, expected);
    for (code, _) in expected {
        let found = known(code);
        assert_eq!((found.source, found.group), (Source::VendorPage, None), "{code}");
        assert!(found.next.is_some(), "{code} says what to do next");
    }
}

#[test]
fn every_word_code_is_explained_in_its_group_as_known_from_a_public_client() {
    for (group, codes) in OUTCOMES {
        for code in codes.split_whitespace() {
            let found = known(code);
            assert_eq!((found.group, found.source), (Some(*group), Source::PublicClient), "{code}");
        }
    }
    let listed: usize = OUTCOMES.iter().map(|(_, codes)| codes.split_whitespace().count()).sum();
    assert_eq!(all().filter(|found| found.group.is_some()).count(), listed);
}

#[test]
fn the_tone_of_a_word_code_follows_its_group_and_a_missing_mail_hides_no_missing_licence() {
    for found in all() {
        let short_of_licence = found.code.contains("AS_UNLICENSED");
        let expected = match found.group {
            Some(Group::Done) => Tone::Good,
            Some(Group::NothingToDo | Group::Undocumented) => Tone::Neutral,
            Some(Group::NotAsAsked) => Tone::Warning,
            Some(Group::DoneWithoutMail) if short_of_licence => Tone::Warning,
            Some(Group::DoneWithoutMail) => Tone::Good,
            Some(Group::Refused(_)) => Tone::Bad,
            None => continue,
        };
        assert_eq!(found.tone, expected, "{}", found.code);
        let unmailed = found.group == Some(Group::DoneWithoutMail);
        assert_eq!(found.meaning.ends_with("; no mail was sent."), unmailed, "{}", found.code);
    }
}

#[test]
fn every_site_code_is_explained_with_its_http_status() {
    let sources =
        [(Source::VendorPage, SITES_ON_VENDOR_PAGE), (Source::PublicClient, SITES_IN_PUBLIC_CLIENTS)];
    for (source, codes) in sources {
        for code in codes.split_whitespace() {
            let found = known(code);
            assert_eq!(found.source, source, "{code}");
            assert_eq!(found.http[0].to_string(), code[..3], "{code}");
        }
    }
    let listed = sources.iter().map(|(_, codes)| codes.split_whitespace().count()).sum::<usize>();
    assert_eq!(all().filter(|found| !found.http.is_empty()).count(), listed);
    assert_eq!(all().count(), 37 + 88 + REQUESTS.split_whitespace().count() + listed);
}

#[test]
fn the_codes_of_refused_requests_are_told_from_those_of_rows() {
    for code in REQUESTS.split_whitespace() {
        let found = known(code);
        assert_eq!((found.group, found.symbol, found.source), (None, None, Source::PublicClient), "{code}");
        assert!(model::codes::explain_manager(code).is_none(), "no row of a job ends with {code}");
    }
}

#[test]
fn no_code_stands_twice() {
    let mut seen = HashSet::new();
    for found in all() {
        assert!(seen.insert(found.code), "{} stands twice", found.code);
    }
}

#[test]
fn every_text_is_a_short_sentence_without_begging() {
    for found in all().chain([unknown()]) {
        for text in [Some(found.meaning), found.next].into_iter().flatten() {
            let first = text.chars().next().expect("a text is not empty");
            assert!(first.is_uppercase() && text.ends_with('.'), "not a sentence: {text}");
            assert!(!text.to_lowercase().contains("please"), "begs: {text}");
            assert!((15..=120).contains(&text.len()), "{} characters: {text}", text.len());
            assert!(text.is_ascii() && !text.contains("  "), "unusual characters: {text}");
        }
    }
}

#[test]
fn an_unknown_code_is_not_explained_and_nothing_is_claimed_of_it() {
    for code in ["", "E_999_USR_SVC_1", "2017", "E_400_USR_SVC_201", "e_400_usr_svc_2017", " 404000", "404"] {
        assert_eq!(explain(code), None, "{code:?}");
    }
    let nothing = unknown();
    assert_eq!((nothing.code, nothing.symbol, nothing.group), ("", None, None));
    assert_eq!(
        (nothing.again, nothing.source, nothing.tone),
        (Again::Unknown, Source::Unknown, Tone::Neutral)
    );
}

#[test]
fn codes_that_share_an_ending_keep_their_own_meaning() {
    for ending in ["2017", "2022", "2025"] {
        let meanings: HashSet<_> =
            all().filter(|found| found.code.ends_with(ending)).map(|found| found.meaning).collect();
        assert_eq!(meanings.len(), 2, "{ending}");
    }
}

#[test]
fn what_already_is_as_asked_counts_as_no_failure() {
    for code in ["E_409_USR_SVC_2025", "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE", "409011", "403070"] {
        assert_eq!((known(code).tone, known(code).again), (Tone::Neutral, Again::No), "{code}");
    }
}

#[test]
fn the_operation_codes_are_those_of_the_vendor_s_page_in_other_words() {
    let Some(page) = vendor_page("000_8a1dca7164e8b51b.txt") else { return };
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("E_"))
        .map(|line| line.splitn(3, ' ').collect())
        .collect();
    assert_eq!(rows.len(), 37);
    for row in rows {
        let found = known(row[0]);
        assert_eq!(found.symbol, Some(row[1]));
        assert!(!found.meaning.to_lowercase().contains(&row[2].to_lowercase()), "copied: {}", found.meaning);
    }
}

#[test]
fn every_site_code_of_the_vendor_s_page_is_explained_with_that_status() {
    let Some(page) = vendor_page("001_bea0d959bbfb5752.txt") else { return };
    let mut codes = HashSet::new();
    for line in page.lines() {
        let mut words = line.split(' ');
        let Some(Ok(status)) = words.next().map(str::parse::<u16>) else { continue };
        let Some(code) = words.next().filter(|word| word.len() == 6 && word.parse::<u32>().is_ok()) else {
            continue;
        };
        assert!(known(code).http.contains(&status), "{code} comes with {status}");
        codes.insert(code);
    }
    assert_eq!(codes, SITES_ON_VENDOR_PAGE.split_whitespace().collect());
}

fn known(code: &str) -> Explained {
    explain(code).unwrap_or_else(|| panic!("{code} is not explained"))
}

/// A page of the vendor's, where the workshop has it; it is not part of the project.
fn vendor_page(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/vendor");
    folder
        .is_dir()
        .then(|| std::fs::read_to_string(folder.join(name)).expect("the vendor's page can be read"))
}

#[test]
fn the_page_of_a_job_finds_the_managers_codes_and_no_others() {
    assert_eq!(model::codes::explain_manager("E_403_USR_SVC_2017"), explain("E_403_USR_SVC_2017"));
    assert_eq!(
        model::codes::explain_manager("USER_ADDED_AS_UNLICENSED"),
        explain("USER_ADDED_AS_UNLICENSED")
    );
    assert!(explain("404002").is_some() && model::codes::explain_manager("404002").is_none());
}

#[test]
fn a_site_code_means_what_was_asked_for() {
    let created = explain_site("group_set.create", "409120").unwrap();
    let asked = explain_site("group_set.get", "409120").unwrap();
    assert!(created.meaning.contains("already exists") && asked.meaning.contains("does not exist"));
    assert_eq!(explain_site("group_set.update", "409120"), explain("409120"));
    assert_eq!(explain_site("anything", "401002"), explain("401002"));
    assert_eq!(explain_site("anything", "000000"), None);
    assert_eq!(explain_site("site_user.remove", "404002").unwrap().tone, Tone::Neutral);
}

#[test]
fn words_for_an_operation_are_whole_sentences_about_a_known_code() {
    let mut seen = HashSet::new();
    for (operation, code) in differing() {
        assert!(seen.insert((operation, code)), "{operation} {code} twice");
        let usual = explain(code).unwrap();
        let meant = explain_site(operation, code).unwrap();
        assert_ne!(meant.meaning, usual.meaning, "{operation} {code}");
        assert!(meant.meaning.ends_with('.') && meant.next.unwrap().ends_with('.'), "{operation} {code}");
        assert!(meant.http.iter().all(|status| usual.http.contains(status)), "{operation} {code}");
    }
}
