//! The sign-in page with its two ways, by token and by account: plain HTML, no script at all.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{Notice, Problem, ProblemCode};

use crate::parts::{explained::Explained, query::address};

/// What people call the identity provider. The server gives it only where there is one.
#[derive(Debug, Clone)]
pub struct ProviderName(pub String);

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

/// Signing in, by token or by account.
#[component]
pub fn SignIn() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let problem = query.get_str("problem").and_then(ProblemCode::parse).map(|code| {
        let reference = query.get("reference");
        let about = query.get("about");
        view! { <Explained problem=Problem { code, about, reference, whom: None }/> }
    });
    let notice = query.get_str("notice").and_then(Notice::parse).map(|notice| {
        view! { <div class="notice good" role="status"><span aria-hidden="true">"✓"</span><p>{notice.words()}</p></div> }
    });
    let next = query.get("next").unwrap_or_default();
    let account = query.get_str("way") == Some("account");
    view! {
        <Title text="Sign in – Steward"/>
        <main class="entrance" id="main">
            <div class="brand"><img src="/favicon.svg" alt="" width="40" height="40"/><strong>"Steward"</strong></div>
            {notice}
            {problem}
            {if account { view! { <WithAccount next/> }.into_any() } else { view! { <WithToken next/> }.into_any() }}
            {(!account).then(|| view! { <Demo/> })}
            {(!account).then(help)}
        </main>
    }
}

/// The two ways to sign in, with the address of the other one.
fn ways(account: bool, next: &str) -> AnyView {
    let href = |way: &str| address("/login", &[("way", way.to_owned()), ("next", next.to_owned())]);
    let now = |is: bool| is.then_some("true");
    view! {
        <nav class="tabs" aria-label="How to sign in">
            <a href=href("") aria-current=now(!account)>"With a token"</a>
            <a href=href("account") aria-current=now(account)>"With an account"</a>
        </nav>
    }
    .into_any()
}

#[component]
fn WithToken(next: String) -> impl IntoView {
    view! {
        <section class="card form">
            <h1>"Sign in"</h1>
            {ways(false, &next)}
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
    }
}

#[component]
fn WithAccount(next: String) -> impl IntoView {
    view! {
        <section class="card form">
            <h1>"Sign in"</h1>
            {ways(true, &next)}
            <p class="soft">"For people who were invited to this Steward."</p>
            {by_provider(&next)}
            <form method="post" action="/login/account">
                <input type="hidden" name="next" value=next/>
                <div class="field-group">
                    <label for="email">"E-mail address"</label>
                    <input class="field" type="email" id="email" name="email" required maxlength="254" autocomplete="username"/>
                </div>
                <div class="field-group">
                    <label for="password">"Password"</label>
                    <input class="field" type="password" id="password" name="password" required maxlength="256" autocomplete="current-password"/>
                </div>
                <div class="field-group">
                    <label for="code">"Code"</label>
                    <p class="soft" id="code-hint">"The six digits that your app shows, or a recovery code. Leave it empty if you use a passkey: it is asked next."</p>
                    <input class="field" type="text" id="code" name="code" maxlength="30" autocomplete="one-time-code" aria-describedby="code-hint"/>
                </div>
                <button class="button first" type="submit">"Sign in"</button>
            </form>
        </section>
    }
}

/// The way over the identity provider, where there is one.
fn by_provider(next: &str) -> Option<AnyView> {
    let ProviderName(name) = use_context::<ProviderName>()?;
    let href = address("/login/provider", &[("next", next.to_owned())]);
    Some(view! { <p><a class="button" href=href rel="external">"Sign in with " {name}</a></p> }.into_any())
}

fn help() -> AnyView {
    view! {
        <details class="card help">
            <summary>"Where do I get a token?"</summary>
            <p>
                "In Tableau Cloud Manager open your account settings and create a personal access token. Copy its secret when it is shown: Tableau shows it once. A token of its own for Steward is best, because it can be revoked by itself."
            </p>
        </details>
    }
    .into_any()
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
