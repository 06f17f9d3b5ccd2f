//! The people ticked in the list. With a script the choice outlives pages and searches; without, it is the page's own.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, HtmlInputElement},
};

use super::rows::{BOX, BOX_OF_PAGE};
use crate::parts::text::count;

/// Who is ticked.
#[derive(Clone, Copy)]
pub struct Picked {
    /// Everyone.
    all: RwSignal<Vec<String>>,
    /// Those among the rows of this page.
    page: RwSignal<Vec<String>>,
    /// Whether a script has looked at the boxes.
    awake: RwSignal<bool>,
}

impl Picked {
    /// Nobody yet.
    pub fn new() -> Self {
        Self { all: RwSignal::new(Vec::new()), page: RwSignal::new(Vec::new()), awake: RwSignal::new(false) }
    }

    /// Takes over what was just ticked.
    pub fn turned(self, event: &Event) {
        let input: HtmlInputElement = event_target(event);
        let of_page = input.id() == BOX_OF_PAGE;
        if !of_page && !input.class_list().contains(BOX) {
            return;
        }
        let turned = if of_page { self.page.get_untracked() } else { vec![input.value()] };
        self.all.update(|all| {
            all.retain(|id| !turned.contains(id));
            if input.checked() {
                all.extend(turned);
            }
        });
        self.show();
    }

    /// Ticks the boxes of rows that were just drawn, once they are there. What was ticked before the page came alive
    /// counts.
    pub fn show(self) {
        request_animation_frame(move || {
            let boxes = boxes();
            if !self.awake.get_untracked() {
                self.all.set(boxes.iter().filter(|one| one.checked()).map(HtmlInputElement::value).collect());
                self.awake.set(true);
            }
            self.page.set(boxes.iter().map(HtmlInputElement::value).collect());
            self.all.with_untracked(|all| {
                boxes.iter().for_each(|one| one.set_checked(all.contains(&one.value())));
            });
            if let Some(of_page) = document().get_element_by_id(BOX_OF_PAGE) {
                _ = of_page.remove_attribute("hidden");
                of_page
                    .unchecked_ref::<HtmlInputElement>()
                    .set_checked(boxes.iter().all(HtmlInputElement::checked));
            }
        });
    }

    /// How many are ticked, and the way to tick nobody. Those of other pages go with the form, though their boxes are
    /// not here.
    pub fn counted(self) -> impl IntoView {
        move || {
            let chosen = self.all.with(Vec::len) as u64;
            let told = match chosen {
                0 => "Nobody chosen".to_owned(),
                some => count(some, "person chosen", "people chosen"),
            };
            let clear = move |_| {
                self.all.set(Vec::new());
                self.show();
            };
            let hidden = |id: String| view! { <input type="hidden" name="ids[]" value=id/> };
            let elsewhere = self.page.with(|page| {
                self.all.get().into_iter().filter(|id| !page.contains(id)).map(hidden).collect_view()
            });
            self.awake.get().then(|| {
                view! {
                    <p class="row">
                        <span role="status">{told}</span>
                        <button class="button quiet" type="button" hidden=chosen == 0 on:click=clear>"Choose nobody"</button>
                    </p>
                    {elsewhere}
                }
            })
        }
    }
}

fn boxes() -> Vec<HtmlInputElement> {
    let all = document().get_elements_by_class_name(BOX);
    (0..all.length()).filter_map(|at| all.item(at)).map(JsCast::unchecked_into).collect()
}
