//! Files of people for one site on their way: one job, watched, each row read back; and the bad days.

use std::time::Duration;

use model::{
    PlanId, ProblemCode,
    audit::ActState,
    runs::{RowState, RunJob, RunRow, RunSheet, RunState},
};
use operations::SiteFile;
use simulator::{Fault, FaultKind, JobFate, Purchased};

use crate::{
    house::wait_for,
    members::Desk,
    runs::{Worker, until, until_so},
};

const IMPORT: &str = "/users/import";
pub const REMOVAL: &str = "/users/delete";

/// Lines of new viewers in the columns of a site.
fn viewers(word: &str, count: usize) -> String {
    (0..count).map(|at| format!("{word}{at}@example.com,,{word} {at},Viewer,None,No,,\n")).collect()
}

impl Desk {
    pub async fn applied_file(&self, change: &str, content: &str) -> PlanId {
        let plan = self.upload(change, content).await;
        self.apply(plan).await;
        plan
    }

    pub async fn over(&self, plan: PlanId) -> RunSheet {
        let worker = Worker::start(&self.house.in_a_hurry());
        let over = until(&self.house, &self.caller, plan, RunState::Over).await;
        worker.stop().await;
        over
    }

    pub async fn ends(&self, change: &str, content: &str) -> RunSheet {
        let plan = self.applied_file(change, content).await;
        self.over(plan).await
    }

    pub fn here(&self, name: &str) -> Option<(String, String)> {
        let person = self.house.world().person(name)?;
        let here = person.roles.into_iter().find(|it| it.site_id == self.site.to_string())?;
        Some((here.role, here.idp))
    }
}

pub fn count(sheet: &RunSheet, state: RowState) -> usize {
    sheet.rows.rows.iter().filter(|row| row.state == state).count()
}

pub fn told(row: &RunRow) -> (RowState, Option<&str>, Option<&str>) {
    (row.state, row.code.as_deref(), row.found.as_deref())
}

#[tokio::test]
async fn many_rows_go_as_one_file_of_our_own_and_every_row_is_read_back() {
    let desk = Desk::open().await;
    desk.somebody("there@example.com", "Viewer");
    let file =
        format!("{}there@example.com,hunter2,Another Name,Creator,None,Yes,,SAML\n", viewers("new", 30));
    let sheet = desk.ends("import", &file).await;
    assert_eq!(count(&sheet, RowState::Done), 31, "{:?}", sheet.rows.rows);
    assert_eq!((desk.sent("POST", IMPORT), desk.sent("POST", "/users")), (1, 0));
    assert!(
        matches!(sheet.jobs.as_slice(), [RunJob::OfSite(site, _)] if *site == desk.site),
        "{:?}",
        sheet.jobs
    );
    let sent = desk.house.world().imports().pop().unwrap().csv;
    assert_eq!(sent.lines().count(), 31);
    assert!(!sent.contains("hunter2") && !sent.contains("Another Name"), "nothing of the raw file goes on");
    assert!(sent.contains("new0@example.com,,new 0,Viewer,None,False,,"), "{sent}");
    assert_eq!(desk.here("there@example.com").unwrap(), ("Creator".to_owned(), "SAML".to_owned()));
    let log = desk.house.log(&desk.caller).await;
    let placed: Vec<_> = log.iter().filter(|entry| entry.verb == "site-user.place").collect();
    assert_eq!(placed.len(), 31);
    assert!(placed.iter().all(|entry| entry.state == ActState::Done));
}

#[tokio::test]
async fn few_rows_go_one_by_one() {
    let desk = Desk::open().await;
    desk.somebody("there@example.com", "Viewer");
    let sheet =
        desk.ends("import", &format!("{}there@example.com,,,Creator,,Yes,,SAML\n", viewers("few", 3))).await;
    assert_eq!(count(&sheet, RowState::Done), 4, "{:?}", sheet.rows.rows);
    assert_eq!((desk.sent("POST", IMPORT), desk.sent("POST", "/users")), (0, 3));
    assert_eq!(desk.here("there@example.com").unwrap(), ("Creator".to_owned(), "SAML".to_owned()));
    desk.somebody("leaves@example.com", "Viewer");
    let sheet = desk.ends("remove", "leaves@example.com\n").await;
    assert_eq!((count(&sheet, RowState::Done), desk.sent("POST", REMOVAL)), (1, 0));
}

