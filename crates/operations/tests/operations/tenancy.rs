//! The tenant itself: sites and projects made, terms accepted, tokens made, swapped and revoked, sign-in changed.

use model::{
    ActId, Notice, ProblemCode, SiteId, TokenId,
    audit::ActState,
    tenancy::{InUse, NameCheck},
};
use operations::{Caller, MadeToken, NewSiteForm, OidcForm, ProjectForm, Reality, Revoked, TokenForm};
use secrecy::ExposeSecret;
use simulator::{Fault, FaultKind};

use crate::house::{House, ticket};

fn new_site(house: &House, name: &str, address: &str) -> NewSiteForm {
    NewSiteForm {
        name: name.to_owned(),
        address: address.to_owned(),
        region: house.world().region_ids()[0].clone(),
        pod: String::new(),
        reason: "Test".to_owned(),
        ticket: ticket(),
    }
}

fn token(name: &str) -> TokenForm {
    TokenForm { name: name.to_owned(), days: "30".to_owned(), ticket: ticket() }
}

fn oidc(provider: &str, domain: &str) -> OidcForm {
    OidcForm {
        enabled: true,
        provider: provider.to_owned(),
        domain: domain.to_owned(),
        reason: String::new(),
        typed: "Quillmere Holdings".to_owned(),
        checked: true,
        ticket: ticket(),
    }
}

async fn last(house: &House, caller: &Caller) -> (String, ActState, Option<String>) {
    let act = house.log(caller).await.remove(0);
    (act.verb, act.state, act.code)
}

#[tokio::test]
async fn a_site_is_made_read_back_and_written_down() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (notice, site) =
        house.operations.create_site(&caller, new_site(&house, "New market", "new.market")).await.unwrap();
    assert_eq!(notice, Notice::SiteCreated);
    let made = house.world().site("New market").unwrap();
    assert_eq!((made.id, made.content_url.as_str()), (site.to_string(), "newmarket"));
    assert_eq!(last(&house, &caller).await, ("site.create".to_owned(), ActState::Done, None));
    assert_eq!(house.world().applied("site.create"), 1);
}

#[tokio::test]
async fn a_site_that_is_made_elsewhere_than_asked_for_is_told_so() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let form = new_site(&house, "New market", "newmarket");
    let elsewhere = house.world().region_ids().into_iter().find(|id| *id != form.region);
    assert!(house.world().make_sites_in(&elsewhere.unwrap()));
    let (notice, site) = house.operations.create_site(&caller, form).await.unwrap();
    assert_eq!(notice, Notice::SiteCreatedOtherwise);
    assert_eq!(house.world().site("New market").unwrap().id, site.to_string());
}

#[tokio::test]
async fn a_form_for_a_site_counts_once_and_bad_ones_never_leave_the_house() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let form = new_site(&house, "New market", "newmarket");
    house.operations.create_site(&caller, form.clone()).await.unwrap();
    let again = house.operations.create_site(&caller, form.clone()).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::FormUsed);
    let region = form.region.clone();
    let of = |name: &str, address: &str| new_site(&house, name, address);
    let long = "x".repeat(81);
    for (form, code) in [
        (of(&long, "a"), ProblemCode::SiteNameUnfit),
        (of(" Lead", "a"), ProblemCode::SiteNameUnfit),
        (of("a\u{7}b", "a"), ProblemCode::SiteNameUnfit),
        (of("", "a"), ProblemCode::SiteNameUnfit),
        (of("Fine", "..."), ProblemCode::SiteAddressUnfit),
        (NewSiteForm { region: String::new(), ..of("Fine", "fine") }, ProblemCode::SitePlaceUnfit),
        (NewSiteForm { pod: region.clone(), ..of("Fine", "fine") }, ProblemCode::SitePlaceUnfit),
        (NewSiteForm { region: "nowhere".to_owned(), ..of("Fine", "fine") }, ProblemCode::SitePlaceUnfit),
        (NewSiteForm { reason: "x".repeat(501), ..of("Fine", "fine") }, ProblemCode::ReasonTooLong),
        (of("finance", "other"), ProblemCode::SiteNameTaken),
        (of("Other", "fin.ance"), ProblemCode::SiteAddressTaken),
    ] {
        let problem = house.operations.create_site(&caller, form.clone()).await.unwrap_err();
        assert_eq!(problem.code, code, "{form:?}");
    }
    assert_eq!(house.world().applied("site.create"), 1);
}

