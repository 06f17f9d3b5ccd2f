//! The page that imports people from a file: what it may look like, and the form that uploads it. It shares the lazy
//! part of plans, because a plan is what it makes.

pub mod convert;
mod page;
pub mod server;
pub mod sheet;

pub use page::{ConvertPage, ImportPage};
