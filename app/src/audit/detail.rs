//! One entry of the audit log, with everything that was written down.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    ProblemCode, accounts::DeadInvitation, audit::ActState, audit::AuditRow, delegation::Rule,
    explain::explain,
};

use super::server::get_entry;
use crate::parts::{
    badges::act_badge,
    code::code_link,
    heading::Heading,
    loaded::{Loaded, reading},
    pairs::{Fact, Pairs, facts},
};

/// One entry.
#[component]
pub fn AuditDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("act").unwrap_or_default());
    let entry = reading(id, move || get_entry(id()));
    view! { <Loaded from=entry instead="Entry of the audit log" show=|entry| view! { <Entry entry/> }/> }
}

#[component]
fn Entry(entry: AuditRow) -> impl IntoView {
    let title = entry.sentence();
    let object = match entry.object_kind.as_str() {
        "site" => Fact::Link(format!("/sites/{}", entry.object), entry.object_name.clone()),
        "list" => Fact::Text(entry.object_name.clone()),
        kind => Fact::Text(format!("{} {kind}", entry.object_name)),
    };
    let meaning = match entry.state {
        ActState::Started => {
            "Written down, and perhaps sent. No result yet; after ten minutes it is called unknown."
        }
        ActState::Done if entry.object_kind == "site" => {
            "Done, and Tableau said so itself when it was asked again."
        }
        ActState::Done => "Done.",
        ActState::Failed => "Not done.",
        ActState::Denied => "Refused by Steward. Nothing was sent to Tableau.",
        ActState::Unknown => "Sent, and nobody knows whether it took effect. It is not sent again by itself.",
    };
    let code = entry.code.clone().map_or(Fact::None("–"), |code| {
        let said =
            ProblemCode::parse(&code).map(explain).map(|said| format!("{}. {}", said.title, said.next));
        let rule = || Rule::of_code(&code).map(|rule| rule.words().to_owned());
        let dead = || DeadInvitation::of_code(&code).map(|dead| dead.words().to_owned());
        let said = said.or_else(rule).or_else(dead).map(|said| view! { <p>{said}</p> }.into_any());
        Fact::View(view! { {code_link(code)} {said} }.into_any())
    });
    let or_dash = |text: Option<String>| text.map_or(Fact::None("–"), Fact::Text);
    let is_member = entry.actor.as_deref() == Some(entry.who_id.as_str());
    let knows_actor = entry.actor.is_some();
    let person = match is_member {
        true => Fact::None("nobody: an account of Steward's own"),
        false => Fact::Code(entry.who_id),
    };
    let actor = entry.actor.map_or(Fact::None("not kept when this was written"), Fact::Code);
    // Before the account was kept as well, one field held either.
    let whose = if knows_actor { "Person's id in Tableau" } else { "Id in Tableau, or of the account" };
    let facts = facts([
        ("Who", Fact::Text(entry.who)),
        ("Began", Fact::Time(entry.at)),
        ("Ended", Fact::time(entry.ended, "not ended")),
        ("Object", object),
        ("Object's id", Fact::Code(entry.object)),
        ("Reason", or_dash(entry.reason)),
        (
            "Via",
            entry.via.map_or(
                Fact::None("no grant: a token of their own, or an act that Tableau has no part in"),
                Fact::Text,
            ),
        ),
        ("Before", or_dash(entry.before)),
        ("After, read back", or_dash(entry.after)),
        ("Code", code),
        (whose, person),
        ("Account, as Tableau's log names it", actor),
        ("Act", Fact::Code(entry.act.to_string())),
        ("Place in the chain", Fact::Text(entry.number.to_string())),
        ("Reference", Fact::Code(entry.reference)),
    ]);
    view! {
        <Heading title above=vec![("Audit log".to_owned(), "/audit".to_owned())]/>
        <section class="card" aria-label="Entry">
            <p class="lead-in">{act_badge(entry.state)} " " {meaning}</p>
            <Pairs facts/>
            <p class="soft">"The reference and the account's id are the two parts of the user agent that Tableau logs (req and act), so both logs can be compared."</p>
        </section>
    }
    .into_any()
}
