//! What can go wrong in the database, without a secret or an address with its password in the words.

use std::{io, path::PathBuf};

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What happened in the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No room left on the disk or in the database.
    #[error("the database has no room left")]
    Full(#[source] Cause),
    /// The database can be read, not written.
    #[error("the database can only be read")]
    ReadOnly(#[source] Cause),
    /// Others held the database for longer than we wait.
    #[error("the database is busy")]
    Busy(#[source] Cause),
    /// The database does not answer or cannot be opened.
    #[error("the database cannot be reached")]
    Unavailable(#[source] Cause),
    /// Something is sealed with a key that the key file does not hold.
    #[error("this was sealed with the key {key:?}, which the key file does not hold")]
    WrongKey {
        /// The id of the key it was sealed with.
        key: String,
    },
    /// Sealed data does not open: it was changed, moved to another row, or the key is another one.
    #[error("sealed data is broken or stands in the wrong row")]
    Broken,
    /// The key file is not usable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The set-up of the tables failed.
    #[error("the tables could not be brought to this version")]
    Migration(#[source] Cause),
    /// The settings name no database we know.
    #[error(
        "the database address must be a file path, sqlite:PATH, sqlite::memory: or postgres://USER@HOST/NAME"
    )]
    Address,
    /// A folder or file of the database could not be made, protected or read.
    #[error("cannot use {}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// PostgreSQL has its own program for backups.
    #[error("this database is PostgreSQL: back it up with pg_dump")]
    UsePgDump,
    /// Somebody else renewed the vendor session in the meantime, or it was never leased.
    #[error("the lease was lost to somebody else")]
    Fenced,
    /// There is no such credential any more.
    #[error("there is no such credential")]
    NoCredential,
    /// There is no such sign-in: it was not saved yet, or has ended.
    #[error("there is no such sign-in")]
    NoSignIn,
    /// An act is to be finished that never began.
    #[error("this act never began")]
    NotBegun,
    /// An act has its outcome already.
    #[error("this act has its outcome already")]
    Finished,
    /// `started` and `denied` do not end an act.
    #[error("this state does not end an act")]
    NotAnOutcome,
    /// Anything else.
    #[error("the database refused")]
    Other(#[source] Cause),
}

/// What is wrong with a key file.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It cannot be read or made.
    #[error("the key file {} cannot be used", path.display())]
    File {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Others may read it.
    #[error("the key file {} may be read by others: run chmod 600 on it", path.display())]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
    },
    /// It holds no key, or something that is not a key.
    #[error("line {line} of the key file is not a key: expected 32 bytes as base64 or hex, or ID:BASE64")]
    Malformed {
        /// Counted from 1.
        line: usize,
    },
    /// Two keys have the same id.
    #[error("line {line} of the key file repeats the id of another key")]
    Twice {
        /// Counted from 1.
        line: usize,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandom,
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let kind = match &error {
            DbErr::ConnectionAcquire(_) => Kind::Unavailable,
            DbErr::Conn(RuntimeErr::SqlxError(inner))
            | DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => kind_of(inner),
            _ => Kind::Other,
        };
        kind.error(Box::new(error))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        kind_of(&error).error(Box::new(error))
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Full,
    ReadOnly,
    Busy,
    Unavailable,
    Other,
}

impl Kind {
    fn error(self, cause: Cause) -> Error {
        match self {
            Self::Full => Error::Full(cause),
            Self::ReadOnly => Error::ReadOnly(cause),
            Self::Busy => Error::Busy(cause),
            Self::Unavailable => Error::Unavailable(cause),
            Self::Other => Error::Other(cause),
        }
    }
}

fn kind_of(error: &sqlx::Error) -> Kind {
    match error {
        // A server that is gone shows as a wait for a connection that never comes.
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Tls(_) => Kind::Unavailable,
        sqlx::Error::Io(cause) if cause.kind() == io::ErrorKind::StorageFull => Kind::Full,
        sqlx::Error::Io(_) => Kind::Unavailable,
        sqlx::Error::Database(cause) => cause.code().map_or(Kind::Other, |code| kind_of_code(&code)),
        _ => Kind::Other,
    }
}

/// SQLite's codes are numbers whose lowest byte is the kind; PostgreSQL's have five characters.
fn kind_of_code(code: &str) -> Kind {
    if code.len() == 5 {
        return match code {
            "53100" => Kind::Full,
            "25006" => Kind::ReadOnly,
            "40001" | "40P01" | "55P03" | "53300" => Kind::Busy,
            "57P01" | "57P02" | "57P03" => Kind::Unavailable,
            _ if code.starts_with("08") || code.starts_with("28") || code.starts_with("3D") => {
                Kind::Unavailable
            }
            _ => Kind::Other,
        };
    }
    match code.parse::<u32>().map(|number| number & 0xff) {
        Ok(13) => Kind::Full,
        Ok(8) => Kind::ReadOnly,
        Ok(5 | 6) => Kind::Busy,
        // Input or output failed, cannot open, not a database.
        Ok(10 | 14 | 26) => Kind::Unavailable,
        _ => Kind::Other,
    }
}
