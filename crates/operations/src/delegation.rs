//! Delegation at work: whose credential a member works by, what the lock is held against, and what of the tenant they see.

mod acts;
mod approvals;
mod carried;
mod choices;
mod clocks;
mod counted;
mod decided;
mod deposits;
mod form;
mod grants;
mod held;
mod holders;
mod lent;
mod lock;
mod question;
mod sight;
mod world;

pub(crate) use acts::Judged;
pub use approvals::Inbox;
pub use choices::{GrantChoices, GroupsToChoose};
pub use decided::DecideForm;
pub use deposits::{DepositForm, SeenGrant};
pub use form::GrantForm;
pub use grants::GrantPage;
pub use held::Approved;
pub(crate) use held::Seen;
pub use lent::{Lent, Right};
pub(crate) use lock::{Asked, Changed, HOUR_SECONDS, Lock, heir};
pub use question::{WhatCan, WhatCanRow};
pub(crate) use sight::Sights;
