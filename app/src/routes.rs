//! Which page answers which path.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::skeleton::{OverviewPage, SignIn, SitesPage};

/// Every page of Steward.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <nav>
                <a href="/">"Overview"</a>
                <a href="/sites">"Sites"</a>
                <a href="/login" rel="external">"Sign in"</a>
            </nav>
            <main>
                <Routes fallback=|| "There is no such page.">
                    <Route path=path!("/") view={Lazy::<OverviewPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites") view={Lazy::<SitesPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/login") view=SignIn ssr=SsrMode::Async/>
                </Routes>
            </main>
        </Router>
    }
}
