//! The ledger: every request that came and every change that was made, without any secret.

use std::collections::VecDeque;

use serde::Serialize;

use crate::world::clock::Stamp;

/// Beyond this the oldest entries go, so that a long demo cannot fill the memory.
const MOST_ENTRIES: usize = 100_000;

/// A request as it came: no header but the user agent, no query, no body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestEntry {
    /// When it came, by the pretend clock.
    pub at: Stamp,
    /// The HTTP method.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// The status that was answered; 0 while there is no answer, or when none was sent.
    pub status: u16,
    /// Who said to be asking.
    pub user_agent: String,
}

/// A change that was really made in the pretend world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeEntry {
    /// When it was made, by the pretend clock.
    pub at: Stamp,
    /// What was done, for example `site.suspend`.
    pub kind: String,
    /// The id of what was changed.
    pub object: String,
    /// The user name of the administrator whose session made the change.
    pub by: String,
}

/// Requests and changes, each the newest hundred thousand.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    forgotten: u64,
    requests: VecDeque<RequestEntry>,
    applied: VecDeque<ChangeEntry>,
}

impl Ledger {
    /// Notes a request before it is answered, and returns its number for `answered`.
    pub(crate) fn came(&mut self, entry: RequestEntry) -> u64 {
        if self.requests.len() == MOST_ENTRIES {
            self.requests.pop_front();
            self.forgotten += 1;
        }
        self.requests.push_back(entry);
        self.forgotten + self.requests.len() as u64 - 1
    }

    /// Notes the answer to a request that is still remembered.
    pub(crate) fn answered(&mut self, number: u64, status: u16) {
        let place = number.checked_sub(self.forgotten).and_then(|place| usize::try_from(place).ok());
        if let Some(entry) = place.and_then(|place| self.requests.get_mut(place)) {
            entry.status = status;
        }
    }

    pub(crate) fn applied(&mut self, entry: ChangeEntry) {
        if self.applied.len() == MOST_ENTRIES {
            self.applied.pop_front();
        }
        self.applied.push_back(entry);
    }

    pub(crate) fn clear(&mut self) {
        // Numbers given out before must not hit entries that come later.
        self.forgotten += self.requests.len() as u64;
        self.requests.clear();
        self.applied.clear();
    }

    pub(crate) fn requests(&self) -> Vec<RequestEntry> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn changes(&self) -> Vec<ChangeEntry> {
        self.applied.iter().cloned().collect()
    }
}
