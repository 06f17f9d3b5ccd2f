//! A request to a site under construction: which operation, which values, what it carries.

use bytes::Bytes;
use secrecy::SecretString;
use serde::de::{DeserializeOwned, IgnoredAny};
use tokio::time::Instant;

use super::{
    SiteApi,
    table::{SiteOperation, SiteRow},
    write::{self, Element},
    xml,
};
use crate::{
    Change, Error, Result, VendorWords,
    transport::{Answer, Call, Content, Door, Key, Kind},
};

/// How many times the usual deadline a file may take: its bytes have to arrive before anything is answered.
const TIMES_FOR_A_FILE: u32 = 4;
/// The site itself is unknown, or the address is: neither tells anything about the object asked for.
const NOT_ABOUT_THE_OBJECT: [&str; 2] = ["404000", "404003"];

/// A request of a client that has not been sent yet.
pub(super) struct Ask<'a, Access> {
    api: &'a SiteApi<Access>,
    row: &'static SiteRow,
    values: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    content: Option<Content>,
    secrets: &'a [SecretString],
    until: Instant,
}

impl<Access> SiteApi<Access> {
    /// Starts a request of this operation. Version and site are at hand for every path.
    pub(super) fn ask(&self, operation: SiteOperation) -> Result<Ask<'_, Access>> {
        let row = operation.row();
        self.needs(row.since)?;
        let version = ("apiVersion", self.access.version().to_string());
        let values = vec![version, ("siteId", self.access.site().to_string())];
        let until = Instant::now() + self.wire.deadline();
        Ok(Ask { api: self, row, values, query: Vec::new(), content: None, secrets: &[], until })
    }
}

impl<'a, Access> Ask<'a, Access> {
    /// A value for a brace of the path; it is escaped as one part.
    pub(super) fn of(mut self, brace: &'static str, value: impl ToString) -> Self {
        self.values.push((brace, value.to_string()));
        self
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// What it carries, as a message in XML.
    pub(super) fn carrying(mut self, elements: impl IntoIterator<Item = Element>) -> Result<Self> {
        self.content = Some(Content::xml(write::message(elements)?));
        Ok(self)
    }

    /// A form with a file, which may take longer to arrive.
    pub(super) fn form(mut self, form: Content) -> Self {
        self.content = Some(form);
        self.until = Instant::now() + self.api.wire.deadline() * TIMES_FOR_A_FILE;
        self
    }

    /// Secrets that it carries, to be blanked should an answer echo them.
    pub(super) fn hiding(mut self, secrets: &'a [SecretString]) -> Self {
        self.secrets = secrets;
        self
    }

    /// Reads an answer.
    pub(super) async fn read<Wire: DeserializeOwned>(self) -> Result<Wire> {
        Ok(xml::read(self.send(Kind::Read).await?.body())?)
    }

    /// Reads the answer about an object asked for by its id. These codes mean that it is not there too.
    pub(super) async fn find<Wire: DeserializeOwned>(self, absent: &[&str]) -> Result<Option<Wire>> {
        match self.read().await {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_absence(&error, absent) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Ends our own session, which changes nothing on the site.
    pub(super) async fn end(self) -> Result<()> {
        self.once().await
    }

    /// Gives our own session up for another one.
    pub(super) async fn turn<Wire: DeserializeOwned>(self) -> Result<Wire> {
        Ok(xml::read(self.send(Kind::Change).await?.body())?)
    }

    /// Sends once, whatever happens, and takes any success that can be the vendor's.
    async fn once(self) -> Result<()> {
        let answer = self.send(Kind::Change).await?;
        if answer.body().trim_ascii().is_empty() {
            return Ok(());
        }
        Ok(xml::read_any_root::<IgnoredAny>(answer.body()).map(drop)?)
    }

    async fn send(self, kind: Kind) -> Result<Answer> {
        let SiteApi { wire, access, tag, .. } = self.api;
        let door = Door::Site { host: access.host(), row: self.row };
        let key = Key::Site(access.token());
        let Self { values, query, content, secrets, until, .. } = self;
        let site = Some(access.site());
        wire.send(&Call { door, kind, key, tag, site, values, query, content, secrets, until }).await
    }
}

impl Ask<'_, Change> {
    /// Asks for a change, once. Whether it is true is the caller's to read back.
    pub(super) async fn done(self) -> Result<()> {
        self.once().await
    }

    /// Asks for a change, once, and reads what the vendor made of it.
    pub(super) async fn change<Wire: DeserializeOwned>(self) -> Result<Wire> {
        Ok(xml::read_any_root(self.send(Kind::Change).await?.body())?)
    }

    /// Asks for a change, once, and reads what comes back, if anything does.
    pub(super) async fn perhaps<Wire: DeserializeOwned>(self) -> Result<Option<Wire>> {
        let answer = self.send(Kind::Change).await?;
        if answer.body().trim_ascii().is_empty() {
            return Ok(None);
        }
        Ok(Some(xml::read(answer.body())?))
    }

    /// Asks once, and hands over the body, to be erased after it was read.
    pub(super) async fn take(self) -> Result<Bytes> {
        Ok(self.send(Kind::Change).await?.into_body())
    }
}

fn is_absence(error: &Error, absent: &[&str]) -> bool {
    let code = error.vendor_words().and_then(VendorWords::code);
    match (error, code) {
        (_, None) => false,
        (Error::NotFound { .. }, Some(code)) => !NOT_ABOUT_THE_OBJECT.contains(&code),
        (_, Some(code)) => absent.contains(&code),
    }
}
