//! Searching gives what plain filtering and sorting gives, over many tenants and queries that a generator makes up.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

use model::{
    Direction, Moment, SiteId, UserId,
    people::{CLOUD_ADMINISTRATOR, LastSignIn, PeopleQuery, PeopleSort, Person, Place, TenantRole},
    roles::{SignInType, SiteRole},
};
use uuid::Uuid;

use super::{Snapshot, Sought, fold};

/// A plain generator: every run sees the same people.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const NAMES: [&str; 9] =
    ["Ana Sá", "ana sa", "Åke Øst", "Bo", "Straße & Söhne", "田中", "", "Eve\nNew Line", "Zoë A+B"];
const ROLES: [&str; 5] = ["Viewer", "Creator", "Unlicensed", "SupportUser", "SomethingNew"];
const STATUSES: [&str; 4] = ["ACTIVE", "INVITED", "", "EXPIRED"];
const TENANT_STATUSES: [&str; 4] = ["ACTIVE", "INVITED", "DELETED", ""];
const SIGN_INS: [&str; 3] = ["SAML", "TableauIDWithMFA", "NewWay"];
const SEARCHES: [&str; 14] =
    ["", "", "", "a", "an", "SA", "ake", "ö", "ss & s", "+", "example", "nobody at all", "eve new", "a\nb"];

fn site(number: usize) -> SiteId {
    Uuid::from_u128(0x51_7e00 + number as u128).into()
}

fn now() -> Moment {
    Moment::parse("2026-03-03T12:00:00Z").expect("a moment")
}

fn person(dice: &mut Dice, id: u128) -> Person {
    let user_name = format!("{}{}@Example.com", dice.one(&["ana", "Bo", "ÅKE", "zoe"]), dice.below(9));
    let places: Vec<Place> = (0..dice.below(4))
        .map(|number| Place {
            site: site(number * 2 + dice.below(2)),
            role: SiteRole::from((*dice.one(&ROLES)).to_owned()),
            sign_in: (dice.below(4) > 0).then(|| SignInType::from((*dice.one(&SIGN_INS)).to_owned())),
            site_user: None,
        })
        .collect();
    let told = dice.below(6) > 0;
    Person {
        id: UserId::from(Uuid::from_u128(id)),
        email: if dice.below(3) == 0 { "other.a@else.org".to_owned() } else { user_name.clone() },
        display_name: (*dice.one(&NAMES)).to_owned(),
        user_name,
        status: (*dice.one(&STATUSES)).to_owned(),
        highest: (dice.below(5) > 0).then(|| SiteRole::from((*dice.one(&ROLES)).to_owned())),
        tenant_roles: (0..dice.below(2))
            .map(|_| TenantRole {
                role: CLOUD_ADMINISTRATOR.to_owned(),
                status: (*dice.one(&TENANT_STATUSES)).to_owned(),
                sign_in: None,
            })
            .collect(),
        site_count: if told { places.len() as u32 } else { dice.below(3) as u32 },
        places: told.then_some(places),
        last_sign_in: match dice.below(4) {
            0 => LastSignIn::Never,
            1 => LastSignIn::Unknown,
            days => LastSignIn::At(now().plus_seconds(-86_400 * (days as i64 + dice.below(90) as i64))),
        },
        language: String::new(),
        locale: String::new(),
    }
}

fn query(dice: &mut Dice) -> PeopleQuery {
    let mut maybe = |of: &[&str]| if dice.below(3) == 0 { (*dice.one(of)).to_owned() } else { String::new() };
    let mut query = PeopleQuery {
        role: maybe(&ROLES),
        tenant: maybe(&["any", "none", "active", "invited", "deleted", "unheard-of"]),
        status: maybe(&["ACTIVE", "INVITED", "EXPIRED", "unheard-of"]),
        site: maybe(&["none", "1", "2", "77"]),
        signin: maybe(&["SAML", "NewWay", "unheard-of"]),
        last: maybe(&["never", "unknown", "30", "90"]),
        mark: maybe(&["protected"]),
        ..PeopleQuery::default()
    };
    if let Ok(number) = query.site.parse() {
        query.site = site(number).to_string();
    }
    query.search = (*dice.one(&SEARCHES)).to_owned();
    let sorts = [
        PeopleSort::Name,
        PeopleSort::Email,
        PeopleSort::Role,
        PeopleSort::Sites,
        PeopleSort::Last,
        PeopleSort::Status,
    ];
    query.sort = *dice.one(&sorts);
    query.direction = *dice.one(&[Direction::Up, Direction::Down]);
    query
}

/// The same without any preparation: everyone is looked at, then all who match are sorted.
fn plain(people: &HashMap<Uuid, Person>, query: &PeopleQuery, protected: &[Uuid]) -> Vec<Uuid> {
    let mut found: Vec<&Person> = people.values().filter(|it| matches(it, query, protected)).collect();
    found.sort_by(|left, right| {
        by(query.sort, left, right).then_with(|| name_key(left).cmp(&name_key(right)))
    });
    if query.direction == Direction::Down {
        found.reverse();
    }
    found.into_iter().map(|person| person.id.uuid()).collect()
}

fn name_key(person: &Person) -> (String, String, String, Uuid) {
    let plain = |text: &str| fold(&text.replace('\n', " "));
    let name = if person.display_name.is_empty() { &person.user_name } else { &person.display_name };
    let email = if person.email == person.user_name { String::new() } else { plain(&person.email) };
    (plain(name), plain(&person.user_name), email, person.id.uuid())
}

