//! The page that takes a person out of the tenant: what that means, before a plan is even made. Drawn on the server.

use leptos::prelude::*;
use model::people::PersonSheet;

use super::{
    fields::DELETE,
    page::{Page, above},
};
use crate::parts::{drawn::Drawing, text::count};

/// Draws the page.
pub fn draw(sheet: &PersonSheet) -> Page {
    let name = sheet.person.name().to_owned();
    let back = format!("/people/{}", sheet.person.id);
    let body = view! {
        {consequences(sheet)}
        <form method="post" action=DELETE class="card form" aria-label="Plan taking out of the tenant">
            <input type="hidden" name="user" value=sheet.person.id.to_string()/>
            <p>"Nothing is sent yet. The plan shows what would happen, and asks once more."</p>
            <div class="row">
                <a class="button" href=back.clone()>"Cancel"</a>
                <button class="button danger" type="submit">{format!("Plan taking {name} out")}</button>
            </div>
        </form>
    };
    Page {
        title: format!("Take {name} out of the tenant"),
        above: above(Some((name, back))),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn consequences(sheet: &PersonSheet) -> AnyView {
    let sites: Vec<&str> = sheet.places.iter().map(|place| place.site_name.as_str()).collect();
    let sites = if sites.is_empty() {
        "They are on no site.".to_owned()
    } else {
        format!(
            "They lose their roles on {}: {}.",
            count(sites.len() as u64, "site", "sites"),
            sites.join(", ")
        )
    };
    let protected = sheet
        .protected
        .as_ref()
        .map(|it| view! { <li><strong>"This person is protected: "</strong> {it.reason.clone()}</li> });
    let you = sheet.is_you.then(|| {
        view! { <li><strong>"This is you."</strong> " Steward refuses it: you would lock yourself out."</li> }
    });
    view! {
        <section class="notice warn" aria-labelledby="consequences-title">
            <span aria-hidden="true">"▲"</span>
            <div>
                <h2 id="consequences-title">"What taking out does"</h2>
                <ul class="points">
                    <li>
                        <strong>{sheet.person.user_name.clone()} " can no longer sign in anywhere in the tenant."</strong>
                    </li>
                    <li>{sites}</li>
                    <li>
                        <strong>"Who owns content is not removed."</strong>
                        " Tableau then refuses, and has made them Unlicensed by that time: they keep their content and can no longer use it. Give their workbooks and data sources to somebody else first."
                    </li>
                    <li>"It cannot be undone. Somebody added again under the same name is a new person with another id."</li>
                    {protected}
                    {you}
                </ul>
            </div>
        </section>
    }
    .into_any()
}
