//! The frame around every page: where one is, as whom, and the way everywhere else.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use leptos_router::components::A;
use model::{Permission, delegation::MAY_SEE_REQUESTS, tenancy::EndsSoon, tenant::Frame};

use crate::{
    overview::server::get_frame,
    parts::{
        loaded::{IfLoaded, Reading, reading},
        text::stretch,
    },
};

/// How often the time that is left is counted down, in seconds.
const COUNTED: i64 = 10;

/// What the frame knows of the sign-in; pages may read it too.
#[derive(Clone, Copy)]
pub struct FrameFacts(pub Reading<Frame>);

/// Shows something only to those who may do one of these.
pub fn if_may(
    permissions: &'static [Permission],
    show: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    framed(Arc::new(move |facts| if facts.may(permissions) { show() } else { ().into_any() }))
}

/// Shows something of the sign-in, once that is known. Whatever shows it is of one kind: each further kind would be code
/// of its own, which every page loads.
pub fn framed(show: Arc<dyn Fn(Frame) -> AnyView + Send + Sync>) -> AnyView {
    let FrameFacts(frame) = expect_context::<FrameFacts>();
    view! { <IfLoaded from=frame show=move |facts: Frame| show(facts)/> }.into_any()
}

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
                {framed(Arc::new(|facts| view! { <Where facts/> }.into_any()))}
                <form method="post" action="/logout"><button class="button quiet" type="submit">"Sign out"</button></form>
            </header>
            <nav class="side" aria-label="Main">
                {framed(Arc::new(|facts| view! { <Ways facts/> }.into_any()))}
            </nav>
            <main id="main" tabindex="-1">
                {framed(Arc::new(|facts| view! { <Banner facts/> }.into_any()))}
                {framed(Arc::new(|facts| token_ends(facts).into_any()))}
                {children()}
            </main>
        </div>
    }
}

/// The way to every page that somebody may open; to their own account alone, if they were given nothing.
#[component]
fn Ways(facts: Frame) -> impl IntoView {
    let may = |permission| facts.may(&[permission]);
    let way = |permission, href, words| may(permission).then(|| view! { <A href>{words}</A> });
    let looks = [Permission::SeeSites, Permission::SeePeople, Permission::SeeOwnRuns];
    let tenant = looks.into_iter().any(may).then(|| {
        view! {
            <h2>"Tenant"</h2>
            {way(Permission::SeeTenant, "/tenant", "The tenant")}
            {way(Permission::SeeSites, "/sites", "Sites")}
            {way(Permission::SeePeople, "/people", "People")}
            {way(Permission::SeeTenant, "/licences", "Licences")}
            {(may(Permission::SeeJobs) || may(Permission::SeeOwnRuns)).then(|| view! { <A href="/jobs">"Jobs"</A> })}
        }
    });
    let given = facts.given.then(|| {
        view! {
            <A href="/" exact=true>"Overview"</A>
            {tenant}
            <h2>"Trust"</h2>
            <A href="/grants">"Grants"</A>
            {facts.may(MAY_SEE_REQUESTS).then(|| view! { <A href="/approvals">"Approvals"</A> })}
            {way(Permission::SeeAudit, "/audit", "Audit log")}
            {way(Permission::SeeActivity, "/activity", "Tableau's log")}
            {may(Permission::SeeConnection).then(|| view! { <A href="/connection" exact=true>"Connection"</A> })}
            {way(Permission::ConnectSites, "/connection/sites", "Connected sites")}
            {way(Permission::ManageTokens, "/tokens", "Tokens")}
            {way(Permission::SeeSignOn, "/sign-on", "Sign-in configuration")}
            {way(Permission::SeeConnection, "/doctor", "Doctor")}
            <A href="/codes">"Error codes"</A>
        }
    });
    let accounts = facts.owner.then(|| view! { <A href="/accounts">"Accounts"</A> });
    view! {
        {given}
        {accounts}
        <A href="/account" exact=true>"Your account"</A>
    }
}

/// What a member works by, over every page: the grant, how far it reaches, and when it lapses.
#[component]
fn Banner(facts: Frame) -> impl IntoView {
    let Frame { grants, lapses, without_grant, now, .. } = facts;
    let lapses = lapses.map(|at| view! { <Left seconds=now.seconds_until(at)/> });
    let words = match (without_grant, grants.is_empty()) {
        (true, _) => Some(
            "No grant of yours counts at this moment: nothing is shown and nothing can be done.".to_owned(),
        ),
        (false, false) => Some(format!("You work by {}.", grants.join("; "))),
        (false, true) => None,
    };
    words.map(|words| {
        view! { <p class="notice info"><span aria-hidden="true">"★"</span><span>{words}{lapses} " " <a href="/grants">"Your grants"</a></span></p> }
    })
}

/// The time until a grant lapses, counted down while the page is open.
#[component]
fn Left(seconds: i64) -> impl IntoView {
    let left = RwSignal::new(seconds);
    Effect::new(move |_| {
        if left.get() > 0 {
            set_timeout(
                move || _ = left.try_update(|left| *left -= COUNTED),
                Duration::from_secs(COUNTED.unsigned_abs()),
            );
        }
    });
    move || match left.get() {
        ..=0 => " It has lapsed: what was not sent is not sent any more.".to_owned(),
        left => format!(" Lapses in {}.", stretch(left)),
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