fn by(sort: PeopleSort, left: &Person, right: &Person) -> Ordering {
    let last = |person: &Person| match person.last_sign_in {
        LastSignIn::Never => (0, 0),
        LastSignIn::Unknown => (1, 0),
        LastSignIn::At(at) => (2, at.seconds()),
    };
    let rank = |person: &Person| person.highest.as_ref().map_or(0, SiteRole::rank);
    match sort {
        PeopleSort::Name => Ordering::Equal,
        PeopleSort::Email => fold(&left.user_name).cmp(&fold(&right.user_name)),
        PeopleSort::Role => rank(left).cmp(&rank(right)),
        PeopleSort::Sites => left.site_count.cmp(&right.site_count),
        PeopleSort::Last => last(left).cmp(&last(right)),
        PeopleSort::Status => left.status.cmp(&right.status),
    }
}

fn matches(person: &Person, query: &PeopleQuery, protected: &[Uuid]) -> bool {
    let (name, user_name, email, id) = name_key(person);
    let text = fold(&query.search.trim().replace('\n', " "));
    let places = person.places.as_deref().unwrap_or_default();
    let state = person.tenant_roles.iter().find(|role| role.status != "DELETED").map(|role| &role.status);
    let is_id = query.search.parse::<Uuid>().is_ok_and(|sought| sought == id);
    let last = match (query.last.as_str(), person.last_sign_in) {
        ("", _) | ("never", LastSignIn::Never) | ("unknown", LastSignIn::Unknown) => true,
        ("never" | "unknown", _) => false,
        (_, LastSignIn::Never) => true,
        (_, LastSignIn::Unknown) => false,
        (days, LastSignIn::At(at)) => {
            at.seconds_until(now()) > days.parse::<i64>().unwrap_or_default() * 86_400
        }
    };
    (is_id || [name, user_name, email].iter().any(|it| it.contains(&text)))
        && (query.role.is_empty() || person.highest.as_ref().is_some_and(|it| it.code() == query.role))
        && match query.tenant.as_str() {
            "" => true,
            "any" => state.is_some(),
            "none" => state.is_none(),
            wanted => state.is_some_and(|state| *state == wanted.to_uppercase()),
        }
        && (query.status.is_empty() || person.status == query.status)
        && match query.site.as_str() {
            "" => true,
            "none" => person.site_count == 0,
            wanted => places.iter().any(|place| place.site.to_string() == wanted),
        }
        && (query.signin.is_empty()
            || places.iter().any(|it| it.sign_in.as_ref().is_some_and(|way| way.code() == query.signin)))
        && last
        && (query.mark.is_empty() || protected.contains(&id))
}

#[test]
fn a_search_finds_whom_looking_at_everyone_finds_and_in_the_same_order() {
    let mut dice = Dice(7);
    let mut found = 0;
    for _tenant in 0..30 {
        let mut snapshot = Snapshot::default();
        let mut everyone: HashMap<Uuid, Person> = HashMap::new();
        // People come, change and go over several rounds: every column must follow.
        for _round in 0..4 {
            let told: Vec<Person> = (0..dice.below(40))
                .map(|_| {
                    let id = dice.below(60) as u128 + 1;
                    person(&mut dice, id)
                })
                .collect();
            let gone: HashSet<Uuid> =
                (0..dice.below(5)).map(|_| Uuid::from_u128(dice.below(60) as u128 + 1)).collect();
            for person in &told {
                let mut person = person.clone();
                // What an answer without roles leaves open stays as it was known.
                if person.places.is_none()
                    && let Some(known) = everyone.get(&person.id.uuid())
                {
                    person.places.clone_from(&known.places);
                    person.tenant_roles.clone_from(&known.tenant_roles);
                }
                everyone.insert(person.id.uuid(), person);
            }
            everyone.retain(|id, _| !gone.contains(id));
            snapshot = snapshot.with(&told, &gone);
            let protected: Vec<Uuid> = (1..=60).step_by(7).map(Uuid::from_u128).collect();
            for _query in 0..40 {
                let query = query(&mut dice);
                let wanted = plain(&everyone, &query, &protected);
                let sought = Sought::read(&query, now(), protected.clone()).unwrap();
                let asked = snapshot.find(&sought);
                let all: Vec<Uuid> = asked.all().into_iter().map(|at| snapshot.id_at(at)).collect();
                assert_eq!(all, wanted, "{query:?}");
                assert_eq!(asked.total(), wanted.len() as u64);
                let from = dice.below(wanted.len() + 2);
                let page: Vec<Uuid> = asked.some(from, 5).into_iter().map(|at| snapshot.id_at(at)).collect();
                assert_eq!(page, wanted.iter().copied().skip(from).take(5).collect::<Vec<_>>(), "{query:?}");
                found += wanted.len();
            }
        }
    }
    assert!(found > 5_000, "the queries find something: {found}");
}

#[test]
fn an_id_finds_its_person_and_nobody_else() {
    let mut dice = Dice(3);
    let people: Vec<Person> = (1..=20).map(|id| person(&mut dice, id)).collect();
    let snapshot = Snapshot::default().with(&people, &HashSet::new());
    for (id, count) in [(5, 1), (500, 0)] {
        let query = PeopleQuery { search: Uuid::from_u128(id).to_string(), ..PeopleQuery::default() };
        let found = snapshot.find(&Sought::read(&query, now(), Vec::new()).unwrap()).all();
        assert_eq!(found.len(), count);
        assert!(found.iter().all(|at| snapshot.id_at(*at) == Uuid::from_u128(id)));
    }
}
