//! What an act changes, as the audit log and its filters name it.

use super::Act;

/// What an act changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The kind of thing: `site`, `tenant`, `operation`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name at the time of the act; empty where it has none.
    pub name: String,
}

impl Act {
    /// What it changes.
    pub fn object(&self) -> Object {
        match self {
            Self::SignIn { tenant } | Self::SignOut { tenant } => {
                Object { kind: "tenant", id: tenant.to_string(), name: String::new() }
            }
            Self::SuspendSite { site, name, .. }
            | Self::ReactivateSite { site, name, .. }
            | Self::ConnectSite { site, name, .. }
            | Self::DisconnectSite { site, name } => {
                Object { kind: "site", id: site.to_string(), name: name.clone() }
            }
            Self::ChangeGroup { site, group, name, .. } => {
                let id = group
                    .map_or_else(|| format!("{site}/{}", name.to_lowercase()), |group| group.to_string());
                Object { kind: "group", id, name: name.clone() }
            }
            Self::ChangeGroupSet { site, set, name, .. } => {
                let id = set.map_or_else(|| format!("{site}/{}", name.to_lowercase()), |set| set.to_string());
                Object { kind: "group-set", id, name: name.clone() }
            }
            Self::CancelSiteJob { job, title, .. } => {
                Object { kind: "site-job", id: job.to_string(), name: title.clone() }
            }
            Self::MoveCredentials { from, to, to_name, user_name } => Object {
                kind: "credentials",
                id: format!("{from}/{to}/{}", user_name.to_lowercase()),
                name: format!("{user_name} to {to_name}"),
            },
            Self::ChangePerson { user, user_name, .. } => Object {
                kind: "person",
                // Who is not there yet has no id; the name they will sign in with is theirs alone.
                id: user.map_or_else(|| user_name.to_lowercase(), |user| user.to_string()),
                name: user_name.clone(),
            },
            Self::ApplyPlan { plan, title, .. } => {
                Object { kind: "plan", id: plan.to_string(), name: title.clone() }
            }
            Self::SteerRun { plan, title, .. } => {
                Object { kind: "run", id: plan.to_string(), name: title.clone() }
            }
            Self::ProtectPerson { user, user_name, .. } | Self::UnprotectPerson { user, user_name, .. } => {
                Object { kind: "person", id: user.to_string(), name: user_name.clone() }
            }
            Self::Tenant(act) => act.object(),
            Self::Licences(change) => change.object(),
            Self::Account { account, name, .. } => {
                let id = if account.uuid().is_nil() { name.to_lowercase() } else { account.to_string() };
                Object { kind: "account", id, name: name.clone() }
            }
            Self::Delegation(act) => act.object(),
            Self::Export { what, query } => Object { kind: "file", id: what.clone(), name: query.clone() },
            Self::SeeList { list, name, filter } => {
                let narrowed = if filter.is_empty() { name.clone() } else { format!("{name} ({filter})") };
                Object { kind: "list", id: list.clone(), name: narrowed }
            }
            Self::UnlockOperation { operation, address } => {
                Object { kind: "operation", id: operation.clone(), name: address.clone() }
            }
        }
    }
}
