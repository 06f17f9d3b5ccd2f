//! The inbox of approvers: what waits, what was decided, and the form that decides.

use leptos::prelude::*;
use model::{
    AccountId, ActId, Moment,
    delegation::{Approval, ApprovalState},
};

use super::{
    fields::{button, sentences},
    page::{DECIDE, WITHDRAW},
};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    text::stretch,
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
            <p><a class="button" href=format!("/plans/{}", approval.plan)>"See every row of the plan"</a></p>
            {form}
        </section>
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
    let by = approval.decided_name.clone().map(|name| format!(" by {name}")).unwrap_or_default();
    let answer = approval.answer.clone().map(|answer| format!(": {answer}")).unwrap_or_default();
    view! {
        <li>
            {badge(tone, word.to_owned())} " "
            <a href=format!("/plans/{}", approval.plan)>{approval.title.clone()}</a>
            {format!(", asked by {}{by}{answer}", approval.asked_name)}
        </li>
    }
    .into_any()
}
