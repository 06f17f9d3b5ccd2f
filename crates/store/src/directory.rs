//! The directory over restarts: our copy of a tenant's people, with its age.

use std::collections::HashSet;

use model::{Moment, TenantId, UserId, people::Person};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{directory, directory_person},
    json,
    pieces::{insert_all, pieces},
    stamps::{moment, stamp},
};

/// People read at once.
const AT_A_TIME: u64 = 5_000;

impl Store {
    /// Our copy of a tenant's people: its age, whether it is whole, and everyone in it.
    ///
    /// Whoever an older version wrote in a way that cannot be read any more is left out, and the copy is not whole.
    pub async fn directory(&self, tenant: TenantId) -> Result<Option<(Moment, bool, Vec<Person>)>> {
        let view = self.view().await?;
        let Some(head) = directory::Entity::find_by_id(tenant.uuid()).one(&view).await? else {
            return Ok(None);
        };
        let mut people = Vec::new();
        let mut complete = head.complete;
        let mut last = None;
        loop {
            let records = next_records(&view, tenant, last).await?;
            let Some(end) = records.last().map(|record| record.id) else { break };
            last = Some(end);
            for record in &records {
                match json::read(&record.record) {
                    Ok(person) => people.push(person),
                    Err(_) => complete = false,
                }
            }
        }
        view.rollback().await?;
        Ok(Some((moment(head.as_of), complete, people)))
    }

    /// Brings our copy up to date: people who are new or changed, and those who are gone.
    pub async fn save_directory(
        &self,
        tenant: TenantId,
        as_of: Moment,
        complete: bool,
        changed: &[Person],
        gone: &[UserId],
    ) -> Result<()> {
        let head = directory::ActiveModel {
            tenant: Set(tenant.uuid()),
            as_of: Set(stamp(as_of)),
            complete: Set(complete),
        };
        let there = OnConflict::column(directory::Column::Tenant)
            .update_columns([directory::Column::AsOf, directory::Column::Complete])
            .to_owned();
        // Written out before the transaction: others wait for it.
        let records = records(tenant, changed)?;
        let writing = self.write().await?;
        directory::Entity::insert(head).on_conflict(there).exec_without_returning(&*writing).await?;
        write_people(&writing, &records).await?;
        let gone: Vec<Uuid> = gone.iter().map(UserId::uuid).collect();
        for piece in pieces(&gone) {
            directory_person::Entity::delete_many()
                .filter(directory_person::Column::Tenant.eq(tenant.uuid()))
                .filter(directory_person::Column::Id.is_in(piece.iter().copied()))
                .exec(&*writing)
                .await?;
        }
        writing.commit().await
    }

    /// Erases our copy of a tenant's people.
    pub async fn forget_directory(&self, tenant: TenantId) -> Result<()> {
        let writing = self.write().await?;
        directory_person::Entity::delete_many()
            .filter(directory_person::Column::Tenant.eq(tenant.uuid()))
            .exec(&*writing)
            .await?;
        directory::Entity::delete_by_id(tenant.uuid()).exec(&*writing).await?;
        writing.commit().await
    }
}

async fn next_records(
    view: &DatabaseTransaction,
    tenant: TenantId,
    after: Option<Uuid>,
) -> Result<Vec<directory_person::Model>> {
    let mut records = directory_person::Entity::find()
        .filter(directory_person::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(directory_person::Column::Id)
        .limit(AT_A_TIME);
    if let Some(after) = after {
        records = records.filter(directory_person::Column::Id.gt(after));
    }
    Ok(records.all(view).await?)
}

/// One record for each person. The vendor may tell somebody on two of its pages; the later telling counts.
fn records(tenant: TenantId, people: &[Person]) -> Result<Vec<directory_person::Model>> {
    let mut seen = HashSet::with_capacity(people.len());
    let latest = people.iter().rev().filter(|person| seen.insert(person.id));
    latest
        .map(|person| {
            let record = json::write(person)?;
            Ok(directory_person::Model { tenant: tenant.uuid(), id: person.id.uuid(), record })
        })
        .collect()
}

async fn write_people(writing: &DatabaseTransaction, records: &[directory_person::Model]) -> Result<()> {
    let there = OnConflict::columns([directory_person::Column::Tenant, directory_person::Column::Id])
        .update_column(directory_person::Column::Record)
        .to_owned();
    insert_all(writing, records, Some(there)).await
}
