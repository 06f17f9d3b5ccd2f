//! What changing a group, a group set or a job of a site has in common: written down, sent once, read back.

use std::{future::Future, time::Duration};

use model::{Act, ActId, Notice, Problem, ProblemCode, SiteId, audit::ActState};
use tableau::{Change, Fate, SiteApi};

use crate::{Caller, Operations, delegation::Seen, gate::Outcome};

/// How often a change that the site accepted is looked for before it is called unverified. Its lists may be late.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(400);

/// A change that is about to be sent.
pub(super) struct Sending {
    pub(super) site: SiteId,
    pub(super) ticket: ActId,
    pub(super) act: Act,
    /// The state before, in words.
    pub(super) before: String,
    /// The state wanted, in words.
    pub(super) after: String,
    pub(super) notice: Notice,
}

impl Operations {
    /// Sends one change to a site and looks whether it is so. Gives back what the site answered. What has to be approved
    /// is not sent: somebody else is asked.
    ///
    /// `look` tells whether the site shows the change; it is given the answer, where there was one.
    pub(super) async fn change_and_look<Answer, Sent, Looked>(
        &self,
        caller: &Caller,
        sending: Sending,
        send: impl Fn(SiteApi<Change>) -> Sent,
        look: impl Fn(Operations, Caller, Option<Answer>) -> Looked,
    ) -> Result<(Notice, Option<Answer>), Problem>
    where
        Answer: Clone,
        Sent: Future<Output = tableau::Result<Answer>>,
        Looked: Future<Output = Result<bool, Problem>>,
    {
        let Sending { site, ticket, act, before, after, notice } = sending;
        let connection = self.site_connection(caller, &site).await?;
        let seen = Seen { before: &before, after: &after };
        let Some(begun) = self.begin_or_ask(caller, ticket, &act, seen).await? else {
            return Ok((Notice::ApprovalAsked, None));
        };
        let sent = begun.change_on_site(&site, send).await;
        self.forget_site(&connection).await;
        let answer = sent.as_ref().ok().cloned();
        // A change that was refused, or never sent, has nothing to show.
        let nothing_sent = matches!(&sent, Err((_, Fate::NotSent | Fate::Refused)));
        let mut seen = Ok(false);
        for round in 0..LOOKS {
            if nothing_sent {
                break;
            }
            if round > 0 {
                tokio::time::sleep(PAUSE * round).await;
            }
            seen = look(self.clone(), caller.clone(), answer.clone()).await;
            if seen.as_ref().is_ok_and(|is_so| *is_so) {
                break;
            }
        }
        self.forget_site(&connection).await;
        let is_so = seen.as_ref().is_ok_and(|is_so| *is_so);
        let (state, problem) = match sent {
            // Even where the answer was lost: the site itself shows that it is so.
            Ok(_) | Err((_, Fate::Unknown)) if is_so => (ActState::Done, None),
            Ok(_) if seen.is_ok() => (ActState::Unknown, Some(caller.problem(ProblemCode::NotVerified))),
            Ok(_) => (ActState::Unknown, Some(caller.problem(ProblemCode::NotReadBack))),
            Err((_, Fate::Unknown)) => (ActState::Unknown, Some(caller.problem(ProblemCode::FateUnknown))),
            Err((problem, Fate::NotSent | Fate::Refused)) => (ActState::Failed, Some(problem)),
        };
        let after = is_so.then_some(after);
        begun.finish(Outcome { state, problem, after }).await.map(|()| (notice, answer))
    }
}
