//! The vendor's own activity log: which files there are, where they can be fetched, and fetching them.

mod download;
mod hosts;

use model::{Moment, SiteId};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use download::{Download, Fetched};
pub(crate) use hosts::LogHosts;

use super::{Manager, ask::Ask, loose, pages::PageToken};
use crate::{OperationName, Result, Unreadable};

/// Files asked for at once: the vendor's own default.
const PAGE: &str = "100";

/// Whose log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogScope {
    /// What happened in Tableau Cloud Manager.
    Tenant,
    /// What happened on one site. Tableau wants a further licence for it.
    Site(SiteId),
}

/// A file of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    /// Its path, which names the kind of event, the day and the hour.
    pub path: String,
    /// Its size in bytes, where the vendor tells it.
    pub size: Option<u64>,
}

/// Where a file can be fetched for a few minutes. The address opens the file to whoever has it, so it is a secret.
#[derive(Debug, Clone)]
pub struct LogUrl {
    /// The path it was asked for by.
    pub path: String,
    /// The address.
    pub url: SecretString,
    /// Until when.
    pub expires: Option<Moment>,
    /// The vendor's word for the content: its MD5.
    pub etag: Option<String>,
}

impl<Access> Manager<Access> {
    /// One page of the files between two times, and the token of the next page if there is one. More than seven days
    /// are refused by the vendor.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Administrative Methods, "List tenant activity log paths"; the twin for
    /// sites is in the vendor's own loader.
    pub async fn log_files(
        &self,
        scope: LogScope,
        (from, to): (Moment, Moment),
        event: Option<&str>,
        page_token: Option<&str>,
    ) -> Result<(Vec<LogFile>, Option<String>)> {
        let ask = self.log(scope, OperationName::ActivityList, OperationName::SiteActivityList);
        let mut ask = ask.query("startTime", from.machine()).query("endTime", to.machine());
        ask = ask.query("pageSize", PAGE);
        if let Some(event) = event {
            ask = ask.query("eventType", event);
        }
        if let Some(token) = page_token {
            ask = ask.query("pageToken", token);
        }
        // A public client has met a success without a body where there was nothing to list.
        let Some(wire) = ask.read_or_nothing::<FilesWire>().await? else { return Ok((Vec::new(), None)) };
        let next = wire.page.next();
        if next.is_some() && next.as_deref() == page_token {
            return Err(Unreadable::EndlessPages.into());
        }
        let files = wire.files.into_iter().map(FileWire::read).collect::<Result<_>>()?;
        Ok((files, next))
    }

    /// Addresses for these files, good for some minutes. A file that the vendor leaves out is not there any more.
    ///
    /// Vendor: Administrative Methods, "Batch generate tenant activity log download urls".
    pub async fn log_urls(&self, scope: LogScope, paths: &[String]) -> Result<Vec<LogUrl>> {
        let ask = self.log(scope, OperationName::ActivityUrls, OperationName::SiteActivityUrls);
        let wire: UrlsWire = ask.json(&UrlsAsk { files: paths })?.read().await?;
        wire.files.into_iter().map(UrlWire::read).collect()
    }

    fn log(&self, scope: LogScope, tenant: OperationName, site: OperationName) -> Ask<'_, Access> {
        match scope {
            LogScope::Tenant => self.ask(tenant),
            LogScope::Site(id) => self.ask(site).of("siteId", id),
        }
    }
}

#[derive(Serialize)]
struct UrlsAsk<'a> {
    files: &'a [String],
}

#[derive(Deserialize)]
struct FilesWire {
    files: Vec<FileWire>,
    #[serde(flatten)]
    page: PageToken,
}

#[derive(Deserialize)]
struct FileWire {
    #[serde(default, deserialize_with = "loose::text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "loose::count")]
    size: Option<u64>,
}

impl FileWire {
    /// A file that cannot be named cannot be fetched, and leaving it out would hide that something is missing.
    fn read(self) -> Result<LogFile> {
        Ok(LogFile { path: self.path.ok_or(Unreadable::Field { field: "path" })?, size: self.size })
    }
}

#[derive(Deserialize)]
struct UrlsWire {
    files: Vec<UrlWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UrlWire {
    #[serde(default, deserialize_with = "loose::text")]
    path: Option<String>,
    url: Option<SecretString>,
    #[serde(default, deserialize_with = "loose::moment")]
    expires_at: Option<Moment>,
    #[serde(default, deserialize_with = "loose::text")]
    etag: Option<String>,
}

impl UrlWire {
    fn read(self) -> Result<LogUrl> {
        let missing = |field| move || Unreadable::Field { field };
        Ok(LogUrl {
            path: self.path.ok_or_else(missing("path"))?,
            url: self.url.ok_or_else(missing("url"))?,
            expires: self.expires_at,
            etag: self.etag,
        })
    }
}
