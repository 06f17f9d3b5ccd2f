//! How long the sign-in, the session with Tableau and the token still last.

use leptos::prelude::*;
use model::Moment;

use crate::{
    frame::FrameFacts,
    parts::text::{Time, stretch},
};

/// The ends of sign-in, session and token, side by side.
#[component]
pub fn Access() -> impl IntoView {
    let FrameFacts(facts) = expect_context::<FrameFacts>();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                facts.await.ok().map(|facts| {
                    let row = move |label: &'static str, ends: Option<Moment>, none: &'static str| {
                        let told = match ends {
                            Some(at) => {
                                view! { <Time at/> " (in " {stretch(facts.now.seconds_until(at))} ")" }.into_any()
                            }
                            None => view! { <span class="soft">{none}</span> }.into_any(),
                        };
                        view! { <div><dt>{label}</dt><dd>{told}</dd></div> }
                    };
                    view! {
                        <section class="card" aria-labelledby="access-title">
                            <h2 id="access-title">"Your access" <small><a href="/connection">"connection"</a></small></h2>
                            <dl class="pairs">
                                {row("Sign-in to Steward ends", Some(facts.signin_ends), "")}
                                {row("Session with Tableau ends", facts.session_ends, "not told")}
                                {row("Token (PAT) ends", facts.token_ends, "Tableau did not tell")}
                            </dl>
                        </section>
                    }
                })
            })}
        </Suspense>
    }
}
