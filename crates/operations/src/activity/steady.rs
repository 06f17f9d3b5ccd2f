//! Asking again after a hiccup, so that one of them does not end an hour of reading.

use std::{future::Future, time::Duration};

use model::{Problem, ProblemCode};

use crate::{Caller, Operations, caller::clock};

/// How often something is tried.
pub(super) const TRIES: u32 = 3;
/// No pause is longer, whatever the vendor asks for: somebody waits.
const PAUSE_AT_MOST: Duration = Duration::from_secs(60);

impl Operations {
    /// Asks, and asks again where the vendor or the line had a hiccup.
    pub(super) async fn steady<Answer, Asked>(&self, ask: impl Fn() -> Asked) -> Result<Answer, Problem>
    where
        Asked: Future<Output = Result<Answer, Problem>>,
    {
        let mut tried = 1;
        loop {
            match ask().await {
                Err(problem) if tried < TRIES && may_pass(problem.code) => self.rest(&problem).await,
                ended => return ended,
            }
            tried += 1;
        }
    }

    /// Waits for as long as the vendor asks for, or a moment.
    pub(super) async fn rest(&self, problem: &Problem) {
        let asked = problem.wait_seconds().map(Duration::from_secs);
        let pause = asked.unwrap_or(self.0.rhythm.log.pause).min(PAUSE_AT_MOST);
        if problem.code == ProblemCode::VendorBusy {
            self.0.pace.be_silent(pause);
        }
        tokio::time::sleep(pause).await;
    }
}

/// Whether it may go better the next time.
pub(super) fn may_pass(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::VendorBusy
            | ProblemCode::VendorDown
            | ProblemCode::VendorTimeout
            | ProblemCode::VendorUnreachable
            | ProblemCode::VendorGarbled
            | ProblemCode::LogFileDamaged
    )
}

/// The same caller at this moment. The time stands still in a request, and this is longer than one.
pub(super) fn now_in(caller: &Caller) -> Caller {
    Caller { now: clock(), ..caller.clone() }
}
