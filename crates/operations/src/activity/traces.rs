//! Which traces our acts leave in the tenant's log, by the vendor's words for kinds of events.

use model::audit::{ActState, AuditRow};

/// Acts of ours that leave a trace, by the beginning of their verb, and the events that may come of them. A site's own API,
/// and what stays inside Steward, leave none.
///
/// Inferred from the words: the vendor does not say which call makes which event.
static TRACES: [(&str, &[&str]); 14] = [
    ("site.suspend", &["suspend_site"]),
    ("site.reactivate", &["reactivate_site"]),
    ("site.create", &["create_site"]),
    ("site.limits", &["site_limits_change"]),
    ("tenant.", &["update_tenant"]),
    ("token.", TOKENS),
    // Another way to sign in may revoke tokens and end sessions, says the vendor's help.
    ("oidc.change", &["create_or_update_oidc_config", "revoke_personal_access_token", BATCH]),
    ("oidc.delete", &["delete_oidc_config", "revoke_personal_access_token", BATCH]),
    ("person.leave-site", LEFT),
    ("person.delete", LEFT),
    ("person.make-administrator", CHANGED),
    ("person.end-administrator", LEFT),
    ("person.create", CHANGED),
    // `person.role`, `person.sign-in` and `person.details`; those behind it leave no trace.
    ("person.", CHANGED),
];
const BATCH: &str = "batch_revoke_personal_access_token";
const TOKENS: &[&str] =
    &["create_personal_access_token", "update_personal_access_token", "revoke_personal_access_token", BATCH];
const CHANGED: &[&str] = &["create_user", "update_user", "update_user_site_role", "update_user_tenant_role"];
const LEFT: &[&str] = &["delete_user", "update_user", "update_user_site_role", "update_user_tenant_role"];
/// What is said of people inside Steward alone.
const INSIDE: [&str; 2] = ["person.protect", "person.unprotect"];

/// The kinds of events that an act may leave; none where it leaves no trace.
pub(super) fn traces_of(verb: &str) -> &'static [&'static str] {
    let found = TRACES.iter().find(|(beginning, _)| verb.starts_with(*beginning));
    match found {
        Some((_, kinds)) if !INSIDE.contains(&verb) => kinds,
        _ => &[],
    }
}

/// Whether the event may come of the act.
pub(super) fn may_leave(act: &AuditRow, kind: &str) -> bool {
    traces_of(&act.verb).contains(&kind)
}

/// What was never sent cannot be in the vendor's log.
pub(super) fn was_sent(act: &AuditRow) -> bool {
    matches!(act.state, ActState::Done | ActState::Unknown)
}

/// Whether our log says that nothing came of it.
pub(super) fn was_in_vain(act: &AuditRow) -> bool {
    matches!(act.state, ActState::Failed | ActState::Denied)
}

#[cfg(test)]
mod tests {
    use model::activity::{KINDS, changes_something};

    use super::*;

    #[test]
    fn every_trace_is_a_change_in_the_vendors_words() {
        for (verb, kinds) in &TRACES {
            for kind in *kinds {
                assert!(KINDS.contains(kind) && changes_something(kind), "{verb}: {kind}");
            }
        }
        for quiet in ["site.connect", "site.project", "person.protect", "person.unprotect", "group.create"] {
            assert!(traces_of(quiet).is_empty(), "{quiet}");
        }
        assert!(traces_of("person.delete").contains(&"delete_user"));
        assert!(!traces_of("person.role").contains(&"delete_user"));
    }
}
