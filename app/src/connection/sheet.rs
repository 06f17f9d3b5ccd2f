//! The session, the tokens and the addresses. Drawn on the server.

use leptos::prelude::*;
use model::tenant::{Connection, Token};

use super::addresses::addresses;
use crate::parts::{
    drawn::{Drawing, Page},
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Table},
    text::stretch,
};

/// Draws the page.
pub fn draw(connection: Connection) -> Page {
    let Connection { host, tenant, owner, pretend, session_ends, signin_ends, tokens, tokens_known, .. } =
        connection;
    let world = if pretend {
        "The bundled simulator. Nothing here touches a real tenant."
    } else {
        "A tenant behind the address above. Changes whose address is only inferred stay locked until they are checked."
    };
    let facts = facts([
        ("Tableau Cloud Manager", Fact::Text(host)),
        ("Tenant id", Fact::Code(tenant.to_string())),
        ("Signed in as", Fact::Text(owner)),
        ("Other side", Fact::Text(world.to_owned())),
        ("Session with Tableau ends, and is renewed", Fact::Until(session_ends, connection.as_of)),
        ("Sign-in to Steward ends, or earlier when idle", Fact::Until(signin_ends, connection.as_of)),
    ]);
    let body = view! {
        <section class="card" aria-labelledby="session-title">
            <h2 id="session-title">"Session"</h2>
            <Pairs facts/>
        </section>
        <section class="card" aria-labelledby="tokens-title">
            <h2 id="tokens-title">"Your tokens"</h2>
            <Tokens tokens known=tokens_known as_of=connection.as_of/>
            <p><a href="/tokens">"Make, swap or revoke tokens"</a></p>
        </section>
        {addresses(connection.operations, &connection.ticket.to_string())}
    };
    Page { title: "Connection".to_owned(), body: Drawing::of(body), ..Page::default() }
}

#[component]
fn Tokens(tokens: Vec<Token>, known: bool, as_of: model::Moment) -> impl IntoView {
    if !known {
        return view! { <p class="empty">"Tableau did not answer the question for your tokens. Its address is inferred, so this may stay so; see below."</p> }
            .into_any();
    }
    let several = (tokens.len() > 1).then_some(
        "Tableau does not tell which of them you signed in with, so Steward warns of the earliest end.",
    );
    let rows = tokens
        .into_iter()
        .map(|token| {
            let left = token.ends.map(|ends| stretch(as_of.seconds_until(ends)));
            vec![
                Cell::text(token.name).heads_row(),
                Cell::view(Fact::time(token.issued, "not told").draw()),
                Cell::view(Fact::time(token.ends, "not told").draw()),
                Cell::text(left.unwrap_or_default()).class("num"),
            ]
        })
        .collect();
    let heads = vec![Head::new("Name"), Head::new("Made"), Head::new("Ends"), Head::num("Left")];
    view! {
        {several.map(|words| view! { <p class="soft">{words}</p> })}
        <Table label="Your tokens" heads rows/>
    }
    .into_any()
}
