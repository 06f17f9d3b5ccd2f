//! The forms on the page of one person's seat: lowering them, and leaving them out of the list. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::licences::{
    Tier,
    idle::{LeftOut, TARGETS},
    sheets::FreesSheet,
};

use super::{
    page::{EXCLUDE, LOWER},
    told,
};
use crate::parts::form::problem_in;

/// The way from here to a plan.
pub fn lower(sheet: &FreesSheet) -> AnyView {
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
    let targets = TARGETS
        .into_iter()
        .filter(|tier| *tier > sheet.seat)
        .map(|tier| {
            let words = if tier == Tier::Unlicensed { "Unlicensed: no seat" } else { tier.word() };
            view! { <option value=tier.code()>{words}</option> }.into_any()
        })
        .collect::<Vec<_>>();
    let sites = sheet
        .places
        .iter()
        .filter(|it| it.place.role.tier() != Tier::Unlicensed)
        .map(|it| {
            let words = format!("{} only", it.site_name);
            view! { <option value=it.place.site.to_string()>{words}</option> }.into_any()
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="lower-title">
            <h2 id="lower-title">"Plan it"</h2>
            <form method="post" action=LOWER class="form" aria-label="Lower this person">
                <input type="hidden" name="whom" value="ticked"/>
                <input type="hidden" name="ids[]" value=sheet.person.id.to_string()/>
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
                <div class="row">
                    <button class="button first" type="submit">"Plan the change"</button>
                    <span class="soft">"Nothing is changed yet: the plan shows every row and the seats that it frees."</span>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Leaving somebody out of the list by hand, or putting them back.
pub fn left_out(sheet: &FreesSheet, url: &ParamsMap) -> AnyView {
    let problem = problem_in(url, EXCLUDE).map(|problem| problem.explain().title).unwrap_or_default();
    let (wanted, words) = match &sheet.left_out {
        Some(LeftOut::ByHand(it)) => {
            ("free", Some(format!("Excluded by {} on {}: “{}”", it.by, it.at.day(), it.reason)))
        }
        Some(_) => return ().into_any(),
        None => ("protected", None),
    };
    let hidden = view! {
        <input type="hidden" name="user" value=sheet.person.id.to_string()/>
        <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
        <input type="hidden" name="wanted" value=wanted/>
    };
    let body = if wanted == "free" {
        view! {
            <p>{words}</p>
            <form method="post" action=EXCLUDE aria-label="Put back into the list">
                {hidden}
                <button class="button" type="submit">"Put back into the list"</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="soft">"For people who need their seat although they sign in seldom: works in Desktop, is on leave, steps in once a year."</p>
            <form method="post" action=EXCLUDE class="form" aria-label="Leave out of the list">
                {hidden}
                <div class="field-group">
                    <label for="reason">"Reason"</label>
                    <input
                        class="field"
                        type="text"
                        id="reason"
                        name="reason"
                        required
                        maxlength="500"
                        autocomplete="off"
                        aria-invalid=(!problem.is_empty()).then_some("true")
                        aria-describedby="reason-problem"
                    />
                    <p class="field-problem" id="reason-problem">{problem}</p>
                </div>
                <div class="row"><button class="button" type="submit">"Leave out of the list"</button></div>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="left-out-title">
            <h2 id="left-out-title">"Leave out of the list of seats used in vain"</h2>
            {body}
        </section>
    }
    .into_any()
}
