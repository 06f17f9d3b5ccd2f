//! The tenant itself: sites and projects made, terms accepted, names looked up, and who may change any of it.

mod sign_on;
mod tokens;

use model::{ActId, Notice, ProblemCode, SiteId, TokenId, audit::ActState, tenancy::NameCheck};
use operations::{Caller, NewSiteForm, OidcForm, ProjectForm, Reality, TokenForm};
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
