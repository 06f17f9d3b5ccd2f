//! The parts that pages are made of.

pub mod badges;
pub mod bars;
pub mod by_address;
pub mod chart;
pub mod choice;
pub mod code;
#[cfg(feature = "ssr")]
pub mod document;
pub mod drawn;
pub mod explained;
pub mod form;
pub mod heading;
pub mod history;
pub mod lines;
pub mod live;
pub mod loaded;
pub mod pairs;
#[cfg(feature = "ssr")]
pub mod passkey;
pub mod query;
pub mod table;
pub mod text;
pub mod wake;
