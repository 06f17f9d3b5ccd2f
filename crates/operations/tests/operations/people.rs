//! The directory: searched, filtered, sorted, kept over restarts, and read once for many.

use model::{
    Direction, Freshness, PageRequest, ProblemCode, UserId,
    people::{LastSignIn, PeoplePage, PeopleQuery, PeopleSort},
};
use operations::{Caller, ExportAs, Reality, Table};

use crate::house::House;

async fn list(house: &House, caller: &Caller, query: PeopleQuery) -> PeoplePage {
    let query = PeopleQuery { page: PageRequest { number: 1, size: 250 }, ..query };
    house.operations.list_people(caller, &query, Freshness::Recent).await.unwrap()
}

fn search(text: &str) -> PeopleQuery {
    PeopleQuery { search: text.to_owned(), ..PeopleQuery::default() }
}

#[tokio::test]
async fn everyone_is_there_after_one_round_with_their_roles() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let page = list(&house, &caller, PeopleQuery::default()).await;
    assert_eq!((page.page.total, page.page.of), (100, 100));
    assert!(page.loading.complete && page.stale.is_none());
    // People on no site are found as well, though no highest role finds them.
    let nowhere =
        list(&house, &caller, PeopleQuery { site: "none".to_owned(), ..PeopleQuery::default() }).await;
    assert!(nowhere.page.total > 0 && nowhere.page.rows.iter().all(|row| row.sites == 0));
    let placed = page.page.rows.iter().find(|row| row.sites > 0).unwrap();
    assert!(!placed.role.is_empty() && !placed.site_names.is_empty());
}

#[tokio::test]
async fn a_search_ignores_case_and_accents_and_takes_signs_as_they_are() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    for text in ["elif şahin", "ELIF SAHIN", "sahin@", "elif.sahin@example.com"] {
        let found = list(&house, &caller, search(text)).await;
        assert!(found.page.rows.iter().any(|row| row.name == "Elif Şahin"), "{text}");
    }
    let all = list(&house, &caller, PeopleQuery::default()).await;
    assert_eq!(list(&house, &caller, search("nobody&nothing,+")).await.page.total, 0);
    let one = &all.page.rows[7];
    let found = list(&house, &caller, search(&one.id.to_string())).await;
    assert_eq!(found.page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id]);
}

#[tokio::test]
async fn filters_combine_and_sorting_puts_never_before_every_time() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let query = PeopleQuery { role: "Viewer".to_owned(), last: "90".to_owned(), ..PeopleQuery::default() };
    let found = list(&house, &caller, query).await;
    assert!(found.page.total > 0 && found.page.total < 100);
    for row in &found.page.rows {
        assert_eq!(row.role, "Viewer");
        assert!(match row.last_sign_in {
            LastSignIn::Never => true,
            LastSignIn::At(at) => at.seconds_until(caller.now) > 90 * 86_400,
            LastSignIn::Unknown => false,
        });
    }
    let query = PeopleQuery { sort: PeopleSort::Last, direction: Direction::Up, ..PeopleQuery::default() };
    let sorted = list(&house, &caller, query).await;
    assert_eq!(sorted.page.rows[0].last_sign_in, LastSignIn::Never);
    let admins = PeopleQuery { tenant: "invited".to_owned(), ..PeopleQuery::default() };
    let admins = list(&house, &caller, admins).await;
    assert_eq!(admins.page.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Noor Haddad"]);
}

#[tokio::test]
async fn a_word_that_cannot_be_is_a_problem_and_not_a_guess() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let bad = [
        PeopleQuery { last: "0".to_owned(), ..PeopleQuery::default() },
        PeopleQuery { last: "soon".to_owned(), ..PeopleQuery::default() },
        PeopleQuery { site: "7".to_owned(), ..PeopleQuery::default() },
        PeopleQuery { mark: "x".to_owned(), ..PeopleQuery::default() },
        PeopleQuery { page: PageRequest { number: 0, size: 25 }, ..PeopleQuery::default() },
    ];
    for query in bad {
        let problem = house.operations.list_people(&caller, &query, Freshness::Recent).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::MalformedQuery, "{query:?}");
    }
}

#[tokio::test]
async fn a_hundred_who_open_a_cold_list_cause_one_listing() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let query = PeopleQuery::default();
    let many = (0..100).map(|_| house.operations.list_people(&caller, &query, Freshness::Recent));
    for page in futures::future::join_all(many).await {
        assert_eq!(page.unwrap().page.total, 100);
    }
    let lists = house.world().requests().iter().filter(|it| it.path.ends_with("/users")).count();
    // Nine lists without roles, nine with them, one of everybody.
    assert_eq!(lists, 19);
}

#[tokio::test]
async fn the_directory_outlives_the_process() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let before = list(&house, &caller, PeopleQuery::default()).await;
    let requests = house.world().requests().len();
    let again = house.restarted(Table::default());
    let query = PeopleQuery { page: PageRequest { number: 1, size: 250 }, ..PeopleQuery::default() };
    let after = again.list_people(&caller, &query, Freshness::Recent).await.unwrap();
    assert_eq!(after.page.rows, before.page.rows);
    let lists =
        house.world().requests().iter().skip(requests).filter(|it| it.path.ends_with("/users")).count();
    assert_eq!(lists, 0, "what is five minutes old is not read again");
}

#[tokio::test]
async fn whoever_was_given_nothing_sees_nobody() {
    let house = House::start(Reality::Pretend).await;
    let nobody = house.nobody().await;
    let query = PeopleQuery::default();
    let problem = house.operations.list_people(&nobody, &query, Freshness::Recent).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotAllowed);
    let id = UserId::from(uuid::Uuid::now_v7());
    assert_eq!(house.operations.person(&nobody, &id).await.unwrap_err().code, ProblemCode::NotAllowed);
    let file = house.operations.export_people(&nobody, &query, ExportAs::Csv).await;
    assert_eq!(file.err().map(|problem| problem.code), Some(ProblemCode::NotAllowed));
}

#[tokio::test]
async fn a_page_of_a_person_tells_their_seat_and_why() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let all = list(
        &house,
        &caller,
        PeopleQuery { sort: PeopleSort::Sites, direction: Direction::Down, ..PeopleQuery::default() },
    )
    .await;
    let id = all.page.rows[0].id;
    let sheet = house.operations.person(&caller, &id).await.unwrap();
    assert_eq!(sheet.places.len() as u32, all.page.rows[0].sites);
    assert!(!sheet.seat_by.is_empty() && sheet.seat == sheet.person.seat());
    assert!(sheet.places.iter().all(|place| place.site_name != place.place.site.to_string()));
    let missing = UserId::from(uuid::Uuid::now_v7());
    assert_eq!(
        house.operations.person(&caller, &missing).await.unwrap_err().code,
        ProblemCode::PersonNotFound
    );
}

#[tokio::test]
async fn an_export_holds_everyone_who_matches_and_nothing_a_spreadsheet_would_run() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let query = PeopleQuery { role: "Viewer".to_owned(), ..PeopleQuery::default() };
    let count = list(&house, &caller, query.clone()).await.page.total;
    let file = house.operations.export_people(&caller, &query, ExportAs::Csv).await.unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(text.lines().count() as u64, count + 1);
    let file = house.operations.export_people(&caller, &query, ExportAs::Json).await.unwrap();
    let people: Vec<serde_json::Value> = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(people.len() as u64, count);
}
