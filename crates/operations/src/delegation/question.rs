//! "What can Dana do to Sam?": the same lock, asked about every kind of change, with the rule that decides each.

use std::collections::HashSet;

use model::{
    AccountId, Grant, Permission, Problem, ProblemCode, SiteId,
    accounts::Standing,
    delegation::{Actor, Command, Decision, Facts, MarkReason, Reason, Rule, Via, decide},
    people::Person,
    plan::{Heir, OnSite, SiteWish, Wish},
    roles::{SignInType, SiteRole},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::world::World;
use crate::{Caller, Operations};

/// Groups of a site that are asked about.
const GROUPS_AT_MOST: usize = 50;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatCan {
    /// The name of whoever holds the grants.
    pub holder: String,
    /// Whom it is about.
    pub person: String,
    /// Each kind of change, in words, with what the lock says.
    pub rows: Vec<WhatCanRow>,
}

/// One kind of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatCanRow {
    /// What would be done.
    pub what: String,
    /// `yes`, `approval`, `no`, or `unknown` where the groups of a site decide and cannot be read.
    pub word: String,
    /// The rule or the reasons that decide, in sentences.
    pub why: String,
    /// The code of the rule, where it refuses.
    pub rule: String,
    /// The name of the grant that decides.
    pub grant: String,
}

impl Operations {
    /// What the holder of an account can do to somebody.
    pub async fn what_can(
        &self,
        caller: &Caller,
        account: &AccountId,
        user_name: &str,
    ) -> Result<WhatCan, Problem> {
        caller.must(Permission::ManageGrants)?;
        let name = user_name.trim().to_lowercase();
        let holder = self.holder_name(caller, account.uuid()).await?;
        let held = self.0.store.grants_of(caller.tenant(), account.uuid(), caller.now).await;
        let held = held.map_err(|error| caller.store_problem(&error))?;
        let grants: Vec<Grant> = held
            .into_iter()
            .map(|held| Grant::Delegated(Box::new(caller.at_this_time_and_place(held))))
            .collect();
        let person = self.people_named(caller, vec![name]).await?.into_iter().next();
        let person = person.ok_or_else(|| caller.problem(ProblemCode::PersonNotFound))?;
        let sites = self.all_sites(caller).await?;
        let on: HashSet<SiteId> = person.places.iter().flatten().map(|place| place.site).collect();
        let world = self.world(caller, &grants, &on).await?;
        let (linked, names) = self.holder_people(caller, account).await?;
        // Whoever is suspended, or not there yet, can do nothing.
        let member = self.0.store.member(caller.tenant(), *account).await;
        let member = member.map_err(|error| caller.store_problem(&error))?;
        let is_active = member.is_some_and(|member| member.standing == Standing::Active);
        let actor = Actor { is_active, linked, names, is_fresh: true, reason: Reason::Later };
        let site_name = |id: &SiteId| {
            sites.iter().find(|site| site.id == *id).map_or_else(|| id.to_string(), |site| site.name.clone())
        };
        let rows = wishes(&on, &world, &person.user_name, &site_name)
            .into_iter()
            .map(|(what, wish)| {
                let decision = said(&actor, &grants, &wish, &person, &world);
                // Without a connection of whoever asks, nobody tells which groups the person is in.
                let dark = wish.site().filter(|site| !world.sites.contains_key(*site));
                let dark = dark.filter(|site| hangs_on_groups(&decision, &grants, site)).map(&site_name);
                row(what, &decision, &grants, dark)
            })
            .collect();
        Ok(WhatCan { holder, person: person.name().to_owned(), rows })
    }
}

