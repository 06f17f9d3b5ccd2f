//! The tries about the tenant itself: its name, how people sign in, and the vendor's activity log.

use model::{Moment, SiteId, doctor::Left};
use tableau::{LogScope, Manager, NameAnswer, Read};

use super::{
    manager::{Learned, many, told},
    round::Ended,
};

/// How far back the log is asked about: a day, well within the vendor's seven.
const DAY: i64 = 86_400;

/// Asks whether the tenant's own name is free: any answer that can be read is a good one.
pub(super) async fn name(manager: &Manager<Read>, learned: &Learned) -> Ended {
    let Some(name) = &learned.tenant_name else { return Ended::Left(Left::NothingKnown) };
    told(manager.check_tenant_name(name).await, |answer| {
        let answer = match answer {
            NameAnswer::Free => "free",
            NameAnswer::Taken => "taken, as it should be",
            NameAnswer::Refused => "unfit",
        };
        format!("the tenant's own name is said to be {answer}")
    })
}

/// How people sign in to the tenant and to one site.
pub(super) async fn sign_in(manager: &Manager<Read>, learned: &Learned) -> Ended {
    let sites: Vec<SiteId> = learned.site().into_iter().collect();
    told(manager.authentications(&sites).await, |found| {
        many(found.len(), "authentication configuration", "authentication configurations")
    })
}

/// The files of the last day, one page of them.
pub(super) async fn files(
    manager: &Manager<Read>,
    scope: Option<LogScope>,
    now: Moment,
    file: &mut Option<String>,
) -> Ended {
    let Some(scope) = scope else { return Ended::Left(Left::NothingKnown) };
    let times = (now.plus_seconds(-DAY), now);
    told(manager.log_files(scope, times, None, None).await, |(files, _)| {
        *file = files.first().map(|file| file.path.clone());
        format!("a page of {} of the last day", many(files.len(), "log file", "log files"))
    })
}

/// An address for one of those files. Nothing is fetched from it.
pub(super) async fn addresses(
    manager: &Manager<Read>,
    scope: Option<LogScope>,
    file: Option<&String>,
) -> Ended {
    let (Some(scope), Some(file)) = (scope, file) else { return Ended::Left(Left::NothingKnown) };
    let found = manager.log_urls(scope, std::slice::from_ref(file)).await;
    told(found, |found| many(found.len(), "address of a log file", "addresses of log files"))
}
