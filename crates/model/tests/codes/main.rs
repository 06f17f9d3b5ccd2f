//! What the table of Tableau's codes promises.

mod lists;

use std::{collections::HashSet, path::Path};

use model::codes::{Again, Explained, Group, Source, Tone, all, differing, explain, explain_site, unknown};

use lists::{OPERATIONS, OUTCOMES, REQUESTS, SITES_IN_PUBLIC_CLIENTS, SITES_ON_VENDOR_PAGE};

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
