//! The form that deposits a credential, and what it will be used for. Each grant carries the fingerprint of what is shown of
//! it, so that nobody agrees to terms that they did not see.

use leptos::prelude::*;
use model::{Moment, SiteId, delegation::Standing};
use operations::{GrantPage, SeenGrant};

use super::{
    fields::{choice, line, sentences, tick, usual_end},
    page::{DEPOSIT, TENANT},
};
use crate::parts::{
    drawn::{Drawing, Page},
    form::step_up_first,
    query::address,
};

/// Draws the form. `chosen` is the grant that one came from; `changed` tells that terms were not those that were shown
/// before: then they are laid open.
pub fn draw(
    grants: Vec<GrantPage>,
    sites: Vec<(SiteId, String)>,
    chosen: &str,
    stale: bool,
    changed: bool,
    now: Moment,
) -> Page {
    let open = |page: &GrantPage| !matches!(page.held.standing, Standing::Revoked | Standing::Expired);
    let open: Vec<GrantPage> = grants.into_iter().filter(open).collect();
    let none = open.is_empty();
    let boxes = open
        .iter()
        .map(|page| {
            let grant = &page.held.delegation;
            let id = grant.id.to_string();
            let ticked = id == chosen;
            let value = SeenGrant { grant: grant.id, terms: page.terms.clone() }.value();
            view! {
                <div>
                    {tick("grants[]", value, format!("{} of {}", grant.name, page.holder), ticked)}
                    <details open=changed><summary>"What it will be used for"</summary>{sentences(page.can.clone())}</details>
                </div>
            }
        })
        .collect_view();
    let mut places = vec![(TENANT.to_owned(), "Tableau Cloud Manager, with the token below".to_owned())];
    let alone = sites.is_empty();
    places.extend(
        sites.into_iter().map(|(site, name)| (site.to_string(), format!("{name}: your connection to it"))),
    );
    let until = usual_end(now);
    let ticket = operations::ticket().to_string();
    let here = address("/grants/deposit", &[("grant", chosen.to_owned())]);
    let places_hint = match alone {
        true => {
            "A connection to a site can be deposited as well, once you have connected that site yourself."
        }
        false => "Of the sites, those are listed that you connected yourself.",
    };
    let body = view! {
        <p class="lead">
            "A deposit is your consent: the named grants work by your credential, and Tableau sees your token. It stays sealed, nobody reads it again, and every change stands in the audit log under the name of whoever made it."
        </p>
        {none.then(|| view! { <p class="notice warn"><span aria-hidden="true">"▲"</span><span>"There is no grant to deposit anything for. " <a href="/grants">"Give one"</a> " first."</span></p> })}
        {stale.then(|| step_up_first(&here))}
        <form class="card form roomy" method="post" action=DEPOSIT>
            <input type="hidden" name="ticket" value=ticket/>
            <fieldset><legend>"For these grants, and no others"</legend>{boxes}</fieldset>
            <p class="soft">{places_hint}</p>
            {choice("site", "What is deposited", TENANT, places)}
            <div class="field-group">
                <label for="token">"Token of Tableau Cloud Manager"</label>
                <p class="soft" id="token-hint">"A personal access token of your own, made for this alone. Leave it empty for a site. It is tried at once and kept only if it opens this tenant for you."</p>
                <input class="field" type="password" id="token" name="token" maxlength="4096" autocomplete="off" aria-describedby="token-hint"/>
            </div>
            {line("date", "until", "Last day", "Nothing is sent by it afterwards, and the token is erased.", until, true)}
            <button class="button first" type="submit">"Deposit it"</button>
        </form>
    };
    Page {
        title: "Deposit a credential".to_owned(),
        above: vec![("Grants".to_owned(), "/grants".to_owned())],
        body: Drawing::of(body),
        ..Page::default()
    }
}
