//! A grant in plain sentences: what its holder can do, and what they cannot.

use super::{
    Ceiling, Conditions, Delegation, Mark, Planes,
    scope::{Groups, People, Scope, Sites},
};
use crate::{Permission, SiteId};

/// The verbs that change something for people.
const ON_PEOPLE: [Permission; 8] = [
    Permission::CreatePeople,
    Permission::ChangeRoles,
    Permission::ChangeSignIn,
    Permission::ChangeDetails,
    Permission::RemoveFromSites,
    Permission::DeletePeople,
    Permission::AddMembers,
    Permission::HandOverContent,
];

/// What always waits for somebody else, whatever the grant says.
const ALWAYS_WAIT: [(Permission, &str); 5] = [
    (Permission::DeletePeople, "taking somebody out of the tenant"),
    (Permission::HandOverContent, "handing over content"),
    (Permission::ChangeGroupPolicy, "changing what a group gives"),
    (Permission::SuspendSite, "suspending a site"),
    (Permission::ReactivateSite, "letting a suspended site in again"),
];

/// What the holder can do. `site` gives a site's name. `planes` is what is deposited for the grant: a verb that has to wait
/// for a deposit says so; without it none does.
pub fn can(grant: &Delegation, planes: Option<&Planes>, site: impl Fn(&SiteId) -> String) -> Vec<String> {
    let lacks = |verb| planes.and_then(|planes| lacks(verb, planes));
    let one = |verb: &Permission| match lacks(*verb) {
        Some(what) => format!("Can {}, once {what} is deposited.", verb.words()),
        None => format!("Can {}.", verb.words()),
    };
    let mut said: Vec<String> = grant.verbs.iter().map(one).collect();
    said.push(format!("This counts for {} {}.", people(&grant.scope), sites(&grant.scope, site)));
    let groups = [Permission::AddMembers, Permission::RemoveMembers, Permission::ChangeGroups];
    if groups.iter().any(|verb| grant.verbs.contains(verb)) {
        said.push(match &grant.scope.groups {
            Groups::All => "Any group of these sites can be changed so.".to_owned(),
            Groups::These(groups) => format!("{} can be changed so.", count(groups.len(), "chosen group")),
        });
    }
    if grant.verbs.iter().any(|verb| ON_PEOPLE.contains(verb)) {
        let (gives, touches) = (grant.ceiling.role(), grant.touches().role());
        let touched = if gives == touches { "that" } else { touches.words() };
        said.push(format!(
            "Can give roles up to {}, and change people whose role is no higher than {touched}.",
            gives.words()
        ));
    }
    said
}

/// What the holder cannot do.
pub fn cannot(grant: &Delegation) -> Vec<String> {
    let changes = grant.verbs.iter().any(|verb| ON_PEOPLE.contains(verb));
    let mut said = Vec::new();
    if changes {
        said.push(
            "Cannot touch administrators of a site or the tenant, protected people, other account holders, \
             owners of credentials, or themselves."
                .to_owned(),
        );
        said.push(format!(
            "Cannot bring anybody above {}, neither directly nor by a group that gives more.",
            grant.ceiling.role().words()
        ));
        if grant.touches() != Ceiling::Creator {
            said.push(format!("Cannot change anybody above {}.", grant.touches().role().words()));
        }
    }
    let open = Permission::ALL.iter().copied().filter(|verb| verb.is_grantable());
    let missing: Vec<&str> = open.filter(|verb| !grant.verbs.contains(verb)).map(Permission::words).collect();
    if !missing.is_empty() {
        said.push(format!("Cannot {}.", listed(&missing, "or")));
    }
    let never: Vec<&str> = Permission::NEVER_GRANTABLE.into_iter().map(Permission::words).collect();
    said.push(format!("Cannot, like every holder of a grant, {}.", listed(&never, "or")));
    let limits = [(grant.limits.rows_in_plan, "in one plan"), (grant.limits.rows_in_hour, "within an hour")];
    for (most, when) in limits {
        said.extend(most.map(|most| format!("Cannot change more than {most} rows {when}.")));
    }
    said.extend(
        grant.limits.seats_in_plan.map(|most| format!("Cannot take more than {most} seats by one plan.")),
    );
    if grant.conditions.step_up {
        said.push(
            "Cannot change anything without a sign-in or second factor of the last five minutes.".to_owned(),
        );
    }
    if grant.conditions.reason {
        said.push("Cannot change anything without a reason.".to_owned());
    }
    said.extend(conditions(&grant.conditions));
    let marks = grant.marks.iter().copied().filter(|mark| changes || *mark == Mark::Everything);
    let always = ALWAYS_WAIT.into_iter().filter(|(verb, _)| grant.verbs.contains(verb));
    let waits: Vec<&str> = marks.map(Mark::words).chain(always.map(|(_, words)| words)).collect();
    if !waits.is_empty() {
        said.push(format!("Needs somebody else's approval for {}.", listed(&waits, "and")));
    }
    if grant.eligible {
        said.push(
            "Cannot use any of this before activating it, for four hours at most and with a reason."
                .to_owned(),
        );
    }
    said
}

