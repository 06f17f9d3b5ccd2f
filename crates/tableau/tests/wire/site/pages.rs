//! Lists over several pages, which may change while they are read.

use tableau::{Error, Listing, Unreadable};

use super::{reader, refused, xml};
use crate::raw::Raw;

fn id(number: u32) -> String {
    format!("9f9e9d9c-8b8a-8f8e-7d7c-{number:012}")
}

/// A page with these people, of a list of so many.
fn page(numbers: std::ops::Range<u32>, total: u64) -> String {
    let users: String =
        numbers.map(|number| format!("<user id=\"{}\" name=\"u{number}\"/>", id(number))).collect();
    let pagination = format!("<pagination pageNumber=\"1\" pageSize=\"1000\" totalAvailable=\"{total}\"/>");
    xml("200 OK", &format!("<tsResponse>{pagination}<users>{users}</users></tsResponse>"))
}

async fn all(pages: impl IntoIterator<Item = String>) -> (usize, bool, usize) {
    let raw = Raw::start(pages).await;
    let listed = reader(&raw).all_users(&Listing::default()).await.unwrap();
    (listed.rows.len(), listed.steady, raw.heard().len())
}

#[tokio::test]
async fn a_steady_list_is_read_to_its_end() {
    assert_eq!(
        all([page(0..1000, 2500), page(1000..2000, 2500), page(2000..2500, 2500)]).await,
        (2500, true, 3)
    );
    assert_eq!(all([page(0..1000, 1000)]).await, (1000, true, 1));
    assert_eq!(all([page(0..0, 0)]).await, (0, true, 1));
}

#[tokio::test]
async fn a_list_that_shrinks_is_read_without_repeats_and_called_unsteady() {
    // Somebody left between the pages, so one person was on neither.
    assert_eq!(all([page(0..1000, 2001), page(1001..2000, 1999)]).await, (1999, false, 2));
    // Half of them left: the second page is past the end.
    let past = refused("400 Bad Request", "400006", "no such page");
    assert_eq!(all([page(0..1000, 2001), past]).await, (1000, false, 2));
    assert_eq!(all([page(0..1000, 2001), page(0..0, 900)]).await, (1000, false, 2));
}

#[tokio::test]
async fn a_list_that_grows_counts_everybody_once() {
    assert_eq!(all([page(0..1000, 1500), page(999..1501, 1501)]).await, (1501, false, 2));
}

#[tokio::test]
async fn a_server_that_always_gives_the_first_page_is_not_asked_for_ever() {
    assert_eq!(all([page(0..1000, 1_000_000)]).await, (1000, false, 2));
}

#[tokio::test]
async fn a_failing_page_fails_the_list() {
    let raw = Raw::start([page(0..1000, 2500), refused("403 Forbidden", "403004", "no")]).await;
    let error = reader(&raw).all_users(&Listing::default()).await.unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error:?}");
    let raw = Raw::start([refused("400 Bad Request", "400006", "no such page")]).await;
    let error = reader(&raw).all_users(&Listing::default()).await.unwrap_err();
    assert!(matches!(error, Error::Rejected { status: 400, .. }), "{error:?}");
}

#[tokio::test]
async fn a_list_without_a_figure_or_without_rows_is_read() {
    for (body, rows, total) in [
        (format!("<users><user id=\"{}\"/></users>", id(1)), 1, 1),
        ("<pagination totalAvailable=\"7\"/>".to_owned(), 0, 7),
        ("<users/><pagination totalAvailable=\"many\"/>".to_owned(), 0, 0),
    ] {
        let raw = super::said(&body).await;
        let page =
            reader(&raw).users(model::PageRequest { number: 1, size: 9 }, &Listing::default()).await.unwrap();
        assert_eq!((page.rows.len(), page.total, page.at.size), (rows, total, 9), "{body}");
    }
}

#[tokio::test]
async fn a_row_without_an_id_spoils_the_page() {
    let raw = super::said("<users><user name=\"ann\"/></users>").await;
    let error = reader(&raw).all_users(&Listing::default()).await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::Field { field: "id" } }), "{error:?}");
}
