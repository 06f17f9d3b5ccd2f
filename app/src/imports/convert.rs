//! The pages that turn a list into another of Tableau's layouts: the form, and what became of a file. Drawn on the server.

use leptos::prelude::*;
use model::{
    ProblemCode,
    conversions::{Conversion, LineNote, Target},
    explain::explain,
};

use super::page::CONVERT;
use crate::parts::{
    drawn::Drawing,
    form::file_field,
    table::{Cell, Head, Table},
    text::{count, number},
};

/// Notes shown at most; the file of notes has all of them.
const SHOWN: usize = 200;

/// Draws the form below its heading. `problem` is what it ran into.
pub fn draw_form(sites: Vec<(String, String)>, problem: Option<ProblemCode>) -> Drawing {
    let beside = problem.map(|code| explain(code).title).unwrap_or_default();
    let sites = sites
        .into_iter()
        .map(|(value, word)| view! { <option value=value>{word}</option> }.into_any())
        .collect_view();
    Drawing::of(view! {
        <p class="soft lead">
            "Tableau has two layouts for lists of people: eight columns for one site, nine for a tenant. Upload a list in either of them, or one with headings of your own; you get the other, checked line by line. Nothing is compared with Tableau and nothing is sent."
        </p>
        <form method="post" action=CONVERT enctype="multipart/form-data" class="card form" aria-label="Convert a list">
            {file_field("file", beside)}
            <div class="pair">
                <label>
                    <span>"Turn it into"</span>
                    <select class="field" name="into">
                        <option value="site">{Target::Site.words()}</option>
                        <option value="tenant">{Target::Tenant.words()}</option>
                    </select>
                </label>
                <label>
                    <span>"Site that the rows are for"</span>
                    <select class="field" name="site" required>{sites}</select>
                </label>
            </div>
            <div class="row">
                <button class="button first" type="submit">"Convert"</button>
            </div>
            <p class="soft">"The uploaded file is not kept. The converted one is kept for a day, for you alone. Passwords are never carried over."</p>
        </form>
    })
}

/// Draws what became of a file.
pub fn draw_done(told: Conversion) -> Drawing {
    let (id, left) = (told.id, told.left_out.len() as u64);
    let file = |which: &str| format!("{CONVERT}/{id}/file?which={which}");
    let verdict = match (told.carried, left) {
        (0, _) => "No row could be carried over. The notes below tell what to mend.".to_owned(),
        (carried, 0) => format!("All {} were carried over.", count(carried, "row", "rows")),
        (carried, left) => {
            format!("{} carried over, {} left out.", count(carried, "row was", "rows were"), number(left))
        }
    };
    let files = (told.carried > 0).then(|| {
        view! {
            <div class="row">
                <a class="button first" href=file("tableau") rel="external">"Download for Tableau"</a>
                <a class="button" href=file("spreadsheet") rel="external">"Download for a spreadsheet"</a>
            </div>
            <p class="soft">
                "The first has no headings, as Tableau's own pages take it. The second has headings and opens safely in a spreadsheet; Steward's imports read both."
            </p>
        }
    });
    let lost = (!told.lost.is_empty()).then(|| {
        let lost = told.lost.iter().map(|words| view! { <li>{words.clone()}</li> }.into_any()).collect_view();
        view! {
            <section class="card" aria-labelledby="lost-title">
                <h2 id="lost-title">"For the whole file"</h2>
                <ul>{lost}</ul>
            </section>
        }
    });
    let any_notes = !told.left_out.is_empty() || !told.without.is_empty();
    let all_notes = any_notes.then(|| {
        view! {
            <p><a href=file("notes") rel="external">"Download all notes"</a></p>
        }
    });
    Drawing::of(view! {
        <section class="card form" aria-labelledby="done-title">
            <h2 id="done-title">{format!("{} for {}", told.into.words(), told.site)}</h2>
            <p>{format!("{}: {} with {}. ", told.file, told.read_as, count(told.rows, "row", "rows"))}</p>
            <p><strong>{verdict}</strong></p>
            {files}
        </section>
        {lost}
        {notes("Left out", told.left_out)}
        {notes("Carried over without something", told.without)}
        {all_notes}
        <p><a href=CONVERT_PAGE>"Convert another list"</a></p>
    })
}

/// Where the form stands.
pub const CONVERT_PAGE: &str = "/people/convert";

fn notes(title: &'static str, notes: Vec<LineNote>) -> Option<AnyView> {
    if notes.is_empty() {
        return None;
    }
    let of = notes.len();
    let rows = notes
        .into_iter()
        .take(SHOWN)
        .map(|note| {
            vec![
                Cell::num(u64::from(note.line)),
                Cell::text(note.user_name).class("word"),
                Cell::text(note.words).class("word"),
            ]
        })
        .collect();
    let heads = vec![Head::new("Line").class("num"), Head::new("User name"), Head::new("Why")];
    let more = (of > SHOWN).then(|| format!("The first {} of {}.", number(SHOWN as u64), number(of as u64)));
    Some(
        view! {
            <section class="card" aria-label=title>
                <h2>{title} " " <small>{number(of as u64)}</small></h2>
                <Table label=title heads rows/>
                {more.map(|more| view! { <p class="soft">{more}</p> })}
            </section>
        }
        .into_any(),
    )
}
