use model::UserId;

use super::*;

const ID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

fn line(number: usize) -> String {
    format!(
        r#"{{"eventTime":"2026-11-21T07:{:02}:{:02}Z","eventOutcome":"success","initiatingUserEmail":"p{}@example.com",
        "initiatingUserDisplayName":"P {}","initiatingUserIpAddress":"203.0.113.{}","new":[{{}}],
        "initiatingUserAgent":"Steward/0.1.0 (req={}; act=a)"}}"#,
        number / 60 % 60,
        number % 60,
        number % 500,
        number % 500,
        number % 200,
        Uuid::from_u128(number as u128)
    )
}

#[test]
fn a_million_events_would_stay_below_a_hundred_megabytes() {
    let mut book = Book::default();
    let events = 100_000;
    for number in 0..events {
        assert!(book.add(line(number).as_bytes(), "get_users"));
    }
    book.close();
    let of_a_million = book.bytes() * (1_000_000 / events);
    assert!(of_a_million < 100_000_000, "{of_a_million} bytes");
    let found = book.find(&book.sought("p17@EXAMPLE", "", ""));
    assert_eq!(found.len(), events / 500);
    let row = book.row(found[0]);
    assert_eq!((row.who.as_str(), row.agent.as_str()), ("P 17 (p17@example.com)", "Steward/0.1.0"));
    assert_eq!(book.find(&book.sought("", "get_users", "success")).len(), events);
    assert!(book.find(&book.sought("", "get_sites", "")).is_empty());
    assert_eq!(book.find(&book.sought(&Uuid::from_u128(7).to_string(), "", "")).len(), 1);
    let times: Vec<_> = (0..100).map(|place| book.row(place).at).collect();
    assert!(times.is_sorted_by(|left, right| left >= right));
}

#[test]
fn a_line_may_be_short_of_everything_but_must_be_whole() {
    let mut book = Book::default();
    assert!(book.add(b"{}", "create_site"));
    assert!(book.add(
        format!(r#"{{"eventType":"merge_tenant","initiatingUserId":"{ID}","eventTime":"soon"}}"#).as_bytes(),
        "x"
    ));
    let escaped = r#"{"initiatingUserDisplayName":"\u0041nn","eventTime":"2026-11-21T07:00:00"}"#;
    assert!(book.add(escaped.as_bytes(), ""));
    for bad in ["", "{", r#"{"eventTime":"2026-11-21T07"#, "[]", "7", "nonsense", "{\"eventTime\":\"a\"} x"] {
        assert!(!book.add(bad.as_bytes(), ""), "{bad}");
    }
    book.close();
    assert_eq!(book.len(), 3);
    let row = book.row(0);
    assert_eq!((row.who.as_str(), row.at.is_some()), ("Ann", true));
    assert!(book.each().any(|seen| UserId::parse(seen.by).is_ok() && seen.kind == "merge_tenant"));
}

#[test]
fn a_line_of_a_site_names_its_people_by_numbers_and_its_outcome_in_two_ways() {
    let mut book = Book::default();
    // As the vendor's page of site events has them: ids are whole numbers, and there is no name.
    let told = format!(
        r#"{{"eventTime":"2026-11-21T07:00:03Z","initiatingUserId":417,"initiatingUserLuid":"{ID}","actorUserId":417,
        "actorUserLuid":"{ID}","eventOutcome":"unauthorized","siteLuid":"{ID}","siteRoleId":8,"list":[1,{{"a":2}}]}}"#
    );
    let older = r#"{"eventTime":"2026-11-21T07:00:02Z","actorUserId":418,"isError":true,"siteLuid":"x"}"#;
    let oldest =
        r#"{"eventTime":"2026-11-21T07:00:01Z","actorUserId":419,"isError":false,"actorUserLuid":null}"#;
    for line in [&told, older, oldest] {
        assert!(book.add(line.as_bytes(), "login"), "{line}");
    }
    book.close();
    let rows: Vec<_> = (0..3).map(|place| book.row(place)).map(|row| (row.who, row.outcome)).collect();
    let row = |who: &str, outcome: &str| (who.to_owned(), outcome.to_owned());
    assert_eq!(rows, [row(ID, "unauthorized"), row("user 418", "error"), row("user 419", "success")]);
    assert_eq!(book.each().next().map(|seen| seen.by), Some(ID));
}

#[test]
fn what_is_shown_keeps_its_place_and_a_damaged_file_leaves_nothing() {
    let mut book = Book::default();
    let at = |hour: u32, minute: u32| format!(r#"{{"eventTime":"2026-11-21T{hour:02}:{minute:02}:00Z"}}"#);
    for minute in [3, 9, 6] {
        book.add(at(8, minute).as_bytes(), "");
    }
    assert_eq!((book.len(), book.find(&book.sought("", "", "")).len()), (0, 0));
    book.show_more();
    let first: Vec<_> = (0..3).map(|place| book.row(place)).collect();
    let mark = book.mark();
    book.add(line(7).as_bytes(), "");
    book.back_to(mark);
    assert_eq!((book.all(), book.requests.len()), (3, 0));
    for minute in [1, 50] {
        book.add(at(7, minute).as_bytes(), "");
    }
    book.close();
    assert_eq!(book.len(), 5);
    assert_eq!((0..3).map(|place| book.row(place)).collect::<Vec<_>>(), first);
    let times: Vec<_> = (0..5).map(|place| book.row(place).at).collect();
    assert!(times.is_sorted_by(|left, right| left >= right));
}

#[test]
fn a_word_without_end_is_cut() {
    let mut book = Book::default();
    let name = "ä".repeat(100_000);
    assert!(book.add(format!(r#"{{"initiatingUserDisplayName":"{name}"}}"#).as_bytes(), ""));
    book.close();
    let who = book.row(0).who;
    assert!(who.len() <= 400 && who.starts_with("ää"), "{}", who.len());
}
