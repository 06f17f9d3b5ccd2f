//! Following something in the browser by server-sent events. On the server there is nothing to follow.

use leptos::prelude::*;

/// Counts `news` up whenever the server tells that the thing has moved. `kind` is its word: `job` or `run`.
#[cfg(feature = "hydrate")]
pub fn follow(kind: &'static str, id: Memo<String>, news: RwSignal<u32>) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};
    use leptos::web_sys::{EventSource, MessageEvent};

    Effect::new(move |before: Option<Option<Feed>>| {
        drop(before);
        let source = EventSource::new(&format!("/api/{kind}s/{}/events", id.get())).ok()?;
        let told = Closure::<dyn FnMut(MessageEvent)>::new(move |_| news.update(|news| *news += 1));
        source.add_event_listener_with_callback(kind, told.as_ref().unchecked_ref()).ok()?;
        // The server says that it is over: without this the browser would ask again for ever.
        let closing = source.clone();
        let over = Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
            closing.close();
            // It may have ended between the page and the first look of the feed.
            news.update(|news| *news += 1);
        });
        source.add_event_listener_with_callback("over", over.as_ref().unchecked_ref()).ok()?;
        Some(Feed { source, _told: told, _over: over })
    });

    struct Feed {
        source: EventSource,
        _told: Closure<dyn FnMut(MessageEvent)>,
        _over: Closure<dyn FnMut(MessageEvent)>,
    }

    impl Drop for Feed {
        fn drop(&mut self) {
            self.source.close();
        }
    }
}

/// On the server there is nothing to follow.
#[cfg(not(feature = "hydrate"))]
pub fn follow(_kind: &'static str, _id: Memo<String>, _news: RwSignal<u32>) {}

/// A page without a script looks again by itself every five seconds. As raw text, because a browser with scripts does
/// not parse what stands in here, and hydration would look for it in vain.
pub fn look_again() -> AnyView {
    view! { <noscript inner_html="<meta http-equiv=\"refresh\" content=\"5\">"></noscript> }.into_any()
}
