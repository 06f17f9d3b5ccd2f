//! After changes on a site the tenant's directory follows: the people touched are read anew there, so that lists of the
//! tenant show it at once and not only with the next whole round.

use std::collections::HashMap;

use model::{plan::SiteWish, runs::RunRow};
use tracing::warn;

use super::held::Held;
use crate::Operations;

/// Newcomers whose ids are asked for one by one. Above that everybody is read.
const NEW_ONE_BY_ONE: usize = 100;

impl Operations {
    /// Reads the people of these rows in the tenant. What the run itself says does not depend on it, so a failure is only
    /// logged.
    pub(super) async fn tenant_follows(&self, held: &Held, rows: &[RunRow]) {
        // Who is in a group is nothing that the tenant tells.
        let touched = |row: &&RunRow| {
            let wish = row.wish.on_site().map(|wish| &wish.change);
            !matches!(wish, None | Some(SiteWish::Join { .. } | SiteWish::Leave { .. }))
        };
        let rows: Vec<RunRow> = rows.iter().filter(touched).cloned().collect();
        if rows.is_empty() {
            return;
        }
        let caller = held.caller();
        let newcomers = rows.iter().filter(|row| row.user.is_none()).count();
        let followed = if newcomers > NEW_ONE_BY_ONE {
            self.read_everyone(&caller).await
        } else {
            self.people_of_rows(&caller, &rows, &HashMap::new()).await.map(drop)
        };
        self.forget_what_was_read();
        if let Err(problem) = followed {
            warn!(run = %held.run, code = problem.code.word(), "The tenant's people could not be read after a change on a site");
        }
    }
}
