//! The rules for the plane of a site that need the whole plan: the last administrator, a group left empty, role limits,
//! and the seats that the plan takes and frees in the tenant.

use std::collections::{HashMap, HashSet};

use model::{
    GroupId, SiteId, SiteUserId,
    licences::Tier,
    people::Person,
    plan::{SeatMove, SeatSum, SiteWish, Step, Verdict, Why},
    roles::SiteRole,
};

use super::{
    site_now::SiteNow,
    whole::{Room, add, moved, refuse},
};

fn change(step: &Step) -> Option<&SiteWish> {
    Some(&step.wish.as_ref()?.on_site()?.change)
}

/// Whether a row may be sent, on purpose or not.
fn may_be_sent(step: &Step) -> bool {
    matches!(step.verdict, Verdict::Create | Verdict::Change | Verdict::Dangerous)
}

/// Makes a row dangerous for a further reason.
fn endanger(step: &mut Step, why: Why) {
    step.why.push(why);
    step.why.sort_unstable();
    step.verdict = Verdict::Dangerous;
}

/// Refuses rows that together would leave the site without an administrator.
pub(super) fn refuse_lock_out(steps: &mut [Step], now: &SiteNow) {
    let administrators: HashSet<SiteUserId> =
        now.users().filter(|user| user.site_role.administers()).map(|user| user.id).collect();
    refuse_last(steps, &administrators);
}

fn refuse_last(steps: &mut [Step], administrators: &HashSet<SiteUserId>) {
    let ends = |step: &Step| {
        let ends = match change(step) {
            Some(SiteWish::Remove { .. }) => true,
            Some(SiteWish::Role { role } | SiteWish::Place { role, .. }) => !role.administers(),
            _ => false,
        };
        ends && may_be_sent(step) && step.site_user.is_some_and(|user| administrators.contains(&user))
    };
    let ended: HashSet<SiteUserId> =
        steps.iter().filter(|step| ends(step)).filter_map(|step| step.site_user).collect();
    if !administrators.is_empty() && ended.len() == administrators.len() {
        steps.iter_mut().filter(|step| ends(step)).for_each(|step| refuse(step, Why::LastSiteAdministrator));
    }
}

/// Marks rows that together would leave a group without anybody. Who would only come in by a dangerous row, or a refused
/// one, does not count as being there.
pub(super) fn mark_emptied(steps: &mut [Step], now: &SiteNow) {
    let mut left: HashMap<GroupId, HashSet<SiteUserId>> = HashMap::new();
    for step in steps.iter() {
        let Some((wish, user)) = change(step).zip(step.site_user) else { continue };
        let Some((group, _)) = wish.group() else { continue };
        let members = left.entry(*group).or_insert_with(|| now.members(group).cloned().unwrap_or_default());
        match wish {
            SiteWish::Join { .. } if step.verdict == Verdict::Change => _ = members.insert(user),
            SiteWish::Leave { .. } if may_be_sent(step) => _ = members.remove(&user),
            _ => {}
        }
    }
    for step in steps.iter_mut().filter(|step| may_be_sent(step)) {
        let Some(SiteWish::Leave { group, .. }) = change(step) else { continue };
        if left.get(group).is_some_and(HashSet::is_empty) {
            endanger(step, Why::EmptiesGroup);
        }
    }
}

/// The seats of somebody on this site before and after a row. A group's minimum role counts as given: that is the most
/// there can be.
fn tiers(step: &Step, now: &SiteNow) -> Option<(Tier, Tier)> {
    let wish = change(step)?;
    let role = step.site_user.and_then(|user| now.user(&user)).map(|user| &user.site_role);
    let before = role.map_or(Tier::Unlicensed, SiteRole::tier);
    let after = match wish {
        SiteWish::Add { role, .. } | SiteWish::Place { role, .. } | SiteWish::Role { role } => role.tier(),
        SiteWish::Remove { .. } => Tier::Unlicensed,
        SiteWish::Join { group, .. } if step.why.contains(&Why::GrantsRole) => {
            now.groups.get(group)?.minimum_role.as_ref()?.tier()
        }
        SiteWish::Join { .. } | SiteWish::Leave { .. } | SiteWish::SignIn { .. } => before,
    };
    Some((before, after))
}

