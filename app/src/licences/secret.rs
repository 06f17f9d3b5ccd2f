//! The one page that shows the secret of the address for news, as the answer to the form that made it. It is kept nowhere
//! but sealed, so it can be shown by nothing else, and it carries no script.

#[cfg(feature = "ssr")]
use leptos::prelude::*;

/// The whole page.
#[cfg(feature = "ssr")]
pub fn secret_document(assets: crate::Assets, url: &str, secret: &str) -> String {
    let (url, secret) = (url.to_owned(), secret.to_owned());
    crate::parts::document::document(assets, "The secret of the address", move || {
        view! {
            <main class="entrance" id="main">
                <h1>"The address is set"</h1>
                <section class="card form" aria-labelledby="secret-title">
                    <h2 id="secret-title">"Its secret, shown this once"</h2>
                    <p>"News go to " <code class="word">{url}</code> " from now on, signed with this secret:"</p>
                    <p class="expected"><code class="copy">{secret}</code></p>
                    <p>
                        "Copy it now to the program that receives them. Steward keeps it sealed and shows it nowhere again; if it is lost, set the address anew and get another."
                    </p>
                    <p><a class="button first" href="/licences/settings">"I have copied it"</a></p>
                </section>
            </main>
        }
        .into_any()
    })
}
