//! Changing groups: made, renamed, given a role, deleted. Who is in them changes by plans.

use model::{
    Act, ActId, GroupId, Notice, Problem, ProblemCode, SiteId, SiteJobId,
    group_acts::{FromDirectory, GroupChange},
    groups::{GrantMode, Group},
    roles::SiteRole,
    site_plane::GroupLock,
};
use tableau::{GroupUpdate, LocalGroup, LocalGroupUpdate, Made, MinimumRole, NewGroup, Unfit};

use super::{changes::Sending, directory_groups::came};
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
    /// `create`, `rename`, `minimum-role`, `on-demand` or `delete`; on a Tableau Server also `import` and `synchronise`.
    pub change: String,
    /// The name of a new group, or the new name.
    pub name: String,
    /// The role it gives at least; empty for none.
    pub role: String,
    /// Whether it gives on-demand access: `yes`, or empty.
    pub on_demand: String,
    /// The domain of a group of Active Directory.
    pub domain: String,
    /// When such a group gives licences, in the vendor's word; empty leaves it to the server.
    pub grant: String,
    /// Whether the server reads its directory in a job: `yes`, or empty.
    pub as_job: String,
    /// The group's name as the person typed it, before it is deleted.
    pub typed: String,
    /// Why; may be empty.
    pub reason: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// Where a change of a group led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupCame {
    /// To the group as it is now.
    Group(GroupId),
    /// To a job that does it.
    Job(SiteJobId),
    /// Nowhere: the group is gone, or its id was not told.
    Nowhere,
}

impl Operations {
    /// Makes a group, or changes one. Gives back the group where there still is one, or the job that makes it.
    pub async fn change_group(
        &self,
        caller: &Caller,
        form: GroupForm,
    ) -> Result<(Notice, GroupCame), Problem> {
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
        self.must_see_site(caller, &form.site)?;
        if let GroupChange::Import(from) | GroupChange::Synchronise(from) = &change {
            return self.follow_directory(caller, &form, from, &act).await;
        }
        let Some(group) = form.group else {
            return self.create_group(caller, &form, act(None, form.name.trim())).await;
        };
        let now = self.known_group(caller, &form.site, &group).await?;
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
                match (update(&change), &change) {
                    (Some(update), _) => {
                        api.update_group(&group, &GroupUpdate::Local(update)).await.map(|_| ())
                    }
                    (None, GroupChange::Delete) => api.delete_group(&group).await,
                    (None, _) => Err(Unfit::Nothing.into()),
                }
            }
        };
        let look = move |operations: Operations, caller: Caller, _: Option<()>| {
            let goal = goal.clone();
            async move { operations.shows(&caller, &site, &group, &goal).await }
        };
        let (notice, _) = self.change_and_look(caller, sending, send, look).await?;
        let is_gone = change == GroupChange::Delete && notice != Notice::ApprovalAsked;
        Ok((notice, if is_gone { GroupCame::Nowhere } else { GroupCame::Group(group) }))
    }

    async fn create_group(
        &self,
        caller: &Caller,
        form: &GroupForm,
        act: Act,
    ) -> Result<(Notice, GroupCame), Problem> {
        let name = form.name.trim().to_owned();
        // Names that are taken tell of groups: whoever may make none is not told.
        self.not_refused(caller, form.ticket, &act).await?;
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
        Ok((notice, came(made)))
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
            _ => true,
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
        ("import", None) => name().and_then(|_| read_directory(caller, form).map(GroupChange::Import)),
        ("synchronise", Some(_)) => read_directory(caller, form).map(GroupChange::Synchronise),
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

/// How a group follows a directory, as the form says it.
fn read_directory(caller: &Caller, form: &GroupForm) -> Result<FromDirectory, Problem> {
    let wrong = |field: &str| Problem::about(ProblemCode::FieldWrong, field).with_reference(&caller.request);
    let domain = form.domain.trim();
    if domain.is_empty() || domain.chars().count() > NAME_AT_MOST || domain.chars().any(char::is_control) {
        return Err(wrong("domain"));
    }
    let grant = match form.grant.as_str() {
        "" => None,
        "onLogin" => Some(GrantMode::OnLogin),
        "onSync" => Some(GrantMode::OnSync),
        _ => return Err(wrong("grant")),
    };
    // Unlicensed is a role here: the directory's people come to the site without a seat.
    let role = match form.role.as_str() {
        "" => SiteRole::Unlicensed,
        word => SiteRole::parse_assignable(word).ok_or_else(|| wrong("role"))?,
    };
    Ok(FromDirectory { domain: domain.to_owned(), minimum_role: role, grant, as_job: form.as_job == "yes" })
}

/// What is sent for a change of a group as it is; `None` for everything that is another call.
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
        _ => None,
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
        _ => "there".to_owned(),
    }
}

fn wanted(change: &GroupChange) -> String {
    match change {
        GroupChange::Create { .. } | GroupChange::Import(_) => "there".to_owned(),
        GroupChange::Synchronise(_) => "as its directory has it".to_owned(),
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
