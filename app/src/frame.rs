//! The frame around every page: where one is, as whom, and the way everywhere else.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{tenancy::EndsSoon, tenant::Frame};

use crate::{
    overview::server::get_frame,
    parts::{
        loaded::{IfLoaded, Reading, reading},
        text::stretch,
    },
};

/// What the frame knows of the sign-in; pages may read it too.
#[derive(Clone, Copy)]
pub struct FrameFacts(pub Reading<Frame>);

/// The frame with a page in it.
#[component]
pub fn Framed(
    /// The page.
    children: Children,
) -> impl IntoView {
    let facts = reading(String::new, get_frame);
    provide_context(FrameFacts(facts));
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <div class="frame">
            <header class="top">
                <a class="brand" href="/"><img src="/favicon.svg" alt="" width="24" height="24"/><strong>"Steward"</strong></a>
                <IfLoaded from=facts show=|facts| view! { <Where facts/> }/>
                <form method="post" action="/logout"><button class="button quiet" type="submit">"Sign out"</button></form>
            </header>
            <nav class="side" aria-label="Main">
                <A href="/" exact=true>"Overview"</A>
                <h2>"Tenant"</h2>
                <A href="/tenant">"The tenant"</A>
                <A href="/sites">"Sites"</A>
                <A href="/people">"People"</A>
                <A href="/licences">"Licences"</A>
                <A href="/jobs">"Jobs"</A>
                <h2>"Trust"</h2>
                <A href="/audit">"Audit log"</A>
                <A href="/activity">"Tableau's log"</A>
                <A href="/connection" exact=true>"Connection"</A>
                <A href="/connection/sites">"Connected sites"</A>
                <A href="/tokens">"Tokens"</A>
                <A href="/sign-on">"Sign-in configuration"</A>
                <A href="/doctor">"Doctor"</A>
                <A href="/codes">"Error codes"</A>
            </nav>
            <main id="main" tabindex="-1">
                <IfLoaded from=facts show=token_ends/>
                {children()}
            </main>
        </div>
    }
}

#[component]
fn Where(facts: Frame) -> impl IntoView {
    let Frame { name, tenant, pretend, token_ends, now, .. } = facts;
    let token = token_ends.map(|ends| {
        let left = now.seconds_until(ends);
        let class = if EndsSoon::of(left).is_some() { "badge warn" } else { "badge hide-small" };
        view! { <a class=class href="/tokens">"Token ends in " {stretch(left)}</a> }
    });
    view! {
        {(!tenant.is_empty()).then(|| view! { <span class="badge info">{tenant}</span> })}
        {pretend.then(|| view! { <span class="badge warn">"Simulator"</span> })}
        <span class="grow"></span>
        {token}
        <span class="who">{name}</span>
    }
}

/// The banner about a token that ends soon: from 30, 14, 7 days, and from the last day on.
fn token_ends(facts: Frame) -> Option<AnyView> {
    let left = facts.token_ends.map(|ends| facts.now.seconds_until(ends))?;
    let soon = EndsSoon::of(left)?;
    let words = match soon {
        EndsSoon::Month | EndsSoon::Fortnight => "Plan a swap.",
        EndsSoon::Week => "Swap it this week: without it Steward reaches nothing.",
        EndsSoon::Day => "Swap it now: without it Steward reaches nothing, and runs stop.",
    };
    let ends = if left > 0 {
        format!("Your token ends in {}. ", stretch(left))
    } else {
        "Your token has ended. ".to_owned()
    };
    let sign = if soon == EndsSoon::Month { "ⓘ" } else { "▲" };
    let banner = view! {
        <div class=format!("notice {}", soon.tone()) role="status">
            <span aria-hidden="true">{sign}</span>
            <p><strong>{ends}</strong>{words}" "<a href="/tokens#swap">"Swap it for a new one"</a></p>
        </div>
    };
    Some(banner.into_any())
}
