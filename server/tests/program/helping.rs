//! The pages of the help desk: a grant is looked at before it is given, a credential is deposited by the form as it stands,
//! and a refusal says which rule and whom to ask.

use std::collections::BTreeSet;

use model::{
    GrantId, Moment, Permission, ProblemCode, SiteId, UserId,
    delegation::{Ceiling, Conditions, Delegation, Groups, Limits, People, Rule, Scope, Sites, Template},
};
use store::{NewCredential, NewDeposit};
use uuid::Uuid;

use crate::house::{House, Visitor, accounts::Member};

const DANA: &str = "dana@steward.example";

struct Desk {
    house: House,
    owner: Visitor,
    dana: Member,
    site: String,
}

fn now() -> Moment {
    Moment::from(time::OffsetDateTime::now_utc())
}

impl Desk {
    async fn open() -> Self {
        let house = House::start().await;
        let site = house.connected_site().await.id;
        let dana = house.member(DANA).await;
        // The administrator who connected the site signs in once more: connections are theirs, not a sign-in's.
        Self { owner: house.sign_in().await, dana, site, house }
    }

    /// Dana holds these verbs on the connected site, for people of one domain, with everything deposited.
    async fn give(&self, verbs: &[Permission], ceiling: Ceiling) -> GrantId {
        let (store, tenant) = (&self.house.store, self.house.tenant());
        let site = SiteId::parse(&self.site).unwrap();
        let domains = BTreeSet::from(["desk.example".to_owned()]);
        let people = People::Those { groups: BTreeSet::new(), domains, named: BTreeSet::new() };
        let grant = Delegation {
            id: GrantId::from(Uuid::now_v7()),
            name: "Group desk".to_owned(),
            account: Uuid::parse_str(&self.dana.account).unwrap(),
            verbs: verbs.iter().copied().collect(),
            scope: Scope { sites: Sites::These(BTreeSet::from([site])), people, groups: Groups::All },
            ceiling,
            touches: None,
            limits: Limits::default(),
            conditions: Conditions::default(),
            marks: BTreeSet::new(),
            from: now().plus_seconds(-60),
            until: now().plus_seconds(86_400),
            eligible: false,
            by: "Olga O'Neil".to_owned(),
            revoked: None,
        };
        store.keep_grant(tenant, &grant, now()).await.unwrap();
        let connected = self.house.audit().await.into_iter().find(|it| it.verb == "site.connect").unwrap();
        let owner = UserId::parse(&connected.who_id).unwrap();
        let details = self.house.simulator.details();
        let (secret, host) = (details.tcm_pat.clone().into(), details.tcm_url.clone());
        let new = NewCredential { tenant, owner, host, secret: &secret, now: now() };
        let token = store.keep_credential(new).await.unwrap();
        let connection = store.site_connection(tenant, owner, site).await.unwrap().unwrap();
        for (site, credential) in [(None, token), (Some(site), connection.credential)] {
            let (grants, by, until) = (vec![grant.id], "Olga".to_owned(), now().plus_seconds(86_400));
            let new = NewDeposit { tenant, credential, grants, site, owner, by, now: now(), until };
            store.deposit(new).await.unwrap();
        }
        grant.id
    }

    /// The fields of a form that gives Dana a grant on the connected site.
    fn form<'a>(&'a self, ticket: &'a str, until: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("ticket", ticket),
            ("account", self.dana.account.as_str()),
            ("name", "Language help"),
            ("verbs[]", "see-people"),
            ("verbs[]", "change-details"),
            ("verbs[]", "suspend-site"),
            ("sites_mode", "these"),
            ("sites[]", self.site.as_str()),
            ("people_mode", "those"),
            ("domains", "desk.example"),
            ("managed_mode", "these"),
            ("ceiling", "Viewer"),
            ("until", until),
        ]
    }
}

