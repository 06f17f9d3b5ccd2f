//! The rows of the list of people. Drawn on the server.

use leptos::prelude::*;
use model::{
    Direction, Moment,
    licences::Tier,
    people::{LastSignIn, PeopleQuery, PersonRow},
};

use super::query::{Asked, COLUMNS, SORTS, sort_word};
use crate::parts::{
    badges::badge,
    table::{Cell, Head, Row, Table},
    text::number,
};

/// The class of the boxes that choose a person.
pub const BOX: &str = "choose";
/// The id of the box that chooses everyone on the page. A script shows it; without one it could do nothing.
pub const BOX_OF_PAGE: &str = "choose-page";

/// The rows as a table whose headings sort, with a box to tick in each.
pub fn table(rows: Vec<PersonRow>, asked: &Asked, as_of: Moment) -> AnyView {
    let shown: Vec<usize> = (0..COLUMNS.len()).filter(|at| asked.shows(*at)).collect();
    let choose_page = view! {
        <input type="checkbox" id=BOX_OF_PAGE aria-label="Choose everyone on this page" autocomplete="off" hidden/>
        <span class="hidden">"Choose"</span>
    };
    let mut heads = vec![Head::view(choose_page).class("tick"), sorting(Head::new("Name"), "name", asked)];
    heads.extend(shown.iter().map(|at| {
        let column = &COLUMNS[*at];
        let head = Head::new(column.label).class(if column.word == "sites" { "num" } else { "" });
        match column.sort {
            Some(sort) => sorting(head, sort_word(sort), asked),
            None => head,
        }
    }));
    let rows = rows.into_iter().map(|row| draw(&row, &shown, as_of)).collect();
    view! { <Table label="People" class="people" heads rows/> }.into_any()
}

fn sorting(head: Head, word: &str, asked: &Asked) -> Head {
    let query = &asked.query;
    let now = (sort_word(query.sort) == word).then_some(query.direction);
    let direction = if now == Some(Direction::Up) { Direction::Down } else { Direction::Up };
    let sort = SORTS.iter().find(|(known, ..)| *known == word).map(|(_, sort, _)| *sort).unwrap_or_default();
    head.sorting(asked.with(PeopleQuery { sort, direction, ..query.clone() }).href(), now)
}

fn draw(row: &PersonRow, shown: &[usize], as_of: Moment) -> Row {
    let mail = shown.first() == Some(&0);
    let tick = view! {
        <input
            type="checkbox"
            class=BOX
            name="ids[]"
            value=row.id.to_string()
            autocomplete="off"
            aria-label=format!("Choose {}", row.name)
        />
    };
    let mut cells = vec![Cell::view(tick).class("tick"), Cell::view(name(row, !mail)).heads_row()];
    cells.extend(shown.iter().map(|at| cell(COLUMNS[*at].word, row, as_of)));
    cells
}

/// The name, what is special about the person, and the e-mail address below.
fn name(row: &PersonRow, with_mail: bool) -> AnyView {
    let administers = (!row.administers.is_empty()).then(|| match row.administers.as_str() {
        "active" => badge("info", "cloud administrator".to_owned()),
        state => badge("", format!("cloud administrator, {state}")),
    });
    let protected = row.protected.then(|| badge("warn", "protected".to_owned()));
    let mail = (with_mail && row.user_name != row.name)
        .then(|| view! { <small class="word">{row.user_name.clone()}</small> });
    view! {
        <a href=format!("/people/{}", row.id)>{row.name.clone()}</a>
        " " {administers} " " {protected}
        {mail}
    }
    .into_any()
}

fn cell(word: &str, row: &PersonRow, as_of: Moment) -> Cell {
    match word {
        "email" => labelled("", row.user_name.clone()).class("nowrap"),
        "role" => {
            let role = if row.role.is_empty() { "no site role" } else { &row.role };
            Cell::view(seat(row.tier, role.to_owned()))
        }
        "sites" => {
            let word = if row.sites == 1 { " site" } else { " sites" };
            Cell::view(view! { {number(row.sites.into())} <span class="narrow">{word}</span> }).class("num")
        }
        "names" => labelled("On ", row.site_names.clone()).class("names"),
        "signin" => labelled("Signs in with ", row.sign_in.clone()).class("nowrap"),
        "last" => {
            let label = view! { <span class="narrow">"Signed in: "</span> };
            Cell::view(view! { {label} {last(row.last_sign_in, as_of)} }).class("nowrap")
        }
        "status" => Cell::view(status(&row.status)),
        "tenant" => labelled("Tenant role: ", row.administers.clone()),
        "language" => labelled("Language ", row.language.clone()),
        _ => labelled("Locale ", row.locale.clone()),
    }
}

/// A value that carries its heading with it where the table is too narrow for headings.
fn labelled(label: &'static str, value: String) -> Cell {
    let label =
        (!value.is_empty() && !label.is_empty()).then(|| view! { <span class="narrow">{label}</span> });
    Cell::view(view! { {label} {value} })
}

/// Words with the dot of a seat.
pub fn seat(tier: Tier, words: String) -> AnyView {
    view! { <span class="seat"><span class=format!("dot {}", tier.class()) aria-hidden="true"></span>{words}</span> }
        .into_any()
}

/// How long ago a person signed in; "never" and "unknown" are words of their own.
pub fn last(last: LastSignIn, as_of: Moment) -> AnyView {
    let at = match last {
        LastSignIn::Never => return view! { <span class="soft">"never"</span> }.into_any(),
        LastSignIn::Unknown => return view! { <span class="soft">"unknown"</span> }.into_any(),
        LastSignIn::At(at) => at,
    };
    let words = match at.seconds_until(as_of) / 86_400 {
        ..=0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{} days ago", number(days.unsigned_abs())),
    };
    view! { <time datetime=at.machine() title=at.to_string()>{words}</time> }.into_any()
}

/// The vendor's status word.
pub fn status(word: &str) -> AnyView {
    match word {
        "" => view! { <span class="soft">"not told"</span> }.into_any(),
        "ACTIVE" => badge("", "active".to_owned()),
        other => badge("warn", other.to_lowercase()),
    }
}
