//! Seats over time, what people set about them, news about them, and people left out.

mod alarms;
mod counts;
mod exclusions;
mod hooks;
mod lease;
mod news;
mod settings;
mod thin;

use model::{SiteId, licences::history::CountOf};
use uuid::Uuid;

pub use alarms::NewNews;
pub use counts::CountRound;
pub use hooks::NewHook;
pub use lease::SignedIn;
pub use news::DueNews;

/// The tenant itself stands among its sites as nil.
fn site_of(of: CountOf) -> Uuid {
    match of {
        CountOf::Tenant => Uuid::nil(),
        CountOf::Site(site) => site.uuid(),
    }
}

fn count_of(site: Uuid) -> CountOf {
    if site.is_nil() { CountOf::Tenant } else { CountOf::Site(SiteId::from(site)) }
}
