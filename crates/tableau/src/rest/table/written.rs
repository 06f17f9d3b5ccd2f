//! How the rows of the table are written down.

use http::Method;
use model::vendor::{Certainty, Effect};

use super::{SiteOperation, SiteRow};
use crate::rest::version::ApiVersion;

type Since = (u16, u16);

pub(super) const fn read(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
) -> SiteRow {
    row(name, method, path, since, vendor, Effect::Read)
}

pub(super) const fn change(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
) -> SiteRow {
    row(name, method, path, since, vendor, Effect::Change)
}

const fn row(
    name: SiteOperation,
    method: Method,
    path: &'static str,
    since: Since,
    vendor: &'static str,
    effect: Effect,
) -> SiteRow {
    let (since, certainty) = (ApiVersion::new(since.0, since.1), Certainty::Confirmed);
    SiteRow { name, method, path, since, effect, certainty, vendor }
}
