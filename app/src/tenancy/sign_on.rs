//! How people sign in to the tenant and to its sites, and the tenant's OpenID Connect configuration. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    Problem,
    sign_on::Oidc,
    tenancy::{SignOnSheet, WayRow},
};

use super::{OIDC_CHANGE, OIDC_DELETE};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    explained::Beside,
    pairs::{Fact, Pairs},
    query::text,
    table::{Cell, Head, Row, Table},
};

/// Providers that the vendor knows by name; the first is in its sample, the second inferred.
const PROVIDERS: [&str; 2] = ["Salesforce", "Google"];

/// Draws the page. `problem` is what a form of it ran into; what was typed stands in the address.
pub fn draw(sheet: SignOnSheet, url: &ParamsMap, problem: Option<Problem>) -> Page {
    let SignOnSheet { ways, ways_problem, oidc, oidc_problem, tenant, ticket, as_of } = sheet;
    let ticket = ticket.to_string();
    let rows: Vec<Row> = ways.into_iter().map(draw_way).collect();
    let heads = vec![
        Head::new("Where"),
        Head::new("How"),
        Head::new("Provider or name").class("hide-small"),
        Head::new("In force"),
    ];
    let known = oidc_problem.is_none();
    let body = view! {
        {ways_problem.map(|problem| view! { <Beside what="Tableau did not tell how people sign in." problem/> })}
        <section class="card" aria-labelledby="ways-title">
            <h2 id="ways-title">"Tenant and sites"</h2>
            <Table label="Ways to sign in" caption="The tenant first. A site may take several ways." heads rows/>
            <p class="soft">"How a single site signs people in is changed on that site; Tableau Cloud Manager only tells it."</p>
        </section>
        {oidc_problem.map(|problem| view! { <Beside what="Tableau did not tell its OpenID Connect configuration." problem/> })}
        {known.then(|| configured(oidc.as_ref()))}
        {known.then(|| change(oidc.as_ref(), &tenant, &ticket, url, problem))}
        {oidc.is_some().then(|| delete(&tenant, &ticket))}
    };
    Page {
        title: "Sign-in configuration".to_owned(),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn draw_way(row: WayRow) -> Row {
    let WayRow { site, place, kind, name, enabled } = row;
    let place = match site {
        Some(site) => view! { <a href=format!("/sites/{site}")>{place}</a> }.into_any(),
        None => view! { <strong>{place}</strong> " " <small>"the tenant"</small> }.into_any(),
    };
    let how = match kind.as_str() {
        "" => "not told".to_owned(),
        "OIDC" => "OpenID Connect".to_owned(),
        "SAML" => "SAML".to_owned(),
        "DEFAULT" => "the tenant's default".to_owned(),
        "TABID_WITH_MFA" => "Tableau with MFA".to_owned(),
        other => other.to_owned(),
    };
    let force = match enabled {
        Some(true) => badge("good", "yes".to_owned()),
        Some(false) => badge("", "no".to_owned()),
        None => view! { <span class="soft">"not told"</span> }.into_any(),
    };
    vec![
        Cell::view(place).heads_row().class("word"),
        Cell::text(how),
        Cell::text(name).class("hide-small word"),
        Cell::view(force),
    ]
}

fn configured(oidc: Option<&Oidc>) -> AnyView {
    let body = match oidc {
        None => view! {
            <p class="empty">"The tenant has no OpenID Connect configuration. Its people sign in with Tableau's own accounts, or by SAML, which this API does not change."</p>
        }
        .into_any(),
        Some(oidc) => {
            let mut facts = vec![
                ("Provider".to_owned(), Fact::Text(oidc.provider.clone())),
                ("In force".to_owned(), Fact::Text(if oidc.enabled { "yes" } else { "no" }.to_owned())),
            ];
            if let Some(domain) = &oidc.domain {
                facts.push(("Domain".to_owned(), Fact::Text(domain.clone())));
            }
            let others = oidc.others.iter().map(|(name, value)| (name.clone(), Fact::Text(value.clone())));
            facts.extend(others);
            view! { <Pairs facts/> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="oidc-title">
            <h2 id="oidc-title">"OpenID Connect of the tenant"</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What a change may end, in words.
fn warning() -> AnyView {
    view! {
        <div class="notice bad">
            <span aria-hidden="true">"▲"</span>
            <div>
                <p><strong>"This can lock people out, and Steward too"</strong></p>
                <ul class="points">
                    <li>"It changes how every cloud administrator signs in to Tableau Cloud Manager, at once."</li>
                    <li>"Tableau revokes personal access tokens when the way to sign in changes: yours, and those of other programs."</li>
                    <li>"Steward may then be unable to read back what it did. You would sign in to Tableau Cloud Manager in the browser and make a new token."</li>
                    <li>"Keep somebody signed in to Tableau Cloud Manager in a browser until you have seen that the new way works."</li>
                </ul>
            </div>
        </div>
    }
    .into_any()
}

fn change(
    oidc: Option<&Oidc>,
    tenant: &str,
    ticket: &str,
    url: &ParamsMap,
    problem: Option<Problem>,
) -> AnyView {
    // What was typed before counts; else what there is.
    let came_back = url.get("provider").is_some();
    let or = |name: &str, now: Option<String>| {
        if came_back { text(url, name) } else { now.unwrap_or_default() }
    };
    let provider = or("provider", oidc.map(|oidc| oidc.provider.clone()));
    let domain = or("domain", oidc.and_then(|oidc| oidc.domain.clone()));
    let reason = or("reason", None);
    let enabled =
        if came_back { text(url, "enabled") == "yes" } else { oidc.is_none_or(|oidc| oidc.enabled) };
    let wrong = move |name: &'static str| {
        problem.as_ref().filter(|it| it.field() == Some(name)).map(|it| it.explain().title)
    };
    let (title, button) = match oidc {
        Some(_) => ("Change it", "Change how the tenant signs in"),
        None => ("Make one", "Let the tenant sign in by OpenID Connect"),
    };
    let known = PROVIDERS.map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <section class="card form" aria-labelledby="change-title" id="change">
            <h2 id="change-title">{title}</h2>
            {warning()}
            <form method="post" action=OIDC_CHANGE aria-label="Change the sign-in configuration">
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                {input("provider", "Provider", "As Tableau knows it: Salesforce, or Google (inferred).", provider, wrong("provider"), Some("providers"), true)}
                <datalist id="providers">{known}</datalist>
                {input("domain", "Salesforce domain", "For Salesforce alone, such as login.salesforce.com. Another provider has none.", domain, wrong("domain"), None, false)}
                <label class="pick">
                    <input type="checkbox" name="enabled" value="yes" checked=enabled/>
                    <span>"In force"</span>
                </label>
                <p class="soft">"Only the fields that differ from what Tableau tells now are changed. Everything else goes back as it was read."</p>
                {input("reason", "Reason", "Kept in the audit log. May stay empty.", reason, wrong("reason"), None, false)}
                {confirm("change", tenant, wrong("typed"), wrong("checked"))}
                <button class="button danger solid" type="submit">{button}</button>
            </form>
        </section>
    }
    .into_any()
}

fn delete(tenant: &str, ticket: &str) -> AnyView {
    view! {
        <details class="card help">
            <summary>"Delete the configuration…"</summary>
            <div class="form">
                {warning()}
                <form method="post" action=OIDC_DELETE aria-label="Delete the sign-in configuration">
                    <input type="hidden" name="ticket" value=ticket.to_owned()/>
                    {confirm("delete", tenant, None, None)}
                    <button class="button danger solid" type="submit">{format!("Delete the sign-in configuration of {tenant}")}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn confirm(
    form: &'static str,
    tenant: &str,
    wrong_name: Option<&'static str>,
    wrong_box: Option<&'static str>,
) -> AnyView {
    let id = move |field: &str| format!("{form}-{field}");
    view! {
        <div class="field-group">
            <label class="pick">
                <input type="checkbox" name="checked" value="yes" required aria-describedby=id("checked-problem")/>
                <span>"I can still sign in to Tableau Cloud Manager in a browser if my token is revoked"</span>
            </label>
            <p class="field-problem" id=id("checked-problem")>{wrong_box}</p>
        </div>
        <div class="expected">"To confirm, type or paste the name of the tenant: " <code class="copy">{tenant.to_owned()}</code></div>
        <div class="field-group">
            <label for=id("typed")>"Name of the tenant"</label>
            <input class="field" type="text" id=id("typed") name="typed" required maxlength="200" autocomplete="off"
                aria-describedby=id("typed-problem") aria-invalid=wrong_name.map(|_| "true")/>
            <p class="field-problem" id=id("typed-problem")>{wrong_name}</p>
        </div>
    }
    .into_any()
}

fn input(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    wrong: Option<&'static str>,
    list: Option<&'static str>,
    required: bool,
) -> AnyView {
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <p class="soft" id=format!("{name}-hint")>{hint}</p>
            <input class="field" type="text" id=name name=name value=value required=required list=list maxlength="500"
                autocomplete="off" aria-describedby=format!("{name}-hint {name}-problem")
                aria-invalid=wrong.map(|_| "true")/>
            <p class="field-problem" id=format!("{name}-problem")>{wrong}</p>
        </div>
    }
    .into_any()
}
