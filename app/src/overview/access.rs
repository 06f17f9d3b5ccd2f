//! How long the sign-in, the session with Tableau and the token still last.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Moment, tenant::Frame};

use crate::{
    frame::framed,
    parts::pairs::{Fact, Pairs, facts},
};

/// The ends of sign-in, session and token, side by side.
#[component]
pub fn Access() -> impl IntoView {
    framed(Arc::new(ends))
}

fn ends(frame: Frame) -> AnyView {
    let until =
        |ends: Option<Moment>, none| ends.map_or(Fact::None(none), |ends| Fact::Until(ends, frame.now));
    let facts = facts([
        ("Sign-in to Steward ends", Fact::Until(frame.signin_ends, frame.now)),
        ("Session with Tableau ends", until(frame.session_ends, "not told")),
        ("Token (PAT) ends", until(frame.token_ends, "Tableau did not tell")),
    ]);
    view! {
        <section class="card" aria-labelledby="access-title">
            <h2 id="access-title">"Your access" <small><a href="/connection">"connection"</a></small></h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}
