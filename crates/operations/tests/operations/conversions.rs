//! Lists turned from one of Tableau's layouts into another: what is carried over, what is not, and who may see it.

use model::{
    ConversionId, Problem, ProblemCode,
    conversions::{Conversion, Target},
};
use operations::{Caller, ConvertForm, ConvertedFile, Reality, Who};
use uuid::Uuid;

use crate::house::{House, now};

struct Office {
    house: House,
    caller: Caller,
    site: simulator::SiteFacts,
}

impl Office {
    async fn open() -> Self {
        let house = House::start(Reality::Pretend).await;
        let caller = house.administrator().await;
        Self { site: house.site("Active"), house, caller }
    }

    async fn converts(&self, into: &str, content: &[u8]) -> Result<ConversionId, Problem> {
        let form = ConvertForm {
            into: into.to_owned(),
            site: self.site.id.clone(),
            name: "people.csv".to_owned(),
            bytes: content.to_vec(),
        };
        self.house.operations.convert_file(&self.caller, form).await
    }

    async fn convert(&self, into: &str, content: &str) -> (Conversion, String) {
        let id = self.converts(into, content.as_bytes()).await.unwrap();
        let told = self.house.operations.conversion(&self.caller, &id).await.unwrap();
        (told, self.file(&id, ConvertedFile::ForTableau).await)
    }

    async fn file(&self, id: &ConversionId, which: ConvertedFile) -> String {
        let file = self.house.operations.converted_file(&self.caller, id, which).await.unwrap();
        String::from_utf8(file.bytes).unwrap().trim_start_matches('\u{feff}').to_owned()
    }
}

#[tokio::test]
async fn the_columns_of_a_site_become_those_of_a_tenant_and_come_back_the_same() {
    let office = Office::open().await;
    let url = &office.site.content_url;
    let site = "ada@example.com,,Ada \"L\",Creator,Site,True,ada@mail.example,SAML\r\n\
                bob@example.com,,\"Bob, B\",Explorer,None,False,,ServerDefault\r\n";
    let (told, tenant) = office.convert("tenant", site).await;
    assert_eq!((told.rows, told.carried, told.into), (2, 2, Target::Tenant));
    assert!(told.left_out.is_empty() && told.without.is_empty(), "{told:?}");
    assert_eq!(
        tenant,
        format!(
            "{url},ada@example.com,,\"Ada \"\"L\"\"\",Creator,Site,True,ada@mail.example,SAML\r\n\
             {url},bob@example.com,,\"Bob, B\",Explorer,None,False,,DEFAULT\r\n"
        )
    );
    let (told, again) = office.convert("site", &tenant).await;
    assert_eq!(again, site.replace("Ada \"L\"", "\"Ada \"\"L\"\"\""));
    assert!(told.lost.iter().any(|words| words.contains("ServerDefault")), "{:?}", told.lost);
    assert!(told.lost.iter().any(|words| words.contains(&office.site.name)), "{:?}", told.lost);
}

#[tokio::test]
async fn what_cannot_be_carried_over_is_told_with_its_line() {
    let office = Office::open().await;
    let url = &office.site.content_url;
    let file = format!(
        "{url},ok@example.com,hunter2,Ok,Viewer,None,No,,\nelsewhere,far@example.com,,Far,Viewer,None,No,,\n\
         ,root@example.com,,Root,Viewer,None,No,,\n{url},no-address,,,Viewer,None,No,,\n\
         {url},king@example.com,,,King,None,No,,\n{url},blank@example.com,,,,,,,\n\
         {url},twice@example.com,,,Viewer,None,No,,\n{url},TWICE@example.com,,,Viewer,None,No,,\n\
         {url},torn@example.com,,,Viewer,None,No,,\n{url},torn@example.com,,,Creator,None,Yes,,\n"
    );
    let id = office.converts("site", file.as_bytes()).await.unwrap();
    let told = office.house.operations.conversion(&office.caller, &id).await.unwrap();
    let left: Vec<_> = told.left_out.iter().map(|note| (note.line, note.words.as_str())).collect();
    for (at, (line, words)) in [
        (2, "another site, “elsewhere”"),
        (3, "cloud administrator"),
        (4, "not an e-mail address"),
        (5, "“King” is not a licence or role"),
        (6, "names no role"),
        (8, "the same stands on line 7"),
        (9, "something else than line 10"),
        (10, "something else than line 9"),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(left[at].0 == line && left[at].1.contains(words), "{line} {words}: {left:?}");
    }
    assert_eq!((told.rows, told.carried, left.len()), (10, 2, 8));
    assert!(told.without[0].line == 1 && told.without[0].words.contains("password"), "{:?}", told.without);
    let files = [ConvertedFile::ForTableau, ConvertedFile::ForSpreadsheet, ConvertedFile::Notes];
    for which in files {
        assert!(!office.file(&id, which).await.contains("hunter2"), "{which:?}");
    }
    let notes = office.file(&id, ConvertedFile::Notes).await;
    assert!(notes.contains("3,root@example.com,no,"), "{notes}");
}

