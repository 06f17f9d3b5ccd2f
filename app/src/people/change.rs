//! The same change for a pasted list of people. Drawn on the server.

use leptos::prelude::*;

use super::{
    fields::{PLAN, Pairs, change_fields},
    page::{Page, above},
};
use crate::parts::drawn::Drawing;

/// Draws the form.
pub fn draw(sites: Pairs) -> Page {
    let body = view! {
        <form method="post" action=PLAN class="card form" aria-label="Change a pasted list">
            <input type="hidden" name="whom" value="names"/>
            <div class="field-group">
                <label for="names">"Names or e-mail addresses"</label>
                <p class="soft" id="names-hint">
                    "As you have them: one on a line, or with commas or semicolons between them. “Ada <ada@example.com>” works too. Ten thousand at once are fine."
                </p>
                <textarea
                    class="field tall"
                    id="names"
                    name="names"
                    rows="8"
                    required
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="names-hint"
                ></textarea>
            </div>
            {change_fields(sites)}
        </form>
    };
    Page {
        title: "Change a pasted list".to_owned(),
        above: above(None),
        body: Drawing::of(body),
        ..Page::default()
    }
}
