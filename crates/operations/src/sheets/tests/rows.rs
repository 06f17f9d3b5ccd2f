//! The cells of a row, and everything that can be wrong with them.

use super::{problems, row_with, sheet};
use crate::sheets::{Asked, Field, RowProblem};
use model::roles::SignInType;

#[test]
fn all_problems_of_all_rows_are_told() {
    let sheet = sheet(
        "username,password,role,auth,language,locale,email,action\n\
         ,secret,King,magic,XX,yy,nobody,remove\n\
         anna,,,,,,,\n\
         bo@example.com,,Viewer,saml,DE_DE,de_DE,bo@example.com,add\n\
         cy@example.com,,,,,,,,more\n",
    );
    assert_eq!(
        sheet.rows[0].problems,
        [
            RowProblem::MissingUserName,
            RowProblem::PasswordGiven,
            RowProblem::UnknownRole("King".to_owned()),
            RowProblem::EmailNotAnAddress,
            RowProblem::UnknownSignIn("magic".to_owned()),
            RowProblem::UnknownLanguage("XX".to_owned()),
            RowProblem::UnknownLocale("yy".to_owned()),
            RowProblem::OtherAction("remove".to_owned()),
        ]
    );
    assert_eq!(sheet.rows[1].problems, [RowProblem::NotAnAddress]);
    assert_eq!(sheet.rows[2].problems, []);
    assert_eq!(sheet.rows[3].problems, [RowProblem::TooManyColumns]);
    assert!(sheet.rows.iter().flat_map(|row| &row.problems).all(|problem| !problem.words().is_empty()));
}

#[test]
fn a_password_is_told_and_kept_nowhere() {
    let sheet = sheet("anna@example.com,hunter2-secret,Anna,Viewer,None,0\n");
    assert!(sheet.rows[0].password_given);
    assert!(!sheet.rows[0].is_refused());
    assert!(!format!("{sheet:?}").contains("hunter2"));
}

#[test]
fn addresses_in_one_line_are_not_taken_for_passwords() {
    let sheet = sheet("anna@example.com; bo@example.com; cy@example.com");
    assert!(sheet.rows[0].problems.contains(&RowProblem::AddressAsPassword));
    assert!(sheet.rows[0].is_refused());
}

#[test]
fn names_that_would_be_formulas_are_only_text() {
    let row = row_with("display name", "=cmd()");
    assert_eq!((row.display_name.as_deref(), row.problems), (Some("=cmd()"), vec![]));
    for name in ["=cmd()", "=cmd()@example.com", "@SUM(1)", "+1", "\"=HYPERLINK(\"\"x\"\")@example.com\""] {
        assert_eq!(problems(&format!("username\n{name}\n")), [RowProblem::NotAnAddress], "{name}");
    }
}

#[test]
fn our_guard_against_formulas_is_taken_away_and_no_other_apostrophe() {
    for (written, read) in [
        ("'=cmd()", "=cmd()"),
        ("'-5", "-5"),
        ("''=1", "'=1"),
        ("'quoted'", "'quoted'"),
        ("'", "'"),
        ("=1", "=1"),
    ] {
        assert_eq!(row_with("display name", written).display_name.as_deref(), Some(read));
    }
}

#[test]
fn the_vendors_escape_is_read() {
    let row = &sheet("username\nuser\\0x40fremont@example.com\n").rows[0];
    assert_eq!((row.user_name.as_str(), row.problems.as_slice()), ("user@fremont@example.com", &[][..]));
    assert_eq!(problems("username\nuser@fremont@example.com\n"), [RowProblem::NotAnAddress]);
    assert_eq!(problems("username\nuser\\0x40example.com\n"), [RowProblem::NotAnAddress]);
}

#[test]
fn what_is_no_address_is_no_user_name() {
    let wrong = [
        "anna",
        "@example.com",
        "anna@",
        "anna@example",
        "an na@example.com",
        "anna@exa mple.com",
        "anna@.com",
    ];
    for name in
        wrong.into_iter().chain(["domain\\anna", "a@b@c.de", "anna@example..com", "<anna@example.com>"])
    {
        assert_eq!(problems(&format!("username\n{name}\n")), [RowProblem::NotAnAddress], "{name}");
    }
    for name in ["anna@example.com", "o'neil+x@sub.example.co.uk", "müller@exämple.de", "-a=b@example.com"]
    {
        assert_eq!(problems(&format!("username\n{name}\n")), [], "{name}");
    }
}

#[test]
fn long_cells_are_cut_and_told() {
    let row = row_with("display name", &"ü".repeat(1_000));
    assert_eq!(row.problems, []);
    let row = row_with("display name", &"ü".repeat(1_001));
    assert_eq!(row.problems, [RowProblem::FieldTooLong(Field::DisplayName)]);
    assert_eq!(row.display_name.map(|name| name.chars().count()), Some(1_000));
}

#[test]
fn letters_that_cannot_be_seen_are_told() {
    for name in ["A\tB", "A\u{7}B", "A\u{85}B", "A\u{2028}B", "\"A\nB\""] {
        assert_eq!(
            row_with("display name", name).problems,
            [RowProblem::ControlCharacter(Field::DisplayName)]
        );
    }
    assert_eq!(row_with("display name", "\u{feff}  Anna\t").display_name.as_deref(), Some("Anna"));
}

#[test]
fn ways_to_sign_in_are_read_as_people_write_them() {
    for (word, kind) in [
        ("tableauidwithmfa", SignInType::TableauIdWithMfa),
        ("Tableau with MFA", SignInType::TableauIdWithMfa),
        ("OpenID", SignInType::OpenId),
        ("SAML", SignInType::Saml),
        ("ServerDefault", SignInType::Default),
        ("site default", SignInType::Default),
    ] {
        assert_eq!(row_with("Auth type", word).sign_in, Some(Ok(kind)));
    }
    assert_eq!(row_with("Auth type", "TableauID").sign_in, Some(Err("TableauID".to_owned())));
    assert_eq!(row_with("Auth type", "").sign_in, None);
}

#[test]
fn blank_cells_say_nothing() {
    let row = &sheet("username,role,display name,language,email\nanna@example.com,,, ,\n").rows[0];
    assert_eq!(
        (&row.role, &row.display_name, &row.language, &row.email),
        (&Asked::Nothing, &None, &None, &None)
    );
    assert_eq!(row.problems, []);
}
