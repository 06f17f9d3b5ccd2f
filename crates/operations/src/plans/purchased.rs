//! Seats that were bought, as somebody typed them in: whoever would be one too many is dangerous. Tableau itself tells
//! no such number, and answers a change that finds no seat with a person who is unlicensed.

use std::collections::HashMap;

use model::{
    licences::Tier,
    people::Person,
    plan::{Step, Verdict, Why, Wish},
};
use tracing::warn;

use super::whole::seat_after;
use crate::{Caller, Operations, problems::Chain};

/// How many seats of a kind are in use, and how many were bought.
pub(super) type Bought = HashMap<Tier, (u64, u64)>;

impl Operations {
    /// The kinds of seats of which somebody typed in how many there are. A plan without this answer says less, and is
    /// made all the same.
    pub(super) async fn bought(&self, caller: &Caller) -> Bought {
        let settings = match self.0.store.seat_settings(caller.tenant()).await {
            Ok(settings) => settings,
            Err(error) => {
                warn!(request = %caller.request, error = %Chain(&error), "Purchased seats could not be read");
                return Bought::new();
            }
        };
        let told = |tier: &Tier| settings.purchased(*tier).map(|bought| (*tier, bought));
        let told: Vec<(Tier, u64)> = Tier::SEATS.iter().filter_map(told).collect();
        if told.is_empty() {
            return Bought::new();
        }
        match self.ask(caller, async |manager| manager.licences_of_tenant().await).await {
            Ok(used) => told.into_iter().map(|(tier, bought)| (tier, (used.of(tier), bought))).collect(),
            Err(problem) => {
                warn!(request = %caller.request, code = problem.code.word(), "Seats in use could not be read");
                Bought::new()
            }
        }
    }
}

/// Marks rows that would take more seats than were bought. What the plan itself frees counts.
pub(super) fn mark_over_purchased(steps: &mut [Step], people: &HashMap<String, Person>, bought: &Bought) {
    if bought.is_empty() {
        return;
    }
    let counts = |step: &Step| matches!(step.verdict, Verdict::Create | Verdict::Change | Verdict::Dangerous);
    let mut order: Vec<String> = Vec::new();
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, step) in steps.iter().enumerate().filter(|(_, step)| counts(step)) {
        let name = step.user_name.to_lowercase();
        if !rows.contains_key(&name) {
            order.push(name.clone());
        }
        rows.entry(name).or_default().push(at);
    }
    let moves: Vec<(Tier, Tier, Vec<usize>)> = order
        .into_iter()
        .filter_map(|name| {
            let rows = rows.remove(&name)?;
            let person = people.get(&name);
            let before = person.map_or(Tier::Unlicensed, Person::seat);
            let after = seat_after(person, rows.iter().filter_map(|at| steps[*at].wish.clone()));
            (before != after).then_some((before, after, rows))
        })
        .collect();
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut used: HashMap<Tier, i64> = bought.iter().map(|(tier, (used, _))| (*tier, whole(*used))).collect();
    for (before, ..) in &moves {
        used.entry(*before).and_modify(|used| *used -= 1);
    }
    for (_, after, rows) in moves {
        let Some((used, (_, bought))) = used.get_mut(&after).zip(bought.get(&after)) else { continue };
        *used += 1;
        if *used <= whole(*bought) {
            continue;
        }
        for at in rows {
            let step = &mut steps[at];
            if matches!(&step.wish, Some(Wish::Role { role, .. }) if role.tier() == after) {
                step.why.push(Why::OverPurchased);
                step.why.sort_unstable();
                step.verdict = Verdict::Dangerous;
            }
        }
    }
}
