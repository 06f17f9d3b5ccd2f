//! The version in a path of the site API.

use super::answer::SiteRefusal;

/// The newest version that this simulator speaks.
pub(super) const NEWEST: &str = "3.27";

const NEWEST_PARTS: (u32, u32) = (3, 27);
// Sign-in with a personal access token came with 3.6; server information with 2.4.
const OLDEST_PARTS: (u32, u32) = (3, 6);
const OLDEST_INFO: (u32, u32) = (2, 4);

/// Major and minor version of a path such as `/api/3.24/auth/signin`.
pub(super) fn in_path(path: &str) -> Option<(u32, u32)> {
    let version = path.strip_prefix("/api/")?.split('/').next()?;
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Refuses versions before sign-in by token, and versions to come.
pub(super) fn check(path: &str) -> Result<(), SiteRefusal> {
    between(path, OLDEST_PARTS)
}

/// Refuses versions that have no server information.
pub(super) fn check_info(path: &str) -> Result<(), SiteRefusal> {
    between(path, OLDEST_INFO)
}

fn between(path: &str, oldest: (u32, u32)) -> Result<(), SiteRefusal> {
    let known = in_path(path).is_some_and(|version| (oldest..=NEWEST_PARTS).contains(&version));
    if known { Ok(()) } else { Err(SiteRefusal::unknown_resource()) }
}
