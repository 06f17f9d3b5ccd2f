//! Files of people for one site as plans: what is refused, what is dangerous, and that nothing is sent.

use model::{
    PlanId, Problem, ProblemCode,
    plan::{Step, Verdict, Why},
};
use operations::{ProtectForm, Reality, SiteFile, Wanted};

use crate::{
    house::{House, ticket},
    members::Desk,
    plans::{sheet, steps},
};

impl Desk {
    pub fn file(&self, change: &str, content: &[u8]) -> SiteFile {
        SiteFile {
            site: self.site,
            change: change.to_owned(),
            name: "people.csv".to_owned(),
            bytes: content.to_vec(),
            role: String::new(),
            sign_in: String::new(),
        }
    }

    pub async fn uploads(&self, file: SiteFile) -> Result<PlanId, Problem> {
        self.house.operations.plan_site_file(&self.caller, file).await
    }

    pub async fn upload(&self, change: &str, content: &str) -> PlanId {
        self.uploads(self.file(change, content.as_bytes())).await.unwrap()
    }

    pub async fn rows(&self, plan: PlanId) -> Vec<Step> {
        steps(&self.house, &self.caller, plan).await
    }

    fn content_url(&self) -> String {
        let sites = self.house.world().sites();
        sites.into_iter().find(|site| site.id == self.site.to_string()).unwrap().content_url
    }
}

fn verdicts(rows: &[Step]) -> Vec<(u32, Verdict)> {
    rows.iter().map(|row| (row.line.unwrap(), row.verdict)).collect()
}

#[tokio::test]
async fn a_file_in_the_columns_of_a_site_is_compared_row_by_row_and_nothing_is_sent() {
    let desk = Desk::open().await;
    desk.somebody("same@example.com", "Viewer");
    desk.somebody("up@example.com", "Viewer");
    desk.somebody("boss@example.com", "SiteAdministratorCreator");
    desk.somebody("chief@example.com", "Explorer");
    let chief = model::UserId::parse(&desk.house.world().person("chief@example.com").unwrap().id).unwrap();
    let wanted = Wanted::Protected;
    let protect = ProtectForm { user: chief, ticket: ticket(), reason: "Chief".to_owned(), wanted };
    desk.house.operations.protect(&desk.caller, protect).await.unwrap();
    let changes = desk.house.world().changes().len();
    // The administrator column of the boss is blank, which demotes; that of nobody makes an administrator.
    let plan = desk
        .upload(
            "import",
            "new@example.com,,New One,Viewer,None,No,,\nsame@example.com,,,Viewer,None,No,,\n\
             up@example.com,secret,,Creator,None,Yes,,SAML\nboss@example.com,,,Creator,,Yes,,\n\
             chief@example.com,,,Viewer,None,No,,\nmilo.brandt@example.com,,,Viewer,None,No,,\n\
             king@example.com,,,King,,,,\nno-address,,,Viewer,None,No,,\nblank@example.com,,,,Site,,,\n\
             nothing@example.com,,,,,,,\n",
        )
        .await;
    let seen = sheet(&desk.house, &desk.caller, plan).await;
    let rows = &seen.steps.rows;
    use Verdict::{Change, Create, Dangerous, Nothing, Refused};
    assert_eq!(
        verdicts(rows),
        [
            (1, Create),
            (2, Nothing),
            (3, Change),
            (4, Dangerous),
            (5, Dangerous),
            (6, Refused),
            (7, Refused),
            (8, Refused),
            (9, Refused),
            (10, Refused)
        ]
    );
    assert!(rows[0].why.contains(&Why::Invites) && rows[0].why.contains(&Why::TakesViewer));
    assert_eq!(
        (rows[2].before.as_str(), rows[2].after.as_str()),
        ("Viewer, Tableau with MFA", "Creator, SAML")
    );
    assert!(rows[3].why.contains(&Why::DemotesSiteAdministrator));
    assert!(rows[4].why.contains(&Why::Protected));
    assert!(rows[5].why.contains(&Why::OwnRole));
    assert!(rows[6].after.contains("“King” is not a licence or role"), "{}", rows[6].after);
    assert!(rows[7].after.contains("not an e-mail address"), "{}", rows[7].after);
    assert!(rows[8].why.contains(&Why::Unreadable), "a blank licence makes no administrator");
    assert!(rows[9].why.contains(&Why::NothingAsked));
    assert!(seen.plan.source.contains("Tableau's columns for a site"), "{}", seen.plan.source);
    assert_eq!(desk.house.world().changes().len(), changes);
}

