//! Doors × grants × states of a grant × objects: what the pure rules say is what is observed over HTTP.

use std::collections::BTreeSet;

use model::{
    Grant, GrantId, Moment, Permission, ProblemCode, SiteId, allows,
    delegation::{Conditions, Delegation, Groups, Limits, People, Scope, Sites, Standing, Subject, Template},
    roles::SiteRole,
};
use store::{NewCredential, NewDeposit};
use uuid::Uuid;

use crate::house::{House, accounts::Member};

const DOMAIN: &str = "matrix.example";

/// What a door is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Nothing,
    Site,
    Person,
}

/// Doors that read: their address, what they need, and what they are about.
const DOORS: &[(&str, &[Permission], About)] = &[
    ("/api/sites/list?query[search]=&freshness=recent", &[Permission::SeeSites], About::Nothing),
    ("/api/sites/get?site={}", &[Permission::SeeSites], About::Site),
    ("/api/plane/get?path=/sites/{}/users", &[Permission::SeePeople], About::Site),
    ("/api/plane/get?path=/sites/{}/groups", &[Permission::SeeGroups], About::Site),
    ("/api/people/list?url=&again=false", &[Permission::SeePeople], About::Nothing),
    ("/api/people/get?user={}", &[Permission::SeePeople], About::Person),
    ("/people/export?format=csv", &[Permission::SeePeople, Permission::ExportLists], About::Nothing),
    ("/audit/export?format=json", &[Permission::SeeAudit], About::Nothing),
    ("/api/audit/list?query[search]=", &[Permission::SeeAudit], About::Nothing),
    ("/api/tenant/get?freshness=recent", &[Permission::SeeTenant], About::Nothing),
    ("/api/connection/get", &[Permission::SeeConnection], About::Nothing),
    ("/api/delegation/get?path=/grants/new", &[Permission::ManageGrants], About::Nothing),
];

/// The house with somebody who holds grants, and what they may be about.
struct Matrix {
    house: House,
    member: Member,
    site: SiteId,
    other: SiteId,
    inside: String,
    outside: String,
}

fn now() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}

impl Matrix {
    async fn open() -> Self {
        let house = House::start().await;
        let site = SiteId::parse(&house.connected_site().await.id).unwrap();
        let other = house.active_sites().into_iter().find(|it| it.id != site.to_string()).unwrap();
        let other = SiteId::parse(&other.id).unwrap();
        let (inside, outside) = (format!("in@{DOMAIN}"), "out@elsewhere.example".to_owned());
        for name in [&inside, &outside] {
            assert!(house.world().add_person(name, name));
            assert!(house.world().set_role(name, &site.to_string(), Some("Viewer")));
        }
        let member = house.member("dana@steward.example").await;
        Self { house, member, site, other, inside, outside }
    }

    fn grant(&self, template: Template, standing: Standing) -> Delegation {
        let whole = template == Template::Auditor;
        let domains = BTreeSet::from([DOMAIN.to_owned()]);
        let people = match whole {
            true => People::Everybody,
            false => People::Those { groups: BTreeSet::new(), domains, named: BTreeSet::new() },
        };
        let sites = if whole { Sites::All } else { Sites::These(BTreeSet::from([self.site])) };
        let (from, until) = match standing {
            Standing::Future => (600, 1_200),
            Standing::Expired => (-1_200, -600),
            _ => (-600, 600),
        };
        Delegation {
            id: GrantId::from(Uuid::now_v7()),
            name: template.name().to_owned(),
            account: Uuid::parse_str(&self.member.account).unwrap(),
            verbs: template.verbs(),
            scope: Scope { sites, people, groups: Groups::All },
            ceiling: template.ceiling(),
            touches: Some(template.touches()),
            limits: Limits::default(),
            conditions: Conditions::default(),
            marks: BTreeSet::new(),
            from: now().plus_seconds(from),
            until: now().plus_seconds(until),
            eligible: standing == Standing::Eligible,
            by: "Olga".to_owned(),
            revoked: None,
        }
    }

    /// Gives a grant in a state, with everything deposited for it.
    async fn give(&self, template: Template, standing: Standing) -> GrantId {
        let (store, tenant) = (&self.house.store, self.house.tenant());
        let grant = self.grant(template, standing);
        store.keep_grant(tenant, &grant, now()).await.unwrap();
        let connected =
            self.house.audit().await.into_iter().find(|entry| entry.verb == "site.connect").unwrap();
        let owner = model::UserId::parse(&connected.who_id).unwrap();
        let details = self.house.simulator.details();
        let (secret, host) = (details.tcm_pat.clone().into(), details.tcm_url.clone());
        let new = NewCredential { tenant, owner, host, secret: &secret, now: now() };
        let token = store.keep_credential(new).await.unwrap();
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
        if standing == Standing::Revoked {
            assert!(store.revoke_grant(tenant, grant.id, now()).await.unwrap());
        }
        grant.id
    }