#[tokio::test]
async fn a_credential_for_the_tenant_is_deposited_by_the_form_as_a_browser_would_send_it() {
    let desk = Desk::open().await;
    let grant = desk.give(&Template::Viewer.verbs().into_iter().collect::<Vec<_>>(), Ceiling::Viewer).await;
    let path = format!("/grants/deposit?grant={grant}");
    let page = desk.owner.get(&path).await;
    // A required choice whose first word is empty is a placeholder: browsers refuse to send it.
    let (_, choice) = page.body.split_once("<select").unwrap();
    let choice = choice.split("</select>").next().unwrap();
    assert!(!choice.contains("value=\"\""), "{choice}");
    assert!(choice.contains("value=\"tenant\""), "{choice}");
    let (ticket, until, seen) = (page.field("ticket"), page.field("until"), page.field("grants[]"));
    assert!(seen.starts_with(&format!("{grant}:")), "{seen}");
    let fields = [
        ("ticket", ticket.as_str()),
        ("grants[]", &seen),
        ("site", "tenant"),
        ("token", desk.house.token()),
        ("until", &until),
    ];
    let sent = desk.owner.submit(&path, "/api/delegation/deposit", &fields).await;
    assert!(sent.post.location().starts_with("/grants?notice="), "{}", sent.page.words());
}

#[tokio::test]
async fn a_form_that_showed_other_terms_deposits_nothing_and_shows_them_as_they_are() {
    let desk = Desk::open().await;
    let grant = desk.give(&Template::Viewer.verbs().into_iter().collect::<Vec<_>>(), Ceiling::Viewer).await;
    let path = format!("/grants/deposit?grant={grant}");
    let page = desk.owner.get(&path).await;
    let before = desk.house.count("deposit").await;
    // Somebody else changes the grant while the form is open.
    let (store, tenant) = (&desk.house.store, desk.house.tenant());
    let held = store.grant(tenant, grant, now()).await.unwrap().unwrap();
    let mut wider = held.delegation;
    wider.verbs.insert(Permission::ChangeDetails);
    store.change_grant(tenant, &wider, UserId::from(Uuid::now_v7()), now()).await.unwrap();
    let ended = desk.house.count("deposit").await;
    assert!(ended < before, "other terms end what was deposited");
    let send = async |page: &crate::house::Answer| {
        let (ticket, until, seen) = (page.field("ticket"), page.field("until"), page.field("grants[]"));
        let fields = [
            ("ticket", ticket.as_str()),
            ("grants[]", &seen),
            ("site", "tenant"),
            ("token", desk.house.token()),
            ("until", &until),
        ];
        desk.owner.submit(&path, "/api/delegation/deposit", &fields).await
    };
    let sent = send(&page).await;
    sent.explains(ProblemCode::GrantTermsChanged);
    assert_eq!(desk.house.count("deposit").await, ended);
    assert!(sent.page.body.contains("<details open"), "the terms are laid open: {}", sent.page.words());
    assert_ne!(sent.page.field("grants[]"), page.field("grants[]"));
    let sent = send(&sent.page).await;
    assert!(sent.post.location().starts_with("/grants?notice="), "{}", sent.page.words());
}

#[tokio::test]
async fn the_editor_says_what_a_grant_would_mean_and_keeps_nothing_but_what_was_typed() {
    let desk = Desk::open().await;
    let path = "/grants/new?template=first-line";
    let (ticket, until) = (desk.owner.get(path).await.field("ticket"), now().plus_seconds(864_000).machine());
    let before = desk.house.count("delegation").await;
    let mut fields = desk.form(&ticket, &until[..10]);
    fields.push(("step", "look"));
    let sent = desk.owner.submit(path, "/api/delegation/grant", &fields).await;
    assert!(sent.post.location().starts_with("/grants/new?draft="), "{}", sent.post.location());
    assert!(!sent.post.location().contains("desk.example"), "nobody is named in an address");
    for words in [
        "What Language help means for Dana Reed",
        "Nothing is kept yet",
        "people at desk.example",
        "Needs somebody else's approval for suspending a site",
    ] {
        assert!(sent.page.says(words), "{words}: {}", sent.page.words());
    }
    assert_eq!(sent.page.field("name"), "Language help", "the form stays filled");
    assert!(sent.page.body.contains(">desk.example</textarea>"));
    assert_eq!(desk.house.count("delegation").await, before, "nothing is kept");
    // The same form, sent for good.
    let ticket = sent.page.field("ticket");
    let kept = desk.owner.submit(path, "/api/delegation/grant", &desk.form(&ticket, &until[..10])).await;
    assert!(kept.post.location().ends_with("?notice=grant-given"), "{}", kept.page.words());
    assert_eq!(desk.house.count("delegation").await, before + 1);
    // Nobody else opens what somebody typed.
    let draft = sent.post.location().to_owned();
    desk.dana.visitor.get(&draft).await.explains(ProblemCode::NotAllowed);
    desk.owner.get("/grants/new?draft=00ff").await.explains(ProblemCode::MalformedQuery);
}

