//! The tables, one file each. They stay inside this crate.

pub(crate) mod account;
pub(crate) mod act;
pub(crate) mod audit_head;
pub(crate) mod audit_record;
pub(crate) mod conversion;
pub(crate) mod credential;
pub(crate) mod directory;
pub(crate) mod directory_person;
pub(crate) mod known_job;
pub(crate) mod lease;
pub(crate) mod plan;
pub(crate) mod plan_step;
pub(crate) mod protection;
pub(crate) mod run;
pub(crate) mod run_row;
pub(crate) mod sign_in;
pub(crate) mod site_connection;
pub(crate) mod unlock;
pub(crate) mod vendor_session;