#[tokio::test]
async fn what_only_tableau_refuses_is_told_by_its_code() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let reserved =
        house.operations.create_site(&caller, new_site(&house, "Guest", "guests")).await.unwrap_err();
    assert_eq!(reserved.code, ProblemCode::SiteNameUnfit);
    assert_eq!(last(&house, &caller).await.1, ActState::Failed);
    house.world().set_most_sites(12);
    let full = house.operations.create_site(&caller, new_site(&house, "More", "more")).await.unwrap_err();
    assert_eq!(full.code, ProblemCode::SiteLimitReached);
    house.world().set_most_sites(99);
    let emoji = "😀".repeat(80);
    house.operations.create_site(&caller, new_site(&house, &emoji, "emoji")).await.unwrap();
    assert!(house.world().site(&emoji).is_some());
}

#[tokio::test]
async fn a_site_whose_answer_was_lost_is_found_and_not_made_twice() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::new(FaultKind::Reset).on("POST", "/sites").applied().times(1));
    let (_, site) =
        house.operations.create_site(&caller, new_site(&house, "New market", "newmarket")).await.unwrap();
    assert_eq!(house.world().site("New market").unwrap().id, site.to_string());
    assert_eq!((house.world().applied("site.create"), last(&house, &caller).await.1), (1, ActState::Done));
    house.world().inject(Fault::new(FaultKind::Reset).on("POST", "/sites").times(1));
    let lost = house.operations.create_site(&caller, new_site(&house, "Other", "other")).await.unwrap_err();
    assert_eq!((lost.code, last(&house, &caller).await.1), (ProblemCode::FateUnknown, ActState::Unknown));
}

#[tokio::test]
async fn nobody_without_the_permission_changes_the_tenant() {
    let house = House::start(Reality::Pretend).await;
    let nobody = house.nobody().await;
    let operations = &house.operations;
    let site = SiteId::parse(&house.site("Active").id).unwrap();
    let token_id = TokenId::parse(&site.to_string()).unwrap();
    let project = ProjectForm { site, owner: "milo.brandt@example.com".to_owned(), ticket: ticket() };
    let codes = [
        operations.create_site(&nobody, new_site(&house, "A", "a")).await.map(drop).unwrap_err().code,
        operations.create_project(&nobody, project).await.map(drop).unwrap_err().code,
        operations.accept_terms(&nobody, ticket(), true).await.map(drop).unwrap_err().code,
        operations.create_token(&nobody, token("t")).await.map(drop).unwrap_err().code,
        operations.swap_token(&nobody, token("t")).await.map(drop).unwrap_err().code,
        operations.revoke_token(&nobody, token_id, true, ticket()).await.map(drop).unwrap_err().code,
        operations.change_oidc(&nobody, oidc("Google", "")).await.map(drop).unwrap_err().code,
        operations.delete_oidc(&nobody, "", true, "", ticket()).await.map(drop).unwrap_err().code,
        operations.tokens_sheet(&nobody).await.map(drop).unwrap_err().code,
        operations.sign_on_sheet(&nobody).await.map(drop).unwrap_err().code,
        operations.tenant_sheet(&nobody).await.map(drop).unwrap_err().code,
    ];
    assert!(codes.iter().all(|code| *code == ProblemCode::NotAllowed), "{codes:?}");
    assert!(house.world().changes().is_empty());
    let denied = house.log(&nobody).await.into_iter().filter(|act| act.state == ActState::Denied).count();
    assert_eq!(denied, 8);
}

