//! Sealed credentials: the tokens people sign in with, erased when no sign-in needs them any more, and those of sites.

use model::{CredentialId, Moment, TenantId, TokenId, UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{credential, deposit, sign_in, site_connection},
    seal::{self, Place},
    stamps::stamp,
};

/// A credential this young may belong to a sign-in that is still being made.
const GRACE_SECONDS: i64 = 300;

/// A credential to be kept.
pub struct NewCredential<'a> {
    /// The tenant it opens.
    pub tenant: TenantId,
    /// The person it belongs to.
    pub owner: UserId,
    /// The only host it may be sent to.
    pub host: String,
    /// The credential itself.
    pub secret: &'a SecretString,
    /// The time.
    pub now: Moment,
}

/// A credential, opened.
pub struct OpenCredential {
    /// The tenant it opens.
    pub tenant: TenantId,
    /// The person it belongs to.
    pub owner: UserId,
    /// The only host it may be sent to.
    pub host: String,
    /// The credential itself.
    pub secret: SecretString,
}

impl Store {
    /// Seals a credential and keeps it.
    pub async fn keep_credential(&self, new: NewCredential<'_>) -> Result<CredentialId> {
        let mut row = credential::Model {
            id: Uuid::now_v7(),
            tenant: new.tenant.uuid(),
            owner: new.owner.uuid(),
            host: new.host,
            sealed: Vec::new(),
            token: None,
            kept: stamp(new.now),
            used: stamp(new.now),
        };
        row.sealed = seal::seal(&self.keys, &place("credential", &row), new.secret)?;
        let id = row.id.into();
        let writing = self.write().await?;
        credential::Entity::insert(credential::ActiveModel::from(row))
            .exec_without_returning(&*writing)
            .await?;
        writing.commit().await?;
        Ok(id)
    }

    /// Opens a credential.
    pub async fn open_credential(&self, id: CredentialId) -> Result<Option<OpenCredential>> {
        let Some(row) = credential::Entity::find_by_id(id.uuid()).one(&self.db).await? else {
            return Ok(None);
        };
        let secret = seal::open(&self.keys, &place("credential", &row), &row.sealed)?;
        Ok(Some(OpenCredential {
            tenant: row.tenant.into(),
            owner: row.owner.into(),
            host: row.host,
            secret,
        }))
    }

    /// Seals another token in the place of the one that is kept, for the same owner and host. Returns whether there was
    /// one.
    pub async fn swap_credential(
        &self,
        id: CredentialId,
        secret: &SecretString,
        token: Option<TokenId>,
    ) -> Result<bool> {
        let writing = self.write().await?;
        let Some(row) = credential::Entity::find_by_id(id.uuid()).one(&*writing).await? else {
            return Ok(false);
        };
        let sealed = seal::seal(&self.keys, &place("credential", &row), secret)?;
        credential::Entity::update_many()
            .col_expr(credential::Column::Sealed, Expr::value(sealed))
            .col_expr(credential::Column::Token, Expr::value(token.map(|token| token.uuid())))
            .filter(credential::Column::Id.eq(id.uuid()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(true)
    }

    /// Which of the owner's tokens in Tableau a credential is, where that is known.
    pub async fn credential_token(&self, id: CredentialId) -> Result<Option<TokenId>> {
        let row = credential::Entity::find_by_id(id.uuid()).one(&self.db).await?;
        Ok(row.and_then(|row| row.token).map(TokenId::from))
    }

    /// The owner's other sign-ins with Tableau: for each, which token it uses, where that is known.
    pub async fn other_tokens(
        &self,
        (tenant, owner): (TenantId, UserId),
        own: CredentialId,
    ) -> Result<Vec<Option<TokenId>>> {
        let of_sites = site_connection::Entity::find()
            .select_only()
            .column(site_connection::Column::Credential)
            .into_query();
        let found = credential::Entity::find()
            .select_only()
            .column(credential::Column::Token)
            .filter(credential::Column::Tenant.eq(tenant.uuid()))
            .filter(credential::Column::Owner.eq(owner.uuid()))
            .filter(credential::Column::Id.ne(own.uuid()))
            .filter(credential::Column::Id.not_in_subquery(of_sites))
            .into_tuple::<Option<Uuid>>()
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(|token| token.map(TokenId::from)).collect())
    }

    /// Notes that a credential was used.
    pub async fn credential_used(&self, id: CredentialId, now: Moment) -> Result<()> {
        let writing = self.write().await?;
        credential::Entity::update_many()
            .col_expr(credential::Column::Used, Expr::value(stamp(now)))
            .filter(credential::Column::Id.eq(id.uuid()))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// Erases a credential, and with it the vendor's session and the lease.
    pub async fn erase_credential(&self, id: CredentialId) -> Result<()> {
        let writing = self.write().await?;
        credential::Entity::delete_by_id(id.uuid()).exec(&*writing).await?;
        writing.commit().await
    }

    /// Credentials that no living sign-in refers to: to be signed out at the vendor and erased. The token of a site's
    /// connection is kept until somebody ends the connection, and one that was deposited as long as its deposit.
    ///
    /// One kept or used less than five minutes ago is left alone: its sign-in may still be in the making, or be getting
    /// another id.
    pub async fn expired_credentials(&self, now: Moment) -> Result<Vec<CredentialId>> {
        let living = sign_in::Entity::find()
            .select_only()
            .column(sign_in::Column::Credential)
            .filter(sign_in::Column::Credential.is_not_null())
            .filter(is_living(now))
            .into_query();
        let of_sites = site_connection::Entity::find()
            .select_only()
            .column(site_connection::Column::Credential)
            .into_query();
        let deposited =
            deposit::Entity::find().select_only().column(deposit::Column::Credential).into_query();
        let found = credential::Entity::find()
            .select_only()
            .column(credential::Column::Id)
            .filter(credential::Column::Kept.lte(stamp(now.plus_seconds(-GRACE_SECONDS))))
            .filter(credential::Column::Used.lte(stamp(now.plus_seconds(-GRACE_SECONDS))))
            .filter(credential::Column::Id.not_in_subquery(living))
            .filter(credential::Column::Id.not_in_subquery(of_sites))
            .filter(credential::Column::Id.not_in_subquery(deposited))
            .into_tuple::<Uuid>()
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(CredentialId::from).collect())
    }
}

/// Whether a sign-in is neither expired nor past its absolute end.
pub(crate) fn is_living(now: Moment) -> Condition {
    let open = Condition::any()
        .add(sign_in::Column::AbsoluteEnd.is_null())
        .add(sign_in::Column::AbsoluteEnd.gt(stamp(now)));
    Condition::all().add(sign_in::Column::Expires.gt(stamp(now))).add(open)
}

/// Where a secret of this credential belongs.
pub(crate) fn place<'a>(kind: &'static str, row: &'a credential::Model) -> Place<'a> {
    Place { kind, row: row.id, tenant: row.tenant, owner: row.owner, host: &row.host }
}
