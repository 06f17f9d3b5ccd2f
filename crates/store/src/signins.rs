//! Sign-ins: the records behind the login cookie. The table knows only the hash of a cookie's id.

use model::{AccountId, CredentialId, Moment};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QuerySelect, TryInsertResult,
    sea_query::{Expr, OnConflict},
};
use sea_orm_migration::async_trait::async_trait;
use sha2::{Digest, Sha256};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use crate::{
    Error, Result, Store,
    credentials::is_living,
    entity::sign_in,
    stamps::{moment, now, stamp},
};

/// The sign-ins as tower-sessions asks for them.
///
/// What is put into a session is kept as plain JSON: secrets belong into credentials.
#[derive(Debug, Clone)]
pub struct SignIns(Store);

impl SignIns {
    /// The sign-ins of this store.
    pub fn new(store: Store) -> Self {
        Self(store)
    }
}

impl From<Store> for SignIns {
    fn from(store: Store) -> Self {
        Self(store)
    }
}

/// What a sign-in is bound to.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Whose it is.
    pub account: AccountId,
    /// The credential it brought, if it brought one.
    pub credential: Option<CredentialId>,
    /// When it ends, however busy it is.
    pub ends: Moment,
    /// When the person last proved who they are.
    pub began: Moment,
    /// The network address.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

/// What names a sign-in without opening it: the hash of its id.
pub fn sign_in_key(id: &Id) -> String {
    hex::encode(hash(id))
}

impl Store {
    /// Binds a sign-in to whose it is and what it brought.
    ///
    /// The sign-in must have been saved; and the binding belongs to the id: it is to be made anew after
    /// the id changed.
    pub async fn bind_sign_in(&self, id: &Id, binding: &Binding) -> Result<()> {
        let writing = self.write().await?;
        let bound = sign_in::Entity::update_many()
            .col_expr(sign_in::Column::Credential, Expr::value(binding.credential.map(|it| it.uuid())))
            .col_expr(sign_in::Column::AbsoluteEnd, Expr::value(stamp(binding.ends)))
            .col_expr(sign_in::Column::Account, Expr::value(binding.account.uuid()))
            .col_expr(sign_in::Column::Began, Expr::value(stamp(binding.began)))
            .col_expr(sign_in::Column::Address, Expr::value(binding.address.as_str()))
            .col_expr(sign_in::Column::Browser, Expr::value(binding.browser.as_str()))
            .filter(sign_in::Column::Hash.eq(hash(id)))
            .exec(&*writing)
            .await?;
        // Unbound, its credential would soon count as nobody's.
        if bound.rows_affected == 0 {
            return Err(Error::NoSignIn);
        }
        writing.commit().await
    }

    /// Notes that somebody used a sign-in just now.
    pub async fn touch_sign_in(&self, id: &Id, now: Moment) -> Result<()> {
        let writing = self.write().await?;
        sign_in::Entity::update_many()
            .col_expr(sign_in::Column::Seen, Expr::value(stamp(now)))
            .filter(sign_in::Column::Hash.eq(hash(id)))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// When a sign-in was last used; `None` when there is none.
    pub async fn sign_in_seen(&self, id: &Id) -> Result<Option<Moment>> {
        let seen = sign_in::Entity::find_by_id(hash(id))
            .select_only()
            .column(sign_in::Column::Seen)
            .into_tuple::<i64>()
            .one(&self.db)
            .await?;
        Ok(seen.map(moment))
    }

    /// Ends every sign-in that lives on a credential; returns how many. It counts at once on every replica.
    pub async fn revoke_sign_ins_of_credential(&self, credential: CredentialId) -> Result<u64> {
        self.delete_sign_ins(Condition::all().add(sign_in::Column::Credential.eq(credential.uuid()))).await
    }

    /// Deletes the sign-ins that are over or have been idle for too long; returns how many.
    pub async fn sweep(&self, now: Moment, idle_seconds: i64) -> Result<u64> {
        let used = sign_in::Column::Seen.gt(stamp(now.plus_seconds(-idle_seconds)));
        self.delete_sign_ins(is_living(now).add(used).not()).await
    }

    pub(crate) async fn delete_sign_ins(&self, which: Condition) -> Result<u64> {
        let writing = self.write().await?;
        let deleted = sign_in::Entity::delete_many().filter(which).exec(&*writing).await?;
        writing.commit().await?;
        Ok(deleted.rows_affected)
    }

    async fn create_sign_in(&self, record: &mut Record) -> Result<()> {
        let data = json(record)?;
        let writing = self.write().await?;
        // A second try is already a wonder: ids have 128 random bits.
        for _ in 0..8 {
            let row = sign_in::ActiveModel {
                hash: Set(hash(&record.id)),
                data: Set(data.clone()),
                expires: Set(stamp(record.expiry_date.into())),
                seen: Set(stamp(now())),
                credential: Set(None),
                absolute_end: Set(None),
                account: Set(None),
                began: Set(None),
                address: Set(None),
                browser: Set(None),
            };
            let there = OnConflict::column(sign_in::Column::Hash).do_nothing().to_owned();
            let tried = sign_in::Entity::insert(row).on_conflict(there).try_insert();
            match tried.exec_without_returning(&*writing).await? {
                TryInsertResult::Inserted(1..) => return writing.commit().await,
                _ => record.id = Id::default(),
            }
        }
        Err(Error::Other("no free id for a sign-in".into()))
    }

    async fn save_sign_in(&self, record: &Record) -> Result<()> {
        let writing = self.write().await?;
        // Only a row that is there: a request that was under way while its sign-in was revoked must not
        // bring it back.
        sign_in::Entity::update_many()
            .col_expr(sign_in::Column::Data, Expr::value(json(record)?))
            .col_expr(sign_in::Column::Expires, Expr::value(stamp(record.expiry_date.into())))
            .filter(sign_in::Column::Hash.eq(hash(&record.id)))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    async fn load_sign_in(&self, id: &Id) -> Result<Option<Record>> {
        let found = sign_in::Entity::find_by_id(hash(id)).filter(is_living(now())).one(&self.db).await?;
        found
            .map(|row| {
                let data = serde_json::from_str(&row.data).map_err(|error| Error::Other(error.into()))?;
                Ok(Record { id: *id, data, expiry_date: moment(row.expires).time() })
            })
            .transpose()
    }
}

#[async_trait]
impl SessionStore for SignIns {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        self.0.create_sign_in(record).await.map_err(told)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.0.save_sign_in(record).await.map_err(told)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        self.0.load_sign_in(id).await.map_err(told)
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let one = Condition::all().add(sign_in::Column::Hash.eq(hash(id)));
        self.0.delete_sign_ins(one).await.map_err(told)?;
        Ok(())
    }
}

/// The trait takes text only; ours names no ids and no addresses.
fn told(error: Error) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn json(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| DbErr::Json(error.to_string()).into())
}
