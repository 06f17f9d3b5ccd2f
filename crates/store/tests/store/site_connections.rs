//! Connections to the APIs of single sites.

use model::{Moment, SiteId, UserId, site_connections::Trouble};
use secrecy::{ExposeSecret, SecretString};
use store::{NewSiteConnection, VendorSession};
use uuid::Uuid;

use crate::house::{House, noon, on_each, tenant, user};

fn site(number: u128) -> SiteId {
    Uuid::from_u128(100 + number).into()
}

async fn connect(house: &House, owner: UserId, to: SiteId, secret: &str) -> model::CredentialId {
    let secret = SecretString::from(secret.to_owned());
    let new = NewSiteConnection {
        tenant: tenant(),
        owner,
        site: to,
        content_url: "sales".to_owned(),
        host: "https://10ax.online.tableau.com".to_owned(),
        version: "3.24".to_owned(),
        token_name: "steward".to_owned(),
        secret: &secret,
        site_user: Uuid::from_u128(7).into(),
        who: "ada@example.com".to_owned(),
        role: "SiteAdministratorCreator".to_owned(),
        expires: None,
        now: noon(),
    };
    house.store.connect_site(new).await.unwrap()
}

#[tokio::test]
async fn a_connection_is_its_owners_alone_and_a_newer_one_takes_its_place() {
    on_each(async |house| {
        let store = &house.store;
        let other: UserId = Uuid::from_u128(3).into();
        let first = connect(house, user(), site(1), "secret-one").await;
        connect(house, other, site(1), "secret-two").await;
        let mine = store.site_connections(tenant(), user()).await.unwrap();
        assert_eq!(mine.iter().map(|it| it.credential).collect::<Vec<_>>(), [first]);
        assert!(store.site_connection(tenant(), user(), site(2)).await.unwrap().is_none());
        let second = connect(house, user(), site(1), "secret-three").await;
        let found = store.site_connection(tenant(), user(), site(1)).await.unwrap().unwrap();
        assert_eq!(found.credential, second);
        assert!(store.open_credential(first).await.unwrap().is_none(), "the older token is erased");
        let opened = store.open_credential(second).await.unwrap().unwrap();
        assert_eq!(opened.secret.expose_secret(), "secret-three");
        assert_eq!(opened.host, found.host);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_found_wherever_it_is_connected_already() {
    on_each(async |house| {
        connect(house, user(), site(1), "secret-one").await;
        let found = async |secret: &str| house.store.site_with_token(&secret.into()).await.unwrap();
        assert_eq!(found("secret-one").await, Some((site(1), user())));
        assert_eq!(found("secret-two").await, None);
    })
    .await;
}

#[tokio::test]
async fn what_befalls_a_connection_is_noted_and_ends_with_it() {
    on_each(async |house| {
        let store = &house.store;
        let id = connect(house, user(), site(1), "secret-one").await;
        let later = noon().plus_seconds(600);
        let look = async || store.site_connection(tenant(), user(), site(1)).await.unwrap();
        store.site_connection_worked(id, later).await.unwrap();
        store.site_connection_surprised(id, later, Some(Trouble::Contested)).await.unwrap();
        let found = look().await.unwrap();
        assert_eq!((found.used, found.surprised), (later, Some(later)));
        assert_eq!(found.trouble, Some(Trouble::Contested));
        store.site_connection_trouble(id, None).await.unwrap();
        assert_eq!(look().await.unwrap().trouble, None);

        let fence = store.lease_renewal(id, Uuid::now_v7(), 30).await.unwrap().unwrap();
        let token = SecretString::from("session".to_owned());
        let session = VendorSession { token: &token, expires: later, last_used: noon() };
        store.save_vendor_session(id, &session, fence).await.unwrap();
        store.erase_credential(id).await.unwrap();
        assert!(look().await.is_none() && store.vendor_session(id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_connection_outlives_the_sign_in_that_made_it() {
    on_each(async |house| {
        let of_site = connect(house, user(), site(1), "secret-one").await;
        let of_sign_in = house.keep("secret-two").await;
        let long_after: Moment = noon().plus_seconds(86_400);
        assert_eq!(house.store.expired_credentials(long_after).await.unwrap(), [of_sign_in]);
        assert!(house.store.open_credential(of_site).await.unwrap().is_some());
    })
    .await;
}
