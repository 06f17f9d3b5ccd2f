//! Files that we write.

use super::sheet;
use crate::sheets::{
    Asked, Field, ImportLine, Layout, WriteProblem, export_csv, gzip, read, read_text, tcm_csv, template,
};
use model::roles::{SignInType, SiteRole};

fn line() -> ImportLine {
    ImportLine {
        site_uri: "sales".to_owned(),
        user_name: "anna@example.com".to_owned(),
        display_name: "Müller, \"Anna\"".to_owned(),
        role: SiteRole::ExplorerCanPublish,
        email: String::new(),
        sign_in: Some(SignInType::Saml),
    }
}

fn refused(change: impl Fn(&mut ImportLine)) -> Option<WriteProblem> {
    let mut wrong = line();
    change(&mut wrong);
    tcm_csv(&[line(), wrong]).err()
}

#[test]
fn the_file_for_tableau_has_a_mark_no_headings_and_the_vendors_columns() {
    let mut second = line();
    (second.display_name, second.sign_in) = ("=cmd()".to_owned(), None);
    (second.user_name, second.role) =
        ("user@fremont@example.com".to_owned(), SiteRole::SiteAdministratorCreator);
    let file = tcm_csv(&[line(), second]).unwrap();
    assert_eq!(
        String::from_utf8(file).unwrap(),
        "\u{feff}sales,anna@example.com,,\"Müller, \"\"Anna\"\"\",Explorer,None,True,,SAML\r\n\
         sales,user\\0x40fremont@example.com,,=cmd(),Creator,Site,True,,\r\n"
    );
}

#[test]
fn what_is_written_for_tableau_is_read_back_the_same() {
    for role in SiteRole::ASSIGNABLE {
        let mut written = line();
        written.role = role.clone();
        written.user_name = "user@fremont@example.com".to_owned();
        let sheet = read(&gzip(&tcm_csv(&[written.clone()]).unwrap())).unwrap();
        let row = &sheet.rows[0];
        assert_eq!((sheet.layout, row.problems.as_slice()), (Layout::Tcm, &[][..]));
        assert_eq!(row.user_name, written.user_name);
        assert_eq!(row.display_name.as_deref(), Some(written.display_name.as_str()));
        assert_eq!(row.role, Asked::Role(role));
        assert_eq!(row.sign_in, Some(Ok(SignInType::Saml)));
    }
}

#[test]
fn a_row_without_a_site_is_never_written() {
    for site in ["", " ", "\u{a0}", "\u{200b}", "\u{feff}", "a b", "\"\"", "sales\n", "sales,", "'"] {
        assert_eq!(
            refused(|line| line.site_uri = site.to_owned()),
            Some(WriteProblem::NoSite { row: 2 }),
            "{site:?}"
        );
    }
}

#[test]
fn a_row_that_tableau_would_misread_is_never_written() {
    let row = 2;
    for name in ["", "anna", "anna@example.com\n", "a b@example.com", "a\\0x40b@example.com"] {
        assert_eq!(
            refused(|line| line.user_name = name.to_owned()),
            Some(WriteProblem::NotAnAddress { row })
        );
    }
    assert_eq!(refused(|line| line.email = "x".to_owned()), Some(WriteProblem::NotAnAddress { row }));
    let control = Some(WriteProblem::ControlCharacter { row });
    assert_eq!(refused(|line| line.display_name = "A\n,bo@example.com".to_owned()), control);
    assert_eq!(refused(|line| line.sign_in = Some(SignInType::Other("a\r".to_owned()))), control);
    for role in [SiteRole::SupportUser, SiteRole::Other("Guest".to_owned())] {
        assert_eq!(refused(|line| line.role = role.clone()), Some(WriteProblem::UnknownRole { row }));
    }
}

#[test]
fn templates_are_read_back_with_every_column_understood() {
    for (layout, cells, fields) in [
        (Layout::Tcm, "sales,a@example.com,,A,Creator,Site,Yes,a@example.com,SAML", 9),
        (Layout::Site, "a@example.com,,A,Creator,Site,Yes,a@example.com,SAML", 8),
        (Layout::Named, "sales,a@example.com,A,Site Administrator Creator,SAML,EN_US,en_US", 7),
        (Layout::Names, "a@example.com", 1),
    ] {
        let filled = [template(layout), cells.as_bytes().to_vec()].concat();
        let sheet = read(&filled).unwrap();
        assert!(sheet.had_header);
        assert_eq!((sheet.columns.len(), sheet.ignored.len()), (fields, 0));
        assert_eq!(sheet.rows[0].problems, []);
        assert_eq!(sheet.rows[0].user_name, "a@example.com");
        if fields > 1 {
            assert_eq!(sheet.rows[0].role, Asked::Role(SiteRole::SiteAdministratorCreator));
        }
    }
}

#[test]
fn the_templates_keep_the_vendors_order() {
    let text = String::from_utf8(template(Layout::Tcm)).unwrap() + "s,a@example.com,,,,,,,";
    let fields: Vec<Field> = sheet(&text).columns.into_iter().map(|(_, field)| field).collect();
    assert_eq!(fields, Field::TCM);
}

#[test]
fn an_export_has_a_mark_headings_and_no_formula() {
    let rows = [["=1+1", "-2", "'+3", "'x"].map(str::to_owned).to_vec()];
    let file = export_csv(&["A", "@B", "C, D", "E"], rows.into_iter());
    assert_eq!(String::from_utf8(file).unwrap(), "\u{feff}A,'@B,\"C, D\",E\r\n'=1+1,'-2,''+3,'x\r\n");
}

#[test]
fn an_export_is_text_in_utf_8() {
    let file = export_csv(&["Name"], std::iter::once(vec!["Müller".to_owned()]));
    assert_eq!(read_text(&file).unwrap().content, "Name\r\nMüller\r\n");
}
