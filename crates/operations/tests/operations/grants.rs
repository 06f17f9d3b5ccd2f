//! Everything is closed unless a grant opens it, and a refused change is written down.

use model::{
    ActId, Freshness, JobId, PageRequest, Problem,
    ProblemCode::{NotAllowed, SessionEnded},
    audit::{ActState, AuditQuery},
    jobs::Outcome,
    runs::RunsQuery,
    sites::SitesQuery,
};
use operations::Reality;

use crate::house::{House, form, ticket};

fn refused<T>(what: &str, result: Result<T, Problem>) {
    let problem = result.err().unwrap_or_else(|| panic!("{what} is open"));
    assert_eq!((problem.code, problem.reference.as_deref()), (NotAllowed, Some("req-nobody")), "{what}");
}

#[tokio::test]
async fn nobody_without_a_grant_reads_anything() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.nobody().await;
    let (operations, site) = (&house.operations, form(&house.site("Active")).site);
    let job = JobId::parse(&house.world().job("running").unwrap()).unwrap();
    let asked = house.world().requests().len();
    refused("tenant", operations.tenant(&caller, Freshness::Now).await);
    refused("seats", operations.tenant_seats(&caller, Freshness::Now).await);
    refused("sites", operations.list_sites(&caller, &SitesQuery::default(), Freshness::Now).await);
    refused("site", operations.site(&caller, &site).await);
    refused("job", operations.job(&caller, &job, Outcome::All, PageRequest::default()).await);
    refused("jobs", operations.list_jobs(&caller, &RunsQuery::default()).await);
    refused("events", operations.follow_job(&caller, &job).await);
    refused("log", operations.audit_page(&caller, &AuditQuery::default()).await);
    refused("entry", operations.audit_entry(&caller, ticket()).await);
    refused("connection", operations.connection(&caller).await);
    assert_eq!(house.world().requests().len(), asked, "Tableau was not even asked");
}

#[tokio::test]
async fn nobody_without_a_grant_changes_anything_and_the_log_says_who_tried() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.nobody().await;
    let operations = &house.operations;
    let before = house.log(&caller).await.len();
    refused("suspend", operations.suspend_site(&caller, form(&house.site("Active"))).await);
    refused("reactivate", operations.reactivate_site(&caller, form(&house.site("Suspended"))).await);
    refused("unlock", operations.unlock_operation(&caller, ticket(), "site.suspend", true).await);
    let log = house.log(&caller).await;
    let verbs: Vec<&str> = log.iter().take(3).map(|act| act.verb.as_str()).collect();
    assert_eq!(verbs, ["operation.unlock", "site.reactivate", "site.suspend"]);
    assert_eq!(log.len(), before + 3);
    for act in &log[..3] {
        assert_eq!((act.state, act.code.as_deref()), (ActState::Denied, Some("not-allowed")));
        assert_eq!((act.who.as_str(), act.reference.as_str()), (caller.account.name.as_str(), "req-nobody"));
    }
    assert_eq!((house.sent_changes(), house.world().changes().len()), (0, 0));
}

#[tokio::test]
async fn settling_needs_the_permission_of_the_act() {
    let house = House::start(Reality::Pretend).await;
    let administrator = house.administrator().await;
    let done = form(&house.site("Active"));
    house.operations.suspend_site(&administrator, done.clone()).await.unwrap();
    let caller = house.nobody().await;
    refused("settle", house.operations.settle_site(&caller, done.ticket).await);
    let missing = house.operations.settle_site(&caller, ActId::from(uuid::Uuid::now_v7())).await;
    assert!(missing.is_err());
}

#[tokio::test]
async fn everybody_may_leave_and_then_nothing_is_open() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.nobody().await;
    let living = house.world().manager_sessions();
    house.operations.sign_out(&caller).await.unwrap();
    assert_eq!(house.world().manager_sessions(), living - 1);
    let again = house.administrator().await;
    let left = operations::Caller { account: caller.account, ..again };
    let problem = house.operations.tenant(&left, Freshness::Now).await.unwrap_err();
    assert_eq!(problem.code, SessionEnded);
}
