//! How fast runs go in the tenant: slower than the vendor asks for, and silent as long as it says. Sites have budgets of
//! their own, which the way to Tableau keeps for runs and for pages alike.

use std::num::NonZeroU32;

use model::SiteId;
use tableau::Pace;
use tokio::time::Duration;

use super::held::{Held, LetGo};
use crate::Operations;

/// Calls a second. The vendor publishes no figure for Tableau Cloud Manager; a third party names 3,000 a minute for
/// reading people of a site, and this stays well below.
pub(crate) const A_SECOND: NonZeroU32 = match NonZeroU32::new(20) {
    Some(calls) => calls,
    None => NonZeroU32::MIN,
};
/// How long a run that waits for a site goes without looking whether somebody paused or stopped it.
const LOOK: Duration = Duration::from_secs(1);

/// The budget of all runs of this process.
pub(crate) fn of_the_tenant() -> Pace {
    Pace::of(A_SECOND)
}

impl Operations {
    /// Waits while a site wants to be left alone. Nothing is read and nothing written down meanwhile, so that somebody may
    /// pause or stop the run. Tells whether the rest shall be left out.
    pub(super) async fn wait_for_site(&self, held: &Held, site: &SiteId) -> Result<bool, LetGo> {
        while let Some(left) = self.0.wire.pace_of(site).silence() {
            if self.must_stop(held).await? {
                return Ok(true);
            }
            tokio::time::sleep(left.min(LOOK)).await;
        }
        Ok(false)
    }
}
