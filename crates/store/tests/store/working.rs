//! Plans and runs for tests to work on.

use model::{
    Moment, PlanId, SiteId, UserId,
    plan::{Plan, PlanState, SeatMove, SeatSum, Step, Verdict, VerdictCounts, Why, Wish},
    roles::SiteRole,
    runs::{RowState, RowsQuery, RunRow},
};
use store::{ApplyPlan, Fence, NewAct, RowEnd};
use uuid::Uuid;

use crate::house::{House, noon, suspension, tenant, user};

/// A row that makes a person a Viewer. The number is the person's, too.
pub fn step(number: u32, verdict: Verdict, why: &[Why]) -> Step {
    let site = SiteId::from(Uuid::from_u128(77));
    Step {
        number,
        line: Some(number + 1),
        user: Some(person(number)),
        site_user: None,
        user_name: format!("Person.{number}@Example.com"),
        name: format!("Émile {number}"),
        site_name: "Sales".to_owned(),
        wish: Some(Wish::Role { site, role: SiteRole::from("VIEWER".to_owned()), sign_in: None }),
        before: "Creator".to_owned(),
        after: "Viewer".to_owned(),
        verdict,
        why: why.to_vec(),
        note: String::new(),
        permit: None,
        seat: SeatMove::default(),
    }
}

pub fn person(number: u32) -> UserId {
    Uuid::from_u128(1_000_000 + u128::from(number)).into()
}

pub fn changes(numbers: std::ops::RangeInclusive<u32>) -> Vec<Step> {
    numbers.map(|number| step(number, Verdict::Change, &[])).collect()
}

pub fn plan(steps: &[Step]) -> Plan {
    let mut counts = VerdictCounts::default();
    steps.iter().for_each(|step| counts.add(step.verdict));
    Plan {
        id: Uuid::now_v7().into(),
        tenant: tenant(),
        title: "Viewer on Sales".to_owned(),
        source: "the people list".to_owned(),
        by: "Ada Admin".to_owned(),
        by_id: user(),
        made: noon(),
        until: noon().plus_seconds(3600),
        hash: "abc".to_owned(),
        state: PlanState::Open,
        counts,
        seats: SeatSum { creators: -1, viewers: 1, ..SeatSum::default() },
        dangers: vec![(Why::Protected, 2)],
    }
}

pub fn apply(plan: PlanId) -> ApplyPlan<'static> {
    ApplyPlan {
        tenant: tenant(),
        plan,
        hash: "abc",
        include: &[],
        by: "Ada Admin",
        by_id: user(),
        account: r#"{"account":1}"#,
        reason: Some("They left"),
        now: noon().plus_seconds(60),
    }
}

/// What changing the person of a row writes into the log.
pub fn change(number: u32) -> (u32, NewAct) {
    change_at(number, noon())
}

pub fn change_at(number: u32, at: Moment) -> (u32, NewAct) {
    let (object_kind, object) = ("person".to_owned(), person(number).to_string());
    (number, NewAct { verb: "person.role".to_owned(), object_kind, object, at, ..suspension("a person") })
}

pub fn end(number: u32, state: RowState) -> RowEnd {
    let code = (state != RowState::Done).then(|| "row-not-done".to_owned());
    let found = Some("Viewer".to_owned());
    RowEnd { number, state, code, found, user: None, site_user: None, at: noon().plus_seconds(5) }
}

impl House {
    pub async fn planned(&self, steps: &[Step]) -> PlanId {
        let plan = plan(steps);
        self.store.keep_plan(&plan, steps).await.unwrap();
        plan.id
    }

    /// A run of these changes, taken by a worker whose lease is at its end at once.
    pub async fn running(&self, numbers: std::ops::RangeInclusive<u32>) -> (PlanId, Fence) {
        let id = self.planned(&changes(numbers)).await;
        self.store.apply_plan(apply(id)).await.unwrap();
        (id, self.taken(id).await)
    }

    pub async fn taken(&self, id: PlanId) -> Fence {
        self.store.take_run(tenant(), id, Uuid::now_v7(), 0).await.unwrap().unwrap()
    }

    pub async fn rows(&self, id: PlanId) -> Vec<RunRow> {
        self.store.all_rows(tenant(), id, &[]).await.unwrap()
    }

    pub async fn row_states(&self, id: PlanId) -> Vec<RowState> {
        self.rows(id).await.into_iter().map(|row| row.state).collect()
    }

    pub async fn found_rows(&self, id: PlanId, state: &str, search: &str) -> Vec<u32> {
        let query = RowsQuery { state: state.to_owned(), search: search.to_owned(), ..RowsQuery::default() };
        let page = self.store.run_rows(tenant(), id, &query).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.number).collect()
    }

    pub async fn whole(&self, records: u64) {
        let report = self.store.audit_verify().await.unwrap();
        assert_eq!((report.records, report.broken_at), (records, None));
    }
}
