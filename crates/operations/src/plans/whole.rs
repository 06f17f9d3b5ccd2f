//! The rules that need the whole plan: rows that repeat or contradict each other, the last administrator, role limits,
//! and the seats that the plan takes and frees.

use std::collections::HashMap;

use model::{
    SiteId, UserId,
    licences::Tier,
    people::Person,
    plan::{SeatMove, SeatSum, Step, Verdict, Why, Wish},
    roles::SiteRole,
};

/// How full a site is at one tier, and its limit.
pub(crate) type Room = HashMap<(SiteId, Tier), (u64, u64)>;

/// Refuses a row for a further reason.
pub(super) fn refuse(step: &mut Step, why: Why) {
    step.why.push(why);
    step.why.sort_unstable();
    step.verdict = Verdict::Refused;
}

/// What two rows must not both be about.
fn subject(step: &Step) -> Option<(String, Option<SiteId>, &'static str)> {
    let name = step.user_name.to_lowercase();
    let about = match step.wish.as_ref()? {
        Wish::Role { .. } | Wish::Leave { .. } | Wish::SignIn { .. } => "site",
        Wish::Administer { .. } | Wish::StopAdministering => "tenant",
        Wish::Details { .. } => "details",
        Wish::Delete => "delete",
        Wish::OnSite(_) => "on the site",
        Wish::Limits(_) => "limits",
    };
    Some((name, step.wish.as_ref()?.site().copied(), about))
}

/// Rows that say the same count once; rows of which each wants something else are all refused.
pub(crate) fn refuse_repeated(steps: &mut [Step]) {
    let mut about: HashMap<_, Vec<usize>> = HashMap::new();
    let mut deleted: HashMap<String, usize> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        let Some(key) = subject(step) else { continue };
        if key.2 == "delete" {
            deleted.entry(key.0.clone()).or_insert(at);
        }
        about.entry(key).or_default().push(at);
    }
    for (key, rows) in about {
        let same = rows.iter().all(|at| steps[*at].wish == steps[rows[0]].wish);
        for at in rows.iter().skip(usize::from(same)) {
            refuse(&mut steps[*at], if same { Why::Duplicate } else { Why::Contradiction });
        }
        // Somebody who is to go cannot be changed as well.
        if let Some(delete) = deleted.get(&key.0)
            && key.2 != "delete"
        {
            rows.iter().for_each(|at| refuse(&mut steps[*at], Why::Contradiction));
            if !steps[*delete].why.contains(&Why::Contradiction) {
                refuse(&mut steps[*delete], Why::Contradiction);
            }
        }
    }
}

/// Refuses rows that together would leave the tenant without an active cloud administrator, or the last one without a
/// licence.
pub(crate) fn refuse_lock_out(
    steps: &mut [Step],
    administrators: &[UserId],
    people: &HashMap<String, Person>,
) {
    let mut rows: HashMap<UserId, Vec<usize>> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        let may_be_sent = !matches!(step.verdict, Verdict::Refused | Verdict::Nothing);
        if let Some(user) = step.user.filter(|user| may_be_sent && administrators.contains(user)) {
            rows.entry(user).or_default().push(at);
        }
    }
    rows.retain(|_, rows| {
        let wishes: Vec<&Wish> = rows.iter().filter_map(|at| steps[*at].wish.as_ref()).collect();
        let person = people.get(&steps[rows[0]].user_name.to_lowercase());
        locks_out(person, &wishes)
    });
    if administrators.is_empty() || administrators.iter().any(|admin| !rows.contains_key(admin)) {
        return;
    }
    for at in rows.into_values().flatten() {
        if steps[at].wish.as_ref().is_some_and(may_lock_out) {
            refuse(&mut steps[at], Why::LastAdministrator);
        }
    }
}

/// Whether a wish is of the kind that can leave the tenant without a working administrator.
pub(crate) fn may_lock_out(wish: &Wish) -> bool {
    match wish {
        Wish::StopAdministering | Wish::Delete | Wish::Leave { .. } => true,
        Wish::Role { role, .. } => role.tier() == Tier::Unlicensed,
        _ => false,
    }
}

/// Whether these wishes, all of them about one administrator, end their administration or take the last licence they
/// have. Who has none already loses none.
pub(crate) fn locks_out(person: Option<&Person>, wishes: &[&Wish]) -> bool {
    let ends = wishes.iter().any(|wish| matches!(wish, Wish::StopAdministering | Wish::Delete));
    let unlicenses = || {
        person.is_some_and(|person| {
            person.places.is_some()
                && person.seat() != Tier::Unlicensed
                && seat_after(Some(person), wishes.iter().copied().cloned()) == Tier::Unlicensed
        })
    };
    ends || unlicenses()
}

