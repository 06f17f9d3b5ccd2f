//! The form for a new person. A link may fill it in; it never acts by itself. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::{
    fields::{CREATE, Pairs, languages, locales, new_place, plain},
    page::{Page, above},
};
use crate::parts::{drawn::Drawing, query::text};

/// Sites that the form offers at once.
const SITES: usize = 5;
const LANGUAGE: &str = "Tableau's choice";

/// Draws the form; `fill` is what a link has filled in.
pub fn draw(sites: &Pairs, fill: &ParamsMap) -> Page {
    let given = |name: &str| text(fill, name);
    let asked = (given("site"), given("role"), given("signin"));
    let places = (0..SITES).map(|at| {
        let fill = if at == 0 { (&*asked.0, &*asked.1, &*asked.2) } else { ("", "", "") };
        new_place(at, sites.clone(), fill)
    });
    let places = places.collect_view();
    let body = view! {
        <form method="post" action=CREATE class="card form wide" aria-label="Add a person">
            {who(&given)}
            <fieldset class="places">
                <legend>"Roles on sites"</legend>
                {places}
            </fieldset>
            <div class="row">
                <a class="button" href="/people">"Cancel"</a>
                <button class="button first" type="submit">"Plan the new person"</button>
                <span class="soft">"Nothing is created yet: the plan shows what would come into being."</span>
            </div>
        </form>
    };
    Page { title: "Add a person".to_owned(), above: above(None), body: Drawing::of(body), ..Page::default() }
}

fn who(given: &dyn Fn(&str) -> String) -> AnyView {
    let administer = vec![("administer".to_owned(), "Cloud administrator".to_owned())];
    view! {
        <fieldset class="fields">
            <legend>"Who"</legend>
            <div class="field-group">
                <label for="user_name">"E-mail address to sign in with"</label>
                <input
                    class="field"
                    type="email"
                    id="user_name"
                    name="user_name"
                    value=given("email")
                    required
                    maxlength="320"
                    autocomplete="off"
                    aria-describedby="user_name-hint"
                />
                <p class="soft" id="user_name-hint">"Their user name. It cannot be changed later."</p>
            </div>
            <div class="field-group">
                <label for="email">"E-mail field"</label>
                <input
                    class="field"
                    type="email"
                    id="email"
                    name="email"
                    value=given("mail")
                    maxlength="320"
                    autocomplete="off"
                    aria-describedby="email-hint"
                />
                <p class="soft" id="email-hint">"Only if mail goes to another address."</p>
            </div>
            {plain("tenant", "Tenant role", "None", &given("tenant"), administer)}
            {plain("language", "Language", LANGUAGE, &given("language"), languages())}
            {plain("locale", "Locale", LANGUAGE, &given("locale"), locales())}
        </fieldset>
    }
    .into_any()
}
