//! What people prove themselves with: a hashed password, a sealed second factor, hashed recovery codes.

use model::{AccountId, TenantId, accounts::Member};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use secrecy::SecretString;

use super::{Open, fold, invitations, place, told};
use crate::{
    Error, Result, Store,
    entity::{member, recovery_code, sign_in},
    seal::{self, Place},
};

const ENROLMENT: &str = "enrolment";
const DRAFT: &str = "draft";

/// An account with what it is proved by.
pub struct Proofs {
    /// The account.
    pub member: Member,
    /// The hashed password; none while the account is invited.
    pub password: Option<String>,
    /// The secret of the second factor.
    pub totp: Open,
}

impl Store {
    /// The account with an address, whatever its tenant; an address has one account.
    pub async fn proofs_by_address(&self, email: &str) -> Result<Option<Proofs>> {
        let row = member::Entity::find().filter(member::Column::Folded.eq(fold(email))).one(&self.db).await?;
        row.map(|row| self.open_proofs(row)).transpose()
    }

    /// The same by the account's id.
    pub async fn proofs_of(&self, id: AccountId) -> Result<Option<Proofs>> {
        let row = member::Entity::find_by_id(id.uuid()).one(&self.db).await?;
        row.map(|row| self.open_proofs(row)).transpose()
    }

    fn open_proofs(&self, row: member::Model) -> Result<Proofs> {
        let totp = row.totp.as_deref();
        let totp =
            totp.map(|sealed| seal::open(&self.keys, &place(row.id, row.tenant), sealed)).transpose()?;
        Ok(Proofs { password: row.password.clone(), totp, member: told(row)? })
    }

    /// Seals the secret of a second factor that is being set up, for its way through a form and back.
    pub fn seal_enrolment(&self, member: &Member, secret: &SecretString) -> Result<String> {
        let place = Place { kind: ENROLMENT, ..place(member.id.uuid(), member.tenant.uuid()) };
        Ok(hex::encode(seal::seal(&self.keys, &place, secret)?))
    }

    /// Opens it again.
    pub fn open_enrolment(&self, member: &Member, sealed: &str) -> Result<SecretString> {
        let place = Place { kind: ENROLMENT, ..place(member.id.uuid(), member.tenant.uuid()) };
        seal::open(&self.keys, &place, &hex::decode(sealed).map_err(|_| Error::Broken)?)
    }

    /// Seals what somebody typed into a form, so that it can stand in an address and nobody reads it there.
    pub fn seal_draft(&self, tenant: TenantId, account: AccountId, typed: &SecretString) -> Result<String> {
        let place = Place { kind: DRAFT, ..place(account.uuid(), tenant.uuid()) };
        Ok(hex::encode(seal::seal(&self.keys, &place, typed)?))
    }

    /// Opens it again, for whoever typed it.
    pub fn open_draft(&self, tenant: TenantId, account: AccountId, sealed: &str) -> Result<SecretString> {
        let place = Place { kind: DRAFT, ..place(account.uuid(), tenant.uuid()) };
        seal::open(&self.keys, &place, &hex::decode(sealed).map_err(|_| Error::Broken)?)
    }

    /// Uses up a step of the second factor. `false` when it, or a later one, was used before: a code counts once.
    pub async fn use_totp_step(&self, id: AccountId, step: i64) -> Result<bool> {
        let unused =
            Condition::any().add(member::Column::TotpStep.is_null()).add(member::Column::TotpStep.lt(step));
        let writing = self.write().await?;
        let used = member::Entity::update_many()
            .col_expr(member::Column::TotpStep, Expr::value(step))
            .filter(member::Column::Id.eq(id.uuid()))
            .filter(unused)
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(used.rows_affected > 0)
    }

    /// Uses up a recovery code. `false` when there is no such one.
    pub async fn use_recovery_code(&self, id: AccountId, code: &str) -> Result<bool> {
        let writing = self.write().await?;
        let key = (id.uuid(), invitations::hash(code));
        let used = recovery_code::Entity::delete_by_id(key).exec(&*writing).await?;
        writing.commit().await?;
        Ok(used.rows_affected > 0)
    }

    /// How many recovery codes are left.
    pub async fn recovery_codes_left(&self, id: AccountId) -> Result<u64> {
        let of = recovery_code::Column::Member.eq(id.uuid());
        Ok(recovery_code::Entity::find().filter(of).count(&self.db).await?)
    }

    /// Puts new recovery codes in the place of the earlier ones.
    pub async fn renew_recovery_codes(&self, id: AccountId, codes: &[String]) -> Result<()> {
        let writing = self.write().await?;
        let of = recovery_code::Column::Member.eq(id.uuid());
        recovery_code::Entity::delete_many().filter(of).exec(&*writing).await?;
        invitations::keep_codes(&writing, id, codes).await?;
        writing.commit().await
    }

    /// Sets another password, and ends all other sign-ins of the account in the same transaction.
    pub async fn set_password(&self, id: AccountId, password: &str, this: &str) -> Result<()> {
        let writing = self.write().await?;
        member::Entity::update_many()
            .col_expr(member::Column::Password, Expr::value(password))
            .filter(member::Column::Id.eq(id.uuid()))
            .exec(&*writing)
            .await?;
        let others = Condition::all()
            .add(sign_in::Column::Account.eq(id.uuid()))
            .add(sign_in::Column::Hash.ne(hex::decode(this).unwrap_or_default()));
        sign_in::Entity::delete_many().filter(others).exec(&*writing).await?;
        writing.commit().await
    }
}
