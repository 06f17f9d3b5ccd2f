//! Changing groups: made, renamed, given a role, deleted. Who is in them changes by plans.

use model::{
    Act, ActId, GroupId, Notice, Problem, ProblemCode, SiteId,
    group_acts::GroupChange,
    groups::{GrantMode, Group},
    roles::SiteRole,
    site_plane::GroupLock,
};
use tableau::{GroupUpdate, LocalGroup, LocalGroupUpdate, Made, MinimumRole, NewGroup};

use super::changes::Sending;
use crate::{Caller, Operations};

/// The longest name. The vendor names no figure; the simulator and the pages take 256 characters.
const NAME_AT_MOST: usize = 256;
/// The longest reason.
const REASON_AT_MOST: usize = 500;

/// What the form about a group carries.
#[derive(Debug, Clone)]
pub struct GroupForm {
    /// The site.
    pub site: SiteId,
    /// The group; `None` for a new one.
    pub group: Option<GroupId>,
    /// `create`, `rename`, `minimum-role`, `on-demand` or `delete`.
    pub change: String,
    /// The name of a new group, or the new name.
    pub name: String,
    /// The role it gives at least; empty for none.
    pub role: String,
    /// Whether it gives on-demand access: `yes`, or empty.
    pub on_demand: String,
    /// The group's name as the person typed it, before it is deleted.
    pub typed: String,
    /// Why; may be empty.
    pub reason: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// Makes a group, or changes one. Gives back the group where there still is one.
    pub async fn change_group(
        &self,
        caller: &Caller,
        form: GroupForm,
    ) -> Result<(Notice, Option<GroupId>), Problem> {
        let change = read(caller, &form)?;
        let reason = Some(form.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let act = |group: Option<GroupId>, name: &str| Act::ChangeGroup {
            site: form.site,
            group,
            name: name.to_owned(),
            change: change.clone(),
            reason: reason.clone(),
        };
        self.permit(caller, form.ticket, &act(form.group, form.name.trim())).await?;
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_AT_MOST) {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        let Some(group) = form.group else {
            return self.create_group(caller, &form, act(None, form.name.trim())).await;
        };
        let now = self.fresh_group(caller, &form.site, &group).await?;
        if GroupLock::of(&now).is_some() {
            return Err(caller.problem(ProblemCode::GroupLocked));
        }
        if change == GroupChange::Delete && form.typed.trim() != now.name.trim() {
            return Err(caller.problem(ProblemCode::WrongName));
        }
        let sending = Sending {
            site: form.site,
            ticket: form.ticket,
            act: act(Some(group), &now.name),
            before: state(&now, &change),
            after: wanted(&change),
            notice: if change == GroupChange::Delete { Notice::GroupDeleted } else { Notice::GroupChanged },
        };
        let (site, goal) = (form.site, change.clone());
        let send = |api: tableau::SiteApi<tableau::Change>| {
            let change = change.clone();
            async move {
                match update(&change) {
                    Some(update) => api.update_group(&group, &GroupUpdate::Local(update)).await.map(|_| ()),
                    None => api.delete_group(&group).await,
                }
            }
        };
        let look = move |operations: Operations, caller: Caller, _: Option<()>| {
            let goal = goal.clone();
            async move { operations.shows(&caller, &site, &group, &goal).await }
        };
        let (notice, _) = self.change_and_look(caller, sending, send, look).await?;
        Ok((notice, (change != GroupChange::Delete).then_some(group)))
    }

    async fn create_group(
        &self,
        caller: &Caller,
        form: &GroupForm,
        act: Act,
    ) -> Result<(Notice, Option<GroupId>), Problem> {
        let name = form.name.trim().to_owned();
        let all = self.groups_of_site(caller, &form.site, model::Freshness::Now).await?;
        if all.value.iter().any(|group| group.name.to_lowercase() == name.to_lowercase()) {
            return Err(caller.problem(ProblemCode::GroupNameTaken));
        }
        let minimum_role = read_role(caller, &form.role)?;
        // What is not asked for is not sent: on-demand access wants a licence of its own.
        let on_demand = (form.on_demand == "yes").then_some(true);
        let new = LocalGroup { name: name.clone(), minimum_role: minimum_role.clone(), on_demand };
        let sending = Sending {
            site: form.site,
            ticket: form.ticket,
            act,
            before: "not there".to_owned(),
            after: minimum_role
                .as_ref()
                .map_or("there".to_owned(), |role| format!("there, gives {}", role.words())),
            notice: Notice::GroupCreated,
        };
        let site = form.site;
        let send = |api: tableau::SiteApi<tableau::Change>| {
            let new = NewGroup::Local(new.clone());
            async move { api.create_group(&new).await }
        };
        let look = move |operations: Operations, caller: Caller, made: Option<Made>| {
            let name = name.clone();
            async move {
                // Its members are asked for, because lists may be late to show it.
                match made {
                    Some(Made::Group(group)) => {
                        operations.members_of(&caller, &site, &group.id).await.map(|_| true)
                    }
                    _ => {
                        let all = operations.groups_of_site(&caller, &site, model::Freshness::Now).await?;
                        Ok(all.value.iter().any(|group| group.name == name))
                    }
                }
            }
        };
        let (notice, made) = self.change_and_look(caller, sending, send, look).await?;
        let id = match made {
            Some(Made::Group(group)) => Some(group.id),
            _ => None,
        };
        Ok((notice, id))
    }

    /// Whether the site shows a change of a group.
    async fn shows(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &GroupId,
        goal: &GroupChange,
    ) -> Result<bool, Problem> {
        if *goal == GroupChange::Delete {
            return match self.members_of(caller, site, group).await {
                Ok(_) => Ok(false),
                Err(problem) if problem.code == ProblemCode::GroupNotFound => Ok(true),
                Err(problem) => Err(problem),
            };
        }
        let now = self.fresh_group(caller, site, group).await?;
        Ok(match goal {
            GroupChange::Rename { to } => now.name == *to,
            GroupChange::MinimumRole { role } => now.minimum_role == *role,
            GroupChange::OnDemand { on } => now.on_demand.unwrap_or_default() == *on,
            GroupChange::Create { .. } | GroupChange::Delete => true,
        })
    }
}

/// What the form asks for.
fn read(caller: &Caller, form: &GroupForm) -> Result<GroupChange, Problem> {
    let wrong = |field: &str| Problem::about(ProblemCode::FieldWrong, field).with_reference(&caller.request);
    let name = || {
        let name = form.name.trim();
        let fits =
            !name.is_empty() && name.chars().count() <= NAME_AT_MOST && !name.chars().any(char::is_control);
        if fits { Ok(name.to_owned()) } else { Err(wrong("name")) }
    };
    match (form.change.as_str(), form.group) {
        ("create", None) => name().and_then(|_| {
            let minimum_role = read_role(caller, &form.role)?;
            Ok(GroupChange::Create { minimum_role, on_demand: form.on_demand == "yes" })
        }),
        ("rename", Some(_)) => Ok(GroupChange::Rename { to: name()? }),
        ("minimum-role", Some(_)) => Ok(GroupChange::MinimumRole { role: read_role(caller, &form.role)? }),
        ("on-demand", Some(_)) => Ok(GroupChange::OnDemand { on: form.on_demand == "yes" }),
        ("delete", Some(_)) => Ok(GroupChange::Delete),
        _ => Err(caller.problem(ProblemCode::MalformedForm)),
    }
}

fn read_role(caller: &Caller, text: &str) -> Result<Option<SiteRole>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let role = SiteRole::parse_assignable(text).filter(|role| *role != SiteRole::Unlicensed);
    let wrong = || Problem::about(ProblemCode::FieldWrong, "role").with_reference(&caller.request);
    role.map(Some).ok_or_else(wrong)
}

