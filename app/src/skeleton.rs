//! Three small pages that prove the front-end build; the real pages replace them.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::failure::{Code, Failure};

/// The page that opens without WebAssembly.
#[component]
pub fn SignIn() -> impl IntoView {
    view! {
        <Title text="Sign in"/>
        <h1>"Sign in"</h1>
        <form method="post" action="/login"><label>"Token " <input name="token"/></label><button>"Sign in"</button></form>
    }
}

/// Reads something while rendering.
#[server(endpoint = "skeleton/count", input = leptos::server_fn::codec::GetUrl)]
pub async fn count() -> Result<i64, Failure> {
    Ok(12)
}

/// Changes something, or says why not.
#[server(endpoint = "skeleton/suspend")]
pub async fn suspend(reason: String) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Failure { code: Code::Missing, about: Some("reason".into()) });
    }
    leptos_axum::redirect("/?notice=site-suspended");
    Ok(())
}

/// A lazy page with a resource.
pub struct OverviewPage {
    sites: Resource<Result<i64, Failure>>,
}

#[lazy_route]
impl LazyRoute for OverviewPage {
    fn data() -> Self {
        Self { sites: Resource::new(|| (), |()| count()) }
    }

    fn view(this: Self) -> AnyView {
        let clicks = RwSignal::new(0);
        view! {
            <Title text="Overview"/>
            <h1>"Overview"</h1>
            <Suspense fallback=|| "Loading">
                <p>{move || this.sites.get().map(|sites| format!("{} sites", sites.unwrap_or_default()))}</p>
            </Suspense>
            <button on:click=move |_| clicks.update(|count| *count += 1)>"Clicked " {clicks} " times"</button>
        }
        .into_any()
    }
}

/// A lazy page with a form.
pub struct SitesPage;

#[lazy_route]
impl LazyRoute for SitesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let suspend = ServerAction::<Suspend>::new();
        let problem = move || match suspend.value().get() {
            Some(Err(failure)) => Some(format!("{:?} {}", failure.code, failure.about.unwrap_or_default())),
            _ => None,
        };
        view! {
            <Title text="Sites"/>
            <h1>"Sites"</h1>
            <ActionForm action=suspend>
                <label>"Reason " <input name="reason" aria-describedby="reason-problem"/></label>
                <p id="reason-problem" role="alert">{problem}</p>
                <button>"Suspend"</button>
            </ActionForm>
        }
        .into_any()
    }
}
