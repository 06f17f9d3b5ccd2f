//! Reading people: pages, batches, single ones, filters.

use std::time::Duration;

use model::{
    UserId,
    people::{LastSignIn, Person, TenantRole},
    roles::SiteRole,
};
use simulator::{Fault, NextToken, Options};
use tableau::{Error, PeopleFilter, Trail, Unreadable};

use crate::raw::{Raw, TENANT, answer};
use crate::vendor::Vendor;

const ID: &str = "2c4a230c-5085-4924-a3e1-25fb4fc5965b";

fn everybody() -> PeopleFilter {
    PeopleFilter::default()
}

async fn all(vendor: &Vendor, filter: &PeopleFilter) -> Vec<Person> {
    let (mut people, mut token, mut trail) = (Vec::new(), None, Trail::of_at_most(1000));
    loop {
        let (some, next) = vendor.reader().list_people(filter, token).await.unwrap();
        people.extend(some);
        token = trail.on_to(next).unwrap();
        if token.is_none() {
            return people;
        }
    }
}

#[tokio::test]
async fn everyone_comes_over_all_pages_under_either_name_of_the_token() {
    let vendor = Vendor::with(Options { users: 230, ..Options::default() }, Duration::from_secs(15)).await;
    let facts = vendor.world().everyone();
    for name in [NextToken::NextPageToken, NextToken::PageToken] {
        vendor.world().clear_ledger();
        vendor.world().set_next_token(name);
        let people = all(&vendor, &everybody()).await;
        assert_eq!(vendor.requests(), facts.len().div_ceil(100));
        assert_eq!(people.len(), facts.len());
        for (person, fact) in people.iter().zip(&facts) {
            assert_eq!((person.id.to_string(), &person.user_name), (fact.id.clone(), &fact.user_name));
            assert_eq!((&person.display_name, &person.email), (&fact.display_name, &fact.email));
            assert_eq!((&person.status, &person.language), (&fact.status, &fact.language));
            assert_eq!(person.locale, fact.locale);
            let last = fact.last_sign_in.map(|stamp| stamp.0.unix_timestamp());
            let told = match person.last_sign_in {
                LastSignIn::At(at) => Some(at.seconds()),
                LastSignIn::Never => None,
                LastSignIn::Unknown => panic!("{person:?}"),
            };
            assert_eq!(told, last);
            let role = person.administration().map(|role| role.status.clone());
            assert_eq!(role, fact.tenant_role);
            let places = person.places.as_ref().unwrap();
            assert_eq!((places.len(), person.site_count as usize), (fact.roles.len(), fact.roles.len()));
            for (place, fact) in places.iter().zip(&fact.roles) {
                assert_eq!((place.site.to_string(), place.role.code()), (fact.site_id.clone(), &*fact.role));
                assert_eq!(place.site_user.as_deref(), Some(&*fact.site_user_id));
            }
        }
    }
}

#[tokio::test]
async fn lists_batches_and_single_answers_tell_the_same_person() {
    let vendor = Vendor::start().await;
    let (people, _) = vendor.reader().list_people(&everybody(), None).await.unwrap();
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    assert_eq!(vendor.reader().people_by_id(&ids).await.unwrap(), people);
    for person in people.iter().take(3) {
        assert_eq!(vendor.reader().person(&person.id).await.unwrap().as_ref(), Some(person));
    }
}

#[tokio::test]
async fn without_roles_only_the_role_in_the_tenant_is_told() {
    let vendor = Vendor::start().await;
    let whole = all(&vendor, &everybody()).await;
    let short = all(&vendor, &PeopleFilter { without_roles: true, ..everybody() }).await;
    for (whole, short) in whole.iter().zip(&short) {
        assert_eq!((short.id, &short.places, short.site_count), (whole.id, &None, whole.site_count));
        assert_eq!((&short.highest, short.last_sign_in), (&whole.highest, whole.last_sign_in));
        let role = TenantRole { role: "LINK_ADMIN".to_owned(), status: String::new(), sign_in: None };
        let expected = whole.administration().map(|_| &role);
        assert_eq!(short.administration(), expected);
    }
    assert!(short.iter().any(|person| person.administration().is_some()));
}

#[tokio::test]
async fn filters_find_whom_they_name() {
    let vendor = Vendor::start().await;
    let everyone = all(&vendor, &everybody()).await;
    let administrators = all(&vendor, &PeopleFilter { administers: Some(true), ..everybody() }).await;
    let others = all(&vendor, &PeopleFilter { administers: Some(false), ..everybody() }).await;
    assert_eq!(administrators.len() + others.len(), everyone.len());
    let viewers = PeopleFilter { highest: Some(SiteRole::Viewer), ..everybody() };
    let wanted = everyone.iter().filter(|person| person.highest == viewers.highest).count();
    assert_eq!(all(&vendor, &viewers).await.len(), wanted);
    let one = &everyone[7];
    for filter in [
        PeopleFilter { user_name: Some(one.user_name.clone()), ..everybody() },
        PeopleFilter { email: Some(one.email.clone()), ..everybody() },
        PeopleFilter { user: Some(one.id), ..everybody() },
    ] {
        assert_eq!(all(&vendor, &filter).await, std::slice::from_ref(one));
    }
    let nobody = PeopleFilter { user_name: Some("nobody@example.com".to_owned()), ..everybody() };
    assert_eq!(all(&vendor, &nobody).await, []);
}

