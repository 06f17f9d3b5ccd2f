//! The only place that turns what happened on the wire or in the database into a problem for people.

use model::{Problem, ProblemCode};
use tracing::{error, warn};

use crate::Caller;

impl Caller {
    /// What a failed read means to the caller, logged once under the reference they see.
    pub(crate) fn vendor_problem(&self, error: &tableau::Error) -> Problem {
        warn!(request = %self.request, error = %Chain(error), "Tableau did not answer as asked");
        let problem = Problem::new(vendor_code(error)).with_reference(&self.request);
        match error {
            tableau::Error::Busy { retry_after: Some(wait), .. } => {
                Problem { about: Some(wait.as_secs().max(1).to_string()), ..problem }
            }
            _ => problem,
        }
    }

    /// What a database failure means to the caller.
    pub(crate) fn store_problem(&self, error: &store::Error) -> Problem {
        error!(request = %self.request, error = %Chain(error), "The database failed");
        self.problem(ProblemCode::StoreUnavailable)
    }

    /// What it means that the audit log could not be written: nothing was sent.
    pub(crate) fn log_problem(&self, error: &store::Error) -> Problem {
        error!(request = %self.request, error = %Chain(error), "The audit log cannot be written; nothing is sent");
        self.problem(ProblemCode::LogUnavailable)
    }
}

/// The code for a failure on the wire.
pub(crate) fn vendor_code(error: &tableau::Error) -> ProblemCode {
    use tableau::Error;
    if let Some(code) = told_code(error) {
        return code;
    }
    match error {
        Error::Unfit { source: tableau::Unfit::LogHost } => ProblemCode::LogHostUnknown,
        Error::NotSent { .. } => ProblemCode::VendorUnreachable,
        Error::SessionEnded { .. } => ProblemCode::SessionEnded,
        Error::TokenRefused { .. } => ProblemCode::TokenRefused,
        Error::Refused { .. } => ProblemCode::VendorRefused,
        Error::NotFound { .. } => ProblemCode::VendorNotFound,
        Error::Conflict { .. } => ProblemCode::VendorConflict,
        Error::Rejected { .. } => ProblemCode::VendorRejected,
        Error::Busy { .. } => ProblemCode::VendorBusy,
        Error::Down { .. } => ProblemCode::VendorDown,
        Error::Timeout => ProblemCode::VendorTimeout,
        Error::TooOld { .. } => ProblemCode::SiteTooOld,
        Error::Unfit { .. } => ProblemCode::FieldWrong,
        Error::Redirected { .. } | Error::Interrupted { .. } | Error::Garbled { .. } | Error::TooLarge => {
            ProblemCode::VendorGarbled
        }
    }
}

/// What the vendor's own code says where it says more than the status.
///
/// The codes of making a site are those of a public client's model.
fn told_code(error: &tableau::Error) -> Option<ProblemCode> {
    Some(match error.vendor_words()?.code()? {
        "INVALID_SITE_NAME" => ProblemCode::SiteNameUnfit,
        "INVALID_SITE_CONTENT_URL" => ProblemCode::SiteAddressUnfit,
        "SITE_LIMIT_REACHED" => ProblemCode::SiteLimitReached,
        "SITE_NAME_CONFLICT" => ProblemCode::SiteNameTaken,
        "SITE_CONTENT_URL_CONFLICT" => ProblemCode::SiteAddressTaken,
        _ => return None,
    })
}

/// An error with its causes in one line of the log.
pub(crate) struct Chain<'a>(pub(crate) &'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(out, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
