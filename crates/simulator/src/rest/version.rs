//! The version in a path of the site API.

use super::answer::SiteRefusal;
use crate::world::World;

/// Major and minor version. They compare as numbers: 3.9 comes before 3.10.
pub(super) type Version = (u32, u32);

// Sign-in with a personal access token came with 3.6; server information with 2.4.
pub(super) const SIGN_IN: Version = (3, 6);
pub(super) const INFORMATION: Version = (2, 4);
/// The oldest that the vendor's pages name for any method.
pub(super) const OLDEST: Version = (1, 0);

/// Major and minor version of a path such as `/api/3.24/auth/signin`.
pub(super) fn in_path(path: &str) -> Option<Version> {
    let version = path.strip_prefix("/api/")?.split('/').next()?;
    parse(version)
}

pub(crate) fn parse(text: &str) -> Option<Version> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The version of a path, if it is neither older than this nor still to come.
pub(super) fn check(world: &World, path: &str, oldest: Version) -> Result<Version, SiteRefusal> {
    let newest = world.read(|state| state.settings.site_api);
    let version = in_path(path).filter(|version| (oldest..=newest).contains(version));
    version.ok_or_else(SiteRefusal::unknown_resource)
}
