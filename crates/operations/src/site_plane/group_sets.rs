//! Changing group sets: made, renamed, filled, deleted. One after the other, because each is a single call.

use model::{
    Act, ActId, GroupId, GroupSetId, Notice, Problem, ProblemCode, SiteId,
    group_acts::SetChange,
    groups::{GroupInSet, GroupSet},
};

use super::changes::Sending;
use crate::{Caller, Operations};

/// The longest name.
const NAME_AT_MOST: usize = 256;

/// What the form about a group set carries.
#[derive(Debug, Clone)]
pub struct GroupSetForm {
    /// The site.
    pub site: SiteId,
    /// The set; `None` for a new one.
    pub set: Option<GroupSetId>,
    /// `create`, `rename`, `add`, `take-out` or `delete`.
    pub change: String,
    /// The name of a new set, or the new name.
    pub name: String,
    /// The group that is added or taken out.
    pub group: Option<GroupId>,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// Makes a group set, or changes one. Gives back the set where there still is one.
    pub async fn change_group_set(
        &self,
        caller: &Caller,
        form: GroupSetForm,
    ) -> Result<(Notice, Option<GroupSetId>), Problem> {
        let act = |name: &str, change: SetChange| Act::ChangeGroupSet {
            site: form.site,
            set: form.set,
            name: name.to_owned(),
            change,
        };
        self.permit(caller, form.ticket, &act("", SetChange::Create)).await?;
        self.must_see_site(caller, &form.site)?;
        if form.set.is_some() && !caller.sees_sets(&form.site) {
            return Err(caller.problem(ProblemCode::GroupSetNotFound));
        }
        if form.set.is_none() {
            // Names that are taken tell of sets: whoever may make none is not told.
            self.not_refused(caller, form.ticket, &act(form.name.trim(), SetChange::Create)).await?;
        }
        let now = match form.set {
            Some(set) => Some(self.fresh_set(caller, &form.site, &set).await?),
            None => None,
        };
        let change = self.read_set_change(caller, &form, now.as_ref()).await?;
        let name = now.as_ref().map_or_else(|| form.name.trim().to_owned(), |set| set.name.clone());
        let sending = Sending {
            site: form.site,
            ticket: form.ticket,
            act: act(&name, change.clone()),
            before: now.as_ref().map_or("not there".to_owned(), |set| state(set, &change)),
            after: wanted(&change),
            notice: Notice::GroupSetChanged,
        };
        let (site, set) = (form.site, form.set);
        let send = |api: tableau::SiteApi<tableau::Change>| {
            let (change, name) = (change.clone(), name.clone());
            async move {
                match (&change, set) {
                    (SetChange::Create, _) | (_, None) => {
                        api.create_group_set(&name).await.map(|made| Some(made.id))
                    }
                    (SetChange::Rename { to }, Some(set)) => {
                        api.update_group_set(&set, to).await.map(|_| Some(set))
                    }
                    (SetChange::Add { group, .. }, Some(set)) => {
                        api.add_group_to_set(&set, group).await.map(|()| Some(set))
                    }
                    (SetChange::TakeOut { group, .. }, Some(set)) => {
                        api.remove_group_from_set(&set, group).await.map(|()| Some(set))
                    }
                    (SetChange::Delete, Some(set)) => api.delete_group_set(&set).await.map(|()| None),
                }
            }
        };
        let (goal, looked_for) = (change.clone(), name.clone());
        let look = move |operations: Operations, caller: Caller, answer: Option<Option<GroupSetId>>| {
            let (goal, name) = (goal.clone(), looked_for.clone());
            async move { operations.set_shows(&caller, &site, set.or(answer.flatten()), &name, &goal).await }
        };
        let (notice, made) = self.change_and_look(caller, sending, send, look).await?;
        let is_gone = change == SetChange::Delete && notice != Notice::ApprovalAsked;
        Ok((notice, if is_gone { None } else { set.or(made.flatten()) }))
    }

