//! Reading the audit log: a page of it, one act, the acts on one thing.

use model::{
    ActId, Moment, Page, TenantId,
    audit::{ActState, AuditQuery, AuditRow, Field, Term, begin, end, terms},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func},
};

use super::rows::shown;
use crate::{
    Result, Store,
    entity::act,
    lists::{contains, place},
    stamps::{now, stamp},
};

impl Store {
    /// One page of a tenant's log, newest first. A state that is no word of ours matches nothing.
    pub async fn audit_page(&self, tenant: TenantId, query: &AuditQuery) -> Result<Page<AuditRow>> {
        let all = act::Entity::find().filter(act::Column::Tenant.eq(tenant.uuid()));
        let matching = narrowed(all.clone(), query);
        let of = all.count(&self.db).await?;
        let total =
            if *query == AuditQuery::default() { of } else { matching.clone().count(&self.db).await? };
        let at = place(total, query.page);
        let found = matching
            .order_by_desc(act::Column::Number)
            .offset(u64::from(at.number - 1) * u64::from(at.size))
            .limit(u64::from(at.size))
            .all(&self.db)
            .await?;
        let rows = found.into_iter().map(shown).collect::<Result<_>>()?;
        Ok(Page { rows, total, of, at, as_of: now() })
    }

    /// Every act that matches, newest first, at most so many; and whether those are all.
    pub async fn audit_all(
        &self,
        tenant: TenantId,
        query: &AuditQuery,
        at_most: u64,
    ) -> Result<(Vec<AuditRow>, bool)> {
        let all = act::Entity::find().filter(act::Column::Tenant.eq(tenant.uuid()));
        let matching = narrowed(all, query).order_by_desc(act::Column::Number).limit(at_most + 1);
        let mut found = matching.all(&self.db).await?;
        let is_whole = found.len() as u64 <= at_most;
        found.truncate(usize::try_from(at_most).unwrap_or(usize::MAX));
        Ok((found.into_iter().map(shown).collect::<Result<_>>()?, is_whole))
    }

    /// One act of a tenant.
    pub async fn audit_entry(&self, tenant: TenantId, act: ActId) -> Result<Option<AuditRow>> {
        let found = act::Entity::find_by_id(act.uuid())
            .filter(act::Column::Tenant.eq(tenant.uuid()))
            .one(&self.db)
            .await?;
        found.map(shown).transpose()
    }

    /// The acts on one thing, newest first.
    pub async fn audit_of(
        &self,
        tenant: TenantId,
        kind: &str,
        object: &str,
        at_most: u64,
    ) -> Result<Vec<AuditRow>> {
        let found = act::Entity::find()
            .filter(act::Column::Tenant.eq(tenant.uuid()))
            .filter(act::Column::ObjectKind.eq(kind))
            .filter(act::Column::Object.eq(object))
            .order_by_desc(act::Column::Number)
            .limit(at_most)
            .all(&self.db)
            .await?;
        found.into_iter().map(shown).collect()
    }

    /// The acts that began between two times, newest first.
    pub async fn audit_between(
        &self,
        tenant: TenantId,
        (from, to): (Moment, Moment),
        at_most: u64,
    ) -> Result<Vec<AuditRow>> {
        let found = act::Entity::find()
            .filter(act::Column::Tenant.eq(tenant.uuid()))
            .filter(act::Column::At.gte(stamp(from)))
            .filter(act::Column::At.lte(stamp(to)))
            .order_by_desc(act::Column::Number)
            .limit(at_most)
            .all(&self.db)
            .await?;
        found.into_iter().map(shown).collect()
    }
}

fn narrowed(mut acts: Select<act::Entity>, query: &AuditQuery) -> Select<act::Entity> {
    if !query.verb.is_empty() {
        acts = acts.filter(act::Column::Verb.eq(&query.verb));
    }
    if !query.state.is_empty() {
        let word = ActState::parse(&query.state).map(ActState::word);
        acts = acts.filter(act::Column::State.is_in(word));
    }
    if let Some(from) = begin(&query.from) {
        acts = acts.filter(act::Column::At.gte(stamp(from)));
    }
    if let Some(to) = end(&query.to) {
        acts = acts.filter(act::Column::At.lt(stamp(to)));
    }
    // What cannot be read was refused before it came here.
    for term in terms(query.search.trim()).unwrap_or_default() {
        acts = match term {
            Term::Words(words) => acts.filter(act::Column::Words.like(contains(&words))),
            Term::From(from) => acts.filter(act::Column::At.gte(stamp(from))),
            Term::Before(to) => acts.filter(act::Column::At.lt(stamp(to))),
            Term::In(field, text) => acts.filter(holds(field, &text)),
        };
    }
    acts
}

/// Whether a field holds a text, in capital or small letters.
fn holds(field: Field, text: &str) -> Condition {
    let columns: &[act::Column] = match field {
        Field::Who => &[act::Column::Who, act::Column::WhoId, act::Column::Actor],
        Field::On => &[act::Column::ObjectName, act::Column::Object],
        Field::Verb => &[act::Column::Verb],
        Field::Outcome => &[act::Column::State],
        Field::Reason => &[act::Column::Reason],
        Field::Via => &[act::Column::Via],
        Field::Reference => &[act::Column::Reference],
    };
    columns.iter().fold(Condition::any(), |any, column| {
        let small = Expr::expr(Func::lower(Expr::col(*column)));
        // SQLite makes only the letters of English small, so the text counts as it was typed as well.
        any.add(small.like(contains(text))).add(column.contains(text))
    })
}
