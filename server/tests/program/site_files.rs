//! Files of people for one site, and lists turned into another layout: by plain forms, without any script.

use std::io::Write;

use model::ProblemCode;
use reqwest::{Method, StatusCode};

use crate::house::{House, Sent, Visitor, planning::Part};

const DOOR: &str = "/import/site";
const CONVERT: (&str, &str) = ("/convert", "/people/convert");

struct Ready {
    house: House,
    visitor: Visitor,
    site: String,
}

async fn ready() -> Ready {
    let house = House::start().await;
    let site = house.connected_site().await.id;
    Ready { visitor: house.sign_in().await, house, site }
}

impl Ready {
    fn page(&self) -> String {
        format!("/sites/{}/users/import", self.site)
    }

    async fn upload(&self, change: &str, content: &[u8]) -> Sent {
        let parts: [Part<'_>; 5] = [
            ("site", None, self.site.as_bytes()),
            ("change", None, change.as_bytes()),
            ("file", Some("people.csv"), content),
            ("role", None, b""),
            ("sign_in", None, b""),
        ];
        self.visitor.upload_to(DOOR, &self.page(), &parts).await
    }

    async fn refused(&self, content: &[u8], code: ProblemCode) {
        let sent = self.upload("import", content).await;
        assert!(sent.post.location().starts_with(&format!("{}?", self.page())), "{}", sent.post.location());
        sent.explains(code);
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn a_file_for_a_site_becomes_a_plan_is_applied_and_read_back() {
    let ready = ready().await;
    let page = ready.visitor.get(&ready.page()).await;
    for words in
        ["Users by file", "Add people, or change their roles", "Take people off this site", "demotes"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let users = ready.visitor.get(&format!("/sites/{}/users", ready.site)).await;
    assert!(users.body.contains(&ready.page()), "the list of users leads here");
    ready.house.work();
    let people: String =
        (0..28).map(|at| format!("new{at}@example.com,,New {at},Viewer,None,No,,\n")).collect();
    let sent = ready.upload("import", gzip(people.as_bytes()).as_slice()).await;
    assert!(sent.page.says("Will create 28"), "{}", sent.page.words());
    assert_eq!(ready.house.applied(), 0);
    let plan = sent.post.location().strip_prefix("/plans/").unwrap().to_owned();
    ready.visitor.apply(&plan, &[("typed", "28")]).await.leads_to(&format!("/runs/{plan}"));
    let run = ready.visitor.run_says(&plan, "28 done").await;
    assert!(run.body.contains(&format!("/sites/{}/jobs/", ready.site)), "{}", run.words());
    assert_eq!(ready.house.world().imports().len(), 1);

    let names: String = (0..28).map(|at| format!("new{at}@example.com\n")).collect();
    let sent = ready.upload("remove", names.as_bytes()).await;
    assert!(sent.page.says("Will change 28"), "{}", sent.page.words());
    let plan = sent.post.location().strip_prefix("/plans/").unwrap().to_owned();
    ready.visitor.apply(&plan, &[("typed", "28")]).await.leads_to(&format!("/runs/{plan}"));
    ready.visitor.run_says(&plan, "28 done").await;
    assert!(ready.house.world().person("new0@example.com").is_none());
}

#[tokio::test]
async fn files_that_cannot_be_read_come_back_to_the_page_of_the_site_with_the_right_words() {
    let ready = ready().await;
    let bomb = gzip(&vec![b'a'; 60 * 1024 * 1024]);
    for (content, code) in [
        (&b""[..], ProblemCode::FileMissing),
        (b"Username,Role\n", ProblemCode::FileEmpty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", ProblemCode::FileUnreadable),
        (&bomb, ProblemCode::FileUnreadable),
        (&vec![b'a'; 11 * 1024 * 1024], ProblemCode::TooLarge),
    ] {
        ready.refused(content, code).await;
    }
    assert_eq!(ready.house.applied(), 0);
}

#[tokio::test]
async fn forms_that_are_cut_short_or_of_another_kind_are_refused_and_nothing_is_planned() {
    let ready = ready().await;
    let (visitor, page) = (&ready.visitor, ready.page());
    let kind = "multipart/form-data; boundary=b";
    let part = |name: &str, rest: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n")
    };
    let whole = format!(
        "{}{}\r\n{}import\r\n{}a@example.com,Viewer\r\n",
        part("site", ""),
        ready.site,
        part("change", ""),
        part("file", "; filename=\"people.csv\"")
    );
    for cut in [3, 30, whole.len() / 2, whole.len() - 3, whole.len()] {
        let answer = visitor.send_file_to(DOOR, &page, kind, whole.as_bytes()[..cut].to_vec()).await;
        assert!(answer.status.is_redirection(), "{cut}: {}", answer.words());
        let code = visitor.open(answer.location()).await.problem().unwrap().code;
        assert_eq!(code, ProblemCode::MalformedForm, "{cut}");
    }
    // What was read of the form is enough to come back to the site.
    let answer = visitor.send_file_to(DOOR, &page, kind, whole.as_bytes().to_vec()).await;
    assert!(answer.location().starts_with(&page), "{}", answer.location());
    let file: Part<'_> = ("file", Some("a.csv"), b"a@example.com\n");
    let site: Part<'_> = ("site", None, ready.site.as_bytes());
    let change: Part<'_> = ("change", None, b"import");
    for (parts, code) in [
        (vec![file, change], ProblemCode::MalformedId),
        (vec![file, change, ("site", None, b"../x")], ProblemCode::MalformedId),
        (vec![file, site, ("change", None, b"bless")], ProblemCode::FieldWrong),
        (vec![file, site], ProblemCode::FieldWrong),
        (vec![site, change], ProblemCode::FileMissing),
        (vec![file, site, change, ("other", None, b"x")], ProblemCode::MalformedForm),
        (vec![file, site, change, site, site, site], ProblemCode::MalformedForm),
        (vec![file, site, change, ("role", None, b"Emperor")], ProblemCode::FieldWrong),
    ] {
        visitor.upload_to(DOOR, &page, &parts).await.explains(code);
    }
    let foreign = visitor.bare(Method::POST, DOOR).header("sec-fetch-site", "cross-site");
    visitor.send(foreign).await.explains(ProblemCode::CrossSite);
    assert_eq!(ready.house.count("plan").await, 0);
}

#[tokio::test]
async fn a_site_that_is_not_connected_is_told_how_to_be() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site().id;
    let page = format!("/sites/{site}/users/import");
    assert!(visitor.get(&page).await.says("This site is not connected"));
    let parts: [Part<'_>; 3] = [
        ("site", None, site.as_bytes()),
        ("change", None, b"import"),
        ("file", Some("a.csv"), b"a@example.com,Viewer\n"),
    ];
    visitor.upload_to(DOOR, &page, &parts).await.explains(ProblemCode::SiteNotConnected);
}

#[tokio::test]
async fn templates_of_both_files_are_there_to_download() {
    let ready = ready().await;
    let page = ready.visitor.get(&ready.page()).await;
    for (kind, head) in [("site", "User name,Password"), ("removal", "User name\r\n"), ("tenant", "Site URI")]
    {
        let path = format!("/import/template?kind={kind}");
        assert!(page.body.contains(&path), "{kind}");
        let file = ready.visitor.get(&path).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.trim_start_matches('\u{feff}').starts_with(head), "{kind}: {}", file.body);
        assert!(file.header("content-disposition").contains(&format!("import-{kind}.csv")));
    }
}

#[tokio::test]
async fn a_list_is_converted_told_and_downloaded() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.active_site();
    let form = visitor.get(CONVERT.1).await;
    assert!(form.says("Convert a list") && form.says(&site.name), "{}", form.words());
    let convert = async |into: &'static [u8], content: &[u8]| {
        let parts: [Part<'_>; 3] =
            [("into", None, into), ("site", None, site.id.as_bytes()), ("file", Some("<b>.csv"), content)];
        visitor.upload_to(CONVERT.0, CONVERT.1, &parts).await
    };
    let file = b"a@example.com,,<i>Ann</i>,Viewer,None,No,,\nbad,,,Viewer,None,No,,\n";
    let sent = convert(b"tenant", file).await;
    for words in ["1 row was carried over, 1 left out", "not an e-mail address", "<b>.csv", &site.name] {
        assert!(sent.page.says(words), "{words}: {}", sent.page.words());
    }
    assert!(!sent.page.body.contains("<i>") && !sent.page.body.contains("<b>.csv"));
    let id = sent.post.location().strip_prefix("/people/convert/").unwrap();
    let download = visitor.get(&format!("/convert/{id}/file?which=tableau")).await;
    let line = format!("{},a@example.com,,<i>Ann</i>,Viewer,None,False,,\r\n", site.content_url);
    assert_eq!(download.body.trim_start_matches('\u{feff}'), line);
    assert!(download.header("content-disposition").starts_with("attachment"));
    visitor.get(&format!("/convert/{id}/file?which=other")).await.explains(ProblemCode::MalformedQuery);
    for (content, code) in [(&b""[..], ProblemCode::FileMissing), (b"a\0b", ProblemCode::FileUnreadable)] {
        convert(b"site", content).await.explains(code);
    }
    convert(b"planet", file).await.explains(ProblemCode::FieldWrong);
    // Nothing of it ever went to Tableau.
    assert_eq!(house.applied(), 0);
}
