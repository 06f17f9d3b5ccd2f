//! What can be done to a run.

use serde::{Deserialize, Serialize};

/// What can be done to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Nothing new is sent until it is resumed.
    Pause,
    /// It goes on, under the name of whoever resumes it.
    Resume,
    /// What is not sent yet is left out.
    Stop,
}

impl Turn {
    /// The word in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pause, Self::Resume, Self::Stop].into_iter().find(|turn| turn.word() == word)
    }
}
