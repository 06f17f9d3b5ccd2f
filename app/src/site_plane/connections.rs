//! All sites, and whether the API of each is open to the person who looks. Drawn on the server.

use leptos::prelude::*;
use model::site_connections::{SiteConnectionRow, SiteConnections};

use super::parts::standing;
use crate::parts::{
    badges::site_badge,
    drawn::{Drawing, Page},
    table::{Cell, Head, Row, Table},
    text::{count, stretch},
};

/// Draws the list.
pub fn draw(found: SiteConnections) -> Page {
    let open = found.rows.iter().filter(|row| row.connection.is_some()).count() as u64;
    let caption =
        format!("{} of {} connected by you.", open, count(found.rows.len() as u64, "site", "sites"));
    let now = found.as_of;
    let rows = found.rows.into_iter().map(|row| draw_row(row, now)).collect();
    let heads = vec![
        Head::new("Site"),
        Head::new("Connection"),
        Head::new("As").class("hide-small"),
        Head::new("Ends at the latest").class("hide-small"),
        Head::view(view! { <span class="hidden">"Change"</span> }),
    ];
    let body = view! {
        <section class="card" aria-labelledby="sites-title">
            <h2 id="sites-title">"Sites"</h2>
            <p class="soft">
                "Groups, group sets and a site's own users are only in the API of that site, which wants a personal access token made on it. Each connection is yours alone: nobody else acts with your token."
            </p>
            <Table label="Connections of sites" caption heads rows/>
        </section>
    };
    Page {
        title: "Connected sites".to_owned(),
        above: vec![("Connection".to_owned(), "/connection".to_owned())],
        as_of: Some(now),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn draw_row(row: SiteConnectionRow, now: model::Moment) -> Row {
    let SiteConnectionRow { site, name, status, connection } = row;
    let how = standing(connection.as_ref().map(|connection| connection.standing(now)));
    let who = connection.as_ref().map(|connection| connection.who.clone()).unwrap_or_default();
    let ends = connection.as_ref().map(|connection| {
        let left = now.seconds_until(connection.ends());
        if left > 0 {
            format!("{} (in {})", connection.ends().day(), stretch(left))
        } else {
            connection.ends().day()
        }
    });
    let verb = if connection.is_some() { "Look at it" } else { "Connect" };
    let label = format!("{verb}: {name}");
    let suspended = (status.word() != "Active").then(|| site_badge(&status));
    vec![
        Cell::view(view! { <a href=format!("/sites/{site}")>{name}</a> " " {suspended} }).heads_row(),
        Cell::view(how),
        Cell::text(who).class("hide-small word"),
        Cell::text(ends.unwrap_or_default()).class("hide-small"),
        Cell::view(
            view! { <a class="button" href=format!("/sites/{site}/connect") aria-label=label>{verb}</a> },
        ),
    ]
}
