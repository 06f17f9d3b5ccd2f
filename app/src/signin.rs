//! The sign-in page: plain HTML, no script at all.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{Notice, Problem, ProblemCode};

use crate::parts::explained::Explained;

/// How to sign in to the demo. The server gives it only when the simulator runs in the same process.
#[derive(Debug, Clone)]
pub struct DemoHint {
    /// The secret of the pretend token.
    pub token: String,
    /// How large the pretend tenant is.
    pub size: String,
    /// Tokens of single sites: the site's id, the token's name, and its secret.
    pub sites: Vec<(String, String, String)>,
}

impl DemoHint {
    /// The name and the secret of a site's token.
    pub fn of_site(&self, site: &str) -> Option<(String, String)> {
        let found = self.sites.iter().find(|(known, ..)| known == site);
        found.map(|(_, name, secret)| (name.clone(), secret.clone()))
    }
}

/// Signing in with a Tableau Cloud Manager token.
#[component]
pub fn SignIn() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let problem = query.get_str("problem").and_then(ProblemCode::parse).map(|code| {
        let reference = query.get("reference");
        let about = query.get("about");
        view! { <Explained problem=Problem { code, about, reference }/> }
    });
    let notice = query.get_str("notice").and_then(Notice::parse).map(|notice| {
        view! { <div class="notice good" role="status"><span aria-hidden="true">"✓"</span><p>{notice.words()}</p></div> }
    });
    let next = query.get("next").unwrap_or_default();
    view! {
        <Title text="Sign in – Steward"/>
        <main class="entrance" id="main">
            <div class="brand"><img src="/favicon.svg" alt="" width="40" height="40"/><strong>"Steward"</strong></div>
            {notice}
            {problem}
            <section class="card form">
                <h1>"Sign in"</h1>
                <p class="soft">"For cloud administrators of a Tableau Cloud tenant."</p>
                <form method="post" action="/login">
                    <input type="hidden" name="next" value=next/>
                    <div class="field-group">
                        <label for="token">"Token secret"</label>
                        <p class="soft" id="token-hint">
                            "The secret of a personal access token (PAT) of Tableau Cloud Manager. Tokens of a single site do not open it."
                        </p>
                        <input
                            class="field"
                            type="password"
                            id="token"
                            name="token"
                            required
                            autocomplete="current-password"
                            aria-describedby="token-hint token-kept"
                        />
                    </div>
                    <button class="button first" type="submit">"Sign in"</button>
                </form>
                <p class="soft" id="token-kept">
                    "The token is tried at once. If Tableau accepts it, it is kept sealed until you sign out, and never shown again."
                </p>
            </section>
            <Demo/>
            <details class="card help">
                <summary>"Where do I get a token?"</summary>
                <p>
                    "In Tableau Cloud Manager open your account settings and create a personal access token. Copy its secret when it is shown: Tableau shows it once. A token of its own for Steward is best, because it can be revoked by itself."
                </p>
            </details>
        </main>
    }
}

#[component]
fn Demo() -> impl IntoView {
    use_context::<DemoHint>().map(|hint| {
        view! {
            <section class="notice info" aria-labelledby="demo-title">
                <span aria-hidden="true">"★"</span>
                <div>
                    <h2 id="demo-title">"This is the demo"</h2>
                    <p>"A pretend tenant with " {hint.size} ". Sign in with this token:"</p>
                    <p><code class="copy">{hint.token}</code></p>
                </div>
            </section>
        }
    })
}
