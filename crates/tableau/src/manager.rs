//! Tableau Cloud Manager: one method per endpoint, reads for everyone, changes only inside an audited act.

pub mod accepted;
pub mod activity;
mod ask;
pub mod jobs;
pub mod licences;
pub(crate) mod loose;
pub mod pages;
pub mod people;
pub mod places;
pub mod session;
pub mod sign_on;
pub mod sites;
pub mod table;
pub mod tenant;
pub mod tokens;

use std::{fmt, marker::PhantomData};

use model::TenantId;

use crate::{Session, Tag, Wire};

/// Marks a client that can only read.
pub enum Read {}
/// Marks a client that can change things. It exists only inside an audited act.
pub enum Change {}

/// A client for one session. Every method makes its own request; nothing is kept.
///
/// Where an object is asked for by id, `Ok(None)` means that the vendor itself says it is not there: status
/// 404 with the vendor's error body. A 404 without that body is `Error::NotFound`, because the address
/// may be wrong, and many of them are only inferred. A vendor's 404 with a `message` and neither
/// `reason` nor `errorCode` cannot be told from a gateway's, and so counts as the latter.
pub struct Manager<Access> {
    wire: Wire,
    session: Session,
    tag: Tag,
    access: PhantomData<fn() -> Access>,
}

impl<Access> Manager<Access> {
    pub(crate) fn new(wire: Wire, session: Session, tag: Tag) -> Self {
        Self { wire, session, tag, access: PhantomData }
    }

    /// The tenant that the session is open with; a name for it needs [`Manager::tenant`].
    pub fn tenant_id(&self) -> TenantId {
        self.session.tenant()
    }
}

impl<Access> Clone for Manager<Access> {
    fn clone(&self) -> Self {
        Self::new(self.wire.clone(), self.session.clone(), self.tag.clone())
    }
}

impl<Access> fmt::Debug for Manager<Access> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Manager")
            .field("wire", &self.wire)
            .field("session", &self.session)
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}
