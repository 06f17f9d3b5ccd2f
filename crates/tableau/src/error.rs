//! What can happen on the wire, and what that says about a change that was asked for.

mod conflict;
mod unfit;
mod unreadable;
mod words;

use std::time::Duration;

use model::JobId;

use crate::rest::version::ApiVersion;

pub(crate) use conflict::jobs_in_the_way;
pub use unfit::Unfit;
pub use unreadable::Unreadable;
pub use words::VendorWords;

/// The result of asking Tableau.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A cause from a library below.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The vendor's words, present only when the answer had the vendor's own error body.
pub(crate) type Words = Option<Box<VendorWords>>;

/// What happened on the wire. No variant shows a token, an address of a person or a body.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection was opened, so not one byte of the request left: name unknown, refused, no TLS.
    #[error("the connection could not be opened, nothing was sent")]
    NotSent {
        /// Why not.
        #[source]
        source: Cause,
    },
    /// The site speaks an older version than the request needs, so nothing was sent.
    #[error("this needs version {needs} of the site's API, and the session speaks {has}")]
    TooOld {
        /// The first version that knows the request.
        needs: ApiVersion,
        /// The version of the session.
        has: ApiVersion,
    },
    /// The request cannot be made as it stands, so nothing was sent.
    #[error("the request cannot be sent")]
    Unfit {
        /// What is wrong with it.
        #[source]
        source: Unfit,
    },
    /// The session is over. On a change this is certain: only the vendor's own error body counts.
    #[error("the session has ended")]
    SessionEnded {
        /// The vendor's words.
        words: Words,
    },
    /// The token did not open a session.
    #[error("the token was refused")]
    TokenRefused {
        /// The vendor's words.
        words: Words,
    },
    /// The token's owner may not do this.
    #[error("refused (403)")]
    Refused {
        /// The vendor's words.
        words: Words,
    },
    /// The object or the address is unknown; without the vendor's words it may well be the address.
    #[error("not found (404)")]
    NotFound {
        /// The vendor's words.
        words: Words,
    },
    /// The object is in another state than the request expects.
    #[error("conflict (409)")]
    Conflict {
        /// The vendor's words.
        words: Words,
        /// The jobs that have to end first, where the answer names them.
        jobs: Vec<JobId>,
    },
    /// The request was not accepted for another reason.
    #[error("rejected ({status})")]
    Rejected {
        /// The status; that of the vendor's own code where a site gives one, else that of HTTP.
        status: u16,
        /// The vendor's words.
        words: Words,
    },
    /// Too many requests.
    #[error("busy (429)")]
    Busy {
        /// How long the answer asks to wait.
        retry_after: Option<Duration>,
        /// Whether the answer had the vendor's own error body, rather than that of something before it.
        vendor_said: bool,
        /// The vendor's words.
        words: Words,
    },
    /// The vendor has a failure of its own.
    #[error("server error ({status})")]
    Down {
        /// The HTTP status.
        status: u16,
        /// The vendor's words. They prove nothing about a change.
        words: Words,
    },
    /// The answer points to another address. It is not followed: our headers would travel along.
    #[error("redirected ({status}), not followed")]
    Redirected {
        /// The HTTP status.
        status: u16,
    },
    /// No whole answer came in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection ended before an answer came.
    #[error("the connection ended before an answer came")]
    Interrupted {
        /// How it ended.
        #[source]
        source: Cause,
    },
    /// An answer came but cannot be read.
    #[error("the answer cannot be read")]
    Garbled {
        /// What is wrong with it.
        #[source]
        source: Unreadable,
    },
    /// The answer is larger than we read.
    #[error("the answer is too large")]
    TooLarge,
}

/// What an error says about a change: did it happen?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was never sent.
    NotSent,
    /// It was sent, and the vendor itself said no.
    Refused,
    /// Nobody knows. Read the state; never send again by itself.
    Unknown,
}

impl Error {
    /// What this error says about the change that was asked for.
    ///
    /// A refusal counts only with the vendor's own error body: a gateway in between may print any
    /// status while the change goes on behind it.
    pub fn fate(&self) -> Fate {
        match self {
            Self::NotSent { .. } | Self::TooOld { .. } | Self::Unfit { .. } => Fate::NotSent,
            Self::Rejected { words: Some(words), .. } if words.is_of_site() => Fate::Refused,
            Self::SessionEnded { words }
            | Self::TokenRefused { words }
            | Self::Refused { words }
            | Self::NotFound { words }
            | Self::Conflict { words, .. }
            | Self::Rejected { status: 400, words }
                if words.is_some() =>
            {
                Fate::Refused
            }
            Self::Busy { vendor_said: true, .. } => Fate::Refused,
            _ => Fate::Unknown,
        }
    }

    /// The vendor's own words, for a log at debug level.
    pub fn vendor_words(&self) -> Option<&VendorWords> {
        match self {
            Self::SessionEnded { words }
            | Self::TokenRefused { words }
            | Self::Refused { words }
            | Self::NotFound { words }
            | Self::Conflict { words, .. }
            | Self::Rejected { words, .. }
            | Self::Down { words, .. }
            | Self::Busy { words, .. } => words.as_deref(),
            _ => None,
        }
    }
}

impl From<Unfit> for Error {
    fn from(source: Unfit) -> Self {
        Self::Unfit { source }
    }
}

impl From<Unreadable> for Error {
    fn from(source: Unreadable) -> Self {
        Self::Garbled { source }
    }
}
