//! A help desk: somebody with an account of Steward's own, what they were given, and what was deposited for it.

use std::collections::BTreeSet;

use model::{
    GrantId, GroupId, Moment, Permission, UserId,
    delegation::{Ceiling, Conditions, Delegation, Groups, Limits, People, Scope, Sites, Template},
};
use operations::{Account, Caller, DepositForm, SeenGrant, Who};
use store::{Joined, NewFactor, NewInvitation};
use uuid::Uuid;

use crate::{
    house::{now, ticket},
    members::Desk,
};

/// Everybody in scope signs in with a name that ends so.
pub const DOMAIN: &str = "desk.example";

pub struct HelpDesk {
    pub desk: Desk,
    pub dana: Account,
}

impl HelpDesk {
    /// Somebody who holds this template on the one connected site, for people of one domain.
    pub async fn with(template: Template) -> (Self, Delegation) {
        let help = Self::open().await;
        let grant = help.grant(template);
        help.give(&grant).await;
        (help, grant)
    }

    pub async fn open() -> Self {
        let desk = Desk::open().await;
        let (store, tenant, of) = (&desk.house.store, desk.caller.tenant(), desk.caller.account.clone());
        let invitation = NewInvitation {
            tenant,
            email: "dana@steward.example",
            by: "Olga",
            key: "a-key",
            until: now().plus_seconds(60),
            now: now(),
        };
        store.invite_member(invitation).await.unwrap().unwrap();
        let totp = "a-secret".into();
        let joined = Joined {
            name: "Dana",
            password: "a-hash",
            factor: NewFactor::App { secret: &totp, step: 0 },
            codes: &[],
        };
        let member = store.join_member("a-key", joined, now()).await.unwrap().unwrap();
        let who = Who::Member { linked: Vec::new(), names: Vec::new() };
        let dana = Account { id: member.id, name: member.name, who, ..of };
        Self { desk, dana }
    }

    pub fn grant(&self, template: Template) -> Delegation {
        let domains = BTreeSet::from([DOMAIN.to_owned()]);
        let people = People::Those { groups: BTreeSet::new(), domains, named: BTreeSet::new() };
        let scope =
            Scope { sites: Sites::These(BTreeSet::from([self.desk.site])), people, groups: Groups::All };
        Delegation {
            id: GrantId::from(Uuid::now_v7()),
            name: template.name().to_owned(),
            account: self.dana.id.uuid(),
            verbs: template.verbs(),
            scope,
            ceiling: template.ceiling(),
            touches: Some(template.touches()),
            limits: Limits::default(),
            conditions: Conditions::default(),
            marks: BTreeSet::new(),
            from: now().plus_seconds(-60),
            until: now().plus_seconds(86_400),
            eligible: false,
            by: "Olga".to_owned(),
            revoked: None,
        }
    }

    /// Gives a grant, and deposits both the tenant's token and the site's connection for it.
    pub async fn give(&self, grant: &Delegation) {
        let house = &self.desk.house;
        let caller = &self.desk.caller;
        house.store.keep_grant(caller.tenant(), grant, now()).await.unwrap();
        for site in [None, Some(self.desk.site)] {
            let form = DepositForm {
                grants: vec![seen(grant)],
                site,
                token: house.simulator.details().tcm_pat.clone().into(),
                until: (now().plus_seconds(86_400 * 2)).machine()[..10].to_owned(),
                ticket: ticket(),
            };
            house.operations.deposit(caller, form).await.unwrap();
        }
    }

    /// Dana, as she signs in at this moment.
    pub async fn dana(&self) -> Caller {
        self.signed_in(&self.dana, now()).await
    }

    /// The same from an address.
    pub async fn dana_at(&self, address: Option<&str>) -> Caller {
        let account = Account { proved: now(), ..self.dana.clone() };
        let address = address.map(|address| address.parse().unwrap());
        let operations = &self.desk.house.operations;
        operations.caller_of(account, "req-dana".to_owned(), now(), address).await.unwrap().unwrap()
    }

    pub async fn signed_in(&self, account: &Account, at: Moment) -> Caller {
        let account = Account { proved: at, ..account.clone() };
        let caller = self.desk.house.operations.caller_of(account, "req-dana".to_owned(), at, None).await;
        caller.unwrap().unwrap()
    }

    /// People of the domain, each a Viewer on the site and nowhere else.
    pub fn people(&self, count: usize) -> Vec<String> {
        let names: Vec<String> = (0..count).map(|number| format!("p{number}@{DOMAIN}")).collect();
        names.iter().for_each(|name| _ = self.desk.somebody(name, "Viewer"));
        names
    }

    /// The site takes so many Explorers, and the tenant has bought more than enough.
    pub fn make_room(&self, explorers: u32) {
        let room = simulator::SiteLimits { creator: None, explorer: Some(explorers), viewer: None };
        assert!(self.desk.house.world().set_site_limits(&self.desk.site.to_string(), room));
        let bought = simulator::Purchased { explorer: 100_000, ..self.desk.house.world().purchased() };
        self.desk.house.world().set_purchased(bought);
    }

    pub fn id_of(&self, name: &str) -> UserId {
        UserId::parse(&self.desk.house.world().person(name).unwrap().id).unwrap()
    }

    pub fn role_of(&self, name: &str) -> String {
        let site = self.desk.site.to_string();
        let person = self.desk.house.world().person(name).unwrap();
        person.roles.into_iter().find(|role| role.site_id == site).map(|role| role.role).unwrap_or_default()
    }

    pub async fn read_everyone(&self) {
        let query = model::people::PeopleQuery::default();
        let operations = &self.desk.house.operations;
        operations.list_people(&self.desk.caller, &query, model::Freshness::Now).await.unwrap();
    }
}

/// A grant as its owner was shown it.
pub fn seen(grant: &Delegation) -> SeenGrant {
    SeenGrant { grant: grant.id, terms: store::fingerprint_of_terms(grant).unwrap() }
}

/// The same grant with more.
pub fn with(grant: &Delegation, verbs: &[Permission]) -> Delegation {
    let mut grant = grant.clone();
    grant.verbs.extend(verbs.iter().copied());
    grant
}

pub fn up_to(grant: &Delegation, ceiling: Ceiling) -> Delegation {
    Delegation { ceiling, touches: None, ..grant.clone() }
}

pub fn only_groups(grant: &Delegation, groups: &[(model::SiteId, GroupId)]) -> Delegation {
    let scope = Scope { groups: Groups::These(groups.iter().copied().collect()), ..grant.scope.clone() };
    Delegation { scope, ..grant.clone() }
}
