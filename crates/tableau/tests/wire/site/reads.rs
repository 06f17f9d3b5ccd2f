//! What is sent to read, byte by byte.

use model::{Direction, PageRequest};
use tableau::{
    Fields, Filter, GROUP_FIELDS, GroupField, GroupSetField, JobField, Listing, Operator, SetDetail, Sort,
    Unfit, Usage, UserField,
};

use super::{
    GROUP, JOB, SET, SITE, TOKEN, USER, asked, changer, group, job, reader, refused, said, sent, set, user,
    xml,
};
use crate::raw::Raw;

fn page() -> PageRequest {
    PageRequest { number: 2, size: 50 }
}

fn bare(line: &str) -> (String, String) {
    (line.to_owned(), String::new())
}

#[tokio::test]
async fn every_read_asks_its_own_address() {
    let paged = "pageSize=50&pageNumber=2";
    assert_eq!(asked(async |api| api.site(Usage::Without).await).await, bare("GET …"));
    assert_eq!(asked(async |api| api.site(Usage::With).await).await, bare("GET …?includeUsage=true"));
    let (line, _) = sent(async |api| api.is_server().await).await;
    assert_eq!(line, "GET /api/3.24/sites?pageSize=1&pageNumber=1");
    let line = "GET …/site-auth-configurations";
    assert_eq!(asked(async |api| api.auth_configurations().await).await, bare(line));
    let all = Listing::default();
    let line = format!("GET …/users?{paged}");
    assert_eq!(asked(async |api| api.users(page(), &all).await).await, bare(&line));
    let line = format!("GET …/users/{USER}");
    assert_eq!(asked(async |api| api.user(&user()).await).await, bare(&line));
    let line = format!("GET …/users/{USER}/groups?{paged}");
    assert_eq!(asked(async |api| api.groups_of(&user(), page()).await).await, bare(&line));
    let all = Listing::default();
    let line = format!("GET …/groups?{paged}");
    assert_eq!(asked(async |api| api.groups(page(), &all).await).await, bare(&line));
    let line = format!("GET …/groups/{GROUP}/users?{paged}");
    assert_eq!(asked(async |api| api.group_users(&group(), page()).await).await, bare(&line));
    let all = Listing::default();
    for (detail, word) in [
        (SetDetail::Unsaid, ""),
        (SetDetail::Members, "resultlevel=members&"),
        (SetDetail::Local, "resultlevel=local&"),
    ] {
        let line = format!("GET …/groupsets?{word}{paged}");
        assert_eq!(asked(async |api| api.group_sets(page(), &all, detail).await).await, bare(&line));
    }
    let line = format!("GET …/groupsets/{SET}");
    assert_eq!(asked(async |api| api.group_set(&set()).await).await, bare(&line));
    let all = Listing::default();
    let line = format!("GET …/jobs?{paged}");
    assert_eq!(asked(async |api| api.jobs(page(), &all).await).await, bare(&line));
    let line = format!("GET …/jobs/{JOB}");
    assert_eq!(asked(async |api| api.job(&job()).await).await, bare(&line));
}

#[tokio::test]
async fn only_a_list_of_sites_proves_a_server() {
    let is_server = async |answer: String| {
        let raw = Raw::start([answer]).await;
        reader(&raw).is_server().await.unwrap()
    };
    let list = "<tsResponse xmlns=\"http://tableau.com/api\"><sites/></tsResponse>";
    assert!(is_server(xml("200 OK", list)).await);
    for code in ["403069", "403004"] {
        assert!(!is_server(refused("403 Forbidden", code, "No.")).await, "{code}");
    }
    let raw = Raw::start(std::iter::repeat_n(xml("500 Internal Server Error", "no"), 3)).await;
    assert!(reader(&raw).is_server().await.is_err(), "a failure proves nothing");
}

#[tokio::test]
async fn a_whole_list_is_asked_in_the_largest_pages() {
    let all = Listing::default();
    let paged = "pageSize=1000&pageNumber=1";
    let line = format!("GET …/users?{paged}");
    assert_eq!(asked(async |api| api.all_users(&all).await).await.0, line);
    let line = format!("GET …/users/{USER}/groups?{paged}");
    assert_eq!(asked(async |api| api.all_groups_of(&user()).await).await.0, line);
    let line = format!("GET …/groups/{GROUP}/users?{paged}");
    assert_eq!(asked(async |api| api.all_group_users(&group()).await).await.0, line);
    let line = format!("GET …/groups?{paged}");
    assert_eq!(asked(async |api| api.all_groups(&Listing::default()).await).await.0, line);
    let line = format!("GET …/groupsets?resultlevel=members&{paged}");
    let sets =
        async |api: &tableau::SiteApi<_>| api.all_group_sets(&Listing::default(), SetDetail::Members).await;
    assert_eq!(asked(sets).await.0, line);
    let line = format!("GET …/jobs?{paged}");
    assert_eq!(asked(async |api| api.all_jobs(&Listing::default()).await).await.0, line);
}

