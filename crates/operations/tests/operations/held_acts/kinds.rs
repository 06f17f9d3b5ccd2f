//! Every kind of act that can wait, done as it was asked for: groups, sets of groups, sites.

use model::{
    GroupId, GroupSetId, Notice, Permission, ProblemCode,
    audit::ActState,
    delegation::{ApprovalState, Delegation, Mark, MarkReason, Template},
};
use operations::{GroupCame, GroupForm, GroupSetForm};

use super::{REASON, desk, held, of_everybody};
use crate::{helpers::HelpDesk, house::ticket};

/// Dana keeps the groups of the site; what she does there waits as the grant marks it.
async fn steward(marks: &[Mark]) -> HelpDesk {
    let help = HelpDesk::open().await;
    let grant = of_everybody(&help, Template::SiteSteward, &[]);
    help.give(&Delegation { marks: marks.iter().copied().collect(), ..grant }).await;
    help
}

impl HelpDesk {
    fn group_form(&self, group: Option<GroupId>, change: &str) -> GroupForm {
        GroupForm {
            site: self.desk.site,
            group,
            change: change.to_owned(),
            name: String::new(),
            role: String::new(),
            on_demand: String::new(),
            domain: String::new(),
            grant: String::new(),
            as_job: String::new(),
            typed: String::new(),
            reason: REASON.to_owned(),
            ticket: ticket(),
        }
    }

    fn gives(&self, name: &str) -> Option<String> {
        self.desk.house.world().group(&self.desk.site.to_string(), name).unwrap().minimum_role
    }

    /// Dana asks for a change of a group, and the owner approves it.
    async fn group_changes(&self, form: GroupForm) {
        let group = form.group;
        let asked = self.desk.house.operations.change_group(&self.dana().await, form).await.unwrap();
        let back = group.map_or(GroupCame::Nowhere, GroupCame::Group);
        assert_eq!(asked, (Notice::ApprovalAsked, back));
        let approval = self.newest().await;
        assert_eq!(self.approves(&approval).await, Ok(Notice::ActApproved), "{approval:?}");
    }

    async fn set_changes(&self, set: Option<GroupSetId>, change: &str, name: &str, group: Option<GroupId>) {
        let (name, change) = (name.to_owned(), change.to_owned());
        let form = GroupSetForm { site: self.desk.site, set, change, name, group, ticket: ticket() };
        let asked = self.desk.house.operations.change_group_set(&self.dana().await, form).await.unwrap();
        assert_eq!(asked, (Notice::ApprovalAsked, set));
        let approval = self.newest().await;
        assert_eq!(approval.why, [MarkReason::Everything]);
        assert_eq!(self.approves(&approval).await, Ok(Notice::ActApproved), "{approval:?}");
    }
}

#[tokio::test]
async fn what_a_group_gives_changes_once_somebody_else_said_so() {
    let help = steward(&[]).await;
    let names = help.people(2);
    let group = help.desk.group("Readers");
    help.desk.join(&names[0], &group);
    let operations = &help.desk.house.operations;
    let form = GroupForm { role: "Explorer".to_owned(), ..help.group_form(Some(group), "minimum-role") };
    let asked = operations.change_group(&help.dana().await, form.clone()).await.unwrap();
    assert_eq!(asked, (Notice::ApprovalAsked, GroupCame::Group(group)));
    assert_eq!(help.gives("Readers"), None);
    let approval = help.newest().await;
    let told = held(&approval);
    assert_eq!((told.before.as_str(), told.after.as_str()), ("gives no role", "gives Explorer"));
    assert_eq!((told.people, approval.why.as_slice()), (Some(1), &[MarkReason::GroupPolicy][..]));
    assert_eq!(told.place, help.site_facts().name);
    // Somebody comes into the group: it would give the role to another person than those who were seen.
    help.desk.join(&names[1], &group);
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalDrifted));
    assert_eq!(help.state_of(&approval.id).await, ApprovalState::Void);
    assert_eq!(help.gives("Readers"), None);
    help.group_changes(GroupForm { ticket: ticket(), ..form }).await;
    assert_eq!(help.gives("Readers").as_deref(), Some("Explorer"));
    let sent = help.entries("group.minimum-role").await.swap_remove(0);
    assert_eq!(
        (sent.who.as_str(), sent.state, sent.reason.as_deref()),
        ("Dana", ActState::Done, Some(REASON))
    );
    assert!(sent.via.unwrap().contains(", approved by "));
}

