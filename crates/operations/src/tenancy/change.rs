//! What changes of the tenant have in common: sent once, looked for, and judged by what is read back.

use std::{future::Future, time::Duration};

use model::{Problem, ProblemCode, audit::ActState};
use tableau::{Change, Fate, Manager};
use tokio::task::JoinHandle;

use crate::{
    Caller, Operations,
    gate::{Begun, Outcome},
    sites::REASON_AT_MOST,
};

/// How often a change that Tableau accepted is looked for before it is called unverified.
const LOOKS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(400);

/// What became of a change.
pub(super) struct Seen<Answer> {
    /// What Tableau answered, where it did.
    pub(super) answer: Option<Answer>,
    /// How the act ends.
    pub(super) outcome: Outcome,
}

impl Operations {
    /// Sends a change and looks whether it is so. `look` is given the answer, where there was one, and tells the state
    /// as it is, in words, once that is the one wanted.
    pub(super) async fn send_and_look<Answer, Sent, Looked>(
        &self,
        caller: &Caller,
        begun: &Begun,
        send: impl Fn(Manager<Change>) -> Sent,
        look: impl Fn(Option<Answer>) -> Looked,
    ) -> Seen<Answer>
    where
        Answer: Clone,
        Sent: Future<Output = tableau::Result<Answer>>,
        Looked: Future<Output = Result<Option<String>, Problem>>,
    {
        let sent = begun.change(send).await;
        self.forget_what_was_read();
        let answer = sent.as_ref().ok().cloned();
        // A change that was refused, or never sent, has nothing to show.
        let nothing_sent = matches!(&sent, Err((_, Fate::NotSent | Fate::Refused)));
        let mut seen = Ok(None);
        for round in 0..LOOKS {
            if nothing_sent {
                break;
            }
            if round > 0 {
                tokio::time::sleep(PAUSE * round).await;
            }
            seen = look(answer.clone()).await;
            // Whoever is signed out by the change itself need not ask again.
            if seen.as_ref().map_or_else(is_over, Option::is_some) {
                break;
            }
        }
        self.forget_what_was_read();
        let outcome = judge(caller, sent.map(drop), seen);
        Seen { answer, outcome }
    }
}

fn is_over(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SessionEnded | ProblemCode::TokenRefused)
}

/// What is now true, from what Tableau answered and what it showed afterwards.
fn judge(
    caller: &Caller,
    sent: Result<(), (Problem, Fate)>,
    seen: Result<Option<String>, Problem>,
) -> Outcome {
    let after = seen.as_ref().ok().cloned().flatten();
    let is_so = after.is_some();
    let (state, problem) = match sent {
        // Even where the answer was lost: Tableau itself says that it is so.
        Ok(()) | Err((_, Fate::Unknown)) if is_so => (ActState::Done, None),
        Ok(()) if seen.is_ok() => (ActState::Unknown, Some(caller.problem(ProblemCode::NotVerified))),
        Ok(()) if seen.as_ref().err().is_some_and(is_over) => {
            (ActState::Unknown, Some(caller.problem(ProblemCode::CutOff)))
        }
        Ok(()) => (ActState::Unknown, Some(caller.problem(ProblemCode::NotReadBack))),
        Err((_, Fate::Unknown)) => (ActState::Unknown, Some(caller.problem(ProblemCode::FateUnknown))),
        Err((problem, Fate::NotSent | Fate::Refused)) => (ActState::Failed, Some(problem)),
    };
    Outcome { state, problem, after }
}

/// Waits for work that goes on even when the person closes the browser.
pub(crate) async fn carried<T>(work: JoinHandle<Result<T, Problem>>) -> Result<T, Problem> {
    work.await.unwrap_or_else(|_panicked| Err(Problem::new(ProblemCode::Internal)))
}

/// A reason that may be empty, but not endless.
pub(super) fn reason(caller: &Caller, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > REASON_AT_MOST {
        return Err(caller.problem(ProblemCode::ReasonTooLong));
    }
    Ok(text.to_owned())
}