#[tokio::test]
async fn filters_sorts_and_fields_are_written_as_the_vendor_reads_them() {
    let filter = Filter::default().and(UserField::Name, Operator::Eq, "ann+test@example.com").unwrap();
    let filter = filter.and_in(UserField::SiteRole, ["Viewer", "Site Admin"]).unwrap();
    let filter = filter.and(UserField::LastLogin, Operator::Lt, "2026-01-01T00:00:00Z").unwrap();
    let sort = Sort::by(UserField::SiteRole, Direction::Down).then(UserField::Name, Direction::Up);
    let listing = Listing { filter, sort, fields: Fields::All };
    let (line, _) = asked(async |api| api.users(page(), &listing).await).await;
    assert_eq!(
        line,
        "GET …/users?filter=name:eq:ann%2Btest%40example.com,siteRole:in:[Viewer,Site%20Admin],\
         lastLogin:lt:2026-01-01T00:00:00Z&sort=siteRole:desc,name:asc&fields=_all_&pageSize=50&pageNumber=2"
    );
    let filter = Filter::default().and(GroupField::Name, Operator::Like, "Zoë=#?/%").unwrap();
    let listing = Listing { filter, fields: Fields::Named(GROUP_FIELDS), ..Listing::default() };
    let (line, _) = asked(async |api| api.groups(page(), &listing).await).await;
    let fields = "group.id,group.name,group.domainName,group.userCount,group.minimumSiteRole";
    assert_eq!(
        line,
        format!(
            "GET …/groups?filter=name:like:Zo%C3%AB%3D%23%3F%2F%25&fields={fields}&pageSize=50&pageNumber=2"
        )
    );
    let filter = Filter::default().and(JobField::JobType, Operator::Eq, "UserImport").unwrap();
    let (line, _) =
        asked(async |api| api.jobs(page(), &Listing { filter, ..Listing::default() }).await).await;
    assert_eq!(line, "GET …/jobs?filter=jobType:eq:UserImport&pageSize=50&pageNumber=2");
    let filter = Filter::default().and(GroupSetField::Name, Operator::Eq, "a b").unwrap();
    let listing = Listing { filter, ..Listing::default() };
    let (line, _) = asked(async |api| api.group_sets(page(), &listing, SetDetail::Local).await).await;
    assert_eq!(line, "GET …/groupsets?resultlevel=local&filter=name:eq:a%20b&pageSize=50&pageNumber=2");
}

#[tokio::test]
async fn a_read_says_what_it_takes_who_asks_and_nothing_else() {
    let raw = said("").await;
    let _ = changer(&raw).user(&user()).await;
    let heard = raw.heard().remove(0);
    let head = heard.strip_suffix("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().skip(1).filter(|line| !line.starts_with("host: ")).collect();
    lines.sort_unstable();
    let token = format!("x-tableau-auth: {TOKEN}");
    let agent = "user-agent: Steward/0.1.0 (req=request-1; act=actor-1)";
    assert_eq!(lines, ["accept: application/xml", agent, &token]);
    assert!(head.starts_with(&format!("GET /api/3.24/sites/{SITE}/users/{USER} HTTP/1.1\r\n")), "{head}");
}

#[tokio::test]
async fn a_page_that_cannot_be_is_never_asked_for() {
    for (number, size) in [(0, 100), (1, 0), (1, 1001)] {
        let raw = said("").await;
        let page = PageRequest { number, size };
        let error = changer(&raw).users(page, &Listing::default()).await.unwrap_err();
        assert!(matches!(error, tableau::Error::Unfit { source: Unfit::Page }), "{error:?}");
        assert!(raw.heard().is_empty());
    }
    let largest = PageRequest { number: 1, size: 1000 };
    let (line, _) = sent(async |api| api.users(largest, &Listing::default()).await).await;
    assert!(line.ends_with("/users?pageSize=1000&pageNumber=1"), "{line}");
}