/// What has to be deposited before a verb opens anything; nothing where it is there, or where none is needed.
fn lacks(verb: Permission, planes: &Planes) -> Option<&'static str> {
    let (tenant, site) = (planes.tenant, !planes.sites.is_empty());
    match verb {
        Permission::SeeTenant
        | Permission::SeeSites
        | Permission::SuspendSite
        | Permission::ReactivateSite
        | Permission::ChangeDetails
        | Permission::DeletePeople => (!tenant).then_some("a token of Tableau Cloud Manager"),
        Permission::SeeGroups
        | Permission::CreateGroups
        | Permission::ChangeGroups
        | Permission::ChangeGroupPolicy
        | Permission::DeleteGroups
        | Permission::AddMembers
        | Permission::RemoveMembers
        | Permission::ChangeGroupSets
        | Permission::HandOverContent
        | Permission::CancelJobs => (!site).then_some("the connection to a site"),
        Permission::SeePeople
        | Permission::CreatePeople
        | Permission::ChangeRoles
        | Permission::ChangeSignIn
        | Permission::RemoveFromSites => (!tenant && !site).then_some("a credential"),
        _ => None,
    }
}

/// The rest of what a grant asks for.
fn conditions(asked: &Conditions) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(ticket) = &asked.ticket {
        said.push(format!(
            "Cannot change anything unless the reason names a ticket such as {}.",
            ticket.text()
        ));
    }
    if let Some(hours) = &asked.hours {
        said.push(format!("Cannot use any of this but at these hours: {}.", hours.words()));
    }
    if !asked.networks.is_empty() {
        let networks: Vec<String> = asked.networks.iter().map(ToString::to_string).collect();
        let networks: Vec<&str> = networks.iter().map(String::as_str).collect();
        said.push(format!("Cannot use any of this but from {}.", listed(&networks, "or")));
    }
    said
}

fn people(scope: &Scope) -> String {
    match &scope.people {
        People::Everybody => "everybody".to_owned(),
        People::Those { groups, domains, named } => {
            let mut parts = Vec::new();
            if !groups.is_empty() {
                parts.push(format!("members of {}", count(groups.len(), "chosen group")));
            }
            parts.extend(domains.iter().map(|domain| format!("people at {domain}")));
            parts.extend(named.iter().cloned());
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            if parts.is_empty() { "nobody".to_owned() } else { listed(&parts, "and") }
        }
    }
}

fn sites(scope: &Scope, site: impl Fn(&SiteId) -> String) -> String {
    match &scope.sites {
        Sites::All => "on every site".to_owned(),
        Sites::These(sites) if sites.is_empty() => "on no site".to_owned(),
        Sites::These(sites) => {
            let mut names: Vec<String> = sites.iter().map(site).collect();
            names.sort();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("on {}", listed(&names, "and"))
        }
    }
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// `a, b and c`.
pub(super) fn listed(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::Template, *};
    use crate::{Moment, delegation::Limits};

    fn grant(verbs: &[Permission]) -> Delegation {
        let template = Template::Viewer;
        Delegation {
            id: uuid::Uuid::nil().into(),
            name: template.name().to_owned(),
            account: uuid::Uuid::nil(),
            verbs: verbs.iter().copied().collect(),
            scope: Scope { sites: Sites::All, people: People::Everybody, groups: Groups::All },
            ceiling: template.ceiling(),
            touches: Some(template.touches()),
            limits: Limits::default(),
            conditions: template.conditions(),
            marks: BTreeSet::new(),
            from: Moment::from_seconds(0),
            until: Moment::from_seconds(1),
            eligible: false,
            by: "Olga".to_owned(),
            revoked: None,
        }
    }

    #[test]
    fn what_always_waits_is_named_whether_or_not_the_grant_changes_people() {
        for (verb, words) in ALWAYS_WAIT {
            let said = cannot(&grant(&[verb])).join(" ");
            assert!(said.contains("Needs somebody else's approval for ") && said.contains(words), "{said}");
        }
        let said = cannot(&grant(&[Permission::SeeGroups])).join(" ");
        assert!(!said.contains("approval"), "{said}");
    }

    #[test]
    fn a_verb_without_its_deposit_says_what_is_missing() {
        let grant = grant(&[Permission::SuspendSite, Permission::AddMembers, Permission::SeeAudit]);
        let said = |planes: Option<&Planes>| can(&grant, planes, ToString::to_string).join(" ");
        let nothing = said(Some(&Planes::default()));
        assert!(nothing.contains("once a token of Tableau Cloud Manager is deposited"), "{nothing}");
        assert!(nothing.contains("once the connection to a site is deposited"), "{nothing}");
        let site = BTreeSet::from([SiteId::from(uuid::Uuid::nil())]);
        let whole = said(Some(&Planes { tenant: true, sites: site }));
        assert!(!whole.contains("deposited"), "{whole}");
        assert!(!said(None).contains("deposited"), "a draft has none yet");
    }
}
