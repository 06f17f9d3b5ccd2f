//! Answers that are broken, huge or meant to do harm.

use tableau::{Error, Fate, Listing, Unreadable};

use super::changes::{local, somebody};
use super::{changer, job, reader, said, user};
use crate::raw::{Raw, answer};

const XML: &str = "content-type: application/xml\r\n";

async fn read(body: impl AsRef<[u8]>) -> Error {
    let body = body.as_ref();
    let mut whole =
        format!("HTTP/1.1 200 OK\r\n{XML}content-length: {}\r\nconnection: close\r\n\r\n", body.len())
            .into_bytes();
    whole.extend_from_slice(body);
    let raw = Raw::start([whole]).await;
    reader(&raw).all_users(&Listing::default()).await.unwrap_err()
}

fn what(error: Error) -> Unreadable {
    match error {
        Error::Garbled { source } => source,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn xml_that_can_do_harm_is_not_parsed() {
    let laughs: String = (1..9).map(|n| format!("<!ENTITY l{n} \"&l{0};&l{0};\">", n - 1)).collect();
    let bomb =
        format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]><tsResponse><users>&l8;</users></tsResponse>");
    assert_eq!(what(read(bomb).await), Unreadable::ForbiddenXml);
    let file = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><tsResponse>&f;</tsResponse>";
    assert_eq!(what(read(file).await), Unreadable::ForbiddenXml);
    let deep = format!("<tsResponse>{}{}</tsResponse>", "<a>".repeat(10_000), "</a>".repeat(10_000));
    assert_eq!(what(read(deep).await), Unreadable::ForbiddenXml);
    let attributes: String = (0..1_000_000).map(|number| format!(" a{number}=''")).collect();
    let wide = format!("<tsResponse><users><user{attributes}/></users></tsResponse>");
    assert_eq!(what(read(wide).await), Unreadable::ForbiddenXml);
}

#[tokio::test]
async fn broken_answers_are_unreadable() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let marked =
        [b"\xff\xfe".to_vec(), wide("<?xml version=\"1.0\" encoding=\"UTF-16\"?><tsResponse/>")].concat();
    for (body, unreadable) in [
        (b"<tsResponse><users><user id='".to_vec(), Unreadable::Xml),
        (b"<tsResponse><users>".to_vec(), Unreadable::Xml),
        (b"<tsResponse><users></tsResponse>".to_vec(), Unreadable::Xml),
        (b"<tsResponse>&unknown;</tsResponse>".to_vec(), Unreadable::Xml),
        (wide("<tsResponse/>"), Unreadable::Xml),
        (marked, Unreadable::Xml),
        (b"<tsResponse>\xff\xfe</tsResponse>".to_vec(), Unreadable::Xml),
        (b"<other/>".to_vec(), Unreadable::Xml),
        (b"{\"users\":{}}".to_vec(), Unreadable::Xml),
        (b"<html><body>Sign in to the hotel</body></html>".to_vec(), Unreadable::WebPage),
        (b"".to_vec(), Unreadable::Empty),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let error = read(&body).await;
        match (&error, &unreadable) {
            // Such a text is nothing that a list could be made of.
            (Error::Garbled { source: Unreadable::Xml }, Unreadable::Xml) => {}
            _ => assert_eq!(what(error), unreadable, "{shown}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_or_too_large_is_told() {
    let cut = format!("HTTP/1.1 200 OK\r\n{XML}content-length: 900\r\nconnection: close\r\n\r\n<tsResponse>");
    let raw = Raw::start([cut]).await;
    assert_eq!(what(reader(&raw).user(&user()).await.unwrap_err()), Unreadable::CutOff);
    assert_eq!(raw.heard().len(), 3);
    let error = changer(&raw).add_user(&somebody()).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Unknown);
    assert_eq!(raw.heard().len(), 4);
    let huge = format!("HTTP/1.1 200 OK\r\n{XML}content-length: 99000000\r\nconnection: close\r\n\r\n");
    let raw = Raw::start([huge]).await;
    let error = reader(&raw).user(&user()).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge), "{error:?}");
}

#[tokio::test]
async fn a_web_page_is_no_success_of_a_change() {
    let raw = Raw::start([answer("200 OK", "content-type: text/html\r\n", "<html>Sign in</html>")]).await;
    for outcome in [
        changer(&raw).cancel_job(&job()).await,
        changer(&raw).create_group(&local("a")).await.map(drop),
        changer(&raw).delete_users("a.csv", b"a").await.map(drop),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!(error.fate(), Fate::Unknown);
        assert_eq!(what(error), Unreadable::WebPage);
    }
}

#[tokio::test]
async fn what_is_not_known_does_no_harm() {
    let id = super::USER;
    let inside = format!(
        "<new/><users more=\"1\"><user locale=\"\" new=\"x\" siteRole=\"Dreamer\" id=\"{id}\" name=\"ann\">\
         <new><a/></new><domain/></user><!-- a remark --><other/><user name=\"bob\" id=\"{}\" lastLogin=\"soon\"/>\
         </users><pagination totalAvailable=\"2\"/><?what ever?>",
        super::OTHER
    );
    let raw = said(&inside).await;
    let people = reader(&raw).all_users(&Listing::default()).await.unwrap();
    assert_eq!((people.rows.len(), people.steady), (2, true));
    assert_eq!((people.rows[0].site_role.code(), &people.rows[0].domain), ("Dreamer", &None));
    assert_eq!((people.rows[1].site_role.code(), people.rows[1].last_login), ("", None));
}
