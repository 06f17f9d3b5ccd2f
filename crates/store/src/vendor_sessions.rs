//! The vendor's sessions: one per credential, sealed, shared by all replicas.

use model::{CredentialId, Moment};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use secrecy::SecretString;

use crate::{
    Error, Fence, Result, Store,
    credentials::place,
    entity::{credential, vendor_session},
    leases, seal,
    stamps::{moment, stamp},
};

const KIND: &str = "vendor-session";

/// A session of the vendor's, to be saved.
pub struct VendorSession<'a> {
    /// Its token.
    pub token: &'a SecretString,
    /// When the vendor ends it.
    pub expires: Moment,
    /// When it was last used.
    pub last_used: Moment,
}

/// A session of the vendor's, opened.
pub struct OpenVendorSession {
    /// Its token.
    pub token: SecretString,
    /// When the vendor ends it.
    pub expires: Moment,
    /// When it was last used.
    pub last_used: Moment,
    /// Which renewal brought it: the number of its fence.
    pub generation: i64,
}

impl Store {
    /// Saves a renewed session and gives the lease back. Refused when the lease is not the last one.
    pub async fn save_vendor_session(
        &self,
        id: CredentialId,
        session: &VendorSession<'_>,
        fence: Fence,
    ) -> Result<()> {
        let writing = self.write().await?;
        let owner = credential::Entity::find_by_id(id.uuid()).one(&*writing).await?;
        let owner = owner.ok_or(Error::NoCredential)?;
        leases::check(&writing, id, fence).await?;
        let row = vendor_session::ActiveModel {
            credential: Set(id.uuid()),
            generation: Set(fence.0),
            sealed: Set(seal::seal(&self.keys, &place(KIND, &owner), session.token)?),
            expires: Set(stamp(session.expires)),
            last_used: Set(stamp(session.last_used)),
        };
        let older = OnConflict::column(vendor_session::Column::Credential)
            .update_columns([
                vendor_session::Column::Generation,
                vendor_session::Column::Sealed,
                vendor_session::Column::Expires,
                vendor_session::Column::LastUsed,
            ])
            .to_owned();
        vendor_session::Entity::insert(row).on_conflict(older).exec_without_returning(&*writing).await?;
        leases::release(&writing, id, fence).await?;
        writing.commit().await
    }

    /// The vendor's session of a credential. It may have expired.
    pub async fn vendor_session(&self, id: CredentialId) -> Result<Option<OpenVendorSession>> {
        let Some(row) = vendor_session::Entity::find_by_id(id.uuid()).one(&self.db).await? else {
            return Ok(None);
        };
        let Some(owner) = credential::Entity::find_by_id(id.uuid()).one(&self.db).await? else {
            return Ok(None);
        };
        Ok(Some(OpenVendorSession {
            token: seal::open(&self.keys, &place(KIND, &owner), &row.sealed)?,
            expires: moment(row.expires),
            last_used: moment(row.last_used),
            generation: row.generation,
        }))
    }

    /// Notes that a session was used, unless it was renewed in the meantime.
    pub async fn vendor_session_used(&self, id: CredentialId, generation: i64, now: Moment) -> Result<()> {
        let writing = self.write().await?;
        vendor_session::Entity::update_many()
            .col_expr(vendor_session::Column::LastUsed, Expr::value(stamp(now)))
            .filter(vendor_session::Column::Credential.eq(id.uuid()))
            .filter(vendor_session::Column::Generation.eq(generation))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// Erases a session that the vendor no longer takes, unless it was renewed in the meantime.
    pub async fn drop_vendor_session(&self, id: CredentialId, generation: i64) -> Result<()> {
        let writing = self.write().await?;
        vendor_session::Entity::delete_many()
            .filter(vendor_session::Column::Credential.eq(id.uuid()))
            .filter(vendor_session::Column::Generation.eq(generation))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }
}
