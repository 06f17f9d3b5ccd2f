//! The frame around every page: where one is, as whom, and the way everywhere else.

use leptos::prelude::*;
use leptos_router::components::A;
use model::tenant::Frame;

use crate::{
    overview::server::get_frame,
    parts::{
        loaded::{IfLoaded, Reading, reading},
        text::stretch,
    },
};

/// Days before its end from which a token is warned about.
const WARN_DAYS: i64 = 14;

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
                <A href="/sites">"Sites"</A>
                <A href="/people">"People"</A>
                <A href="/jobs">"Jobs"</A>
                <h2>"Trust"</h2>
                <A href="/audit">"Audit log"</A>
                <A href="/connection" exact=true>"Connection"</A>
                <A href="/connection/sites">"Connected sites"</A>
            </nav>
            <main id="main" tabindex="-1">{children()}</main>
        </div>
    }
}

#[component]
fn Where(facts: Frame) -> impl IntoView {
    let Frame { name, tenant, pretend, token_ends, now, .. } = facts;
    let token = token_ends.map(|ends| {
        let left = now.seconds_until(ends);
        let class = if left < WARN_DAYS * 86_400 { "badge warn" } else { "badge hide-small" };
        view! { <a class=class href="/connection">"Token ends in " {stretch(left)}</a> }
    });
    view! {
        {(!tenant.is_empty()).then(|| view! { <span class="badge info">{tenant}</span> })}
        {pretend.then(|| view! { <span class="badge warn">"Simulator"</span> })}
        <span class="grow"></span>
        {token}
        <span class="who">{name}</span>
    }
}
