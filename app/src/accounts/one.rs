//! One account, as the owner sees it, and everybody's own. Drawn on the server.

use leptos::prelude::*;
use model::{
    AccountId, ActId, Moment,
    accounts::{AccountRow, AccountSheet, Factors, Kind, Member, Standing},
};

use super::{
    list::standing,
    page::{AGAIN, CODES, LINK, PASSWORD, REACTIVATE, REMOVE, REVOKE, SUSPEND},
    passkeys::{passkeys, words_of},
    signins::sign_ins,
};
use crate::parts::{
    drawn::{Drawing, Page},
    form::step_up_first,
    pairs::{Fact, Pairs, facts},
    text::{Time, count},
};

/// Recovery codes below which one is warned.
const FEW_CODES: u64 = 3;

/// What every form about an account carries.
#[derive(Clone, Copy)]
struct Of {
    account: AccountId,
    ticket: ActId,
}

/// Draws an account for the owner.
pub fn draw(sheet: AccountSheet) -> Page {
    let AccountSheet { row, member, joined, sign_ins: found, factors, is_you, stale, ticket, now, .. } =
        sheet;
    let of = Of { account: row.id, ticket };
    let title = row.name.clone();
    let here = format!("/accounts/{}", row.id);
    let told = told(&row, member.as_ref(), joined, &factors, now);
    let linked = member.as_ref().map(|member| link(member, of));
    let acts = acts(&row, is_you, of);
    let body = view! {
        <section class="card"><Pairs facts=told/></section>
        {sign_ins(found, row.id, ticket, now)}
        {(stale && (linked.is_some() || acts.is_some())).then(|| step_up_first(&here))}
        {linked}
        {acts}
    };
    let above = vec![("Accounts".to_owned(), "/accounts".to_owned())];
    Page { title, above, body: Drawing::of(body), ..Page::default() }
}

/// Draws the caller's own account. `given` tells whether they were given anything.
pub fn draw_own(sheet: AccountSheet, given: bool) -> Page {
    let AccountSheet { row, member, joined, sign_ins: found, factors, stale, ticket, now, .. } = sheet;
    let nothing = (!given).then(|| {
        view! {
            <section class="notice info" aria-labelledby="nothing-title">
                <span aria-hidden="true">"★"</span>
                <div>
                    <h2 id="nothing-title">"Nothing was given to you yet"</h2>
                    <p>"Your account is ready. What you may see and do here is given by a cloud administrator of your tenant; ask them."</p>
                </div>
            </section>
        }
    });
    let told = told(&row, member.as_ref(), joined, &factors, now);
    let own = member.is_some().then(|| {
        view! {
            {password(ticket)}
            {passkeys(&factors, stale, ticket)}
            {codes(factors.codes, stale, ticket)}
        }
    });
    let body = view! {
        {nothing}
        <section class="card"><Pairs facts=told/></section>
        {sign_ins(found, row.id, ticket, now)}
        {own}
    };
    Page { title: "Your account".to_owned(), body: Drawing::of(body), ..Page::default() }
}

fn told(
    row: &AccountRow,
    member: Option<&Member>,
    joined: Option<(Moment, String)>,
    factors: &Factors,
    now: Moment,
) -> Vec<(String, Fact)> {
    let kind = match row.kind {
        Kind::Administrator => "Cloud administrator, with a token of their own",
        Kind::Member => "Invited person, without a token",
    };
    let mut told = facts([
        ("Name", Fact::Text(row.name.clone())),
        ("Kind", Fact::Text(kind.to_owned())),
        ("Standing", Fact::View(standing(row, now))),
        ("Last signed in", Fact::time(row.seen, "never")),
    ]);
    if let Some(member) = member {
        let used = match joined {
            Some((at, from)) => {
                let from = from.split_once("from ").map(|(_, from)| format!(", from {from}"));
                Fact::View(view! { <Time at/> {from} }.into_any())
            }
            None => Fact::None("not yet"),
        };
        told.extend(facts([
            ("E-mail address", Fact::Text(member.email.clone())),
            ("Invited by", Fact::Text(member.created_by.clone())),
            ("Invited", Fact::Time(member.created)),
            ("Invitation used", used),
            ("Second factor", Fact::Text(words_of(factors))),
            ("In Tableau", Fact::Text(member.all_names().join(", "))),
        ]));
    }
    told
}

