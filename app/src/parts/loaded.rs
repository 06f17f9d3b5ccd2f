//! Reading from the server, and the only `Transition`: it shows waiting, the value, or the explained problem. What is
//! read again stays as it was until the new answer is there.

use std::{future::Future, marker::PhantomData, pin::Pin, sync::Arc};

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::{
    codec::{self, Told},
    failure::Failure,
    parts::{explained::Explained, heading::Heading},
};

type Answer = Result<String, Failure>;
type Asking = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Something that is read from the server.
pub struct Reading<T> {
    answer: Resource<Answer>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T> Reading<T> {
    /// The same reading, for some of its fields only.
    pub fn part<Part>(self) -> Reading<Part> {
        Reading { answer: self.answer, of: PhantomData }
    }
}

/// Reads by `ask`, and again whenever `about` changes: the part of the address, or the count, that the answer is for.
pub fn reading<T, Asked>(
    about: impl Fn() -> String + Send + Sync + 'static,
    ask: impl Fn() -> Asked + Send + Sync + 'static,
) -> Reading<T>
where
    T: 'static,
    Asked: Future<Output = Result<Told<T>, Failure>> + Send + 'static,
{
    let ask = move || -> Asking {
        // What is asked follows `about` alone; everything else is read as it is now.
        let asked = untrack(&ask);
        Box::pin(async move { asked.await.map(Told::into_json) })
    };
    Reading { answer: resource(Box::new(about), Box::new(ask)), of: PhantomData }
}

/// Made once and not for each type.
fn resource(
    about: Box<dyn Fn() -> String + Send + Sync>,
    ask: Box<dyn Fn() -> Asking + Send + Sync>,
) -> Resource<Answer> {
    Resource::new(about, move |_| ask())
}

/// How a value looks while it is read, when it came, and when it did not.
struct Look {
    waiting: bool,
    draw: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
}

fn suspended(answer: Resource<Answer>, look: Look) -> AnyView {
    let Look { waiting, draw } = look;
    let fallback = move || waiting.then(|| view! { <p class="waiting" role="status">"Reading…"</p> });
    view! {
        <Transition fallback>
            {move || {
                let draw = draw.clone();
                Suspend::new(async move { draw(answer.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// Shows what is read, or the explained problem. `instead` is the heading of the page for when the value that would
/// give it does not come.
#[component]
pub fn Loaded<T, Show, Shown>(
    /// Where it comes from.
    from: Reading<T>,
    /// How it looks.
    show: Show,
    /// The heading when it does not come.
    #[prop(optional)]
    instead: Option<&'static str>,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    Show: Fn(T) -> Shown + Send + Sync + 'static,
    Shown: IntoView + 'static,
{
    let draw = move |answer: Answer| match answer.and_then(|json| codec::read::<T>(&json)) {
        Ok(value) => show(value).into_any(),
        Err(failure) => failed(failure, instead),
    };
    suspended(from.answer, Look { waiting: true, draw: Arc::new(draw) })
}

/// Shows what is read once it came, and nothing otherwise: for what a page can do without.
#[component]
pub fn IfLoaded<T, Show, Shown>(
    /// Where it comes from.
    from: Reading<T>,
    /// How it looks.
    show: Show,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
    Show: Fn(T) -> Shown + Send + Sync + 'static,
    Shown: IntoView + 'static,
{
    let draw = move |answer: Answer| match answer.and_then(|json| codec::read::<T>(&json)) {
        Ok(value) => show(value).into_any(),
        Err(_) => ().into_any(),
    };
    suspended(from.answer, Look { waiting: false, draw: Arc::new(draw) })
}

fn failed(Failure(problem): Failure, instead: Option<&'static str>) -> AnyView {
    view! {
        {instead.map(|title| view! { <Heading title/> }.into_any())}
        <Explained problem/>
    }
    .into_any()
}
