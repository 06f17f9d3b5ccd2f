//! Checks the audit chain from its first record to its last, a thousand at a time.

use std::collections::HashMap;

use model::audit::ChainReport;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{
    chain::{BEFORE_THE_FIRST, hash, is_known},
    is_first, rows,
};
use crate::{
    Result, Store,
    entity::{act, audit_head, audit_record},
};

const AT_A_TIME: u64 = 1000;

impl Store {
    /// Reads the whole chain and names the first record that does not fit.
    ///
    /// A changed, swapped, inserted or missing record is found, and so is a page that would show
    /// anything but what the records say.
    pub async fn audit_verify(&self) -> Result<ChainReport> {
        let view = self.view().await?;
        let mut walk = Walk { records: 0, acts: 0, hash: BEFORE_THE_FIRST.to_vec(), broken_at: None };
        while walk.broken_at.is_none() {
            let batch = next_records(&view, walk.last()).await?;
            let Some(last) = batch.last().map(|record| record.number) else { break };
            let first = walk.last() + 1;
            walk.follow(&batch);
            if walk.broken_at.is_none() {
                walk.broken_at = wrong_act(&view, &batch, first, last).await?;
            }
            walk.acts += batch.iter().filter(|record| is_first(record)).count() as u64;
        }
        if walk.broken_at.is_none() {
            walk.broken_at = wrong_end(&view, &walk).await?;
        }
        view.rollback().await?;
        Ok(ChainReport { records: walk.records, head: hex::encode(&walk.hash), broken_at: walk.broken_at })
    }
}

struct Walk {
    records: u64,
    acts: u64,
    hash: Vec<u8>,
    broken_at: Option<i64>,
}

impl Walk {
    /// The number of the last record that fits.
    fn last(&self) -> i64 {
        i64::try_from(self.records).unwrap_or(i64::MAX)
    }

    fn follow(&mut self, batch: &[audit_record::Model]) {
        for record in batch {
            let expected = self.last() + 1;
            let fits = record.number == expected
                && is_known(record.format)
                && record.hash == hash(&self.hash, record);
            if !fits {
                // Where a record is missing, its own number is named.
                self.broken_at = Some(expected.min(record.number));
                return;
            }
            self.records += 1;
            self.hash.clone_from(&record.hash);
        }
    }
}

async fn next_records(view: &DatabaseTransaction, after: i64) -> Result<Vec<audit_record::Model>> {
    let mut records =
        audit_record::Entity::find().order_by_asc(audit_record::Column::Number).limit(AT_A_TIME);
    // From the very first row on: one numbered 0 or less does not fit either.
    if after > 0 {
        records = records.filter(audit_record::Column::Number.gt(after));
    }
    Ok(records.all(view).await?)
}

/// The first record of this batch whose act is not told as the records tell it.
async fn wrong_act(
    view: &DatabaseTransaction,
    batch: &[audit_record::Model],
    first: i64,
    last: i64,
) -> Result<Option<i64>> {
    let mut expected: Vec<act::Model> = Vec::new();
    for record in batch.iter().filter(|record| is_first(record)) {
        match rows::act_of(record) {
            Some(act) => expected.push(act),
            None => return Ok(Some(record.number)),
        }
    }
    let place: HashMap<Uuid, usize> =
        expected.iter().enumerate().map(|(place, act)| (act.id, place)).collect();
    let later = audit_record::Entity::find()
        .filter(audit_record::Column::Act.is_in(place.keys().copied()))
        .filter(audit_record::Column::Number.gt(first - 1))
        .order_by_asc(audit_record::Column::Number)
        .all(view)
        .await?;
    for record in later.iter().filter(|record| !is_first(record)) {
        if let Some(act) = place.get(&record.act).and_then(|place| expected.get_mut(*place)) {
            rows::advance(act, record);
        }
    }
    let told = act::Entity::find()
        .filter(act::Column::Number.between(first, last))
        .order_by_asc(act::Column::Number)
        .all(view)
        .await?;
    let differs = expected.iter().zip(&told).find(|(expected, told)| expected != told);
    let differs = differs.map(|(expected, told)| expected.number.min(told.number));
    let lacking = expected.get(told.len()).or_else(|| told.get(expected.len())).map(|act| act.number);
    Ok(differs.or(lacking))
}

/// Whether the chain ends where its head says, and no act stands outside of it.
async fn wrong_end(view: &DatabaseTransaction, walk: &Walk) -> Result<Option<i64>> {
    let last = walk.last();
    let head = audit_head::Entity::find_by_id(audit_head::ONLY).one(view).await?;
    let wrong = match head {
        Some(head) if head.number == last && head.hash == walk.hash => None,
        Some(head) if head.number == last => Some(last),
        Some(head) => Some(head.number.min(last) + 1),
        None => Some(last + 1),
    };
    if wrong.is_some() || act::Entity::find().count(view).await? == walk.acts {
        return Ok(wrong);
    }
    let outside = Condition::any().add(act::Column::Number.lt(1)).add(act::Column::Number.gt(last));
    let stray = act::Entity::find().filter(outside).order_by_asc(act::Column::Number).one(view).await?;
    Ok(stray.map(|act| act.number).or(Some(last + 1)))
}
