//! The form on the page of one person's seat that leaves them out of the list, or puts them back. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::licences::{idle::LeftOut, sheets::FreesSheet};

use super::page::EXCLUDE;
use crate::parts::form::problem_in;

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
