//! The API of single sites, which speaks XML: one method per endpoint, reads for everyone, changes only inside an
//! audited act.

mod ask;
pub mod credentials;
pub mod errors;
pub mod fields;
pub mod filter;
pub mod group_sets;
pub mod groups;
pub mod host;
pub mod jobs;
mod loose;
pub mod pages;
pub mod server_info;
pub mod session;
pub mod sites;
pub mod table;
pub mod users;
pub mod version;
mod write;
mod xml;

use std::{fmt, marker::PhantomData};

use crate::{
    Change, Error, Read, Result, Tag, Wire,
    rest::{session::SiteAccess, version::ApiVersion},
};

/// A client for one session with one site. Every method makes its own request; nothing is kept.
///
/// Where an object is asked for by id, `Ok(None)` means that the vendor itself says it is not there. An unknown site or
/// an unknown address is an error.
///
/// A new object may be missing from lists for a moment, says the vendor: its search index follows later.
pub struct SiteApi<Access> {
    wire: Wire,
    access: SiteAccess,
    tag: Tag,
    may: PhantomData<fn() -> Access>,
}

impl Wire {
    /// A client of a site that can only read.
    pub fn site_reader(&self, access: &SiteAccess, tag: Tag) -> SiteApi<Read> {
        SiteApi::new(self.clone(), access.clone(), tag)
    }

    /// A client of a site that can change things. As with [`Wire::changer`], only an audited act may call this.
    pub fn site_changer(&self, access: &SiteAccess, tag: Tag) -> SiteApi<Change> {
        SiteApi::new(self.clone(), access.clone(), tag)
    }
}

impl<Access> SiteApi<Access> {
    fn new(wire: Wire, access: SiteAccess, tag: Tag) -> Self {
        Self { wire, access, tag, may: PhantomData }
    }

    /// The session that it asks with.
    pub fn access(&self) -> &SiteAccess {
        &self.access
    }

    /// Refuses what this session's version does not know, before anything is sent.
    fn needs(&self, needs: ApiVersion) -> Result<()> {
        let has = self.access.version();
        if has < needs { Err(Error::TooOld { needs, has }) } else { Ok(()) }
    }
}

impl<Access> Clone for SiteApi<Access> {
    fn clone(&self) -> Self {
        Self::new(self.wire.clone(), self.access.clone(), self.tag.clone())
    }
}

impl<Access> fmt::Debug for SiteApi<Access> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SiteApi")
            .field("access", &self.access)
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}