#[tokio::test]
async fn a_project_is_made_for_somebody_of_the_site() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = SiteId::parse(&house.site("Active").id).unwrap();
    let form = |owner: &str| ProjectForm { site, owner: owner.to_owned(), ticket: ticket() };
    for owner in ["", "nobody@example.com", "dana.ito@example.com"] {
        let problem = house.operations.create_project(&caller, form(owner)).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::OwnerUnfit, "{owner}");
    }
    house.operations.create_project(&caller, form("Milo.Brandt@example.com")).await.unwrap();
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let on_site = milo.roles.into_iter().find(|role| role.site_id == site.to_string()).unwrap().site_user_id;
    assert_eq!(house.world().project_owners(&site.to_string()), [on_site]);
    let again = house.operations.create_project(&caller, form("milo.brandt@example.com")).await.unwrap_err();
    assert_eq!(again.code, ProblemCode::VendorConflict);
}

#[tokio::test]
async fn terms_are_accepted_once_and_only_by_who_says_that_they_know() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let accept =
        async |ticket: ActId, checked: bool| house.operations.accept_terms(&caller, ticket, checked).await;
    assert_eq!(accept(ticket(), true).await.unwrap_err().code, ProblemCode::TermsAlreadyAccepted);
    house.world().forget_terms();
    assert_eq!(accept(ticket(), false).await.unwrap_err().code, ProblemCode::NotConfirmed);
    assert!(!house.world().terms_accepted());
    assert_eq!(accept(ticket(), true).await.unwrap(), Notice::TermsAccepted);
    assert!(house.world().terms_accepted());
    let sheet = house.operations.tenant_sheet(&caller).await.unwrap();
    assert_eq!(sheet.accepted_by.as_deref(), Some("Dana Ito"));
}

#[tokio::test]
async fn names_are_looked_up_and_unfit_ones_are_not_asked_for() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    for (name, check) in [
        ("Nobody has it", NameCheck::Free),
        ("acme", NameCheck::Taken),
        ("", NameCheck::Unfit),
        ("..", NameCheck::Unfit),
        ("a\nb", NameCheck::Unfit),
        ("a/b?c#d", NameCheck::Free),
    ] {
        assert_eq!(house.operations.check_tenant_name(&caller, name).await.unwrap(), check, "{name:?}");
    }
    let long = house.operations.check_tenant_name(&caller, &"x".repeat(81)).await.unwrap();
    assert_eq!(long, NameCheck::Unfit);
}

#[tokio::test]
async fn a_swap_makes_tries_and_uses_a_token_and_the_old_one_can_go() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let MadeToken { token: made, secret, swapped, others, elsewhere } =
        house.operations.swap_token(&caller, token("second")).await.unwrap();
    assert!(swapped && others.len() == 1 && elsewhere == 0);
    let kept = house.store.open_credential(caller.credential().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.secret.expose_secret(), secret.expose_secret());
    let sheet = house.operations.tokens_sheet(&caller).await.unwrap();
    let used: Vec<_> = sheet.tokens.iter().map(|row| (row.token.name.as_str(), row.in_use)).collect();
    assert_eq!(used, [("second", InUse::Yes), ("steward-demo", InUse::No)]);
    let old = others[0].id.unwrap();
    let revoked = house.operations.revoke_token(&caller, old, false, ticket()).await.unwrap();
    assert_eq!(revoked, Revoked::Other(Notice::TokenRevoked));
    assert_eq!(house.world().manager_pats(), ["licence-report", "second"]);
    // The sign-in lives on with the new one, also when its session ends.
    house.world().expire_sessions();
    assert_eq!(house.operations.tokens_sheet(&caller).await.unwrap().tokens[0].token.id, made.id);
    assert_eq!(last(&house, &caller).await.0, "token.revoke");
}

#[tokio::test]
async fn a_token_that_does_not_sign_in_is_not_swapped() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().inject(Fault::status(401).on("POST", "/pat/login"));
    let problem = house.operations.swap_token(&caller, token("second")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::TokenNotTried);
    house.world().clear_faults();
    let kept = house.store.open_credential(caller.credential().unwrap()).await.unwrap().unwrap();
    assert_eq!(kept.secret.expose_secret(), house.simulator.details().tcm_pat);
    let (verb, state, problem) = last(&house, &caller).await;
    assert_eq!((&*verb, state, problem.as_deref()), ("token.swap", ActState::Done, Some("token-not-tried")));
    assert!(house.world().manager_pats().contains(&"second".to_owned()), "it is there, and the log says so");
}

