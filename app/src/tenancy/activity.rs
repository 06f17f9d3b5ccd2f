//! The files of the vendor's activity log, and what an address says about the part that is looked at. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    Moment, PageRequest, Problem, ProblemCode, SiteId,
    activity::{DAYS_AT_MOST, EventsQuery, Fetching, KINDS, LogFileRow, LogFiles, LogQuery, kind_words},
};

use crate::parts::{
    choice::ChoiceOf,
    drawn::{Drawing, Page},
    explained::Beside,
    query::{address, page, text},
    table::{Cell, Head, Place, Row, Table, pager},
    text::{count, number},
};

/// The address of the list.
const PATH: &str = "/activity";

/// Reads the part of the log that an address names; without a word about it, the last 24 hours.
pub fn read(url: &ParamsMap, now: Moment) -> Result<(LogQuery, PageRequest), Problem> {
    let wrong = |name: &'static str| Problem::about(ProblemCode::LogRangeUnfit, name);
    let time = |name: &'static str, usual: Moment| match url.get_str(name) {
        None | Some("") => Ok(usual),
        Some(text) => time(text).ok_or_else(|| wrong(name)),
    };
    let site = match url.get_str("site") {
        None | Some("") => None,
        Some(text) => Some(SiteId::parse(text)?),
    };
    // The end of the hour, so that the address of a page stays the same for a while.
    let hour = Moment::from_seconds((now.seconds() / 3_600 + 1) * 3_600);
    let to = time("to", hour)?;
    let from = time("from", to.plus_seconds(-24 * 3_600))?;
    Ok((LogQuery { site, from, to, kind: text(url, "kind") }, page(url)?))
}

/// Reads which events an address names.
pub fn read_events(url: &ParamsMap) -> Result<EventsQuery, Problem> {
    Ok(EventsQuery {
        search: text(url, "q"),
        // The kind narrows the files already; this one narrows what is shown of them.
        kind: text(url, "event"),
        outcome: text(url, "outcome"),
        page: page(url)?,
    })
}

/// A time as a field of a form writes it: `2026-11-21T13:00`, or a day alone.
fn time(text: &str) -> Option<Moment> {
    [text.to_owned(), format!("{text}Z"), format!("{text}:00Z"), format!("{text}T00:00:00Z")]
        .iter()
        .find_map(|text| Moment::parse(text))
}

/// A time as such a field shows it.
fn field(at: Moment) -> String {
    at.machine().chars().take(16).collect()
}

/// What stands behind the question mark for a part of the log.
pub fn values(query: &LogQuery) -> Vec<(&'static str, String)> {
    vec![
        ("site", query.site.map(|site| site.to_string()).unwrap_or_default()),
        ("from", field(query.from)),
        ("to", field(query.to)),
        ("kind", query.kind.clone()),
    ]
}

/// The file that an address wants to have, while it is on its way.
pub fn wanted_file(url: &ParamsMap) -> Option<String> {
    Some(text(url, "file")).filter(|path| !path.is_empty())
}

