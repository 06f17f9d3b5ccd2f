//! What was done through Steward to one thing, newest first.

use leptos::prelude::*;
use model::audit::AuditRow;

use crate::parts::badges::act_badge;

/// A card with the newest acts. `none` stands there while there are none, `all` is the address of all of them.
pub fn history(acts: Vec<AuditRow>, none: &'static str, all: Option<String>) -> AnyView {
    let body = if acts.is_empty() {
        view! { <p class="empty">{none}</p> }.into_any()
    } else {
        let rows = acts.into_iter().map(row).collect_view();
        let all =
            all.map(|href| view! { <p class="lead-out"><a href=href>"All of it in the audit log"</a></p> });
        view! {
            <ul class="history">{rows}</ul>
            {all}
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="history-title">
            <h2 id="history-title">"Done here through Steward"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn row(act: AuditRow) -> AnyView {
    view! {
        <li>
            {act_badge(act.state)}
            <a href=format!("/audit/{}", act.act)>{act.sentence()}</a>
            <small>{format!("by {}, {}", act.who, act.at)}</small>
            {act.reason.map(|reason| view! { <small>{format!("“{reason}”")}</small> })}
        </li>
    }
    .into_any()
}
