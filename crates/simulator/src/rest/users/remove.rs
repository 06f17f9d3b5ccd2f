//! Somebody leaves a site.

use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

use crate::rest::answer::SiteRefusal;
use crate::rest::caller::Administrator;
use crate::world::carry::{Carrier, Left};
use crate::world::{State as Kept, World};

/// Vendor: Users and Groups Methods, "Remove User from Site".
///
/// Owners are refused with 409003, and have lost their licence by then. The page keeps `mapAssetsTo` for
/// server administrators, while the page of Tableau Cloud Manager sends its own there: here every caller may
/// use it.
pub(in crate::rest) async fn remove(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(1, 0)?;
    let (person, left) = world.change(|state| {
        let person = caller.find_user(state, caller.id("user")).ok_or_else(SiteRefusal::no_user)?;
        let id = state.people[person].id;
        if id == caller.session.owner {
            return Err(SiteRefusal::bad("Users cannot remove themselves."));
        }
        if let Some(heir) = caller.asked("mapAssetsTo") {
            hand_over(state, &caller, person, heir)?;
        }
        Ok((id, Carrier::new(state).take_away(person, caller.site)))
    })?;
    match left {
        Left::Tenant => caller.note(&world, "user.delete", person),
        Left::Site | Left::Unlicensed => caller.note(&world, "user.role", person),
        Left::Unchanged => {}
    }
    match left {
        Left::Site | Left::Tenant => Ok(StatusCode::NO_CONTENT),
        Left::Unlicensed | Left::Unchanged => Err(SiteRefusal::owns_content()),
    }
}

/// Gives everything that somebody owns on the site to another person there.
fn hand_over(state: &mut Kept, caller: &Administrator, from: usize, heir: &str) -> Result<(), SiteRefusal> {
    let heir = Uuid::parse_str(heir).ok().and_then(|heir| caller.find_user(state, heir));
    let heir = heir.ok_or_else(SiteRefusal::no_user)?;
    if heir == from {
        return Err(SiteRefusal::bad("The content cannot go to the user who leaves."));
    }
    let owned = state.people[from].place_on_mut(caller.site).map(|place| std::mem::take(&mut place.owned));
    if let Some((place, owned)) = state.people[heir].place_on_mut(caller.site).zip(owned) {
        place.owned = place.owned.saturating_add(owned);
    }
    Ok(())
}
