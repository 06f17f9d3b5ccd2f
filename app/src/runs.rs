//! A run: the rows of an applied plan on their way to Tableau. Its page shares the lazy part of plans.

mod page;
mod row;
pub mod server;
pub mod sheet;
pub mod told;

pub use page::RunPage;
