//! The form that edits one person. It sends what was asked, and the plan keeps what differs. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{people::PersonSheet, people::PlaceSheet, roles::SignInType};

use super::{
    fields::{EDIT, Pairs, as_it_is, languages, locales, new_place, place_fields, plain},
    page::{Page, above},
};
use crate::parts::{drawn::Drawing, query::text};

/// Sites that can be added at once.
const FURTHER: usize = 3;

/// Draws the form; `fill` is what a link has filled in.
pub fn draw(sheet: &PersonSheet, sites: Pairs, fill: &ParamsMap) -> Page {
    let person = &sheet.person;
    let name = person.name().to_owned();
    let back = format!("/people/{}", person.id);
    let given = |name: &str| text(fill, name);
    let email = if given("email").is_empty() { person.email.clone() } else { given("email") };
    let body = view! {
        <form method="post" action=EDIT class="card form wide" aria-label="Edit the person">
            <input type="hidden" name="user" value=person.id.to_string()/>
            <p class="soft">
                "Only what you change here is sent. The name a person signs in with cannot be changed on Tableau Cloud."
            </p>
            <fieldset class="fields">
                <legend>"Details"</legend>
                {plain("language", "Language", &as_it_is(&person.language), &given("language"), languages())}
                {plain("locale", "Locale", &as_it_is(&person.locale), &given("locale"), locales())}
                <div class="field-group">
                    <label for="email">"E-mail field"</label>
                    <input class="field" type="email" id="email" name="email" value=email maxlength="320" autocomplete="off"/>
                </div>
                {tenant(sheet, &given("tenant"))}
            </fieldset>
            {places(sheet, sites, &(given("site"), given("role"), given("signin")))}
            <div class="row">
                <a class="button" href=back.clone()>"Cancel"</a>
                <button class="button first" type="submit">"Plan the change"</button>
                <span class="soft">"Nothing is changed yet: the plan shows before and after."</span>
            </div>
        </form>
    };
    Page {
        title: format!("Edit {name}"),
        above: above(Some((name, back))),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn tenant(sheet: &PersonSheet, chosen: &str) -> AnyView {
    let (now, turn) = match sheet.person.administration() {
        Some(role) => (
            format!("cloud administrator, {}", role.status.to_lowercase()),
            ("stop", "End as cloud administrator"),
        ),
        None => ("no tenant role".to_owned(), ("administer", "Make a cloud administrator")),
    };
    plain("tenant", "Tenant role", &as_it_is(&now), chosen, vec![(turn.0.to_owned(), turn.1.to_owned())])
}

/// The sites they are on, and a few more. A site that a link names is filled in where it stands.
fn places(sheet: &PersonSheet, sites: Pairs, asked: &(String, String, String)) -> AnyView {
    let (site, role, way) = asked;
    let is_on = |id: &str| sheet.places.iter().any(|it| it.place.site.to_string() == id);
    let present = sheet.places.iter().enumerate().map(|(at, it)| {
        let named = it.place.site.to_string() == *site;
        present(at, it, if named { (role, way) } else { ("", "") })
    });
    let present = present.collect_view();
    let elsewhere: Pairs = sites.into_iter().filter(|(id, _)| !is_on(id)).collect();
    let further = (0..FURTHER).map(|more| {
        let fill = if more == 0 && !is_on(site) {
            (site.as_str(), role.as_str(), way.as_str())
        } else {
            ("", "", "")
        };
        new_place(sheet.places.len() + more, elsewhere.clone(), fill)
    });
    let further = further.collect_view();
    let present = (!sheet.places.is_empty())
        .then(|| view! { <fieldset class="places"><legend>"Roles on sites"</legend>{present}</fieldset> });
    view! {
        {present}
        <fieldset class="places">
            <legend>"Add to sites"</legend>
            {further}
        </fieldset>
    }
    .into_any()
}

fn present(at: usize, it: &PlaceSheet, prefill: (&str, &str)) -> AnyView {
    let way = it.place.sign_in.as_ref().map_or("", SignInType::words);
    let site = view! {
        <input type="hidden" name=format!("places[{at}][site]") value=it.place.site.to_string()/>
        <p class="field-group"><strong>"Site"</strong> <span class="word">{it.site_name.clone()}</span></p>
    };
    let now = (as_it_is(it.place.role.words()), as_it_is(way));
    place_fields(at, site.into_any(), now, prefill, true)
}
