//! The banner of limits of which a threshold is passed. Drawn on the server.

use leptos::prelude::*;
use model::{
    Moment,
    licences::{history::CountOf, keeping::Filled},
};

use super::told::passed;
use crate::parts::text::count;

/// Limits named one by one.
const NAMED: usize = 5;

/// The banner; nothing where no threshold is passed.
pub fn banner(all: &[Filled], as_of: Option<Moment>) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let is_full = all.iter().any(|filled| filled.used >= filled.limit);
    let lines = all
        .iter()
        .take(NAMED)
        .map(|filled| {
            let href = match filled.of {
                CountOf::Tenant => "/licences".to_owned(),
                CountOf::Site(site) => format!("/licences?site={site}"),
            };
            view! { <li><a href=href>{passed(filled)}</a></li> }.into_any()
        })
        .collect_view();
    let more = all.len().saturating_sub(NAMED) as u64;
    let more = (more > 0).then(|| {
        view! { <p class="soft">{format!("And {}.", count(more, "more limit", "more limits"))}</p> }
    });
    let counted = as_of.map(
        |at| view! { <p class="soft">"Counted " <time datetime=at.machine()>{at.to_string()}</time></p> },
    );
    let (class, sign) = if is_full { ("notice bad", "✕") } else { ("notice warn", "▲") };
    let title = if is_full { "A limit is reached" } else { "A limit is near" };
    view! {
        <section class=class aria-label="Limits of licences">
            <span aria-hidden="true">{sign}</span>
            <div>
                <h2>{title}</h2>
                <ul class="points">{lines}</ul>
                {more}
                {counted}
            </div>
        </section>
    }
    .into_any()
}
