//! Breadth first through every state that a helper can bring about, with what must hold in each.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
};

use model::{
    Grant,
    delegation::{Actor, Ceiling, Command},
};

use crate::{
    Lock,
    commands::{Asked, all},
    world::{Kind, SITES, State, World, number, site, user},
};

/// A promise that was broken.
#[derive(Debug)]
pub struct Broken {
    pub name: &'static str,
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.name, self.what)
    }
}

/// Visits every state. Tells how many there are, or the first promise that one of them breaks.
pub fn explore(
    world: &World,
    grants: &[Grant],
    ceiling: &[Option<Ceiling>; SITES],
    touches: Ceiling,
    lock: Lock,
) -> Result<usize, Broken> {
    let actor = Actor {
        is_active: true,
        linked: vec![user(1)],
        names: vec![world.people[1].0.to_owned()],
        is_fresh: true,
        reason: model::delegation::Reason::Later,
    };
    let asked = all(world);
    let mut seen = HashSet::from([world.start.clone()]);
    let mut waiting = VecDeque::from([world.start.clone()]);
    while let Some(state) = waiting.pop_front() {
        let mut reach = |next: State, how: &dyn fmt::Display| {
            if seen.contains(&next) {
                return Ok(());
            }
            check(world, grants, ceiling, touches, &next)
                .map_err(|what| Broken { name: "", what: format!("{what} by {how}") })?;
            seen.insert(next.clone());
            waiting.push_back(next);
            Ok(())
        };
        reach(state.sign_in(), &"signing in")?;
        for asked in &asked {
            if let Some((next, how)) = step(world, &actor, grants, &state, asked, lock) {
                touched(world, &state, asked)?;
                reach(next, &how)?;
            }
        }
    }
    Ok(seen.len())
}

/// What comes of one command, where the lock lets it through.
fn step(
    world: &World,
    actor: &Actor,
    grants: &[Grant],
    state: &State,
    asked: &Asked,
    lock: Lock,
) -> Option<(State, String)> {
    let mut next = state.clone();
    match asked {
        Asked::Row { who, wish, heir, group } => {
            let facts = state.facts(world, *who, *heir, *group);
            let command = Command::Row { wish, creates: facts.person.is_none() };
            lock(actor, grants, &command, &facts).may_be_planned().then(|| next.carry_out(*who, wish))?;
            Some((next, format!("{} for {}", wish.verb(), world.people[*who].0)))
        }
        Asked::Group { at, change } => {
            let mut facts = state.facts(world, 0, None, Some(*at));
            (facts.person, facts.user_name) = (None, String::new());
            let command = Command::Group { site: site(crate::world::GROUP_ON[*at]), change };
            lock(actor, grants, &command, &facts).may_be_planned().then(|| next.change_group(*at, change))?;
            Some((next, format!("{} of group {at}", change.verb())))
        }
    }
}

/// No command about somebody out of reach is let through, whether or not it would change anything that is counted here.
fn touched(world: &World, state: &State, asked: &Asked) -> Result<(), Broken> {
    let Asked::Row { who, wish, heir, .. } = asked else { return Ok(()) };
    let out_of_reach = |who: usize| {
        world.people[who].1 != Kind::Plain || state.beings[who].roles.iter().flatten().any(|role| *role >= 5)
    };
    if out_of_reach(*who) || heir.is_some_and(out_of_reach) {
        let what = format!("{} was let through for {}", wish.verb(), world.people[*who].0);
        return Err(Broken { name: "", what });
    }
    Ok(())
}

fn check(
    world: &World,
    grants: &[Grant],
    ceiling: &[Option<Ceiling>; SITES],
    touches: Ceiling,
    state: &State,
) -> Result<(), String> {
    let start = &world.start;
    for (who, (name, kind)) in world.people.iter().enumerate() {
        let was_administrator = start.beings[who].roles.iter().flatten().any(|role| *role >= 5);
        for (on, most) in ceiling.iter().enumerate() {
            let (before, now) = (start.effective(who, on), state.effective(who, on));
            if (*kind != Kind::Plain || was_administrator) && before != now {
                return Err(format!("{name} was touched on site {on}: {before:?} became {now:?}"));
            }
            if most.is_none() && before != now {
                return Err(format!("{name} was changed on site {on}, where no grant counts"));
            }
            let touched = number(&touches.role());
            if before.is_some_and(|before| before > touched) && before != now {
                return Err(format!("{name} had role {before:?} on site {on}, and was touched"));
            }
            let most = most.map_or(0, |most| number(&most.role()));
            if now.is_some_and(|now| now > most.max(before.unwrap_or(0))) {
                return Err(format!("{name} has role {now:?} on site {on}, above the ceiling"));
            }
        }
        if state.beings[who].groups != start.beings[who].groups && *kind != Kind::Plain {
            // Only a group that is gone altogether may take somebody out, and none that holds such people goes.
            return Err(format!("the groups of {name} changed"));
        }
    }
    wider(world, grants, state)
}

/// The helper's own access: nobody who was there at the beginning comes into scope later.
fn wider(world: &World, grants: &[Grant], state: &State) -> Result<(), String> {
    for grant in grants {
        let Grant::Delegated(held) = grant else { continue };
        for (who, (name, _)) in world.people.iter().enumerate() {
            let (Some(before), Some(now)) = (world.start.subject(world, who), state.subject(world, who))
            else {
                continue;
            };
            for on in (0..SITES).map(site) {
                let scope = &held.delegation.scope;
                if scope.has_person(&now, &on) && !scope.has_person(&before, &on) {
                    return Err(format!("{name} came into scope"));
                }
            }
        }
    }
    Ok(())
}
