//! Operation codes about the job itself, and about the services behind Tableau Cloud Manager.

use super::failed;
use crate::codes::{Again, Explained, Tone, next};

pub(super) const JOB: &[Explained] = &[
    failed(
        "E_400_USR_SVC_4001",
        "USER_SERVICE_BULK_OP_REQUEST_HANDLING_FAILED",
        "Tableau could not take the request for this job.",
        "Check the file: gzip, UTF-8 with its mark, no header line, every column. Try a few rows first.",
        Again::Fixed,
    ),
    failed(
        "E_400_USR_SVC_4020",
        "USER_SERVICE_BULK_OP_FILE_NOT_FOUND",
        "The job's file is missing or cannot be read.",
        "Check that the file is gzip and not empty, then upload it again.",
        Again::Fixed,
    ),
    failed(
        "E_400_USR_SVC_4022",
        "USER_SERVICE_BULK_OP_JOB_NOT_FOUND",
        "Tableau knows no job with this id.",
        "Check the id and the tenant. An old job may be gone: list the users to see what took effect.",
        Again::No,
    ),
    failed(
        "E_400_USR_SVC_4016",
        "USER_SERVICE_BULK_JOB_IN_INVALID_STATE",
        "The job cannot go on from where it stands.",
        "See whether another job is running, then start a new one with the rows that are missing.",
        Again::No,
    ),
    failed(
        "E_400_USR_SVC_4024",
        "USER_SERVICE_BULK_OP_WORK_AREA_RECORD_NOT_FOUND",
        "Tableau lost one of the job's internal records.",
        RUN_THE_REST,
        Again::Later,
    ),
    failed(
        "E_400_USR_SVC_4025",
        "USER_SERVICE_BULK_OP_WORK_AREA_RECORD_IN_INVALID_STATE",
        "One of the job's internal records cannot be processed as it stands.",
        RUN_THE_REST,
        Again::Later,
    ),
    failed(
        "E_400_USR_SVC_4026",
        "USER_SERVICE_BULK_OP_STAGE_NOT_FOUND",
        "The job named a step that does not exist, likely a fault inside Tableau.",
        RUN_THE_REST,
        Again::No,
    ),
    failed(
        "E_400_USR_SVC_4027",
        "USER_SERVICE_BULK_OP_TYPE_NOT_FOUND",
        "Tableau does not know this kind of job.",
        "Change the users one by one instead, and report it.",
        Again::No,
    ),
];

/// The services for tenants, for moving users and for licences.
pub(super) const BEHIND: &[Explained] = &[
    failed(
        "E_404_USR_SVC_4601",
        "TENANT_SERVICE_ENTITY_NOT_FOUND",
        "Tableau's tenant service does not know this tenant or site.",
        "Refresh the sites. Check that this one is not deleted and belongs to this tenant.",
        Again::Fixed,
    ),
    failed(
        "E_400_USR_SVC_4602",
        "TENANT_SERVICE_VALIDATION_FAILED",
        "Tableau's tenant service refused the values.",
        "Check names, ids and limits, correct them, then try again.",
        Again::Fixed,
    ),
    failed(
        "E_500_USR_SVC_4603",
        "TENANT_SERVICE_ORCHESTRATION_FAILED",
        "Tableau's tenant service failed.",
        "Wait, refresh, and repeat what is missing. Tableau's status page may say more.",
        Again::Later,
    ),
    failed(
        "E_404_USR_SVC_4604",
        "TENANT_SERVICE_RESPONSE_NOT_FOUND",
        "The tenant that the request names does not exist.",
        "Check the tenant id of the connection, then sign it in again.",
        Again::Fixed,
    ),
    failed(
        "E_404_USR_SVC_4701",
        "URS_RESPONSE_NOT_FOUND",
        "Tableau cannot find the work that moves the users.",
        "See whether the migration has ended. Ask Tableau Support before you start it again.",
        Again::No,
    ),
    failed(
        "E_500_USR_SVC_4702",
        "URS_ORCHESTRATION_FAILED",
        "The migration could not copy the users to the site's pod.",
        "Let the migration settle, refresh and try again. If it fails again, ask Tableau Support.",
        Again::Later,
    ),
    Explained {
        tone: Tone::Warning,
        ..failed(
            "E_409_USR_SVC_4703",
            "USER_SYNC_ALREADY_IN_PROGRESS",
            "The migration is already copying users to that pod.",
            "Wait until it ends, and do not start a second one.",
            Again::Later,
        )
    },
    failed(
        "E_500_USR_SVC_4801",
        "ENTITLEMENT_SERVICE_ORCHESTRATION_FAILED",
        "Tableau's licence service failed.",
        "Wait, look at the licence counts, then plan the failed rows again.",
        Again::Later,
    ),
    failed(
        "E_404_USR_SVC_4802",
        "ENTITLEMENT_SERVICE_RESPONSE_NOT_FOUND",
        "Tableau has no licence record for this tenant or site.",
        "Check the contract and its activation with your account team at Tableau.",
        Again::No,
    ),
    failed(
        "E_500_USR_SVC_5101",
        "EXTERNAL_SERVICE_RESPONSE_VALIDATION_FAILED",
        "A service behind Tableau Cloud Manager gave an answer that it could not use.",
        next::PAUSE,
        Again::Later,
    ),
];

const RUN_THE_REST: &str =
    "See which rows took effect and run the rest as a new job. If it repeats, ask Tableau Support.";
