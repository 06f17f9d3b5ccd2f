//! The role a row asks for.

use super::{problems, row_with, sheet};
use crate::sheets::{Asked, RowProblem};
use model::roles::SiteRole::{self, *};

fn asked(licence: &str, level: &str, publishing: &str) -> (Asked, Vec<RowProblem>) {
    let text = format!("username,license,admin,publish\nanna@example.com,{licence},{level},{publishing}\n");
    let row = sheet(&text).rows.remove(0);
    (row.role, row.problems)
}

#[test]
fn every_combination_of_the_vendors_table_is_its_role_and_every_other_is_refused() {
    let table: [(&str, bool, bool, SiteRole); 7] = [
        ("Creator", true, true, SiteAdministratorCreator),
        ("Explorer", true, true, SiteAdministratorExplorer),
        ("Creator", false, true, Creator),
        ("Explorer", false, true, ExplorerCanPublish),
        ("Explorer", false, false, Explorer),
        ("Viewer", false, false, Viewer),
        ("Unlicensed", false, false, Unlicensed),
    ];
    for licence in ["Creator", "Explorer", "Viewer", "Unlicensed"] {
        for (level, administers) in [("Site", true), ("None", false), ("no", false), ("", false)] {
            for (publishing, publishes) in
                [("Yes", true), ("TRUE", true), ("1", true), ("No", false), ("false", false), ("0", false)]
            {
                let row = table.iter().find(|row| (row.0, row.1, row.2) == (licence, administers, publishes));
                let expected = match row {
                    Some(row) => (Asked::Role(row.3.clone()), vec![]),
                    None => (Asked::Unreadable, vec![RowProblem::ImpossibleCombination]),
                };
                assert_eq!(
                    asked(&licence.to_lowercase(), level, publishing),
                    expected,
                    "{licence} {level} {publishing}"
                );
            }
        }
    }
}

#[test]
fn a_blank_publishing_cell_leaves_it_to_the_licence() {
    for (licence, level, role) in [
        ("Creator", "", Creator),
        ("Explorer", "None", Explorer),
        ("Viewer", "", Viewer),
        ("Creator", "Site", SiteAdministratorCreator),
        ("Explorer", "Site", SiteAdministratorExplorer),
    ] {
        assert_eq!(asked(licence, level, ""), (Asked::Role(role), vec![]));
    }
}

#[test]
fn a_blank_administrator_cell_never_makes_an_administrator() {
    assert_eq!(asked("Explorer", "", "1").0, Asked::Role(ExplorerCanPublish));
    assert_eq!(asked("Creator", "", "1").0, Asked::Role(Creator));
}

#[test]
fn a_whole_role_in_one_word_is_read_in_every_spelling() {
    for (word, role) in [
        ("Explorer (can publish)", ExplorerCanPublish),
        ("SiteAdministratorCreator", SiteAdministratorCreator),
        ("site administrator explorer", SiteAdministratorExplorer),
        (" VIEWER ", Viewer),
    ] {
        let row = row_with("Site role", word);
        assert_eq!((row.role, row.problems), (Asked::Role(role), vec![]));
    }
}

#[test]
fn a_whole_role_must_agree_with_the_other_columns() {
    assert_eq!(asked("ExplorerCanPublish", "None", "1").0, Asked::Role(ExplorerCanPublish));
    assert_eq!(asked("SiteAdministratorCreator", "Site", "").0, Asked::Role(SiteAdministratorCreator));
    for (level, publishing) in [("None", ""), ("", "0")] {
        assert_eq!(
            asked("SiteAdministratorCreator", level, publishing).1,
            [RowProblem::ImpossibleCombination]
        );
    }
}

#[test]
fn no_licence_asks_for_nothing_unless_rights_are_asked_for() {
    assert_eq!(asked("", "", ""), (Asked::Nothing, vec![]));
    assert_eq!(asked("", "None", "0"), (Asked::Nothing, vec![]));
    assert_eq!(asked("", "Site", ""), (Asked::Unreadable, vec![RowProblem::ImpossibleCombination]));
    assert_eq!(asked("", "", "1"), (Asked::Unreadable, vec![RowProblem::ImpossibleCombination]));
    assert_eq!(sheet("anna@example.com\n").rows[0].role, Asked::Nothing);
}

#[test]
fn a_system_administrator_is_a_matter_of_tableau_server() {
    assert_eq!(asked("Creator", "System", "1"), (Asked::Unreadable, vec![RowProblem::ServerOnly]));
}

#[test]
fn unknown_words_are_told_all_at_once() {
    assert_eq!(
        asked("Guest", "maybe", "perhaps").1,
        [
            RowProblem::UnknownRole("Guest".to_owned()),
            RowProblem::UnknownAdministrator("maybe".to_owned()),
            RowProblem::UnknownPublishing("perhaps".to_owned()),
        ]
    );
    assert_eq!(
        problems("username,role\nanna@example.com,SupportUser\n"),
        [RowProblem::UnknownRole("SupportUser".into())]
    );
}
