//! The letter with an invitation.

use secrecy::ExposeSecret;
use tracing::warn;

use super::Invitation;
use crate::{Caller, Operations, problems::Chain};

/// What became of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// No mail server is set.
    None,
    /// The mail server took it.
    Sent,
    /// It did not.
    Lost,
}

impl Operations {
    /// The address of an invitation's page.
    pub fn link(&self, invitation: &Invitation) -> String {
        format!("{}/join?key={}", self.0.outside.origin, invitation.key.expose_secret())
    }

    /// Sends an invitation, where a mail server is set. The link is shown in any case, so a lost letter is no problem.
    pub async fn send_invitation(&self, caller: &Caller, invitation: &Invitation) -> Letter {
        let Some(mailer) = &self.0.outside.mailer else { return Letter::None };
        let text = format!(
            "{} invites you to Steward, a dashboard for Tableau Cloud.\r\n\r\nFollow this link to set a password and a second factor. It counts once, until {}:\r\n\r\n{}\r\n\r\nIf you did not expect this letter, do nothing.\r\n",
            caller.account.name,
            invitation.until,
            self.link(invitation)
        );
        match mailer.send(&invitation.email, "Your invitation to Steward", text).await {
            Ok(()) => Letter::Sent,
            Err(error) => {
                warn!(request = %caller.request, error = %Chain(&error), "The letter with an invitation was not sent");
                Letter::Lost
            }
        }
    }
}
