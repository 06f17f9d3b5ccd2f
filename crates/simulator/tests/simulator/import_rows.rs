//! Every mistake that a line of a file can make fails that line only.

use crate::house::House;
use crate::ordered::{DONE, SITE, outcome, outcomes};

/// Lines with one mistake each, and the code that it gets.
const MISTAKES: &[(&str, &str)] = &[
    (",,,,,,,,", "BLANK_CSV_RECORD"),
    (",a@example.com,,,Viewer,None,No,,,more", "BAD_REQUEST"),
    (",,,,Viewer,None,No,,", "USER_INVALID_USER_NAME"),
    (",a,,,Viewer,None,No,,", "USER_INVALID_USER_NAME"),
    (",a b@example.com,,,Viewer,None,No,,", "USER_INVALID_USER_NAME"),
    (",a@b@example.com,,,Viewer,None,No,,", "USER_INVALID_USER_NAME"),
    (",a\u{7}@example.com,,,Viewer,None,No,,", "USER_CSV_PARAM_NOT_TEXT"),
    (",a@example.com,,,Viewer,None,No,nowhere,", "USER_INVALID_EMAIL_ADDRESS"),
    (",a@example.com,,,Visitor,None,No,,", "USER_CSV_INVALID_LICENSE"),
    (",a@example.com,,,Creator,System,Yes,,", "USER_CSV_INVALID_ADMIN_LEVEL"),
    (",a@example.com,,,Creator,None,Perhaps,,", "USER_CSV_INVALID_PUBLISHER"),
    (",a@example.com,,,Creator,None,No,,", "INVALID_LICENSE_COMBINATION"),
    (",a@example.com,,,Explorer,Site,No,,", "WRONG_PARAMS_FOR_ADMIN"),
    (",a@example.com,,,Viewer,None,Yes,,", "WRONG_PARAMS_FOR_VIEWER"),
    (",a@example.com,,,Unlicensed,Site,No,,", "WRONG_PARAMS_FOR_UNLICENSED"),
    (",a@example.com,,,Viewer,None,No,,Magic", "INVALID_IDP"),
];

#[tokio::test]
async fn every_mistake_fails_its_own_line_and_no_other() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let (bad, codes): (Vec<_>, Vec<_>) = MISTAKES.iter().copied().unzip();
    let csv = format!("{}\n,good@example.com,,,Viewer,None,No,,\n", bad.join("\n"));
    let job = visitor.import(&csv, Some(SITE)).await;
    let mut expected: Vec<_> = codes.into_iter().map(|code| ("FAILED", code)).collect();
    expected.push((DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"));
    assert_eq!(outcomes(&job), expected);
    assert_eq!((&job["status"], &job["failedOpsCount"]), (&DONE.into(), &MISTAKES.len().into()));
    assert_eq!(house.world().people(), 301);
}

#[tokio::test]
async fn a_long_cell_and_a_name_that_came_before_are_refused() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let long = "x".repeat(256);
    let csv = format!(
        ",a@example.com,,{long},Viewer,None,No,,\n,b@example.com,,,Viewer,None,No,,\n,B@example.com,,,Creator,None,Yes,,\n"
    );
    let job = visitor.import(&csv, Some(SITE)).await;
    let expected = [
        ("FAILED", "USER_CSV_PARAMETER_TOO_LONG"),
        (DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"),
        ("FAILED", "DUPLICATE_RECORD"),
    ];
    assert_eq!(outcomes(&job), expected);
}

#[tokio::test]
async fn an_at_sign_inside_a_name_is_written_in_another_way() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let job = visitor.import(",a\\0x40b@example.com,,,Viewer,None,No,,\n", Some(SITE)).await;
    assert_eq!(outcome(&job).0, DONE);
    assert!(house.world().person("a@b@example.com").is_some());
}

#[tokio::test]
async fn the_seven_combinations_give_the_seven_roles() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let roles = [
        ("creator,site,true", "SiteAdministratorCreator"),
        ("EXPLORER,Site,Yes", "SiteAdministratorExplorer"),
        ("Creator,No,1", "Creator"),
        ("Explorer,None,yes", "ExplorerCanPublish"),
        ("Explorer,,0", "Explorer"),
        ("Viewer,none,False", "Viewer"),
        (",,", "Unlicensed"),
    ];
    let line = |(row, (cells, _)): (usize, &(&str, &str))| format!(",p{row}@example.com,,,{cells},,\n");
    let csv: String = roles.iter().enumerate().map(line).collect();
    visitor.import(&csv, Some(SITE)).await;
    for (row, (cells, role)) in roles.iter().enumerate() {
        let person = house.world().person(&format!("p{row}@example.com")).unwrap();
        assert_eq!(&person.roles[0].role, role, "{cells}");
    }
}