/// The address of the list that shows how far a file is.
pub fn way_address(pairs: Vec<(&'static str, String)>, path: String) -> String {
    let mut pairs = pairs;
    pairs.push(("file", path));
    address(PATH, &pairs)
}

/// The address that hands a file out.
fn file_address(query: &LogQuery, path: &str) -> String {
    let mut pairs = values(query);
    pairs.push(("path", path.to_owned()));
    address("/activity/file", &pairs)
}

/// How far a file is that was asked for.
fn draw_way(way: Fetching, query: &LogQuery) -> AnyView {
    let file = file_address(query, &way.path);
    if let Some(problem) = way.problem {
        return view! {
            <Beside what=format!("{} did not come.", way.path) problem/>
            <p class="row"><a class="button" href=file rel="external">"Try again"</a></p>
        }
        .into_any();
    }
    let again = way_address(values(query), way.path.clone());
    let far = match way.of {
        Some(of) => format!("{} of {}", bytes(way.bytes), bytes(of)),
        None => bytes(way.bytes),
    };
    let bar = way.of.filter(|_| !way.over).map(|of| {
        view! { <progress aria-label="How far the file is" max=of.to_string() value=way.bytes.to_string()></progress> }
    });
    let (words, next) = if way.over {
        let next = view! { <a class="button first" href=file rel="external">"Download it now"</a> };
        (format!("{far}. It is here, whole."), next.into_any())
    } else {
        let next = view! { <a class="button" href=again rel="external">"Show how far it is now"</a> };
        (
            format!("{far} came by now. Steward fetches it in the background and compares its MD5."),
            next.into_any(),
        )
    };
    view! {
        <div class="notice info" role="status">
            <span aria-hidden="true">"…"</span>
            <div>
                <p class="word"><strong>{way.path}</strong></p>
                <p>{words}</p>
                {bar}
                <p class="row">{next}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Draws the list of files, and how far one is that was asked for.
pub fn draw(files: LogFiles, query: &LogQuery, way: Option<Fetching>) -> Page {
    let LogFiles { page: found, size, parts, sites } = files;
    let href = |path: &str| address(path, &values(query));
    let asked = (parts > 1).then(|| {
        view! {
            <p class="soft">
                {format!("Tableau answers for seven days at most, so it was asked in {parts} parts; the list below is all of them together.")}
            </p>
        }
    });
    let told = format!("{}, {} in all.", count(found.total, "file", "files"), bytes(size));
    let pages = |number: u32, size: u32| {
        let mut values = values(query);
        values.extend([("page", number.to_string()), ("size", size.to_string())]);
        address(PATH, &values)
    };
    let is_empty = found.rows.is_empty();
    let as_of = found.as_of;
    let pages = pager(Place::from(&found), &pages);
    let rows: Vec<Row> = found.rows.into_iter().map(|row| draw_row(row, query)).collect();
    let heads = vec![
        Head::new("Hour"),
        Head::new("Events"),
        Head::num("Size"),
        Head::view(view! { <span class="hidden">"Get it"</span> }),
    ];
    let list = if is_empty {
        view! {
            <p class="empty">
                "Tableau has no file for this time. What just happened takes about two hours to be in the log."
            </p>
        }
        .into_any()
    } else {
        let events = href("/activity/events");
        view! {
            <p class="row">
                <a class="button first" href=events>"Read all events of this time"</a>
                <span class="soft">{told}</span>
            </p>
            <Table label="Files of the log" heads rows/>
            {pages}
        }
        .into_any()
    };
    let compare = query.site.is_none().then(|| {
        view! { <a class="button" href=href("/activity/compare")>"Compare with Steward's own log"</a> }
    });
    let way = way.map(|way| draw_way(way, query));
    let body = view! {
        {way}
        <section class="card" aria-labelledby="which-title">
            <h2 id="which-title">"Which part"</h2>
            {filter(query, sites)}
            <p class="soft">
                {format!("Times are UTC, {DAYS_AT_MOST} days at most. Tableau writes a file for each hour and kind of event.")}
            </p>
            {asked}
        </section>
        <section class="card" aria-labelledby="files-title">
            <h2 id="files-title">"Files"</h2>
            {list}
        </section>
    };
    Page {
        title: "Tableau's activity log".to_owned(),
        beside: Drawing::of(compare),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn filter(query: &LogQuery, sites: Vec<(SiteId, String)>) -> AnyView {
    let sites = sites.into_iter().map(|(id, name)| (id.to_string(), name)).collect::<Vec<_>>();
    let kinds = KINDS.map(|kind| (kind.to_owned(), kind_words(kind))).into_iter().collect::<Vec<_>>();
    let site = query.site.map(|site| site.to_string()).unwrap_or_default();
    view! {
        <form method="get" action=PATH class="filters" role="search">
            <label><span>"From"</span><input class="field" type="datetime-local" name="from" value=field(query.from)/></label>
            <label><span>"To"</span><input class="field" type="datetime-local" name="to" value=field(query.to)/></label>
            <ChoiceOf label="Whose" name="site" all="The tenant" chosen=site pairs=sites/>
            <ChoiceOf label="Events" name="kind" all="All kinds" chosen=query.kind.clone() pairs=kinds/>
            <button class="button first" type="submit">"Show"</button>
        </form>
    }
    .into_any()
}

fn draw_row(row: LogFileRow, query: &LogQuery) -> Row {
    let file = file_address(query, &row.path);
    let hour =
        row.hour.map_or_else(|| "not told".to_owned(), |at| format!("{}, {}", at.day(), &at.clock()[..5]));
    let kind = if row.kind.is_empty() { row.path.clone() } else { kind_words(&row.kind) };
    let label = format!("Download {kind}, {hour}");
    vec![
        Cell::text(hour).heads_row().class("nowrap"),
        Cell::text(kind).class("word"),
        Cell::text(row.size.map_or_else(|| "not told".to_owned(), bytes)).class("num"),
        Cell::view(
            view! { <a class="button" href=file rel="external" aria-label=label>"Download, checked"</a> },
        ),
    ]
}

/// Bytes in the unit that reads best.
pub fn bytes(size: u64) -> String {
    match size {
        0..10_000 => format!("{} bytes", number(size)),
        10_000..10_000_000 => format!("{} kB", number(size / 1_000)),
        _ => format!("{} MB", number(size / 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_times_in_more_than_one_way_and_nonsense_is_a_problem() {
        let now = Moment::parse("2026-11-21T07:30:00Z").unwrap();
        let read = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let url: ParamsMap = pairs.collect();
            super::read(&url, now)
        };
        let (query, _) = read(&[]).unwrap();
        assert_eq!(query.to.machine(), "2026-11-21T08:00:00Z");
        assert_eq!(query.from.seconds_until(query.to), 86_400);
        for text in ["2026-11-20T00:00", "2026-11-20", "2026-11-20T00:00:00", "2026-11-20T01:00:00+01:00"] {
            assert_eq!(read(&[("from", text)]).unwrap().0.from.machine(), "2026-11-20T00:00:00Z", "{text}");
        }
        for (name, text, code) in [
            ("from", "yesterday", ProblemCode::LogRangeUnfit),
            ("to", "2026-13-01", ProblemCode::LogRangeUnfit),
            ("site", "finance", ProblemCode::MalformedId),
            ("page", "0", ProblemCode::MalformedQuery),
        ] {
            assert_eq!(read(&[(name, text)]).unwrap_err().code, code, "{name} {text}");
        }
        let (again, _) = read(&[("from", &field(query.from)), ("to", &field(query.to))]).unwrap();
        assert_eq!(again, query);
    }
}