#[tokio::test]
async fn a_token_that_another_browser_may_use_is_not_said_to_be_free() {
    let house = House::start(Reality::Pretend).await;
    let (caller, _elsewhere) = (house.administrator().await, house.administrator().await);
    let made = house.operations.swap_token(&caller, token("second")).await.unwrap();
    assert_eq!(made.elsewhere, 1);
    let sheet = house.operations.tokens_sheet(&caller).await.unwrap();
    let used: Vec<_> = sheet.tokens.iter().map(|row| (row.token.name.as_str(), row.in_use)).collect();
    assert_eq!(used, [("second", InUse::Yes), ("steward-demo", InUse::Perhaps)]);
    let old = made.others[0].id.unwrap();
    let problem = house.operations.revoke_token(&caller, old, false, ticket()).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotConfirmed);
}

#[tokio::test]
async fn tokens_that_cannot_be_are_refused_and_a_lost_secret_is_told() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let make = async |name: &str, days: &str| {
        let form = TokenForm { name: name.to_owned(), days: days.to_owned(), ticket: ticket() };
        house.operations.create_token(&caller, form).await.map(drop).map_err(|problem| problem.code)
    };
    for (name, days, code) in [
        ("", "30", ProblemCode::TokenNameUnfit),
        ("a\tb", "30", ProblemCode::TokenNameUnfit),
        (&*"x".repeat(81), "30", ProblemCode::TokenNameUnfit),
        ("a", "0", ProblemCode::TokenDaysUnfit),
        ("a", "366", ProblemCode::TokenDaysUnfit),
        ("a", "-1", ProblemCode::TokenDaysUnfit),
        ("a", "ten", ProblemCode::TokenDaysUnfit),
        ("steward-demo", "30", ProblemCode::TokenNameTaken),
    ] {
        assert_eq!(make(name, days).await, Err(code), "{name} {days}");
    }
    assert_eq!(house.world().applied("pat.create"), 0);
    house.world().inject(Fault::new(FaultKind::Truncated).on("POST", "/api/v1/pat").applied().times(1));
    assert_eq!(make("lost", "30").await, Err(ProblemCode::TokenLost));
    assert!(house.world().manager_pats().contains(&"lost".to_owned()));
    assert_eq!(last(&house, &caller).await.2.as_deref(), Some("token-lost"));
}

#[tokio::test]
async fn revoking_the_token_in_use_needs_a_word_and_ends_the_sign_in() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let own = TokenId::parse(&house.world().manager_pat_id("steward-demo").unwrap()).unwrap();
    let foreign = TokenId::parse(&house.world().manager_pat_id("licence-report").unwrap()).unwrap();
    let revoke = async |token: TokenId, checked: bool| {
        house.operations.revoke_token(&caller, token, checked, ticket()).await
    };
    assert_eq!(revoke(foreign, true).await.unwrap_err().code, ProblemCode::TokenNotFound);
    assert_eq!(revoke(own, false).await.unwrap_err().code, ProblemCode::NotConfirmed);
    assert_eq!(house.world().applied("pat.revoke"), 0);
    assert_eq!(revoke(own, true).await.unwrap(), Revoked::Own(Notice::OwnTokenRevoked));
    assert!(house.store.open_credential(caller.credential().unwrap()).await.unwrap().is_none());
    assert_eq!(last(&house, &caller).await.1, ActState::Done);
}

