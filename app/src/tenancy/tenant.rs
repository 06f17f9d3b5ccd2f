//! The tenant's own page: its record, its terms, and whether a name is free. Drawn on the server.

use leptos::prelude::*;
use model::{
    Problem,
    tenancy::{NameCheck, TenantSheet},
    tenant::Terms,
};

use super::TERMS;
use crate::parts::{
    badges::tenant_badge,
    drawn::{Drawing, Page},
    explained::Beside,
    pairs::{Fact, Pairs, facts},
};

/// Draws the page. `asked` is the name to look up, `checked` what Tableau says of it.
pub fn draw(
    sheet: TenantSheet,
    asked: String,
    checked: Option<Result<NameCheck, Problem>>,
    problem: Option<Problem>,
) -> Page {
    let TenantSheet { tenant, accepted_by, ticket, as_of } = sheet;
    let title = if tenant.name.is_empty() { "Tenant".to_owned() } else { tenant.name.clone() };
    let badge = tenant_badge(&tenant.status);
    let record = facts([
        ("Name", Fact::told(Some(tenant.name))),
        ("Part of addresses", Fact::told(tenant.uri)),
        ("Id", Fact::Code(tenant.id.to_string())),
        ("Status, in Tableau's word", Fact::told(Some(tenant.status.clone()))),
        ("Made", Fact::time(tenant.created, "not told")),
        ("Last changed", Fact::time(tenant.updated, "not told")),
    ]);
    let body = view! {
        {status(&tenant.status)}
        <section class="card" aria-labelledby="record-title">
            <h2 id="record-title">"What Tableau tells"</h2>
            <Pairs facts=record/>
        </section>
        {terms(tenant.terms, accepted_by, ticket.to_string(), problem)}
        {name(asked, checked)}
    };
    Page { title, facts: Drawing::of(badge), as_of: Some(as_of), body: Drawing::of(body), ..Page::default() }
}

/// What a status other than active means.
fn status(status: &str) -> Option<AnyView> {
    let words = match status {
        "Active" | "" => return None,
        "Unknown" => "Tableau says that the status is unknown. That alone has been met on tenants that work.",
        "Locked" => "The tenant is locked. Tableau's support can tell why, and unlock it.",
        "Suspended" => "The tenant is suspended: nobody can use its sites. Tableau's support can tell why.",
        "Merged" => "The tenant was merged into another one. Sign in to that one.",
        "Deleted" => "The tenant is deleted.",
        _ => "This is a word that Steward does not know. Tableau's support can tell what it means.",
    };
    let view = view! {
        <div class="notice warn" role="status"><span aria-hidden="true">"▲"</span><p>{words}</p></div>
    };
    Some(view.into_any())
}

fn terms(terms: Option<Terms>, by: Option<String>, ticket: String, problem: Option<Problem>) -> AnyView {
    let body = match terms {
        Some(terms) if terms.accepted => {
            let who = by.or(terms.by);
            let told = facts([
                ("Accepted by", Fact::told(who)),
                ("Accepted", Fact::time(terms.at, "not told")),
            ]);
            view! { <p>"The terms and conditions are accepted."</p> <Pairs facts=told/> }.into_any()
        }
        Some(_) => accept(ticket, problem),
        None => view! {
            <p class="empty">"Tableau does not say whether the terms and conditions are accepted, so there is nothing to accept here."</p>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="terms-title">
            <h2 id="terms-title">"Terms and conditions"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn accept(ticket: String, problem: Option<Problem>) -> AnyView {
    let wrong = problem.filter(|it| it.field() == Some("checked")).map(|it| it.explain().title);
    view! {
        <div class="notice warn">
            <span aria-hidden="true">"▲"</span>
            <div>
                <p><strong>"The terms and conditions are not accepted."</strong></p>
                <ul class="points">
                    <li>"Whoever accepts them binds the whole organisation, not only themselves."</li>
                    <li>"Tableau writes down who accepted and when, and every cloud administrator can read it."</li>
                    <li>"Acceptance cannot be taken back here; Tableau's API has no call for it."</li>
                    <li>"The text itself is not in the API. Read it in Tableau Cloud Manager before you accept."</li>
                </ul>
            </div>
        </div>
        <form method="post" action=TERMS class="form" aria-label="Accept the terms and conditions">
            <input type="hidden" name="ticket" value=ticket/>
            <div class="field-group">
                <label class="pick">
                    <input type="checkbox" name="checked" value="yes" required aria-describedby="checked-problem"/>
                    <span>"I have read the terms in Tableau Cloud Manager and may accept them for the organisation"</span>
                </label>
                <p class="field-problem" id="checked-problem">{wrong}</p>
            </div>
            <div class="row"><button class="button danger solid" type="submit">"Accept the terms for the whole tenant"</button></div>
        </form>
    }
    .into_any()
}

fn name(asked: String, checked: Option<Result<NameCheck, Problem>>) -> AnyView {
    let told = checked.map(|checked| match checked {
        Ok(check) => {
            let (tone, sign, words) = match check {
                NameCheck::Free => ("good", "✓", "is free: no tenant has this name, or the address made of it."),
                NameCheck::Taken => ("bad", "✕", "is taken: a tenant has this name, or the address made of it."),
                NameCheck::Refused => ("warn", "▲", "is refused. Tableau does not say whether it is taken or cannot be a name."),
                NameCheck::Unfit => ("warn", "▲", "cannot be a name: it takes 1 to 80 characters and no control characters. Tableau was not asked."),
            };
            view! {
                <div class=format!("notice {tone}") role="status">
                    <span aria-hidden="true">{sign}</span>
                    <p><strong class="word">{asked.clone()}</strong>" "{words}</p>
                </div>
            }
            .into_any()
        }
        Err(problem) => view! { <Beside what="The name could not be looked up." problem/> }.into_any(),
    });
    view! {
        <section class="card" aria-labelledby="name-title" id="name">
            <h2 id="name-title">"Is a name for a tenant free?"</h2>
            <form method="get" action="/tenant" class="filters" role="search">
                <label>
                    <span>"Name"</span>
                    <input class="field" type="text" name="name" value=asked required maxlength="200" autocomplete="off"/>
                </label>
                <button class="button" type="submit">"Ask Tableau"</button>
            </form>
            {told}
            <p class="soft">"Steward cannot rename a tenant: Tableau's API has no call for it. This only asks."</p>
        </section>
    }
    .into_any()
}
