//! The last step of the lock: how much was done before, and what waits for somebody else's word.

use super::{
    Delegation, Rule,
    decide::must,
    effect,
    facts::{Command, Facts},
    limits::{Mark, MarkReason},
};
use crate::{
    Permission,
    plan::{OnSite, SiteWish, Wish},
    roles::SiteRole,
};

/// Refuses what is more than the grant allows.
pub(super) fn limits(grant: &Delegation, command: &Command<'_>, facts: &Facts) -> Result<(), Rule> {
    let (limits, usage) = (&grant.limits, &facts.usage);
    let this = usage.rows_in_plan.saturating_add(1);
    must(limits.rows_in_plan.is_none_or(|most| this <= most), Rule::TooManyRows)?;
    let hour = usage.rows_in_hour.saturating_add(this);
    must(limits.rows_in_hour.is_none_or(|most| hour <= most), Rule::TooManyThisHour)?;
    let taken = effect::seats_taken(command, facts);
    let seats = usage.seats_in_plan + taken;
    must(limits.seats_in_plan.is_none_or(|most| taken <= 0 || seats <= i64::from(most)), Rule::TooManySeats)
}

/// Why it waits for somebody else.
pub(super) fn reasons(grant: &Delegation, command: &Command<'_>, facts: &Facts) -> Vec<MarkReason> {
    let mut why = Vec::new();
    let mut when = |so: bool, reason| why.extend(so.then_some(reason));
    when(grant.marks.contains(&Mark::Everything), MarkReason::Everything);
    let many = facts.usage.people_in_plan > Mark::MANY;
    when(many && grant.marks.contains(&Mark::ManyPeople), MarkReason::ManyPeople);
    match command {
        Command::Row { wish, .. } => {
            let removes = matches!(wish, Wish::Leave { .. }) || wish.on_site().is_some_and(is_removal);
            when(removes && grant.marks.contains(&Mark::Removal), MarkReason::Removal);
            when(**wish == Wish::Delete, MarkReason::OutOfTenant);
            when(wish.on_site().is_some_and(hands_over), MarkReason::HandOver);
            when(!groups_are_told(wish, facts), MarkReason::GroupsNotTold);
        }
        Command::Group { change, .. } => when(change.is_policy(), MarkReason::GroupPolicy),
        Command::Site { needs: Permission::SuspendSite | Permission::ReactivateSite, .. } => {
            when(true, MarkReason::Suspension);
        }
        Command::Site { .. } | Command::Set { .. } | Command::Plain(_) => {}
    }
    why
}

fn is_removal(wish: &OnSite) -> bool {
    matches!(wish.change, SiteWish::Remove { .. })
}

fn hands_over(wish: &OnSite) -> bool {
    matches!(wish.change, SiteWish::Remove { assets_to: Some(_) })
}

/// Whether the groups are told that could raise the role a row gives.
fn groups_are_told(wish: &Wish, facts: &Facts) -> bool {
    let (Some(role), Some(site)) = (effect::role_asked(wish), wish.site()) else { return true };
    if role.rank() <= SiteRole::Unlicensed.rank() {
        return true;
    }
    match &facts.person {
        Some(person) if person.role(site).is_some() => person.told.contains(site),
        // Who comes onto a site is in its group of everybody, and in no other.
        _ => facts.floor.is_some(),
    }
}