#[tokio::test]
async fn only_what_changed_of_the_sign_in_configuration_is_changed() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let own = r#"{"clientId":"c","clientSecret":"s3cr3t","enabled":true,"knownProviderAlias":"Salesforce","salesforceDomain":"login.salesforce.com"}"#;
    assert!(house.world().set_oidc(own));
    let change = async |form: OidcForm| house.operations.change_oidc(&caller, form).await;
    let same = change(oidc("Salesforce", "login.salesforce.com")).await.unwrap_err();
    assert_eq!(same.code, ProblemCode::NothingChanged);
    change(oidc("Salesforce", "acme.my.salesforce.com")).await.unwrap();
    assert_eq!(house.world().oidc().unwrap(), own.replace("login.", "acme.my."));
    let sheet = house.operations.sign_on_sheet(&caller).await.unwrap();
    assert!(!format!("{sheet:?}").contains("s3cr3t"));
    assert!(sheet.ways.iter().any(|way| way.site.is_none() && way.kind == "OIDC"));
    // Another provider has no domain of Salesforce's.
    change(oidc("Google", "acme.my.salesforce.com")).await.unwrap();
    assert!(!house.world().oidc().unwrap().contains("salesforceDomain"));
    let delete = async |typed: &str, checked: bool| {
        house.operations.delete_oidc(&caller, typed, checked, "", ticket()).await
    };
    assert_eq!(delete("Quillmere", true).await.unwrap_err().code, ProblemCode::WrongName);
    assert_eq!(delete("Quillmere Holdings", false).await.unwrap_err().code, ProblemCode::NotConfirmed);
    delete("Quillmere Holdings", true).await.unwrap();
    assert_eq!(house.world().oidc(), None);
    assert_eq!(delete("Quillmere Holdings", true).await.unwrap_err().code, ProblemCode::NothingChanged);
}

#[tokio::test]
async fn a_configuration_without_what_it_needs_is_never_sent() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    for (form, code) in [
        (oidc("Salesforce", ""), ProblemCode::DomainMissing),
        (oidc(" salesFORCE ", ""), ProblemCode::DomainMissing),
        (oidc("Salesforce", "not a domain"), ProblemCode::DomainMissing),
        (oidc("", ""), ProblemCode::ProviderUnfit),
        (OidcForm { checked: false, ..oidc("Google", "") }, ProblemCode::NotConfirmed),
        (OidcForm { typed: "quillmere".to_owned(), ..oidc("Google", "") }, ProblemCode::WrongName),
    ] {
        let problem = house.operations.change_oidc(&caller, form.clone()).await.unwrap_err();
        assert_eq!(problem.code, code, "{form:?}");
    }
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn a_change_that_cuts_steward_off_is_told_as_that_and_stays_unknown() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    house.world().set_sign_on_revokes(true);
    let problem = house.operations.change_oidc(&caller, oidc("Google", "")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::CutOff);
    assert!(house.world().oidc().is_some() && house.world().manager_pats().is_empty());
    let (verb, state, code) = last(&house, &caller).await;
    assert_eq!((verb.as_str(), state, code.as_deref()), ("oidc.change", ActState::Unknown, Some("cut-off")));
}

#[tokio::test]
async fn on_a_real_tenant_inferred_changes_stay_locked() {
    let house = House::start(Reality::Real).await;
    let caller = house.administrator().await;
    house.world().forget_terms();
    let operations = &house.operations;
    let site = SiteId::parse(&house.site("Active").id).unwrap();
    let project = ProjectForm { site, owner: "milo.brandt@example.com".to_owned(), ticket: ticket() };
    let codes = [
        operations.create_site(&caller, new_site(&house, "A", "a")).await.map(drop).unwrap_err().code,
        operations.create_project(&caller, project).await.map(drop).unwrap_err().code,
        operations.accept_terms(&caller, ticket(), true).await.map(drop).unwrap_err().code,
        operations.create_token(&caller, token("t")).await.map(drop).unwrap_err().code,
        operations.change_oidc(&caller, oidc("Google", "")).await.map(drop).unwrap_err().code,
    ];
    assert!(codes.iter().all(|code| *code == ProblemCode::OperationLocked), "{codes:?}");
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn changing_how_people_sign_in_wants_a_fresh_proof_of_who_asks() {
    let house = House::start(Reality::Pretend).await;
    let mut caller = house.administrator().await;
    caller.account.proved = caller.now.plus_seconds(-3_600);
    let stale = house.operations.change_oidc(&caller, oidc("Google", "")).await.unwrap_err();
    assert_eq!(stale.code, ProblemCode::StepUpNeeded);
    let stale =
        house.operations.delete_oidc(&caller, "Quillmere Holdings", true, "", ticket()).await.unwrap_err();
    assert_eq!(stale.code, ProblemCode::StepUpNeeded);
    assert!(house.world().changes().is_empty());
}
