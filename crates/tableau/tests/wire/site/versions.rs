//! What a site's version does not know is refused before anything is sent.

use model::roles::SiteRole;
use secrecy::SecretString;
use tableau::{
    ApiVersion, Change, Error, Fate, GroupUpdate, ImportErrors, Listing, LocalGroup, LocalGroupUpdate,
    NewGroup, NewSiteUser, SITE_OPERATIONS, SetDetail, SiteApi, SiteImport, SiteSignIn, UserPair, UserUpdate,
};

use super::changes::{file, somebody};
use super::credentials::destination;
use super::{access, group, job, line, other, said, set, user};
use crate::vendor::tag;

type Outcome = (ApiVersion, tableau::Result<()>);

/// Everything that is newer than the oldest version, with the version that it needs.
async fn newer(api: &SiteApi<Change>) -> Vec<Outcome> {
    let at = ApiVersion::new;
    let page = model::PageRequest { number: 1, size: 100 };
    let configured = Some(SiteSignIn::Configuration("c".to_owned()));
    let keychain = [SecretString::from("k")];
    let pair = UserPair { source: user(), destination: other() };
    let pool = UserUpdate { identity_pool: Some("p".to_owned()), ..UserUpdate::default() };
    let on_demand = LocalGroup { name: "g".to_owned(), on_demand: Some(false), ..LocalGroup::default() };
    let changed = LocalGroupUpdate { on_demand: Some(true), ..LocalGroupUpdate::default() };
    vec![
        (at(3, 24), api.auth_configurations().await.map(drop)),
        (at(3, 24), api.add_user(&NewSiteUser { sign_in: configured.clone(), ..somebody() }).await.map(drop)),
        (at(3, 19), api.update_user(&user(), &pool).await.map(drop)),
        (at(3, 15), api.import_users(&file()).await.map(drop)),
        (at(3, 22), api.import_users(&SiteImport { errors: ImportErrors::All, ..file() }).await.map(drop)),
        (at(3, 15), api.delete_users("x.csv", b"x").await.map(drop)),
        (at(3, 7), api.groups_of(&user(), page).await.map(drop)),
        (at(3, 23), api.retrieve_credentials(&user(), &destination()).await.map(drop)),
        (at(3, 23), api.upload_credentials(&user(), &[pair], &keychain).await),
        (at(3, 21), api.create_group(&NewGroup::Local(on_demand)).await.map(drop)),
        (at(3, 21), api.update_group(&group(), &GroupUpdate::Local(changed)).await.map(drop)),
        (at(3, 21), api.add_many_to_group(&group(), &[user()]).await.map(drop)),
        (at(3, 21), api.remove_many_from_group(&group(), &[user()]).await),
        (at(3, 22), api.create_group_set("s").await.map(drop)),
        (at(3, 22), api.group_sets(page, &Listing::default(), SetDetail::Unsaid).await.map(drop)),
        (at(3, 22), api.group_set(&set()).await.map(drop)),
        (at(3, 22), api.update_group_set(&set(), "s").await.map(drop)),
        (at(3, 22), api.delete_group_set(&set()).await),
        (at(3, 22), api.add_group_to_set(&set(), &group()).await),
        (at(3, 22), api.remove_group_from_set(&set(), &group()).await),
        (at(3, 1), api.jobs(page, &Listing::default()).await.map(drop)),
        (at(3, 1), api.cancel_job(&job()).await),
    ]
}

#[tokio::test]
async fn nothing_newer_than_the_session_is_sent() {
    for has in [ApiVersion::new(2, 9), ApiVersion::new(3, 9), ApiVersion::new(3, 21), ApiVersion::new(3, 23)]
    {
        let raw = said("").await;
        let api = line(&raw).site_changer(&access(&raw, has), tag());
        let mut sent = 0;
        for (needs, outcome) in newer(&api).await {
            match outcome {
                Err(Error::TooOld { needs: told, has: own }) => {
                    assert!(needs > has, "{needs} {has}");
                    assert_eq!(own, has);
                    assert!(told <= needs, "{told} {needs}");
                }
                _ => {
                    assert!(needs <= has, "{needs} {has}");
                    sent += 1;
                }
            }
        }
        assert_eq!(raw.heard().len(), sent, "{has}");
    }
}

#[tokio::test]
async fn an_old_session_is_told_which_version_it_needs() {
    let raw = said("").await;
    let api = line(&raw).site_changer(&access(&raw, ApiVersion::new(3, 9)), tag());
    let error = api.add_many_to_group(&group(), &[user()]).await.unwrap_err();
    assert_eq!(error.to_string(), "this needs version 3.21 of the site's API, and the session speaks 3.9");
    assert_eq!(error.fate(), Fate::NotSent);
    let role = UserUpdate { role: Some(SiteRole::Viewer), ..UserUpdate::default() };
    let _ = api.update_user(&user(), &role).await;
    assert!(raw.asked()[0].0.starts_with("PUT /api/3.9/sites/"));
}

#[test]
fn no_operation_is_newer_than_the_tested_version() {
    for row in &SITE_OPERATIONS {
        assert!(row.since <= tableau::HIGHEST_TESTED, "{}", row.name);
    }
}
