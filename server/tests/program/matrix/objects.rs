//! What somebody knocks with: what is theirs, and what is not.

use model::{
    GrantId, PlanId, TenantId,
    delegation::{About, Approval, Template},
    plan::{Permit, Plan, Step, Wish},
    roles::SiteRole,
};
use store::{ApplyPlan, NewApproval};
use uuid::Uuid;

use super::desk::{Desk, Holder, Kind};
use crate::every_door_is_guarded::door::{Door, Inner, Takes};

/// Whose something is, or that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Mine,
    /// Of another site, or of somebody else.
    Other,
    OtherTenant,
    Missing,
    /// On a site of mine, and out of scope.
    OtherInner,
    /// On a site of mine, and not there.
    MissingInner,
}

/// Something to knock with.
#[derive(Debug, Clone)]
pub struct Object {
    pub which: Which,
    pub id: String,
}

fn object(which: Which, id: String) -> Object {
    Object { which, id }
}

impl Desk {
    /// What is somebody's own, and what on their sites is not.
    pub async fn mine(&self, door: &Door, holder: &Holder) -> Vec<Object> {
        let account = holder.account.id.uuid();
        let mine = |id: String| vec![object(Which::Mine, id)];
        match door.takes {
            Takes::Nothing => mine(door.own(&self.house).await),
            Takes::Operation => mine("site.suspend".to_owned()),
            Takes::Hook => mine(String::new()),
            Takes::Site | Takes::Plane => mine(self.site.to_string()),
            Takes::SuspendedSite => mine(self.suspended.to_string()),
            Takes::OnPlane(inner) => self.inner(inner, holder),
            Takes::Job | Takes::Token => mine(door.own(&self.house).await),
            Takes::Act => mine(self.house.audit().await.swap_remove(0).act.to_string()),
            Takes::LostAct => {
                mine(self.house.lost_act(self.house.tenant(), &self.site.to_string(), 0).await.to_string())
            }
            Takes::Person | Takes::SeatHolder => mine(self.inside.clone()),
            Takes::Account => mine(account.to_string()),
            Takes::SuspendedAccount => mine(self.house.account_standing("suspended").await),
            Takes::InvitedAccount => mine(self.house.account_standing("invited").await),
            Takes::Plan => mine(self.plan_of(account, holder.grant).await.id.to_string()),
            Takes::Run => mine(self.run_of(account, holder.grant, false).await),
            Takes::EndedRun => mine(self.run_of(account, holder.grant, true).await),
            Takes::Conversion => mine(self.conversion_of(account).await),
            Takes::Grant | Takes::Deposit => mine(holder.grant.to_string()),
            Takes::Approval => {
                let plan = self.plan_of(Uuid::now_v7(), holder.grant).await;
                mine(self.approval(&plan, Uuid::now_v7()).await)
            }
            Takes::OwnApproval => {
                let plan = self.plan_of(account, holder.grant).await;
                mine(self.approval(&plan, account).await)
            }
        }
    }

    fn inner(&self, inner: Inner, holder: &Holder) -> Vec<Object> {
        let (found, out) = match inner {
            Inner::User => (&self.inners.user, Some(&self.inners.out_user)),
            Inner::Group => (&self.inners.group, Some(&self.inners.out_group)),
            Inner::Set => (&self.inners.set, None),
            Inner::Job => (&self.inners.job, None),
        };
        let at = |which, id: &str| object(which, format!("{}/{id}", self.site));
        let is_steward = holder.kind == Kind::Template(Template::GroupSteward);
        let mut all = vec![at(Which::MissingInner, &Uuid::now_v7().to_string())];
        // Whoever may change some groups sees no set: it would tell of the others.
        let hidden = inner == Inner::Set && is_steward;
        all.push(at(if hidden { Which::OtherInner } else { Which::Mine }, found));
        let out = out.filter(|_| match inner {
            Inner::Group => is_steward,
            _ => {
                matches!(holder.kind, Kind::Template(kind) if kind != Template::Auditor)
                    || holder.kind == Kind::Approver
            }
        });
        all.extend(out.map(|out| at(Which::OtherInner, out)));
        all
    }