#[tokio::test]
async fn each_person_signs_in_as_their_row_or_the_form_says_and_others_as_the_site_does() {
    let desk = Desk::open().await;
    let mut file = viewers("way", 28);
    file.push_str("own@example.com,,,Viewer,None,No,,OpenID\n");
    let form = SiteFile { sign_in: "SAML".to_owned(), ..desk.file("import", file.as_bytes()) };
    let plan = desk.uploads(form).await.unwrap();
    desk.apply(plan).await;
    let sheet = desk.over(plan).await;
    assert_eq!(count(&sheet, RowState::Done), 29, "{:?}", sheet.rows.rows);
    assert_eq!(desk.house.world().imports()[0].idp.as_deref(), Some("SAML"), "one word for everybody else");
    assert_eq!(desk.here("way0@example.com").unwrap().1, "SAML");
    assert_eq!(desk.here("own@example.com").unwrap().1, "OpenID");
    // Where some say nothing, nobody is given what only others asked for.
    let file = format!("{}mine@example.com,,,Viewer,None,No,,SAML\n", viewers("none", 28));
    let sheet = desk.ends("import", &file).await;
    assert_eq!(count(&sheet, RowState::Done), 29);
    assert_eq!(desk.house.world().imports()[1].idp, None);
    assert_eq!(desk.here("mine@example.com").unwrap().1, "SAML");
    assert_eq!(desk.here("none0@example.com").unwrap().1, "TableauIDWithMFA");
}

#[tokio::test]
async fn refused_lines_are_told_beside_their_rows_and_the_others_are_done() {
    let desk = Desk::open().await;
    for (name, code) in
        [("bad3@example.com", "USER_INVALID_EMAIL_ADDRESS"), ("bad7@example.com", "SITE_NOT_FOUND")]
    {
        desk.house.world().refuse_rows(name, code);
    }
    let sheet = desk.ends("import", &viewers("bad", 40)).await;
    let rows = &sheet.rows.rows;
    assert_eq!((count(&sheet, RowState::Done), count(&sheet, RowState::Failed)), (38, 2), "{rows:?}");
    assert_eq!(
        told(&rows[3]),
        (RowState::Failed, Some("USER_INVALID_EMAIL_ADDRESS"), Some("not on the site"))
    );
    assert_eq!(told(&rows[7]), (RowState::Failed, Some("SITE_NOT_FOUND"), Some("not on the site")));
    // Only these are planned again, with the lines of the file they came from.
    let again = desk.house.operations.plan_again(&desk.caller, sheet.run.id).await.unwrap();
    let lines: Vec<_> = desk.rows(again).await.iter().map(|row| row.line).collect();
    assert_eq!(lines, [Some(4), Some(8)]);
}

#[tokio::test]
async fn who_gets_no_seat_is_told_as_different_though_the_job_calls_it_a_success() {
    let desk = Desk::open().await;
    let used = desk.house.world().tenant_licences();
    let purchased = Purchased { creator: used.creators, explorer: used.explorers, viewer: used.viewers + 20 };
    desk.house.world().set_purchased(purchased);
    let sheet = desk.ends("import", &viewers("seat", 30)).await;
    assert_eq!((count(&sheet, RowState::Done), count(&sheet, RowState::Differs)), (20, 10));
    let code = ProblemCode::NoSeatLeft.word();
    let last = sheet.rows.rows.last().unwrap();
    assert_eq!(told(last), (RowState::Differs, Some(code.as_str()), Some("Unlicensed")));
}

