//! Runs: the rows of applied plans on their way to Tableau, each written down first, sent once, and read back.

mod budget;
mod call;
mod carry;
mod feed;
mod follow;
mod held;
mod limits;
mod lock_out;
mod locked;
mod members;
mod membership;
mod on_site;
mod outcome;
mod read_back;
mod send;
mod settle;
mod show;
mod site_files;
mod site_notes;
mod site_send;
mod site_watch;
mod site_written;
pub(crate) mod ways;
mod work;

use std::time::Duration;

pub(crate) use budget::{A_SECOND, of_the_tenant};
pub(crate) use feed::Bells;
pub use feed::RunFeed;
pub(crate) use held::Carrier;
pub use show::RunDownload;

/// How patient the worker is. The defaults are for real work; tests are less patient.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// How long a worker holds a run without a sign of life, in seconds.
    pub lease_seconds: i64,
    /// How often runs are looked for whose worker died, or whose hand-in was lost.
    pub look_out_every: Duration,
    /// How long a job of Tableau's is watched. It may go on afterwards; the rows are then read back once and called
    /// unknown.
    pub watch_at_most: Duration,
    /// How long a site is asked whether what a file wanted is so by now, where no job tells.
    pub settle_at_most: Duration,
    /// How long Tableau is left alone after it said that another job is at the same people.
    pub busy_pause: Duration,
    /// People that a plan reads afresh. With more it is made on the directory, and says how old that is; each row is
    /// compared once more before it is sent.
    pub read_afresh: usize,
    /// How long a page waits for a directory to be whole. After that it shows whom it has, and says so.
    pub whole_wait: Duration,
    /// How much of the vendor's activity log is fetched.
    pub log: crate::LogLimits,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            lease_seconds: 30,
            look_out_every: Duration::from_secs(10),
            watch_at_most: Duration::from_secs(60 * 60),
            settle_at_most: Duration::from_secs(5 * 60),
            busy_pause: Duration::from_secs(5),
            read_afresh: 20_000,
            whole_wait: Duration::from_millis(350),
            log: crate::LogLimits::default(),
        }
    }
}
