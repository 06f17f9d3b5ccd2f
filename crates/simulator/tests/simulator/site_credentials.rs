//! Saved credentials that move to another site.

use reqwest::Method;

use crate::house::House;
use crate::ordered::SITE;
use crate::site::{NOBODY, refuses, tree};

const WHERE: &str = "<destinationSiteUrlNamespace>site1</destinationSiteUrlNamespace>\
    <destinationSiteLuid>d56023b5-8f8b-4241-aa74-8974ced85827</destinationSiteLuid>\
    <destinationServerUrl>http://example.com</destinationServerUrl>";

#[tokio::test]
async fn keychains_are_downloaded_and_uploaded() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let answer = desk.post(&format!("{below}/retrieveSavedCreds"), WHERE).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let root = tree(&answer);
    assert!(root.child("associatedUserLuidList").children.is_empty());
    let keychain = root.child("encryptedKeychainList").child("encryptedKeychain").text.clone();
    assert!(!keychain.is_empty());
    let pair =
        format!("<userLuidPair sourceSiteUserLuid=\"{NOBODY}\" destinationSiteUserLuid=\"{NOBODY}\"/>");
    for mapping in [
        "<associatedUserLuidMapping/>".to_owned(),
        format!("<associatedUserLuidMapping>{pair}</associatedUserLuidMapping>"),
    ] {
        let list = format!(
            "<encryptedKeychainList><encryptedKeychain>{keychain}</encryptedKeychain></encryptedKeychainList>"
        );
        let answer = desk.put(&format!("{below}/uploadSavedCreds"), &format!("{mapping}{list}")).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
    }
    assert_eq!(house.world().applied("user.credentials"), 2);
}

#[tokio::test]
async fn credentials_are_refused_as_the_tables_say() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let (download, upload) = (format!("{below}/retrieveSavedCreds"), format!("{below}/uploadSavedCreds"));
    refuses(&desk.post(&download, "").await, 400, "400000");
    let empty = WHERE.replace("site1", " ");
    refuses(&desk.post(&download, &empty).await, 400, "400000");
    let list = "<encryptedKeychainList><encryptedKeychain>x</encryptedKeychain></encryptedKeychainList>";
    let whole = format!("<associatedUserLuidMapping/>{list}");
    for asked in ["", list, "<associatedUserLuidMapping/>", &whole.replace('x', "")] {
        refuses(&desk.put(&upload, asked).await, 400, "400000");
    }
    let half = format!(
        "<associatedUserLuidMapping><userLuidPair sourceSiteUserLuid=\"a\"/></associatedUserLuidMapping>{list}"
    );
    refuses(&desk.put(&upload, &half).await, 400, "400000");
    refuses(&desk.post(&format!("/users/{NOBODY}/retrieveSavedCreds"), WHERE).await, 404, "404002");
    refuses(&desk.put(&format!("/users/{NOBODY}/uploadSavedCreds"), &whole).await, 404, "404002");
    refuses(&desk.in_version("3.22").post(&download, WHERE).await, 404, "404003");
    refuses(&desk.ask(Method::GET, &upload).await, 405, "405000");
    refuses(&desk.ask(Method::GET, &download).await, 405, "405000");
    house.world().end_site_sessions(&desk.site);
    refuses(&desk.post(&download, WHERE).await, 401, "401002");
}

#[tokio::test]
async fn only_administrators_handle_credentials() {
    let house = House::start().await;
    let desk = house.desk_of_anna("Creator").await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    refuses(&desk.post(&format!("{below}/retrieveSavedCreds"), WHERE).await, 403, "403054");
    refuses(
        &desk.put(&format!("{below}/uploadSavedCreds"), "<associatedUserLuidMapping/>").await,
        403,
        "403054",
    );
}
