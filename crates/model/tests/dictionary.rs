//! What the dictionary of codes promises: every code of both of the vendor's APIs and of Steward is in it.

use std::{collections::HashSet, path::Path};

use model::{
    ProblemCode,
    codes::{self, Source},
    dictionary::{Kind, entries, find},
    explain::explain,
};

/// Our reference of Tableau's codes, where the workshop has it; it is not part of the project.
fn reference(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference");
    let told = folder
        .is_dir()
        .then(|| std::fs::read_to_string(folder.join(name)).expect("the reference can be read"));
    if told.is_none() {
        eprintln!("skipped: the reference is not beside this checkout");
    }
    told
}

/// Words that look like a code: in the first cell of a row of a table, and in backticks.
fn codes_in(text: &str) -> HashSet<String> {
    let is_code = |word: &str| {
        let site = word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        let named = word.contains('_')
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        site || (named && !word.ends_with('_'))
    };
    let mut found = HashSet::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let first = line.trim_start_matches('|').split('|').next().unwrap_or_default();
        found.extend(first.split(['/', ' ', '`']).filter(|word| is_code(word)).map(str::to_owned));
    }
    for word in
        text.lines().filter(|line| line.starts_with("- ")).flat_map(|line| line.split('`').skip(1).step_by(2))
    {
        found.extend(Some(word).filter(|word| is_code(word)).map(str::to_owned));
    }
    found
}

#[test]
fn every_code_of_the_reference_is_in_the_dictionary() {
    let Some(text) = reference("error-codes.md") else { return };
    let codes = codes_in(&text);
    assert!(codes.len() > 37 + 3 + 6 + 35, "the reference was not read right: {codes:?}");
    for code in codes {
        let entry = find(&code).unwrap_or_else(|| panic!("{code} is not in the dictionary"));
        assert_eq!(entry.code, code);
    }
}

#[test]
fn the_dictionary_is_what_every_page_explains_codes_by_and_no_more() {
    let all = entries();
    assert_eq!(all.len(), codes::all().count() + ProblemCode::ALL.len());
    for code in codes::all() {
        let entry = find(code.code).unwrap();
        assert_eq!(
            (entry.meaning, entry.next, entry.tone),
            (code.meaning, code.next, code.tone),
            "{}",
            code.code
        );
        assert_eq!((entry.name, entry.source), (code.symbol.unwrap_or_default(), Some(code.source)));
    }
    for code in ProblemCode::ALL.iter().copied() {
        let (entry, said) = (find(&code.word()).unwrap(), explain(code));
        assert_eq!((entry.kind, entry.name, entry.meaning), (Kind::Steward, said.title, said.meaning));
        assert_eq!((entry.changed, entry.next), (Some(said.changed), Some(said.next)));
    }
}

#[test]
fn a_code_is_found_in_any_case_and_no_two_differ_by_case_alone() {
    let mut seen = HashSet::new();
    for entry in entries() {
        assert!(seen.insert(entry.code.to_lowercase()), "{} stands twice", entry.code);
        assert_eq!(
            find(&format!(" {} ", entry.code.to_lowercase())).map(|found| found.code),
            Some(entry.code)
        );
    }
    assert!(find("").is_none() && find("E_999_USR_SVC_1").is_none() && find("404").is_none());
}

#[test]
fn other_meanings_stand_with_the_codes_of_a_site_alone() {
    for (operation, code) in codes::differing() {
        let entry = find(code).unwrap();
        let meant = entry.elsewhere.iter().find(|other| other.operations.contains(&operation));
        assert_eq!(
            meant.map(|other| other.meaning),
            codes::explain_site(operation, code).map(|it| it.meaning)
        );
    }
    assert!(entries().iter().all(|entry| entry.elsewhere.is_empty() || entry.kind == Kind::Site));
}

#[test]
fn how_far_the_words_can_be_trusted_is_told_for_every_code_of_the_vendor_s() {
    for entry in entries() {
        assert_eq!(entry.source.is_none(), entry.kind == Kind::Steward, "{}", entry.code);
        assert_ne!(entry.source, Some(Source::Unknown), "{}", entry.code);
    }
}
