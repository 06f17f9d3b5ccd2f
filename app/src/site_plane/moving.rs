//! Moving the saved credentials of a user to another connected site. Drawn on the server.

use leptos::prelude::*;
use model::site_plane::MoveSheet;

use super::parts::{MOVE, above, head, whose};
use crate::parts::{
    drawn::{Drawing, Page},
    table::{Cell, Head, Row, Table},
};

/// Draws the page that moves saved credentials.
pub fn draw(sheet: MoveSheet) -> Page {
    let site = sheet.head.site;
    let name = sheet.user.shown_name().to_owned();
    let (top, whose) = (head(&sheet.head, "users"), whose(&sheet.head));
    let mut above = above(site, &sheet.head.name, Some("users"));
    above.push((name.clone(), format!("/sites/{site}/users/{}", sheet.user.id)));
    let (site, user, ticket) = (site.to_string(), sheet.user.id.to_string(), sheet.ticket.to_string());
    let rows: Vec<Row> = sheet
        .targets
        .into_iter()
        .map(|target| {
            let last = match target.there {
                Ok(true) => view! {
                    <form method="post" action=MOVE aria-label=format!("Move to {}", target.name)>
                        <input type="hidden" name="site" value=site.clone()/>
                        <input type="hidden" name="user" value=user.clone()/>
                        <input type="hidden" name="to" value=target.site.to_string()/>
                        <input type="hidden" name="ticket" value=ticket.clone()/>
                        <button class="button" type="submit">{format!("Move to {}", target.name)}</button>
                    </form>
                }
                .into_any(),
                Ok(false) => view! { <span class="soft">"They are not on this site."</span> }.into_any(),
                Err(problem) => view! { <span class="soft">{problem.explain().title}</span> }.into_any(),
            };
            vec![Cell::text(target.name).heads_row(), Cell::view(last)]
        })
        .collect();
    let table = if rows.is_empty() {
        view! {
            <p class="empty">"No other site is connected. " <a href="/connection/sites">"Connect the site they go to"</a></p>
        }
        .into_any()
    } else {
        let heads = vec![Head::new("Site"), Head::new("Move")];
        view! { <Table label="Connected sites" heads rows/> }.into_any()
    };
    let body = view! {
        {top}
        <section class="card" aria-labelledby="move-title">
            <h2 id="move-title">"Where to"</h2>
            <p class="soft">
                "Saved credentials are the passwords that a person stored in Tableau for data sources. The other site gets them sealed as Tableau gives them; Steward passes them on and keeps, logs and shows nothing of them. What the other site holds already for the same connections is replaced."
            </p>
            {table}
        </section>
    };
    Page {
        title: format!("Move saved credentials of {name}"),
        above,
        facts: Drawing::of(whose),
        as_of: Some(sheet.as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}
