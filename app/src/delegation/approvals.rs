//! The inbox of approvers: what waits, what was decided, and the form that decides.

use leptos::prelude::*;
use model::{
    AccountId, Act, ActId, Moment,
    delegation::{About, Approval, ApprovalState, HeldAct},
};

use super::{
    fields::{button, sentences},
    page::{DECIDE, WITHDRAW},
};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    text::{count, stretch},
};

/// Draws the inbox.
pub fn draw(found: Vec<Approval>, left_out: usize, you: AccountId, now: Moment, ticket: ActId) -> Page {
    let (waiting, over): (Vec<Approval>, Vec<Approval>) =
        found.into_iter().partition(|it| it.state_at(now) == ApprovalState::Waiting);
    let missing = (left_out > 0).then(|| {
        let requests =
            if left_out == 1 { "1 request is".to_owned() } else { format!("{left_out} requests are") };
        let words =
            format!("{requests} not shown, because Tableau did not answer just now. Look again in a minute.");
        view! { <p class="soft" role="status">{words}</p> }
    });
    let none = (waiting.is_empty() && left_out == 0)
        .then(|| view! { <p class="soft">"Nothing waits for approval."</p> });
    let waiting = waiting.into_iter().map(|approval| card(approval, you, now, ticket)).collect_view();
    let past = (!over.is_empty()).then(|| {
        let rows = over.into_iter().map(|approval| line(&approval, now)).collect_view();
        view! {
            <section class="card" aria-labelledby="past-title">
                <h2 id="past-title">"Decided and void"</h2>
                <ul>{rows}</ul>
            </section>
        }
    });
    let body = view! { {missing} {none} {waiting} {past} };
    Page { title: "Approvals".to_owned(), as_of: Some(now), body: Drawing::of(body), ..Page::default() }
}

fn card(approval: Approval, you: AccountId, now: Moment, ticket: ActId) -> AnyView {
    let id = approval.id.to_string();
    let why = approval.why.iter().map(|reason| reason.words().to_owned()).collect();
    let left = stretch(now.seconds_until(approval.until));
    let facts = match &approval.about {
        About::Plan { plan, .. } => {
            let href = format!("/plans/{plan}");
            view! { <p><a class="button" href=href>"See every row of the plan"</a></p> }.into_any()
        }
        About::Act(held) => would(held),
    };
    let reason = approval.reason.clone().map(|reason| view! { <p>"Reason: " {reason}</p> });
    let form = match approval.asked_by == you.uuid() {
        true => view! {
            <p class="soft">"You asked for this. Somebody else decides."</p>
            {button(WITHDRAW, vec![("approval", id.clone()), ("ticket", ticket.to_string())], "button", "Withdraw it")}
        }
        .into_any(),
        false => decide(&approval, &id, ticket),
    };
    view! {
        <section class="card" aria-labelledby=format!("a-{id}")>
            <h2 id=format!("a-{id}")>{approval.title.clone()}</h2>
            <p class="facts dotted">
                <span>{format!("Asked by {} on {}", approval.asked_name, approval.asked)}</span>
                <span>{format!("void in {left}")}</span>
            </p>
            <p>"It waits because:"</p>
            {sentences(why)}
            {reason}
            {facts}
            {form}
        </section>
    }
    .into_any()
}

/// What a single act would do: what is so, what would be, and where that is seen.
fn would(held: &HeldAct) -> AnyView {
    let mut told: Vec<String> = Vec::new();
    if !held.place.is_empty() {
        told.push(format!("On site {}.", held.place));
    }
    told.push(format!("Now: {}.", held.before));
    told.push(format!("Afterwards: {}.", held.after));
    match &held.act {
        Act::SuspendSite { .. } => {
            told.push("Nobody can sign in to the site until somebody reactivates it.".to_owned());
        }
        Act::ReactivateSite { .. } => {
            told.push("Everybody can sign in to the site again, with the roles they had.".to_owned());
        }
        _ => {}
    }
    if let Some(people) = held.people {
        let who = count(people.into(), "person is", "people are");
        told.push(format!("{who} in the group. If anybody comes or leaves, the request is void."));
    }
    let link = held.href().map(|href| view! { <p><a class="button" href=href>"See it as it is now"</a></p> });
    view! {
        <p>"What would be done:"</p>
        {sentences(told)}
        {link}
    }
    .into_any()
}

fn decide(approval: &Approval, id: &str, ticket: ActId) -> AnyView {
    let label = format!("Decide about {}", approval.title);
    view! {
        <form class="form" method="post" action=DECIDE aria-label=label>
            <input type="hidden" name="approval" value=id.to_owned()/>
            <input type="hidden" name="hash" value=approval.hash.clone()/>
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            <div class="field-group">
                <label for=format!("answer-{id}")>"What you say"</label>
                <p class="soft" id=format!("hint-{id}")>"Needed where you refuse. It stands in the audit log."</p>
                <input class="field" type="text" id=format!("answer-{id}") name="answer" maxlength="500" autocomplete="off" aria-describedby=format!("hint-{id}")/>
            </div>
            <div class="row">
                <button class="button first" type="submit" name="decision" value="approve">"Approve and carry out"</button>
                <button class="button danger" type="submit" name="decision" value="refuse">"Refuse"</button>
            </div>
        </form>
    }
    .into_any()
}

fn line(approval: &Approval, now: Moment) -> AnyView {
    let (tone, word) = match approval.state_at(now) {
        ApprovalState::Approved => ("good", "approved"),
        ApprovalState::Refused => ("bad", "refused"),
        ApprovalState::Void | ApprovalState::Waiting => ("", "void"),
    };
    let href = match &approval.about {
        About::Plan { plan, .. } => Some(format!("/plans/{plan}")),
        About::Act(held) => held.href(),
    };
    let title = match href {
        Some(href) => view! { <a href=href>{approval.title.clone()}</a> }.into_any(),
        None => approval.title.clone().into_any(),
    };
    let by = approval.decided_name.clone().map(|name| format!(", decided by {name}")).unwrap_or_default();
    let answer = approval.answer.clone().map(|answer| format!(": {answer}")).unwrap_or_default();
    view! {
        <li>
            {badge(tone, word.to_owned())} " "
            {title}
            {format!(", asked by {}{by}{answer}", approval.asked_name)}
        </li>
    }
    .into_any()
}
