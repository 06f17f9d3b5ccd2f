//! The handle's methods for people, groups and licences: look at them, and change them behind everyone's
//! back.

use uuid::Uuid;

use crate::world::facts::{GroupFacts, PersonFacts};
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;
use crate::world::settings::{NextToken, Purchased};
use crate::world::{State, World};

impl World {
    /// How many people the tenant has.
    pub fn people(&self) -> usize {
        self.read(|state| state.register.len())
    }

    /// The person with this user name.
    pub fn person(&self, user_name: &str) -> Option<PersonFacts> {
        self.read(|state| {
            let person = &state.people[state.register.name(user_name)?];
            Some(PersonFacts::of(person, state))
        })
    }

    /// The person with this id.
    pub fn person_by_id(&self, id: &str) -> Option<PersonFacts> {
        let id = Uuid::parse_str(id).ok()?;
        self.read(|state| Some(PersonFacts::of(state.person(id)?, state)))
    }

    /// Everyone, in the vendor's order.
    pub fn everyone(&self) -> Vec<PersonFacts> {
        self.read(|state| {
            let present = state.people.iter().filter(|person| !person.gone);
            present.map(|person| PersonFacts::of(person, state)).collect()
        })
    }

    /// Adds somebody without any role behind everyone's back; false when the user name is taken.
    pub fn add_person(&self, user_name: &str, display_name: &str) -> bool {
        self.change(|state| {
            let free = state.register.name(user_name).is_none();
            if free {
                let display_name = Some(display_name.to_owned());
                state.arrive(&Newcomer { display_name, ..Newcomer::named(user_name) });
            }
            free
        })
    }

    /// Removes somebody from the tenant behind everyone's back; false when there is no such person.
    pub fn remove_person(&self, user_name: &str) -> bool {
        self.somebody(user_name, |state, person| {
            state.depart(person);
            true
        })
    }

    /// Gives a site role behind everyone's back, or takes it away, whether or not there is a licence;
    /// false when there is no such person, site or role.
    pub fn set_role(&self, user_name: &str, site: &str, role: Option<&str>) -> bool {
        let role = role.map(SiteRole::named);
        self.somebody(user_name, |state, person| {
            let Some(site) = place_of_site(state, site) else { return false };
            match role {
                Some(None) => return false,
                Some(role) => state.set_role(person, site, role),
                None => state.set_role(person, site, None),
            }
            true
        })
    }

    /// Sets how many things somebody owns on a site; false when the person has no role there.
    pub fn set_owned(&self, user_name: &str, site: &str, owned: u16) -> bool {
        self.somebody(user_name, |state, person| {
            let site = place_of_site(state, site);
            let places = &mut state.people[person].places;
            let place = places.iter_mut().find(|place| Some(usize::from(place.site)) == site);
            place.map(|place| place.owned = owned).is_some()
        })
    }

    /// Sets the state of the role as administrator of the tenant, as accepting an invitation or letting it
    /// run out would; false when there is no such person or state.
    pub fn set_tenant_role(&self, user_name: &str, state: Option<&str>) -> bool {
        let known = ["INVITED", "ACTIVE", "EXPIRED"];
        let found = state.map(|state| known.into_iter().find(|known| *known == state));
        if found == Some(None) {
            return false;
        }
        self.somebody(user_name, |state, person| {
            state.people[person].tenant_admin = found.flatten();
            true
        })
    }

    pub(super) fn somebody(&self, user_name: &str, change: impl FnOnce(&mut State, usize) -> bool) -> bool {
        self.change(|state| {
            let person = state.register.name(user_name);
            person.is_some_and(|person| change(state, person))
        })
    }

    /// The groups of a site.
    pub fn groups(&self, site: &str) -> Vec<GroupFacts> {
        let site = Uuid::parse_str(site).unwrap_or_default();
        self.read(|state| {
            let here = state.groups.iter().filter(|group| group.site == site);
            here.map(GroupFacts::of).collect()
        })
    }

    /// Puts somebody into a group; false when there is no such person or group. The role that the group gives
    /// is not given: it then only holds the person up.
    pub fn join_group(&self, user_name: &str, group: &str) -> bool {
        let id = Uuid::parse_str(group).unwrap_or_default();
        self.somebody(user_name, |state, person| {
            let Some(group) = state.groups.iter_mut().find(|group| group.id == id) else { return false };
            let person = person as u32;
            if !group.members.contains(&person) {
                group.members.push(person);
            }
            true
        })
    }

    /// How many licences the tenant has bought.
    pub fn purchased(&self) -> Purchased {
        self.read(|state| state.settings.purchased)
    }

    /// Sets how many licences the tenant has bought; fewer than are in use is possible, as after a lapse.
    pub fn set_purchased(&self, purchased: Purchased) {
        self.change(|state| state.settings.purchased = purchased);
    }

    /// Sets the key under which a page of people names the next one.
    pub fn set_next_token(&self, key: NextToken) {
        self.change(|state| state.settings.next_token = key);
    }
}

fn place_of_site(state: &State, id: &str) -> Option<usize> {
    let id = Uuid::parse_str(id).ok()?;
    state.sites.iter().position(|site| site.id == id)
}
