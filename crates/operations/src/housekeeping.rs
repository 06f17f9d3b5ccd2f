//! What is tidied up in the background: open acts of dead processes, run-out sign-ins and their tokens.

use model::Moment;
use tableau::Tag;
use tracing::{info, warn};

use crate::{Operations, problems::Chain};

/// An act without an end is called unknown after this long.
const ORPHAN_SECONDS: i64 = 600;

impl Operations {
    /// Whether the database answers, for the health page.
    pub async fn is_ready(&self) -> bool {
        self.0.store.ready().await.is_ok()
    }

    /// One round of tidying up. Each part is done even if another fails.
    pub async fn tidy_up(&self, now: Moment, idle_seconds: i64) {
        match self.0.store.audit_orphans(now, ORPHAN_SECONDS).await {
            Ok(0) => {}
            Ok(orphans) => warn!(orphans, "Acts without an end are now marked unknown"),
            Err(error) => warn!(error = %Chain(&error), "Open acts could not be looked through"),
        }
        if let Err(error) = self.0.store.sweep(now, idle_seconds).await {
            warn!(error = %Chain(&error), "Run-out sign-ins could not be swept");
        }
        if let Err(error) = self.0.store.sweep_tries().await {
            warn!(error = %Chain(&error), "Counted tries could not be swept");
        }
        if let Err(error) = self.0.store.sweep_questions().await {
            warn!(error = %Chain(&error), "Unanswered questions to passkeys could not be swept");
        }
        if let Err(error) = self.0.store.sweep_plans(now).await {
            warn!(error = %Chain(&error), "Plans that were never applied could not be swept");
        }
        if let Err(error) = self.0.store.sweep_conversions(now).await {
            warn!(error = %Chain(&error), "Converted files could not be swept");
        }
        if let Err(error) = self.0.store.sweep_deposits(now).await {
            warn!(error = %Chain(&error), "Run-out deposits could not be swept");
        }
        let left = match self.0.store.expired_credentials(now).await {
            Ok(left) => left,
            Err(error) => return warn!(error = %Chain(&error), "Left tokens could not be looked for"),
        };
        for credential in left {
            let tag = Tag { request: "housekeeping".to_owned(), actor: "steward".to_owned() };
            match self.erase(credential, tag).await {
                Ok(()) => info!(%credential, "Erased a token whose sign-in ran out"),
                Err(error) => warn!(%credential, error = %Chain(&error), "A left token could not be erased"),
            }
        }
    }
}
