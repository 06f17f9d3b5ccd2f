//! What the form of a grant would give, before anything is kept; or which part of it is wrong.

use leptos::prelude::*;
use model::{Problem, ProblemCode};
use operations::GrantPage;

use super::fields::sentences;
use crate::parts::explained::Beside;

/// What became of a look at the form, or of sending it.
pub enum Look {
    /// It would give this.
    Means(Box<GrantPage>),
    /// Something in it is wrong.
    Wrong(Problem),
    /// It was sent and refused; the page says why above everything else.
    Refused(Problem),
}

/// What the form would give, drawn above it; nothing of it is kept.
pub fn looked(look: Look) -> AnyView {
    match look {
        Look::Means(page) => {
            let title = format!("What {} means for {}", page.held.delegation.name, page.holder);
            view! {
                <section class="card" aria-labelledby="means-title" data-testid="means">
                    <h2 id="means-title">{title}</h2>
                    <p class="soft">"Nothing is kept yet. The form below holds what you typed."</p>
                    <h3>"The holder can"</h3>
                    {sentences(page.can)}
                    <h3>"The holder cannot, or not alone"</h3>
                    {sentences(page.cannot)}
                </section>
            }
            .into_any()
        }
        Look::Wrong(problem) => {
            let part = pointed(&problem);
            view! { <Beside what="Nothing is kept, and what you typed is still in the form." problem/> {part} }
                .into_any()
        }
        Look::Refused(problem) => pointed(&problem),
    }
}

/// Points to the part of the form that a problem is about.
fn pointed(problem: &Problem) -> AnyView {
    let part = problem.about.as_deref().and_then(part_of).filter(|_| problem.code == ProblemCode::FieldWrong);
    let where_it_is = part.map(|part| format!(" Look at “{part}”.")).unwrap_or_default();
    view! {
        <p class="notice info" role="status">
            <span aria-hidden="true">"★"</span>
            <span>{format!("What you typed is still in the form below.{where_it_is}")}</span>
        </p>
    }
    .into_any()
}

/// The part of the form that a problem is about, as its heading has it.
fn part_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "account" => "Held by",
        "name" => "Name",
        "verbs" => "What the holder can do",
        "sites" => "On which sites",
        "people" => "For whom",
        "domains" => "E-mail domains",
        "groups" => "Members of groups",
        "named" => "Single people",
        "managed" => "Which groups may be changed",
        "ceiling" => "Gives roles up to, and touches people up to",
        "rows_in_plan" => "Rows in one plan",
        "rows_in_hour" => "Rows within an hour",
        "seats_in_plan" => "Seats that one plan takes",
        "marks" => "What somebody else has to approve",
        "ticket" => "A ticket in that reason",
        "days" | "hours_from" | "hours_until" | "zone" => "At which hours",
        "networks" => "From which networks",
        "until" => "Last day",
        _ => return None,
    })
}
