//! Badges: a state as a word with a colour, never a colour alone.

use leptos::prelude::*;
use model::{audit::ActState, jobs::JobStatus, sites::SiteStatus};

/// The status of a site.
#[component]
pub fn SiteBadge(
    /// The status.
    status: SiteStatus,
) -> impl IntoView {
    let class = match status {
        SiteStatus::Active => "badge good",
        SiteStatus::Suspended => "badge bad",
        SiteStatus::Other(_) => "badge warn",
    };
    view! { <span class=class>{status.word().to_owned()}</span> }
}

/// The status of the tenant.
#[component]
pub fn TenantBadge(
    /// The vendor's word.
    status: String,
) -> impl IntoView {
    let class = match status.as_str() {
        "Active" => "badge good",
        "Unknown" | "" => "badge",
        _ => "badge bad",
    };
    view! { <span class=class>"Tenant " {status}</span> }
}

/// The state of a job.
#[component]
pub fn JobBadge(
    /// The state.
    status: JobStatus,
    /// Whether single rows failed although the job is over.
    #[prop(optional)]
    partial: bool,
) -> impl IntoView {
    let class = match status {
        JobStatus::Successful if partial => "badge warn",
        JobStatus::Successful => "badge good",
        JobStatus::Failed => "badge bad",
        JobStatus::InProgress | JobStatus::PostProcessing => "badge info",
        _ => "badge",
    };
    let words = if partial { "Finished with failures".to_owned() } else { status.words().to_owned() };
    view! { <span class=class title=status.code().to_owned()>{words}</span> }
}

/// The state of an act in the audit log.
#[component]
pub fn ActBadge(
    /// The state.
    state: ActState,
) -> impl IntoView {
    let class = match state {
        ActState::Done => "badge good",
        ActState::Failed | ActState::Denied => "badge bad",
        ActState::Unknown => "badge warn",
        ActState::Started => "badge info",
    };
    view! { <span class=class>{state.word()}</span> }
}
