//! The filters of the list of people: the choices, what is chosen as chips, and columns and order. Drawn on the server.

use leptos::prelude::*;
use model::{
    Direction,
    page::SIZES,
    people::{PeopleChoices, PeopleQuery},
    roles::SignInType,
};

use super::query::{Asked, COLUMNS, SORTS, sort_word, words};
use crate::parts::choice::ChoiceOf;

type Pairs = Vec<(String, String)>;

fn pairs(of: &[(&str, &str)]) -> Pairs {
    of.iter().map(|(value, word)| ((*value).to_owned(), (*word).to_owned())).collect()
}

/// The choices of the filters by their names in the URL: label, the word for no choice, and the pairs.
fn offered(
    choices: &PeopleChoices,
    query: &PeopleQuery,
) -> Vec<(&'static str, &'static str, &'static str, Pairs)> {
    let mut sites = pairs(&[("none", "On no site")]);
    sites.extend(choices.sites.iter().cloned());
    let statuses = choices.statuses.iter().map(|word| (word.clone(), word.to_ascii_lowercase())).collect();
    let ways =
        SignInType::OFFERED.iter().map(|way| (way.code().to_owned(), way.words().to_owned())).collect();
    let mut last = pairs(&[("never", "Never"), ("unknown", "Unknown")]);
    let mut days: Vec<u32> = vec![30, 60, 90, 180, 365];
    // A number of days in the URL need not be one of the usual ones.
    days.extend(query.last.parse::<u32>().ok().filter(|given| !days.contains(given)));
    last.extend(days.into_iter().map(|days| (days.to_string(), format!("Over {days} days ago"))));
    vec![
        ("site", "Site", "Any site", sites),
        ("role", "Highest role", "Any role", choices.roles.clone()),
        ("last", "Last sign-in", "Any time", last),
        ("status", "Status", "Any status", statuses),
        (
            "tenant",
            "Cloud administrator",
            "Everyone",
            pairs(&[
                ("any", "Cloud administrators"),
                ("active", "Active administrators"),
                ("invited", "Invited"),
                ("expired", "Invitation expired"),
                ("none", "No administrators"),
            ]),
        ),
        ("signin", "Sign-in type", "Any type", ways),
        ("mark", "Protection", "Everyone", pairs(&[("protected", "Protected only")])),
    ]
}

/// The filters shown at once; the others stand behind "More filters".
const AT_ONCE: usize = 3;

/// The choices, for the form around the search box.
pub fn filters(choices: &PeopleChoices, asked: &Asked) -> AnyView {
    let chosen = words(&asked.query);
    let value = |name: &str| chosen.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let mut shown: Vec<AnyView> = Vec::new();
    let mut more: Vec<AnyView> = Vec::new();
    let mut open = false;
    for (at, (name, label, all, pairs)) in offered(choices, &asked.query).into_iter().enumerate() {
        let chosen = value(name).unwrap_or_default();
        if at >= AT_ONCE {
            open |= !chosen.is_empty();
        }
        let choice = view! { <ChoiceOf label name all chosen pairs/> }.into_any();
        if at < AT_ONCE { shown.push(choice) } else { more.push(choice) }
    }
    view! {
        {shown}
        <button class="button first" type="submit">"Show"</button>
        <div class="mores">
            <details class="more" open=open>
                <summary>"More filters"</summary>
                <div class="filters">{more}</div>
            </details>
            {columns(asked)}
        </div>
    }
    .into_any()
}

/// Which columns, in which order, how many rows.
fn columns(asked: &Asked) -> AnyView {
    let columns = COLUMNS.iter().enumerate().map(|(at, column)| {
        view! {
            <label class="pick">
                <input type="checkbox" name="columns" value=column.word checked=asked.shows(at)/>
                <span>{column.label}</span>
            </label>
        }
        .into_any()
    });
    let sorted = sort_word(asked.query.sort);
    let sorts = SORTS.iter().map(|(word, _, label)| option(word, label, *word == sorted));
    let down = asked.query.direction == Direction::Down;
    let directions =
        [("up", "A to Z, few to many, old to new", !down), ("down", "The other way round", down)];
    let directions = directions.map(|(word, label, chosen)| option(word, label, chosen));
    let sizes = SIZES.map(|size| option(&size.to_string(), &size.to_string(), size == asked.query.page.size));
    view! {
        <details class="more">
            <summary>"Columns and order"</summary>
            <fieldset class="picks">
                <legend>"Columns beside the name"</legend>
                {columns.collect_view()}
            </fieldset>
            <div class="filters">
                <label><span>"Sorted by"</span><select class="field" name="sort">{sorts.collect_view()}</select></label>
                <label><span>"Direction"</span><select class="field" name="direction">{directions.into_iter().collect_view()}</select></label>
                <label><span>"Rows on a page"</span><select class="field" name="size">{sizes.into_iter().collect_view()}</select></label>
                <button class="button" type="submit">"Apply"</button>
            </div>
        </details>
    }
    .into_any()
}

fn option(value: &str, label: &str, chosen: bool) -> AnyView {
    view! { <option value=value.to_owned() selected=chosen>{label.to_owned()}</option> }.into_any()
}

/// What narrows the list, each with the way to take it back.
pub fn chips(choices: &PeopleChoices, asked: &Asked) -> AnyView {
    let query = &asked.query;
    if !query.narrows() {
        return ().into_any();
    }
    let mut chips: Vec<AnyView> = Vec::new();
    if !query.search.is_empty() {
        chips.push(chip("Search", &query.search, &without(asked, "q")));
    }
    let chosen = words(query);
    for (name, label, _, pairs) in offered(choices, query) {
        let value = chosen.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        if !value.is_empty() {
            let word = pairs.iter().find(|(known, _)| known == value).map_or(value, |(_, word)| word);
            chips.push(chip(label, word, &without(asked, name)));
        }
    }
    let clear = asked.with(PeopleQuery {
        sort: query.sort,
        direction: query.direction,
        page: query.page,
        ..PeopleQuery::default()
    });
    view! {
        <ul class="chips" aria-label="Filters in use">
            {chips}
            <li><a href=clear.href()>"Clear all"</a></li>
        </ul>
    }
    .into_any()
}

fn chip(label: &str, word: &str, href: &str) -> AnyView {
    let said = format!("Remove the filter {label}: {word}");
    view! {
        <li>
            <a class="chip" href=href.to_owned() aria-label=said>
                <span class="word">{format!("{label}: {word}")}</span>
                <span aria-hidden="true">"✕"</span>
            </a>
        </li>
    }
    .into_any()
}

/// The same list without one of its filters.
fn without(asked: &Asked, name: &str) -> String {
    let mut query = asked.query.clone();
    let word = match name {
        "q" => &mut query.search,
        "role" => &mut query.role,
        "tenant" => &mut query.tenant,
        "status" => &mut query.status,
        "site" => &mut query.site,
        "signin" => &mut query.signin,
        "last" => &mut query.last,
        _ => &mut query.mark,
    };
    word.clear();
    asked.with(query).href()
}
