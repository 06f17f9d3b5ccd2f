//! Badges: a state as a word with a colour, never a colour alone.

use leptos::prelude::*;
use model::{audit::ActState, jobs::JobStatus, runs::RowState, sites::SiteStatus};

/// A word with a colour: `good`, `warn`, `bad`, `info` or none.
pub fn badge(tone: &str, word: String) -> AnyView {
    view! { <span class=format!("badge {tone}")>{word}</span> }.into_any()
}

/// The status of a site.
pub fn site_badge(status: &SiteStatus) -> AnyView {
    let tone = match status {
        SiteStatus::Active => "good",
        SiteStatus::Suspended => "bad",
        SiteStatus::Other(_) => "warn",
    };
    badge(tone, status.word().to_owned())
}

/// The status of the tenant, in the vendor's word.
pub fn tenant_badge(status: &str) -> AnyView {
    let tone = match status {
        "Active" => "good",
        "Unknown" | "" => "",
        _ => "bad",
    };
    badge(tone, format!("Tenant {status}"))
}

/// The state of a job; `partial` when it is over but single rows failed.
pub fn job_badge(status: &JobStatus, partial: bool) -> AnyView {
    let tone = match status {
        JobStatus::Successful if partial => "warn",
        JobStatus::Successful => "good",
        JobStatus::Failed => "bad",
        JobStatus::InProgress | JobStatus::PostProcessing => "info",
        _ => "",
    };
    badge(tone, if partial { "Finished with failures".to_owned() } else { status.words().to_owned() })
}

/// The state of an act in the audit log.
pub fn act_badge(state: ActState) -> AnyView {
    let tone = match state {
        ActState::Done => "good",
        ActState::Failed | ActState::Denied => "bad",
        ActState::Unknown => "warn",
        ActState::Started => "info",
    };
    badge(tone, state.word().to_owned())
}

/// The colour and the word of a row's state.
pub fn row_state(state: RowState) -> (&'static str, &'static str) {
    match state {
        RowState::Waiting => ("", "waiting"),
        RowState::Sent => ("info", "under way"),
        RowState::Done => ("good", "done"),
        RowState::Differs => ("warn", "differs"),
        RowState::Refused => ("bad", "refused"),
        RowState::Failed => ("bad", "failed"),
        RowState::Unknown => ("warn", "unknown"),
        RowState::Stopped => ("", "left out"),
    }
}
