//! Passkeys: kept once, used in order, and never all removed from whoever has no other second factor.

use model::{AccountId, Moment, PasskeyId, accounts::Passkey};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, TryInsertResult,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{member, passkey},
    stamps::{moment, stamp},
    write::Writing,
};

/// A passkey to be kept.
#[derive(Debug, Clone)]
pub struct NewPasskey<'a> {
    /// What the device calls it.
    pub credential: &'a [u8],
    /// What its owner calls it.
    pub name: &'a str,
    /// The public key with what belongs to it.
    pub key: &'a str,
}

/// A passkey with its key.
#[derive(Debug, Clone)]
pub struct KeptPasskey {
    /// As its owner sees it.
    pub told: Passkey,
    /// What the device calls it.
    pub credential: Vec<u8>,
    /// The public key with what belongs to it.
    pub key: String,
}

/// What became of a passkey to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    Kept,
    /// It was kept before, for whomever.
    Taken,
    /// The account has as many as it may have.
    Full,
}

/// What became of a passkey to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// It is gone.
    Gone,
    /// The account has none like it.
    NotThere,
    /// It is the only second factor of an account with a password.
    Last,
}

impl Store {
    /// The passkeys of an account, the earliest first.
    pub async fn passkeys_of(&self, id: AccountId) -> Result<Vec<KeptPasskey>> {
        let found = passkey::Entity::find()
            .filter(passkey::Column::Member.eq(id.uuid()))
            .order_by_asc(passkey::Column::Made)
            .order_by_asc(passkey::Column::Id)
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(told).collect())
    }

    /// Whether a passkey is kept for anybody.
    pub async fn is_passkey_known(&self, credential: &[u8]) -> Result<bool> {
        let same = passkey::Column::Credential.eq(credential);
        Ok(passkey::Entity::find().filter(same).count(&self.db).await? > 0)
    }

    /// Keeps a passkey of an account that has fewer than `at_most`.
    pub async fn add_passkey(
        &self,
        id: AccountId,
        new: &NewPasskey<'_>,
        at_most: usize,
        now: Moment,
    ) -> Result<Added> {
        let writing = self.write().await?;
        // Whoever adds another one at the same time waits here.
        member::Entity::find_by_id(id.uuid()).lock_exclusive().one(&*writing).await?;
        let of = passkey::Column::Member.eq(id.uuid());
        let has = passkey::Entity::find().filter(of).count(&*writing).await?;
        if usize::try_from(has).unwrap_or(usize::MAX) >= at_most {
            return Ok(Added::Full);
        }
        if !keep(&writing, id, new, now).await? {
            return Ok(Added::Taken);
        }
        writing.commit().await?;
        Ok(Added::Kept)
    }

    /// Removes a passkey, unless the account could not be signed in with any more.
    pub async fn remove_passkey(&self, id: AccountId, which: PasskeyId) -> Result<Removed> {
        let writing = self.write().await?;
        // Two that are removed at the same time must not both be the last but one.
        let owner = member::Entity::find_by_id(id.uuid()).lock_exclusive().one(&*writing).await?;
        let of = passkey::Column::Member.eq(id.uuid());
        let has = passkey::Entity::find().filter(of.clone()).count(&*writing).await?;
        let removed = passkey::Entity::delete_many().filter(of).filter(passkey::Column::Id.eq(which.uuid()));
        if removed.exec(&*writing).await?.rows_affected == 0 {
            return Ok(Removed::NotThere);
        }
        if has == 1 && owner.is_some_and(|owner| owner.password.is_some() && owner.totp.is_none()) {
            return Ok(Removed::Last);
        }
        writing.commit().await?;
        Ok(Removed::Gone)
    }

    /// Notes that a passkey proved its owner. `false` when it is gone, or when its counter did not go on from the last
    /// use, whichever of two uses at once that was.
    pub async fn passkey_used(
        &self,
        id: AccountId,
        credential: &[u8],
        counter: u32,
        key: &str,
        now: Moment,
    ) -> Result<bool> {
        let goes_on = passkey::Column::Counter.lt(i64::from(counter));
        // A device that does not count says 0 each time.
        let goes_on = if counter == 0 { passkey::Column::Counter.eq(0) } else { goes_on };
        let writing = self.write().await?;
        let used = passkey::Entity::update_many()
            .col_expr(passkey::Column::Counter, Expr::value(i64::from(counter)))
            .col_expr(passkey::Column::Key, Expr::value(key))
            .col_expr(passkey::Column::Used, Expr::value(stamp(now)))
            .filter(passkey::Column::Member.eq(id.uuid()))
            .filter(passkey::Column::Credential.eq(credential))
            .filter(goes_on)
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(used.rows_affected > 0)
    }
}

/// Keeps a passkey. `false` when somebody has it.
pub(super) async fn keep(
    writing: &Writing,
    id: AccountId,
    new: &NewPasskey<'_>,
    now: Moment,
) -> Result<bool> {
    let row = passkey::ActiveModel {
        id: Set(Uuid::now_v7()),
        member: Set(id.uuid()),
        credential: Set(new.credential.to_vec()),
        name: Set(new.name.to_owned()),
        key: Set(new.key.to_owned()),
        counter: Set(0),
        made: Set(stamp(now)),
        used: Set(None),
    };
    let there = OnConflict::column(passkey::Column::Credential).do_nothing().to_owned();
    let tried = passkey::Entity::insert(row).on_conflict(there).try_insert();
    Ok(matches!(tried.exec_without_returning(&**writing).await?, TryInsertResult::Inserted(1..)))
}

fn told(row: passkey::Model) -> KeptPasskey {
    let told =
        Passkey { id: row.id.into(), name: row.name, made: moment(row.made), used: row.used.map(moment) };
    KeptPasskey { told, credential: row.credential, key: row.key }
}
