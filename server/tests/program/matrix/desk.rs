//! A help desk with one account for each kind of holder, and what they may and may not be about.

use std::collections::BTreeSet;

use model::{
    Grant, GrantId, Moment, Permission, PlanId, SiteId,
    delegation::{
        Ceiling, Day, Delegation, Groups, Hours, Limits, Local, People, Scope, Sites, Standing, Template,
    },
    plan::{Plan, Step},
};
use operations::{Account, Who};
use store::{Joined, NewCredential, NewDeposit, NewFactor, NewInvitation};
use uuid::Uuid;

use crate::{
    every_door_is_guarded::door::Inner,
    house::{House, Visitor},
};

/// Everybody in scope signs in with a name that ends so.
pub const DOMAIN: &str = "matrix.example";

/// Who knocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Template(Template),
    /// Somebody who decides about what others planned.
    Approver,
    /// Whatever a grant can hold, for everybody on some sites.
    Everything,
    /// The same, and the account is suspended.
    Suspended,
}

impl Kind {
    pub fn all() -> Vec<Self> {
        let others = [Self::Approver, Self::Everything, Self::Suspended];
        Template::ALL.iter().copied().map(Self::Template).chain(others).collect()
    }

    fn verbs(self) -> BTreeSet<Permission> {
        use Permission as P;
        match self {
            Self::Template(template) => template.verbs(),
            Self::Approver => {
                let own = [P::PlanPeople, P::SeeOwnRuns, P::CreatePeople, P::ChangeRoles, P::Approve];
                Template::Viewer.verbs().into_iter().chain(own).collect()
            }
            Self::Everything | Self::Suspended => {
                P::ALL.iter().copied().filter(|verb| verb.is_grantable()).collect()
            }
        }
    }
}

/// Somebody with one grant.
pub struct Holder {
    pub kind: Kind,
    pub account: Account,
    pub grant: GrantId,
    pub visitor: Visitor,
}

/// What is on the site in scope, and beside it.
pub(super) struct Inners {
    pub(super) user: String,
    pub(super) out_user: String,
    pub(super) group: String,
    pub(super) out_group: String,
    pub(super) set: String,
    pub(super) job: String,
}

pub struct Desk {
    pub house: House,
    pub site: SiteId,
    pub holders: Vec<Holder>,
    pub(super) suspended: SiteId,
    pub(super) other: SiteId,
    pub(super) inside: String,
    pub(super) outside: String,
    pub(super) inners: Inners,
    pub(super) plan: (Plan, Vec<Step>),
}

fn now() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}

/// What the clocks show; the grants here name no other zone.
fn utc(zone: &str) -> Option<Local> {
    let now = time::OffsetDateTime::now_utc();
    let day = Day::ALL[usize::from(now.weekday().number_days_from_monday())];
    (zone == "UTC").then(|| Local { day, minute: u16::from(now.hour()) * 60 + u16::from(now.minute()) })
}

impl Desk {
    /// Everybody with a grant in this state.
    pub async fn open(standing: Standing, kinds: &[Kind]) -> Self {
        // A few people are enough for every door.
        let house = House::built(crate::house::Plan { people: 60, ..crate::house::Plan::default() }).await;
        Self::open_in(house, standing, kinds).await
    }

