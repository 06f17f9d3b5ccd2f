//! The APIs of single sites: each person connects them with tokens of their own, and works through them.

mod broker;
mod changes;
mod connect;
mod connections;
mod credentials;
mod directory_groups;
mod first;
mod group_sets;
mod groups;
mod jobs;
mod lists;
mod read;
mod rows;

pub use connect::ConnectForm;
pub use group_sets::GroupSetForm;
pub use groups::{GroupCame, GroupForm};