#[tokio::test]
async fn filters_travel_in_the_vendors_words() {
    let raw = Raw::json(r#"{"users":[]}"#).await;
    let reader = raw.reader();
    reader.list_people(&everybody(), None).await.unwrap();
    let filter = PeopleFilter {
        highest: Some(SiteRole::SiteAdministratorCreator),
        administers: Some(false),
        user_name: Some("a+b&c@example.com".to_owned()),
        email: Some("d@example.com".to_owned()),
        user: Some(UserId::parse(ID).unwrap()),
        without_roles: true,
    };
    reader.list_people(&filter, Some("x/y==".to_owned())).await.unwrap();
    let administrators = PeopleFilter { administers: Some(true), ..everybody() };
    reader.list_people(&administrators, None).await.unwrap();
    let start = format!("GET /api/v1/tenants/{TENANT}/users?maxResults=100");
    let lines: Vec<_> = raw.asked().into_iter().map(|(line, _)| line).collect();
    assert_eq!(
        lines,
        [
            format!("{start} HTTP/1.1"),
            format!(
                "{start}&maxSiteRole=SiteAdministratorCreator&tcmRoleName=NULL&userName=a%2Bb%26c%40example.com\
                 &email=d%40example.com&userId={ID}&excludeRoles=true&pageToken=x%2Fy%3D%3D HTTP/1.1"
            ),
            format!("{start}&tcmRoleName=TCM_ADMIN HTTP/1.1"),
        ]
    );
    assert!(!format!("{filter:?}").contains("example.com"));
}

#[tokio::test]
async fn a_batch_asks_for_a_hundred_at_a_time_and_leaves_out_whom_nobody_knows() {
    let vendor = Vendor::with(Options { users: 230, ..Options::default() }, Duration::from_secs(15)).await;
    let people = all(&vendor, &everybody()).await;
    let known: Vec<_> = people.iter().take(210).map(|person| person.id).collect();
    let unknown = UserId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap();
    let asked = [&known[..], &[unknown], &known[..5]].concat();
    vendor.world().clear_ledger();
    let found = vendor.reader().people_by_id(&asked).await.unwrap();
    assert_eq!(found.iter().map(|person| person.id).collect::<Vec<_>>(), known);
    assert_eq!(vendor.requests(), 3);
    assert_eq!(vendor.reader().people_by_id(&[]).await.unwrap(), []);
    assert_eq!(vendor.requests(), 3);
}

#[tokio::test]
async fn a_batch_is_a_read_although_it_posts() {
    let vendor = Vendor::start().await;
    let person = all(&vendor, &everybody()).await.remove(0);
    vendor.world().clear_ledger();
    vendor.inject(Fault::status(503).times(1));
    assert_eq!(vendor.reader().people_by_id(&[person.id]).await.unwrap(), [person]);
    assert_eq!((vendor.requests(), vendor.world().changes().len()), (2, 0));
    let json = "content-type: application/json\r\n";
    let raw = Raw::start([answer("503 X", "", ""), answer("200 OK", json, r#"{"users":[]}"#)]).await;
    raw.reader().people_by_id(&[UserId::parse(ID).unwrap()]).await.unwrap();
    let asked = (
        format!("POST /api/v1/tenants/{TENANT}/bulk/users/details HTTP/1.1"),
        format!(r#"{{"userIds":["{ID}"]}}"#),
    );
    assert_eq!(raw.asked(), [asked.clone(), asked]);
}

#[tokio::test]
async fn what_a_person_can_reach_is_read() {
    let vendor = Vendor::start().await;
    let person = all(&vendor, &everybody()).await.into_iter().find(|person| person.site_count > 1).unwrap();
    let resources = vendor.reader().resources_of(&person.user_name).await.unwrap();
    let sites: Vec<_> = resources.iter().filter(|resource| resource.kind == "SITE").collect();
    assert_eq!(sites.len(), person.site_count as usize);
    assert!(
        sites.iter().all(|site| !site.name.is_empty() && !site.host.is_empty() && !site.parent.is_empty())
    );
    assert_eq!(vendor.reader().resources_of("nobody@example.com").await.unwrap(), []);
    let raw = Raw::json(r#"{"resources":[{"resourceType":"PLANET","parent":null}],"userName":"ann"}"#).await;
    let resources = raw.reader().resources_of("a b&c").await.unwrap();
    assert_eq!((resources[0].kind.as_str(), resources[0].parent.as_str()), ("PLANET", ""));
    assert_eq!(raw.asked()[0].0, "GET /api/v1/users/resources?userName=a+b%26c HTTP/1.1");
    let raw = Raw::json(r#"{"userName":"ann"}"#).await;
    let error = raw.reader().resources_of("ann").await.unwrap_err();
    assert!(
        matches!(error, Error::Garbled { source: Unreadable::Field { field: "resources" } }),
        "{error:?}"
    );
}
