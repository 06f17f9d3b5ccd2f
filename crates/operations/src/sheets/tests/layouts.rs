//! Delimiters, headings, columns and lines.

use super::{refusal, sheet};
use crate::sheets::{Asked, Field, FileProblem, Layout, RowProblem};
use model::roles::{SignInType, SiteRole};

#[test]
fn every_delimiter_is_found() {
    for delimiter in [",", ";", "\t", "|"] {
        let text =
            ["username,role,display name", "a@example.com,Viewer,A", "b@example.com,Creator,B"].join("\n");
        let sheet = sheet(&text.replace(',', delimiter));
        assert_eq!(sheet.delimiter.to_string(), delimiter);
        assert_eq!(sheet.rows[1].role, Asked::Role(SiteRole::Creator));
    }
}

#[test]
fn a_delimiter_inside_a_name_does_not_mislead() {
    let sheet = sheet("username;display name\na@example.com;Müller, Anna\nb@example.com;\"Ito; Dana\"\n");
    assert_eq!(sheet.delimiter, ';');
    assert_eq!(sheet.rows[0].display_name.as_deref(), Some("Müller, Anna"));
    assert_eq!(sheet.rows[1].display_name.as_deref(), Some("Ito; Dana"));
}

#[test]
fn the_line_in_which_excel_names_the_delimiter_is_understood() {
    let sheet = sheet("sep=;\r\nusername;role\r\n\r\nanna@example.com;Viewer\r\n");
    assert_eq!((sheet.delimiter, sheet.had_header, sheet.empty_lines), (';', true, 1));
    assert_eq!(sheet.rows[0].line, 4);
}

#[test]
fn headings_are_read_in_any_order_and_spelling() {
    let sheet = sheet(
        "Authentication Type,Publisher,e-mail,Full Name,Floor,ADMIN LEVEL,Licence Level,Site-URI,User_Name,locale,Language\n\
         saml,yes,mail@example.com,Anna,3,Site,Creator,sales,anna@example.com,de-DE,en_us\n",
    );
    assert_eq!((sheet.layout, sheet.had_header), (Layout::Named, true));
    assert_eq!(sheet.ignored, ["Floor"]);
    assert_eq!(sheet.columns[0], ("Authentication Type".to_owned(), Field::SignIn));
    let row = &sheet.rows[0];
    assert_eq!(row.problems, []);
    assert_eq!(row.site.as_deref(), Some("sales"));
    assert_eq!(row.user_name, "anna@example.com");
    assert_eq!(row.display_name.as_deref(), Some("Anna"));
    assert_eq!(row.role, Asked::Role(SiteRole::SiteAdministratorCreator));
    assert_eq!(row.sign_in, Some(Ok(SignInType::Saml)));
    assert_eq!(row.email.as_deref(), Some("mail@example.com"));
    assert_eq!(row.language.as_deref(), Some("EN_US"));
    assert_eq!(row.locale.as_deref(), Some("de_DE"));
}

#[test]
fn the_user_name_is_the_best_column_there_is() {
    let user_of =
        |head: &str| sheet(&format!("{head}\nx@example.com,y@example.com\n")).rows[0].user_name.clone();
    assert_eq!(user_of("e-mail,username"), "y@example.com");
    assert_eq!(user_of("name,email"), "y@example.com");
    assert_eq!(user_of("name,site"), "x@example.com");
    assert_eq!(user_of("display name,e-mail address"), "y@example.com");
    let sheet = sheet("Name,E-mail\nAnna,anna@example.com\n");
    assert_eq!(sheet.rows[0].display_name.as_deref(), Some("Anna"));
    assert_eq!(sheet.rows[0].email, None);
}

#[test]
fn an_unknown_heading_over_addresses_is_the_user_name() {
    let sheet = sheet("Floor;Mitarbeiter;Role;Site\n3;anna@example.com;Viewer;sales\n");
    assert_eq!(sheet.rows[0].user_name, "anna@example.com");
    assert_eq!(sheet.ignored, ["Floor"]);
}

#[test]
fn headings_without_user_names_leave_every_row_refused() {
    let sheet = sheet("Role;Site\nViewer;sales\n");
    assert_eq!(sheet.rows[0].problems, [RowProblem::MissingUserName]);
}

#[test]
fn the_second_of_two_columns_with_one_meaning_is_ignored() {
    let sheet = sheet("username,role,license,site role\nanna@example.com,Viewer,Creator,Explorer\n");
    assert_eq!(sheet.rows[0].role, Asked::Role(SiteRole::Viewer));
    assert_eq!(sheet.ignored, ["license", "site role"]);
}

