//! The whole dictionary as one file, to be kept for the day when Steward is down.

use std::fmt::Write as _;

use leptos::prelude::*;
use model::dictionary::{Entry, Kind, of};

use crate::parts::text::{count, number};

/// The dictionary as plain text, or one code of it.
pub fn text(only: Option<&Entry>) -> String {
    let mut out = String::new();
    if let Some(entry) = only {
        write_entry(&mut out, entry);
        return out;
    }
    let all: usize = Kind::ALL.into_iter().map(|kind| of(kind).len()).sum();
    let of_them = count(all as u64, "code", "codes");
    // Writing to a string cannot fail.
    _ = writeln!(out, "Steward {}: {of_them} and what to do about them\n", env!("CARGO_PKG_VERSION"));
    for kind in Kind::ALL {
        _ = writeln!(out, "{}\n{}\n", kind.words(), "=".repeat(kind.words().len()));
        for entry in of(kind) {
            write_entry(&mut out, &entry);
            out.push('\n');
        }
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    let http: Vec<String> = entry.http.iter().map(u16::to_string).collect();
    let http = if http.is_empty() { String::new() } else { format!(" (HTTP {})", http.join(", ")) };
    _ = writeln!(out, "{}{http} – {}", entry.code, entry.tone.words());
    let lines = [
        ("", entry.name),
        ("", entry.meaning),
        ("Changed: ", entry.changed.unwrap_or_default()),
        ("Next: ", entry.next.unwrap_or_default()),
        ("", entry.again.map_or("", model::codes::Again::words)),
        ("", entry.source.map_or("", model::codes::Source::words)),
    ];
    for (word, line) in lines.into_iter().filter(|(_, line)| !line.is_empty()) {
        _ = writeln!(out, "    {word}{line}");
    }
    for other in &entry.elsewhere {
        let next = other.next.map(|next| format!(" Next: {next}")).unwrap_or_default();
        _ = writeln!(out, "    For {}: {}{next}", other.operations.join(", "), other.meaning);
    }
}

/// The look of the file. It travels alone, so it brings its own; as an attachment it is under no policy of ours.
const LOOK: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}\
    article{border-top:1px solid #8888;padding:.75rem 0}h3{margin:0;font:600 1rem ui-monospace,monospace;overflow-wrap:anywhere}\
    p{margin:.25rem 0}small{opacity:.75}";

/// The dictionary as one page of HTML. Each code is an anchor: `steward-codes.html#429000`.
pub fn html() -> String {
    Owner::new_root(None).with(|| {
        let all: usize = Kind::ALL.into_iter().map(|kind| of(kind).len()).sum();
        let contents = Kind::ALL.map(|kind| {
            let href = format!("#kind-{}", kind.word());
            view! { <li><a href=href>{kind.words()}</a>{format!(" ({})", number(of(kind).len() as u64))}</li> }
        });
        let kinds = Kind::ALL.map(|kind| {
            let entries = of(kind).into_iter().map(article).collect_view();
            view! { <section><h2 id=format!("kind-{}", kind.word())>{kind.words()}</h2>{entries}</section> }
        });
        let head = format!("Steward {}: {}", env!("CARGO_PKG_VERSION"), count(all as u64, "code", "codes"));
        let page = view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{head.clone()}</title>
                    <style>{LOOK}</style>
                </head>
                <body>
                    <h1>{head}</h1>
                    <p>"What each code means and what to do. Search with the browser; nothing else is needed."</p>
                    <ul>{contents.into_iter().collect_view()}</ul>
                    {kinds.into_iter().collect_view()}
                </body>
            </html>
        };
        format!("<!DOCTYPE html>{}", page.to_html())
    })
}

fn article(entry: Entry) -> AnyView {
    let http: Vec<String> = entry.http.iter().map(u16::to_string).collect();
    let http = (!http.is_empty()).then(|| format!("HTTP {} · ", http.join(", ")));
    let line = |word: &'static str, text: Option<&'static str>| {
        text.map(|text| view! { <p><strong>{word}</strong>{text}</p> }.into_any())
    };
    let elsewhere = entry.elsewhere.iter().map(|other| {
        let next = other.next.map(|next| format!(" Next: {next}")).unwrap_or_default();
        let words = format!("{}{next}", other.meaning);
        view! { <p><strong>{format!("For {}: ", other.operations.join(", "))}</strong>{words}</p> }.into_any()
    });
    let name = (!entry.name.is_empty()).then(|| format!("{} · ", entry.name));
    view! {
        <article id=entry.code.clone()>
            <h3>{entry.code.clone()}</h3>
            <p><small>{name} {http} {entry.tone.words()}</small></p>
            <p>{entry.meaning}</p>
            {line("Changed: ", entry.changed)}
            {line("Next: ", entry.next)}
            {line("", entry.again.map(model::codes::Again::words))}
            {elsewhere.collect_view()}
            {line("", entry.source.map(model::codes::Source::words))}
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_hold_every_code_with_its_words_and_need_nothing_else() {
        let (text, html) = (text(None), html());
        for entry in model::dictionary::entries() {
            assert!(
                text.lines().any(|line| line.split(' ').next() == Some(entry.code.as_str())),
                "{}",
                entry.code
            );
            assert!(text.contains(entry.meaning), "{}", entry.code);
            assert!(html.contains(&format!("<article id=\"{}\">", entry.code)), "{}", entry.code);
        }
        for outside in ["<script", "=\"http", "src=", "url("] {
            assert!(!html.contains(outside), "the file asks for something else: {outside}");
        }
    }

    #[test]
    fn one_code_is_told_by_itself() {
        let entry = model::dictionary::find("e_403_usr_svc_2017").unwrap();
        let told = text(Some(&entry));
        assert!(told.starts_with("E_403_USR_SVC_2017") && told.contains("Next: "), "{told}");
        assert!(!told.contains("E_403_USR_SVC_2018"));
    }
}
