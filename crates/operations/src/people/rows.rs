//! Rows and choices of the list of people, and the places on a person's page.

use model::{
    people::{PeopleChoices, PersonRow, Place, PlaceSheet},
    roles::{SignInType, SiteRole},
    sites::Site,
};
use uuid::Uuid;

use crate::directory::Snapshot;

/// Site names shown in one row of the list.
const NAMES_SHOWN: usize = 3;

/// The row of a list for somebody in the directory.
pub(crate) fn row(people: &Snapshot, at: u32, sites: &[Site], protected: &[Uuid]) -> PersonRow {
    let person = people.at(at);
    let places = person.places.as_deref().unwrap_or_default();
    let mut names: Vec<&str> = places
        .iter()
        .filter_map(|place| sites.iter().find(|site| site.id == place.site))
        .map(|site| site.name.as_str())
        .collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(NAMES_SHOWN);
    let mut site_names = names.iter().take(NAMES_SHOWN).copied().collect::<Vec<_>>().join(", ");
    if more > 0 {
        site_names.push_str(&format!(" and {more} more"));
    }
    let mut kinds: Vec<&str> =
        places.iter().filter_map(|it| it.sign_in.as_ref()).map(SignInType::words).collect();
    kinds.sort_unstable();
    kinds.dedup();
    PersonRow {
        id: person.id,
        name: person.name().to_owned(),
        role: person.highest.as_ref().map_or_else(String::new, |role| role.words().to_owned()),
        tier: person.seat(),
        administers: person.administration().map_or_else(String::new, |role| {
            if role.status.is_empty() { "active".to_owned() } else { role.status.to_lowercase() }
        }),
        sites: person.site_count,
        site_names,
        sign_in: kinds.join(", "),
        last_sign_in: person.last_sign_in,
        protected: protected.contains(&person.id.uuid()),
        user_name: person.user_name,
        status: person.status,
        language: person.language,
        locale: person.locale,
    }
}

/// What the filters offer: what occurs.
pub(crate) fn choices(people: &Snapshot, sites: &[Site]) -> PeopleChoices {
    let (roles, mut statuses) = people.words_in_use();
    let mut roles: Vec<SiteRole> = roles.into_iter().map(SiteRole::from).collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.rank()));
    statuses.sort();
    PeopleChoices {
        roles: roles.iter().map(|role| (role.code().to_owned(), role.words().to_owned())).collect(),
        statuses,
        sites: site_choices(sites),
    }
}

/// Sites to choose from: id and name, by name.
pub(crate) fn site_choices(sites: &[Site]) -> Vec<(String, String)> {
    let mut sites: Vec<(String, String)> =
        sites.iter().map(|site| (site.id.to_string(), site.name.clone())).collect();
    sites.sort_by_key(|(_, name)| name.to_lowercase());
    sites
}

/// A role on a site with the site in words.
pub(crate) fn place(place: Place, sites: &[Site]) -> PlaceSheet {
    let site = sites.iter().find(|site| site.id == place.site);
    let pod = site.and_then(|site| site.instance.as_ref()?.base_url.clone());
    PlaceSheet {
        site_name: site.map_or_else(|| place.site.to_string(), |site| site.name.clone()),
        site_status: site.map_or_else(String::new, |site| site.status.word().to_owned()),
        href: site.zip(pod).and_then(|(site, pod)| people_address(&pod, &site.content_url)),
        place,
    }
}

/// The address of a site for people. That the pod's own address carries `#/site/…` is known from the vendor's product,
/// not from the page of this API.
fn people_address(pod: &str, content_url: &str) -> Option<String> {
    let plain = content_url.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    let secure = pod.starts_with("https://") || pod.starts_with("http://127.0.0.1");
    (plain && secure).then(|| format!("{}/#/site/{content_url}", pod.trim_end_matches('/')))
}
