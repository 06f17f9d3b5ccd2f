//! One entry of the audit log, with everything that was written down.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{ProblemCode, audit::ActState, audit::AuditRow, explain::explain};

use super::server::get_entry;
use crate::parts::{
    badges::ActBadge,
    heading::Heading,
    loaded::Loaded,
    text::{MaybeTime, Time},
};

/// One entry.
#[component]
pub fn AuditDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("act").unwrap_or_default());
    let entry = Resource::new(id, get_entry);
    view! { <Loaded from=entry show=|entry| view! { <Entry entry/> }/> }
}

#[component]
fn Entry(entry: AuditRow) -> impl IntoView {
    let title = entry.sentence();
    let object = match entry.object_kind.as_str() {
        "site" => {
            view! { <a href=format!("/sites/{}", entry.object)>{entry.object_name.clone()}</a> }.into_any()
        }
        _ => entry.object_name.clone().into_any(),
    };
    let meaning = match entry.state {
        ActState::Started => {
            "Written down, and perhaps sent. No result yet; after ten minutes it is called unknown."
        }
        ActState::Done => "Done, and Tableau said so itself when it was asked again.",
        ActState::Failed => "Not done.",
        ActState::Denied => "Refused by Steward. Nothing was sent to Tableau.",
        ActState::Unknown => "Sent, and nobody knows whether it took effect. It is not sent again by itself.",
    };
    let code = entry.code.clone().map(|code| {
        let said = ProblemCode::parse(&code).map(explain);
        view! { <div><dt>"Code"</dt><dd><code>{code}</code> {said.map(|said| view! { <p>{said.title} ". " {said.next}</p> })}</dd></div> }
    });
    view! {
        <Heading title above=vec![("Audit log".to_owned(), "/audit".to_owned())]/>
        <section class="card" aria-label="Entry">
            <p><ActBadge state=entry.state/> " " {meaning}</p>
            <dl class="pairs">
                <div><dt>"Who"</dt><dd>{entry.who.clone()}</dd></div>
                <div><dt>"Began"</dt><dd><Time at=entry.at/></dd></div>
                <div><dt>"Ended"</dt><dd><MaybeTime at=entry.ended none="not ended"/></dd></div>
                <div><dt>"Object"</dt><dd>{object} " " <small>{entry.object_kind.clone()}</small></dd></div>
                <div><dt>"Object's id"</dt><dd><code class="copy">{entry.object.clone()}</code></dd></div>
                <div><dt>"Reason"</dt><dd>{entry.reason.clone().unwrap_or_else(|| "–".to_owned())}</dd></div>
                <div><dt>"Before"</dt><dd>{entry.before.clone().unwrap_or_else(|| "–".to_owned())}</dd></div>
                <div><dt>"After, read back"</dt><dd>{entry.after.clone().unwrap_or_else(|| "–".to_owned())}</dd></div>
                {code}
                <div><dt>"Person's id in Tableau"</dt><dd><code>{entry.who_id.clone()}</code></dd></div>
                <div><dt>"Act"</dt><dd><code class="copy">{entry.act.to_string()}</code></dd></div>
                <div><dt>"Place in the chain"</dt><dd>{entry.number.to_string()}</dd></div>
                <div><dt>"Reference"</dt><dd><code class="copy">{entry.reference.clone()}</code></dd></div>
            </dl>
            <p class="soft">"The reference is part of the user agent that Tableau logs, so both logs can be compared."</p>
        </section>
    }
}
