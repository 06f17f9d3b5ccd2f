//! The page of people against a page written by hand, over the same loopback and with the same rows.

use std::{sync::Arc, time::Instant};

use axum::{Router, response::Html, routing::get};
use futures::{StreamExt, stream};
use model::{Freshness, PageRequest, people::PeopleQuery, people::PersonRow};
use tokio::net::TcpListener;

use crate::{house::House, tell};

/// Pages asked for, and how many at once.
const PAGES: usize = 2_000;
const AT_ONCE: usize = 8;

pub async fn compare(house: &House) {
    let caller = crate::caller(house).await;
    let query = PeopleQuery { page: PageRequest { number: 2, size: 50 }, ..PeopleQuery::default() };
    let page = house.web.operations.list_people(&caller, &query, Freshness::Recent).await.unwrap();
    let rows: Arc<Vec<PersonRow>> = Arc::new(page.page.rows);
    let plain = Router::new().route("/people", get(move || async move { Html(by_hand(&rows)) }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let by_hand_at = format!("http://{}/people", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, plain).await.unwrap() });
    let ours = format!("{}/people?page=2&size=50", house.origin);
    let cookie = house.cookie().await;
    // Both once before they are timed.
    rate(&ours, &cookie, 50).await;
    rate(&by_hand_at, &cookie, 50).await;
    let (ours, theirs) = (rate(&ours, &cookie, PAGES).await, rate(&by_hand_at, &cookie, PAGES).await);
    tell("people page, 50 rows: pages a second", format!("{ours:.0}"));
    tell("written by hand, the same rows: pages a second", format!("{theirs:.0}"));
    tell("ratio", format!("1 : {:.1}", theirs / ours));
}

async fn rate(address: &str, cookie: &str, pages: usize) -> f64 {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let began = Instant::now();
    let asked = stream::iter(0..pages).map(|_| {
        let request = client.get(address).header("cookie", cookie).header("accept", "text/html");
        async move {
            let answer = request.send().await.unwrap().error_for_status().unwrap();
            answer.bytes().await.unwrap().len()
        }
    });
    let bytes: usize = asked.buffer_unordered(AT_ONCE).fold(0, |sum, bytes| async move { sum + bytes }).await;
    assert!(bytes > pages * 1_000, "pages with something on them");
    pages as f64 / began.elapsed().as_secs_f64()
}

fn by_hand(rows: &[PersonRow]) -> String {
    use std::fmt::Write;
    let mut page = String::with_capacity(16 * 1024);
    page.push_str("<!DOCTYPE html><html><body><table><tbody>");
    for row in rows {
        let cells = [&row.name, &row.user_name, &row.role, &row.site_names, &row.status];
        page.push_str("<tr>");
        for cell in cells {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            _ = write!(page, "<td>{cell}</td>");
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table></body></html>");
    page
}
