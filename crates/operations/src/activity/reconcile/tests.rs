use model::{ActId, audit::ActState};

use super::*;

const SINCE: i64 = 1_800_000_000;

fn person(number: u128) -> UserId {
    UserId::from(Uuid::from_u128(number))
}

fn act(number: i64, request: u128, verb: &str, state: ActState) -> AuditRow {
    AuditRow {
        act: ActId::from(Uuid::from_u128(number as u128 + 1_000)),
        number,
        at: Moment::from_seconds(SINCE + number),
        who: "Dana Ito".to_owned(),
        who_id: person(1).to_string(),
        verb: verb.to_owned(),
        object_kind: String::new(),
        object: String::new(),
        object_name: String::new(),
        reason: None,
        before: None,
        after: None,
        via: None,
        actor: None,
        state,
        code: None,
        ended: None,
        reference: Uuid::from_u128(request).to_string(),
    }
}

fn book(events: &[(u128, UserId, &str, &str)]) -> Book {
    let mut book = Book::default();
    for (request, by, kind, outcome) in events {
        let line = format!(
            r#"{{"eventTime":"{}","initiatingUserId":"{by}","eventOutcome":"{outcome}",
            "initiatingUserAgent":"Steward/1 (req={}; act=a)"}}"#,
            Moment::from_seconds(SINCE).machine(),
            Uuid::from_u128(*request)
        );
        assert!(book.add(line.as_bytes(), kind));
    }
    book.close();
    book
}

fn times() -> LogQuery {
    let (from, to) = (Moment::from_seconds(SINCE - 3_600), Moment::from_seconds(SINCE + 100_000));
    LogQuery { site: None, from, to, kind: String::new() }
}

fn compare(acts: Vec<AuditRow>, events: &[(u128, UserId, &str, &str)]) -> Reconciled {
    let ours = Ours { acts, since: None };
    Comparison::of(&ours, Some(person(1))).compare(&book(events), &times(), true)
}

fn differences(told: &Reconciled) -> Vec<Difference> {
    told.differing.iter().map(|(difference, _)| *difference).collect()
}

#[test]
fn one_event_stands_for_all_acts_of_its_request() {
    let acts = (0..1_000).map(|number| act(number, 7, "person.create", ActState::Done)).collect();
    let told = compare(acts, &[(7, person(1), "update_user_site_role", "success")]);
    assert_eq!((told.found.len(), told.found[0].acts, told.numbers.missing), (1, 1_000, Some(0)));
    assert!(told.differing.is_empty() && told.foreign.is_empty());
}

#[test]
fn a_known_request_does_not_hide_what_does_not_fit_it() {
    let acts = || vec![act(1, 7, "site.suspend", ActState::Done)];
    let suspended = (7, person(1), "suspend_site", "success");
    let told = compare(acts(), &[suspended]);
    assert_eq!((told.numbers.found, told.numbers.differing), (1, 0));
    let told = compare(acts(), &[suspended, suspended]);
    assert_eq!((told.numbers.found, differences(&told)), (1, vec![Difference::Repeated]));
    let told = compare(acts(), &[suspended, (7, person(1), "delete_user", "success")]);
    assert_eq!((told.numbers.found, differences(&told)), (1, vec![Difference::OtherKind]));
    let told = compare(acts(), &[(7, person(2), "suspend_site", "success")]);
    assert_eq!((told.numbers.found, differences(&told)), (0, vec![Difference::OtherPerson]));
    // Another kind of event is no trace of this act.
    let told = compare(acts(), &[(7, person(1), "delete_user", "success")]);
    assert_eq!((told.missing.len(), told.numbers.missing), (1, Some(1)));
}

#[test]
fn an_act_that_failed_here_and_went_well_there_stands_out() {
    for state in [ActState::Failed, ActState::Denied] {
        let acts = || vec![act(1, 7, "site.suspend", state)];
        let told = compare(acts(), &[(7, person(1), "suspend_site", "success")]);
        assert_eq!(differences(&told), [Difference::NotDone]);
        let told = compare(acts(), &[(7, person(1), "suspend_site", "client_error")]);
        assert_eq!((told.numbers.found, told.numbers.differing), (1, 0));
    }
    // One of them was done, so the success may be its own.
    let both = vec![act(1, 7, "person.role", ActState::Failed), act(2, 7, "person.role", ActState::Done)];
    let told = compare(both, &[(7, person(1), "update_user_site_role", "success")]);
    assert_eq!((told.numbers.found, told.numbers.differing), (1, 0));
}

#[test]
fn nothing_is_missing_before_all_is_read_and_nothing_foreign_beyond_our_own_log() {
    let ours = Ours { acts: vec![act(1, 7, "site.suspend", ActState::Done)], since: None };
    let told = Comparison::of(&ours, None).compare(&Book::default(), &times(), false);
    assert_eq!((told.missing.len(), told.numbers.missing), (0, None));
    let unknown = book(&[(8, person(1), "suspend_site", "success")]);
    let told = Comparison::of(&ours, None).compare(&unknown, &times(), true);
    assert_eq!((told.numbers.foreign, told.numbers.missing), (1, Some(1)));
    let cut = Ours { since: Some(Moment::from_seconds(SINCE)), ..ours };
    let told = Comparison::of(&cut, None).compare(&unknown, &times(), true);
    assert_eq!((told.numbers.foreign, told.judged_since.is_some()), (0, true));
}

#[test]
fn lists_are_cut_and_numbers_are_not() {
    let events: Vec<_> = (0..600).map(|number| (number + 10, person(1), "suspend_site", "success")).collect();
    let told = compare(Vec::new(), &events);
    assert_eq!((told.foreign.len(), told.numbers.foreign), (LISTED, 600));
}
