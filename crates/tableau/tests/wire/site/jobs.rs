//! Jobs of a site: how far they are, how they ended, and what they noted.

use model::site_jobs::SiteJobStatus;
use tableau::Listing;

use super::changes::file;
use super::{JOB, OTHER, changer, job, reader, said, xml};
use crate::raw::Raw;

#[tokio::test]
async fn an_import_is_a_job_that_tells_nothing_yet() {
    let inside = format!(
        "<job id=\"{JOB}\" mode=\"Asynchronous\" type=\"UserImport\" progress=\"0\" \
         createdAt=\"2022-02-10T18:46:04Z\" finishCode=\"1\" />"
    );
    let raw = Raw::start([xml("201 Created", &format!("<tsResponse>{inside}</tsResponse>"))]).await;
    let started = changer(&raw).import_users(&file()).await.unwrap();
    assert_eq!(
        (started.id, started.status.clone(), started.has_failed()),
        (job(), SiteJobStatus::Pending, false)
    );
    assert_eq!(started.created.unwrap().machine(), "2022-02-10T18:46:04Z");
    let removed = changer(&raw).delete_users("x.csv", b"ann").await.unwrap();
    assert_eq!(removed.unwrap().id, job());
    let raw = Raw::start(["HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"]).await;
    assert!(changer(&raw).delete_users("x.csv", b"ann").await.unwrap().is_none());
    assert!(changer(&raw).import_users(&file()).await.is_err());
}

#[tokio::test]
async fn a_job_tells_how_it_ended_by_its_figure_and_its_notes() {
    for (more, status, failed) in [
        ("progress=\"0\" finishCode=\"1\"", SiteJobStatus::Pending, false),
        ("progress=\"40\" finishCode=\"1\"", SiteJobStatus::InProgress, false),
        (
            "progress=\"0\" startedAt=\"2022-02-10T18:46:04Z\" finishCode=\"1\"",
            SiteJobStatus::InProgress,
            false,
        ),
        ("progress=\"100\" finishCode=\"0\"", SiteJobStatus::Success, true),
        ("progress=\"100\" finishCode=\"1\"", SiteJobStatus::Failed, true),
        ("completedAt=\"2022-02-10T18:46:04Z\" finishCode=\"2\"", SiteJobStatus::Cancelled, true),
    ] {
        let notes = "<statusNotes><statusNote type=\"CountOfUsersProcessed\" value=\"5\" text=\"five\"/>\
                     <statusNote type=\"errorCode\" value=\"7\"/></statusNotes>";
        let extract = "<extractRefreshJob><notes>Done <b/></notes><datasource id=\"x\"/></extractRefreshJob>";
        let raw = said(&format!("<job id=\"{JOB}\" type=\"X\" {more}>{notes}{extract}</job>")).await;
        let found = reader(&raw).job(&job()).await.unwrap().unwrap();
        assert_eq!((&found.status, found.has_failed()), (&status, failed), "{more}");
        assert_eq!(
            (found.notes[0].words(), found.notes[0].value.as_deref()),
            ("People looked at", Some("5"))
        );
        assert!(found.notes[1].is_error());
        assert_eq!(found.texts[0].trim(), "Done");
    }
}

#[tokio::test]
async fn a_list_of_jobs_has_words_for_their_states() {
    let inside = format!(
        "<pagination pageNumber=\"1\" pageSize=\"100\" totalAvailable=\"2\"/><backgroundJobs>\
         <backgroundJob id=\"{JOB}\" status=\"Success\" createdAt=\"2018-05-22T13:00:29Z\" \
         startedAt=\"2018-05-22T13:00:37Z\" endedAt=\"2018-05-22T13:00:45Z\" priority=\"50\" jobType=\"single_subscription_notify\" \
         title=\"Sales\" subtitle=\"Workbook\"/><backgroundJob id=\"{OTHER}\" status=\"Dreaming\" priority=\"x\"/></backgroundJobs>"
    );
    let raw = said(&inside).await;
    let jobs = reader(&raw).all_jobs(&Listing::default()).await.unwrap().rows;
    assert_eq!(
        (&jobs[0].status, jobs[0].priority, jobs[0].is_over()),
        (&SiteJobStatus::Success, Some(50), true)
    );
    assert_eq!(jobs[0].kind, "single_subscription_notify");
    assert_eq!(jobs[0].completed.unwrap().machine(), "2018-05-22T13:00:45Z");
    assert_eq!((jobs[0].title.as_deref(), jobs[0].subtitle.as_deref()), (Some("Sales"), Some("Workbook")));
    assert_eq!((jobs[1].status.words(), jobs[1].is_over(), jobs[1].priority), ("Dreaming", false, None));
}
