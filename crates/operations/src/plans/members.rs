//! Plans of who is in a group: people in, people out, or exactly these people.

use std::collections::HashSet;

use model::{GroupId, Permission, PlanId, Problem, ProblemCode, SiteId, SiteUserId, plan::SiteWish};

use super::{
    asked::{field, names},
    on_site::{SiteRow, SiteWho},
    site_now::SiteNow,
};
use crate::{Caller, Operations};

/// The form that changes who is in a group.
#[derive(Debug, Clone)]
pub struct MembersForm {
    /// The site.
    pub site: SiteId,
    /// The group.
    pub group: GroupId,
    /// `add`, `remove`, or `exactly` for a group in which nobody else is left.
    pub mode: String,
    /// A pasted list of names or addresses.
    pub names: String,
    /// People ticked in a list.
    pub ids: Vec<SiteUserId>,
}

impl Operations {
    /// A plan that puts people into a group or takes them out.
    pub async fn plan_members(&self, caller: &Caller, form: MembersForm) -> Result<PlanId, Problem> {
        caller.must(Permission::PlanPeople)?;
        let title = match form.mode.as_str() {
            "add" => "Into",
            "remove" => "Out of",
            "exactly" => "Nobody but these in",
            _ => return Err(field(caller, "mode")),
        };
        let mut now = self.site_now(caller, form.site).await?;
        let group = now.groups.get(&form.group).filter(|group| caller.keeps_group(&form.site, &group.id));
        let group = group.ok_or_else(|| caller.problem(ProblemCode::GroupNotFound))?;
        let (group, group_name) = (group.id, group.name.clone());
        let join = || SiteWish::Join { group, group_name: group_name.clone() };
        let leave = || SiteWish::Leave { group, group_name: group_name.clone() };
        let chosen = chosen(&now, &form.ids, &form.names);
        let people = people(chosen.len());
        let mut rows: Vec<SiteRow> = chosen
            .into_iter()
            .map(|who| SiteRow::of(who, if form.mode == "remove" { leave() } else { join() }))
            .collect();
        if form.mode == "exactly" {
            self.read_members(caller, &mut now, vec![group]).await?;
            let mut others = others(&now, &group, &rows);
            if let Some(sight) = self.sight_on(caller, &form.site).await? {
                // Whom somebody does not see stays where they are.
                let is_seen = |user: &SiteUserId| {
                    now.user(user).is_some_and(|user| sight.sees_on(&user.name, &form.site))
                };
                others.retain(is_seen);
            }
            rows.extend(others.into_iter().map(|user| SiteRow::of(SiteWho::of(user), leave())));
        }
        let source = source(&form.names, "people chosen on the page of a group");
        self.make_site_plan(caller, now, format!("{title} {group_name}: {people}"), source, rows).await
    }
}

/// The members whom no row names, by the names they sign in with.
fn others(now: &SiteNow, group: &GroupId, rows: &[SiteRow]) -> Vec<SiteUserId> {
    let named: HashSet<SiteUserId> =
        rows.iter().filter_map(|row| now.find(&row.who)).map(|user| user.id).collect();
    let mut others: Vec<SiteUserId> =
        now.members(group).into_iter().flatten().filter(|user| !named.contains(user)).copied().collect();
    others.sort_by_cached_key(|user| now.user(user).map(|user| user.name.to_lowercase()));
    others
}

/// Everybody whom a form names, each once, whether ticked or pasted.
pub(super) fn chosen(now: &SiteNow, ids: &[SiteUserId], pasted: &str) -> Vec<SiteWho> {
    let ids = ids.iter().copied().map(SiteWho::of);
    let mut seen = HashSet::new();
    ids.chain(names(pasted).into_iter().map(SiteWho::named))
        .filter(|who| {
            seen.insert(match now.find(who) {
                Some(user) => user.id.to_string(),
                None => format!("{:?} {}", who.id, who.name.to_lowercase()),
            })
        })
        .collect()
}

/// A number of people in words.
pub(super) fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

/// Where the rows came from.
pub(super) fn source(pasted: &str, ticked: &str) -> String {
    if pasted.trim().is_empty() { ticked.to_owned() } else { "a pasted list".to_owned() }
}
