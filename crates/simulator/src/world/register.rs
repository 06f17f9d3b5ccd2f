//! Who stands where in the list of people; people come and go through here.

use std::collections::HashMap;

use uuid::Uuid;

use super::State;
use super::people::{MANAGED, Person};

/// The places of people in the world's list, by id and by user name.
#[derive(Debug)]
pub(crate) struct Register {
    ids: HashMap<Uuid, usize>,
    names: HashMap<Box<str>, usize>,
}

/// Somebody whom the tenant may not know yet.
#[derive(Debug, Clone)]
pub(crate) struct Newcomer {
    /// The id that was promised; without one the person gets any.
    pub(crate) id: Option<Uuid>,
    pub(crate) user_name: String,
    pub(crate) display_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) language: &'static str,
    pub(crate) locale: &'static str,
}

impl Newcomer {
    pub(crate) fn named(user_name: &str) -> Self {
        Self {
            id: None,
            user_name: user_name.to_owned(),
            display_name: None,
            email: None,
            language: "EN_US",
            locale: "en_US",
        }
    }
}

impl Register {
    pub(crate) fn of(people: &[Person]) -> Self {
        let mut register =
            Self { ids: HashMap::with_capacity(people.len()), names: HashMap::with_capacity(people.len()) };
        for (place, person) in people.iter().enumerate() {
            register.add(person, place);
        }
        register
    }

    fn add(&mut self, person: &Person, place: usize) {
        self.ids.insert(person.id, place);
        self.names.insert(person.user_name.to_lowercase().into(), place);
    }

    fn forget(&mut self, person: &Person) {
        self.ids.remove(&person.id);
        self.names.remove(&*person.user_name.to_lowercase());
    }

    pub(crate) fn id(&self, id: Uuid) -> Option<usize> {
        self.ids.get(&id).copied()
    }

    /// The vendor takes user names without regard to case.
    pub(crate) fn name(&self, user_name: &str) -> Option<usize> {
        self.names.get(&*user_name.to_lowercase()).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }
}

impl State {
    /// Somebody comes to the tenant, without any role; tells the place in the list.
    pub(crate) fn arrive(&mut self, newcomer: &Newcomer) -> usize {
        let id = newcomer.id.unwrap_or_else(|| self.random.uuid());
        // Who signs in for the first time brings a name; until then the address stands for it.
        let display_name = newcomer.display_name.as_deref().unwrap_or(&newcomer.user_name);
        let mut person = Person {
            id,
            display_name: display_name.into(),
            user_name: newcomer.user_name.as_str().into(),
            email: None,
            status: "ACTIVE",
            language: newcomer.language,
            locale: newcomer.locale,
            idp: MANAGED,
            last_sign_in: None,
            tenant_admin: None,
            places: Vec::new(),
            gone: false,
        };
        if let Some(email) = &newcomer.email {
            person.write_to(email);
        }
        let place = self.people.len();
        self.register.add(&person, place);
        self.people.push(person);
        place
    }

    /// Somebody leaves the tenant and every site.
    pub(crate) fn depart(&mut self, person: usize) {
        for site in self.sites_of(person) {
            self.set_role(person, site, None);
        }
        let person = &mut self.people[person];
        person.tenant_admin = None;
        person.gone = true;
        self.register.forget(person);
    }
}

impl Person {
    /// Sets where mail goes; says whether that is new.
    pub(crate) fn write_to(&mut self, email: &str) -> bool {
        let new = self.email() != email;
        self.email = (email != &*self.user_name).then(|| email.into());
        new
    }
}