    /// The same in a house of one's own.
    pub async fn open_in(house: House, standing: Standing, kinds: &[Kind]) -> Self {
        let site = house.connected_site().await;
        let sites = house.world().sites();
        let suspended = sites.iter().find(|it| it.status == "Suspended").unwrap();
        let other = house.active_sites().into_iter().find(|it| it.id != site.id).unwrap();
        let owner = house.sign_in().await;
        let (name, secret) = house.site_token(&other.id);
        owner.connect_site(&other.id, &name, &secret).await;
        let (inside, outside) = (format!("in@{DOMAIN}"), "out@elsewhere.example".to_owned());
        for (name, on) in [(&inside, &site.id), (&outside, &other.id)] {
            assert!(house.world().add_person(name, name));
            assert!(house.world().set_role(name, on, Some("Viewer")));
        }
        let out_group = house.world().add_group(&site.id, "Nobody's").unwrap();
        let group = house.world().add_group(&site.id, "Somebody's").unwrap();
        assert!(house.world().join_group(&inside, &group));
        let inner = |found: String| found.split_once('/').unwrap().1.to_owned();
        let inners = Inners {
            user: house.first_on(&site.id, &format!("users?q={inside}")).await,
            out_user: house.first_on(&site.id, "users?q=milo.brandt").await,
            set: inner(house.on_a_site(Inner::Set).await),
            job: inner(house.on_a_site(Inner::Job).await),
            group,
            out_group,
        };
        let file = format!("Username,Site,Role\nnew.one@{DOMAIN},{},Unlicensed\n", site.name);
        let plan = PlanId::parse(&owner.plan(&file).await).unwrap();
        let tenant = house.tenant();
        let steps = house.store.all_steps(tenant, plan, None).await.unwrap();
        let plan = (house.store.plan(tenant, plan).await.unwrap().unwrap(), steps);
        let id = |id: &str| SiteId::parse(id).unwrap();
        let person = |name: &str| house.world().person(name).unwrap().id;
        let (inside, outside) = (person(&inside), person(&outside));
        let (site, suspended, other) = (id(&site.id), id(&suspended.id), id(&other.id));
        let mut desk =
            Self { house, site, holders: Vec::new(), suspended, other, inside, outside, inners, plan };
        for kind in kinds {
            let holder = desk.hire(*kind, standing).await;
            desk.holders.push(holder);
        }
        if standing == Standing::Paused {
            let ticket = Uuid::now_v7().to_string();
            let paused = [("ticket", ticket.as_str())];
            let answer = owner.api(reqwest::Method::POST, "/api/delegation/pause", &paused).await;
            assert!(answer.problem().is_none(), "{:?}", answer.problem());
        }
        desk
    }

    async fn hire(&self, kind: Kind, standing: Standing) -> Holder {
        let (store, tenant) = (&self.house.store, self.house.tenant());
        let email = format!("{}@steward.example", Uuid::now_v7());
        let key = Uuid::now_v7().to_string();
        let until = now().plus_seconds(60);
        let new = NewInvitation { tenant, email: &email, by: "Olga", key: &key, until, now: now() };
        store.invite_member(new).await.unwrap().unwrap();
        let factor = NewFactor::App { secret: &"a-secret".into(), step: 0 };
        let joined = Joined { name: "Dana", password: "a-hash", factor, codes: &[] };
        let member = store.join_member(&key, joined, now()).await.unwrap().unwrap();
        let account = Account {
            id: member.id,
            tenant,
            name: member.name,
            who: Who::Member { linked: Vec::new(), names: Vec::new() },
            ends: now().plus_seconds(28_800),
            proved: now(),
        };
        let grant = self.grant(kind, standing, account.id.uuid());
        self.give(&grant).await;
        if standing == Standing::Revoked {
            assert!(store.revoke_grant(tenant, grant.id, now()).await.unwrap());
        }
        if kind == Kind::Suspended {
            self.house
                .sql(&format!("UPDATE member SET standing = 'suspended' WHERE folded = '{email}'"))
                .await;
        }
        let visitor = self.house.stranger();
        let holder = Holder { kind, account, grant: grant.id, visitor };
        self.sign_in(&holder).await;
        holder
    }

    /// Signs somebody in anew, as just now, whatever became of their last sign-in.
    pub async fn sign_in(&self, holder: &Holder) {
        let account = Account { proved: now(), ..holder.account.clone() };
        holder.visitor.set_cookie(Some(self.house.cookie_of(&account).await));
    }