fn hidden(of: Of) -> AnyView {
    view! {
        <input type="hidden" name="account" value=of.account.to_string()/>
        <input type="hidden" name="ticket" value=of.ticket.to_string()/>
    }
    .into_any()
}

fn act(action: &'static str, verb: &'static str, words: &'static str, of: Of) -> AnyView {
    view! {
        <form method="post" action=action aria-label=verb class="act">
            {hidden(of)}
            <p>{words}</p>
            <button class="button" type="submit">{verb}</button>
        </form>
    }
    .into_any()
}

/// What can be done to an account as it stands; nothing to one's own.
fn acts(row: &AccountRow, is_you: bool, of: Of) -> Option<AnyView> {
    if is_you {
        return None;
    }
    let mut acts = Vec::new();
    match row.standing {
        Standing::Active => acts.push(act(
            SUSPEND,
            "Suspend the account",
            "All its sign-ins end at once, and nobody can sign in with it until it is reactivated.",
            of,
        )),
        Standing::Suspended => acts.push(act(
            REACTIVATE,
            "Reactivate the account",
            "The person can sign in again with what they had set.",
            of,
        )),
        Standing::Invited if row.invited_until.is_some() => acts.push(act(
            REVOKE,
            "Revoke the invitation",
            "The link stops to count. The account stays in the list.",
            of,
        )),
        Standing::Invited => {}
    }
    if row.kind == Kind::Member {
        if row.standing != Standing::Suspended {
            acts.push(act(
                AGAIN,
                "Make a new link",
                "For somebody who lost password or phone, or let the invitation run out, and whenever somebody else used the link. What was set is erased, and all sign-ins end.",
                of,
            ));
        }
        acts.push(act(
            REMOVE,
            "Remove the account",
            "The person cannot sign in any more. The audit log keeps what they did.",
            of,
        ));
    }
    let acts = view! {
        <section class="card form" aria-labelledby="change-title">
            <h2 id="change-title">"Change the account"</h2>
            {acts}
        </section>
    };
    Some(acts.into_any())
}

fn link(member: &Member, of: Of) -> AnyView {
    let names = member.names.join("\n");
    view! {
        <section class="card form" aria-labelledby="link-title">
            <h2 id="link-title">"Who this is in Tableau"</h2>
            <p>"Nobody changes themselves by way of Steward. The e-mail address belongs to the person by itself; add the other names that they sign in to Tableau with."</p>
            <form method="post" action=LINK aria-label="Names in Tableau">
                {hidden(of)}
                <div class="field-group">
                    <label for="names">"Further user names"</label>
                    <p class="soft" id="names-hint">"One a line, at most 20."</p>
                    <textarea class="field" id="names" name="names" rows="3" maxlength="5200" aria-describedby="names-hint">{names}</textarea>
                </div>
                <button class="button" type="submit">"Keep these names"</button>
            </form>
        </section>
    }
    .into_any()
}

fn secret(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
) -> AnyView {
    let described = (!hint.is_empty()).then(|| format!("{name}-hint"));
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            {described.clone().map(|id| view! { <p class="soft" id=id>{hint}</p> })}
            <input class="field" type="password" id=name name=name required maxlength="256" autocomplete=autocomplete aria-describedby=described/>
        </div>
    }
    .into_any()
}

fn password(ticket: ActId) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="password-title">
            <h2 id="password-title">"Another password"</h2>
            <p>"All your other sign-ins end with it."</p>
            <form method="post" action=PASSWORD aria-label="Another password">
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                {secret("current", "Current password", "", "current-password")}
                {secret("password", "New password", "At least 12 characters; a phrase of several words is good.", "new-password")}
                {secret("again", "The new password again", "", "new-password")}
                <button class="button" type="submit">"Change the password"</button>
            </form>
        </section>
    }
    .into_any()
}

fn codes(left: u64, stale: bool, ticket: ActId) -> AnyView {
    let few = (left < FEW_CODES).then(|| view! { " " <span class="badge warn">"few left"</span> });
    view! {
        <section class="card form" aria-labelledby="codes-title">
            <h2 id="codes-title">"Recovery codes"</h2>
            <p>{count(left, "code", "codes")} " left. Each signs you in once without your phone." {few}</p>
            {stale.then(|| step_up_first("/account"))}
            <form method="post" action=CODES aria-label="New recovery codes">
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <button class="button" type="submit">"Make new recovery codes"</button>
            </form>
        </section>
    }
    .into_any()
}
