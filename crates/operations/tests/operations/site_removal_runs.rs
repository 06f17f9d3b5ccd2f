//! Files of people to be off one site on their way: no job tells of them, so the site itself is read until it shows it.

use model::{ProblemCode, runs::RowState};
use simulator::JobFate;

use crate::{
    members::Desk,
    site_file_runs::{REMOVAL, count, told},
};

#[tokio::test]
async fn many_removals_go_as_a_file_and_who_owns_content_is_told_as_unlicensed() {
    let desk = Desk::open().await;
    let names = desk.people(30, "leaves");
    assert!(desk.house.world().set_owned(&names[4], &desk.site.to_string(), 2));
    let sheet = desk.ends("remove", &names.join("\n")).await;
    let rows = &sheet.rows.rows;
    assert_eq!((count(&sheet, RowState::Done), count(&sheet, RowState::Differs)), (29, 1), "{rows:?}");
    assert_eq!(told(&rows[4]), (RowState::Differs, Some("409003"), Some("Unlicensed")));
    let deletions = desk.house.world().requests();
    let deletions = deletions.iter().filter(|it| it.method == "DELETE").count();
    assert_eq!((desk.sent("POST", REMOVAL), deletions), (1, 0));
    assert_eq!(desk.here(&names[0]), None);
    let file = operations::RunDownload::All;
    let file = desk.house.operations.run_file(&desk.caller, &sheet.run.id, file).await.unwrap();
    assert!(String::from_utf8(file.bytes).unwrap().contains("The user owns content"));
}

#[tokio::test]
async fn large_removals_go_in_parts_and_each_part_is_looked_after_before_the_next() {
    let desk = Desk::open().await;
    let names = desk.people(230, "many");
    let sheet = desk.ends("remove", &names.join("\n")).await;
    assert_eq!((sheet.run.counts.done, desk.sent("POST", REMOVAL)), (230, 2));
}

#[tokio::test]
async fn a_removal_of_which_nothing_is_seen_is_unknown_and_never_sent_again() {
    let desk = Desk::open().await;
    let names = desk.people(27, "stays");
    desk.house.world().set_job_fate(JobFate::NeverStarts);
    let sheet = desk.ends("remove", &names.join("\n")).await;
    let code = ProblemCode::NotVerified.word();
    assert!(
        sheet
            .rows
            .rows
            .iter()
            .all(|row| told(row) == (RowState::Unknown, Some(code.as_str()), Some("Viewer")))
    );
    assert_eq!(desk.sent("POST", REMOVAL), 1);
}

#[tokio::test]
async fn who_changed_or_went_since_the_plan_is_left_alone() {
    let desk = Desk::open().await;
    let names = desk.people(30, "drift");
    let plan = desk.applied_file("remove", &names.join("\n")).await;
    assert!(desk.house.world().set_role(&names[2], &desk.site.to_string(), Some("Creator")));
    assert!(desk.house.world().set_role(&names[3], &desk.site.to_string(), None));
    let sheet = desk.over(plan).await;
    let drifted = ProblemCode::RowDrifted.word();
    assert_eq!(told(&sheet.rows.rows[2]), (RowState::Refused, Some(drifted.as_str()), Some("Creator")));
    assert_eq!(told(&sheet.rows.rows[3]).0, RowState::Done, "gone is gone");
    assert_eq!(desk.here(&names[2]).unwrap().0, "Creator");
}
