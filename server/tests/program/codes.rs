//! The dictionary of codes: every code is there, can be found, and is linked from wherever one is shown.

use std::collections::BTreeSet;

use model::{ProblemCode, dictionary};
use reqwest::{Method, header::ACCEPT};
use simulator::Fault;

use crate::house::{Answer, House};

/// The addresses that a page links codes to.
fn linked(body: &str) -> BTreeSet<String> {
    let links = body.split("href=\"/codes/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    links.filter(|code| !code.starts_with("file")).collect()
}

/// Words in `<code>` of a page that are codes of the dictionary.
fn shown(body: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = dictionary::entries().into_iter().map(|entry| entry.code).collect();
    let words = body.split("<code").skip(1).filter_map(|rest| rest.split_once('>'));
    let words = words.map(|(_, rest)| rest.split('<').next().unwrap().to_owned());
    words.filter(|word| known.contains(word)).collect()
}

#[tokio::test]
async fn every_code_has_a_page_with_its_words_and_tableau_is_not_asked() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let before = house.world().requests().len();
    for entry in dictionary::entries() {
        // As the browser half asks: without the frame, which tells of the sign-in and so asks Tableau now and then.
        let path = format!("/api/codes/get?path=/codes/{}", entry.code);
        let told = visitor.api(Method::GET, &path, &[]).await;
        assert_eq!(told.status.as_u16(), 200, "{}", entry.code);
        let sheet: serde_json::Value = serde_json::from_str(&told.body).unwrap();
        assert_eq!(sheet["title"], entry.code.as_str());
        let page = Answer { body: sheet["body"].as_str().unwrap().to_owned(), ..told };
        assert!(page.says(entry.meaning), "{}: {}", entry.code, page.words());
        assert!(entry.next.is_none_or(|next| page.says(next)), "{}", entry.code);
        for other in &entry.elsewhere {
            assert!(page.says(other.meaning), "{} for {:?}", entry.code, other.operations);
        }
    }
    assert_eq!(house.world().requests().len(), before, "the dictionary is in the program");
}

#[tokio::test]
async fn the_list_is_searched_and_filtered_by_its_address() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let all = dictionary::entries().len();
    assert!(visitor.get("/codes").await.says(&format!("1–25 of {all}")));
    let found = visitor.get("/codes?q=SVC_2018&size=50").await;
    assert!(found.says("E_403_USR_SVC_2018") && found.says(&format!("1–1 of 1 (filtered from {all})")));
    let site = visitor.get("/codes?kind=site&tone=neutral").await;
    assert!(site.says("409011") && !site.says("409003"), "{}", site.words());
    let none = visitor.get("/codes?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(none.says(&format!("No code is like this, of {all}.")), "{}", none.words());
    assert!(!none.body.contains("<script>alert"));
    for bad in ["/codes?kind=nobody", "/codes?tone=nobody", "/codes?page=x", "/codes?size=7"] {
        visitor.get(bad).await.explains(ProblemCode::MalformedQuery);
    }
    assert!(
        visitor.get("/codes/e_403_usr_svc_2018").await.says("E_403_USR_SVC_2018"),
        "typed in small letters"
    );
    for unknown in ["/codes/E_999_USR_SVC_1", "/codes/%3Cb%3E", "/codes/429000%20x"] {
        visitor.get(unknown).await.explains(ProblemCode::CodeNotFound);
    }
}

#[tokio::test]
async fn the_dictionary_can_be_taken_away_as_one_file() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for (format, name, media) in
        [("html", "steward-codes.html", "text/html"), ("text", "steward-codes.txt", "text/plain")]
    {
        let file = visitor.get(&format!("/codes/file?format={format}")).await;
        assert_eq!(file.status.as_u16(), 200);
        assert!(file.header("content-disposition").contains(&format!("attachment; filename=\"{name}\"")));
        assert!(file.header("content-type").starts_with(media));
        for entry in dictionary::entries() {
            assert!(file.body.contains(&entry.code), "{} in {name}", entry.code);
        }
    }
    visitor.get("/codes/file").await.explains(ProblemCode::MalformedQuery);
}

#[tokio::test]
async fn it_is_read_while_tableau_is_down() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(500));
    assert!(visitor.get("/codes?q=429000").await.says("429000"));
    assert_eq!(visitor.get("/codes/file?format=text").await.status.as_u16(), 200);
}

#[tokio::test]
async fn wherever_a_code_is_shown_it_leads_to_its_page() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    // A change that fails, so that the audit log has a code.
    house.world().inject(Fault::status(403).on("DELETE", "/sites/").times(1));
    visitor.suspend(&site, "Test").await;
    let entry = house.audit().await.into_iter().find(|act| act.code.is_some()).unwrap();
    // A run with a row that is refused.
    let run = house.own_run().await;
    house.sql("UPDATE run_row SET code = 'E_403_USR_SVC_2018'").await;
    let job = |what: &str| format!("/jobs/{}", house.world().job(what).unwrap());
    let mut met = BTreeSet::new();
    for path in [
        format!("{}?size=50", job("every-code")),
        job("import-partial"),
        "/audit".to_owned(),
        format!("/audit/{}", entry.act),
        format!("/runs/{run}"),
        "/sites?page=x".to_owned(),
        "/sites/x".to_owned(),
        "/nowhere".to_owned(),
    ] {
        let page = visitor.get(&path).await;
        let (shown, linked) = (shown(&page.body), linked(&page.body));
        assert!(shown.is_subset(&linked), "{path} shows {shown:?} and links {linked:?}");
        met.extend(shown);
    }
    for code in [
        "vendor-refused",
        "malformed-query",
        "malformed-id",
        "page-not-found",
        "E_403_USR_SVC_2017",
        "E_403_USR_SVC_2018",
    ] {
        assert!(met.contains(code), "{code} was shown nowhere, so this test proves nothing of it: {met:?}");
    }
    // A problem that comes up before the app is reached has the same link.
    let foreign =
        visitor.bare(Method::GET, "/").header("host", "elsewhere.example").header(ACCEPT, "text/html");
    assert!(linked(&visitor.send(foreign).await.body).contains("wrong-host"));
}
