//! Times as the database holds them: microseconds since 1970 in a 64-bit number.
//!
//! SQLite has no type for a time, and times as text sort wrongly once their fractions differ in length.
//! A number is the same on both databases, sorts, and goes into the audit chain without a choice of spelling.

use model::Moment;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use time::OffsetDateTime;

use crate::Result;

/// Microseconds since 1970.
pub(crate) fn stamp(moment: Moment) -> i64 {
    // A time beyond 292,000 years is cut to the last one that fits.
    i64::try_from(moment.time().unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)
}

/// The moment that [`stamp`] wrote.
pub(crate) fn moment(stamp: i64) -> Moment {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(stamp) * 1000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .into()
}

/// The time on this machine's clock.
pub(crate) fn now() -> Moment {
    OffsetDateTime::now_utc().into()
}

/// The time on the database's clock, the one clock that all replicas share.
pub(crate) async fn database_now(db: &impl ConnectionTrait) -> Result<i64> {
    let backend = db.get_database_backend();
    // Raw SQL: the two databases have no common function for a clock that moves within a transaction.
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now"
        }
        _ => "SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER) AS now",
    };
    let row = db.query_one_raw(Statement::from_string(backend, sql)).await?;
    Ok(row.map(|row| row.try_get("", "now")).transpose()?.unwrap_or(i64::MAX))
}