#[tokio::test]
async fn no_file_that_comes_out_holds_a_formula() {
    let office = Office::open().await;
    let file = "Username,Display name,Role,Language\n\
                a@example.com,\"=HYPERLINK(\"\"http://x\"\")\",Viewer,de_DE\n=cmd@example.com,Cmd,Viewer,\n\
                b@example.com,'+1,Viewer,\nc@example.com,\u{202e}＝1,Viewer,\nd@example.com,＝1,Viewer,\n";
    let id = office.converts("tenant", file.as_bytes()).await.unwrap();
    let told = office.house.operations.conversion(&office.caller, &id).await.unwrap();
    assert_eq!(told.left_out.len(), 1, "{:?}", told.left_out);
    assert!(
        told.without.iter().any(|note| note.line == 2 && note.words.contains("formula")),
        "{:?}",
        told.without
    );
    for which in [ConvertedFile::ForTableau, ConvertedFile::ForSpreadsheet, ConvertedFile::Notes] {
        let file = office.file(&id, which).await;
        for cell in file.split([',', '\n']).map(|cell| cell.trim_matches(['"', '\r'])) {
            let begins =
                ['=', '+', '-', '@', '＝', '＋', '－', '＠'].iter().any(|sign| cell.starts_with(*sign));
            assert!(!begins, "{which:?}: {cell}");
        }
    }
    // The one with headings is read by our own import as the other is.
    let [plain, headed] = [ConvertedFile::ForTableau, ConvertedFile::ForSpreadsheet];
    let [plain, headed] = [office.file(&id, plain).await, office.file(&id, headed).await];
    let names = |file: &str| {
        let sheet = operations::sheets::read(file.as_bytes()).unwrap();
        sheet.rows.into_iter().map(|row| (row.user_name, row.role, row.problems)).collect::<Vec<_>>()
    };
    assert_eq!(names(&plain), names(&headed));
}

#[tokio::test]
async fn files_that_are_no_list_and_forms_that_say_nothing_are_refused() {
    let office = Office::open().await;
    for (content, code) in [
        (&b""[..], ProblemCode::FileMissing),
        (b"Username,Role\n", ProblemCode::FileEmpty),
        (b"a@example.com\0\n", ProblemCode::FileUnreadable),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03broken", ProblemCode::FileUnreadable),
        (&vec![b'a'; 11 * 1024 * 1024], ProblemCode::TooLarge),
    ] {
        assert_eq!(office.converts("site", content).await.unwrap_err().code, code);
    }
    let problem = office.converts("planet", b"a@example.com\n").await.unwrap_err();
    assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some("into")));
    let nowhere = ConvertForm {
        into: "site".to_owned(),
        site: Uuid::now_v7().to_string(),
        name: String::new(),
        bytes: b"a@example.com\n".to_vec(),
    };
    let problem = office.house.operations.convert_file(&office.caller, nowhere).await.unwrap_err();
    assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some("site")));
}

#[tokio::test]
async fn a_converted_file_is_for_whoever_uploaded_it_and_for_a_day() {
    let office = Office::open().await;
    let id = office.converts("site", b"a@example.com,,,Viewer,None,No,,\n").await.unwrap();
    let operations = &office.house.operations;
    let mut other = office.caller.clone();
    let credential = other.credential().unwrap();
    other.account.who = Who::Administrator { user: Uuid::now_v7().into(), credential };
    let nobody = office.house.nobody().await;
    for (caller, code) in [(&other, ProblemCode::ConversionNotFound), (&nobody, ProblemCode::NotAllowed)] {
        assert_eq!(operations.conversion(caller, &id).await.unwrap_err().code, code);
        let file = operations.converted_file(caller, &id, ConvertedFile::ForTableau).await;
        assert_eq!(file.map(drop).unwrap_err().code, code);
    }
    operations.tidy_up(now().plus_seconds(23 * 3_600), 1_200).await;
    assert!(operations.conversion(&office.caller, &id).await.is_ok());
    operations.tidy_up(now().plus_seconds(25 * 3_600), 1_200).await;
    let gone = operations.conversion(&office.caller, &id).await.unwrap_err();
    assert_eq!(gone.code, ProblemCode::ConversionNotFound);
}