/// Marks rows that would put more people on a site than its role limit allows. What the plan itself frees counts.
pub(crate) fn mark_over_limit(steps: &mut [Step], people: &HashMap<String, Person>, room: &Room) {
    let mut used: HashMap<(SiteId, Tier), i64> =
        room.iter().map(|(key, (used, _))| (*key, i64::try_from(*used).unwrap_or(i64::MAX))).collect();
    let tier_now = |step: &Step, site: &SiteId| {
        people
            .get(&step.user_name.to_lowercase())
            .and_then(|person| person.place(site))
            .map(|it| it.role.tier())
    };
    let counts = |step: &Step| matches!(step.verdict, Verdict::Create | Verdict::Change | Verdict::Dangerous);
    for step in steps.iter().filter(|step| counts(step)) {
        let Some(site) = step.wish.as_ref().and_then(Wish::site) else { continue };
        if let (Some(Wish::Role { .. } | Wish::Leave { .. }), Some(tier)) = (&step.wish, tier_now(step, site))
        {
            used.entry((*site, tier)).and_modify(|used| *used -= 1);
        }
    }
    for step in steps.iter_mut().filter(|step| counts(step)) {
        let Some(Wish::Role { site, role, .. }) = &step.wish else { continue };
        let key = (*site, role.tier());
        let Some((used, (_, at_most))) = used.get_mut(&key).zip(room.get(&key)) else { continue };
        *used += 1;
        let is_new = tier_now(step, site) != Some(role.tier());
        if is_new && *used > i64::try_from(*at_most).unwrap_or(i64::MAX) {
            step.why.push(Why::OverLimit);
            step.why.sort_unstable();
            step.verdict = Verdict::Dangerous;
        }
    }
}

/// Works out each person's seat before and after, and adds them up. Rows that are refused or dangerous are left out.
pub(crate) fn count_seats(steps: &mut [Step], people: &HashMap<String, Person>) -> SeatSum {
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        rows.entry(step.user_name.to_lowercase()).or_default().push(at);
    }
    let mut sum = SeatSum::default();
    for (name, rows) in rows {
        let person = people.get(&name);
        let before = person.map_or(Tier::Unlicensed, Person::seat);
        let wishes = rows.iter().filter(|at| is_sent(&steps[**at])).filter_map(|at| steps[*at].wish.clone());
        let after = seat_after(person, wishes);
        add(&mut sum, before, -1);
        add(&mut sum, after, 1);
        steps[rows[0]].seat = SeatMove { from: Some(before), to: Some(after) };
        for at in rows {
            if is_sent(&steps[at]) {
                let notes = notes(&steps[at], person, before, after);
                steps[at].why.extend(notes);
                steps[at].why.sort_unstable();
            }
        }
    }
    sum
}

fn is_sent(step: &Step) -> bool {
    matches!(step.verdict, Verdict::Create | Verdict::Change)
}

/// The seat once these wishes are carried out. What the vendor did not tell of roles is taken as the highest role.
pub(super) fn seat_after(person: Option<&Person>, wishes: impl Iterator<Item = Wish>) -> Tier {
    let mut roles: HashMap<SiteId, SiteRole> = person
        .and_then(|person| person.places.as_ref())
        .into_iter()
        .flatten()
        .map(|place| (place.site, place.role.clone()))
        .collect();
    for wish in wishes {
        match wish {
            Wish::Role { site, role, .. } => _ = roles.insert(site, role),
            Wish::Leave { site } => _ = roles.remove(&site),
            Wish::Delete => roles.clear(),
            _ => {}
        }
    }
    roles.values().map(SiteRole::tier).min().unwrap_or(Tier::Unlicensed)
}

pub(super) fn add(sum: &mut SeatSum, tier: Tier, by: i64) {
    match tier {
        Tier::Creator => sum.creators += by,
        Tier::Explorer => sum.explorers += by,
        Tier::Viewer => sum.viewers += by,
        Tier::Unlicensed => {}
    }
}

/// What a row does to the person's seat, in reasons.
fn notes(step: &Step, person: Option<&Person>, before: Tier, after: Tier) -> Vec<Why> {
    let Some(wish) = &step.wish else { return Vec::new() };
    if !matches!(wish, Wish::Role { .. } | Wish::Leave { .. } | Wish::Delete) {
        return Vec::new();
    }
    if before == after {
        let loses = wish.site().and_then(|site| person?.place(site)).is_some_and(|place| {
            let wanted = match wish {
                Wish::Role { role, .. } => role.tier(),
                _ => Tier::Unlicensed,
            };
            wanted > place.role.tier()
        });
        return if loses && before != Tier::Unlicensed { vec![Why::KeepsSeat] } else { Vec::new() };
    }
    moved(before, after)
}

/// What a person's move from one seat to another takes and frees.
pub(super) fn moved(before: Tier, after: Tier) -> Vec<Why> {
    if before == after {
        return Vec::new();
    }
    let taken = match after {
        Tier::Creator => Some(Why::TakesCreator),
        Tier::Explorer => Some(Why::TakesExplorer),
        Tier::Viewer => Some(Why::TakesViewer),
        Tier::Unlicensed => None,
    };
    let freed = match before {
        Tier::Creator => Some(Why::FreesCreator),
        Tier::Explorer => Some(Why::FreesExplorer),
        Tier::Viewer => Some(Why::FreesViewer),
        Tier::Unlicensed => None,
    };
    taken.into_iter().chain(freed).collect()
}
