//! Connections to the APIs of single sites, each with its sealed token.

use model::{
    CredentialId, Moment, SiteId, SiteUserId, TenantId, UserId,
    site_connections::{SiteConnection, Trouble},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{
    Result, Store,
    credentials::place,
    entity::{credential, site_connection},
    seal,
    stamps::{moment, stamp},
    write::Writing,
};

/// A connection to be kept.
pub struct NewSiteConnection<'a> {
    /// The tenant of the site.
    pub tenant: TenantId,
    /// The person it belongs to.
    pub owner: UserId,
    /// The site.
    pub site: SiteId,
    /// The site's part of the address.
    pub content_url: String,
    /// The only host the token may be sent to.
    pub host: String,
    /// The version of the API spoken there.
    pub version: String,
    /// The name of the token in Tableau.
    pub token_name: String,
    /// The token's secret.
    pub secret: &'a SecretString,
    /// Who the token belongs to, on the site.
    pub site_user: SiteUserId,
    /// Their name.
    pub who: String,
    /// Their site role.
    pub role: String,
    /// When the token ends, where that is known.
    pub expires: Option<Moment>,
    /// The time.
    pub now: Moment,
}

impl Store {
    /// Seals a site's token and keeps the connection. It takes the place of the owner's earlier one to that site.
    pub async fn connect_site(&self, new: NewSiteConnection<'_>) -> Result<CredentialId> {
        let mut kept = credential::Model {
            id: Uuid::now_v7(),
            tenant: new.tenant.uuid(),
            owner: new.owner.uuid(),
            host: new.host,
            sealed: Vec::new(),
            token: None,
            kept: stamp(new.now),
            used: stamp(new.now),
        };
        kept.sealed = seal::seal(&self.keys, &place("credential", &kept), new.secret)?;
        let row = site_connection::ActiveModel {
            credential: Set(kept.id),
            tenant: Set(kept.tenant),
            owner: Set(kept.owner),
            site: Set(new.site.uuid()),
            content_url: Set(new.content_url),
            token_name: Set(new.token_name),
            version: Set(new.version),
            site_user: Set(new.site_user.uuid()),
            who: Set(new.who),
            role: Set(new.role),
            connected: Set(stamp(new.now)),
            used: Set(stamp(new.now)),
            expires: Set(new.expires.map(stamp)),
            trouble: Set(None),
            surprised: Set(None),
        };
        let id = kept.id.into();
        let writing = self.write().await?;
        if let Some((older, _)) = found(&writing, new.tenant, new.owner, new.site).await? {
            credential::Entity::delete_by_id(older.credential).exec(&*writing).await?;
        }
        credential::Entity::insert(credential::ActiveModel::from(kept))
            .exec_without_returning(&*writing)
            .await?;
        site_connection::Entity::insert(row).exec_without_returning(&*writing).await?;
        writing.commit().await?;
        Ok(id)
    }

    /// A person's connections to the sites of a tenant, by site.
    pub async fn site_connections(&self, tenant: TenantId, owner: UserId) -> Result<Vec<SiteConnection>> {
        let rows = site_connection::Entity::find()
            .find_also_related(credential::Entity)
            .filter(site_connection::Column::Tenant.eq(tenant.uuid()))
            .filter(site_connection::Column::Owner.eq(owner.uuid()))
            .order_by_asc(site_connection::Column::Site)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().filter_map(told).collect())
    }

    /// A person's connection to one site.
    pub async fn site_connection(
        &self,
        tenant: TenantId,
        owner: UserId,
        site: SiteId,
    ) -> Result<Option<SiteConnection>> {
        let row = site_connection::Entity::find()
            .find_also_related(credential::Entity)
            .filter(of(tenant, owner, site))
            .one(&self.db)
            .await?;
        Ok(row.and_then(told))
    }

    /// The site that this very token is connected to already, and by whom. Tableau allows one session for a token, so
    /// a token that serves two connections would end one with the other.
    pub async fn site_with_token(&self, secret: &SecretString) -> Result<Option<(SiteId, UserId)>> {
        let rows =
            site_connection::Entity::find().find_also_related(credential::Entity).all(&self.db).await?;
        for (row, kept) in rows {
            let Some(kept) = kept else { continue };
            let opened = seal::open(&self.keys, &place("credential", &kept), &kept.sealed)?;
            if opened.expose_secret() == secret.expose_secret() {
                return Ok(Some((row.site.into(), row.owner.into())));
            }
        }
        Ok(None)
    }

    /// Notes that a connection opened a session: it works.
    pub async fn site_connection_worked(&self, id: CredentialId, now: Moment) -> Result<()> {
        self.note(id, &[(site_connection::Column::Used, Expr::value(stamp(now)))]).await
    }

    /// Notes that a connection's session ended without our doing, and perhaps that it is given up for now.
    pub async fn site_connection_surprised(
        &self,
        id: CredentialId,
        now: Moment,
        trouble: Option<Trouble>,
    ) -> Result<()> {
        let trouble = Expr::value(trouble.map(Trouble::word));
        let now = Expr::value(stamp(now));
        self.note(
            id,
            &[(site_connection::Column::Surprised, now), (site_connection::Column::Trouble, trouble)],
        )
        .await
    }

    /// Notes what keeps a connection from working, or that nothing does any more.
    pub async fn site_connection_trouble(&self, id: CredentialId, trouble: Option<Trouble>) -> Result<()> {
        self.note(id, &[(site_connection::Column::Trouble, Expr::value(trouble.map(Trouble::word)))]).await
    }

    async fn note(&self, id: CredentialId, values: &[(site_connection::Column, Expr)]) -> Result<()> {
        let writing = self.write().await?;
        let mut update = site_connection::Entity::update_many();
        for (column, value) in values {
            update = update.col_expr(*column, value.clone());
        }
        update.filter(site_connection::Column::Credential.eq(id.uuid())).exec(&*writing).await?;
        writing.commit().await
    }
}

fn of(tenant: TenantId, owner: UserId, site: SiteId) -> Condition {
    Condition::all()
        .add(site_connection::Column::Tenant.eq(tenant.uuid()))
        .add(site_connection::Column::Owner.eq(owner.uuid()))
        .add(site_connection::Column::Site.eq(site.uuid()))
}

type Row = (site_connection::Model, Option<credential::Model>);

async fn found(writing: &Writing, tenant: TenantId, owner: UserId, site: SiteId) -> Result<Option<Row>> {
    let rows = site_connection::Entity::find().find_also_related(credential::Entity);
    Ok(rows.filter(of(tenant, owner, site)).one(&**writing).await?)
}

/// The connection of a row. The database keeps no connection without its token.
fn told((row, kept): Row) -> Option<SiteConnection> {
    Some(SiteConnection {
        credential: row.credential.into(),
        site: row.site.into(),
        content_url: row.content_url,
        token_name: row.token_name,
        host: kept?.host,
        version: row.version,
        site_user: row.site_user.into(),
        who: row.who,
        role: row.role,
        connected: moment(row.connected),
        used: moment(row.used),
        expires: row.expires.map(moment),
        trouble: row.trouble.as_deref().and_then(Trouble::parse),
        surprised: row.surprised.map(moment),
    })
}
