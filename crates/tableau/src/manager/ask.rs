//! A request under construction: which operation, which values in its path, which query, which body.

use serde::{Serialize, de::DeserializeOwned};
use tokio::time::Instant;

use super::{
    Change, Manager,
    accepted::{Accepted, AcceptedWire},
};
use crate::{
    Error, OperationName, Result, Unreadable,
    transport::{Answer, Call, Content, Door, Key, Kind},
};

/// A request of a client that has not been sent yet.
pub(super) struct Ask<'a, Access> {
    manager: &'a Manager<Access>,
    name: OperationName,
    values: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    content: Option<Content>,
    until: Instant,
}

impl<Access> Manager<Access> {
    /// Starts a request of this operation. The tenant's id is at hand for every path.
    pub(super) fn ask(&self, name: OperationName) -> Ask<'_, Access> {
        Ask {
            manager: self,
            name,
            values: vec![("tenantId", self.session.tenant().to_string())],
            query: Vec::new(),
            content: None,
            until: Instant::now() + self.wire.deadline(),
        }
    }
}

impl<Access> Ask<'_, Access> {
    /// A value for a brace of the path; it is escaped as one part.
    pub(super) fn of(mut self, brace: &'static str, value: impl ToString) -> Self {
        self.values.push((brace, value.to_string()));
        self
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// What it carries.
    pub(super) fn carrying(mut self, content: Content) -> Self {
        self.content = Some(content);
        self
    }

    /// What it carries, as JSON.
    pub(super) fn json(self, value: &impl Serialize) -> Result<Self> {
        Ok(self.carrying(Content::json(value)?))
    }

    /// Another end than the usual deadline: that of a longer read, or a later one for a large body.
    pub(super) fn until(mut self, until: Instant) -> Self {
        self.until = until;
        self
    }

    /// Reads an answer that is an object.
    pub(super) async fn read<Wire: DeserializeOwned>(self) -> Result<Wire> {
        self.send(Kind::Read).await?.object()
    }

    /// Reads an answer that is an object, or has nothing in it at all.
    pub(super) async fn read_or_nothing<Wire: DeserializeOwned>(self) -> Result<Option<Wire>> {
        match self.read().await {
            Ok(wire) => Ok(Some(wire)),
            Err(Error::Garbled { source: Unreadable::Empty }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads an answer that is a bare list.
    pub(super) async fn list<Wire: DeserializeOwned>(self) -> Result<Vec<Wire>> {
        self.send(Kind::Read).await?.list()
    }

    /// Reads the answer about an object asked for by its id; see [`Manager`] on what counts as "not there".
    pub(super) async fn find<Wire: DeserializeOwned>(self) -> Result<Option<Wire>> {
        match self.read().await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { words: Some(_) }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Asks, and takes any success of the vendor's for a yes.
    pub(super) async fn heard(self) -> Result<()> {
        self.send(Kind::Read).await?.nothing()
    }

    /// Sends once, whatever happens, and takes any success.
    async fn once(self) -> Result<()> {
        self.send(Kind::Change).await?.nothing()
    }

    /// Ends our own session, which changes nothing in the tenant.
    pub(super) async fn end(self) -> Result<()> {
        self.once().await
    }

    async fn send(self, kind: Kind) -> Result<Answer> {
        let Manager { wire, session, tag, .. } = self.manager;
        let key = Key::Session(session);
        let Self { name, values, query, content, until, .. } = self;
        let door = Door::Manager(name);
        wire.send(&Call { door, kind, key, tag, site: None, values, query, content, secrets: &[], until })
            .await
    }
}

impl Ask<'_, Change> {
    /// Asks for a change, once. Whether it is true is the caller's to read back.
    pub(super) async fn change(self) -> Result<()> {
        self.once().await
    }

    /// Asks for a change, once, and reads what it tells of it.
    pub(super) async fn change_and_read<Wire: DeserializeOwned>(self) -> Result<Wire> {
        self.send(Kind::Change).await?.object()
    }

    /// Asks for work that Tableau does later, once, and reads which job does it.
    pub(super) async fn begin(self) -> Result<Accepted> {
        Ok(self.send(Kind::Change).await?.perhaps::<AcceptedWire>()?.read())
    }
}