    /// What the form asks for, compared with what is there.
    async fn read_set_change(
        &self,
        caller: &Caller,
        form: &GroupSetForm,
        now: Option<&GroupSet>,
    ) -> Result<SetChange, Problem> {
        let wrong =
            |field: &str| Problem::about(ProblemCode::FieldWrong, field).with_reference(&caller.request);
        let name = form.name.trim();
        let named =
            !name.is_empty() && name.chars().count() <= NAME_AT_MOST && !name.chars().any(char::is_control);
        let group = async || {
            let group = form.group.ok_or_else(|| wrong("group"))?;
            let found = self.fresh_group(caller, &form.site, &group).await?;
            Ok::<_, Problem>((group, found.name))
        };
        match (form.change.as_str(), now) {
            ("create" | "rename", _) if !named => Err(wrong("name")),
            ("create", None) => {
                let all = self.sets_of_site(caller, &form.site).await?;
                if all.iter().any(|set| set.name.to_lowercase() == name.to_lowercase()) {
                    return Err(caller.problem(ProblemCode::GroupNameTaken));
                }
                Ok(SetChange::Create)
            }
            ("rename", Some(_)) => Ok(SetChange::Rename { to: name.to_owned() }),
            ("add", Some(_)) => group().await.map(|(group, name)| SetChange::Add { group, name }),
            ("take-out", Some(set)) => {
                // A group that is gone from the site may still stand in a set.
                let group = form.group.ok_or_else(|| wrong("group"))?;
                let member = set.groups.iter().find(|member| member.id == group);
                let name = member.map(|member| member.name.clone());
                let name = name.ok_or_else(|| caller.problem(ProblemCode::GroupNotFound))?;
                Ok(SetChange::TakeOut { group, name })
            }
            ("delete", Some(_)) => Ok(SetChange::Delete),
            _ => Err(caller.problem(ProblemCode::MalformedForm)),
        }
    }

    /// Whether the site shows a change of a group set.
    async fn set_shows(
        &self,
        caller: &Caller,
        site: &SiteId,
        set: Option<GroupSetId>,
        name: &str,
        goal: &SetChange,
    ) -> Result<bool, Problem> {
        let found = match set {
            Some(set) => self.fresh_set(caller, site, &set).await,
            None => {
                let all = self.sets_of_site(caller, site).await?;
                let found = all.into_iter().find(|set| set.name == name);
                found.ok_or_else(|| caller.problem(ProblemCode::GroupSetNotFound))
            }
        };
        let found = match found {
            Ok(found) => Some(found),
            Err(problem) if problem.code == ProblemCode::GroupSetNotFound => None,
            Err(problem) => return Err(problem),
        };
        let holds = |group: &GroupId| {
            found.as_ref().is_some_and(|set| set.groups.iter().any(|GroupInSet { id, .. }| id == group))
        };
        Ok(match goal {
            SetChange::Create => found.is_some(),
            SetChange::Rename { to } => found.is_some_and(|set| set.name == *to),
            SetChange::Add { group, .. } => holds(group),
            SetChange::TakeOut { group, .. } => found.is_some() && !holds(group),
            SetChange::Delete => found.is_none(),
        })
    }
}

fn state(set: &GroupSet, change: &SetChange) -> String {
    match change {
        SetChange::Rename { .. } => set.name.clone(),
        SetChange::Add { name, .. } => format!("without {name}"),
        SetChange::TakeOut { name, .. } => format!("with {name}"),
        SetChange::Create | SetChange::Delete => "there".to_owned(),
    }
}

fn wanted(change: &SetChange) -> String {
    match change {
        SetChange::Create => "there".to_owned(),
        SetChange::Rename { to } => to.clone(),
        SetChange::Add { name, .. } => format!("with {name}"),
        SetChange::TakeOut { name, .. } => format!("without {name}"),
        SetChange::Delete => "gone".to_owned(),
    }
}
