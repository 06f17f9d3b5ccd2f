//! One site's connection: how it stands, and the form that makes it. Drawn on the server.

use leptos::prelude::*;
use model::{
    Problem,
    site_connections::{ConnectSheet, IDLE_DAYS, SiteConnection, Standing},
};

use super::parts::{CONNECT, DISCONNECT, LISTS, RETRY, above, standing};
use crate::parts::{
    drawn::{Drawing, Page},
    form::TextField,
    pairs::{Fact, Pairs, facts},
};

/// A pretend token that the demo offers: its name and its secret.
pub type Offered = Option<(String, String)>;

/// Draws the page. `problem` is what the form ran into; `offered` a token of the demo.
pub fn draw(sheet: ConnectSheet, problem: Option<Problem>, offered: Offered) -> Page {
    let ConnectSheet { row, base_url, ticket, as_of } = sheet;
    let site = row.site;
    let now = row.connection.as_ref().map(|connection| connection.standing(as_of));
    let title = if row.connection.is_some() {
        format!("Connection to {}", row.name)
    } else {
        format!("Connect {}", row.name)
    };
    let ways = row.connection.is_some().then(|| {
        let links = LISTS
            .map(|(part, words)| view! { <a href=format!("/sites/{site}/{part}")>{words}</a> }.into_any())
            .collect_view();
        view! { <nav class="tabs" aria-label="Parts of this site">{links}</nav> }
    });
    let known = row.connection.map(|connection| stands(connection, ticket.to_string(), as_of));
    let body = view! {
        {ways}
        {known}
        {form(site.to_string(), &row.name, ticket.to_string(), base_url, problem, now.is_some())}
        {offered.map(|(name, secret)| offer(name, secret))}
        {help()}
    };
    Page {
        title,
        above: above(site, &row.name, None),
        facts: Drawing::of(standing(now)),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn stands(connection: SiteConnection, ticket: String, as_of: model::Moment) -> AnyView {
    let how = connection.standing(as_of);
    let expires = match connection.expires {
        Some(at) => Fact::Until(at, as_of),
        None => Fact::None("not known: Tableau does not tell, and nobody typed it in"),
    };
    let role = if connection.role.is_empty() { "not told".to_owned() } else { connection.role.clone() };
    let facts = facts([
        ("Token", Fact::Text(connection.token_name.clone())),
        ("Signed in as", Fact::Text(format!("{} ({role})", connection.who))),
        ("Address", Fact::Text(connection.host.clone())),
        ("Version of the API", Fact::Text(connection.version.clone())),
        ("Connected", Fact::Time(connection.connected)),
        ("Last used to sign in", Fact::Time(connection.used)),
        ("Lapses when nobody uses it", Fact::Until(connection.lapses(), as_of)),
        ("Token ends", expires),
    ]);
    let said = match how {
        Standing::Contested => Some(
            "Something else signed in with this token: Tableau ended Steward's session twice within minutes. Steward stopped, so that the two do not end each other's sessions all the time. Give Steward a token of its own, or stop the other program and try again.",
        ),
        Standing::Refused => {
            Some("Tableau refuses this token. It may have been revoked, or the site is suspended.")
        }
        Standing::Expired => Some("This token has run out, or lapsed because nobody used it."),
        Standing::EndsSoon => Some("This token ends within days."),
        Standing::Connected => None,
    };
    let surprised = connection.surprised.filter(|at| at.seconds() > 0 && how == Standing::Connected).map(|at| {
        view! { <p class="soft">{format!("Its session was ended from outside on {at}, and opened again.")}</p> }
    });
    let again = matches!(how, Standing::Contested | Standing::Refused | Standing::Expired).then(|| {
        view! {
            <form method="post" action=RETRY>
                <input type="hidden" name="site" value=connection.site.to_string()/>
                <button class="button first" type="submit">"Try this token again"</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="stands-title">
            <h2 id="stands-title">"How it stands"</h2>
            {said.map(|words| view! { <p class="notice warn"><span aria-hidden="true">"▲"</span><span>{words}</span></p> })}
            <Pairs facts/>
            {surprised}
            <div class="row">
                {again}
                <form method="post" action=DISCONNECT>
                    <input type="hidden" name="site" value=connection.site.to_string()/>
                    <input type="hidden" name="ticket" value=ticket/>
                    <button class="button danger" type="submit">"Disconnect and erase the token"</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn form(
    site: String,
    name: &str,
    ticket: String,
    base_url: Option<String>,
    problem: Option<Problem>,
    again: bool,
) -> AnyView {
    let problem = Signal::stored(problem);
    let heading = if again { "Connect with another token" } else { "Connect with a token of this site" };
    let place = match base_url {
        Some(url) => format!("It is sent to {url} alone, which Tableau Cloud Manager names for this site."),
        None => "Tableau Cloud Manager tells no address for this site, so it cannot be connected.".to_owned(),
    };
    let wrong = move |name: &'static str| {
        problem.with(|problem| {
            problem.as_ref().filter(|it| it.field() == Some(name)).map(|it| it.explain().title)
        })
    };
    view! {
        <section class="card form" aria-labelledby="connect-title">
            <h2 id="connect-title">{heading}</h2>
            <form method="post" action=CONNECT aria-label=format!("Connect {name}")>
                <input type="hidden" name="site" value=site/>
                <input type="hidden" name="ticket" value=ticket/>
                <TextField name="token_name" label="Token name" hint="As Tableau showed it when the token was made." longest=200 problem/>
                <div class="field-group">
                    <label for="token">"Token secret"</label>
                    <p class="soft" id="token-hint">{place}</p>
                    <input
                        class="field"
                        type="password"
                        id="token"
                        name="token"
                        required
                        maxlength="1000"
                        autocomplete="off"
                        aria-describedby="token-hint token-problem"
                        aria-invalid=wrong("token").map(|_| "true")
                    />
                    <p class="field-problem" id="token-problem">{wrong("token")}</p>
                </div>
                <div class="field-group">
                    <label for="expires">"Ends on"</label>
                    <p class="soft" id="expires-hint">"If you know it. Tableau shows the day beside the token, and tells it to nobody else."</p>
                    <input class="field" type="date" id="expires" name="expires" aria-describedby="expires-hint"/>
                </div>
                <button class="button first" type="submit">{format!("Connect {name}")}</button>
            </form>
            <p class="soft">"The token is tried at once. If the site accepts it, it is kept sealed for you alone, until you disconnect the site."</p>
        </section>
    }
    .into_any()
}

fn offer(name: String, secret: String) -> AnyView {
    view! {
        <section class="notice info" aria-labelledby="offer-title">
            <span aria-hidden="true">"★"</span>
            <div>
                <h2 id="offer-title">"This is the demo"</h2>
                <p>"A pretend token of this site: name " <code class="copy">{name}</code> ", secret " <code class="copy">{secret}</code></p>
            </div>
        </section>
    }
    .into_any()
}

fn help() -> AnyView {
    let lapse = format!(
        "Tableau ends a token that nobody uses for {IDLE_DAYS} days, and every token after a year at most."
    );
    view! {
        <details class="card help">
            <summary>"Where do I get a token of a site?"</summary>
            <p>
                "Sign in to the site itself as somebody who administers it, open “My Account Settings” and make a personal access token. A cloud administrator has no access to a site before giving themselves a role on it."
            </p>
            <p>
                "Make a token for Steward alone: Tableau keeps one session for each token, so a token that another program uses too is signed out all the time. " {lapse}
            </p>
        </details>
    }
    .into_any()
}
