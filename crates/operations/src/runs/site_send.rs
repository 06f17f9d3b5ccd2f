//! Sending a change to a site, once, and what its answer says about the row.

use std::{future::Future, time::Duration};

use model::{Problem, ProblemCode, SiteId};
use tableau::{Change, Error, Fate, SiteApi};

use super::held::{Held, LetGo};
use crate::{Caller, Operations, caller::clock};

/// What is known of a change once its answer came, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// The site says that it is done.
    Done,
    /// The site refused it; the code says why.
    Refused(String),
    /// Nobody knows.
    Lost,
}

/// Why there is nothing to read back yet.
pub(super) enum NotSent {
    /// It was proved not to have happened, and another time may do.
    Later(Problem, Option<Duration>),
    /// It was not sent, and the run cannot go on by itself.
    LetGo(Problem),
}

impl Operations {
    /// Sends a change to a site as the caller. It goes a second time only after the site's own word that the session had
    /// ended, which is what happens when something else signs in with the same token.
    pub(super) async fn change_site<T, Sent>(
        &self,
        caller: &Caller,
        site: &SiteId,
        send: impl Fn(SiteApi<Change>) -> Sent,
    ) -> Result<Result<T, Said>, NotSent>
    where
        Sent: Future<Output = tableau::Result<T>>,
    {
        caller.must_have_right().map_err(NotSent::LetGo)?;
        let living = self.site_session(caller, site).await.map_err(NotSent::LetGo)?;
        let answer = send(self.site_changer(caller, &living)).await;
        let answer = match answer {
            Err(error @ Error::SessionEnded { .. }) if error.fate() == Fate::Refused => {
                let living = self.renew_site(caller, living).await.map_err(NotSent::LetGo)?;
                send(self.site_changer(caller, &living)).await
            }
            answer => answer,
        };
        match answer {
            Ok(value) => Ok(Ok(value)),
            Err(error) => said(caller, &error).map(Err),
        }
    }

    /// Lets rows wait for another turn after a proof that they were not sent, and tells whether the run can go on.
    pub(super) async fn not_sent(
        &self,
        held: &Held,
        site: SiteId,
        numbers: &[u32],
        why: NotSent,
    ) -> Result<(), LetGo> {
        let (NotSent::Later(problem, _) | NotSent::LetGo(problem)) = &why;
        let code = problem.code.word();
        held.stored(self.0.store.back_to_waiting(held.run, held.fence, numbers, &code, clock()).await)?;
        match why {
            NotSent::Later(_, pause) => {
                self.0.wire.pace_of(&site).be_silent(pause.unwrap_or(self.0.rhythm.busy_pause));
                Ok(())
            }
            NotSent::LetGo(problem) => Err(LetGo::Problem(problem)),
        }
    }
}

/// What a failure says about the change.
fn said(caller: &Caller, error: &Error) -> Result<Said, NotSent> {
    let problem = caller.vendor_problem(error);
    let vendor = error.vendor_words().and_then(|words| words.code()).map(str::to_owned);
    match (error.fate(), error) {
        (Fate::Unknown, _) => Ok(Said::Lost),
        (_, Error::Busy { retry_after, .. }) => Err(NotSent::Later(problem, *retry_after)),
        (_, Error::NotSent { .. }) => Err(NotSent::Later(problem, None)),
        // The session was only just opened: something else signed in with its token at once.
        (_, Error::SessionEnded { .. }) => {
            Err(NotSent::LetGo(Problem { code: ProblemCode::SiteTokenContested, ..problem }))
        }
        _ => Ok(Said::Refused(vendor.unwrap_or_else(|| problem.code.word()))),
    }
}
