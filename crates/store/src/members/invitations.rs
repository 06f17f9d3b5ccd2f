//! Invitations: the database knows only the hash of the key in the link, and the link counts once.

use model::{
    AccountId, Moment, TenantId,
    accounts::{Member, Standing},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, TryInsertResult,
    sea_query::{Expr, OnConflict},
};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{NewPasskey, fold, one, passkeys, place, told};
use crate::{
    Result, Store,
    entity::{member, passkey, recovery_code, sign_in},
    seal,
    stamps::stamp,
    write::Writing,
};

/// An invitation to be kept.
pub struct NewInvitation<'a> {
    /// The tenant it is for.
    pub tenant: TenantId,
    /// The person's address.
    pub email: &'a str,
    /// Who invites.
    pub by: &'a str,
    /// The key in the link.
    pub key: &'a str,
    /// Until when it counts.
    pub until: Moment,
    /// The time.
    pub now: Moment,
}

/// What somebody set who followed an invitation.
pub struct Joined<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their hashed password.
    pub password: &'a str,
    /// Their second factor.
    pub factor: NewFactor<'a>,
    /// Their recovery codes.
    pub codes: &'a [String],
}

/// The second factor that somebody sets up with their account.
pub enum NewFactor<'a> {
    /// An authenticator app.
    App {
        /// Its secret.
        secret: &'a SecretString,
        /// The step of it that they proved with, used up by that.
        step: i64,
    },
    /// A passkey.
    Passkey(NewPasskey<'a>),
}

impl Store {
    /// Keeps an invitation of somebody who is not known by this address yet; `None` when somebody is.
    pub async fn invite_member(&self, new: NewInvitation<'_>) -> Result<Option<AccountId>> {
        let id = Uuid::now_v7();
        let row = member::ActiveModel {
            id: Set(id),
            tenant: Set(new.tenant.uuid()),
            email: Set(new.email.trim().to_owned()),
            folded: Set(fold(new.email)),
            name: Set(new.email.trim().to_owned()),
            standing: Set(Standing::Invited.word().to_owned()),
            password: Set(None),
            totp: Set(None),
            totp_step: Set(None),
            created: Set(stamp(new.now)),
            created_by: Set(new.by.to_owned()),
            seen: Set(None),
            invitation: Set(Some(hash(new.key))),
            invited_until: Set(Some(stamp(new.until))),
            names: Set("[]".to_owned()),
        };
        let writing = self.write().await?;
        let there = OnConflict::column(member::Column::Folded).do_nothing().to_owned();
        let tried = member::Entity::insert(row).on_conflict(there).try_insert();
        let inserted =
            matches!(tried.exec_without_returning(&*writing).await?, TryInsertResult::Inserted(1..));
        writing.commit().await?;
        Ok(inserted.then(|| id.into()))
    }

    /// Invites somebody anew who has an account: their secrets are erased and their sign-ins ended. Tells whether the
    /// account is there.
    pub async fn invite_member_again(
        &self,
        tenant: TenantId,
        id: AccountId,
        key: &str,
        until: Moment,
    ) -> Result<bool> {
        let writing = self.write().await?;
        let invited = member::Entity::update_many()
            .col_expr(member::Column::Standing, Expr::value(Standing::Invited.word()))
            .col_expr(member::Column::Invitation, Expr::value(hash(key)))
            .col_expr(member::Column::InvitedUntil, Expr::value(stamp(until)))
            .col_expr(member::Column::Password, Expr::value(None::<String>))
            .col_expr(member::Column::Totp, Expr::value(None::<Vec<u8>>))
            .col_expr(member::Column::TotpStep, Expr::value(None::<i64>))
            .filter(one(tenant, id))
            .exec(&*writing)
            .await?;
        if invited.rows_affected > 0 {
            erase(&writing, id).await?;
        }
        writing.commit().await?;
        Ok(invited.rows_affected > 0)
    }