#[tokio::test]
async fn another_policy_by_somebody_else_voids_the_request() {
    let help = steward(&[]).await;
    let group = help.desk.group("Readers");
    let form = GroupForm { role: "Explorer".to_owned(), ..help.group_form(Some(group), "minimum-role") };
    help.desk.house.operations.change_group(&help.dana().await, form).await.unwrap();
    let approval = help.newest().await;
    assert!(help.desk.house.world().set_group_role(&group.to_string(), Some("Viewer")));
    assert_eq!(help.approves(&approval).await, Err(ProblemCode::ApprovalDrifted));
    assert_eq!(help.gives("Readers").as_deref(), Some("Viewer"));
}

#[tokio::test]
async fn where_everything_is_marked_every_change_of_a_group_waits_and_is_done_as_asked() {
    let help = steward(&[Mark::Everything]).await;
    let (site, world) = (help.desk.site.to_string(), help.desk.house.world().clone());
    let create =
        GroupForm { name: "Fresh".to_owned(), role: "Viewer".to_owned(), ..help.group_form(None, "create") };
    help.group_changes(create).await;
    assert_eq!(help.gives("Fresh").as_deref(), Some("Viewer"));
    let group = GroupId::parse(&world.group(&site, "Fresh").unwrap().id).unwrap();
    let rename = GroupForm { name: "Fresher".to_owned(), ..help.group_form(Some(group), "rename") };
    help.group_changes(rename).await;
    help.group_changes(help.group_form(Some(group), "minimum-role")).await;
    assert_eq!(help.gives("Fresher"), None);
    let delete = GroupForm { typed: "Fresher".to_owned(), ..help.group_form(Some(group), "delete") };
    help.group_changes(delete).await;
    assert!(world.group(&site, "Fresher").is_none());
}

#[tokio::test]
async fn where_everything_is_marked_every_change_of_a_group_set_waits_and_is_done_as_asked() {
    let help = steward(&[Mark::Everything]).await;
    let group = help.desk.group("Readers");
    let sets = || help.desk.house.world().group_sets(&help.desk.site.to_string());
    help.set_changes(None, "create", "Shelf", None).await;
    let made = sets().into_iter().find(|set| set.name == "Shelf").unwrap();
    let set = Some(GroupSetId::parse(&made.id).unwrap());
    let now = || sets().into_iter().find(|it| it.id == made.id);
    help.set_changes(set, "rename", "Shelves", None).await;
    assert_eq!(now().unwrap().name, "Shelves");
    help.set_changes(set, "add", "", Some(group)).await;
    assert_eq!(now().unwrap().groups, [group.to_string()]);
    help.set_changes(set, "take-out", "", Some(group)).await;
    assert!(now().unwrap().groups.is_empty());
    help.set_changes(set, "delete", "", None).await;
    assert!(now().is_none());
}

#[tokio::test]
async fn a_site_is_let_in_again_by_the_word_of_somebody_else() {
    let (help, _) = desk(&[Permission::SeeAudit]).await;
    let approval = help.asks().await;
    assert_eq!(help.approves(&approval).await, Ok(Notice::ActApproved));
    let form = operations::SuspendForm { typed: None, ..help.suspension() };
    let asked = help.desk.house.operations.reactivate_site(&help.dana().await, form).await.unwrap();
    assert_eq!((asked, help.status().as_str()), (Notice::ApprovalAsked, "Suspended"));
    let approval = help.newest().await;
    assert_eq!(approval.why, [MarkReason::Suspension]);
    assert_eq!(help.approves(&approval).await, Ok(Notice::ActApproved));
    assert_eq!(help.status(), "Active");
    assert_eq!(help.entries("site.reactivate").await.swap_remove(0).who, "Dana");
}
