//! Seats over time: a line for each kind of seat, the same numbers as a table, and what lies ahead. Drawn on the server.

use leptos::prelude::*;
use model::{
    Moment,
    licences::{
        Tier,
        history::{CountOf, CountedAt, DAY_SECONDS, SPANS, Step, by_day, stretches},
        sheets::SeatsSheet,
    },
};

use super::{ahead, banner::banner, page::COUNT, sources};
use crate::parts::{
    chart::{Chart, chart},
    drawn::{Drawing, Page},
    query::address,
    table::{Cell, Head, Row, Table},
    text::number,
};

/// Rows that the table twin shows at most by day; longer spans are told by week.
const DAYS_IN_TABLE: i64 = 90;

/// The address of a place and a span.
pub fn href(of: CountOf, days: i64) -> String {
    let site = match of {
        CountOf::Tenant => String::new(),
        CountOf::Site(site) => site.to_string(),
    };
    let days = if days == 90 { String::new() } else { days.to_string() };
    address("/licences", &[("site", site), ("days", days)])
}

/// Draws the page.
pub fn draw(sheet: &SeatsSheet) -> Page {
    let beside = view! {
        <a class="button" href="/licences/idle">"Seats used in vain"</a>
        <a class="button" href="/licences/settings">"Limits and news"</a>
        {count_now(sheet)}
    };
    let body = if sheet.first.is_none() { nothing(sheet) } else { all(sheet) };
    Page {
        title: "Licences".to_owned(),
        beside: Drawing::of(beside),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn count_now(sheet: &SeatsSheet) -> AnyView {
    let site = match sheet.of {
        CountOf::Tenant => String::new(),
        CountOf::Site(site) => site.to_string(),
    };
    view! {
        <form method="post" action=COUNT>
            <input type="hidden" name="site" value=site/>
            <input type="hidden" name="days" value=sheet.days.to_string()/>
            <button class="button first" type="submit">"Count now"</button>
        </form>
    }
    .into_any()
}

fn nothing(sheet: &SeatsSheet) -> AnyView {
    view! {
        <section class="card" aria-labelledby="none-title">
            <h2 id="none-title">"Nothing is counted yet"</h2>
            <p>
                "Tableau tells how many seats are in use now, and nothing of the past. So Steward counts them itself, every six hours while an administrator is signed in. The first count comes about a minute after the first sign-in, or when you press “Count now”."
            </p>
        </section>
        {sources::card(sheet)}
    }
    .into_any()
}

fn all(sheet: &SeatsSheet) -> AnyView {
    view! {
        {banner(&sheet.passed, sheet.last)}
        {choice(sheet)}
        {charts(sheet)}
        {ahead::card(sheet)}
        {twin(sheet)}
        {sources::card(sheet)}
    }
    .into_any()
}

/// Which place, which span, and the files.
fn choice(sheet: &SeatsSheet) -> AnyView {
    let chosen = match sheet.of {
        CountOf::Tenant => String::new(),
        CountOf::Site(site) => site.to_string(),
    };
    let sites = sheet
        .sites
        .iter()
        .map(|site| {
            let gone = if Some(site.seen) == sheet.last { "" } else { " (gone)" };
            let is_chosen = site.site.to_string() == chosen;
            view! { <option value=site.site.to_string() selected=is_chosen>{format!("{}{gone}", site.name)}</option> }
                .into_any()
        })
        .collect_view();
    let spans = SPANS
        .map(|days| {
            let current = (days == sheet.days).then_some("true");
            view! { <a href=href(sheet.of, days) aria-current=current>{format!("{days} days")}</a> }
                .into_any()
        })
        .collect_view();
    let days = sheet.days.to_string();
    let one = address(
        "/licences/export",
        &[
            ("days", days.clone()),
            ("of", if chosen.is_empty() { "tenant".to_owned() } else { chosen.clone() }),
        ],
    );
    let every = address("/licences/export", &[("days", days.clone())]);
    view! {
        <div class="choice">
            <form method="get" action="/licences" class="filters even" aria-label="Which place">
                <label>
                    <span>"Seats of"</span>
                    <select class="field" name="site">
                        <option value="" selected=chosen.is_empty()>"The tenant, each person once"</option>
                        {sites}
                    </select>
                </label>
                <input type="hidden" name="days" value=days/>
                <button class="button" type="submit">"Show"</button>
            </form>
            <nav class="tabs" aria-label="How long">{spans}</nav>
            <p class="row export">
                <span class="soft">"CSV:"</span>
                <a href=one rel="external" download>"this place"</a>
                <a href=every rel="external" download>"tenant and all sites"</a>
            </p>
        </div>
    }
    .into_any()
}

fn charts(sheet: &SeatsSheet) -> AnyView {
    let lines = stretches(&sheet.counts, Step::of_span(sheet.days));
    let span = (sheet.now.plus_seconds(-sheet.days * DAY_SECONDS), sheet.now);
    let gaps: Vec<(Moment, Moment)> = sheet.gaps.iter().map(|gap| (gap.from, gap.until)).collect();
    let figures = Tier::ALL.map(|tier| figure(sheet, tier, &lines, span, &gaps)).collect_view();
    let place = if sheet.name.is_empty() { "the tenant".to_owned() } else { sheet.name.clone() };
    let shaded = (!gaps.is_empty()).then(|| {
        view! { <p class="soft">"Shaded: nothing was counted then. No line is drawn through such a time."</p> }
    });
    let none = sheet.counts.is_empty().then(|| {
        view! { <p class="empty">"There is no count of this place in these days."</p> }
    });
    view! {
        <section aria-labelledby="charts-title">
            <h2 id="charts-title" class="lead-in">{format!("Seats of {place}, last {} days", sheet.days)}</h2>
            {none}
            <div class="charts">{figures}</div>
            {shaded}
        </section>
    }
    .into_any()
}

fn figure(
    sheet: &SeatsSheet,
    tier: Tier,
    lines: &[Vec<CountedAt>],
    span: (Moment, Moment),
    gaps: &[(Moment, Moment)],
) -> AnyView {
    let value = move |count: &CountedAt| count.seats.of(tier);
    let limit = sheet.ahead.iter().find(|ahead| ahead.tier == tier).and_then(|ahead| ahead.limit);
    let now = sheet.counts.last().map(value);
    let first = sheet.counts.first().map(value);
    let beside = match (now, limit) {
        (Some(_), Some(limit)) => format!(" of {}", number(limit)),
        _ => String::new(),
    };
    let moved = now.zip(first).map(|(now, first)| change(first, now));
    let told = summary(tier, &sheet.counts, span, limit);
    let drawing =
        chart(&Chart { told, class: tier.class(), stretches: lines, value: &value, gaps, span, limit });
    view! {
        <figure class="card figure">
            <figcaption>
                <span class="key"><span class=format!("dot {}", tier.class())></span>{tier.word()}</span>
                <span>
                    <b>{now.map_or_else(|| "–".to_owned(), number)}</b>
                    {beside}
                </span>
                <small>{moved.unwrap_or_default()}</small>
            </figcaption>
            {drawing}
        </figure>
    }
    .into_any()
}

/// `12 more than at the beginning`.
fn change(first: u64, now: u64) -> String {
    match now.abs_diff(first) {
        0 => "as at the beginning".to_owned(),
        by if now > first => format!("{} more than at the beginning", number(by)),
        by => format!("{} fewer than at the beginning", number(by)),
    }
}

/// The line in a sentence.
fn summary(tier: Tier, counts: &[CountedAt], span: (Moment, Moment), limit: Option<u64>) -> String {
    let value = |count: &CountedAt| count.seats.of(tier);
    let head = format!("{} from {} to {}", tier.word(), span.0.day(), span.1.day());
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else {
        return format!("{head}: no count.");
    };
    let least = counts.iter().map(value).min().unwrap_or_default();
    let most = counts.iter().map(value).max().unwrap_or_default();
    let limit = limit.map(|limit| format!(" The limit is {}.", number(limit))).unwrap_or_default();
    format!(
        "{head}: {} at first, {} at last, lowest {}, highest {}.{limit} The table below has the numbers.",
        number(value(first)),
        number(value(last)),
        number(least),
        number(most)
    )
}

/// The numbers of the charts as a table: one row a day, or a week in a long span.
fn twin(sheet: &SeatsSheet) -> AnyView {
    let days = by_day(&sheet.counts);
    let by_week = sheet.days > DAYS_IN_TABLE;
    let shown: Vec<&CountedAt> = if by_week {
        // The newest day, and every seventh before it.
        let newest = days.last().map_or(0, |last| last.at.seconds().div_euclid(DAY_SECONDS));
        days.iter().filter(|count| (newest - count.at.seconds().div_euclid(DAY_SECONDS)) % 7 == 0).collect()
    } else {
        days.iter().collect()
    };
    let rows: Vec<Row> = shown
        .iter()
        .rev()
        .map(|count| {
            let day = view! { <time datetime=count.at.machine() title=count.at.to_string()>{count.at.day()}</time> };
            std::iter::once(Cell::view(day).heads_row())
                .chain(Tier::ALL.map(|tier| Cell::num(count.seats.of(tier))))
                .collect()
        })
        .collect();
    let heads =
        std::iter::once(Head::new("Day")).chain(Tier::ALL.map(|tier| Head::num(tier.word()))).collect();
    let (summary, caption) = if by_week {
        ("The same as a table, week by week", "The last count of every seventh day. The CSV has every count.")
    } else {
        ("The same as a table, day by day", "The last count of each day. The CSV has every count.")
    };
    view! {
        <section class="card" aria-label="The counts as a table">
            <details>
                <summary>{summary}</summary>
                <Table label="Counts" caption heads rows/>
            </details>
        </section>
    }
    .into_any()
}