    /// Ends an open invitation. Tells whether there was one.
    pub async fn revoke_invitation(&self, tenant: TenantId, id: AccountId) -> Result<bool> {
        let writing = self.write().await?;
        let revoked = member::Entity::update_many()
            .col_expr(member::Column::InvitedUntil, Expr::value(None::<i64>))
            .filter(one(tenant, id))
            .filter(member::Column::InvitedUntil.is_not_null())
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(revoked.rows_affected > 0)
    }

    /// Whom a link invites. A key that was used, revoked, has run out or never was are one and the same: nobody.
    pub async fn invited_by(&self, key: &str, now: Moment) -> Result<Option<Member>> {
        let found = member::Entity::find().filter(open(key, now)).one(&self.db).await?;
        found.map(told).transpose()
    }

    /// Whose invitation a key was the last one of, whether it still counts or not. For the log alone: the hash of a link that
    /// was used or taken back is kept until the person is invited anew.
    pub async fn once_invited_by(&self, key: &str) -> Result<Option<Member>> {
        let found = member::Entity::find().filter(member::Column::Invitation.eq(hash(key)));
        found.one(&self.db).await?.map(told).transpose()
    }

    /// Takes an invitation up: once, with everything the person set, in one transaction. `None` when it does not count
    /// any more.
    pub async fn join_member(&self, key: &str, joined: Joined<'_>, now: Moment) -> Result<Option<Member>> {
        let writing = self.write().await?;
        let row = member::Entity::find().filter(open(key, now)).lock_exclusive().one(&*writing).await?;
        let Some(row) = row else { return Ok(None) };
        let (totp, step) = match &joined.factor {
            NewFactor::App { secret, step } => {
                (Some(seal::seal(&self.keys, &place(row.id, row.tenant), secret)?), Some(*step))
            }
            NewFactor::Passkey(_) => (None, None),
        };
        let taken = member::Entity::update_many()
            .col_expr(member::Column::Standing, Expr::value(Standing::Active.word()))
            .col_expr(member::Column::Name, Expr::value(joined.name))
            .col_expr(member::Column::Password, Expr::value(joined.password))
            .col_expr(member::Column::Totp, Expr::value(totp))
            .col_expr(member::Column::TotpStep, Expr::value(step))
            .col_expr(member::Column::Seen, Expr::value(stamp(now)))
            .col_expr(member::Column::InvitedUntil, Expr::value(None::<i64>))
            .filter(open(key, now))
            .exec(&*writing)
            .await?;
        if taken.rows_affected == 0 {
            return Ok(None);
        }
        let id = AccountId::from(row.id);
        erase(&writing, id).await?;
        keep_codes(&writing, id, joined.codes).await?;
        if let NewFactor::Passkey(new) = &joined.factor
            && !passkeys::keep(&writing, id, new, now).await?
        {
            // Somebody kept the very same one a moment ago: nothing of this counts.
            return Ok(None);
        }
        let row = member::Entity::find_by_id(row.id).one(&*writing).await?;
        writing.commit().await?;
        row.map(told).transpose()
    }
}

/// Ends the sign-ins of somebody and forgets their recovery codes and passkeys.
async fn erase(writing: &Writing, id: AccountId) -> Result<()> {
    sign_in::Entity::delete_many().filter(sign_in::Column::Account.eq(id.uuid())).exec(&**writing).await?;
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::Member.eq(id.uuid()))
        .exec(&**writing)
        .await?;
    passkey::Entity::delete_many().filter(passkey::Column::Member.eq(id.uuid())).exec(&**writing).await?;
    Ok(())
}

/// Keeps recovery codes, as hashes.
pub(super) async fn keep_codes(writing: &Writing, id: AccountId, codes: &[String]) -> Result<()> {
    let rows =
        codes.iter().map(|code| recovery_code::ActiveModel { member: Set(id.uuid()), hash: Set(hash(code)) });
    recovery_code::Entity::insert_many(rows).exec_without_returning(&**writing).await?;
    Ok(())
}

/// What is random and long enough needs no slow hash.
pub(super) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

fn open(key: &str, now: Moment) -> Condition {
    Condition::all()
        .add(member::Column::Invitation.eq(hash(key)))
        .add(member::Column::InvitedUntil.gt(stamp(now)))
        .add(member::Column::Standing.eq(Standing::Invited.word()))
}
