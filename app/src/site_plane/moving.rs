//! Moving the saved credentials of a user to another connected site: where to, then one press for both steps, then what
//! became of each. Drawn on the server.

use leptos::prelude::*;
use model::{
    Problem, ProblemCode,
    site_plane::{MoveSheet, MoveTarget, RETRIEVE, UPLOAD},
};

use super::parts::{MOVE, above, head, whose};
use crate::parts::{
    drawn::{Drawing, Page},
    table::{Cell, Head, Row, Table},
};

/// Draws the page. `problem` is what the move ran into, `moved` whether it just went well.
pub fn draw(sheet: MoveSheet, problem: Option<Problem>, moved: bool) -> Page {
    let site = sheet.head.site;
    let name = sheet.user.shown_name().to_owned();
    let (top, whose) = (head(&sheet.head, "users"), whose(&sheet.head));
    let mut above = above(site, &sheet.head.name, Some("users"));
    above.push((name.clone(), format!("/sites/{site}/users/{}", sheet.user.id)));
    let chosen = sheet.to.and_then(|to| sheet.targets.iter().find(|target| target.site == to));
    let steps = steps(&sheet, chosen, problem.as_ref(), moved);
    let below = match chosen {
        None => choose(&sheet),
        Some(target) if moved => over(&sheet, target),
        Some(target) => go(&sheet, target),
    };
    let body = view! {
        {top}
        {steps}
        {below}
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

/// A step: its class, its words, and what became of it.
type Step = (&'static str, String, String);

/// The three steps with what became of each.
fn steps(sheet: &MoveSheet, chosen: Option<&MoveTarget>, problem: Option<&Problem>, moved: bool) -> AnyView {
    let to = chosen.map_or("the other site", |target| &target.name);
    let failed_at = problem.and_then(|problem| problem.about.as_deref());
    let said = |problem: Option<&Problem>| problem.map(|problem| problem.explain().title).unwrap_or_default();
    let (retrieve, upload): ((&str, String), (&str, String)) = match (moved, failed_at) {
        (true, _) => (("", "Done".to_owned()), ("", "Done: the site took them".to_owned())),
        (false, Some(RETRIEVE)) => {
            (("now", format!("Not done: {}", said(problem))), ("todo", "Not begun".to_owned()))
        }
        (false, Some(UPLOAD)) => {
            let lost = problem.is_some_and(|problem| problem.code == ProblemCode::FateUnknown);
            let word = if lost { "Not known" } else { "Not done" };
            (("", "Done, and dropped again".to_owned()), ("now", format!("{word}: {}", said(problem))))
        }
        (false, _) => (("todo", "Not begun".to_owned()), ("todo", "Not begun".to_owned())),
    };
    let first = if chosen.is_some() { ("", to.to_owned()) } else { ("now", "Choose below".to_owned()) };
    let steps: [Step; 3] = [
        (first.0, "1. Where to".to_owned(), first.1),
        (retrieve.0, format!("2. Retrieve from {}", sheet.head.name), retrieve.1),
        (upload.0, format!("3. Upload to {to}"), upload.1),
    ];
    let each = steps
        .map(|(class, words, note)| {
            view! { <li class=class><strong>{words}</strong><small>{note}</small></li> }.into_any()
        })
        .collect_view();
    view! { <ol class="steps" aria-label="Steps of the move">{each}</ol> }.into_any()
}

/// The first step: the connected sites that they could go to.
fn choose(sheet: &MoveSheet) -> AnyView {
    let path = format!("/sites/{}/users/{}/move", sheet.head.site, sheet.user.id);
    let rows: Vec<Row> = sheet
        .targets
        .iter()
        .map(|target| {
            let last = match &target.there {
                Ok(true) => view! { <a class="button" href=format!("{path}?to={}", target.site)>{format!("To {}", target.name)}</a> }.into_any(),
                Ok(false) => view! { <span class="soft">"They are not on this site."</span> }.into_any(),
                Err(problem) => view! { <span class="soft">{problem.explain().title}</span> }.into_any(),
            };
            vec![Cell::text(target.name.clone()).heads_row(), Cell::view(last)]
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
    view! {
        <section class="card" aria-labelledby="move-title">
            <h2 id="move-title">"Where to"</h2>
            <p class="soft">
                "Saved credentials are the passwords that a person stored in Tableau for data sources. Both sites must be connected by you, and the person must be on both."
            </p>
            {table}
        </section>
    }
    .into_any()
}

/// The second and third step: one press, because nothing is kept between them.
fn go(sheet: &MoveSheet, target: &MoveTarget) -> AnyView {
    let (from, to) = (sheet.head.name.clone(), target.name.clone());
    let path = format!("/sites/{}/users/{}/move", sheet.head.site, sheet.user.id);
    let body = match &target.there {
        Ok(true) => view! {
            <form method="post" action=MOVE aria-label="Move saved credentials">
                <input type="hidden" name="site" value=sheet.head.site.to_string()/>
                <input type="hidden" name="user" value=sheet.user.id.to_string()/>
                <input type="hidden" name="to" value=target.site.to_string()/>
                <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                <div class="row">
                    <a class="button" href=path>"Another site"</a>
                    <button class="button first" type="submit">"Retrieve and upload"</button>
                </div>
            </form>
        }
        .into_any(),
        Ok(false) => {
            view! { <p class="empty">"They are not on this site. " <a href=path>"Another site"</a></p> }
                .into_any()
        }
        Err(problem) => {
            view! { <p class="empty">{problem.explain().title} ". " <a href=path>"Another site"</a></p> }
                .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="go-title">
            <h2 id="go-title">{format!("From {from} to {to}")}</h2>
            <ul class="plain">
                <li>{format!("{from} gives them sealed for {to} alone; it keeps its own.")}</li>
                <li>{format!("{to} puts them in the place of what it holds for the same connections.")}</li>
                <li>"Steward passes them on in one go and keeps, logs and shows nothing of them. So both steps are one press."</li>
            </ul>
            {body}
        </section>
    }
    .into_any()
}

fn over(sheet: &MoveSheet, target: &MoveTarget) -> AnyView {
    let here = format!("/sites/{}/users/{}", sheet.head.site, sheet.user.id);
    let again = format!("{here}/move");
    let words = format!(
        "No call tells which credentials a site holds, so {} cannot be asked again: it is its own word that it took them. The person sees them in the settings of their account there.",
        target.name,
    );
    view! {
        <section class="card" aria-labelledby="over-title">
            <h2 id="over-title">"Both steps are done"</h2>
            <p>{words}</p>
            <div class="row">
                <a class="button" href=again>"Move them to another site"</a>
                <a class="button first" href=here>"Back to the person"</a>
            </div>
        </section>
    }
    .into_any()
}