#[tokio::test]
async fn a_file_in_the_columns_of_a_tenant_counts_for_this_site_alone_and_makes_no_cloud_administrator() {
    let desk = Desk::open().await;
    let here = desk.content_url();
    let other = desk.house.world().sites().into_iter().find(|site| site.content_url != here).unwrap();
    let plan = desk
        .upload(
            "import",
            &format!(
                "{here},here@example.com,,Here,Viewer,None,No,,\n{},there@example.com,,There,Viewer,None,No,,\n\
                 ,root@example.com,,Root,Viewer,None,No,,\n",
                other.content_url
            ),
        )
        .await;
    let rows = desk.rows(plan).await;
    assert_eq!(verdicts(&rows), [(1, Verdict::Create), (2, Verdict::Refused), (3, Verdict::Refused)]);
    assert!(rows[1].why.contains(&Why::OtherSite) && rows[1].after.contains(&other.content_url));
    assert!(rows[2].why.contains(&Why::BlankSite));
    let source = sheet(&desk.house, &desk.caller, plan).await.plan.source;
    assert!(source.contains("not used here: e-mail"), "{source}");
}

#[tokio::test]
async fn seats_over_the_limit_of_the_site_are_dangerous_and_what_the_file_frees_counts() {
    let desk = Desk::open().await;
    let used = desk.house.world().site_licences(&desk.site.to_string()).unwrap();
    let limits = simulator::SiteLimits { creator: None, explorer: None, viewer: Some(used.viewers + 1) };
    assert!(desk.house.world().set_site_limits(&desk.site.to_string(), limits));
    let plan = desk.upload("import", "Username,Role\none@example.com,Viewer\ntwo@example.com,Viewer\n").await;
    let rows = desk.rows(plan).await;
    assert_eq!(verdicts(&rows), [(2, Verdict::Create), (3, Verdict::Dangerous)]);
    assert!(rows[1].why.contains(&Why::OverLimit));
}

#[tokio::test]
async fn rows_that_repeat_or_contradict_each_other_are_refused_whatever_the_case() {
    let desk = Desk::open().await;
    let file = "Username,Role\na@example.com,Viewer\nA@EXAMPLE.COM,Viewer\nb@example.com,Viewer\nB@example.com,Creator\n";
    let rows = desk.rows(desk.upload("import", file).await).await;
    use Verdict::{Create, Refused};
    assert_eq!(verdicts(&rows), [(2, Create), (3, Refused), (4, Refused), (5, Refused)]);
    assert!(rows[1].why.contains(&Why::Duplicate));
    assert!(rows[2].why.contains(&Why::Contradiction) && rows[3].why.contains(&Why::Contradiction));
}

#[tokio::test]
async fn names_of_any_letters_are_shown_as_they_are() {
    let desk = Desk::open().await;
    let names = ["Conan \"The\" O'Brien", "<b>&amp;</b>", "🦊 Fox", "\u{202e}abc", "=1+1", &"x".repeat(256)];
    let cell = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let lines = names.iter().enumerate();
    let lines = lines.map(|(at, name)| format!("p{at}@example.com,,{},Viewer,None,No,,", cell(name)));
    let file = lines.collect::<Vec<_>>().join("\n");
    let rows = desk.rows(desk.upload("import", &file).await).await;
    for (row, name) in rows.iter().zip(names) {
        assert_eq!((row.verdict, row.name.as_str()), (Verdict::Create, name));
    }
}

#[tokio::test]
async fn what_the_form_says_is_for_rows_that_say_nothing() {
    let desk = Desk::open().await;
    desk.somebody("there@example.com", "Viewer");
    let form = |role: &str, sign_in: &str, content: &str| SiteFile {
        role: role.to_owned(),
        sign_in: sign_in.to_owned(),
        ..desk.file("import", content.as_bytes())
    };
    let names = "there@example.com\nnew@example.com\n";
    let both = desk.rows(desk.uploads(form("Explorer", "SAML", names)).await.unwrap()).await;
    assert!(both.iter().all(|row| row.after == "Explorer, SAML"), "{both:?}");
    // Without a role only the way to sign in of those who are there can change.
    let way = desk.rows(desk.uploads(form("", "SAML", names)).await.unwrap()).await;
    assert_eq!(verdicts(&way), [(1, Verdict::Change), (2, Verdict::Refused)]);
    for (form, about) in [
        (form("Emperor", "", names), "role"),
        (form("", "Carrier pigeon", names), "sign-in"),
        (SiteFile { change: "bless".to_owned(), ..form("", "", names) }, "change"),
    ] {
        let problem = desk.uploads(form).await.unwrap_err();
        assert_eq!((problem.code, problem.about.as_deref()), (ProblemCode::FieldWrong, Some(about)));
    }
}

