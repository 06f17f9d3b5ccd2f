//! One file of the log: fetched into a file without a name on our own disk, and compared with the vendor's MD5.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    os::unix::fs::FileExt,
    sync::Arc,
};

use flate2::read::MultiGzDecoder;
use model::{Problem, ProblemCode, SiteId};
use tableau::{Download, Fetched, LogUrl, Manager};
use tracing::warn;

use super::scope;
use crate::{Caller, Operations};

/// A file on our own disk. It is gone once nobody holds it any more.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) content: LogContent,
    pub(super) length: u64,
    pub(super) compared: bool,
}

/// What is in a file, from the beginning. Each clone reads for itself.
#[derive(Clone)]
pub struct LogContent {
    file: Arc<File>,
    at: u64,
}

impl Read for LogContent {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(into, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Who wants to know how many bytes came, and how many there are.
pub(super) type Told<'a> = &'a (dyn Fn(u64, Option<u64>) + Sync);

impl Operations {
    /// Fetches a file, from an address that is known already or from a new one. An address that ran out meanwhile is
    /// asked for once more.
    pub(super) async fn fetch_log(
        &self,
        caller: &Caller,
        (site, path): (Option<SiteId>, &str),
        known: Option<LogUrl>,
        at_most: u64,
        told: Told<'_>,
    ) -> Result<Kept, Problem> {
        let gone = || Problem::about(ProblemCode::LogFileGone, path).with_reference(&caller.request);
        let mut known = known;
        for attempt in 0..2 {
            let url = match known.take() {
                Some(url) => url,
                None => {
                    let paths = [path.to_owned()];
                    let urls = self.log_urls(caller, site, &paths).await?;
                    urls.into_iter().find(|url| url.path == path).ok_or_else(gone)?
                }
            };
            match self.fetch_from(caller, &url, at_most, told).await? {
                Some(kept) => return Ok(kept),
                None => warn!(request = %caller.request, attempt, "The address of a log file was refused"),
            }
        }
        Err(gone())
    }

    /// Addresses of files, in the tenant's pace.
    pub(super) async fn log_urls(
        &self,
        caller: &Caller,
        site: Option<SiteId>,
        paths: &[String],
    ) -> Result<Vec<LogUrl>, Problem> {
        let ask = |manager: Manager<tableau::Read>| {
            let paths = paths.to_vec();
            async move { manager.log_urls(scope(site), &paths).await }
        };
        self.0.pace.turn().await;
        self.ask(caller, ask).await
    }

    /// Fetches from an address; nothing where the store refuses it.
    async fn fetch_from(
        &self,
        caller: &Caller,
        url: &LogUrl,
        at_most: u64,
        told: Told<'_>,
    ) -> Result<Option<Kept>, Problem> {
        let problem = |error: &tableau::Error| match error {
            tableau::Error::TooLarge => caller.problem(ProblemCode::LogFileTooLarge),
            error => caller.vendor_problem(error),
        };
        let session = self.session(caller).await?;
        let manager = self.0.wire.reader(&session.open, caller.tag());
        let mut download: Download = match manager.download(url, at_most).await {
            Ok(download) => download,
            Err(tableau::Error::Refused { .. } | tableau::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(problem(&error)),
        };
        let disk = |error: io::Error| {
            warn!(request = %caller.request, %error, "A log file could not be kept on our own disk");
            caller.problem(ProblemCode::StoreUnavailable)
        };
        // Without a name from the start: nobody else can open it, and it is gone with this program.
        let mut file = tempfile::tempfile().map_err(disk)?;
        let mut length = 0;
        let of = download.length();
        while let Some(piece) = download.next().await.map_err(|error| problem(&error))? {
            length += piece.len() as u64;
            file.write_all(&piece).map_err(disk)?;
            told(length, of);
        }
        let compared = match download.finish() {
            Fetched::Same => true,
            Fetched::NotCompared => false,
            Fetched::Differs => return Err(caller.problem(ProblemCode::LogFileDamaged)),
        };
        Ok(Some(Kept { content: LogContent { file: Arc::new(file), at: 0 }, length, compared }))
    }
}

/// A file as text, unpacked where it is packed.
pub(super) fn text(file: LogContent) -> io::Result<Box<dyn io::BufRead + Send>> {
    let mut mark = Vec::new();
    file.clone().take(2).read_to_end(&mut mark)?;
    let is_packed = mark == [0x1f, 0x8b];
    let file = BufReader::with_capacity(256 * 1024, file);
    if is_packed {
        return Ok(Box::new(BufReader::with_capacity(256 * 1024, MultiGzDecoder::new(file))));
    }
    Ok(Box::new(file))
}
