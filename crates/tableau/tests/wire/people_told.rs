//! People as the vendor may tell them: things missing, null, new, counted but not listed, or no people at all.

use model::{
    UserId,
    people::{LastSignIn, Person},
    roles::{SignInType, SiteRole},
};
use tableau::{Error, PeopleFilter, Result, Unreadable};

use crate::raw::Raw;

const ID: &str = "2c4a230c-5085-4924-a3e1-25fb4fc5965b";
const SITE: &str = "60189e9c-7d12-438c-b9ca-6998d9c364b1";
/// The answer that the vendor's page prints for a list of people; it belongs to another call.
const WRONG_SAMPLE: &str = r#"{"jobId":"9d222c6d-893e-4e79-8201-3c9ca16a0f39",
    "userId":"2c4a230c-5085-4924-a3e1-25fb4fc5965b","transactionId":"string",
    "tenantId":"f97df110-f4de-492e-8849-4a6af68026b0"}"#;

fn everybody() -> PeopleFilter {
    PeopleFilter::default()
}

/// The person of a batch of one whose other fields are these.
async fn told(fields: &str) -> Person {
    let raw = Raw::json(&format!(r#"{{"users":[{{"userId":"{ID}",{fields}}}]}}"#)).await;
    raw.reader().people_by_id(&[UserId::parse(ID).unwrap()]).await.unwrap().remove(0)
}

async fn page(filter: &PeopleFilter, json: &str) -> Result<(Vec<Person>, Option<String>)> {
    Raw::json(json).await.reader().list_people(filter, None).await
}

fn has_no_people(outcome: &Result<(Vec<Person>, Option<String>)>) -> bool {
    matches!(outcome, Err(Error::Garbled { source: Unreadable::Field { field: "users" } }))
}

#[tokio::test]
async fn the_wrong_sample_of_the_vendors_page_is_called_unreadable() {
    let narrow = PeopleFilter { administers: Some(true), ..everybody() };
    for filter in [everybody(), narrow] {
        assert!(has_no_people(&page(&filter, WRONG_SAMPLE).await));
    }
    let raw = Raw::json(WRONG_SAMPLE).await;
    assert!(raw.reader().people_by_id(&[UserId::parse(ID).unwrap()]).await.is_err());
    assert_eq!(raw.heard().len(), 1);
}

#[tokio::test]
async fn nothing_at_all_is_an_empty_list_only_where_a_filter_may_fit_nobody() {
    let narrow = PeopleFilter { highest: Some(SiteRole::Creator), ..everybody() };
    for json in ["{}", r#"{"users":null}"#, r#"{"users":null,"nextPageToken":""}"#] {
        assert_eq!(page(&narrow, json).await.unwrap(), (vec![], None), "{json}");
        assert!(has_no_people(&page(&everybody(), json).await), "{json}");
        let faster = PeopleFilter { without_roles: true, ..everybody() };
        assert!(has_no_people(&page(&faster, json).await), "{json}");
    }
    assert!(has_no_people(&page(&narrow, r#"{"nextPageToken":"x"}"#).await));
    assert!(has_no_people(&page(&narrow, r#"{"count":0}"#).await));
    assert_eq!(page(&everybody(), r#"{"users":[]}"#).await.unwrap(), (vec![], None));
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_refused() {
    let raw = Raw::json(r#"{"users":[],"pageToken":"again"}"#).await;
    let (_, next) = raw.reader().list_people(&everybody(), None).await.unwrap();
    let error = raw.reader().list_people(&everybody(), next).await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::EndlessPages }), "{error:?}");
}

#[tokio::test]
async fn a_person_without_an_id_makes_the_list_unreadable() {
    for user in ["{}", r#"{"userId":"","userName":"ann"}"#, r#"{"userId":"7"}"#] {
        let error = page(&everybody(), &format!(r#"{{"users":[{user}]}}"#)).await.unwrap_err();
        let is_about_it = matches!(error, Error::Garbled { source: Unreadable::Field { field: "userId" } });
        assert!(is_about_it, "{user}: {error:?}");
    }
}

#[tokio::test]
async fn no_time_means_never_and_an_odd_one_means_nothing() {
    for (field, expected) in [
        (r#""email":"""#, LastSignIn::Never),
        (r#""lastLoginTime":null"#, LastSignIn::Never),
        (r#""lastLoginTime":"""#, LastSignIn::Unknown),
        (r#""lastLoginTime":"yesterday""#, LastSignIn::Unknown),
        (r#""lastLoginTime":1566656122"#, LastSignIn::Unknown),
        (r#""lastLoginTime":{"at":1}"#, LastSignIn::Unknown),
    ] {
        assert_eq!(told(field).await.last_sign_in, expected, "{field}");
    }
    for time in ["2019-08-24T14:15:22Z", "2019-08-24T14:15:22", "2019-08-24T16:15:22.000+02:00"] {
        let person = told(&format!(r#""lastLoginTime":"{time}""#)).await;
        let LastSignIn::At(at) = person.last_sign_in else { panic!("{time}") };
        assert_eq!(at.machine(), "2019-08-24T14:15:22Z");
    }
}

#[tokio::test]
async fn unknown_words_are_kept() {
    let person = told(&format!(
        r#""userStatus":"DREAMING","maxSiteRole":"Guest","language":"TLH","locale":"tlh_QO","numberOfSiteRoles":"3",
        "linkRoles":[{{"linkRole":"LINK_AUDITOR","linkRoleStatus":"ASLEEP","idpType":"PASSKEY"}},{{}}],
        "siteRoles":[{{"siteId":"{SITE}","siteRole":"Guest","idpType":"PASSKEY","new":1}},{{"siteId":"{SITE}"}}]"#
    ))
    .await;
    let passkey = Some(SignInType::Other("PASSKEY".to_owned()));
    assert_eq!((person.status.as_str(), person.language.as_str()), ("DREAMING", "TLH"));
    assert_eq!(person.highest, Some(SiteRole::Other("Guest".to_owned())));
    assert_eq!((person.site_count, person.locale.as_str()), (3, "tlh_QO"));
    let role = &person.tenant_roles[0];
    assert_eq!((role.role.as_str(), role.status.as_str()), ("LINK_AUDITOR", "ASLEEP"));
    assert_eq!((&role.sign_in, person.tenant_roles.len()), (&passkey, 2));
    let places = person.places.unwrap();
    assert_eq!((&places[0].role, &places[0].sign_in), (&SiteRole::Other("Guest".to_owned()), &passkey));
    assert_eq!(places[1].role, SiteRole::Other("Unknown".to_owned()));
}

#[tokio::test]
async fn roles_that_are_not_told_whole_are_not_told() {
    let nobody = told(r#""userName":"ann""#).await;
    assert_eq!((nobody.places, nobody.site_count, nobody.highest), (Some(vec![]), 0, None));
    assert_eq!(told(r#""siteRoles":null,"numberOfSiteRoles":0"#).await.places, Some(vec![]));
    let counted = told(r#""numberOfSiteRoles":2"#).await;
    assert_eq!((counted.places, counted.site_count), (None, 2));
    let lost = told(&format!(r#""siteRoles":[{{"siteId":"{SITE}"}},{{"siteRole":"Viewer"}}]"#)).await;
    assert_eq!(lost.places, None);
    let counted = told(&format!(r#""siteRoles":[{{"siteId":"{SITE}","siteRole":"Viewer"}}]"#)).await;
    assert_eq!(counted.site_count, 1);
}

#[tokio::test]
async fn the_word_for_an_administrator_counts_only_where_roles_are_left_out() {
    assert!(told(r#""tcmRoleName":"TCM_ADMIN""#).await.is_active_administrator());
    assert!(told(r#""tcmRoleName":"TCM_ADMIN","linkRoles":[]"#).await.tenant_roles.is_empty());
    assert!(told(r#""tcmRoleName":"NULL""#).await.tenant_roles.is_empty());
    assert!(told(r#""tcmRoleName":"string""#).await.tenant_roles.is_empty());
}