#[tokio::test]
async fn of_a_removal_only_the_names_count() {
    let desk = Desk::open().await;
    desk.somebody("gone@example.com", "Viewer");
    desk.somebody("boss@example.com", "SiteAdministratorExplorer");
    let file = "gone@example.com,,,King,Emperor,Perhaps,,Pigeon\nBOSS@example.com,,,,,,,\n\
                milo.brandt@example.com,,,,,,,\nnobody@example.com,,,,,,,\n,,,Viewer,,,,\n";
    let rows = desk.rows(desk.upload("remove", file).await).await;
    use Verdict::{Change, Dangerous, Refused};
    assert_eq!(verdicts(&rows), [(1, Change), (2, Dangerous), (3, Refused), (4, Refused), (5, Refused)]);
    assert!(rows[0].why.contains(&Why::MayOwnContentHere) && rows[0].after == "not on the site");
    assert!(rows[1].why.contains(&Why::DemotesSiteAdministrator));
    assert!(rows[2].why.contains(&Why::Yourself));
    assert!(rows[4].after.contains("the user name is missing"), "{}", rows[4].after);
    // A list that says what else to do with people takes nobody off.
    let file = "Username,Action\ngone@example.com,add\nboss@example.com,delete\n";
    let rows = desk.rows(desk.upload("remove", file).await).await;
    assert!(rows[0].after.contains("“add” is asked for") && rows[0].verdict == Refused);
    assert_eq!(rows[1].verdict, Dangerous);
    // And the other way round.
    let file = "Username,Role,Action\ngone@example.com,Viewer,delete\n";
    let rows = desk.rows(desk.upload("import", file).await).await;
    assert_eq!(rows[0].verdict, Refused);
}

#[tokio::test]
async fn files_that_are_no_list_are_refused_with_the_right_words() {
    let desk = Desk::open().await;
    let utf16: Vec<u8> = "a@example.com,Viewer\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (content, code) in [
        (&b""[..], ProblemCode::FileMissing),
        (b"Username,Role\n", ProblemCode::FileEmpty),
        (b" \n\n", ProblemCode::FileEmpty),
        (b"a@example.com\0,Viewer\n", ProblemCode::FileUnreadable),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03broken", ProblemCode::FileUnreadable),
        (&vec![b'a'; 11 * 1024 * 1024], ProblemCode::TooLarge),
    ] {
        for change in ["import", "remove"] {
            let problem = desk.uploads(desk.file(change, content)).await.unwrap_err();
            assert_eq!(problem.code, code, "{change}");
        }
    }
    let mut form = desk.file("import", &utf16);
    form.role = "Viewer".to_owned();
    let rows = desk.rows(desk.uploads(form).await.unwrap()).await;
    assert_eq!((rows[0].user_name.as_str(), rows[0].verdict), ("a@example.com", Verdict::Create));
}

#[tokio::test]
async fn a_site_that_is_not_connected_says_so_before_anything_else() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let site = model::SiteId::parse(&house.site("Active").id).unwrap();
    let desk = Desk { house, caller, site };
    let problem = desk.uploads(desk.file("import", b"a@example.com\n")).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::SiteNotConnected);
    let nobody = desk.house.nobody().await;
    let file = desk.file("import", b"a@example.com\n");
    let problem = desk.house.operations.plan_site_file(&nobody, file).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_plan_of_a_file_made_anew_keeps_what_could_not_be_read() {
    let desk = Desk::open().await;
    let plan = desk.upload("import", "Username,Role\nnew@example.com,Viewer\nking@example.com,King\n").await;
    let anew = desk.house.operations.plan_anew(&desk.caller, &plan).await.unwrap();
    let rows = desk.rows(anew).await;
    assert_eq!(verdicts(&rows), [(2, Verdict::Create), (3, Verdict::Refused)]);
    assert!(rows[1].after.contains("“King”"), "{}", rows[1].after);
}
