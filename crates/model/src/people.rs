//! People in Tableau Cloud Manager, as far as Steward needs them to name who signed in.

use serde::{Deserialize, Serialize};

use crate::UserId;

/// A person in Tableau, in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// The name they sign in with.
    pub user_name: String,
    /// The name to show; empty when the vendor gives none.
    pub display_name: String,
}

impl Person {
    /// The best name we have.
    pub fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.user_name } else { &self.display_name }
    }
}
