//! The page of the doctor. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId,
    doctor::{Outcome, Report, ServerFound, SiteFound, Tally, Tried},
    explain,
    vendor::{Certainty, Effect, OperationRow},
};

use super::{problems::problems, told, unlock};
use crate::parts::{
    badges::badge,
    code::code_link,
    drawn::{Drawing, Page},
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Row, Table},
    text::count,
};

/// Draws the page: what would be tried, or what a round found. Each form gets a ticket of its own.
pub fn draw(report: Option<&Report>, addresses: Vec<OperationRow>, ticket: fn() -> ActId) -> Page {
    let (changes, reads): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|row| row.effect == Effect::Change);
    let body = match report {
        None => view! { {button("Try everything")} {not_yet(reads)} }.into_any(),
        Some(report) => view! { {summary(report)} {problems(report)} {found(report)} }.into_any(),
    };
    let body = view! { {body} {unlock::changes(changes, ticket)} };
    Page {
        title: "Connection doctor".to_owned(),
        above: vec![("Connection".to_owned(), "/connection".to_owned())],
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// The button that starts a round. It only reads, so a form that gets is enough, and the page of a round can be reloaded.
fn button(words: &'static str) -> AnyView {
    view! {
        <section class="card" aria-labelledby="start-title">
            <h2 id="start-title">"Try every read"</h2>
            <p>
                "Steward asks Tableau every question it knows that changes nothing, one after the other: those of Tableau Cloud Manager, the versions of your sites' servers, and of each site that you connected the site, one page of users and one page of groups."
            </p>
            <form method="get" action="/doctor" class="lead-out">
                <input type="hidden" name="try" value="now"/>
                <button class="button first" type="submit">{words}</button>
            </form>
            <p class="soft lead-out">"This takes some seconds, and 40 at most. Nothing in Tableau is changed."</p>
        </section>
    }
    .into_any()
}

fn not_yet(reads: Vec<OperationRow>) -> AnyView {
    let rows = reads.into_iter().map(|row| {
        vec![Cell::view(name(&row)).heads_row(), Cell::view(address(&row)), Cell::view(known(&row))]
    });
    let rows = rows.collect();
    let heads = vec![Head::new("Operation"), Head::new("Address"), Head::new("Known")];
    view! {
        <section class="card" aria-labelledby="reads-title">
            <h2 id="reads-title">"What will be asked of Tableau Cloud Manager"</h2>
            <Table label="Operations that read" heads rows/>
        </section>
    }
    .into_any()
}

fn summary(report: &Report) -> AnyView {
    let (tone, verdict) = told::verdict(report);
    let mark = if tone == "good" { "✓" } else { "▲" };
    let clocks =
        report.ahead.map(explain::clocks).filter(|_| report.ahead.is_some_and(|ahead| ahead.abs() > 5));
    let versions = versions(&report.servers);
    let facts = facts([
        ("Tableau Cloud Manager", Fact::Text(report.host.clone())),
        ("Tried", Fact::Text(began(report))),
        (
            "Clocks",
            Fact::View(
                view! { {told::clocks(report.ahead)} {clocks.map(|words| view! { <p>{words}</p> })} }
                    .into_any(),
            ),
        ),
        ("Limits", Fact::Text(told::limits(&report.limits))),
        ("Pace", Fact::Text(told::pace(&report.limits))),
        ("Versions of the API", Fact::Text(versions)),
    ]);
    view! {
        <div class=format!("notice {tone}") role="status">
            <span aria-hidden="true">{mark}</span>
            <div><p><strong>{verdict}</strong></p></div>
        </div>
        <section class="card" aria-labelledby="summary-title">
            <h2 id="summary-title">"Summary"</h2>
            <Pairs facts/>
            <form method="get" action="/doctor" class="lead-out">
                <input type="hidden" name="try" value="now"/>
                <button class="button first" type="submit">"Try everything again"</button>
            </form>
        </section>
    }
    .into_any()
}

fn began(report: &Report) -> String {
    let took = format!("{}.{} s", report.milliseconds / 1_000, report.milliseconds % 1_000 / 100);
    let beyond = match report.beyond {
        0 => String::new(),
        beyond => {
            format!("; {} beyond one round", count(beyond, "server or site is", "servers and sites are"))
        }
    };
    format!("{}, within {took}, one question after the other{beyond}", report.began)
}

fn versions(servers: &[ServerFound]) -> String {
    let sites: Vec<String> = servers
        .iter()
        .filter_map(|server| {
            let versions = server.versions.as_ref()?;
            Some(format!("{}: {}, spoken {}", server.host, versions.highest, versions.spoken))
        })
        .collect();
    let sites =
        if sites.is_empty() { "no server of a site told its version".to_owned() } else { sites.join("; ") };
    format!("Sites – {sites}. Tableau Cloud Manager tells no version; it is in each address.")
}

fn found(report: &Report) -> AnyView {
    let sites = report.sites.iter().map(site).collect_view();
    let none = report.sites.is_empty().then(|| {
        view! {
            <section class="card" aria-labelledby="none-title">
                <h2 id="none-title">"Connected sites"</h2>
                <p class="empty">"You have connected no site, so none was tried. " <a href="/connection/sites">"Connect one"</a></p>
            </section>
        }
    });
    view! {
        {tries("Tableau Cloud Manager", "manager", report.manager.iter().map(|tried| (None, tried)).collect())}
        {servers(&report.servers)}
        {sites}
        {none}
    }
    .into_any()
}

fn servers(servers: &[ServerFound]) -> Option<AnyView> {
    if servers.is_empty() {
        return None;
    }
    let rows = servers.iter().map(|server| (Some(server.host.clone()), &server.tried)).collect();
    Some(tries("Servers of sites", "servers", rows))
}

fn site(found: &SiteFound) -> AnyView {
    let title = format!("Site {}, version {}", found.name, found.version);
    tries(&title, &format!("site-{}", found.site), found.tries.iter().map(|tried| (None, tried)).collect())
}

/// One table of tries; a word before the operation says where.
fn tries(title: &str, id: &str, found: Vec<(Option<String>, &Tried)>) -> AnyView {
    let tally = told::tally(Tally::of(found.iter().map(|(_, tried)| *tried)));
    let rows = found.into_iter().map(|(place, tried)| row(place, tried)).collect();
    let heads = vec![
        Head::new("Operation"),
        Head::new("Address").class("hide-small"),
        Head::new("Known").class("hide-small"),
        Head::new("Answer"),
        Head::new("What it told, or what to do"),
    ];
    let id = format!("{id}-title");
    view! {
        <section class="card" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title.to_owned()} <small>{tally}</small></h2>
            <Table label=title.to_owned() class="rows" heads rows/>
        </section>
    }
    .into_any()
}

