//! Saved credentials on their way from one site to another.

use secrecy::{ExposeSecret, SecretString};
use tableau::{Destination, Error, UserPair};

use super::{OTHER, SITE, USER, asked, changer, other, refused, said, site, user};
use crate::raw::Raw;

const KEYCHAIN: &str = "BADsJ5lBKho2Tdqqbo7txS8IyGlBu9LiRyb8etCHJLhBUurgIRHk3g5AeMQg6KHBw+6nw/U5Y=";

pub fn destination() -> Destination {
    Destination {
        content_url: "site1".to_owned(),
        site: site(),
        server_url: "https://10ax.online.tableau.com".to_owned(),
    }
}

#[tokio::test]
async fn credentials_are_taken_out_for_one_destination() {
    let body = format!(
        "<tsRequest><destinationSiteUrlNamespace>site1</destinationSiteUrlNamespace>\
         <destinationSiteLuid>{SITE}</destinationSiteLuid>\
         <destinationServerUrl>https://10ax.online.tableau.com</destinationServerUrl></tsRequest>"
    );
    let wanted = (format!("POST …/users/{USER}/retrieveSavedCreds"), body);
    assert_eq!(asked(async |api| api.retrieve_credentials(&user(), &destination()).await).await, wanted);
}

#[tokio::test]
async fn credentials_are_read_as_secrets() {
    let inside = format!(
        "<associatedUserLuidList/><encryptedKeychainList><encryptedKeychain>{KEYCHAIN}\n    \
         </encryptedKeychain><encryptedKeychain>two</encryptedKeychain><encryptedKeychain/></encryptedKeychainList>"
    );
    let raw = said(&inside).await;
    let saved = changer(&raw).retrieve_credentials(&user(), &destination()).await.unwrap();
    let keychains: Vec<_> = saved.keychains.iter().map(|keychain| keychain.expose_secret()).collect();
    assert_eq!((keychains, saved.users.len()), (vec![KEYCHAIN, "two"], 0));
    assert_eq!(format!("{saved:?}"), "SavedCredentials { users: 0, keychains: 2 }");
    let inside = format!(
        "<associatedUserLuidList><associatedUserLuid>{OTHER}</associatedUserLuid></associatedUserLuidList>"
    );
    let raw = said(&inside).await;
    let saved = changer(&raw).retrieve_credentials(&user(), &destination()).await.unwrap();
    assert_eq!((saved.users, saved.keychains.len()), (vec![OTHER.to_owned()], 0));
}

#[tokio::test]
async fn credentials_are_brought_in_with_the_people_they_belong_to() {
    let keychains = [SecretString::from(KEYCHAIN), SecretString::from("a\nb")];
    let pair = UserPair { source: user(), destination: other() };
    let list = format!(
        "<encryptedKeychainList><encryptedKeychain>{KEYCHAIN}</encryptedKeychain>\
         <encryptedKeychain>a\nb</encryptedKeychain></encryptedKeychainList>"
    );
    let line = format!("PUT …/users/{USER}/uploadSavedCreds");
    let sent = asked(async |api| api.upload_credentials(&user(), &[pair], &keychains).await).await;
    let mapping = format!(
        "<associatedUserLuidMapping><userLuidPair sourceSiteUserLuid=\"{USER}\" \
         destinationSiteUserLuid=\"{OTHER}\"/></associatedUserLuidMapping>"
    );
    assert_eq!(sent, (line.clone(), format!("<tsRequest>{mapping}{list}</tsRequest>")));
    let sent = asked(async |api| api.upload_credentials(&user(), &[], &keychains).await).await;
    assert_eq!(sent, (line, format!("<tsRequest><associatedUserLuidMapping/>{list}</tsRequest>")));
}

#[tokio::test]
async fn credentials_are_asked_for_once_and_an_echo_is_blanked() {
    let raw = Raw::start([crate::raw::answer("503 Service Unavailable", "", "")]).await;
    assert!(changer(&raw).retrieve_credentials(&user(), &destination()).await.is_err());
    assert_eq!(raw.heard().len(), 1);
    let raw = Raw::start([refused("400 Bad Request", "400000", &format!("bad: {KEYCHAIN}"))]).await;
    let keychains = [SecretString::from(KEYCHAIN)];
    let error = changer(&raw).upload_credentials(&user(), &[], &keychains).await.unwrap_err();
    let Error::Rejected { words: Some(words), .. } = error else { panic!("{error:?}") };
    assert_eq!(words.detail(), Some("bad: [secret]"));
}
