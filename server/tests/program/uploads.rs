//! Files on their way in: what becomes a plan, what is refused with the right words, and that nothing is kept or sent.

use std::io::Write;

use model::{
    PageRequest, PlanId, ProblemCode,
    plan::{StepsQuery, Why},
};
use reqwest::{Method, StatusCode};

use crate::house::{House, Visitor, planning::IMPORT};

/// The form came back with this problem, beside its file field.
async fn refused(visitor: &Visitor, content: &[u8], code: ProblemCode) {
    let sent = visitor.import(content).await;
    assert!(sent.post.location().starts_with(&format!("{IMPORT}?")), "{}", sent.post.location());
    sent.explains(code);
    let title = model::explain::explain(code).title;
    assert_eq!(sent.page.words().matches(title).count(), 2, "above the form and beside the file: {title}");
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn a_file_becomes_a_plan_and_nothing_is_sent() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let (site, person) = (house.active_site().name, house.one_new_person());
    for content in [person.clone().into_bytes(), gzip(person.as_bytes())] {
        let sent = visitor.import(&content).await;
        assert!(sent.post.location().starts_with("/plans/"), "{}", sent.page.words());
        assert_eq!(sent.page.status, StatusCode::OK);
        for words in
            ["Plan: Import of people.csv", "new.one@example.com", &site, "Will create 1", "Send 1 change"]
        {
            assert!(sent.page.says(words), "{words}: {}", sent.page.words());
        }
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn rows_with_problems_are_told_with_their_line_and_the_others_stand_beside_them() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site().name;
    let file = format!(
        "Username,Site,Role\nno-address,{site},Viewer\nnew@example.com,Nowhere,Viewer\nnew@example.com,{site},King\n\
         new@example.com,{site},Unlicensed\n"
    );
    let plan = visitor.plan(&file).await;
    let page = visitor.get(&format!("/plans/{plan}?rows=refused")).await;
    for (line, words) in
        [("2", "e-mail address"), ("3", "no such site"), ("4", "“King” is not a licence or role")]
    {
        assert!(page.says(words), "{words}: {}", page.words());
        assert!(page.body.contains(&format!(">{line}<")), "line {line}: {}", page.words());
    }
    assert!(page.says("Refused 3") && page.says("Will create 1"), "{}", page.words());
}

#[tokio::test]
async fn a_blank_site_is_dangerous_and_left_out() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let plan = visitor.plan("Username,Site,Role\nnew@example.com,,Viewer\n").await;
    let page = visitor.get(&format!("/plans/{plan}")).await;
    assert!(page.says("Include 1 row: would make a cloud administrator"), "{}", page.words());
    let id = PlanId::parse(&plan).unwrap();
    let query = StepsQuery { page: PageRequest::default(), ..StepsQuery::default() };
    let steps = house.store.plan_steps(house.tenant(), id, &query).await.unwrap();
    assert!(steps.rows[0].why.contains(&Why::MakesAdministrator));
}

#[tokio::test]
async fn files_that_cannot_be_read_come_back_with_the_right_words() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let bomb = gzip(&vec![b'a'; 60 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    for (content, code) in [
        (&b""[..], ProblemCode::FileMissing),
        (b"Username,Site,Role\n", ProblemCode::FileEmpty),
        (b"\n\n\n", ProblemCode::FileEmpty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", ProblemCode::FileUnreadable),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03broken", ProblemCode::FileUnreadable),
        (&bomb, ProblemCode::FileUnreadable),
        (&vec![b'a'; 11 * 1024 * 1024], ProblemCode::TooLarge),
    ] {
        refused(&visitor, content, code).await;
    }
    assert_eq!(house.applied(), 0);
}

#[tokio::test]
async fn forms_of_another_kind_are_refused() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let file = house.one_new_person();
    let back = |answer: crate::house::Answer| {
        let visitor = visitor.clone();
        async move {
            assert!(answer.status.is_redirection(), "{}", answer.words());
            visitor.open(answer.location()).await.problem().unwrap().code
        }
    };
    let malformed = ProblemCode::MalformedForm;
    let answer = visitor.send_file("application/x-www-form-urlencoded", b"file=a".to_vec()).await;
    assert_eq!(back(answer).await, malformed);
    let answer = visitor.send_file("multipart/form-data", b"x".to_vec()).await;
    assert_eq!(back(answer).await, malformed);
    let answer = visitor.send_file("multipart/form-data; boundary=b", b"--b\r\nunfinished".to_vec()).await;
    assert_eq!(back(answer).await, malformed);
    let part = ("file", Some("a.csv"), file.as_bytes());
    let site: (&str, Option<&str>, &[u8]) = ("site", None, b"");
    assert_eq!(back(visitor.upload(&[part, site, site, site]).await).await, malformed);
    assert_eq!(back(visitor.upload(&[part, ("other", None, b"x")]).await).await, malformed);
    assert_eq!(back(visitor.upload(&[("site", None, b"")]).await).await, ProblemCode::FileMissing);
    for wrong in [("site", None, &b"Sales"[..]), ("sign_in", None, b"Carrier pigeon")] {
        assert_eq!(back(visitor.upload(&[part, wrong]).await).await, ProblemCode::FieldWrong);
    }
    // Larger than anything that is read to its end.
    let answer = visitor.upload(&[("file", Some("a.csv"), &vec![b'a'; 65 * 1024 * 1024])]).await;
    answer.explains(ProblemCode::TooLarge);
    // Another website cannot send one, and neither can a stranger.
    let foreign = visitor.bare(Method::POST, "/import").header("sec-fetch-site", "cross-site");
    visitor.send(foreign).await.explains(ProblemCode::CrossSite);
    house.stranger().upload(&[part]).await.explains(ProblemCode::NotSignedIn);
}

#[tokio::test]
async fn the_site_and_the_way_to_sign_in_of_the_form_are_for_rows_that_name_none() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let answer = visitor
        .upload(&[
            ("file", Some("names.csv"), b"new.two@example.com,Unlicensed\n"),
            ("site", None, site.id.as_bytes()),
            ("sign_in", None, b"SAML"),
        ])
        .await;
    let page = visitor.open(answer.location()).await;
    assert!(page.says(&site.name), "{}", page.words());
}

#[tokio::test]
async fn templates_are_files_that_the_import_itself_reads() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for kind in ["named", "tenant", "site", "names"] {
        let answer = visitor.get(&format!("/import/template?kind={kind}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(
            answer.header("content-disposition"),
            format!("attachment; filename=\"import-{kind}.csv\"")
        );
        refused(&visitor, answer.body.as_bytes(), ProblemCode::FileEmpty).await;
    }
    visitor.get("/import/template?kind=x").await.explains(ProblemCode::MalformedQuery);
}
