//! Where the database is: a SQLite file, SQLite in memory, or PostgreSQL.

use std::{path::PathBuf, str::FromStr};

use secrecy::SecretString;

use crate::Error;

/// Where the database is.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// A SQLite file; it and its folder are made when they are missing.
    File(PathBuf),
    /// SQLite in memory: gone when the store is closed. For tests and the demo.
    Memory,
    /// PostgreSQL; the address holds a password, so it is a secret.
    Postgres(SecretString),
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    /// Reads `PATH`, `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.into()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        match path {
            ":memory:" => Ok(Self::Memory),
            // Another scheme is a mistake, not a file of that name.
            "" => Err(Error::Address),
            _ if path.contains("://") => Err(Error::Address),
            _ => Ok(Self::File(path.into())),
        }
    }
}