#[tokio::test]
async fn a_job_that_fails_never_ends_or_is_forgotten_is_told_row_by_row_and_nothing_is_sent_twice() {
    for (fate, done, state, code) in [
        (JobFate::Fails { after: 10, code: None }, 10, RowState::Failed, ProblemCode::RowNotDone),
        (JobFate::NeverEnds, 15, RowState::Unknown, ProblemCode::JobEndless),
        (JobFate::NeverStarts, 0, RowState::Unknown, ProblemCode::JobEndless),
        // What it did is read back, whatever became of it.
        (JobFate::Forgotten, 30, RowState::Done, ProblemCode::JobForgotten),
    ] {
        let desk = Desk::open().await;
        desk.house.world().set_job_fate(fate.clone());
        let sheet = desk.ends("import", &viewers("job", 30)).await;
        assert_eq!(count(&sheet, RowState::Done), done, "{fate:?}: {:?}", sheet.rows.rows);
        let others = sheet.rows.rows.iter().filter(|row| row.state != RowState::Done);
        for row in others {
            assert_eq!((row.state, row.code.clone()), (state, Some(code.word())), "{fate:?}");
        }
        assert_eq!(desk.sent("POST", IMPORT), 1, "{fate:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_looked_after_and_the_file_never_sent_again() {
    for (fault, state) in [
        (Fault::new(FaultKind::Reset).applied(), RowState::Done),
        (Fault::new(FaultKind::Malformed).applied(), RowState::Done),
        (Fault::new(FaultKind::Reset), RowState::Unknown),
    ] {
        let desk = Desk::open().await;
        desk.house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
        desk.house.world().inject(fault.on("POST", IMPORT).times(1));
        let sheet = desk.ends("import", &viewers("lost", 27)).await;
        assert_eq!(count(&sheet, state), 27, "{:?}", sheet.rows.rows[0]);
        assert_eq!(desk.sent("POST", IMPORT), 1);
    }
}

#[tokio::test]
async fn a_refused_file_is_told_and_one_that_is_told_to_wait_is_sent_later() {
    let desk = Desk::open().await;
    let body = "<tsResponse xmlns=\"http://tableau.com/api\"><error code=\"403004\"><summary>Forbidden</summary>\
                <detail>No.</detail></error></tsResponse>";
    desk.house.world().inject(Fault::status(403).body(body).on("POST", IMPORT).times(1));
    let sheet = desk.ends("import", &viewers("no", 27)).await;
    assert_eq!(told(&sheet.rows.rows[0]), (RowState::Failed, Some("403004"), Some("not on the site")));
    assert_eq!(count(&sheet, RowState::Failed), 27);
    desk.house.world().inject(Fault::status(429).retry_after("1").on("POST", IMPORT).times(1));
    let sheet = desk.ends("import", &viewers("wait", 27)).await;
    assert_eq!(count(&sheet, RowState::Done), 27);
    assert!(sheet.rows.rows.iter().all(|row| row.attempt == 2));
    assert_eq!(desk.house.world().imports().len(), 1);
}

#[tokio::test]
async fn a_token_that_is_killed_in_the_middle_loses_nobody_and_doubles_nobody() {
    for (method, path) in [("POST", IMPORT), ("GET", "/jobs/")] {
        let desk = Desk::open().await;
        desk.house.world().inject(Fault::new(FaultKind::ExpiredSession).on(method, path).times(1));
        let created = desk.house.world().applied("user.create");
        let sheet = desk.ends("import", &viewers("cut", 27)).await;
        // The site itself said that the session had ended: that proves that the first file was not taken.
        assert_eq!(count(&sheet, RowState::Done), 27, "{path}: {:?}", sheet.rows.rows[0]);
        assert_eq!(desk.house.world().applied("user.create") - created, 27);
        assert_eq!(desk.house.world().imports().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_while_the_job_runs_is_followed_by_one_that_finds_it() {
    let desk = Desk::open().await;
    desk.house.world().set_job_pace(Duration::from_secs(3), Duration::ZERO);
    let plan = desk.applied_file("import", &viewers("dies", 30)).await;
    let worker = Worker::start(&desk.house.in_a_hurry());
    wait_for("the file is sent", || desk.sent("POST", IMPORT) == 1).await;
    until_so(&desk.house, &desk.caller, plan, |sheet| !sheet.jobs.is_empty()).await;
    drop(worker);
    let sheet = desk.over(plan).await;
    assert_eq!(count(&sheet, RowState::Done), 30, "{:?}", sheet.rows.rows[0]);
    assert_eq!(desk.sent("POST", IMPORT), 1);
}

#[tokio::test]
async fn names_of_any_letters_arrive_as_they_are_and_too_long_ones_are_told() {
    let desk = Desk::open().await;
    let names = ["Conan \"The\" O'Brien", "<b>&amp;</b>", "🦊, Fox", "\u{202e}abc", "=1+1"];
    let cell = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let lines = names.iter().enumerate();
    let lines = lines.map(|(at, name)| format!("odd{at}@example.com,,{},Viewer,None,No,,\n", cell(name)));
    let long = format!(
        "long@example.com,,{},Viewer,None,No,,\no'neil+a@example.com,,,Viewer,None,No,,\n",
        "x".repeat(256)
    );
    let file = format!("{}{long}{}", lines.collect::<String>(), viewers("plain", 25));
    let sheet = desk.ends("import", &file).await;
    for (at, name) in names.iter().enumerate() {
        let person = desk.house.world().person(&format!("odd{at}@example.com")).unwrap();
        assert_eq!(person.display_name, *name);
    }
    let told_long = told(&sheet.rows.rows[5]);
    assert_eq!(told_long, (RowState::Failed, Some("USER_CSV_PARAMETER_TOO_LONG"), Some("not on the site")));
    assert_eq!(count(&sheet, RowState::Done), 31, "{:?}", sheet.rows.rows);
}