    /// What is nobody's of these: of another site, of somebody else, of another tenant, and what is not there.
    pub async fn others(&self, door: &Door) -> Vec<Object> {
        if matches!(door.takes, Takes::Nothing | Takes::Hook) {
            return Vec::new();
        }
        let missing =
            if door.takes == Takes::Operation { "nope".to_owned() } else { Uuid::now_v7().to_string() };
        let mut all = vec![
            object(Which::OtherTenant, door.foreign(&self.house).await),
            object(Which::Missing, missing),
        ];
        let other = match door.takes {
            Takes::Site | Takes::SuspendedSite | Takes::Plane => Some(self.other.to_string()),
            Takes::OnPlane(inner) => {
                let group = || self.house.world().groups(&self.other.to_string()).swap_remove(0).id;
                let id = if inner == Inner::Group { group() } else { Uuid::now_v7().to_string() };
                Some(format!("{}/{id}", self.other))
            }
            Takes::Person | Takes::SeatHolder => Some(self.outside.clone()),
            Takes::Account => Some(self.house.account_standing("active").await),
            Takes::Plan => Some(self.plan.0.id.to_string()),
            Takes::Run => Some(self.run_of(Uuid::now_v7(), Uuid::now_v7().into(), false).await),
            Takes::EndedRun => Some(self.run_of(Uuid::now_v7(), Uuid::now_v7().into(), true).await),
            Takes::Conversion => Some(self.conversion_of(Uuid::now_v7()).await),
            Takes::Grant | Takes::Deposit => Some(self.house.grant_in(self.house.tenant()).await),
            Takes::Approval | Takes::OwnApproval => {
                let plan = self.plan_out_of_scope().await;
                Some(self.approval(&plan, Uuid::now_v7()).await)
            }
            _ => None,
        };
        all.extend(other.map(|id| object(Which::Other, id)));
        all
    }

    /// A plan of somebody's, each of whose rows goes by a grant.
    async fn plan_of(&self, account: Uuid, grant: GrantId) -> Plan {
        let permit = Permit { grant, waits: Vec::new(), fresh: false, reason: false, ticket: None };
        let (plan, steps) = &self.plan;
        let plan = Plan { id: PlanId::from(Uuid::now_v7()), by_id: account.into(), ..plan.clone() };
        let steps: Vec<Step> =
            steps.iter().map(|step| Step { permit: Some(permit.clone()), ..step.clone() }).collect();
        self.house.store.keep_plan(&plan, &steps).await.unwrap();
        plan
    }

    /// A plan about somebody whom no holder reaches.
    async fn plan_out_of_scope(&self) -> Plan {
        let (plan, steps) = &self.plan;
        let plan = Plan { id: PlanId::from(Uuid::now_v7()), by_id: Uuid::now_v7().into(), ..plan.clone() };
        let wish = Wish::Role { site: self.other, role: SiteRole::Unlicensed, sign_in: None };
        let name = "new.one@elsewhere.example";
        let steps: Vec<Step> = steps
            .iter()
            .map(|step| Step { user_name: name.to_owned(), wish: Some(wish.clone()), ..step.clone() })
            .collect();
        self.house.store.keep_plan(&plan, &steps).await.unwrap();
        plan
    }

    /// A run of somebody's with one row to look at.
    pub async fn run_of(&self, account: Uuid, grant: GrantId, over: bool) -> String {
        let plan = self.plan_of(account, grant).await;
        let applied = self.house.store.apply_plan(ApplyPlan {
            tenant: plan.tenant,
            plan: plan.id,
            hash: &plan.hash,
            include: &[],
            by: &plan.by,
            by_id: plan.by_id,
            account: "{}",
            reason: None,
            now: plan.made,
        });
        assert!(applied.await.is_ok());
        let id = plan.id.uuid().simple().to_string();
        self.house.sql(&format!("UPDATE run_row SET state = 'failed' WHERE run = x'{id}'")).await;
        if over {
            self.house.sql(&format!("UPDATE run SET state = 'over', ended = began WHERE id = x'{id}'")).await;
        }
        plan.id.to_string()
    }

    async fn conversion_of(&self, account: Uuid) -> String {
        let id = self.house.own_conversion().await;
        let (of, owner) = (Uuid::parse_str(&id).unwrap().simple(), account.simple());
        self.house.sql(&format!("UPDATE conversion SET owner = x'{owner}' WHERE id = x'{of}'")).await;
        id
    }

    async fn approval(&self, plan: &Plan, by: Uuid) -> String {
        let tenant: TenantId = self.house.tenant();
        let approval =
            Approval { about: About::Plan { plan: plan.id, include: Vec::new() }, ..self.house.request(by) };
        let new = NewApproval { tenant, approval: &approval, account: "{}" };
        self.house.store.ask_approval(new).await.unwrap();
        approval.id.to_string()
    }
}
