//! The only `Suspense`: it shows waiting, the value, or the explained problem.

use leptos::prelude::*;

use crate::{failure::Failure, parts::explained::Explained};

/// Shows what a resource brings.
#[component]
pub fn Loaded<T, Show, Shown>(
    /// Where it comes from.
    from: Resource<Result<T, Failure>>,
    /// How it looks.
    show: Show,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    Show: Fn(T) -> Shown + Clone + Send + Sync + 'static,
    Shown: IntoView + 'static,
{
    view! {
        <Suspense fallback=|| view! { <p class="waiting" role="status">"Reading…"</p> }>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match from.await {
                        Ok(value) => show(value).into_any(),
                        Err(Failure(problem)) => view! { <Explained problem/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}