#[tokio::test]
async fn what_is_wrong_in_the_form_of_a_grant_is_pointed_to_and_nothing_typed_is_lost() {
    let desk = Desk::open().await;
    let path = "/grants/new?template=first-line";
    let (ticket, until) = (desk.owner.get(path).await.field("ticket"), now().plus_seconds(864_000).machine());
    let mut fields = desk.form(&ticket, &until[..10]);
    fields.retain(|(name, _)| *name != "domains");
    fields.push(("domains", "not a domain"));
    let sent = desk.owner.submit(path, "/api/delegation/grant", &fields).await;
    sent.explains(ProblemCode::FieldWrong);
    assert!(sent.page.says("Look at “E-mail domains”"), "{}", sent.page.words());
    assert!(sent.page.body.contains(">not a domain</textarea>"), "what cannot be read stays as well");
    assert_eq!(sent.page.field("name"), "Language help");
}

#[tokio::test]
async fn a_refused_act_says_which_rule_and_whom_to_ask() {
    let desk = Desk::open().await;
    let verbs = [
        Permission::SeeSites,
        Permission::SeePeople,
        Permission::SeeGroups,
        Permission::ChangeGroups,
        Permission::ChangeGroupPolicy,
    ];
    desk.give(&verbs, Ceiling::Viewer).await;
    let group = desk.house.world().add_group(&desk.site, "Field").unwrap();
    let path = format!("/sites/{}/groups", desk.site);
    let ticket = Uuid::now_v7().to_string();
    let fields = [
        ("site", desk.site.as_str()),
        ("group", &group),
        ("ticket", &ticket),
        ("change", "minimum-role"),
        ("role", "Creator"),
    ];
    let sent = desk.dana.visitor.submit(&path, "/api/plane/group", &fields).await;
    sent.explains(ProblemCode::RefusedByRule);
    assert!(sent.page.says(Rule::AboveCeiling.words()), "{}", sent.page.words());
    assert!(sent.page.says("Whom to ask: Olga O'Neil"), "{}", sent.page.words());
    // The entry says the same, and under which id Tableau's log has the account.
    let entry = desk.house.audit().await.into_iter().find(|entry| entry.verb.starts_with("group.")).unwrap();
    assert_eq!(entry.actor.as_deref(), Some(desk.dana.account.as_str()));
    let page = desk.owner.get(&format!("/audit/{}", entry.act)).await;
    for words in [Rule::AboveCeiling.words(), "an account of Steward's own", &desk.dana.account] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
}

#[tokio::test]
async fn the_actor_in_tableaus_log_is_the_one_in_ours() {
    let desk = Desk::open().await;
    let site = desk.house.active_sites().swap_remove(1);
    desk.owner.suspend(&site, "Bills unpaid").await;
    let entry = desk.house.audit().await.into_iter().find(|it| it.verb == "site.suspend").unwrap();
    let actor = entry.actor.clone().unwrap();
    assert_ne!(actor, entry.who_id, "the account of an administrator is not their person in Tableau");
    let sent = desk.house.world().requests();
    let sent = sent.iter().find(|it| it.user_agent.contains(&entry.reference)).unwrap();
    assert!(sent.user_agent.contains(&format!("act={actor}")), "{}", sent.user_agent);
    let page = desk.owner.get(&format!("/audit/{}", entry.act)).await;
    assert!(page.says(&actor) && page.says(&entry.who_id), "{}", page.words());
}