/// Marks rows that would put more people on the site than its role limit allows. What the plan itself frees counts.
pub(super) fn mark_over_limit(steps: &mut [Step], now: &SiteNow, room: &Room) {
    let moves: Vec<Option<(Tier, Tier)>> = steps
        .iter()
        .map(|step| tiers(step, now).filter(|(before, after)| may_be_sent(step) && before != after))
        .collect();
    let mut used: HashMap<(SiteId, Tier), i64> =
        room.iter().map(|(key, (used, _))| (*key, i64::try_from(*used).unwrap_or(i64::MAX))).collect();
    for (before, _) in moves.iter().flatten() {
        used.entry((now.site, *before)).and_modify(|used| *used -= 1);
    }
    for (step, moved) in steps.iter_mut().zip(moves) {
        let Some((_, after)) = moved else { continue };
        let key = (now.site, after);
        let Some((used, (_, at_most))) = used.get_mut(&key).zip(room.get(&key)) else { continue };
        *used += 1;
        if *used > i64::try_from(*at_most).unwrap_or(i64::MAX) {
            endanger(step, Why::OverLimit);
        }
    }
}

/// Works out each person's seat in the tenant before and after, and adds them up. Refused rows are left out; dangerous
/// ones too, unless a group gives its role: then the sum is the most there can be, with everything included.
pub(super) fn count_seats(steps: &mut [Step], now: &SiteNow) -> SeatSum {
    let at_most = steps.iter().any(|step| step.why.contains(&Why::GrantsRole) && may_be_sent(step));
    let mut sum = SeatSum { at_most, ..SeatSum::default() };
    for step in steps.iter_mut() {
        let counts = match step.verdict {
            Verdict::Dangerous => at_most,
            verdict => matches!(verdict, Verdict::Create | Verdict::Change),
        };
        let Some((before, after)) = tiers(step, now).filter(|_| counts) else { continue };
        let elsewhere = elsewhere(now.person(&step.user_name), &now.site);
        // The smallest tier is the highest seat.
        let (seat_before, seat_after) = (before.min(elsewhere), after.min(elsewhere));
        add(&mut sum, seat_before, -1);
        add(&mut sum, seat_after, 1);
        step.seat = SeatMove { from: Some(seat_before), to: Some(seat_after) };
        let keeps = after > before && seat_after == seat_before;
        step.why.extend(keeps.then_some(Why::KeepsSeat));
        step.why.extend(moved(seat_before, seat_after));
        step.why.sort_unstable();
    }
    sum
}

/// The highest seat that somebody takes by roles on other sites.
fn elsewhere(person: Option<&Person>, site: &SiteId) -> Tier {
    let Some(person) = person else { return Tier::Unlicensed };
    match &person.places {
        Some(places) => {
            let others = places.iter().filter(|place| place.site != *site);
            others.map(|place| place.role.tier()).min().unwrap_or(Tier::Unlicensed)
        }
        None => person.seat(),
    }
}

#[cfg(test)]
mod tests {
    use model::plan::{OnSite, Wish};
    use uuid::Uuid;

    use super::*;

    fn step(user: SiteUserId, wish: SiteWish, verdict: Verdict) -> Step {
        Step {
            number: 1,
            line: None,
            user: None,
            site_user: Some(user),
            user_name: "ada@example.com".to_owned(),
            name: String::new(),
            site_name: "Sales".to_owned(),
            wish: Some(Wish::OnSite(OnSite { site: Uuid::from_u128(1).into(), change: wish })),
            before: String::new(),
            after: String::new(),
            verdict,
            why: Vec::new(),
            note: String::new(),
            permit: None,
            seat: SeatMove::default(),
        }
    }

    #[test]
    fn the_last_administrators_of_a_site_cannot_go_together_and_one_of_them_can() {
        let [first, second] = [Uuid::from_u128(11), Uuid::from_u128(12)].map(SiteUserId::from);
        let administrators = HashSet::from([first, second]);
        let remove = || SiteWish::Remove { assets_to: None };
        let demote = || SiteWish::Role { role: SiteRole::Creator };
        let mut both =
            [step(first, remove(), Verdict::Dangerous), step(second, demote(), Verdict::Dangerous)];
        refuse_last(&mut both, &administrators);
        assert!(both.iter().all(|step| step.why == [Why::LastSiteAdministrator]));
        assert!(both.iter().all(|step| step.verdict == Verdict::Refused));
        let promote = SiteWish::Role { role: SiteRole::SiteAdministratorExplorer };
        let mut one = [step(first, remove(), Verdict::Dangerous), step(second, promote, Verdict::Change)];
        refuse_last(&mut one, &administrators);
        assert_eq!(one.map(|step| step.verdict), [Verdict::Dangerous, Verdict::Change]);
    }
}