#[test]
fn the_vendors_columns_for_a_tenant_are_told_by_where_the_addresses_are() {
    let text = "sales,anna@example.com,,Anna,Explorer,None,True,anna@example.com,OpenID\n\
                ,bo@example.com,,Bo,Viewer,None,0,,\n";
    let sheet = sheet(text);
    assert_eq!((sheet.layout, sheet.had_header), (Layout::Tcm, false));
    assert_eq!(sheet.columns[1], ("column 2".to_owned(), Field::UserName));
    assert_eq!(sheet.rows[0].role, Asked::Role(SiteRole::ExplorerCanPublish));
    assert_eq!(sheet.rows[0].sign_in, Some(Ok(SignInType::OpenId)));
    assert_eq!(sheet.rows[0].line, 1);
}

#[test]
fn the_vendors_columns_for_a_site_are_told_by_where_the_addresses_are() {
    let sheet =
        sheet("anna@example.com,,Anna,creator,site,1,anna@example.com,TableauIDWithMFA\nbo@example.com\n");
    assert_eq!((sheet.layout, sheet.had_header), (Layout::Site, false));
    assert_eq!(sheet.rows[0].site, None);
    assert_eq!(sheet.rows[0].role, Asked::Role(SiteRole::SiteAdministratorCreator));
    assert_eq!(sheet.rows[0].email.as_deref(), Some("anna@example.com"));
    assert_eq!(sheet.rows[0].sign_in, Some(Ok(SignInType::TableauIdWithMfa)));
    assert_eq!(sheet.rows[1].role, Asked::Nothing);
}

#[test]
fn a_blank_site_is_not_the_same_as_no_site_column() {
    let site_of = |text: &str| sheet(text).rows[0].site.clone();
    assert_eq!(site_of(",anna@example.com,,Anna,Viewer,None,0\n").as_deref(), Some(""));
    assert_eq!(site_of("\u{a0} \u{200b},anna@example.com,,Anna,Viewer,None,0\n").as_deref(), Some(""));
    assert_eq!(site_of("username,site\nanna@example.com,\n").as_deref(), Some(""));
    assert_eq!(site_of("username,site\nanna@example.com\n").as_deref(), Some(""));
    assert_eq!(site_of("anna@example.com,,Anna,Viewer,None,0\n"), None);
    assert_eq!(site_of("username\nanna@example.com\n"), None);
}

#[test]
fn one_column_is_a_list_of_user_names() {
    for text in [
        "anna@example.com\nbo@example.com",
        "User\nanna@example.com\nbo@example.com\n",
        "name,\na@b.cd,\n\"b@b.cd\"",
    ] {
        let sheet = sheet(text);
        assert_eq!((sheet.layout, sheet.rows.len()), (Layout::Names, 2));
        assert!(sheet.rows.iter().all(|row| row.problems.is_empty()));
    }
}

#[test]
fn an_address_is_never_taken_for_a_heading() {
    let sheet = sheet("user@example.com,role,site\nbo@example.com,,\n");
    assert!(!sheet.had_header);
    assert_eq!(sheet.rows.len(), 2);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "",
            "username,display name",
            "",
            "a@example.com,\"Anna",
            "",
            "Müller\"",
            "b@example.com,B",
            ",",
            "",
            "",
            "c@example.com,C",
            "",
        ];
        let sheet = sheet(&text.join(end));
        let lines: Vec<u32> = sheet.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [4, 7, 11], "{end:?}");
        assert_eq!(sheet.empty_lines, 5, "{end:?}");
        assert_eq!(sheet.rows[0].problems, [RowProblem::ControlCharacter(Field::DisplayName)]);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    let sheet = sheet("username,display name\na@example.com,A\nb@example.com,\"B\nc@example.com,C\n");
    assert_eq!(sheet.rows.len(), 2);
    assert!(sheet.rows[1].problems.contains(&RowProblem::OpenQuotation));
    assert_eq!(sheet.rows[1].line, 3);
}

#[test]
fn two_hundred_thousand_rows_are_read_and_one_more_is_not() {
    let mut text = String::from("username,role\n");
    for number in 0..200_000 {
        text.push_str(&format!("person{number}@example.com,Viewer\n"));
    }
    text.push_str("\n\n");
    let sheet = sheet(&text);
    assert_eq!((sheet.rows.len(), sheet.empty_lines), (200_000, 2));
    text.push_str("one@example.com,Viewer");
    assert_eq!(refusal(text.as_bytes()), FileProblem::TooManyRows);
}