    /// The objects of a kind: mine, somebody else's, and what is not there.
    fn objects(&self, about: About) -> Vec<String> {
        let missing = Uuid::now_v7().to_string();
        match about {
            About::Nothing => vec![String::new()],
            About::Site => vec![self.site.to_string(), self.other.to_string(), missing],
            About::Person => {
                let id = |name: &str| self.house.world().person(name).unwrap().id;
                vec![id(&self.inside), id(&self.outside), missing]
            }
        }
    }

    /// What the rules say: nothing, or the problem.
    fn expected(
        &self,
        held: &[Grant],
        needs: &[Permission],
        about: About,
        object: &str,
    ) -> Option<ProblemCode> {
        if !needs.iter().all(|permission| allows(held, *permission)) {
            return Some(ProblemCode::NotAllowed);
        }
        let scopes = || {
            held.iter().filter_map(|grant| match grant {
                Grant::Delegated(held) if held.is_standing() => Some(&held.delegation.scope),
                _ => None,
            })
        };
        match about {
            About::Nothing => None,
            About::Site => {
                let site = SiteId::parse(object).unwrap();
                (!scopes().any(|scope| scope.has_site(&site))).then_some(ProblemCode::SiteNotFound)
            }
            About::Person => {
                let person = self.house.world().person_by_id(object);
                let seen = person.is_some_and(|person| {
                    let subject = subject(&person.user_name);
                    let on = person.roles.iter().map(|role| SiteId::parse(&role.site_id).unwrap());
                    on.into_iter().any(|site| scopes().any(|scope| scope.has_person(&subject, &site)))
                });
                (!seen).then_some(ProblemCode::PersonNotFound)
            }
        }
    }
}

fn subject(user_name: &str) -> Subject {
    Subject {
        user: None,
        user_name: user_name.to_owned(),
        roles: Some(Vec::<(SiteId, SiteRole)>::new()),
        groups: Vec::new(),
        told: Vec::new(),
        administers_tenant: false,
        is_protected: false,
        owns_credential: false,
        has_account: false,
    }
}

#[tokio::test]
async fn what_the_rules_say_is_what_happens_at_every_door() {
    let matrix = Matrix::open().await;
    let (store, tenant) = (&matrix.house.store, matrix.house.tenant());
    let mut differences = Vec::new();
    let mut looked = 0;
    for template in Template::ALL {
        for standing in
            [Standing::Active, Standing::Future, Standing::Expired, Standing::Revoked, Standing::Eligible]
        {
            let grant = matrix.give(template, standing).await;
            let account = Uuid::parse_str(&matrix.member.account).unwrap();
            let held = store.grants_of(tenant, account, now()).await.unwrap();
            let held: Vec<Grant> = held.into_iter().map(|held| Grant::Delegated(Box::new(held))).collect();
            for (path, needs, about) in DOORS {
                for object in matrix.objects(*about) {
                    // The auditor sees no people and no sites, whatever the scope.
                    let expected = matrix.expected(&held, needs, *about, &object);
                    let answer = matrix.member.visitor.get(&path.replace("{}", &object)).await;
                    let found = answer.problem().map(|problem| problem.code);
                    looked += 1;
                    if found != expected {
                        differences.push(format!(
                            "{template:?} {standing:?} {path} {object}: expected {expected:?}, found {found:?}"
                        ));
                    }
                }
            }
            store.revoke_grant(tenant, grant, now()).await.unwrap();
        }
    }
    assert!(differences.is_empty(), "{} of {looked} differ:\n{}", differences.len(), differences.join("\n"));
    assert!(looked > 500, "only {looked} looks");
}

#[tokio::test]
async fn whoever_is_suspended_is_nobody_at_once() {
    let matrix = Matrix::open().await;
    matrix.give(Template::Viewer, Standing::Active).await;
    let people = "/api/people/list?url=&again=false";
    assert!(matrix.member.visitor.get(people).await.problem().is_none());
    let owner = matrix.house.sign_in().await;
    matrix.member.turned_by(&owner, "suspend").await;
    let answer = matrix.member.visitor.get(people).await;
    assert_eq!(answer.problem().map(|problem| problem.code), Some(ProblemCode::NotSignedIn));
}
