//! Runs: the rows of applied plans on their way to Tableau, each written down first, sent once, and read back.

mod budget;
mod call;
mod carry;
mod feed;
mod outcome;
mod send;
mod settle;
mod show;
pub(crate) mod ways;
mod work;

pub(crate) use budget::Budget;
pub(crate) use feed::Bells;
pub use feed::RunFeed;
pub use show::RunDownload;