/// Every kind of change of a person, in words.
fn wishes(
    on: &HashSet<SiteId>,
    world: &World,
    user_name: &str,
    site_name: &dyn Fn(&SiteId) -> String,
) -> Vec<(String, Wish)> {
    let mut all = vec![
        (
            "Change language and locale".to_owned(),
            Wish::Details { language: Some("EN_GB".to_owned()), locale: None, email: None },
        ),
        ("Take out of the tenant".to_owned(), Wish::Delete),
        ("Make a cloud administrator".to_owned(), Wish::Administer { sign_in: None }),
    ];
    let mut sites: Vec<SiteId> = on.iter().copied().collect();
    sites.sort_by_key(|site| site_name(site).to_lowercase());
    for site in sites {
        let name = site_name(&site);
        for role in SiteRole::ASSIGNABLE {
            all.push((format!("{} on {name}", role.words()), Wish::Role { site, role, sign_in: None }));
        }
        all.push((
            format!("Change how they sign in to {name}"),
            Wish::SignIn { site, sign_in: SignInType::TableauIdWithMfa },
        ));
        all.push((format!("Take off {name}"), Wish::Leave { site }));
        // Whoever would get the content is not asked about: somebody as much in reach as the person themself.
        let heir = Heir { user: Uuid::nil().into(), name: user_name.to_owned() };
        let change = SiteWish::Remove { assets_to: Some(heir) };
        all.push((
            format!("Take off {name} and hand over the content to somebody in reach"),
            Wish::OnSite(OnSite { site, change }),
        ));
        let mut groups: Vec<_> =
            world.sites.get(&site).into_iter().flat_map(|told| told.groups.values()).collect();
        groups.sort_by_key(|group| group.name.to_lowercase());
        for group in groups.into_iter().filter(|group| !group.is_all_users()).take(GROUPS_AT_MOST) {
            let (id, group_name) = (group.id, group.name.clone());
            let put = SiteWish::Join { group: id, group_name: group_name.clone() };
            let take = SiteWish::Leave { group: id, group_name };
            for (what, change) in [("Put into", put), ("Take out of", take)] {
                all.push((
                    format!("{what} group {} on {name}", group.name),
                    Wish::OnSite(OnSite { site, change }),
                ));
            }
        }
    }
    all
}

fn said(actor: &Actor, grants: &[Grant], wish: &Wish, person: &Person, world: &World) -> Decision {
    let on_site = wish.on_site();
    let group = on_site.and_then(|wish| wish.change.group().map(|(group, _)| (wish.site, *group)));
    let facts = Facts {
        person: Some(world.subject(person)),
        user_name: person.user_name.clone(),
        recipient: super::heir(wish).map(|_| world.subject(person)),
        group: group.and_then(|(site, group)| world.group(&site, &group)),
        floor: wish.site().and_then(|site| world.sites.get(site)).map(|told| told.floor.clone()),
        ..Facts::default()
    };
    decide(actor, grants, &Command::Row { wish, creates: false }, &facts)
}

/// Whether a decision could be another one if the groups of its site were told.
fn hangs_on_groups(decision: &Decision, grants: &[Grant], site: &SiteId) -> bool {
    let by_group = || {
        grants.iter().any(|grant| match grant {
            Grant::Delegated(held) => held.delegation.scope.people_groups().any(|(on, _)| on == site),
            Grant::Administrator => false,
        })
    };
    match decision {
        Decision::Approval { why, .. } => why.contains(&MarkReason::GroupsNotTold),
        Decision::Refuse { rule: Rule::NotTold, .. } => true,
        Decision::Refuse { rule: Rule::OutOfScope | Rule::OtherSites, .. } => by_group(),
        Decision::Refuse { .. } | Decision::Allow { .. } => false,
    }
}

/// The sentence of a rule as it is told about somebody else.
fn of_another(words: &str) -> String {
    words.replace("None of your grants", "None of their grants").replace("your grant", "the grant")
}

/// `dark` is the name of a site whose groups would decide and cannot be read.
fn row(what: String, decision: &Decision, grants: &[Grant], dark: Option<String>) -> WhatCanRow {
    let name = decision.grant().and_then(|grant| {
        grants.iter().find_map(|held| match held {
            Grant::Delegated(held) if held.delegation.id == grant => Some(held.delegation.name.clone()),
            _ => None,
        })
    });
    if let Some(site) = dark {
        let why = format!(
            "You are not connected to {site}, so the groups there are not told, and they decide this. Connect the site and ask again."
        );
        let (word, rule) = ("unknown".to_owned(), String::new());
        return WhatCanRow { what, word, why, rule, grant: name.unwrap_or_default() };
    }
    let (word, why, rule) = match decision {
        Decision::Allow { via: Via::Grant(_) | Via::Own } => {
            let why = "The grant holds this verb, reaches this person, and gives no more than its ceiling.";
            ("yes", why.to_owned(), String::new())
        }
        Decision::Approval { why, .. } => {
            let why: Vec<&str> = why.iter().map(|reason| reason.words()).collect();
            ("approval", of_another(&why.join(" ")), String::new())
        }
        Decision::Refuse { rule, .. } => ("no", of_another(rule.words()), rule.word()),
    };
    WhatCanRow { what, word: word.to_owned(), why, rule, grant: name.unwrap_or_default() }
}
