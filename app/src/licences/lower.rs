//! The forms that plan to lower people to another seat. Drawn on the server.

use leptos::prelude::*;
use model::licences::{
    Tier,
    idle::{IdleQuery, TARGETS},
    sheets::FreesSheet,
};

use super::{
    idle_query::{sort_word, words},
    page::LOWER,
    told,
};
use crate::parts::text::number;

/// Lowers those who are ticked in a list, or everyone in it.
pub fn many(query: &IdleQuery, total: u64, sites: &[(String, String)]) -> AnyView {
    let hidden = words(query)
        .into_iter()
        .map(|(name, value)| {
            // The same names as in the query's own type.
            let name = if name == "q" { "search" } else { name };
            view! { <input type="hidden" name=format!("query[{name}]") value=value/> }.into_any()
        })
        .chain([view! { <input type="hidden" name="query[sort]" value=sort_word(query.sort)/> }.into_any()])
        .collect_view();
    let sites = sites.iter().map(|(id, name)| (id.clone(), name.as_str()));
    let fields = fields(&TARGETS, sites);
    let everyone = format!("Everyone in this list ({})", number(total));
    view! {
        {hidden}
        <div class="change">
            <details>
                <summary>"Plan to lower them"</summary>
                <div class="form wide">
                    <fieldset class="picks">
                        <legend>"Whom"</legend>
                        <label class="pick">
                            <input type="radio" name="whom" value="ticked" checked/>
                            <span>"The people ticked on this page"</span>
                        </label>
                        <label class="pick">
                            <input type="radio" name="whom" value="shown"/>
                            <span>{everyone}</span>
                        </label>
                    </fieldset>
                    {fields}
                    <p class="soft">
                        "A seat becomes free only if no site needs it any more: lowered on one site alone, somebody keeps the seat that another site holds up. The plan counts each person once and says which seats it really frees."
                    </p>
                    <div class="row">
                        <button class="button first" type="submit">"Plan the change"</button>
                        <span class="soft">"Nothing is changed yet: the plan shows every row first."</span>
                    </div>
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// Lowers one person, from the page of their seat.
pub fn one(sheet: &FreesSheet) -> AnyView {
    if sheet.rungs.is_empty() {
        return ().into_any();
    }
    if let Some(why) = &sheet.left_out {
        let (word, _) = told::left_out(why);
        return view! {
            <p class="notice">
                <span aria-hidden="true">"i"</span>
                <span>
                    {format!("No plan is offered from here, because of this mark: {word}. ")}
                    <a href=format!("/people/{}/edit", sheet.person.id)>"Their own page"</a> " can still change them."
                </span>
            </p>
        }
        .into_any();
    }
    // Only what is below the seat they take.
    let targets: Vec<Tier> = TARGETS.into_iter().filter(|tier| *tier > sheet.seat).collect();
    let sites = sheet
        .places
        .iter()
        .filter(|it| it.place.role.tier() != Tier::Unlicensed)
        .map(|it| (it.place.site.to_string(), it.site_name.as_str()));
    let fields = fields(&targets, sites);
    view! {
        <section class="card" aria-labelledby="lower-title">
            <h2 id="lower-title">"Plan it"</h2>
            <form method="post" action=LOWER class="form" aria-label="Lower this person">
                <input type="hidden" name="whom" value="ticked"/>
                <input type="hidden" name="ids[]" value=sheet.person.id.to_string()/>
                {fields}
                <div class="row">
                    <button class="button first" type="submit">"Plan the change"</button>
                    <span class="soft">"Nothing is changed yet: the plan shows every row and the seats that it frees."</span>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// To what, and where. `sites` are those to choose from: id and name.
fn fields<'a>(targets: &[Tier], sites: impl Iterator<Item = (String, &'a str)>) -> AnyView {
    let targets = targets
        .iter()
        .map(|tier| {
            let words = if *tier == Tier::Unlicensed { "Unlicensed: no seat" } else { tier.word() };
            view! { <option value=tier.code()>{words}</option> }.into_any()
        })
        .collect_view();
    let sites = sites
        .map(|(id, name)| view! { <option value=id>{format!("{name} only")}</option> }.into_any())
        .collect_view();
    view! {
        <div class="fields">
            <div class="field-group">
                <label for="lower-to">"Lower to"</label>
                <select class="field" id="lower-to" name="to">{targets}</select>
            </div>
            <div class="field-group">
                <label for="lower-site">"Where"</label>
                <select class="field" id="lower-site" name="site">
                    <option value="">"On every site where they have more"</option>
                    {sites}
                </select>
            </div>
        </div>
    }
    .into_any()
}
