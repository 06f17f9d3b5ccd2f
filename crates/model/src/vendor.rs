//! What we know of the vendor's addresses, and what we only infer.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// How sure we are of an operation's method and path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Read in the vendor's own pages or code, or in a tool that is used against real tenants.
    Confirmed,
    /// Our reconstruction; not a fact.
    Inferred,
}

/// Whether an operation reads or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something in the tenant.
    Change,
}

/// One vendor operation as Steward would call it, and whether it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationRow {
    /// Our name for it, such as `site.suspend`.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The path with its parts in braces.
    pub path: String,
    /// How sure we are.
    pub certainty: Certainty,
    /// Whether the settings replaced our own row.
    pub overridden: bool,
    /// Whether it reads or changes.
    pub effect: Effect,
    /// Who unlocked it and when, if it needed unlocking and was.
    pub unlocked: Option<Unlocked>,
    /// True while a change is refused because its address is only inferred.
    pub locked: bool,
}

/// The record of an unlocked operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlocked {
    /// Who said that they checked the address.
    pub by: String,
    /// When.
    pub at: Moment,
}
