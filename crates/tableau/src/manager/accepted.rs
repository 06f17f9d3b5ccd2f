//! What Tableau says when it accepts work that it does later.

use model::{JobId, UserId};
use serde::Deserialize;

use super::loose;

/// Work that Tableau accepted. It is done only when its job says so, and even then it is to be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The job that does it. Without one the work was accepted all the same, but nothing tells how it goes on.
    pub job: Option<JobId>,
    /// The person it is about, where the answer names them.
    pub user: Option<UserId>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AcceptedWire {
    #[serde(default, deserialize_with = "loose::id")]
    job_id: Option<JobId>,
    #[serde(default, deserialize_with = "loose::id")]
    user_id: Option<UserId>,
}

impl AcceptedWire {
    pub(super) fn read(self) -> Accepted {
        Accepted { job: self.job_id, user: self.user_id }
    }
}
