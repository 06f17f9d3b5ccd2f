//! One session of a site for all replicas: two processes on one PostgreSQL database, one sign-in.

use reqwest::{Method, header::ACCEPT};
use sea_orm::{ConnectionTrait, Database};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::house::children::Serving;

const CALLS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_share_one_session_of_a_site() {
    let Ok(server) = std::env::var("STEWARD_TEST_POSTGRES") else { return };
    let name = format!("replicas_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (front, options) = server.split_once('?').unwrap_or((&server, ""));
    let (front, _) = front.rsplit_once('/').unwrap();
    let database = format!("{front}/{name}?{options}");

    let simulated = simulator::Options { users: 200, ..simulator::Options::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tableau = simulator::start(simulated, listener).await.unwrap();
    let first = Serving::on(&tableau.details().tcm_url, Some(&database)).await;
    let second = first.beside().await;
    let visitor = first.visitor();
    visitor.try_sign_in(&tableau.details().tcm_pat).await;
    let site = tableau.details().sites[0].clone();
    visitor.connect_site(&site.site_id, &site.pat_name, &site.pat_secret).await;
    // The cookie holds the sign-in itself, which both find in the database.
    let other = second.visitor();
    other.set_cookie(visitor.cookie());
    let path = format!("/sites/{}/sets", site.site_id);
    for visitor in [&visitor, &other] {
        assert_eq!(visitor.get(&path).await.status.as_u16(), 200, "{}", visitor.get(&path).await.words());
    }

    // The session runs out by the clock.
    let outside = Database::connect(&database).await.unwrap();
    outside.execute_unprepared("UPDATE vendor_session SET expires = 0").await.unwrap();
    outside.close().await.unwrap();
    // The session of Tableau Cloud Manager ran out as well; it is opened first, so that only the site's is counted.
    assert_eq!(visitor.get("/sites?refresh=1").await.status.as_u16(), 200);
    tableau.world().clear_ledger();
    let asked = (0..CALLS).map(|number| {
        let visitor = if number % 2 == 0 { visitor.clone() } else { other.clone() };
        let path = path.clone();
        tokio::spawn(async move {
            let request = visitor.bare(Method::GET, &path).header(ACCEPT, "text/html");
            visitor.send(request).await.status.as_u16()
        })
    });
    for answer in futures::future::join_all(asked).await {
        assert_eq!(answer.unwrap(), 200);
    }
    let requests = tableau.world().requests();
    let sign_ins = requests.iter().filter(|it| it.path.ends_with("/auth/signin")).count();
    assert_eq!(sign_ins, 1, "one of {CALLS} calls signed in for all");
    let sessions = requests.iter().filter(|it| it.path.contains("/groupsets")).count();
    assert!(sessions >= CALLS, "each call asked the site: {sessions}");
}
