//! What a command would bring about: the role that counts in the end, the seat it takes, and the plane it goes by.

use super::facts::{Command, Facts, Subject};
use crate::{
    SiteId,
    group_acts::GroupChange,
    licences::Tier,
    plan::{SiteWish, Wish},
    roles::SiteRole,
};

/// The side of Tableau that a command goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plane {
    /// Tableau Cloud Manager.
    Tenant,
    /// The API of one site.
    Site(SiteId),
    /// Nothing is sent, or whoever looks sees what either plane shows.
    Either,
}

pub(super) fn plane(command: &Command<'_>) -> Plane {
    match command {
        Command::Row { wish: Wish::OnSite(wish), .. } => Plane::Site(wish.site),
        Command::Row { .. } => Plane::Tenant,
        Command::Group { site, .. } | Command::Set { site, .. } => Plane::Site(*site),
        Command::Site { site, needs: crate::Permission::CancelJobs } => Plane::Site(*site),
        Command::Site { .. } => Plane::Tenant,
        Command::Plain(_) => Plane::Either,
    }
}

/// The role that a row asks for.
pub(super) fn role_asked(wish: &Wish) -> Option<&SiteRole> {
    match wish {
        Wish::Role { role, .. } => Some(role),
        Wish::OnSite(wish) => wish.change.role(),
        _ => None,
    }
}

/// The roles that the person's groups on a site give at least, with what the site gives everybody.
pub(super) fn minimums<'a>(
    person: Option<&'a Subject>,
    site: &'a SiteId,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a SiteRole> {
    let held = person.into_iter().flat_map(|person| &person.groups).filter(move |hold| hold.site == *site);
    let floor = facts.floor.as_ref().and_then(Option::as_ref);
    held.filter_map(|hold| hold.minimum.as_ref()).chain(floor)
}

/// What takes rights or content from people, or changes what many may do: it always wants a fresh proof.
pub(super) fn is_dangerous(command: &Command<'_>) -> bool {
    match command {
        Command::Row { wish, .. } => wish.takes_away() || matches!(wish, Wish::Leave { .. }),
        Command::Group { change, .. } => change.is_policy() || matches!(change, GroupChange::Delete),
        Command::Site { needs, .. } => {
            matches!(needs, crate::Permission::SuspendSite | crate::Permission::ReactivateSite)
        }
        Command::Set { .. } | Command::Plain(_) => false,
    }
}

/// How many seats of the tenant a row takes: one where the person's seat becomes a higher one, one less than none where
/// it is freed. A group's minimum role counts as given.
pub fn seats_taken(command: &Command<'_>, facts: &Facts) -> i64 {
    let Command::Row { wish, .. } = command else { return 0 };
    let site = wish.site().copied();
    let roles = || facts.person.iter().flat_map(|person| person.roles.iter().flatten());
    let before = roles().map(|(_, role)| role.tier()).min().unwrap_or(Tier::Unlicensed);
    let elsewhere = roles().filter(|(on, _)| Some(*on) != site).map(|(_, role)| role.tier());
    let here = roles().find(|(on, _)| Some(*on) == site).map(|(_, role)| role.tier());
    let given = match wish {
        Wish::Delete => return -i64::from(before != Tier::Unlicensed),
        Wish::Role { role, .. } => Some(role.tier()),
        Wish::Leave { .. } => None,
        Wish::OnSite(wish) => match &wish.change {
            SiteWish::Add { role, .. } | SiteWish::Place { role, .. } | SiteWish::Role { role } => {
                Some(role.tier())
            }
            SiteWish::Remove { .. } => None,
            SiteWish::Join { .. } => {
                let minimum = facts.group.as_ref().and_then(|group| group.minimum.as_ref());
                // The smallest tier is the highest seat.
                minimum.map(SiteRole::tier).into_iter().chain(here).min()
            }
            SiteWish::Leave { .. } | SiteWish::SignIn { .. } => here,
        },
        Wish::SignIn { .. }
        | Wish::Administer { .. }
        | Wish::StopAdministering
        | Wish::Details { .. }
        | Wish::Limits(_) => here,
    };
    let after = elsewhere.chain(given).min().unwrap_or(Tier::Unlicensed);
    match () {
        () if after < before => 1,
        () if after == Tier::Unlicensed && before != Tier::Unlicensed => -1,
        () => 0,
    }
}