    fn grant(&self, kind: Kind, standing: Standing, account: Uuid) -> Delegation {
        let template = match kind {
            Kind::Template(template) => Some(template),
            _ => None,
        };
        let sites = BTreeSet::from([self.site, self.suspended]);
        let scope = match kind {
            Kind::Template(Template::Auditor) => {
                Scope { sites: Sites::All, people: People::Everybody, groups: Groups::All }
            }
            Kind::Everything | Kind::Suspended => {
                Scope { sites: Sites::These(sites), people: People::Everybody, groups: Groups::All }
            }
            Kind::Template(_) | Kind::Approver => {
                let domains = BTreeSet::from([DOMAIN.to_owned()]);
                let people = People::Those { groups: BTreeSet::new(), domains, named: BTreeSet::new() };
                let groups = match kind {
                    Kind::Template(Template::GroupSteward) => {
                        let group = model::GroupId::parse(&self.inners.group).unwrap();
                        Groups::These(BTreeSet::from([(self.site, group)]))
                    }
                    _ => Groups::All,
                };
                Scope { sites: Sites::These(sites), people, groups }
            }
        };
        let mut conditions = template.map(Template::conditions).unwrap_or_default();
        match standing {
            Standing::OutsideHours => conditions.hours = Some(other_hours()),
            Standing::OtherNetwork => {
                conditions.networks = BTreeSet::from(["203.0.113.0/24".parse().unwrap()])
            }
            _ => {}
        }
        let (from, until) = match standing {
            Standing::Future => (6_000, 12_000),
            Standing::Expired => (-1_200, -600),
            _ => (-600, 6_000),
        };
        Delegation {
            id: GrantId::from(Uuid::now_v7()),
            name: "Desk".to_owned(),
            account,
            verbs: kind.verbs(),
            scope,
            ceiling: template.map_or(Ceiling::Creator, Template::ceiling),
            touches: template.map(Template::touches),
            limits: template.map_or(Limits::default(), Template::limits),
            conditions,
            marks: template.map(Template::marks).unwrap_or_default(),
            from: now().plus_seconds(from),
            until: now().plus_seconds(until),
            eligible: standing == Standing::Eligible,
            by: "Olga".to_owned(),
            revoked: None,
        }
    }

    /// Gives a grant, with everything deposited for it.
    async fn give(&self, grant: &Delegation) {
        let (store, tenant) = (&self.house.store, self.house.tenant());
        store.keep_grant(tenant, grant, now()).await.unwrap();
        let audit = self.house.audit().await;
        let connected = audit.into_iter().find(|entry| entry.verb == "site.connect").unwrap();
        let owner = model::UserId::parse(&connected.who_id).unwrap();
        let details = self.house.simulator.details();
        let (secret, host) = (details.tcm_pat.clone().into(), details.tcm_url.clone());
        let token = NewCredential { tenant, owner, host, secret: &secret, now: now() };
        let token = store.keep_credential(token).await.unwrap();
        let connection = store.site_connection(tenant, owner, self.site).await.unwrap().unwrap();
        for (site, credential) in [(None, token), (Some(self.site), connection.credential)] {
            let new = NewDeposit {
                tenant,
                credential,
                grants: vec![grant.id],
                site,
                owner,
                by: "Olga".to_owned(),
                now: now(),
                until: now().plus_seconds(86_400),
            };
            store.deposit(new).await.unwrap();
        }
    }

    /// Lifts the limits of somebody's grant.
    pub async fn without_limits(&self, holder: &Holder) {
        let (store, tenant) = (&self.house.store, self.house.tenant());
        let held = store.grant(tenant, holder.grant, now()).await.unwrap().unwrap();
        let grant = Delegation { limits: Limits::default(), ..held.delegation };
        store.keep_grant(tenant, &grant, now()).await.unwrap();
    }

    /// What somebody holds at this moment, as the pure rules see it.
    pub async fn held(&self, holder: &Holder) -> Vec<Grant> {
        let id = holder.account.id.uuid();
        let held = self.house.store.grants_of(self.house.tenant(), id, now()).await.unwrap();
        let here = Some(std::net::Ipv4Addr::LOCALHOST.into());
        held.into_iter().map(|held| Grant::Delegated(Box::new(held.now(utc).here(here)))).collect()
    }
}

/// A whole day that is neither today nor near it.
fn other_hours() -> Hours {
    let today = usize::from(time::OffsetDateTime::now_utc().weekday().number_days_from_monday());
    let days = BTreeSet::from([Day::ALL[(today + 3) % 7]]);
    Hours { days, from: 0, until: 0, zone: "UTC".to_owned() }
}
