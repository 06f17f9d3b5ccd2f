//! The fields that the forms about people share: choices of sites, roles, ways to sign in, languages and locales.

use leptos::prelude::*;
use model::{
    Permission,
    people::{LANGUAGES, LOCALES},
    roles::{SignInType, SiteRole},
};

use crate::{
    ask::may,
    parts::{explained::Explained, form::problem_in_address},
};

/// Where the change of many is planned.
pub const PLAN: &str = "/api/people/plan";
/// Where the change of one is planned.
pub const EDIT: &str = "/api/people/edit";
/// Where a new person is planned.
pub const CREATE: &str = "/api/people/create";
/// Where taking somebody out is planned.
pub const DELETE: &str = "/api/people/delete";
/// Where somebody is protected.
pub const PROTECT: &str = "/api/people/protect";

/// Values and their words.
pub type Pairs = Vec<(String, String)>;

/// A choice with its label and its hint. `none` is the word for no choice.
pub fn choice(
    id: String,
    name: String,
    label: &'static str,
    none: String,
    chosen: &str,
    pairs: Pairs,
) -> AnyView {
    let options = pairs
        .into_iter()
        .map(|(value, word)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{word}</option> }.into_any()
        })
        .collect_view();
    view! {
        <div class="field-group">
            <label for=id.clone()>{label}</label>
            <select class="field" id=id name=name>
                <option value="">{none}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A choice whose field is called as it is.
pub fn plain(name: &'static str, label: &'static str, none: &str, chosen: &str, pairs: Pairs) -> AnyView {
    choice(name.to_owned(), name.to_owned(), label, none.to_owned(), chosen, pairs)
}

/// The roles that can be given.
pub fn roles() -> Pairs {
    SiteRole::ASSIGNABLE.iter().rev().map(|role| (role.code().to_owned(), role.words().to_owned())).collect()
}

/// The ways to sign in that can be given.
pub fn ways() -> Pairs {
    SignInType::OFFERED.iter().map(|way| (way.code().to_owned(), way.words().to_owned())).collect()
}

/// The languages that Tableau lists.
pub fn languages() -> Pairs {
    LANGUAGES.iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect()
}

/// The locales that Tableau lists.
pub fn locales() -> Pairs {
    LOCALES.split(' ').map(|word| (word.to_owned(), word.to_owned())).collect()
}

/// The problem that a form of this page came back with, and which field it is about.
pub fn came_back(form: &str) -> Option<AnyView> {
    let problem = problem_in_address(form)?;
    let field = match problem.about.as_deref() {
        Some("site") => "It is about the site.",
        Some("role") => "It is about the role.",
        Some("sign-in") => "It is about the sign-in type.",
        Some("user_name") => "It is about the name they sign in with.",
        Some("change") => "It is about what to change.",
        Some("tenant") => "It is about the tenant role.",
        _ => "",
    };
    let field = (!field.is_empty()).then(|| view! { <p class="field-problem">{field}</p> }.into_any());
    Some(view! { <Explained problem/> {field} }.into_any())
}

/// The kinds of change: the word in the form, its words, and what one needs for it.
const KINDS: [(&str, &str, Permission); 5] = [
    ("role", "Give them a role on a site", Permission::ChangeRoles),
    ("sign-in", "Change how they sign in to a site", Permission::ChangeSignIn),
    ("leave", "Take them off a site", Permission::RemoveFromSites),
    ("details", "Set their language and locale", Permission::ChangeDetails),
    ("delete", "Take them out of the tenant", Permission::DeletePeople),
];

/// What to change for many at once. The stylesheet leaves only the fields that the chosen kind needs; what another kind
/// left in a field is ignored.
pub fn change_fields(sites: Pairs) -> AnyView {
    let field = |name: &'static str, kinds: &'static str, label: &'static str, none: &str, pairs: Pairs| {
        let choice = choice(name.to_owned(), format!("what[{name}]"), label, none.to_owned(), "", pairs);
        view! { <div class="need" data-for=kinds>{choice}</div> }.into_any()
    };
    let kinds = KINDS.into_iter().filter(|(.., needs)| may(*needs));
    let kinds = kinds.map(|(word, words, _)| view! { <option value=word>{words}</option> }).collect_view();
    view! {
        <div class="kinds">
            <div class="field-group">
                <label for="change">"What to change"</label>
                <select class="field" id="change" name="what[change]">{kinds}</select>
            </div>
            <div class="fields">
                {field("site", "role sign-in leave", "Site", "Choose a site", sites)}
                {field("role", "role", "Role", "Choose a role", roles())}
                {field("sign_in", "role sign-in", "Sign-in type", "As it is", ways())}
                {field("language", "details", "Language", "As it is", languages())}
                {field("locale", "details", "Locale", "As it is", locales())}
            </div>
            <p class="need notice warn" data-for="delete">
                <span aria-hidden="true">"▲"</span>
                <span>"They lose every role in the tenant. Who owns content is not removed, and is left without a licence."</span>
            </p>
            <div class="row">
                <button class="button first" type="submit">"Plan the change"</button>
                <span class="soft">"Nothing is changed yet: the plan shows every row first."</span>
            </div>
        </div>
    }
    .into_any()
}

/// A line of a form about one site: the site itself, and what to change there. `as_it_is` are the words for no change of
/// role and of sign-in type, `prefill` what a link has chosen.
pub fn place_fields(
    at: usize,
    site: AnyView,
    as_it_is: (String, String),
    prefill: (&str, &str),
    leave: bool,
) -> AnyView {
    let name = |field: &str| format!("places[{at}][{field}]");
    let id = |field: &str| format!("place-{at}-{field}");
    let mut offered = roles();
    if leave {
        offered.push(("leave".to_owned(), "Take off this site".to_owned()));
    }
    view! {
        <div class="place">
            {site}
            {choice(id("role"), name("role"), "Role", as_it_is.0, prefill.0, offered)}
            {choice(id("sign-in"), name("sign_in"), "Sign-in type", as_it_is.1, prefill.1, ways())}
        </div>
    }
    .into_any()
}

/// A line of a form for a site that is still to be chosen.
pub fn new_place(at: usize, sites: Pairs, prefill: (&str, &str, &str)) -> AnyView {
    let (site, role, way) = prefill;
    let (id, name) = (format!("place-{at}-site"), format!("places[{at}][site]"));
    let site = choice(id, name, "Site", "None".to_owned(), site, sites);
    place_fields(at, site, ("No role".to_owned(), "The site's default".to_owned()), (role, way), false)
}

/// Words for a field that is left alone.
pub fn as_it_is(word: &str) -> String {
    if word.is_empty() { "No change".to_owned() } else { format!("No change: {word}") }
}
