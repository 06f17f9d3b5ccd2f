//! How a run and its rows stand, and how many rows are in which state.

use serde::{Deserialize, Serialize};

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// Applied; no worker has taken it yet.
    Waiting,
    /// A worker is at it.
    Running,
    /// Somebody paused it, or its sign-in is over: nothing new is sent until somebody resumes it.
    Paused,
    /// Somebody stopped the remainder: what is sent is looked after, the rest is left out.
    Stopping,
    /// Every row has its end.
    Over,
}

impl RunState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Paused, Self::Stopping, Self::Over];

    /// The word in URLs and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopping => "stopping",
            Self::Over => "over",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowState {
    /// Not sent yet.
    Waiting,
    /// Written down, and perhaps sent; no outcome yet.
    Sent,
    /// Done, and read back so.
    Done,
    /// Carried out, but reading back shows something else than asked.
    Differs,
    /// Not sent: it no longer fits the live state, or may not be.
    Refused,
    /// Tableau did not do it.
    Failed,
    /// Sent, and nobody knows whether it took effect.
    Unknown,
    /// Left out, because somebody stopped the remainder.
    Stopped,
}

impl RowState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Sent,
        Self::Done,
        Self::Differs,
        Self::Refused,
        Self::Failed,
        Self::Unknown,
        Self::Stopped,
    ];

    /// The word in URLs and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Differs => "differs",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Stopped => "stopped",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing more happens to the row in this run.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Waiting | Self::Sent)
    }

    /// Whether somebody should look at it, and may plan it again.
    pub fn needs_a_look(self) -> bool {
        matches!(self, Self::Differs | Self::Refused | Self::Failed | Self::Unknown | Self::Stopped)
    }
}

/// How many rows are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowCounts {
    /// Not sent yet.
    pub waiting: u64,
    /// On their way.
    pub sent: u64,
    /// Done.
    pub done: u64,
    /// Otherwise than asked.
    pub differs: u64,
    /// Not sent.
    pub refused: u64,
    /// Failed.
    pub failed: u64,
    /// Fate unknown.
    pub unknown: u64,
    /// Left out.
    pub stopped: u64,
}

impl RowCounts {
    /// The rows in one state.
    pub fn of(&self, state: RowState) -> u64 {
        match state {
            RowState::Waiting => self.waiting,
            RowState::Sent => self.sent,
            RowState::Done => self.done,
            RowState::Differs => self.differs,
            RowState::Refused => self.refused,
            RowState::Failed => self.failed,
            RowState::Unknown => self.unknown,
            RowState::Stopped => self.stopped,
        }
    }

    /// Counts so many more.
    pub fn add(&mut self, state: RowState, rows: u64) {
        let count = match state {
            RowState::Waiting => &mut self.waiting,
            RowState::Sent => &mut self.sent,
            RowState::Done => &mut self.done,
            RowState::Differs => &mut self.differs,
            RowState::Refused => &mut self.refused,
            RowState::Failed => &mut self.failed,
            RowState::Unknown => &mut self.unknown,
            RowState::Stopped => &mut self.stopped,
        };
        *count += rows;
    }

    /// All rows.
    pub fn all(&self) -> u64 {
        RowState::ALL.iter().map(|state| self.of(*state)).sum()
    }

    /// Rows that somebody should look at.
    pub fn to_look_at(&self) -> u64 {
        RowState::ALL.iter().filter(|state| state.needs_a_look()).map(|state| self.of(*state)).sum()
    }
}