fn row(place: Option<String>, tried: &Tried) -> Row {
    let (tone, word) = told::ending(&tried.outcome);
    let (said, next) = told::words(tried);
    let next = next.map(|next| view! { " " <strong>"Next: "</strong> {next} }.into_any());
    let codes = match &tried.outcome {
        Outcome::Failed(code, said) => {
            let theirs = said.clone().map(|said| view! { " · Tableau: " {code_link(said)} }.into_any());
            Some(view! { <small>{code_link(code.word())} {theirs}</small> }.into_any())
        }
        _ => None,
    };
    let proof = tried.proves_itself().then(|| badge("good", "and it answers".to_owned()));
    let place = place.map(|place| view! { <small>{place}</small> }.into_any());
    vec![
        Cell::view(view! { {name(&tried.operation)} {place} }).heads_row(),
        Cell::view(address(&tried.operation)).class("hide-small"),
        Cell::view(view! { {known(&tried.operation)} " " {proof} }).class("hide-small"),
        Cell::view(view! { {badge(tone, word.to_owned())} <small>{told::figures(tried)}</small> }),
        Cell::view(view! { <p>{said} {next}</p> {codes} }).class("told"),
    ]
}

/// The name of an operation.
pub fn name(row: &OperationRow) -> AnyView {
    view! { <code>{row.name.clone()}</code> }.into_any()
}

/// Method and path.
pub fn address(row: &OperationRow) -> AnyView {
    view! { <code class="word">{format!("{} {}", row.method, row.path)}</code> }.into_any()
}

/// What is known of an address.
pub fn known(row: &OperationRow) -> AnyView {
    match (row.certainty, row.overridden) {
        (_, true) => badge("info", "from your settings".to_owned()),
        (Certainty::Confirmed, _) => badge("good", "confirmed".to_owned()),
        (Certainty::Inferred, _) => badge("warn", "inferred".to_owned()),
    }
}