/// What is sent for a change; `None` for a deletion, which is another call.
fn update(change: &GroupChange) -> Option<LocalGroupUpdate> {
    let nothing = LocalGroupUpdate { name: None, minimum_role: None, on_demand: None };
    match change {
        GroupChange::Rename { to } => Some(LocalGroupUpdate { name: Some(to.clone()), ..nothing }),
        GroupChange::MinimumRole { role: Some(role) } => {
            Some(LocalGroupUpdate { minimum_role: Some(MinimumRole::Of(role.clone())), ..nothing })
        }
        GroupChange::MinimumRole { role: None } => {
            Some(LocalGroupUpdate { minimum_role: Some(MinimumRole::Cleared), ..nothing })
        }
        GroupChange::OnDemand { on } => Some(LocalGroupUpdate { on_demand: Some(*on), ..nothing }),
        GroupChange::Create { .. } | GroupChange::Delete => None,
    }
}

/// The part of a group's state that a change is about, in words.
fn state(group: &Group, change: &GroupChange) -> String {
    let grant = group.grant.as_ref().map(GrantMode::words).unwrap_or_default();
    match change {
        GroupChange::Rename { .. } => group.name.clone(),
        GroupChange::MinimumRole { .. } => match &group.minimum_role {
            Some(role) => format!("gives {} {}", role.words(), grant.to_lowercase()).trim_end().to_owned(),
            None => "gives no role".to_owned(),
        },
        GroupChange::OnDemand { .. } => on_demand(group.on_demand.unwrap_or_default()).to_owned(),
        GroupChange::Create { .. } | GroupChange::Delete => "there".to_owned(),
    }
}

fn wanted(change: &GroupChange) -> String {
    match change {
        GroupChange::Create { .. } => "there".to_owned(),
        GroupChange::Rename { to } => to.clone(),
        GroupChange::MinimumRole { role: Some(role) } => format!("gives {}", role.words()),
        GroupChange::MinimumRole { role: None } => "gives no role".to_owned(),
        GroupChange::OnDemand { on } => on_demand(*on).to_owned(),
        GroupChange::Delete => "gone".to_owned(),
    }
}

fn on_demand(on: bool) -> &'static str {
    if on { "on-demand access" } else { "no on-demand access" }
}
