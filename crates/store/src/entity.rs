//! The tables, one file each. They stay inside this crate.

pub(crate) mod account;
pub(crate) mod act;
pub(crate) mod audit_head;
pub(crate) mod audit_record;
pub(crate) mod credential;
pub(crate) mod known_job;
pub(crate) mod lease;
pub(crate) mod sign_in;
pub(crate) mod unlock;
pub(crate) mod vendor_session;
